"""One shard: done once, whole or not at all, and done anew when anything that it depends on has changed."""

import errno
import json
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shard_samples import begun, held, prepared, tasks_of

from duizhao.completion import RUN, key_of, marker_path, program, read_marker, sha256_of
from duizhao.corpora.errors import ConfigError, InputError
from duizhao.shard_tasks import AGAIN, Call, Done, Failed, ShardError, Task, attempt, process_shard

OTTERS = Task("count", 3, "shard_samples:nothing", '{"counts": {}}', (), ())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return prepared(tmp_path, 4)


def one(out: Path, salt: str = "tea") -> Task:
    return list(tasks_of(out, 4, salt))[3]


def test_a_shard_is_made_once(out: Path) -> None:
    made = process_shard(one(out), out, "p")
    before = held(out)
    assert process_shard(one(out), out, "p") == made._replace(was_there=True)
    assert made == Done("count", 3, {"rivers": 13, "shard": 3}, (sha256_of(out / "count" / "3.txt"),), False)
    assert [line.split()[:2] for line in begun(out)] == [["begin", "3"], ["half", "3"]]
    assert held(out) == before
    assert sorted(before) == [f"{RUN}/count/0000003.json", "count/3.txt"]


def damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"!")


CHANGES: dict[str, Callable[[Path], Any]] = {
    "an input says something else": lambda out: (out.parent / "in" / "3.txt").write_text("桥3 river", encoding="utf-8"),
    "an output is gone": lambda out: (out / "count" / "3.txt").unlink(),
    "an output is damaged": lambda out: damage(out / "count" / "3.txt"),
    "the marker is gone": lambda out: marker_path(out, "count", 3).unlink(),
    "the marker is cut": lambda out: marker_path(out, "count", 3).write_bytes(b'{"key": "'),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_shard_is_made_again(out: Path, change: str) -> None:
    process_shard(one(out), out, "p")
    CHANGES[change](out)
    assert not process_shard(one(out), out, "p").was_there
    assert process_shard(one(out), out, "p").was_there


def test_program_function_and_settings_count(out: Path) -> None:
    process_shard(one(out), out, "p")
    assert not process_shard(one(out), out, "q").was_there
    assert not process_shard(one(out, "milk"), out, "q").was_there
    moved = replace(one(out, "milk"), outputs=(str(out / "other" / "3.txt"),))
    assert not process_shard(moved, out, "q").was_there
    assert (out / "other" / "3.txt").read_bytes() == (out / "count" / "3.txt").read_bytes()


def test_names_and_places_do_not_count(out: Path, tmp_path: Path) -> None:
    process_shard(one(out), out, "p")
    (tmp_path / "in" / "3.txt").rename(tmp_path / "in" / "three.txt")
    shutil.move(out, tmp_path / "elsewhere")
    moved = (str(tmp_path / "elsewhere" / "count" / "3.txt"),)
    task = replace(one(out), inputs=(str(tmp_path / "in" / "three.txt"),), outputs=moved)
    assert process_shard(task, tmp_path / "elsewhere", "p").was_there


@pytest.mark.parametrize("wrong", ["fail", "full"])
def test_a_failure_leaves_nothing(out: Path, tmp_path: Path, wrong: str) -> None:
    process_shard(one(out), out, "p")
    (tmp_path / "control" / f"{wrong}-3").touch()
    with pytest.raises((RuntimeError, OSError)):
        process_shard(one(out, "milk"), out, "p")
    assert held(out) == {f"{RUN}/count": "empty", "count": "empty"}
    assert not process_shard(one(out), out, "p").was_there


def test_a_folder_is_an_output(tmp_path: Path) -> None:
    def task(files: int) -> Task:
        settings = json.dumps({"files": files})
        return Task("pages", 0, "shard_samples:folder_of", settings, (), (str(tmp_path / "out" / "pages") + "/",))

    assert process_shard(task(3), tmp_path, "p").counts == {"files": 3}
    assert process_shard(task(3), tmp_path, "p").was_there
    process_shard(task(2), tmp_path, "p")
    assert sorted(path.name for path in (tmp_path / "out" / "pages").iterdir()) == ["0.txt", "1.txt"]
    (tmp_path / "out" / "pages" / "1.txt").unlink()
    assert not process_shard(task(2), tmp_path, "p").was_there


def test_a_folder_of_someone_else_stays(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").touch()
    task = replace(OTTERS, outputs=(str(tmp_path / "mine"),))
    assert isinstance(attempt(Call(0, task, str(tmp_path), "p")), Failed)
    assert (tmp_path / "mine" / "notes.txt").exists()


FAILURES: list[tuple[Task, str, str, int]] = [
    (replace(OTTERS, settings='{"counts": [1]}'), "nothing (TypeError: shard_samples:nothing returned list", "Pl", 3),
    (replace(OTTERS, settings='{"counts"'), "a fault in shard_samples:nothing (JSONDecodeError: ", "Please", 3),
    (replace(OTTERS, settings="{}"), "a fault in shard_samples:nothing (KeyError: 'counts')", "Please", 3),
    (replace(OTTERS, function="shard_samples:beaver"), "(AttributeError: module 'shard_samples' has no", "Please", 3),
    (replace(OTTERS, function="no.such:otter"), "(ModuleNotFoundError: No module named 'no')", "Please", 3),
    (replace(OTTERS, inputs=("/no/such.txt",)), "/no/such.txt: No such file or directory", AGAIN, 2),
    (replace(OTTERS, outputs=("count.txt",)), "count.txt: shard_samples:nothing did not write it", AGAIN, 2),
]


@pytest.mark.parametrize(("task", "found", "do", "code"), FAILURES)
def test_failures_are_said(task: Task, found: str, do: str, code: int, tmp_path: Path) -> None:
    failed = attempt(Call(0, task.at(tmp_path), str(tmp_path), "p"))
    assert isinstance(failed, Failed)
    assert found in failed.found
    assert failed.do.startswith(do)
    assert failed.exit_code == code
    assert ("Traceback" in failed.trace) == (code == 3)


ERRORS: list[tuple[Exception, str]] = [
    (OSError(errno.ENOSPC, "No space left on device", "out/tea.txt"), "no room for out/tea.txt (No space left on "),
    (OSError(errno.EFBIG, "File too large"), "no room for /out/count (File too large). Make room. Run the same"),
    (OSError("the wind took it"), "/out/count: the wind took it. Run the same command again: what is done is kept."),
    (MemoryError(), "not enough memory. Take fewer --jobs. Run the same command again: what is done is kept."),
    (InputError("a.tsv, line 2", "3 columns", "2", "Mend it."), "a.tsv, line 2: 3 columns; wanted 2. Mend it."),
]


@pytest.mark.parametrize(("error", "said"), ERRORS)
def test_errors_in_words(error: Exception, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(*_: object) -> None:
        raise error

    monkeypatch.setattr("duizhao.shard_tasks.process_shard", raising)
    failed = attempt(Call(0, replace(OTTERS, outputs=("/out/count/3.txt",)), "/out", "p"))
    assert isinstance(failed, Failed)
    assert str(ShardError("out/", failed)).startswith(f"out/: shard 3 of count: {said}")


@pytest.mark.parametrize(
    "change",
    [
        {"step": "../x"},
        {"step": ""},
        {"step": "a\n"},
        {"shard": -1},
        {"function": "os.system"},
        {"function": "os:path.join"},
        {"outputs": ("a", "./a")},
        {"inputs": ("a",), "outputs": ("b/../a",)},
    ],
)
def test_senseless_tasks_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        replace(OTTERS, **change)


@given(st.one_of(st.binary(max_size=60), st.just(b"[" * 100_000), st.just(b'{"key":1,"counts":3,"outputs":[]}')))
def test_any_marker_is_read_or_is_none(text: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "0000003.json"
        path.write_bytes(text)
        assert read_marker(path) is None


def test_a_key_keeps_its_parts_apart(tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    a.write_bytes(b"1")
    b.write_bytes(b"2")
    keys = {key_of("p", "f", "s", inputs) for inputs in ([], [a], [b], [a, b], [b, a], [a, a])}
    assert len(keys | {key_of("pf", "", "s", []), key_of("p", "fs", "", [])}) == 8


def test_the_program_is_its_code_data_and_versions() -> None:
    made_by = json.loads(program())
    assert len(made_by["duizhao"]) == 64
    assert {"python", "pyarrow", "numpy"} <= made_by.keys()
    assert "pytest" not in made_by
