"""Scoreboards to the screen and into files, each by its ending, all of them whole."""

import io
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from duizhao.corpora.errors import ConfigError, InputError
from duizhao.corpora.files import same_files, shown
from duizhao.metrics.scoreboard import Scoreboard
from duizhao.publishing import check_folder, published
from duizhao.whole_files import check_target, replace_files

FORMATS = ("text", "md", "latex", "json", "csv", "html")
ENDINGS = (".json", ".csv", ".md", ".tex", ".html", ".xlsx", ".txt")
IN_FOLDER = ("scoreboard.json", "scores.html", "scores.xlsx")
_ALL = (*IN_FOLDER, "scores.json")


def check_outputs(outs: Sequence[Path], inputs: Iterable[str]) -> None:
    """Raise, before any work, where an output has an ending that is none of ours, no place to stand, or is an input."""
    files = [file for path in outs for file in ([path / name for name in _ALL] if is_folder(path) else [path])]
    if again := same_files([name for name in inputs if os.path.isfile(name)], files):
        raise InputError(shown(again[0]), "an input", "another file to write", "Name another -o.")
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


def write_scoreboard(board: Scoreboard, outs: Sequence[Path]) -> None:
    """Write a scoreboard to each of these places: a folder gets `IN_FOLDER`, and scores.json as `run` writes it.

    Files are replaced together, all whole or none.
    """
    from duizhao.reports.jsonl import scores_json

    files = [path for path in outs if not is_folder(path)]
    for folder in (path for path in outs if is_folder(path)):
        with published(folder) as new:
            for name in IN_FOLDER:
                (new / name).write_bytes(_content(board, Path(name)))
            (new / "scores.json").write_text(scores_json(board.scores), encoding="utf-8", newline="\n")
    replace_files({path: _content(board, path) for path in files})


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
