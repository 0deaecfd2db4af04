"""The same run on Ray: a cluster of two machines, and one started for the command; in processes of their own."""

import json
import os
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from shard_samples import HERE, PATIENCE, SHARDS, begun, gone, held, prepared, run, started, tasks_of, wait_for

from duizhao.completion import program
from duizhao.corpora.errors import InputError
from duizhao.executor import Inline
from duizhao.executors import executor_for
from duizhao.shard_tasks import Call, Failed

needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed")

CLUSTER = """\
import json, sys, threading
from pathlib import Path
from ray.cluster_utils import Cluster
from shard_samples import run, wait_for
from duizhao.corpora.errors import DuizhaoError
from duizhao.executor import Inline
from duizhao.executors import executor_for

place, said = Path(sys.argv[1]), {}
cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
second = cluster.add_node(num_cpus=1)

def failing(name):
    try:
        run(place / name / "out", ray)
    except DuizhaoError as error:
        return str(error), error.exit_code

def lose_a_machine():  # one of two processors, so both machines are at work
    for shard in (0, 1):
        wait_for(place / "lost" / "out", f"half {shard}")
    cluster.remove_node(second, allow_graceful=False)

with executor_for("ray", address=cluster.address) as ray:
    said["done"] = len(run(place / "whole" / "out", ray))
    said["found"] = [done.was_there for done in run(place / "whole" / "out", Inline())]
    said["killed"] = failing("killed")
    said["resumed"] = [done.was_there for done in run(place / "killed" / "out", ray)]
    said["fault"] = failing("fault")
    thread = threading.Thread(target=lose_a_machine)
    thread.start()
    said["lost"] = failing("lost")
    thread.join()
print(json.dumps(said))
"""


@pytest.fixture(autouse=True)
def path_of_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(HERE.parent))


def outputs(out: Path) -> dict[str, str]:
    return {name: found for name, found in held(out).items() if not name.startswith(".duizhao-run/")}


@needs_ray
def test_a_cluster_of_two_machines(tmp_path: Path) -> None:
    for name in ("whole", "killed", "fault", "lost", "inline"):
        (tmp_path / name).mkdir()
        prepared(tmp_path / name)
    for name in ("killed/control/die-3", "fault/control/fail-2", "lost/control/hold-0", "lost/control/hold-1"):
        (tmp_path / name).touch()
    command = [sys.executable, "-c", CLUSTER, str(tmp_path)]
    process = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300, check=False)
    assert process.returncode == 0, process.stderr
    said = json.loads(process.stdout)  # of Ray's own lines none is there
    assert (said["done"], said["found"]) == (2 * SHARDS, [True] * 2 * SHARDS)
    message, code = said["killed"]
    assert "killed/out/: shard 3 of count: its worker died (WorkerCrashedError: " in message
    assert message.endswith("Run the same command again: what is done is kept.") and code == 2
    assert not said["resumed"][3] and any(said["resumed"])
    message, code = said["fault"]
    assert "fault/out/: shard 2 of count: a fault in shard_samples:write (RuntimeError: the otter ate it)." in message
    assert code == 3
    message, code = said["lost"]
    assert message.partition("lost/out/: shard ")[2][:16] in ("0 of count: its ", "1 of count: its ")
    assert "its worker died (NodeDiedError: " in message and code == 2
    for shard in (0, 1):
        (tmp_path / "lost" / "control" / f"hold-{shard}").unlink()
    run(tmp_path / "inline" / "out", Inline())
    run(tmp_path / "lost" / "out", Inline())
    whole = outputs(tmp_path / "inline" / "out")
    assert [outputs(tmp_path / name / "out") for name in ("whole", "killed", "lost")] == [whole] * 3


@needs_ray
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_stopped_or_killed(tmp_path: Path, number: int, code: int) -> None:
    out = prepared(tmp_path)
    (tmp_path / "control" / "hold-2").touch()
    process = started(out, "ray")
    pids = wait_for(out, "half 2")
    os.kill(process.pid, number)
    output, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, output) == (code, ""), errors
    assert all(gone(pid) for pid in pids)
    (tmp_path / "control" / "hold-2").unlink()
    assert len(run(out, Inline())) == 2 * SHARDS
    assert {line.split()[1] for line in begun(out)} == {str(shard) for shard in range(SHARDS)}


@needs_ray
@pytest.mark.parametrize("address", ["127.0.0.1:1", "the river", "auto:tea"])
def test_an_address_without_a_cluster_is_refused(address: str, tmp_path: Path) -> None:
    wrong = f"""\
from duizhao.corpora.errors import InputError
from duizhao.executors import executor_for
try:
    list(executor_for("ray", address={address!r}).each([]))
except InputError as error:
    print(error)
"""
    process = subprocess.run(
        [sys.executable, "-c", wrong], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert process.stdout.startswith(f"{address}: no Ray cluster (")
    assert process.stdout.endswith("); wanted one that runs. Look at its address.\n")


def test_another_program_does_nothing(tmp_path: Path) -> None:
    from duizhao.ray_executor import attempt_there

    other = json.dumps(json.loads(program()) | {"pyarrow": "1", "rivers": "2"})
    task = next(iter(tasks_of(prepared(tmp_path))))
    assert attempt_there(Call(0, task, str(tmp_path / "out"), other)) == Failed(
        "count",
        0,
        "the cluster has another pyarrow, rivers than this machine",
        "Install the same on all machines.",
    )
    assert begun(tmp_path / "out") == []


def test_the_executor_is_loaded_when_it_is_asked_for() -> None:
    if find_spec("ray") is None:
        with pytest.raises(InputError, match="duizhao\\[ray\\]"):
            executor_for("ray")
        return
    process = subprocess.run(
        [sys.executable, "-c", "import sys, duizhao.executors, duizhao.executor_options; print('ray' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert process.stdout == "False\n"
