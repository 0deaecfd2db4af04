"""What is made of a corpus in parts once it is judged: its glossary, scores, lines and pages, step by step."""

import os
from typing import NamedTuple

from duizhao.part_run import Built, Judged, Work, choice_told, hashes_of
from duizhao.shard_tasks import Done, Task


class Glossary(NamedTuple):
    """The files of the entries and of the places that they name first, and how much was too rare to be counted on."""

    entries: str
    wanted: str
    left_out: int


def glossary_parts(work: Work, built: Built, judged: Judged) -> Glossary:
    """The glossary: terms are proposed by each part, chosen for all, counted in each, and added up."""
    parts, settings = range(len(built.pieces)), judged.settings | {"lang": "en"}
    findings = [work.file("findings", k) for k in parts]
    proposals = [work.file("proposals", k, ".gz") for k in parts]
    drafts = [work.file("drafts", k, ".gz") for k in parts]
    chosen, made = work.file("chosen", 0, ".gz"), [work.file("entries", k) for k in range(2)]

    def proposing(k: int) -> Task:
        return work.task("propose", k, settings, [*work.tables(k), findings[k], judged.counts], [proposals[k]])

    def placing(k: int) -> Task:
        inputs = [*work.tables(k), judged.lines[k], findings[k], chosen, judged.links]
        return work.task("place", k, settings, inputs, [drafts[k]])

    work.run("propose", map(proposing, parts))
    choosing = work.task("choose", 0, settings, [judged.counts, *proposals], [chosen])
    left_out: int = work.run("choose", [choosing])[0].counts["left_out"]
    work.run("place", map(placing, parts))
    adding = work.task("entries", 0, settings, [chosen, *drafts], made)
    left_out += work.run("entries", [adding])[0].counts["let_go"]
    return Glossary(made[0], made[1], left_out)


def write_rows(work: Work, built: Built) -> None:
    """Write records, pairs and leftovers of each part as JSON lines, and count them."""
    work.run(
        "rows",
        (
            work.task("rows", k, {"begin": piece.begin}, work.tables(k), [*row_files(work, k), built_tally(work, k)])
            for k, piece in enumerate(built.pieces)
        ),
    )


def row_files(work: Work, number: int) -> list[str]:
    """The JSON lines of a part: records, pairs, leftovers."""
    return [work.file(f"{name}-lines", number, ".jsonl") for name in ("records", "pairs", "leftovers")]


def built_tally(work: Work, number: int) -> str:
    """The counts of a part that is not judged."""
    return work.file("built-tally", number)


def score_parts(work: Work, built: Built) -> list[str]:
    """Scores of the corpus, against the reference or between its documents: the file to publish, and one to read."""
    parts = range(len(built.pieces))
    papers = [work.file("papers", k, ".bin") for k in parts]
    work.run("papers", (work.task("papers", k, {}, work.tables(k), [papers[k]]) for k in parts))
    reference = work.options.reference
    told = {"cwd": os.getcwd(), "reference": reference, "encoding": work.options.encoding}
    inputs = [*(path for k in parts for path in work.tables(k)), *papers]
    outputs = [work.file("scores", k) for k in range(2)]
    if reference is not None:
        told["sha256"] = hashes_of([reference])[0]
    work.run("scores", [work.task("scores", 0, told, inputs, outputs)])
    return outputs


def report_parts(work: Work, built: Built, judged: Judged, wanted: str | None, *, pages: bool) -> list[Done]:
    """The findings, tally, and, where `wanted` is the file of the places that the glossary names, links of each part.

    Pages are written where asked for.
    """
    parts = range(len(built.pieces))

    def task(k: int) -> Task:
        told = {name: judged.settings[name] for name in ("cwd", "encoder", "direction", "lang")} | {
            "choice": choice_told(work.options),
            "known": judged.known[k],
            "begin": built.pieces[k].begin,
            "number": k + 1,
            "parts": len(parts),
            "pages": pages,
        }
        inputs = [*work.tables(k), work.file("findings", k), *([wanted] if wanted else [])]
        outputs = [work.file("findings-lines", k, ".jsonl"), work.file("tally", k)]
        outputs += [work.file("page-links", k)] * bool(wanted) + [pages_folder(work, k)] * pages
        return work.task("report", k, told, inputs, outputs)

    return work.run("report", map(task, parts))


def pages_folder(work: Work, number: int) -> str:
    """The folder of the pages of a part."""
    return work.file("pages", number, "/")
