"""`duizhao filter` from inputs to a folder of flagged pairs: which steps there are, and in which order."""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duizhao.completion import key_of, marker_path, program, read_marker, sha256_of
from duizhao.corpora.duplicates import buckets_for
from duizhao.corpora.errors import ConfigError
from duizhao.corpora.files import shown
from duizhao.corpora.shards import SHARD_ROWS, shard_name
from duizhao.corpora.store_schema import FILTER_SCHEMA, FILTERED, MANIFEST
from duizhao.corpora.unit_shards import input_paths
from duizhao.executor import Executor, Inline
from duizhao.executors import run_tasks
from duizhao.filter_folder import KEPT, TABLES, UNFINISHED, check_folder, check_inputs, inputs_outside
from duizhao.filter_outputs import drop_stale, write_exports, write_reports, write_text
from duizhao.metrics.filter_counts import Counts, merged
from duizhao.metrics.filter_rules import Settings
from duizhao.run_state import begin_run
from duizhao.shard_tasks import Done, Task

BY = ("exact", "normal", "en", "zh", "near")  # what makes two pairs duplicates


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made of which inputs: thresholds, by what pairs are duplicates, whether the encoder judges.

    `exports` are the formats that the kept pairs are written in too. Raises ConfigError for values that make no sense.
    """

    inputs: tuple[str, ...]
    settings: Settings
    by: str = "normal"
    encoder: bool = False
    exports: tuple[str, ...] = ()
    encoding: str | None = None
    errors: str = "strict"
    fields: tuple[tuple[str, str], ...] = ()  # column → text_en, text_zh or skip
    shard_rows: int = SHARD_ROWS

    def __post_init__(self) -> None:
        """Look at it now, not after hours of work."""
        if self.by not in BY:
            raise ConfigError("duplicates", repr(self.by), f"one of {', '.join(BY)}")
        for form in self.exports:
            if form not in KEPT:
                raise ConfigError("export", repr(form), f"one of {', '.join(KEPT)}")
        if self.shard_rows < 1:
            raise ConfigError("shard_rows", str(self.shard_rows), "1 or more")


@dataclass(frozen=True, slots=True)
class Filtered:
    """What a run made: the merged counts, what they are of (filters.json says the same), shards found done and all.

    `written` are the files beside the tables, `removed` what earlier runs had made and this one did not.
    """

    counts: Counts
    about: Mapping[str, Any]
    found: Mapping[str, tuple[int, int]]
    written: tuple[str, ...]
    removed: tuple[str, ...]


def run_filter(
    wanted: Wanted,
    folder: Path,
    executor: Executor,
    progress: Callable[[str, str], None] = lambda step, item: None,
) -> Filtered:
    """Read, judge and flag bilingual inputs into a folder; all in it is whole where its manifest is.

    What an earlier run with the same program, inputs and settings has done is not done again. The manifest is taken
    away first and comes back last. Raises InputError where the folder holds what is not this command's and where it is
    an input, what reading raises, and ShardError for a shard that could not be done.
    """
    check_folder(folder)
    inputs = inputs_outside(wanted.inputs, folder)
    files = input_paths(inputs)
    check_inputs(files, folder)
    steps = ["read", "signals", *(["meaning"] if wanted.encoder else []), *(["near"] if wanted.by == "near" else [])]
    with begin_run(folder, dict.fromkeys([*steps, "duplicates", "flags"])):
        _begin_anew(folder)
        work = _Work(folder, executor, progress)
        read = work.run([_reading(wanted, inputs, files, folder)])[0].counts
        shards = range(-(-int(read["rows"]) // wanted.shard_rows))
        for step in steps[1:]:
            work.run([_of_pairs(folder, step, k) for k in shards])
        buckets = range(buckets_for(read["rows"]))
        work.run([_bucket(folder, wanted.by, k, buckets, shards) for k in buckets])
        made = work.run([_flags(folder, wanted, k, buckets) for k in shards])
        counts = merged(Counts.from_json(done.counts, shown(folder)) for done in made)
        about = {"sources": read["sources"], "duplicates": wanted.by, "encoder": wanted.encoder}
        tidied, dropped = [*_tidy(folder, steps, shards, buckets)], [*drop_stale(folder, ())]
        reports = write_reports(folder, counts, wanted.settings, about)
        manifest = {FILTERED: FILTER_SCHEMA, "shards": len(shards), "rows": read["rows"], **about}
        text = json.dumps(manifest | {"filters": wanted.settings.as_json()}, indent=2, sort_keys=True)
        write_text(folder / MANIFEST, f"{text}\n")
        exported = write_exports(folder, wanted.exports)  # a text that a format cannot hold spoils no table
    removed = (*tidied, *(name for name in dropped if name not in exported))
    return Filtered(counts, about, work.found, (*reports, *exported), removed)


def _begin_anew(folder: Path) -> None:
    """Take away what says that the folder is whole, and files that a killed run left unfinished."""
    (folder / MANIFEST).unlink(missing_ok=True)
    for left in folder.glob(f"{UNFINISHED}*"):
        if left.is_file():
            left.unlink()


@dataclass(frozen=True, slots=True)
class _Work:
    """Where the tasks of a run go, and what became of them by step."""

    folder: Path
    executor: Executor
    progress: Callable[[str, str], None]
    found: dict[str, tuple[int, int]] = field(default_factory=dict[str, tuple[int, int]])

    def run(self, tasks: Iterable[Task]) -> list[Done]:
        """Do the tasks of a step; a single one here, before another process would have begun.

        Reading is a single task, and so standard input is this process's.
        """
        listed = list(tasks)
        executor = self.executor if len(listed) > 1 else Inline()
        done = run_tasks(listed, self.folder, executor, self.progress)
        if done:
            self.found[done[0].step] = sum(one.was_there for one in done), len(done)
        return done


def _shard(folder: Path, table: str, number: int) -> str:
    return str(folder / table / shard_name(number))


def _task(step: str, shard: int, settings: Mapping[str, Any], inputs: Sequence[str], outputs: Sequence[str]) -> Task:
    told = json.dumps(settings, ensure_ascii=False, sort_keys=True)
    return Task(step, shard, f"duizhao.filter_steps:{step}", told, tuple(inputs), tuple(outputs))


def _reading(wanted: Wanted, inputs: Sequence[str], files: Sequence[Path], folder: Path) -> Task:
    """The task that reads; what comes by standard input is read each time, for nothing tells it is the same."""
    if "-" in inputs:
        marker_path(folder, "read", 0).unlink(missing_ok=True)
    names = [shown(path) for path in files]  # pairs have their file's name, and a key does not hash it
    told: dict[str, Any] = {"inputs": list(inputs), "files": names, "shard_rows": wanted.shard_rows}
    told |= {"encoding": wanted.encoding, "errors": wanted.errors, "fields": list(wanted.fields)}
    return _task("read", 0, told, [str(path) for path in files], [f"{folder / 'pairs'}/"])


def _of_pairs(folder: Path, step: str, k: int) -> Task:
    outputs = ("signals", "keys") if step == "signals" else (step,)
    return _task(step, k, {}, [_shard(folder, "pairs", k)], [_shard(folder, table, k) for table in outputs])


def _bucket(folder: Path, by: str, k: int, buckets: range, shards: range) -> Task:
    keys = [_shard(folder, "near" if by == "near" else "keys", shard) for shard in shards]
    told = {"by": by, "bucket": k, "buckets": len(buckets)}
    return _task("duplicates", k, told, keys, [_shard(folder, "duplicates", k)])


def _flags(folder: Path, wanted: Wanted, k: int, buckets: range) -> Task:
    tables = ["pairs", "signals", *(["meaning"] if wanted.encoder else [])]
    found = [_shard(folder, table, k) for table in tables] + [_shard(folder, "duplicates", b) for b in buckets]
    told = {"begin": k * wanted.shard_rows, "filters": wanted.settings.as_json(), "meaning": wanted.encoder}
    return _task("flags", k, told, found, [_shard(folder, "flags", k)])


def _tidy(folder: Path, steps: Sequence[str], shards: range, buckets: range) -> Iterator[str]:
    """Remove what an earlier run made beyond this one: shards, and tables that no longer fit; the names of the latter.

    A table that only its option makes stays where it is still right, for it may have taken hours.
    """
    for table in TABLES:
        place = folder / table
        spare = table in ("meaning", "near") and table not in steps and place.is_dir()
        if spare and not all(_is_right(_of_pairs(folder, table, k), folder) for k in shards):
            shutil.rmtree(place)
            yield f"{table}/"
        most = buckets if table == "duplicates" else shards
        for path in sorted(place.glob("*.parquet")):
            if path.stem.isdigit() and int(path.stem) >= len(most):
                path.unlink()


def _is_right(task: Task, folder: Path) -> bool:
    """Whether an earlier run has done a task as this one would."""
    marker = read_marker(marker_path(folder, task.step, task.shard))
    try:
        key = key_of(program(), task.function, task.settings, [Path(path) for path in task.inputs])
        made = [sha256_of(Path(path)) for path in task.outputs]
    except OSError:
        return False
    return marker is not None and marker.key == key and [output.sha256 for output in marker.outputs] == made
