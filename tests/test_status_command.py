"""What `duizhao status` says of a run: before, while and after it is at work."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from shard_samples import prepared, run, tasks_of

from duizhao.completion import RUN
from duizhao.corpora.errors import DuizhaoError, InputError
from duizhao.executor import Inline
from duizhao.executors import run_tasks
from duizhao.run_state import begin_run, read_state
from duizhao.status_command import status


@pytest.fixture(autouse=True)
def same_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duizhao.executors.program", lambda: "rivers 1")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return prepared(tmp_path, 4)


def said(out: Path, *more: str) -> str:
    result = CliRunner().invoke(status, [str(out), *more], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_a_finished_run(out: Path) -> None:
    run(out, Inline(), 4)
    assert said(out) == "count: 4 of 4 shards done\ncompare: 4 of 4 shards done\nFinished.\n"


def test_a_run_at_work(out: Path) -> None:
    with begin_run(out, {"count": 4, "compare": None}):
        run_tasks(list(tasks_of(out, 4))[:3], out, Inline())
        assert said(out) == (
            f"count: 3 of 3 shards done\ncompare: 0 of ? shards done\nAt work: process {os.getpid()}.\n"
        )


def test_a_stopped_run(out: Path) -> None:
    with pytest.raises(KeyboardInterrupt), begin_run(out, {"count": 4}):
        tasks = iter(tasks_of(out, 4))
        run_tasks((next(tasks), next(tasks)), out, Inline())
        raise KeyboardInterrupt
    assert said(out) == ("count: 2 of 2 shards done\nStopped. Run the same command again: what is done is kept.\n")


def test_a_failed_run_and_one_begun_anew(out: Path, tmp_path: Path) -> None:
    (tmp_path / "control" / "full-2").touch()
    with pytest.raises(DuizhaoError) as error:
        run(out, Inline(), 4)
    assert said(out) == f"count: 2 of 4 shards done\ncompare: 0 of ? shards done\nFailed: {error.value}\n"
    assert json.loads(said(out, "--format", "json")) == {
        "steps": [
            {"step": "count", "shards": 4, "done": 2, "earlier": 0},
            {"step": "compare", "shards": None, "done": 0, "earlier": 0},
        ],
        "finished": False,
        "process": None,
        "failed": str(error.value),
    }
    with pytest.raises(KeyboardInterrupt), begin_run(out, {"count": 4}):
        raise KeyboardInterrupt
    assert said(out).startswith("count: 0 of 4 shards done, 2 of an earlier run yet to be looked at\nStopped.")
    with pytest.raises(ZeroDivisionError), begin_run(out, {"count": 4}):
        _ = 1 / 0
    assert said(out).endswith("Failed: division by zero\n")


def test_steps_without_a_plan_are_counted_too(out: Path) -> None:
    run_tasks(tasks_of(out, 4), out, Inline())
    assert said(out).startswith("count: 4 of 4 shards done\nStopped.")


def test_where_no_run_was_there_is_nothing_to_say(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        CliRunner().invoke(status, [str(tmp_path)], catch_exceptions=False)
    assert str(error.value) == (
        f"{tmp_path}: no run; wanted the -o of a command that works in shards. Look at the path."
    )
    assert error.value.exit_code == 2


@pytest.mark.parametrize("name", ["plan.json", "progress", "failed.json"])
@given(
    text=st.one_of(
        st.binary(max_size=30),
        st.sampled_from(
            [
                b"[" * 100_000,
                b'{"steps": {"count": [1]}, "finished": 3}',
                b'{"steps": 3, "error": {}}',
                b"count " + b"9" * 10_000 + b"\ncount 1",
                "count \u00b2\ncount \u0663\n".encode(),
            ]
        ),
    )
)
def test_whatever_stands_there_is_read(tmp_path_factory: pytest.TempPathFactory, name: str, text: bytes) -> None:
    folder = tmp_path_factory.mktemp("out")
    (folder / RUN / "count").mkdir(parents=True)
    (folder / RUN / "count" / "².json").touch()
    (folder / RUN / "plan.json").write_text('{"steps": {"count": 2}}', encoding="ascii")
    (folder / RUN / name).write_bytes(text)
    state = read_state(folder)
    assert (state.finished, state.process) == (False, None)
    assert all(step.done == 0 and step.earlier == 0 for step in state.steps)
