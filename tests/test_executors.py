"""Inline and pool give the same; a dead worker, a fault or a signal ends the run, which says so and can go on."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from shard_samples import PATIENCE, PROGRAM, SHARDS, begun, gone, held, prepared, run, started, tasks_of, wait_for

from duizhao.completion import RUN
from duizhao.corpora.errors import ConfigError, DuizhaoError, InputError
from duizhao.executor import Executor, Inline, Results
from duizhao.executor_options import Running, executor_options
from duizhao.executors import each_done, executor_for, run_tasks
from duizhao.shard_tasks import Call, Done, ShardError, Task
from duizhao.worker_pool import Pool


@pytest.fixture(autouse=True)
def same_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duizhao.executors.program", lambda: PROGRAM)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return prepared(tmp_path)


def test_inline_and_pool_give_the_same(out: Path, tmp_path: Path) -> None:
    done = run(out, Inline())
    assert [each[:2] for each in done] == [(step, k) for step in ("count", "compare") for k in range(SHARDS)]
    assert [each.counts["shard"] for each in done] == [*range(SHARDS), *range(SHARDS)]
    once = held(out)
    out.rename(tmp_path / "first")
    with Pool(3) as pool:
        assert run(out, pool) == done
        assert held(out) == once
        again = run(out, pool)
    assert again == [each._replace(was_there=True) for each in done]
    assert len({line.split()[2] for line in begun(out)} - {str(os.getpid())}) in (2, 3)  # the steps share workers
    assert held(out) == once


class Counted:
    """Tasks that say how many were taken before the results were."""

    def __init__(self, tasks: Iterator[Task]) -> None:
        self.tasks, self.taken, self.done, self.most = tasks, 0, 0, 0

    def __iter__(self) -> Iterator[Task]:
        for task in self.tasks:
            self.taken += 1
            self.most = max(self.most, self.taken - self.done)
            yield task


@pytest.mark.parametrize(("executor", "most"), [(Inline(), 1), (Pool(2), 3)])
def test_few_tasks_are_taken_ahead(tmp_path: Path, executor: Executor, most: int) -> None:
    out = prepared(tmp_path, 60)
    tasks = Counted(tasks_of(out, 60))

    def told(step: str, item: str) -> None:
        assert (step, item[:6]) == ("count", "shard ")
        tasks.done += 1

    with executor:
        done = run_tasks(iter(tasks), out, executor, told)
    assert [each.shard for each in done] == list(range(60))
    assert (tasks.taken, tasks.done) == (60, 60)
    assert tasks.most <= most + 1


class Backwards(Executor):
    """Does all tasks, the last first."""

    def each(self, calls: Iterator[Call]) -> Results:  # type: ignore[override]
        for call in reversed(list(calls)):
            yield from Inline().each([call])

    def close(self) -> None:
        pass


def test_results_come_in_the_order_of_the_tasks(out: Path) -> None:
    assert [each.shard for each in each_done(tasks_of(out), out, Backwards())] == list(range(SHARDS))
    assert (out / RUN / "progress").read_text(encoding="ascii").startswith("count 7\ncount 6\n")


def test_a_killed_worker_fails_the_run_and_names_the_shard(out: Path, tmp_path: Path) -> None:
    (tmp_path / "control" / "die-3").touch()
    process = started(out, "pool")
    output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output) == (2, "")
    assert errors == (
        f"{out}/: shard 3 of count: its worker died (killed by signal 9, as by a system that is out of memory). "
        "Run the same command again: what is done is kept.\n"
    )
    assert all(gone(pid) for pid in wait_for(out, "begin"))
    names = held(out)
    assert f"{RUN}/count/0000003.json" not in names and "count/3.txt" not in names
    assert not [name for name in names if ".duizhao-new" in name]
    done = {name[-6:-5] for name in names if name.startswith(f"{RUN}/count/")}
    assert len(done) >= 2 and {name[6:7] for name in names if name.startswith("count/")} >= done
    redone = run(out, Inline())
    assert {str(each.shard) for each in redone if each.was_there} == done
    assert json.loads((out / RUN / "plan.json").read_bytes()) == {"steps": {"count": 8, "compare": 8}, "finished": True}


def test_an_idle_worker_killed_fails_the_next_run(out: Path) -> None:
    with Pool(1) as pool:
        run_tasks(list(tasks_of(out))[:1], out, pool)
        pid = wait_for(out, "half 0")[0]
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(ShardError, match="shard 1 of count: its worker died"):
            run_tasks(list(tasks_of(out))[1:2], out, pool)
        assert [done.was_there for done in run_tasks(list(tasks_of(out))[:2], out, pool)] == [True, False]


@pytest.mark.parametrize("executor", [Inline(), Pool(2)])
def test_a_fault_fails_the_run_and_names_the_shard(out: Path, tmp_path: Path, executor: Executor) -> None:
    (tmp_path / "control" / "fail-2").touch()
    with executor, pytest.raises(DuizhaoError) as error:
        run(out, executor)
    assert str(error.value).endswith(
        "out/: shard 2 of count: a fault in shard_samples:write (RuntimeError: the otter ate it). "
        "Please report the lines in .duizhao-run/failed.json."
    )
    assert error.value.exit_code == 3
    failed = json.loads((out / RUN / "failed.json").read_bytes())
    assert (failed["step"], failed["shard"], failed["error"]) == ("count", 2, str(error.value))
    assert "_misbehave(control, shard" in failed["trace"]
    assert any(each.was_there for each in run(out, Inline())[:2])
    assert not (out / RUN / "failed.json").exists()


@pytest.mark.parametrize("name", ["inline", "pool"])
@pytest.mark.parametrize(("number", "code", "said"), [(signal.SIGINT, 130, "\nstopped\n"), (signal.SIGTERM, 143, "")])
def test_signals_stop_the_run(out: Path, tmp_path: Path, name: str, number: int, code: int, said: str) -> None:
    (tmp_path / "control" / "hold-2").touch()
    process = started(out, name)
    pids = wait_for(out, "half 2")
    os.killpg(process.pid, number)  # as a terminal does, to the workers too
    output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output, errors) == (code, "", said)
    assert all(gone(pid) for pid in pids)
    names = held(out)
    assert "count/2.txt" not in names and not [each for each in names if ".duizhao-new" in each]
    (tmp_path / "control" / "hold-2").unlink()
    again = [each.was_there for each in run(out, Inline())]
    assert any(again[:2]) and not again[2]  # the other worker may have been at one of the first two


def test_workers_end_with_their_driver(out: Path, tmp_path: Path) -> None:
    for shard in (2, 3):
        (tmp_path / "control" / f"hold-{shard}").touch()
    process = started(out, "pool")
    wait_for(out, "half 2")
    pids = wait_for(out, "half 3")
    assert len(pids) == 2 and process.pid not in pids
    process.kill()
    assert all(gone(pid) for pid in pids)
    process.communicate(timeout=PATIENCE)  # ends only when no process holds its pipes


@pytest.mark.parametrize(
    ("name", "jobs", "address", "said"),
    [
        ("spark", None, None, "executor: 'spark'; wanted one of inline, pool, ray"),
        ("pool", 0, None, "jobs: 0; wanted 1 or more"),
        ("pool", 2, "auto", "address: 'auto' with the executor pool; wanted ray. Say --executor ray, too."),
    ],
)
def test_senseless_executors_are_refused(name: str, jobs: int | None, address: str | None, said: str) -> None:
    with pytest.raises(ConfigError) as error:
        executor_for(name, jobs, address)
    assert str(error.value) == said


def test_where_ray_is_missing_the_way_to_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    with pytest.raises(InputError) as error:
        executor_for("ray")
    assert str(error.value) == "ray: not installed; wanted Ray. Run: pip install 'duizhao[ray]'"


@pytest.mark.parametrize(
    ("arguments", "running"),
    [
        ([], Running("pool", None, None)),
        (["--executor", "inline"], Running("inline", None, None)),
        (["--executor", "ray", "--address", "auto", "--jobs", "7"], Running("ray", 7, "auto")),
    ],
)
def test_the_options_give_one_value(arguments: list[str], running: Running) -> None:
    seen: list[Running] = []

    @click.command()
    @executor_options
    def command(running: Running) -> None:
        seen.append(running)

    assert CliRunner().invoke(command, arguments).exit_code == 0
    assert seen == [running]
    assert CliRunner().invoke(command, ["--jobs", "0"]).exit_code == 2


def test_an_empty_run_is_done(tmp_path: Path) -> None:
    done: list[Done] = run_tasks([], tmp_path / "out", Inline())
    assert done == []
