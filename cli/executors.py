"""A run of shards in order, by the executor of a name: inline, pool or ray."""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from duizhao.completion import RUN, program
from duizhao.corpora.errors import ConfigError
from duizhao.executor import Executor, Inline
from duizhao.run_state import Notes, plan_shards
from duizhao.shard_tasks import UNFINISHED, Call, Done, Failed, ShardError, Task

NAMES = ("inline", "pool", "ray")


def executor_for(name: str, jobs: int | None = None, address: str | None = None) -> Executor:
    """The executor of this name (one of NAMES): "inline", "pool" of `jobs` processes, or "ray".

    `jobs` is the number of tasks done at once, by default one a processor; `address` is a Ray cluster's, without which
    Ray is started here. Raises ConfigError for what makes no sense, InputError where Ray is not installed or found.
    """
    if name not in NAMES:
        raise ConfigError("executor", f"{name!r}", f"one of {', '.join(NAMES)}")
    if jobs is not None and jobs < 1:
        raise ConfigError("jobs", str(jobs), "1 or more")
    if address is not None and name != "ray":
        raise ConfigError("address", f"{address!r} with the executor {name}", "ray", "Say --executor ray, too.")
    if name == "ray":
        from duizhao.ray_executor import RayTasks

        return RayTasks(jobs, address)
    if name == "pool":
        from duizhao.worker_pool import Pool

        return Pool(jobs or processors())
    return Inline()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_tasks(
    tasks: Iterable[Task],
    folder: Path,
    executor: Executor,
    progress: Callable[[str, str], object] | None = None,
) -> list[Done]:
    """Do all tasks of a run into `folder` and return what was done, in their order.

    What an earlier run has done of the same input with the same settings is found, not done again. Raises ShardError
    at the first shard that fails, by its function or by the death of its worker: no task is in flight then any more,
    and what is done is kept. `progress` is told a step and a shard each time one is done.
    """
    return list(each_done(tasks, folder, executor, progress))


def each_done(
    tasks: Iterable[Task],
    folder: Path,
    executor: Executor,
    progress: Callable[[str, str], object] | None = None,
) -> Iterator[Done]:
    """As `run_tasks`, one by one: of a million tasks those are held that are in flight or wait for their turn."""
    folder = Path(os.path.abspath(folder))
    planned = dict(Counter(task.step for task in tasks)) if isinstance(tasks, Sequence) else {}
    plan_shards(folder, planned)
    taken: Counter[str] = Counter()
    parents: set[Path] = set()
    notes = Notes(folder)
    results = executor.each(_calls(tasks, folder, taken, parents))
    early: dict[int, Done] = {}
    turn = 0
    try:
        for number, result in results:
            if isinstance(result, Failed):
                raise ShardError(_shown(folder), result)
            notes.done(result.step, result.shard)
            if progress:
                progress(result.step, f"shard {result.shard}")
            early[number] = result
            while turn in early:
                yield early.pop(turn)
                turn += 1
    finally:
        results.close()
        notes.close()
        for parent in parents:
            _tidy(parent)
    plan_shards(folder, dict(taken))


def _calls(tasks: Iterable[Task], folder: Path, taken: Counter[str], parents: set[Path]) -> Iterator[Call]:
    """The tasks with absolute paths, for processes that stand elsewhere; what killed runs left there is removed."""
    here, made_by = Path.cwd(), program()
    for number, given in enumerate(tasks):
        task = given.at(here)
        for parent in {folder / RUN / task.step, *(Path(path).parent for path in task.outputs)} - parents:
            parents.add(parent)
            _tidy(parent)
        taken[task.step] += 1
        yield Call(number, task, str(folder), made_by)


def _tidy(parent: Path) -> None:
    """Remove the folders of unfinished outputs, and unfinished files where markers stand."""
    for left in parent.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)
    if parent.parent.name == RUN:
        for left in parent.glob(".duizhao-*.json"):
            left.unlink(missing_ok=True)


def _shown(folder: Path) -> str:
    """The folder as a user would name it."""
    relative = os.path.relpath(folder)
    return f"{folder if relative.startswith('..') else relative}/"
