"""Shards on a Ray cluster, as Ray core tasks: the same function on the same files, which all machines must see."""

import json
import os
import signal
import socket
import threading
from collections.abc import Iterable
from importlib import import_module
from typing import Any

from duizhao.completion import program
from duizhao.corpora.errors import DuizhaoError, InputError
from duizhao.executor import Executor, Results
from duizhao.shard_tasks import Call, Done, Failed, attempt

_AHEAD = 2  # tasks in flight for each processor, so that none waits for its next
_ANSWER = 10  # seconds for a cluster to answer
_SILENT = {"include_dashboard": False, "log_to_driver": False, "logging_level": "ERROR"}


class RayTasks(Executor):
    """Does tasks on a running cluster at `address` (or RAY_ADDRESS), or else on one started here, of `jobs` processors.

    A task whose worker or machine is lost fails the run and is named; it is not tried again, since a task that takes
    down one machine would take down the next: the same command goes on from there. Nothing is sent to Ray's makers.
    Raises InputError where Ray is not installed.
    """

    def __init__(self, jobs: int | None, address: str | None) -> None:
        """Start nothing yet; on a cluster that runs, `jobs` limits the tasks in flight."""
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
        os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # its warning of how this will change
        try:
            self._ray: Any = import_module("ray")
        except ImportError as error:
            raise InputError("ray", "not installed", "Ray", "Run: pip install 'duizhao[ray]'") from error
        self._jobs, self._address = jobs, address or os.environ.get("RAY_ADDRESS")
        self._is_ours = False

    def each(self, calls: Iterable[Call]) -> Results:
        """The results as they come; closed early, it ends what is in flight."""
        self._start()
        ray, coming = self._ray, iter(calls)
        task = ray.remote(num_cpus=1, max_retries=0, retry_exceptions=False)(attempt_there)
        flying: dict[Any, Call] = {}
        try:
            call = next(coming, None)
            while call is not None or flying:
                most = self._most()
                while call is not None and len(flying) < most:
                    flying[task.remote(call)] = call
                    call = next(coming, None)
                for landed in ray.wait(list(flying), num_returns=1)[0]:
                    yield flying[landed].number, self._result(landed, flying[landed])
                    del flying[landed]
        finally:
            self._end(list(flying))

    def close(self) -> None:
        """Leave the cluster, and end it if it was started here."""
        if self._is_ours:
            self._ray.shutdown()
            self._is_ours = False

    def _start(self) -> None:
        if self._ray.is_initialized():
            return
        # The lines that Ray prints of dead workers whatever its options say go to stdout, which is for results.
        worker = import_module("ray._private.worker")
        if hasattr(worker, "_worker_logs_enabled"):
            setattr(worker, "_worker_logs_enabled", False)  # noqa: B010 - it has no type
        handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            if self._address is None:
                self._ray.init(address="local", num_cpus=self._jobs, **_SILENT)
            else:
                _check_reachable(self._address)
                self._ray.init(address=self._address, **_SILENT)
        except (ConnectionError, OSError, RuntimeError, ValueError, ImportError) as error:
            where, said = self._address or "ray", " ".join(str(error).split())[:300]
            raise InputError(where, f"no Ray cluster ({said})", "one that runs", "Look at its address.") from error
        except SystemExit as error:  # Ray's answer to SIGTERM while it starts
            raise SystemExit(128 + signal.SIGTERM if error.code == signal.SIGTERM else error.code) from error
        finally:
            if threading.current_thread() is threading.main_thread():
                for number, handler in handlers.items():  # Ray puts its own in their place, with another exit code
                    signal.signal(number, handler)
        self._is_ours = True

    def _most(self) -> int:
        """How many tasks may be in flight: asked again each time, for a cluster may grow."""
        there = int(self._ray.cluster_resources().get("CPU", 1)) or 1
        return _AHEAD * there if self._jobs is None or self._address is None else self._jobs

    def _result(self, landed: Any, call: Call) -> Done | Failed:
        try:
            result: Done | Failed = self._ray.get(landed)
        except self._ray.exceptions.RayError as error:
            said = str(error).strip().partition("\n")[0][:200]
            return Failed(call.task.step, call.task.shard, f"its worker died ({type(error).__name__}: {said})")
        return result

    def _end(self, flying: list[Any]) -> None:
        """End the tasks in flight by leaving the cluster, which ends the tasks of those who leave.

        Not `ray.cancel`: of a task that ends at that moment it takes this process down (Ray 2.60, "Tried to complete
        task that was not pending"). On a connection that is not ours they are waited for.
        """
        if flying and self._is_ours:
            self.close()
        elif flying:
            self._ray.wait(flying, num_returns=len(flying))


def _check_reachable(address: str) -> None:
    """Raise OSError where nothing listens: Ray itself would go on trying for a quarter of an hour."""
    if "://" not in address:
        place = import_module("ray._private.services").canonicalize_bootstrap_address(address)
        if place is None:
            raise ConnectionError("none was started on this machine")
        host, _, port = place.rpartition(":")
        socket.create_connection((host.strip("[]"), int(port)), timeout=_ANSWER).close()


def attempt_there(call: Call) -> Done | Failed:
    """Do a task on a machine of the cluster, if it has the driver's duizhao: another would give other bytes."""
    try:
        if (here := program()) != call.program:
            differ = _differing(here, call.program)
            found = f"the cluster has another {', '.join(differ)} than this machine"
            return Failed(call.task.step, call.task.shard, found, "Install the same on all machines.")
    except (DuizhaoError, OSError) as error:
        return Failed(call.task.step, call.task.shard, str(error))
    return attempt(call)


def _differing(here: str, there: str) -> list[str]:
    ours, theirs = json.loads(here), json.loads(there)
    return [name for name in sorted({*ours, *theirs}) if ours.get(name) != theirs.get(name)]
