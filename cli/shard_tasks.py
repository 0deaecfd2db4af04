"""One shard of one step: done once, whole or not at all, and known to be done by its marker."""

import contextlib
import errno
import json
import os
import re
import shutil
import tempfile
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from duizhao.completion import Marker, Output, key_of, marker_path, read_marker, sha256_of, write_marker
from duizhao.corpora.durable import sync
from duizhao.corpora.errors import ConfigError, DuizhaoError

UNFINISHED = ".duizhao-new-"  # begins the names of folders in which outputs are being made
AGAIN = "Run the same command again: what is done is kept."
_STEP, _FUNCTION = re.compile(r"[a-z0-9_-]+"), re.compile(r"[\w.]+:\w+")
_NO_ROOM = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Task:
    """One shard of one step: what is to be done with which files.

    `function` is "module:name" of a `(settings, inputs, outputs) -> counts`, importable in any process; `settings` the
    JSON object it is given, which is part of the key. An output that ends with "/" is a folder: the function finds it
    there, empty. Raises ConfigError where step, number, function or paths make no sense.
    """

    step: str
    shard: int
    function: str
    settings: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse what cannot be done safely."""
        if not _STEP.fullmatch(self.step) or self.shard < 0:
            raise ConfigError(f"shard {self.shard} of {self.step}", "no name for a marker", "step-name and 0 or more")
        if not _FUNCTION.fullmatch(self.function):
            raise ConfigError(self.function, "no function", "module:name")
        ends = [os.path.abspath(path) for path in self.outputs]
        if len({*ends, *map(os.path.abspath, self.inputs)}) < len(ends) + len(set(map(os.path.abspath, self.inputs))):
            raise ConfigError(f"shard {self.shard} of {self.step}", "an output named twice", "each path once")

    def at(self, here: Path) -> "Task":
        """The same task with absolute paths, taken from `here`, for a process that stands elsewhere."""
        inputs = tuple(str(here / path) for path in self.inputs)
        # pathlib drops the "/" that makes an output a folder
        outputs = tuple(str(here / path) + ("/" if path.endswith("/") else "") for path in self.outputs)
        return Task(self.step, self.shard, self.function, self.settings, inputs, outputs)


class Done(NamedTuple):
    """A shard that is done: its function's counts, and the SHA-256 of each output, in the order of the task.

    `was_there` says that an earlier run had done it: from the same program, settings and inputs.
    """

    step: str
    shard: int
    counts: dict[str, Any]
    outputs: tuple[str, ...]
    was_there: bool


class Failed(NamedTuple):
    """Why a shard is not done, in a form that any process can send; `trace` is Python's, of a fault of ours."""

    step: str
    shard: int
    found: str
    do: str = AGAIN
    exit_code: int = 2
    trace: str = ""


class ShardError(DuizhaoError):
    """A shard that could not be done; the run ends with it, and the next one goes on from there."""

    def __init__(self, folder: str, failed: Failed) -> None:
        """Name the shard; `folder` is the run's."""
        super().__init__(f"{folder}: shard {failed.shard} of {failed.step}", failed.found, do=failed.do)
        self.failed, self.exit_code = failed, failed.exit_code


class Call(NamedTuple):
    """A task on its way to whoever does it: its place in the order, and the run's folder and program."""

    number: int
    task: Task
    folder: str
    program: str


def attempt(call: Call) -> Done | Failed:
    """Do a task, in whatever process this is; what goes wrong is given back in words, for a process elsewhere."""
    task = call.task
    try:
        return process_shard(task, Path(call.folder), call.program)
    except DuizhaoError as error:
        return Failed(task.step, task.shard, str(error), "", error.exit_code)
    except OSError as error:
        return Failed(task.step, task.shard, *_of_the_system(error, task))
    except MemoryError:
        return Failed(task.step, task.shard, "not enough memory", f"Take fewer --jobs. {AGAIN}")
    except Exception as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())[:500]
        do = "Please report the lines in .duizhao-run/failed.json."
        return Failed(task.step, task.shard, f"a fault in {task.function} ({said})", do, 3, traceback.format_exc())


def _of_the_system(error: OSError, task: Task) -> tuple[str, str]:
    """What was found and what to do."""
    path = error.filename or (os.path.dirname(task.outputs[0].rstrip("/")) if task.outputs else "output")
    said = error.strerror or str(error)
    if error.errno in _NO_ROOM:
        return f"no room for {path} ({said})", f"Make room. {AGAIN}"
    return f"{path}: {said}", AGAIN


def process_shard(task: Task, folder: Path, program: str) -> Done:
    """Do one shard, or find that it is done: its outputs stand whole in their places, and then its marker in `folder`.

    Done is what has a marker with the same key (`completion.key_of`) and outputs with the hashes it names. Else what
    is there is removed, the function writes in a folder beside, the disk has it (fsync) before the names are given,
    and the marker comes last; where anything fails neither outputs nor marker remain. Raises what the function raises.
    """
    inputs, outputs = [Path(path) for path in task.inputs], [Path(path) for path in task.outputs]
    key, place = key_of(program, task.function, task.settings, inputs), marker_path(folder, task.step, task.shard)
    marker = read_marker(place)
    was_there = True
    if marker is None or marker.key != key or not _are_there(marker, outputs, folder):
        place.unlink(missing_ok=True)
        try:
            marker = _made(task, key, inputs, outputs, folder)
            write_marker(place, marker)
        except BaseException:
            with contextlib.suppress(OSError):
                place.unlink(missing_ok=True)
                _remove(task)
            raise
        was_there = False
    return Done(task.step, task.shard, marker.counts, tuple(found.sha256 for found in marker.outputs), was_there)


def _are_there(marker: Marker, outputs: Sequence[Path], folder: Path) -> bool:
    if [found.path for found in marker.outputs] != [_named(path, folder) for path in outputs]:
        return False
    try:
        return all(sha256_of(path) == found.sha256 for path, found in zip(outputs, marker.outputs, strict=True))
    except OSError:
        return False


def _named(path: Path, folder: Path) -> str:
    """A path as a marker has it: still right when the run's folder is moved."""
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)


def _made(task: Task, key: str, inputs: Sequence[Path], outputs: Sequence[Path], folder: Path) -> Marker:
    _remove(task)
    beside: dict[Path, Path] = {}
    try:
        for parent in dict.fromkeys(path.parent for path in outputs):
            parent.mkdir(parents=True, exist_ok=True)
            beside[parent] = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=parent))
        new = [beside[path.parent] / path.name for path in outputs]
        for path, given in zip(new, task.outputs, strict=True):
            if given.endswith("/"):
                path.mkdir()
        counts = _counted(_function(task)(json.loads(task.settings), inputs, new), task)
        made = [Output(_named(path, folder), _on_disk(there, task)) for path, there in zip(outputs, new, strict=True)]
        for path, there in zip(outputs, new, strict=True):
            os.replace(there, path)
        for parent in beside:
            sync(parent)
    finally:
        for there in beside.values():
            shutil.rmtree(there, ignore_errors=True)
    return Marker(key, counts, tuple(made))


def _function(task: Task) -> Any:
    module, _, name = task.function.partition(":")
    return getattr(import_module(module), name)


def _counted(counts: Any, task: Task) -> dict[str, Any]:
    """The counts as the marker will give them back, so that a shard says the same whether it is made or found."""
    again = json.loads(json.dumps(counts, sort_keys=True))
    if not isinstance(again, dict):
        raise TypeError(f"{task.function} returned {type(counts).__name__}, not a dict")
    return again


def _on_disk(path: Path, task: Task) -> str:
    """Have the disk hold a new output; its hash."""
    if not path.exists():
        raise FileNotFoundError(errno.ENOENT, f"{task.function} did not write it", str(path))
    if path.is_dir():
        for item in path.rglob("*"):
            sync(item)
    sync(path)
    return sha256_of(path)


def _remove(task: Task) -> None:
    """Remove what stands where the outputs go; a folder only where a folder goes."""
    for output in task.outputs:
        path = Path(output)
        if output.endswith("/") and path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
