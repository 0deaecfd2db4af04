"""Scoreboards to the screen and into files, each by its ending, all of them whole."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from duizhao.corpora.errors import ConfigError
from duizhao.metrics.scoreboard import Scoreboard
from duizhao.publishing import check_folder, published
from duizhao.whole_files import check_target, replace_files

FORMATS = ("text", "md", "latex", "json", "csv", "html")
ENDINGS = (".json", ".csv", ".md", ".tex", ".html", ".xlsx", ".txt")
IN_FOLDER = ("scoreboard.json", "scores.html", "scores.xlsx")


def check_outputs(outs: Iterable[Path]) -> None:
    """Raise, before any work, where an output has an ending that is none of ours or no place to stand."""
    for path in outs:
        if is_folder(path):
            check_folder(path)
        elif path.suffix.casefold() not in ENDINGS:
            raise ConfigError("-o", str(path), f"a file ending in {' '.join(ENDINGS)}, or a folder")
        else:
            check_target(path)


def is_folder(path: Path) -> bool:
    """Whether an output is a folder: one that stands there, or a name without an ending."""
    return path.is_dir() or not path.suffix


def shown_as(board: Scoreboard, form: str, color: bool = False) -> str:
    """A scoreboard as text of one of `FORMATS`."""
    if form == "text":
        from duizhao.reports.score_text import scoreboard_lines

        return "".join(f"{line}\n" for line in scoreboard_lines(board, color))
    return _MADE[form](board).decode("utf-8")


def write_scoreboard(board: Scoreboard, outs: Sequence[Path], flat: Mapping[str, bytes]) -> list[str]:
    """Write a scoreboard to each of these places and return the names of what was written.

    A folder gets `IN_FOLDER` and `flat` (name to content). Files are replaced together, all whole or none.
    """
    files = [path for path in outs if not is_folder(path)]
    written = []
    for folder in (path for path in outs if is_folder(path)):
        with published(folder) as new:
            for name, content in {**{name: _content(board, Path(name)) for name in IN_FOLDER}, **flat}.items():
                (new / name).write_bytes(content)
                written.append(str(folder / name))
    replace_files({path: _content(board, path) for path in files})
    return sorted(written) + [str(path) for path in files]


def _content(board: Scoreboard, path: Path) -> bytes:
    ending = path.suffix.casefold().removeprefix(".")
    if ending == "txt":
        return shown_as(board, "text").encode("utf-8")
    return _MADE["latex" if ending == "tex" else ending](board)


def _json(board: Scoreboard) -> bytes:
    from duizhao.reports.score_files import scoreboard_json

    return scoreboard_json(board).encode("utf-8")


def _csv(board: Scoreboard) -> bytes:
    from duizhao.reports.score_files import write_scoreboard_csv

    text = io.StringIO(newline="")
    write_scoreboard_csv(text, board)
    return text.getvalue().encode("utf-8")


def _markdown(board: Scoreboard) -> bytes:
    from duizhao.reports.score_markup import scoreboard_markdown

    return scoreboard_markdown(board).encode("utf-8")


def _latex(board: Scoreboard) -> bytes:
    from duizhao.reports.score_markup import scoreboard_latex

    return scoreboard_latex(board).encode("utf-8")


def _html(board: Scoreboard) -> bytes:
    from duizhao.reports.score_page import scores_page

    return "".join(scores_page(board)).encode("utf-8")


def _xlsx(board: Scoreboard) -> bytes:
    from duizhao.reports.score_xlsx import write_scores_xlsx

    book = io.BytesIO()
    write_scores_xlsx(book, board)
    return book.getvalue()


# Each writer is loaded when it is asked for: the screen needs no templates and no spreadsheet.
_MADE: Mapping[str, Callable[[Scoreboard], bytes]] = {
    "json": _json,
    "csv": _csv,
    "md": _markdown,
    "latex": _latex,
    "html": _html,
    "xlsx": _xlsx,
}
