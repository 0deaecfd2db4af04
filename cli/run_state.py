"""What a run says of itself in its folder: the steps planned, the shards done, what failed. `duizhao status` reads it.

`plan.json`: {"steps": {name: number of shards or null}, "finished": bool}; `progress`: a line "step shard" for each
shard that this run has done or found done; `failed.json`: what ended the last run, if anything did.
"""

import contextlib
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import click

from duizhao.completion import RUN
from duizhao.corpora.durable import whole_file
from duizhao.corpora.errors import DuizhaoError, InputError
from duizhao.corpora.files import shown
from duizhao.reports.visible import on_one_line
from duizhao.run_lock import run_lock, running
from duizhao.shard_tasks import AGAIN, Failed, ShardError

Steps = Mapping[str, int | None]  # step to the number of its shards, where that is known


class StepState(NamedTuple):
    """How far a step is: `done` shards by the last run, and `earlier` that only runs before it are known to have done.

    Whether those are still right is seen when the run comes to them.
    """

    step: str
    shards: int | None
    done: int
    earlier: int


class RunState(NamedTuple):
    """How far the run in a folder is; `process` is its number while it is at work (0: not said), else None."""

    steps: tuple[StepState, ...]
    finished: bool
    process: int | None
    failed: str


@contextmanager
def begin_run(folder: Path, steps: Steps) -> Iterator[None]:
    """A run into `folder`, which is made if need be: hold its lock, write its plan, and note what ends it.

    Raises InputError where another run writes there, DuizhaoError where there is no room.
    """
    with ExitStack() as held:
        with _roomy(folder):
            held.enter_context(run_lock(folder))
            state = folder / RUN
            (state / "failed.json").unlink(missing_ok=True)
            for left in state.glob(".duizhao-*.json"):  # what a killed run left unfinished
                left.unlink(missing_ok=True)
            (state / "progress").write_bytes(b"")
            _write(state / "plan.json", {"steps": dict(steps), "finished": False})
        try:
            yield
        except Exception as error:
            _note_failure(folder, error)
            raise
        with _roomy(folder):
            _write(state / "plan.json", _plan(folder) | {"finished": True})


@contextmanager
def told_if_stopped(folder: Path) -> Iterator[None]:
    """Where Ctrl-C ends the block, say on stderr how far the run in `folder` is, and that it can go on."""
    try:
        yield
    except KeyboardInterrupt:
        with contextlib.suppress(DuizhaoError, OSError):
            begun = [step for step in read_state(folder).steps if step.done]
            steps = [f"{step.step} {step.done:,} of {step.shards or '?'}" for step in begun]
            if steps:
                click.echo(on_one_line(f"{shown(folder)}: shards done: {', '.join(steps)}. {AGAIN}"), err=True)
        raise


def plan_shards(folder: Path, steps: Steps) -> None:
    """Write into the plan how many shards these steps have; steps that are not in it are added at its end."""
    with _roomy(folder):
        (folder / RUN).mkdir(parents=True, exist_ok=True)
        plan = _plan(folder)
        if (known := {**plan["steps"], **steps}) != plan["steps"]:
            _write(folder / RUN / "plan.json", {"steps": known, "finished": False})


class Notes:
    """Notes of the shards done, line by line, so that another process sees them at once."""

    def __init__(self, folder: Path) -> None:
        """Go on after what this run has noted; raises DuizhaoError where there is no room."""
        self._folder = folder
        with _roomy(folder):
            (folder / RUN).mkdir(parents=True, exist_ok=True)
            self._handle = (folder / RUN / "progress").open("ab", buffering=0)

    def done(self, step: str, shard: int) -> None:
        """Note one."""
        with _roomy(self._folder):
            self._handle.write(f"{step} {shard}\n".encode("ascii"))

    def close(self) -> None:
        """Let go of the file."""
        self._handle.close()


def read_state(folder: Path) -> RunState:
    """How far the run in a folder is; raises InputError where there never was one."""
    if not (folder / RUN / "plan.json").is_file():
        raise InputError(str(folder), "no run", "the -o of a command that works in shards", "Look at the path.")
    plan, seen = _plan(folder), _progress(folder)
    steps = []
    for step, shards in plan["steps"].items():
        there = {path.stem for path in (folder / RUN / step).glob("*.json") if path.stem.isdecimal()}
        done = seen.get(step, set())
        wanted = range(shards) if shards is not None else None
        earlier = {int(name) for name in there} - done
        steps.append(StepState(step, shards, len(done), sum(wanted is None or k in wanted for k in earlier)))
    row = _read(folder / RUN / "failed.json")
    return RunState(tuple(steps), plan["finished"], running(folder), str(row.get("error", "")))


def _progress(folder: Path) -> dict[str, set[int]]:
    seen: dict[str, set[int]] = {}
    with contextlib.suppress(OSError, UnicodeDecodeError):
        text = (folder / RUN / "progress").read_text(encoding="ascii")
        for line in text.split("\n")[:-1]:  # a run that was killed may have left half a line
            step, _, shard = line.rpartition(" ")
            if shard.isdecimal() and len(shard) < 20:
                seen.setdefault(step, set()).add(int(shard))
    return seen


def _plan(folder: Path) -> dict[str, Any]:
    row = _read(folder / RUN / "plan.json")
    steps = row.get("steps")
    known = steps.items() if isinstance(steps, dict) else ()
    shards = {str(step): count if isinstance(count, int) else None for step, count in known}
    return {"steps": shards, "finished": row.get("finished") is True}


def _note_failure(folder: Path, error: Exception) -> None:
    failed = error.failed if isinstance(error, ShardError) else Failed("", -1, "")
    row = {"error": str(error), "step": failed.step, "shard": failed.shard, "trace": failed.trace}
    with contextlib.suppress(OSError):  # on a full disk it goes unsaid here; the command says it
        _write(folder / RUN / "failed.json", row)


def _read(path: Path) -> dict[str, Any]:
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return row if isinstance(row, dict) else {}


def _write(path: Path, row: Mapping[str, Any]) -> None:
    with whole_file(path) as new:
        new.write_text(json.dumps(row, indent=1) + "\n", encoding="utf-8", newline="\n")


@contextmanager
def _roomy(folder: Path) -> Iterator[None]:
    """Say which path has no room, where one has not."""
    try:
        yield
    except OSError as error:
        said = f"{error.filename or folder / RUN}: {error.strerror or error}"
        raise DuizhaoError(str(folder), said, "a place to write", AGAIN) from error
