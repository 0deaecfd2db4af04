"""What a run in parts leaves in its output folder: the files of the parts one after another, each file whole."""

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from duizhao.corpora import EXPORTS, units_of_pairs, write_units
from duizhao.corpora.document_parts import shifted
from duizhao.corpora.store import finish_corpus
from duizhao.corpora.store_rows import read_tables
from duizhao.corpora.store_schema import TABLES, Corpus
from duizhao.metrics import Entry, Finding
from duizhao.metrics.selection import without_known
from duizhao.outputs import WORKBOOK
from duizhao.part_files import read_entries, read_findings
from duizhao.part_results import pages_folder, row_files
from duizhao.part_run import Built, Work
from duizhao.report_files import copy_of, kept_marks
from duizhao.reports import Result, write_glossary, write_glossary_markdown, write_glossary_tbx, write_jsonl
from duizhao.reports.glossary_xlsx import Placed, worst_placed, write_parts_xlsx
from duizhao.reports.part_report import Links, render_parts
from duizhao.reports.tally import Tally
from duizhao.shard_tasks import Done

PAGES = "report_pages"


@dataclass(frozen=True, slots=True)
class Told:
    """What a run in parts found, with what is needed to write it: counts, links, and the findings' places in files.

    `slices` has a row a run of findings of one document, in the order of the documents: part, where its lines begin and
    how many bytes they have. `known` is how many findings the baseline knows, by part.
    """

    tally: Tally
    links: Links
    slices: tuple[tuple[int, int, int], ...]
    known: tuple[list[list[Any]], ...]
    entries: str = ""  # the file of the glossary
    scores: str = ""


def slices_of(done: Iterable[Done]) -> tuple[tuple[int, int, int], ...]:
    """The runs of findings of one document in the files of all parts, by document, then by part."""
    found: list[tuple[str, int, int, int]] = []
    for part, one in enumerate(done):
        at = 0
        for source, size, _ in one.counts["findings"]:
            found.append((source, part, at, size))
            at += size
    return tuple((part, at, size) for _, part, at, size in sorted(found))


def finding_groups(work: Work, told: Told) -> Iterator[list[Finding]]:
    """The findings that are reported, those of a document in one part together."""
    for lines in finding_bytes(work, told):
        rows = (json.loads(line) for line in lines.decode("utf-8").split("\n") if line)
        yield [Finding(**row) for row in rows]


def write_corpus_parts(work: Work, built: Built, folder: Path, licence: str) -> None:
    """Fill an existing, empty folder with the corpus; its manifest comes last."""
    for name in TABLES:
        (folder / name).mkdir()
    for k in range(len(built.pieces)):
        for name, path in zip(TABLES, work.tables(k), strict=True):
            _placed(Path(path), folder / name / Path(path).name)
    licences = [text for text in (*built.licences, licence) if text]
    finish_corpus(folder, len(built.pieces), licence="; ".join(dict.fromkeys(licences)))


def write_row_files(work: Work, built: Built, folder: Path) -> None:
    """Write records.jsonl, pairs.jsonl and leftovers.jsonl."""
    names = ("records.jsonl", "pairs.jsonl", "leftovers.jsonl")
    for name, files in zip(
        names, zip(*(row_files(work, k) for k in range(len(built.pieces))), strict=True), strict=True
    ):
        with (folder / name).open("wb") as handle:
            for path in files:
                with open(path, "rb") as part:
                    shutil.copyfileobj(part, handle)


def write_finding_lines(work: Work, told: Told, folder: Path) -> None:
    """Write findings.jsonl."""
    with (folder / "findings.jsonl").open("wb") as handle:
        handle.writelines(finding_bytes(work, told))


def write_run(work: Work, built: Built, told: Told, folder: Path, target: Path) -> None:
    """Write all that `duizhao run` leaves into a folder that will be `target`."""
    (folder / "corpus").mkdir()
    write_corpus_parts(work, built, folder / "corpus", "")
    write_row_files(work, built, folder)
    write_finding_lines(work, told, folder)
    write_glossary_files(work, told, list(read_entries(Path(told.entries))), folder, target, lists=False)
    _placed(Path(told.scores), folder / "scores.json")
    write_report(work, built, told, folder)


def write_glossary_files(
    work: Work, told: Told, entries: Sequence[Entry], folder: Path, target: Path, *, lists: bool
) -> None:
    """Write the glossary: CSV, JSON lines and a workbook; with `lists` as Markdown and as a termbase, too.

    `target` is the folder that these files are for: what somebody wrote into the workbook there is kept.
    """
    with (folder / "glossary.csv").open("w", encoding="utf-8", newline="\n") as handle:
        write_glossary(handle, entries)
    with (folder / "glossary.jsonl").open("w", encoding="utf-8", newline="\n") as handle:
        write_jsonl(handle, entries)
    findings = list(worst_placed(_placed_findings(work, told)))
    renderings = (each for entry in entries for each in entry.renderings)
    marks, is_lost = kept_marks(target / WORKBOOK, renderings, (finding for finding, _ in findings))
    if is_lost:
        shutil.copyfile(target / WORKBOOK, folder / copy_of(target / WORKBOOK))
    with (folder / WORKBOOK).open("wb") as book:
        write_parts_xlsx(book, told.tally, entries, told.links.labels, findings, WORKBOOK, marks)
    if lists:
        with (folder / "glossary.md").open("w", encoding="utf-8", newline="\n") as handle:
            write_glossary_markdown(handle, markdown_result(entries, told))
        with (folder / "glossary.tbx").open("wb") as termbase:
            write_glossary_tbx(termbase, entries)


def markdown_result(entries: Iterable[Entry], told: Told) -> Result:
    """The glossary as `write_glossary_markdown` takes it, its first places by their labels."""
    labels = told.links.labels

    def named(entry: Entry) -> Entry:
        renderings = (
            replace(each, places=tuple(labels.get(place, place) for place in each.places)) for each in entry.renderings
        )
        return replace(entry, renderings=tuple(renderings))

    return Result((), (), (), (), (), tuple(map(named, entries)), (), lang=told.tally.lang)


def write_report(work: Work, built: Built, told: Told, folder: Path) -> None:
    """Write report.html and the pages that belong to it."""
    entries = list(read_entries(Path(told.entries)))
    with (folder / "report.html").open("w", encoding="utf-8", newline="\n") as handle:
        handle.writelines(render_parts(told.tally, entries, told.links))
    (folder / PAGES).mkdir()
    for k in range(len(built.pieces)):
        for page in sorted(Path(pages_folder(work, k)).iterdir()):
            _placed(page, folder / PAGES / page.name)


def write_exports(work: Work, built: Built, folder: Path, exports: Sequence[str], licence: str) -> None:
    """Write the pairs in these formats; these hold all pairs at once."""
    units = [
        unit
        for k, piece in enumerate(built.pieces)
        for part in [_in_whole(read_tables([Path(path) for path in work.tables(k)]), piece.begin)]
        for unit in units_of_pairs(part.documents, part.pairs, licence)
    ]
    for name in exports:
        write_units(units, name, folder / ("translation.jsonl" if name == "hf" else f"pairs{EXPORTS[name]}"))


def tidy(work: Work) -> None:
    """Remove the parts that an earlier run had and this one has not, and their markers."""
    from duizhao.completion import RUN
    from duizhao.part_files import parts_folder

    kept = {parts_folder(work.folder) / name: count for name, count in work.made.items()}
    kept |= {work.folder / RUN / name: count for name, count in work.steps.items()}
    for folder, count in kept.items():
        for item in sorted(folder.iterdir()) if folder.is_dir() else ():
            stem = item.name.partition(".")[0]
            if stem.isdecimal() and int(stem) >= count:
                shutil.rmtree(item) if item.is_dir() else item.unlink()


def finding_bytes(work: Work, told: Told) -> Iterator[bytes]:
    """The lines of the findings that are reported, those of a document in one part together, as findings.jsonl has."""
    last, handle = -1, None
    try:
        for part, at, size in told.slices:
            if part != last:
                if handle:
                    handle.close()
                last, handle = part, open(work.file("findings-lines", part, ".jsonl"), "rb")  # noqa: SIM115
            if handle:
                handle.seek(at)
                yield handle.read(size)
    finally:
        if handle:
            handle.close()


def _placed_findings(work: Work, told: Told) -> Iterator[Placed]:
    """All findings that are reported, each with its pair; one part is held at a time."""
    for k, known in enumerate(told.known):
        pairs = {pair.id: pair for pair in read_tables([Path(path) for path in work.tables(k)]).pairs}
        left = Counter({(name, rule): n for name, rule, n in known})
        for finding in without_known(read_findings(Path(work.file("findings", k))), left):
            yield finding, pairs.get(finding.pair)


def _in_whole(part: Corpus, begin: int) -> Corpus:
    return shifted(part, begin, part.documents[0].source) if begin else part


def _placed(made: Path, place: Path) -> None:
    """Put a file where it is published; its part keeps it, without a second copy where the disk can do that."""
    try:
        os.link(made, place)
    except OSError:
        shutil.copyfile(made, place)
