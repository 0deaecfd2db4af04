"""Two runs never write into one folder, and a dead run is in nobody's way."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from duizhao.corpora.errors import DuizhaoError, InputError
from duizhao.run_lock import run_lock, running
from duizhao.run_state import begin_run

HOLDING = """\
import pathlib, sys
from duizhao.run_lock import run_lock
with run_lock(pathlib.Path(sys.argv[1])):
    print(flush=True)
    input()
"""


def holder(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", HOLDING, str(folder)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout and process.stdout.readline() == b"\n"
    return process


def test_a_second_run_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    with holder(tmp_path) as first:
        with pytest.raises(InputError) as error, run_lock(tmp_path):
            pass
        assert str(error.value) == (
            f"{tmp_path}: another run (process {first.pid}) writes here; wanted one run at a time. "
            "Wait for it, or name another -o."
        )
        assert error.value.exit_code == 2
        assert running(tmp_path) == first.pid
        first.send_signal(signal.SIGKILL)
        first.wait()
        assert running(tmp_path) is None
        with run_lock(tmp_path):
            assert running(tmp_path) == os.getpid()
    assert running(tmp_path) is None


def test_a_refused_run_changes_nothing(tmp_path: Path) -> None:
    with begin_run(tmp_path, {"count": 3}):
        (tmp_path / ".duizhao-run" / "progress").write_text("count 1\n", encoding="ascii")
        with pytest.raises(InputError, match="another run"), begin_run(tmp_path, {"count": 9}):
            pass
        assert (tmp_path / ".duizhao-run" / "progress").read_text(encoding="ascii") == "count 1\n"
        assert '"count": 3' in (tmp_path / ".duizhao-run" / "plan.json").read_text(encoding="ascii")


def test_a_look_at_the_lock_turns_no_run_away(tmp_path: Path) -> None:
    with run_lock(tmp_path):
        pass
    for _ in range(20):
        assert running(tmp_path) is None
        with run_lock(tmp_path):
            pass


def test_no_place_for_a_lock(tmp_path: Path) -> None:
    (tmp_path / "tea").touch()
    assert running(tmp_path / "tea") is None
    with pytest.raises(DuizhaoError, match="tea"), begin_run(tmp_path / "tea", {}):
        pass
