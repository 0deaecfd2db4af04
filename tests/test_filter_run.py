"""A run of the filters: what is done again, what shards and processes change (nothing), where it must not write."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from shard_samples import PATIENCE, _die_at, held

from duizhao import filter_run
from duizhao.build_command import build
from duizhao.completion import RUN
from duizhao.corpora import ConfigError, DuizhaoError, InputError
from duizhao.corpora.opened_corpus import open_corpus
from duizhao.executor import Executor, Inline
from duizhao.filter_folder import TABLES
from duizhao.filter_run import Filtered, Wanted, run_filter
from duizhao.metrics.filter_rules import read_settings
from duizhao.run_lock import run_lock
from duizhao.worker_pool import Pool

HERE = Path(__file__).resolve()
SETTINGS = read_settings({}, "")
THINGS = ("otter 水獭", "river 河", "bridge 桥", "boat 船", "hill 山", "lake 湖", "tree 树", "fish 鱼", "bird 鸟")
LOOKS = ("small 小", "old 老", "cold 冷", "white 白", "far 远")


def pairs() -> list[tuple[str, str]]:
    """45 pairs, and among them some that are rejected and duplicates far from each other."""
    made = []
    for thing in THINGS:
        for look in LOOKS:
            (en, zh), (like_en, like_zh) = thing.split(), look.split()
            made.append((f"The {en} over there is {like_en}.", f"那边的{zh}很{like_zh}。"))
    made[10] = made[41] = made[2]
    made[20] = ("The tea is hot.", "The tea is hot.")
    made[33] = ("The road is 30 miles long.", "这条路长50英里。")
    return made


REJECTED = [10, 20, 33, 41]


@pytest.fixture(autouse=True)
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    return written("tea.tsv", pairs())


def written(name: str, rows: list[tuple[str, str]]) -> str:
    Path(name).write_text("en\tzh\n" + "".join(f"{en}\t{zh}\n" for en, zh in rows), encoding="utf-8")
    return name


def run(folder: str, *inputs: str, executor: Executor | None = None, **more: Any) -> Filtered:
    wanted = Wanted(inputs or ("tea.tsv",), **({"settings": SETTINGS, "shard_rows": 13} | more))
    return run_filter(wanted, Path(folder), executor or Inline())


def rows_of(folder: str, table: str) -> list[dict[str, Any]]:
    return [row for path in sorted(Path(folder, table).iterdir()) for row in pq.read_table(path).to_pylist()]


def contents(folder: str) -> dict[str, str]:
    """Every file but the run's own notes of itself, and its hash."""
    return {name: found for name, found in held(Path(folder)).items() if not name.startswith(f"{RUN}/plan")}


def test_shards_change_nothing_and_the_first_duplicate_stays() -> None:
    one, many = run("one", shard_rows=1000), run("many", shard_rows=13)
    assert [len(list(Path(folder, "pairs").iterdir())) for folder in ("one", "many")] == [1, 4]
    assert Path("one/filters.json").read_bytes() == Path("many/filters.json").read_bytes()
    assert Path("one/filters.md").read_bytes() == Path("many/filters.md").read_bytes()
    for table in ("pairs", "signals", "keys", "flags"):
        assert rows_of("one", table) == rows_of("many", table)
    assert [number for number, row in enumerate(rows_of("many", "flags")) if not row["kept"]] == REJECTED
    assert rows_of("many", "duplicates") == [{"row": 10, "first": 2}, {"row": 41, "first": 2}]
    assert one.counts == many.counts
    assert many.found == {"read": (0, 1), "signals": (0, 4), "duplicates": (0, 1), "flags": (0, 4)}


def test_processes_change_nothing() -> None:
    run("inline", exports=("tsv", "parquet"))
    with Pool(2) as pool:
        run("pool", executor=pool, exports=("tsv", "parquet"))
    assert contents("pool") == contents("inline")


def test_other_thresholds_make_only_other_flags() -> None:
    run("out")
    tables = {name: found for name, found in contents("out").items() if name.partition("/")[0] in ("pairs", "signals")}
    found = run("out", settings=read_settings({"numbers": False}, "")).found
    assert found == {"read": (1, 1), "signals": (4, 4), "duplicates": (1, 1), "flags": (0, 4)}
    assert tables.items() <= contents("out").items()
    assert [number for number, row in enumerate(rows_of("out", "flags")) if not row["kept"]] == [10, 20, 41]
    assert run("out", by="en").found["duplicates"] == (0, 1)
    again = run("out", by="en")
    assert {step: found for step, (found, _) in again.found.items()} == {
        "read": 1,
        "signals": 4,
        "duplicates": 1,
        "flags": 4,
    }


def test_a_shorter_input_leaves_no_stale_shard() -> None:
    run("out")
    written("tea.tsv", pairs()[:9])
    run("out")
    run("anew")
    assert {name for name in contents("out") if not name.startswith(RUN)} == {
        name for name in contents("anew") if not name.startswith(RUN)
    }
    assert open_corpus(Path("out")).count("flags") == 9


def test_a_renamed_input_is_read_again() -> None:
    Path("data").mkdir()
    os.rename("tea.tsv", "data/tea.tsv")
    run("out", "data")
    os.rename("data/tea.tsv", "data/zoo.tsv")
    run("out", "data")
    assert {row["source"] for row in rows_of("out", "pairs")} == {"data/zoo.tsv"}


def test_unfinished_is_without_a_manifest(monkeypatch: pytest.MonkeyPatch) -> None:
    run("out", exports=("tsv",))
    before = contents("out")

    def failing(*_: object) -> None:
        assert not Path("out/manifest.json").exists()
        raise DuizhaoError("bridge", "closed", "open")

    with monkeypatch.context() as patch:
        patch.setattr("duizhao.filter_run.write_reports", failing)
        with pytest.raises(DuizhaoError, match="bridge"):
            run("out", exports=("tsv",), settings=read_settings({"caps": False}, ""))
    assert not Path("out/manifest.json").exists()
    Path("out/.duizhao-x.tsv").touch()
    Path("out/pairs/.duizhao-new-1").mkdir()
    run("out", exports=("tsv",))
    assert {name: found for name, found in contents("out").items() if "failed" not in name} == before


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What an uninterrupted run leaves."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("whole"))
        written("tea.tsv", pairs())
        run("out", exports=("moses", "jsonl"))
        return contents("out")


@pytest.mark.parametrize("when", ["220", "write_exports", "write_text"])
def test_killed_at_any_moment(whole: dict[str, str], when: str) -> None:
    arguments = [sys.executable, str(HERE), when]
    process = subprocess.run(arguments, capture_output=True, timeout=PATIENCE, check=False)
    assert process.returncode == -signal.SIGKILL, process.stderr.decode()
    assert Path("out/kept.jsonl").exists() == (when == "write_exports")
    assert Path("out/manifest.json").exists() == when.startswith("write")
    run("out", exports=("moses", "jsonl"))
    assert contents("out") == whole


def test_what_took_hours_stays_while_it_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def meaning(english: list[str], chinese: list[str]) -> list[float]:
        asked.append(len(english))
        return [0.9 if "otter" in en else 0.1 for en in english]

    monkeypatch.setattr("duizhao.metrics.filter_meaning.meaning", meaning)
    assert run("out", encoder=True).counts.filters["meaning"].rejected == 38
    assert asked == [13, 13, 13, 6]
    assert run("out").removed == ()
    assert "meaning" in open_corpus(Path("out")).tables
    assert run("out", encoder=True).found["meaning"] == (4, 4)
    written("tea.tsv", pairs()[:30])
    assert run("out").removed == ("meaning/",)
    assert not Path("out/meaning").exists()
    assert len(asked) == 4


def test_the_encoder_itself() -> None:
    rows = [
        ("Two otters swim in the river.", "两只水獭在河里游泳。"),
        ("The old bridge is closed.", "这座老桥关闭了。"),
        ("We drink tea every morning.", "我们每天早上喝茶。"),
        ("The fisherman sold his boat.", "渔夫卖掉了他的船。"),
        ("It rained all night in the hills.", "山里下了一整夜的雨。"),
        ("The children play under the trees.", "银行昨天提高了贷款利率。"),
    ]
    written("six.tsv", rows)
    run("out", "six.tsv", encoder=True)
    assert [row["reasons"] for row in rows_of("out", "flags")] == [[], [], [], [], [], ["meaning"]]
    assert json.loads(Path("out/manifest.json").read_text(encoding="utf-8"))["encoder"] is True


@pytest.fixture
def built() -> str:
    from click.testing import CliRunner

    assert CliRunner().invoke(build, ["tea.tsv", "-o", "built"], catch_exceptions=False).exit_code == 0
    return "built"


def check_refused(folder: str, said: str, *inputs: str) -> None:
    """Refused with these words, and nothing in the folder has changed."""
    before = held(Path.cwd())
    with pytest.raises(InputError) as error:
        run(folder, *inputs)
    assert str(error.value) == said
    assert held(Path.cwd()) == before


def test_a_corpus_is_not_overwritten(built: str) -> None:
    found = "a corpus, or a manifest.json that is not of duizhao filter"
    for folder in ("built", "built/corpus"):
        check_refused(folder, f"{folder}: {found}; wanted a folder for what the filters find. Name another -o.")
    check_refused(
        "built/in", "built/in: -o is a folder in the input built; wanted a folder of its own. Name another -o.", "built"
    )


@pytest.mark.parametrize("name", [name for name in TABLES if name != "meaning"])
def test_tables_of_somebody_else_are_not_overwritten(name: str) -> None:
    Path("out").mkdir()
    Path("out", name).write_bytes(b"mine")
    end = f"wanted room for the table {name}. Name another -o."
    check_refused("out", f"out/{name}: not of duizhao filter; {end}")
    Path("out", name).unlink()
    Path("out", name).mkdir()
    check_refused("out", f"out/{name}: not of duizhao filter; {end}")


def test_files_put_among_its_shards_are_not_removed() -> None:
    run("out")
    Path("out/pairs/notes.txt").write_text("mine", encoding="utf-8")
    check_refused("out", "out/pairs/notes.txt: not of duizhao filter; wanted shards of pairs alone. Take it elsewhere.")


def test_other_folders_that_are_not_taken() -> None:
    Path("web").mkdir()
    Path("web/manifest.json").write_text("[]", encoding="utf-8")
    found = "a corpus, or a manifest.json that is not of duizhao filter"
    check_refused("web", f"web: {found}; wanted a folder for what the filters find. Name another -o.")
    Path("busy", RUN).mkdir(parents=True)
    Path("busy", RUN, "plan.json").write_text('{"steps": {"read": 1, "build": 2}}', encoding="utf-8")
    end = "wanted a folder for what the filters find. Name another -o."
    check_refused("busy", f"busy: the run of another duizhao command; {end}")


def test_it_does_not_write_over_what_it_reads() -> None:
    run("out", exports=("tsv",))
    check_refused("out", "out: -o is the input out; wanted a folder of its own. Name another -o.", "out")
    check_refused(
        "out/again", "out/again: -o is a folder in the input out; wanted a folder of its own. Name another -o.", "out"
    )
    for path in ("out/kept.tsv", "out/pairs/0000000.parquet"):
        check_refused("out", f"{path}: an input where -o writes; wanted inputs elsewhere. Name another -o.", path)
    check_refused("none", "none.tsv: no such file or folder; wanted a file, a folder or -", "none.tsv")


def test_a_folder_inside_the_input_is_no_input() -> None:
    Path("data").mkdir()
    os.rename("tea.tsv", "data/tea.tsv")
    for _ in range(3):
        assert run("data/out", "data", exports=("tsv", "jsonl")).about["sources"][0]["rows"] == 45
        assert {row["source"] for row in rows_of("data/out", "pairs")} == {"data/tea.tsv"}
        Path("data/out/manifest.json").unlink()  # as where a run was killed
    os.unlink("data/tea.tsv")
    with pytest.raises(InputError, match=r"^data: no readable file but what is in data/out; "):
        run("data/out", "data")


def test_two_runs_at_once() -> None:
    run("out")
    with run_lock(Path("out")):
        before = contents("out")
        with pytest.raises(InputError, match="another run"):
            run("out")
        assert contents("out") == before


@pytest.mark.parametrize(
    "more", [{"by": "tea"}, {"exports": ("tsv", "tea")}, {"shard_rows": 0}], ids=["by", "exports", "shard_rows"]
)
def test_what_makes_no_sense_is_refused_at_once(more: dict[str, Any]) -> None:
    with pytest.raises(ConfigError):
        run("out", **more)
    assert not Path("out").exists()


def main(when: str) -> None:
    """A run that is killed: at the change on the disk of this number, or after this function of filter_run."""
    if when.isdecimal():
        _die_at(int(when))
    else:
        real = getattr(filter_run, when)

        def call(*arguments: Any) -> None:
            real(*arguments)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(filter_run, when, call)
    run("out", exports=("moses", "jsonl"))


if __name__ == "__main__":
    main(sys.argv[1])


def test_an_export_that_fails_spoils_no_table_and_leaves_none_of_before() -> None:
    written("tea.tsv", pairs())
    run("out", exports=("jsonl",))
    Path("tea.tsv").write_text("en\tzh\tno\x0bte\nTwo otters swim.\t两只水獭在游泳。\tx\n", encoding="utf-8")
    with pytest.raises(InputError, match="Rename it"):
        run("out", exports=("csv",))
    assert not Path("out/kept.jsonl").exists() and not Path("out/kept.csv").exists()
    assert open_corpus(Path("out")).count("pairs") == 1
