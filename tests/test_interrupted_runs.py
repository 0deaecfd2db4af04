"""Whatever ends a run, the same command goes on: the result is that of an uninterrupted one, byte for byte."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from shard_samples import HERE, PATIENCE, PROGRAM, SHARDS, begun, gone, held, prepared, run, started

from duizhao.completion import RUN, read_marker, sha256_of
from duizhao.executor import Inline
from duizhao.worker_pool import Pool

CALLS = 440  # an uninterrupted run changes something on the disk more often than this


@pytest.fixture(autouse=True, scope="module")
def same_program() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("duizhao.executors.program", lambda: PROGRAM)
        yield


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return prepared(tmp_path)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What an uninterrupted run leaves."""
    out = prepared(tmp_path_factory.mktemp("whole"))
    run(out, Inline())
    return held(out)


def check_markers(out: Path) -> int:
    """What a marker says is done is there, whole; the number of markers."""
    places = [path for path in (out / RUN).glob("*/*.json") if path.stem.isdecimal()]
    for place in places:
        marker = read_marker(place)
        assert marker is not None
        assert [sha256_of(out / found.path) for found in marker.outputs] == [found.sha256 for found in marker.outputs]
    return len(places)


def check_resumed(out: Path, whole: dict[str, str]) -> None:
    there = check_markers(out)
    done = run(out, Inline())
    assert sum(each.was_there for each in done) == there  # nothing is done twice, nothing is skipped
    assert len(done) == 2 * SHARDS
    assert held(out) == whole


@pytest.mark.parametrize("call", random.Random(9).sample(range(1, CALLS), 20))
def test_killed_at_any_change_on_the_disk(out: Path, whole: dict[str, str], call: int) -> None:
    process = started(out, "inline", str(call))
    process.communicate(timeout=PATIENCE)
    assert process.returncode == -signal.SIGKILL
    check_resumed(out, whole)


@pytest.mark.parametrize("seed", range(20))
def test_a_driver_or_worker_killed_at_any_moment(out: Path, whole: dict[str, str], seed: int) -> None:
    chance = random.Random(seed)
    (out.parent / "control" / "slow").touch()
    process = started(out, "pool")
    lines = chance.randrange(1, 4 * SHARDS - 4)
    end = time.monotonic() + PATIENCE
    while len(begun(out)) < lines and time.monotonic() < end and process.poll() is None:
        time.sleep(chance.random() * 0.01)
    if seed % 2:
        os.kill(int(chance.choice(begun(out)).split()[2]), signal.SIGKILL)
    else:
        process.kill()
    errors = process.communicate(timeout=PATIENCE)[1]
    assert process.returncode == (2 if seed % 2 else -signal.SIGKILL)
    assert ("its worker died (killed by signal 9" in errors) == bool(seed % 2)
    assert all(gone(pid) for pid in {int(line.split()[2]) for line in begun(out)})
    check_resumed(out, whole)


def test_killed_again_and_again(out: Path, whole: dict[str, str]) -> None:
    chance, kills = random.Random(99), 0
    while True:
        process = started(out, "inline", str(chance.randrange(120, 200)))
        process.communicate(timeout=PATIENCE)
        check_markers(out)
        if process.returncode == 0:
            break
        kills += 1
    assert kills >= 3
    assert held(out) == whole


def test_a_second_run_beside_it_is_refused(out: Path, whole: dict[str, str]) -> None:
    hold = out.parent / "control" / "hold-1"
    hold.touch()
    first = started(out, "pool")
    while not any(line.startswith("half 1") for line in begun(out)):
        time.sleep(0.01)
    second = started(out, "inline")
    errors = second.communicate(timeout=PATIENCE)[1]
    assert second.returncode == 2
    assert f"another run (process {first.pid}) writes here" in errors
    hold.unlink()
    assert first.communicate(timeout=PATIENCE) == (f"{2 * SHARDS}\n", "")
    assert first.returncode == 0
    assert held(out) == whole


def test_two_runs_started_at_once(out: Path, whole: dict[str, str]) -> None:
    both = [started(out, name) for name in ("inline", "pool")]
    for process in both:
        process.communicate(timeout=PATIENCE)
    assert sorted(process.returncode for process in both) in ([0, 0], [0, 2])
    assert held(out) == whole


@pytest.mark.parametrize("name", ["inline", "pool"])
def test_a_limit_on_file_size(out: Path, whole: dict[str, str], name: str) -> None:
    limited = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000)); "
        "sys.path.insert(0, sys.argv.pop(1)); import shard_samples; shard_samples.main()"
    )
    command = [sys.executable, "-c", limited, str(HERE.parent), str(out), name, "2"]
    process = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert process.returncode == 2
    assert "of count: no room for " in process.stderr
    assert "(File too large). Make room. Run the same command again: what is done is kept." in process.stderr
    check_resumed(out, whole)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 80 kB, in place of the output folder."""
    place = tmp_path / "out"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=80k", "tmpfs", str(place)], capture_output=True)
    if mounted.returncode:
        pytest.skip("no right to mount a disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="a disk of any size is made with tmpfs")
@pytest.mark.parametrize("kilobytes", [8, 20, 44, 60, 84, 120, 160])
def test_a_full_disk(out: Path, whole: dict[str, str], small_disk: Path, kilobytes: int) -> None:
    resize(small_disk, kilobytes)
    process = started(out, "pool")
    errors = process.communicate(timeout=PATIENCE)[1]
    assert process.returncode == 2
    assert "No space left on device" in errors
    assert f"{out}" in errors
    assert "Run the same command again: what is done is kept." in errors
    resize(small_disk, 4096)
    check_resumed(out, whole)


def resize(disk: Path, kilobytes: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", str(disk)], check=True)


def test_pool_after_inline_finds_all(out: Path, whole: dict[str, str]) -> None:
    with Pool(2) as pool:
        run(out, pool)
    assert held(out) == whole
    assert all(each.was_there for each in run(out, Inline()))
