"""What a command leaves in its output folder: every file whole, and nothing at all where the work failed."""

import shutil
from pathlib import Path

from duizhao.corpora import EXPORTS, Corpus, DuizhaoError, units_of_pairs, write_corpus, write_units
from duizhao.decision_reading import marks_in
from duizhao.metrics.remembered import Remembered
from duizhao.publishing import published
from duizhao.remembering import NAME as REMEMBERED
from duizhao.remembering import write_remembered
from duizhao.reports import (
    Result,
    render_html,
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
WORKBOOK, KEPT = "glossary.xlsx", "glossary.before.xlsx"
PARTS = ("corpus", "records", "findings", "glossary", "scores", "report")


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
            marks = _marks(folder / WORKBOOK, result, new)
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
            with (new / "report.html").open("w", encoding="utf-8", newline="\n") as handle:
                handle.writelines(render_html(result))
        if exports:
            units = list(units_of_pairs(result.documents, result.pairs, licence))
            for name in exports:
                write_units(units, name, new / ("translation.jsonl" if name == "hf" else f"pairs{EXPORTS[name]}"))
        written = sorted(item.name for item in new.iterdir())
        if remembered is not None and remembered.begun:
            write_remembered(new / REMEMBERED, remembered.lines())
        return written


def _marks(earlier: Path, result: Result, new: Path) -> dict[tuple[str, str], tuple[str, str]]:
    """What somebody wrote into the workbook that is replaced, which is kept too where a row of it is gone."""
    if not earlier.is_file():
        return {}
    try:
        marks = marks_in(earlier)
    except DuizhaoError:  # somebody's own workbook of that name
        shutil.copyfile(earlier, new / KEPT)
        return {}
    rows = {("Terms", each.fingerprint) for each in result.renderings}
    rows |= {("Findings", finding.fingerprint) for finding in result.findings}
    if not marks.keys() <= rows:
        shutil.copyfile(earlier, new / KEPT)
    return marks


def drop_stale(folder: Path, written: list[str]) -> list[str]:
    """Remove what an earlier run made of another corpus in this folder; the names removed."""
    stale = [name for name in MADE_FROM_CORPUS if name not in written and (folder / name).is_file()]
    for name in stale:
        (folder / name).unlink()
    return stale
