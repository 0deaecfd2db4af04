"""Reports in files that -o names: sorted out and checked before the work, written whole or not at all after it."""

import os
import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple

from duizhao.corpora import ConfigError, DuizhaoError, InputError, is_corpus
from duizhao.corpora.durable import work_folder
from duizhao.corpora.files import TEXT_SUFFIXES, same_files, shown
from duizhao.decision_reading import marks_in
from duizhao.metrics import Finding, Rendering
from duizhao.pipeline import Options
from duizhao.publishing import are_pages, check_folder, check_replaceable
from duizhao.reports import Result
from duizhao.reports.formats import ENDINGS, NO_MARKS, Format, Marks, format_of, html_pages, write_report
from duizhao.whole_files import check_target

_COPY = re.compile(r".*\.before(-\d+)?\.xlsx", re.IGNORECASE)  # see copy_of


class Outs(NamedTuple):
    """What -o named: a folder, or none, and files for reports."""

    folder: Path | None
    files: tuple[Path, ...]

    def inside(self) -> tuple[Path, ...]:
        """Those files that stand in the folder itself."""
        return tuple(path for path in self.files if self.folder and _parent(path) == os.path.realpath(self.folder))


def sorted_outs(given: Iterable[str]) -> Outs:
    """The folder and the files of all -o, each with a place to stand.

    A name with the ending of a format is a file; one that ends in /, a folder that exists, and a name without an
    ending are folders. Raises ConfigError for two folders, one path twice, and an ending that is none of ours;
    InputError where nothing can be written.
    """
    folders: list[Path] = []
    files: list[Path] = []
    for name in given:
        (folders if _is_folder(name) else files).append(Path(name))
    if len(folders) > 1:
        raise ConfigError("-o", f"two folders, {shown(folders[0])} and {shown(folders[1])}", "one, and files beside it")
    if folders:
        check_folder(folders[0])
    outs = Outs(folders[0] if folders else None, tuple(files))
    inside = outs.inside()
    seen: set[str] = set()
    for path in files:
        if path not in inside or path.exists():
            check_target(path)
        if os.path.realpath(path) in seen:
            raise ConfigError("-o", f"{shown(path)} twice", "each file once")
        seen.add(os.path.realpath(path))
    return outs


def check_reports(
    outs: Outs,
    inputs: Iterable[str],
    chosen: Options,
    names: Collection[str],
    *,
    baseline: Path | None,
    copies: bool = False,
) -> None:
    """Raise, before any work, where a report would replace what is read or is written too, or would be read next time.

    `names` are what the folder gets anyhow, `baseline` is another file to write, and `copies` says that the folder gets
    corrected copies of the inputs, under their names.
    """
    if not outs.files:
        return
    pages = [name for name in inputs if name != "-" and os.path.lexists(name) and not is_corpus(Path(name))]
    read = {os.path.realpath(name) for name in _read_beside(chosen)}
    for path in (*same_files(pages, outs.files), *(path for path in outs.files if os.path.realpath(path) in read)):
        raise InputError(shown(path), "one of the inputs", "another file to write", "Name another -o.")
    inside = outs.inside()
    for path in outs.files:
        if baseline is not None and os.path.realpath(path) == os.path.realpath(baseline):
            raise InputError(shown(path), "the new baseline too", "a file for each", "Name another -o.")
        if path in inside and path.name in names:
            raise InputError(shown(path), "a file that its folder gets anyhow", "another name", "Name another -o.")
        if copies and outs.folder and _is_inside(path, outs.folder):
            raise InputError(shown(path), "in the folder of the copies", "a place apart", "Name another -o.")
        if _COPY.fullmatch(path.name):
            raise InputError(shown(path), "the name of a workbook kept as it was", "another name", "Name another -o.")
        _check_not_read_next(path, pages, corpus=path in inside and "corpus" in names)


@contextmanager
def staged_reports(files: Sequence[Path], result: Result) -> Iterator[Callable[[], list[str]]]:
    """A function that puts the reports into their places, all of them written in full, and says what it put there.

    Where the block ends in an error, every file gets back what it held. A link is followed: the link stays. The pages
    that belong to a report are one folder beside it, which is replaced, or dropped, whole.
    """
    done: list[tuple[Path, Path]] = []
    with ExitStack() as stack:
        ready: list[tuple[Path, Path | None, Path]] = []  # target, new, place for what it held
        told: list[str] = []
        for path in files:
            check_target(path)
            target = Path(os.path.realpath(path))
            aside = stack.enter_context(work_folder(target.parent))
            (aside / "new").mkdir()
            names = write_report_files(aside / "new", target.name, result, target)
            for k, new in enumerate(sorted((aside / "new").iterdir())):
                place = target.parent / new.name
                check_replaceable(place, new, shown(path.parent / new.name))
                if place.is_file():
                    shutil.copymode(place, new)
                    shutil.copy2(place, aside / str(k))
                ready.append((place, new, aside / str(k)))
            if stale := stale_pages(target, os.listdir(aside / "new")):
                ready.append((stale, None, aside / "stale"))
            told.append(told_of(path, names))

        def put() -> list[str]:
            for place, new, old in ready:
                if place.is_dir():
                    os.replace(place, old)
                done.append((place, old))
                if new:
                    os.replace(new, place)
            return told

        try:
            yield put
        except BaseException:
            for place, before in reversed(done):
                with suppress(OSError):
                    if place.is_dir():
                        shutil.rmtree(place)
                    if before.exists():
                        os.replace(before, place)
                    else:
                        place.unlink()
            raise


def told_of(path: Path, names: Sequence[str]) -> str:
    """How a report is told of that made these files, itself first.

    >>> told_of(Path("out/r.html"), ["r.html", "1.html", "2.html"])
    'out/r.html (with 2 files beside it)'
    """
    others = names[1] if len(names) == 2 else f"{len(names) - 1:,} files beside it"
    return f"{shown(path)} (with {others})" if len(names) > 1 else shown(path)


def wrote_reports(reports: Iterable[str]) -> str:
    """What to tell once reports are written.

    >>> wrote_reports(["r.html", "r.sarif"])
    'Wrote r.html, r.sarif.'
    """
    return f"Wrote {', '.join(reports)}."


def write_report_files(folder: Path, name: str, result: Result, earlier: Path) -> list[str]:
    """Write the report called `name` into `folder`, in the format of its ending; the names of its files, itself first.

    Of a workbook that it replaces, `earlier`, it keeps what somebody wrote into it.
    """
    form = format_of(name)
    if form is None:
        raise ConfigError(name, "the ending of no format", _wanted())
    if form.name == "html":
        return write_pages(folder, name, result)
    marks, is_lost = (
        kept_marks(earlier, result.renderings, result.findings) if form.name == "xlsx" else (NO_MARKS, False)
    )
    names = [name]
    if is_lost:
        names.append(copy_of(earlier))
        shutil.copyfile(earlier, folder / names[1])
    _write_one(folder / name, form, result, marks)
    return names


def write_pages(folder: Path, name: str, result: Result) -> list[str]:
    """Write the web page called `name` into `folder`, and those that belong to it; their names, itself first."""
    names = []
    for page, pieces in html_pages(result, name):
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        with (folder / page).open("w", encoding="utf-8", newline="\n") as handle:
            handle.writelines(pieces)
        names.append(page)
    return names


def kept_marks(earlier: Path, renderings: Iterable[Rendering], findings: Iterable[Finding]) -> tuple[Marks, bool]:
    """What somebody wrote into a workbook; and whether some of it has no row any more, so that a copy is to be kept."""
    if not earlier.is_file():
        return NO_MARKS, False
    try:
        marks = marks_in(earlier)
    except DuizhaoError:  # somebody's own workbook of that name
        return NO_MARKS, True
    rows = {("Terms", each.fingerprint) for each in renderings}
    rows |= {("Findings", finding.fingerprint) for finding in findings}
    return marks, not marks.keys() <= rows


def copy_of(book: Path) -> str:
    """The first name beside a workbook that nothing has, for a copy of it: a copy may hold decisions of its own.

    >>> copy_of(Path("no-such-folder/r.xlsx"))
    'r.before.xlsx'
    """
    names = (f"{book.stem}.before{f'-{k}' if k > 1 else ''}{book.suffix}" for k in count(1))
    return next(name for name in names if not os.path.lexists(book.parent / name))


def stale_pages(report: Path, made: Collection[str]) -> Path | None:
    """The pages of an earlier report of this name, where `made`, the files that replace it, are without; else None."""
    form, pages = format_of(report.name), report.with_name(f"{report.stem}_pages")
    return pages if form and form.name == "html" and pages.name not in made and are_pages(pages) else None


def _read_beside(chosen: Options) -> Iterator[str]:
    """The files that are read beside the inputs."""
    yield from (*chosen.termbases, *chosen.knowledge, *chosen.catalogs, *chosen.choice.ignore_files)
    yield from (os.path.join(path, "glossary.jsonl") if os.path.isdir(path) else path for path in chosen.histories)
    yield from (name for name in (chosen.reference, chosen.source, chosen.choice.baseline) if name)
    yield from [chosen.settings.partition(" sha256:")[0]] if chosen.settings else []


def _write_one(path: Path, form: Format, result: Result, marks: Marks) -> None:
    with path.open("wb") as handle:
        write_report(handle, form, result, path.name, marks)


def _is_folder(name: str) -> bool:
    """Whether -o means a folder by this name; raises where it means neither a folder nor a report."""
    path = Path(name)
    if name in ("", "-"):
        do = "To print a report, use audit --format." if name else ""
        raise ConfigError("-o", repr(name), "a folder or a file", do)
    if name.endswith((os.sep, os.altsep or os.sep)):
        return True
    if format_of(path.name):
        if path.is_dir():
            raise InputError(
                shown(path), "a folder", "room for a report", "Name another -o, or end it with / to mean it."
            )
        return False
    # A version or a date (v1.2, of.2024-jan) is no ending, and a folder that stands there is one whatever it is called.
    if path.is_dir() or not path.suffix[1:].isalpha():
        return True
    raise ConfigError("-o", f"{shown(path)} ends in {shown(Path(path.suffix))!r}", _wanted())


def _wanted() -> str:
    return f"a report ending in {' '.join(ENDINGS)}, or a folder (its name may end in /)"


def _check_not_read_next(path: Path, pages: Iterable[str], *, corpus: bool) -> None:
    """Raise where this report would be taken for a document next time: in an input folder, or beside a corpus."""
    if path.suffix.casefold() not in TEXT_SUFFIXES:
        return
    for given in pages:
        if os.path.isdir(given) and _is_inside(path, Path(given)) and not _is_hidden(path, Path(given)):
            raise InputError(shown(path), f"inside the input {given}", "a place apart", "Name another -o.")
    if corpus or is_corpus(path.parent):
        raise InputError(shown(path), "a document beside a corpus", "a corpus alone in its folder", "Name another -o.")


def _is_hidden(path: Path, folder: Path) -> bool:
    inside = os.path.relpath(os.path.join(_parent(path), path.name), os.path.realpath(folder))
    return any(part.startswith(".") for part in Path(inside).parts)


def _is_inside(path: Path, folder: Path) -> bool:
    here, wide = _parent(path), os.path.realpath(folder)
    return os.path.splitdrive(here)[0] == os.path.splitdrive(wide)[0] and os.path.commonpath([here, wide]) == wide


def _parent(path: Path) -> str:
    return os.path.realpath(path.absolute().parent)
