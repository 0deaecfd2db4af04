"""A big corpus in parts, step by step: which tasks there are, in which order, and what they need of each other."""

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from duizhao import part_plan
from duizhao.completion import sha256_of
from duizhao.corpora import InputError
from duizhao.corpora.files import shown
from duizhao.corpora.store import MANIFEST, corpus_files, corpus_place, read_manifest
from duizhao.corpora.store_schema import TABLES
from duizhao.executor import Executor
from duizhao.executors import run_tasks
from duizhao.part_files import part_file
from duizhao.part_handling import HandledCounts, handled_from, known_by_part
from duizhao.part_judging import judging_settings
from duizhao.part_plan import Group, Piece, groups_of, pieces_of, read_from
from duizhao.part_steps import piece_files
from duizhao.pipeline import Options
from duizhao.shard_tasks import Done, Task

Progress = Callable[[str, str], object]
_HOMES = {
    **dict.fromkeys(("read", "build"), "part_steps"),
    **dict.fromkeys(("links", "locate", "count", "judge"), "part_audit_steps"),
    **dict.fromkeys(("propose", "choose", "place", "entries"), "part_glossary_steps"),
    **dict.fromkeys(("rows", "report", "papers", "scores"), "part_report_steps"),
}


@dataclass(slots=True)
class Work:
    """A run into a folder, or one that leaves nothing but its parts there: what it uses, and how much it has made."""

    folder: Path  # absolute
    options: Options
    executor: Executor
    progress: Progress
    steps: dict[str, int] = field(default_factory=dict)  # how many shards each has
    made: dict[str, int] = field(default_factory=dict)  # how many files each table has

    def run(self, step: str, tasks: Iterable[Task]) -> list[Done]:
        """Do all tasks of a step."""
        done = run_tasks(list(tasks), self.folder, self.executor, self.progress)
        self.steps[step] = len(done)
        return done

    def task(
        self, step: str, number: int, settings: dict[str, Any], inputs: Sequence[str], outputs: Sequence[str]
    ) -> Task:
        """A task, by the name of its function."""
        told = json.dumps(settings, ensure_ascii=False, sort_keys=True)
        return Task(step, number, f"duizhao.{_HOMES[step]}:{step}", told, tuple(inputs), tuple(outputs))

    def file(self, table: str, number: int, ending: str = ".json") -> str:
        """The file of a part in one of the run's tables."""
        self.made[table] = max(self.made.get(table, 0), number + 1)
        return part_file(self.folder, table, number, ending)

    def tables(self, number: int) -> list[str]:
        """The files of a part of the corpus, one a table."""
        return [self.file(name, number, ".parquet") for name in TABLES]


@dataclass(frozen=True, slots=True)
class Built:
    """A corpus in parts: its parts, the documents in order, the rows of each table by part, and licences of inputs."""

    pieces: tuple[Piece, ...]
    sources: tuple[str, ...]
    rows: tuple[dict[str, int], ...]
    licences: tuple[str, ...] = ()

    @property
    def pairs(self) -> int:
        """How many pairs there are."""
        return sum(part["pairs"] for part in self.rows)


@dataclass(frozen=True, slots=True)
class Judged:
    """An audit in parts: what became of the findings, what the baseline knows by part, and how it was judged.

    `lines`, `counts` and `links` are files, as the glossary needs them; `let_go` is how much was too rare to count.
    """

    handled: HandledCounts
    known: tuple[list[list[Any]], ...]
    comparable: int
    settings: dict[str, Any]
    lines: tuple[str, ...]
    counts: str
    links: str
    let_go: int


def build_parts(work: Work, inputs: Sequence[str]) -> Built:
    """Read the inputs, cut them to parts of about a megabyte of text, and align these.

    Every input is read before anything is aligned, so that one that cannot be read is refused before the long work.
    """
    groups = groups_of(inputs, part_plan.GROUP_BYTES)
    done = work.run("read", (_reading(work, k, group) for k, group in enumerate(groups)))
    read = [read_from(one.counts["pieces"]) for one in done]
    pieces = pieces_of(groups, read, inputs)
    made = work.run("build", (_building(work, k, piece) for k, piece in enumerate(pieces)))
    sources = dict.fromkeys(document.source for group in read for piece in group for document in piece)
    licences = dict.fromkeys(text for group in groups if group.corpus for text in _licences(group.corpus))
    return Built(tuple(pieces), tuple(sources), tuple(one.counts for one in made), tuple(licences))


def audit_parts(work: Work, built: Built) -> Judged:
    """Find what an editor should look at: locate terms part by part, add up the counts, judge part by part."""
    settings, parts = judging_settings(work.options), range(len(built.pieces))
    neutral = settings | {"lang": "en"}  # what does not depend on the language is not done again for another
    links = _link(work, built, neutral)
    english = links[1:]
    known = links[:1] if settings["encoder"] else []
    lines = [[work.file("lines", k, ".gz"), work.file("counts", k, ".gz")] for k in parts]
    work.run("locate", (work.task("locate", k, neutral, [*work.tables(k), *known], lines[k]) for k in parts))
    counts = [work.file("counted", k, ".gz") for k in range(2)]
    whole = work.run("count", [work.task("count", 0, {}, [both[1] for both in lines], counts)])[0].counts
    told = settings | {"choice": choice_told(work.options)}

    def judging(k: int) -> Task:
        inputs = [*work.tables(k), lines[k][0], counts[1], *(english or known)]
        return work.task("judge", k, told, inputs, [work.file("findings", k)])

    done = work.run("judge", map(judging, parts))
    handled = [handled_from(one.counts) for one in done]
    taken = [[[*key, n] for key, n in sorted(part.items())] for part in known_by_part(handled, work.options.choice)]
    together = HandledCounts()
    for part in handled:
        together.add(part)
    files = tuple(both[0] for both in lines), counts[0], links[0]
    return Judged(together, tuple(taken), whole["comparable"], settings, *files, sum(whole["let_go"]))


def _reading(work: Work, number: int, group: Group) -> Task:
    reading = work.options.reading
    told = {
        "cwd": os.getcwd(),
        "corpus": group.corpus,
        "part": group.part,
        "files": group.files,
        "characters": part_plan.PART_CHARACTERS,
        "reading": asdict(reading) | {"fields": dict(reading.fields)},
    }
    inputs = group.paths if not group.corpus else tuple(_corpus_files(group))
    return work.task("read", number, told, [os.path.abspath(p) for p in dict.fromkeys(inputs)], [_folder(work, number)])


def _folder(work: Work, group: int) -> str:
    return work.file("pieces", group, "/")


def _building(work: Work, number: int, piece: Piece) -> Task:
    inputs = [str(path) for path in piece_files(Path(_folder(work, piece.group)), piece.number)]
    return work.task("build", number, {"keys": piece.keys}, inputs, work.tables(number))


def _corpus_files(group: Group) -> Iterator[str]:
    """The files that a part of a corpus is in; the manifest tells how the corpus is cut."""
    place = corpus_place(Path(group.corpus))
    manifest = read_manifest(place)
    yield str(place / MANIFEST)
    for name in TABLES:
        yield str(corpus_files(place, manifest, name)[group.part])


def _licences(given: str) -> list[str]:
    return list(map(str, read_manifest(corpus_place(Path(given))).get("licences", [])))


def _link(work: Work, built: Built, settings: dict[str, Any]) -> list[str]:
    """The files of what the corpus shows of its words: learned with the shipped terms and, for English, with all."""
    inputs = [path for k in range(len(built.pieces)) for path in work.tables(k)]
    kinds = [False, True] if settings["direction"] == "zh-en" and settings["encoder"] else [False]
    files = [work.file("links", k, ".gz") for k in range(len(kinds))]
    told = [settings | {"all_terms": kind, "pairs": built.pairs} for kind in kinds]
    work.run("links", (work.task("links", k, told[k], inputs, [files[k]]) for k in range(len(kinds))))
    return files


def choice_told(options: Options) -> dict[str, Any]:
    """The choice as tasks are told it, with hashes of the files it names."""
    choice = options.choice
    files = [*choice.ignore_files, *([choice.baseline] if choice.baseline is not None else [])]
    return asdict(choice) | {"sha256": hashes_of(files)}


def hashes_of(paths: Iterable[str]) -> list[str]:
    """The hashes of files beside the inputs; raises InputError for one that cannot be read."""
    found = []
    for path in paths:
        try:
            found.append(sha256_of(Path(path)))
        except OSError as error:
            said = f"cannot be read ({error.strerror or error})"
            raise InputError(shown(Path(path)), said, "a readable file") from error
    return found
