"""The steps of an audit in parts: links of words, where terms went, counts of all parts, findings.

Pure functions from files to files, as those of part_steps.py; each part is four files, one a table.
"""

import gzip
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir
from pathlib import Path

from duizhao.align import train_links
from duizhao.align.word_links import links_bytes
from duizhao.choice import Choice
from duizhao.corpora import Corpus
from duizhao.corpora.store_rows import read_tables
from duizhao.corpora.store_schema import TABLES
from duizhao.metrics.auditing import Direction
from duizhao.metrics.corpus_counts import counts_bytes, counts_from, merged_counts
from duizhao.metrics.part_audit import every_of, judge_part, locate_part, sampled
from duizhao.part_files import write_findings
from duizhao.part_handling import handle_part
from duizhao.part_judging import judging, senses
from duizhao.part_steps import Counts, Settings

_WIDTH = len(TABLES)


def links(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """What a corpus shows of words that belong together, from some 20,000 of its pairs; the inputs are all parts."""
    direction: Direction = settings["direction"] if settings["all_terms"] else "en-zh"
    every, begin = every_of(settings["pairs"]), 0

    def pairs() -> Iterator[tuple[str, str]]:
        nonlocal begin
        for k in range(0, len(inputs), _WIDTH):
            part = read_tables(inputs[k : k + _WIDTH])
            yield from sampled(part, every, begin, direction)
            begin += len(part.pairs)

    outputs[0].write_bytes(links_bytes(train_links(pairs(), senses(settings))))
    return {"pairs": begin}


def locate(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """Where the terms of a part went, as lines to recall it from, and its counts; the last input are the links."""
    part, known = part_and(inputs)
    located = locate_part(part, judging(settings, known[0] if known else None))
    write_lines(outputs[0], located.lines)
    outputs[1].write_bytes(counts_bytes(located.counts))
    return {}


def count(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """The counts of all parts together: all of them, and those that judging needs."""
    whole = merged_counts(counts_from(path.read_bytes(), path.name) for path in inputs)
    outputs[0].write_bytes(counts_bytes(whole))
    outputs[1].write_bytes(counts_bytes(whole.for_judging()))
    return {"comparable": whole.comparable, "let_go": list(whole.let_go)}


def judge(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """The findings of a part that the user wants to hear of, known ones too; the counts say what became of the others.

    After the part's tables come its lines, the counts of all parts, and the links.
    """
    part, (lines, counted, *known) = part_and(inputs)
    by, counts = judging(settings, known[0] if known else None), counts_from(counted.read_bytes(), counted.name)
    found = judge_part(part, by, counts, read_lines(lines)).findings
    with chdir(settings["cwd"]):
        left, handled = handle_part(found, choice_from(settings["choice"]))
    write_findings(outputs[0], left)
    return handled.as_json()


def choice_from(row: Settings) -> Choice:
    """The choice that settings tell."""
    return Choice(
        tuple(row["select"]),
        tuple(row["ignore"]),
        tuple((pattern, tuple(codes)) for pattern, codes in row["path_ignores"]),
        tuple(row["ignore_files"]),
        row["baseline"],
    )


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write lines of ASCII, packed; the same lines give the same bytes."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 1, raw, mtime=0) as handle:
        for line in lines:
            handle.write(line.encode("ascii") + b"\n")


def read_lines(path: Path) -> Iterator[str]:
    """The lines that `write_lines` wrote."""
    with gzip.open(path, "rt", encoding="ascii", newline="\n") as handle:
        for line in handle:
            yield line.rstrip("\n")


def part_and(inputs: Sequence[Path]) -> tuple[Corpus, Sequence[Path]]:
    """The part that the first inputs are the tables of, and the other inputs."""
    return read_tables(inputs[:_WIDTH]), inputs[_WIDTH:]
