"""What a command leaves in its output folder: every file whole, and nothing at all where the work failed."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from duizhao.corpora import EXPORTS, Corpus, units_of_pairs, write_corpus, write_units
from duizhao.corpora.files import shown
from duizhao.metrics.remembered import Remembered
from duizhao.publishing import published
from duizhao.remembering import NAME as REMEMBERED
from duizhao.remembering import write_remembered
from duizhao.report_files import (
    Outs,
    copy_of,
    kept_marks,
    staged_reports,
    stale_pages,
    told_of,
    write_pages,
    write_report_files,
)
from duizhao.reports import (
    Result,
    scores_json,
    write_glossary,
    write_glossary_markdown,
    write_glossary_tbx,
    write_glossary_xlsx,
    write_jsonl,
)

MADE_FROM_CORPUS = (
    *("findings.jsonl", "glossary.csv", "glossary.jsonl", "glossary.md", "glossary.tbx", "glossary.xlsx"),
    *("report.html", "scores.json"),
)
WORKBOOK = "glossary.xlsx"
PARTS = ("corpus", "records", "findings", "glossary", "scores", "report")
NAMES = {  # what each part is called in the folder
    "corpus": ("corpus",),
    "records": ("records.jsonl", "pairs.jsonl", "leftovers.jsonl"),
    "findings": ("findings.jsonl",),
    "glossary": ("glossary.csv", "glossary.jsonl", WORKBOOK),
    "scores": ("scores.json",),
    "report": ("report.html",),
}


def write_outputs(
    folder: Path,
    result: Result,
    parts: tuple[str, ...] = PARTS,
    exports: tuple[str, ...] = (),
    licence: str = "",
    remembered: Remembered | None = None,
) -> list[str]:
    """Write these parts of a result into `folder` and return the names of what was written.

    A part beyond `PARTS` is "lists": the glossary as Markdown and as a termbase to propose. `exports` are formats (of
    duizhao.corpora.EXPORTS) that the pairs are written in too, with the note `licence`. What the audit is to remember
    goes into the folder too; it is not among the names.

    The folder is made if there is none; what it held under the same names is replaced, all else in it is kept.
    """
    with published(folder) as new:
        names = _filled(new, folder, result, parts, exports, licence, remembered)
    _drop_pages(folder, names)
    return names


def write_with_reports(
    outs: Outs, result: Result, parts: tuple[str, ...], remembered: Remembered
) -> tuple[list[str], list[str]]:
    """Write the folder of `outs`, if any, and its reports; the names of the folder's own files, and the reports.

    All of it is written, each file whole, or nothing.
    """
    inside = outs.inside()
    with staged_reports([path for path in outs.files if path not in inside], result) as put:
        if outs.folder is None:
            return [], put()
        with published(outs.folder) as new:
            names = _filled(new, outs.folder, result, parts, remembered=remembered)
            told = [told_of(path, write_report_files(new, path.name, result, path)) for path in inside]
            told += put()
            made = [item.name for item in new.iterdir()]
        _drop_pages(outs.folder, made)
        return names, told


def _drop_pages(folder: Path, names: list[str]) -> None:
    """Remove the pages of earlier reports that needed several, where those that took their place need none."""
    for name in names:
        if stale := stale_pages(folder / name, names):
            shutil.rmtree(stale)


def _filled(
    new: Path,
    folder: Path,
    result: Result,
    parts: tuple[str, ...],
    exports: tuple[str, ...] = (),
    licence: str = "",
    remembered: Remembered | None = None,
) -> list[str]:
    """The names in `new`, which will be `folder`, once these parts are written into it."""
    if "corpus" in parts:
        (new / "corpus").mkdir()
        write_corpus(Corpus(result.documents, result.records, result.leftovers, result.pairs), new / "corpus")
    rows = {
        "records.jsonl": result.records if "records" in parts else None,
        "pairs.jsonl": result.pairs if "records" in parts else None,
        "leftovers.jsonl": result.leftovers if "records" in parts else None,
        "findings.jsonl": result.findings if "findings" in parts else None,
        "glossary.jsonl": result.entries if "glossary" in parts else None,
    }
    for name, items in rows.items():
        if items is not None:
            with (new / name).open("w", encoding="utf-8", newline="\n") as handle:
                write_jsonl(handle, items)
    if "glossary" in parts:
        with (new / "glossary.csv").open("w", encoding="utf-8", newline="\n") as handle:
            write_glossary(handle, result.entries)
        marks, is_lost = kept_marks(folder / WORKBOOK, result.renderings, result.findings)
        if is_lost:
            shutil.copyfile(folder / WORKBOOK, new / copy_of(folder / WORKBOOK))
        with (new / WORKBOOK).open("wb") as book:
            write_glossary_xlsx(book, result, marks=marks)
    if "lists" in parts:
        with (new / "glossary.md").open("w", encoding="utf-8", newline="\n") as handle:
            write_glossary_markdown(handle, result)
        with (new / "glossary.tbx").open("wb") as termbase:
            write_glossary_tbx(termbase, result.entries)
    if "scores" in parts:
        (new / "scores.json").write_text(scores_json(result.scores), encoding="utf-8", newline="\n")
    if "report" in parts:
        write_pages(new, "report.html", result)
    if exports:
        units = list(units_of_pairs(result.documents, result.pairs, licence))
        for name in exports:
            write_units(units, name, new / ("translation.jsonl" if name == "hf" else f"pairs{EXPORTS[name]}"))
    written = sorted(item.name for item in new.iterdir())
    if remembered is not None and remembered.begun:
        write_remembered(new / REMEMBERED, remembered.lines())
    return written


def names_of(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The names that these of `PARTS` have in the folder.

    >>> names_of(("findings", "scores"))
    ('findings.jsonl', 'scores.json')
    """
    return tuple(name for part in parts for name in NAMES[part])


def drop_stale(folder: Path, written: list[str]) -> list[str]:
    """Remove what an earlier run made of another corpus in this folder; the names removed."""
    stale = [name for name in MADE_FROM_CORPUS if name not in written and (folder / name).is_file()]
    pages = stale_pages(folder / "report.html", written) if "report.html" in stale else None
    for name in stale:
        (folder / name).unlink()
    if pages:
        shutil.rmtree(pages)
        stale.append(pages.name)
    return stale


def left_of_earlier(folder: Path, given: Iterable[Path] = ()) -> list[str]:
    """What to tell of the glossary and page that an audit into this folder leaves as an earlier run made them.

    `given` are files that the audit wrote beside its own. A sentence, or nothing.

    >>> left_of_earlier(Path("no-such-folder"))
    []
    """
    anew = {os.path.realpath(path) for path in given}
    names = [*NAMES["report"], *NAMES["glossary"]]
    names = [name for name in names if (folder / name).is_file() and os.path.realpath(folder / name) not in anew]
    if not names:
        return []
    return [f"{', '.join(names)} in {shown(folder)}: as an earlier run left {'it' if len(names) == 1 else 'them'}."]
