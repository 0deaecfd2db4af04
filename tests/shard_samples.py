"""A toy run in shards for the tests: rivers counted, then compared. Run as a script, it is a command of its own.

Files in a control folder say what goes wrong: `die-3`, `fail-3` and `full-3` do so once; with `hold-3` shard 3
waits, with `slow` all take a little longer.
"""

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from duizhao.completion import RUN, sha256_of
from duizhao.executor import Executor
from duizhao.executors import executor_for, run_tasks
from duizhao.run_state import begin_run
from duizhao.shard_tasks import Done, Task

SHARDS = 8
PATIENCE = 60  # seconds until a test gives up waiting for what must come
PROGRAM = "rivers 1"  # instead of the hash of duizhao's own, which somebody may be editing
HERE = Path(__file__).resolve()


def write(settings: dict[str, Any], inputs: Sequence[Path], outputs: Sequence[Path]) -> dict[str, Any]:
    """Outputs of some kilobytes, by settings and inputs alone, written in two halves."""
    shard, control = settings["shard"], outputs[0].parents[3] / "control"
    _misbehave(control, shard, "begin")
    seed = str(settings["salt"]).encode() + b"".join(path.read_bytes() for path in inputs)
    for number, path in enumerate(outputs):
        lines = [hashlib.sha256(b"%d %d " % (number, k) + seed).hexdigest() for k in range(100)]
        with path.open("w", encoding="ascii") as handle:
            handle.write("\n".join(lines[:50]))
            handle.flush()
            _misbehave(control, shard, "half")
            handle.write("\n".join(lines[50:]))
    return {"rivers": len(seed), "shard": shard}


def _misbehave(control: Path, shard: int, when: str) -> None:
    with (control / "log").open("a", encoding="ascii") as handle:
        handle.write(f"{when} {shard} {os.getpid()}\n")
    if (control / "slow").exists():
        time.sleep(0.02)
    if when == "begin":
        return
    while (control / f"hold-{shard}").exists():
        time.sleep(0.01)
    for name in ("die", "fail", "full"):
        if (control / f"{name}-{shard}").exists():
            (control / f"{name}-{shard}").unlink()
            if name == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            if name == "full":
                raise OSError(errno.ENOSPC, "No space left on device", "otters.txt")
            raise RuntimeError("the otter\nate it")


def folder_of(settings: dict[str, Any], inputs: Sequence[Path], outputs: Sequence[Path]) -> dict[str, Any]:
    """As many files in a folder as the settings say."""
    for number in range(settings["files"]):
        (outputs[0] / f"{number}.txt").write_text(f"tea {number}", encoding="ascii")
    return {"files": settings["files"]}


def nothing(settings: dict[str, Any], inputs: Sequence[Path], outputs: Sequence[Path]) -> Any:
    """No output, and what the settings say in place of counts."""
    return settings["counts"]


def prepared(place: Path, shards: int = SHARDS) -> Path:
    """Inputs and a control folder in `place`; the output folder to be."""
    (place / "control").mkdir()
    (place / "in").mkdir()
    for shard in range(shards):
        (place / "in" / f"{shard}.txt").write_text(f"河{shard} river", encoding="utf-8")
    return place / "out"


def tasks_of(out: Path, shards: int = SHARDS, salt: str = "tea", step: str = "count") -> Iterator[Task]:
    """A task a shard: "count" makes one file of one, "compare" two files of the counts of two shards."""
    place = out.parent
    for shard in range(shards):
        settings = json.dumps({"salt": salt, "shard": shard})
        inputs, outputs = [place / "in" / f"{shard}.txt"], [out / "count" / f"{shard}.txt"]
        if step == "compare":
            inputs = [out / "count" / f"{k}.txt" for k in (shard, (shard + 1) % shards)]
            outputs = [out / "compare" / f"{shard}.{ending}" for ending in ("en", "zh")]
        yield Task(step, shard, "shard_samples:write", settings, tuple(map(str, inputs)), tuple(map(str, outputs)))


def run(out: Path, executor: Executor, shards: int = SHARDS, salt: str = "tea") -> list[Done]:
    """The whole run: two steps, one after the other."""
    with begin_run(out, {"count": shards, "compare": None}):
        done = run_tasks(list(tasks_of(out, shards, salt)), out, executor)
        return done + run_tasks(tasks_of(out, shards, salt, "compare"), out, executor)


def held(folder: Path) -> dict[str, str]:
    """Every file in a folder, hidden ones too, and what it holds; of the run's own files the markers and the plan."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in (f"{RUN}/lock", f"{RUN}/progress", f"{RUN}/failed.json"):
            found[name] = sha256_of(path)
        elif path.is_dir() and not any(path.iterdir()):
            found[name] = "empty"
    return found


def begun(out: Path) -> list[str]:
    """The lines of the log: what began and got half way, in which shard and process."""
    log = out.parent / "control" / "log"
    return log.read_text(encoding="ascii").split("\n")[:-1] if log.exists() else []


def started(out: Path, name: str, *more: str) -> subprocess.Popen[str]:
    """The toy command, with two workers, in a process group of its own."""
    command = [sys.executable, str(HERE), str(out), name, "2", *more]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, encoding="utf-8", start_new_session=True)


def wait_for(out: Path, line: str) -> list[int]:
    """Wait until the log has a line that begins so; the processes in it."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if any(each.startswith(line) for each in begun(out)):
            return sorted({int(each.split()[2]) for each in begun(out)})
        time.sleep(0.01)
    raise AssertionError(f"no {line!r} in {begun(out)}")


def gone(pid: int) -> bool:
    """Wait until a process is gone, or dead and not yet collected."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
            state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, check=False).stdout
        except ProcessLookupError:
            return True
        if state.strip()[:1] in (b"", b"Z"):
            return True
        time.sleep(0.01)
    return False


def _die_at(number: int) -> None:
    """Kill this process at the call of this number that changes what is on the disk, before or after it is done."""
    left = number

    def counted(name: str) -> None:
        real = getattr(os, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            result = real(*args, **kwargs)
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        setattr(os, name, call)

    for name in ("replace", "fsync", "unlink", "mkdir", "rmdir", "ftruncate", "chmod"):
        counted(name)


def main() -> None:
    """The run as a command, so that it leaves with the exit codes of duizhao: OUT EXECUTOR JOBS [CALL TO DIE AT]."""
    import click

    import duizhao.executors
    import duizhao.main

    out, name, jobs = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    if name != "ray":  # its workers look whether they are the same program
        duizhao.executors.program = lambda: PROGRAM
    if len(sys.argv) > 4:
        _die_at(int(sys.argv[4]))

    @click.command()
    def rivers() -> None:
        with executor_for(name, jobs) as executor:
            click.echo(len(run(out, executor)))

    duizhao.main.cli = rivers  # type: ignore[assignment]
    duizhao.main.main([])


if __name__ == "__main__":
    main()
