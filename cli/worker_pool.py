"""Processes that do shards: each has one at a time, so that when one dies, its shard is known.

Not `concurrent.futures`: its broken pool says neither which task nor how the worker died.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from typing import Any, NamedTuple

from duizhao.executor import Executor, Results
from duizhao.shard_tasks import Call, Done, Failed, attempt

_WAIT = 5  # seconds for a process that has been killed, or has closed its pipe, to be gone


class _Worker(NamedTuple):
    process: SpawnProcess
    channel: Any


class Pool(Executor):
    """Does tasks in `jobs` processes of its own, started when there is work for them and kept until `close`.

    They end when this process ends, however it ends, and leave Ctrl-C to it. Each is a new Python that imports the main
    module, so a script of one's own that uses it needs `if __name__ == "__main__":`, as always with processes.
    """

    def __init__(self, jobs: int) -> None:
        """Start nothing yet."""
        self._jobs = jobs
        self._idle: list[_Worker] = []

    def each(self, calls: Iterable[Call]) -> Results:
        """The results as they come; raises nothing of its own, and ends busy workers when it is closed early."""
        coming = iter(calls)
        busy: dict[Any, tuple[_Worker, Call]] = {}
        try:
            call = next(coming, None)
            while call is not None or busy:
                while call is not None and len(busy) < self._jobs:
                    worker = self._idle.pop() if self._idle else _started()
                    busy[worker.channel] = worker, call
                    with contextlib.suppress(OSError):  # that it has died is seen below
                        worker.channel.send(call)
                    call = next(coming, None)
                for channel in wait(list(busy)):
                    worker, doing = busy[channel]
                    result, is_alive = _answer(worker, doing)
                    del busy[channel]
                    if is_alive:
                        self._idle.append(worker)
                    yield doing.number, result
        finally:
            for worker, _ in busy.values():
                _end(worker)

    def close(self) -> None:
        """End the workers."""
        while self._idle:
            _end(self._idle.pop())


def _started() -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    with _no_interrupts():
        process.start()
    theirs.close()
    return _Worker(process, ours)


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Block Ctrl-C, which processes started meanwhile inherit: theirs would print while they start."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(channel: Any) -> None:
    """What a worker does, until its pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        while True:
            channel.send(attempt(channel.recv()))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _answer(worker: _Worker, call: Call) -> tuple[Done | Failed, bool]:
    """The result of a task, and whether its worker lives."""
    try:
        result: Done | Failed = worker.channel.recv()
    except (EOFError, OSError):
        worker.process.join(_WAIT)
        code = worker.process.exitcode
        _end(worker)
        return Failed(call.task.step, call.task.shard, f"its worker died ({_how(code)})"), False
    return result, True


def _how(code: int | None) -> str:
    if code == -getattr(signal, "SIGKILL", 9):
        return "killed by signal 9, as by a system that is out of memory"
    return f"killed by signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def _end(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join(_WAIT)
    worker.channel.close()
    if worker.process.exitcode is not None:
        worker.process.close()
