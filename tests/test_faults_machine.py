"""What the machine does to a run, rows 69–82 of docs/faults.md: full disks, signals, odd files, odd surroundings."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from duizhao import part_plan
from duizhao.completion import RUN
from duizhao.corpora.durable import UNFINISHED, whole_file, work_folder
from duizhao.decision_log import DecisionLog
from duizhao.main import main

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals, links and limits as POSIX has them")

EN = "The otters carried 32 fresh shells home today."
ZH = "海獭今天把三十二个新鲜的贝壳带回了家。"
PAGE = f"1、[CL] Otters Carry Fresh Shells Home Today\n水獭把新鲜的贝壳带回家\nA Lin, B Meyer…\n[River Lab]\n{ZH}\n{EN}\nhttps://example.org/otter\n"
OTHER = PAGE.replace("三十二个", "四十七个").replace("otter\n", "heron\n")
FAST = ("--no-termbase", "--no-encoder")  # the shipped termbase and the encoder take a while to load

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """The command line in this process, in a folder of its own: exit code, output, error output."""
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text(PAGE, encoding="utf-8")
    Path("other.txt").write_text(OTHER, encoding="utf-8")
    streams = sys.stdout, sys.stderr
    before = signal.getsignal(signal.SIGTERM)

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
            raise SystemExit(0)
        shown = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, shown.out, shown.err

    yield call
    signal.signal(signal.SIGTERM, before)
    sys.stdout, sys.stderr = streams


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every file of a folder with its bytes, every folder with None; what a run keeps for itself is left out."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
    return {
        name: path.read_bytes() if path.is_file() else None
        for name, path in found.items()
        if not name.startswith((RUN, ".duizhao-remembered"))
    }


def forked(action: Callable[[], object]) -> int:
    """The number of a process of our own kind that does this and no more, in the groups and streams of this one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, of which the child uses none
        child = os.fork()
    if child:
        return child
    try:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        action()
        os._exit(0)
    except SystemExit as left:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(left.code if isinstance(left.code, int) else 1)
    except BaseException:
        os._exit(99)


def left_with(child: int) -> int:
    """The exit code of a process, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@contextmanager
def little_room(number: int) -> Iterator[None]:
    """Files of so many bytes at most: what is written beyond fails, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (number, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


WRITING = [
    ("run", "other.txt", "-o", "out", *FAST),
    ("run", "other.txt", "-o", "report.html", "-o", "findings.jsonl", *FAST),
    ("convert", "other.txt", "-o", "out/pairs.tmx"),
    ("convert", "other.txt", "-o", "out/pairs.parquet"),
    ("terms", "convert", "terms.csv", "-o", "out/terms.xlsx"),
    ("align", "zh.txt", "en.txt", "-o", "out/beads.jsonl"),
]


@pytest.mark.parametrize("arguments", WRITING, ids=lambda row: f"{row[0]} {row[-1]}")
def test_fault_69_no_room_leaves_the_old_files(run: Run, arguments: Sequence[str]) -> None:
    Path("terms.csv").write_text("en,zh\notter,海獭\n", encoding="utf-8")
    Path("zh.txt").write_text(ZH, encoding="utf-8")
    Path("en.txt").write_text(EN, encoding="utf-8")
    assert run("run", "page.txt", "-o", "out", *FAST)[0] == 0
    for place in ("pairs.tmx", "pairs.parquet", "terms.xlsx", "beads.jsonl"):
        Path("out", place).write_bytes(b"old")
    before = tree(Path())
    with little_room(40):
        code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "File too large" in err and err.count("\n") == 1
    assert tree(Path()) == before
    assert run(*arguments)[0] in (0, 1)  # that is, what went before did write, and something else
    assert tree(Path()) != before


def piped(folder: Path, script: str) -> tuple[int, str]:
    """Exit code of duizhao, and stderr, with its output in the hands of a shell."""
    shell = ["sh", "-c", script.replace("duizhao", f"'{sys.executable}' -m duizhao")]
    done = subprocess.run(shell, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    *error, code = done.stderr.strip().split("\n")
    return int(code), "\n".join(error)


@pytest.mark.parametrize(
    ("script", "code", "error"),
    [
        # The reader is gone before the first line is written; then one that leaves after it.
        ("(sleep 0.2; duizhao rule; echo $? >&2) | true", 141, ""),
        ("(sleep 0.2; duizhao --help; echo $? >&2) | true", 141, ""),
        ("duizhao rule T001 | head -1 >/dev/null; echo 0 >&2", 0, ""),
        ("duizhao rule >&-; echo $? >&2", 0, ""),
        ("duizhao rule >/dev/full; echo $? >&2", 2, "output: No space left on device; wanted a place to write."),
    ],
)
def test_fault_70_closed_pipes_and_full_outputs(tmp_path: Path, script: str, code: int, error: str) -> None:
    if "/dev/full" in script and not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    assert piped(tmp_path, script) == (code, error)


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [(signal.SIGTERM, 143, ""), (signal.SIGINT, 130, "\nstopped\n")],
    ids=["SIGTERM", "SIGINT"],
)
@pytest.mark.parametrize("target", ["out", "report.html"])
def test_fault_71_and_73_a_signal_while_writing(
    run: Run, monkeypatch: pytest.MonkeyPatch, target: str, number: int, code: int, said: str
) -> None:
    """The signal comes when half of the files are written."""
    assert run("run", "page.txt", "-o", "out", *FAST)[0] == 0
    before = tree(Path())
    with monkeypatch.context() as patch:
        for place in ("outputs.write_pages", "report_files.html_pages"):
            patch.setattr(f"duizhao.{place}", lambda *_, **__: signal.raise_signal(number))
        assert run("run", "other.txt", "-o", target, *FAST) == (code, "", said)
    assert tree(Path()) == before
    assert run("run", "other.txt", "-o", target, *FAST)[0] == 1


def test_fault_72_what_a_killed_run_left_is_swept_after_a_day(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()

    def killed() -> None:
        with work_folder(tmp_path / "out") as folder, whole_file(tmp_path / "out" / "tea.txt") as new:
            (folder / "half").write_bytes(b"half")
            new.write_bytes(b"half")
            os.kill(os.getpid(), signal.SIGKILL)

    assert left_with(forked(killed)) == -signal.SIGKILL
    left = sorted(os.listdir("out"))
    assert len(left) == 2 and all(name.startswith(UNFINISHED) for name in left)  # hidden, and not mistaken for output
    (tmp_path / "out" / f"{UNFINISHED}link").symlink_to(tmp_path / "page.txt")
    assert run("audit", "page.txt", "-o", "out", *FAST)[0] == 0
    assert {*left} < {*os.listdir("out")}  # its maker may be at work
    yesterday = time.time() - 25 * 60 * 60
    for name in os.listdir("out"):
        os.utime(Path("out", name), (yesterday, yesterday), follow_symlinks=False)
    assert run("audit", "page.txt", "-o", "out", *FAST)[0] == 0
    assert sorted(os.listdir("out")) == [".duizhao-remembered", "findings.jsonl"]
    assert Path("page.txt").read_text(encoding="utf-8") == PAGE  # that the link led to


def test_fault_72_a_torn_line_of_a_log_is_told_and_dropped(tmp_path: Path) -> None:
    row = {"kind": "finding", "rule": "T002", "fingerprint": "3f2a5c7e9b01", "decision": "accept"}
    with DecisionLog(tmp_path / "decisions.jsonl") as log:
        log.add(row)
        log.add(row | {"rule": "Q001"})
    whole = (tmp_path / "decisions.jsonl").read_bytes()
    (tmp_path / "decisions.jsonl").write_bytes(whole[:-20])
    with DecisionLog(tmp_path / "decisions.jsonl") as log:
        assert [each["rule"] for each in log.latest()] == ["T002"]
        assert len(log.notes) == 1 and "decisions.jsonl:3: 1 unfinished line" in log.notes[0]
        log.add(row | {"rule": "Q001"})
    with DecisionLog(tmp_path / "decisions.jsonl") as log:
        assert [each["rule"] for each in log.latest()] == ["T002", "Q001"]


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A table that `build` takes in a dozen parts."""
    for name, value in (("SMALL_BYTES", 1), ("GROUP_BYTES", 200), ("PART_CHARACTERS", 150)):
        monkeypatch.setattr(part_plan, name, value)
    rows = [f"Otter {n} swims under the old bridge.\t{n}号水獭在老桥下游泳。\n" for n in range(12)]
    path = tmp_path / "tea.tsv"
    path.write_text("en\tzh\n" + "".join(rows), encoding="utf-8")
    return path


def build(out: str, *more: str) -> list[str]:
    return ["build", "tea.tsv", "-o", out, "--executor", "inline", *more]


def test_fault_73_ctrl_c_says_how_far_it_is(run: Run, in_parts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a user sees it: how much is done, that it is kept, and the same command goes on."""
    assert in_parts.is_file()
    done: list[int] = []
    with monkeypatch.context() as patch:

        def noted(self: Any, step: str, shard: int) -> None:
            if step == "build" and shard == 2:
                signal.raise_signal(signal.SIGINT)
            original(self, step, shard)
            done.append(shard)

        original = sys.modules["duizhao.run_state"].Notes.done
        patch.setattr("duizhao.run_state.Notes.done", noted)
        code, out, err = run(*build("out"))
    read = len(done) - 2
    assert (code, out) == (130, "")
    said = f"out: shards done: read {read} of {read}, build 2 of "
    assert err.startswith(said) and err.endswith(". Run the same command again: what is done is kept.\n\nstopped\n")
    assert run(*build("out"))[0] == 0
    assert run(*build("whole"))[0] == 0
    assert tree(Path("out")) == tree(Path("whole"))


def test_fault_74_killed_at_random_points_and_resumed(run: Run, in_parts: Path) -> None:
    """A build is killed again and again at changes on the disk; the last run ends with the bytes of one in one go."""
    assert in_parts.is_file()
    assert run(*build("whole"))[0] == 0
    chance = random.Random(74)

    def killed_at(call: int) -> None:
        left = [call]
        replace = os.replace

        def replaced(*both: Any) -> None:
            left[0] -= 1
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            replace(*both)

        os.replace = replaced  # type: ignore[assignment]
        main(build("out"))

    codes = [left_with(forked(lambda: killed_at(chance.randrange(3, 25)))) for _ in range(6)]
    assert codes[:2] == [-signal.SIGKILL] * 2 and {*codes} <= {-signal.SIGKILL, 0}
    markers = {path: path.read_bytes() for path in Path("out", RUN).rglob("0*.json")}
    assert markers
    assert run(*build("out"))[0] == 0
    assert {path: path.read_bytes() for path in markers} == markers  # what was done was not done again
    assert tree(Path("out")) == tree(Path("whole"))


def test_fault_75_many_writers_of_one_folder(run: Run) -> None:
    """Three processes put two results into one folder again and again; whoever reads finds whole files only."""
    for name in ("page", "other"):
        assert run("audit", f"{name}.txt", "-o", name, *FAST)[0] in (0, 1)
    whole = {Path(name, "findings.jsonl").read_bytes() for name in ("page", "other")}
    assert len(whole) == 2

    def writing() -> None:
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        for _ in range(4):
            for name in ("page", "other"):
                try:
                    main(["audit", f"{name}.txt", "-o", "out", *FAST, "--fail-on", "never"])
                except SystemExit as left:
                    if left.code:
                        raise

    Path("out").mkdir()
    children = [forked(writing) for _ in range(3)]
    seen: set[bytes] = set()
    place = Path("out", "findings.jsonl")
    while any(os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None for child in children):
        if place.exists():
            seen.add(place.read_bytes())
        time.sleep(0.001)
    assert [left_with(child) for child in children] == [0, 0, 0]
    assert place.read_bytes() in whole and seen <= whole
    assert sorted(os.listdir("out")) == [".duizhao-remembered", "findings.jsonl"]


def test_fault_75_a_run_in_parts_holds_its_folder(run: Run, in_parts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_parts.is_file()
    seen: list[int] = []

    def second() -> None:
        sys.stderr = open("said", "w", encoding="utf-8")  # noqa: SIM115
        main(build("out"))

    with monkeypatch.context() as patch:

        def noted(self: Any, step: str, shard: int) -> None:
            if not seen:
                patch.undo()
                seen.append(left_with(forked(second)))
            original(self, step, shard)

        original = sys.modules["duizhao.run_state"].Notes.done
        for name, value in (("SMALL_BYTES", 1), ("GROUP_BYTES", 200), ("PART_CHARACTERS", 150)):
            monkeypatch.setattr(part_plan, name, value)
        patch.setattr("duizhao.run_state.Notes.done", noted)
        assert run(*build("out"))[0] == 0
    assert seen == [2]
    err = Path("said").read_text(encoding="utf-8")
    assert f"out: another run (process {os.getpid()}) writes here; wanted one run at a time." in err


PLACES = [
    # What stands there, -o, and what is said.
    ("ln -s page.txt link.tmx", "link.tmx", "link.tmx: one of the inputs; wanted another file to write."),
    ("", "page.txt", "page.txt: one of the inputs; wanted another file to write."),
    ("mkdir there.tmx", "there.tmx", "there.tmx: no place for a file; wanted a file in a folder that exists."),
    ("mkfifo pipe.tmx", "pipe.tmx", "pipe.tmx: no place for a file; wanted a file in a folder that exists."),
    ("", "no/there.tmx", "no/there.tmx: no place for a file; wanted a file in a folder that exists."),
    ("", "page.txt/there.tmx", "page.txt/there.tmx: no place for a file; wanted a file in a folder that exists."),
    ("ln -s b.tmx a.tmx; ln -s a.tmx b.tmx", "a.tmx", "a.tmx: "),
]


@pytest.mark.parametrize(("made", "target", "said"), PLACES, ids=[row[1] for row in PLACES])
def test_fault_76_no_place_to_write(run: Run, made: str, target: str, said: str) -> None:
    subprocess.run(["sh", "-c", made], check=True)
    names = sorted(os.listdir())
    code, out, err = run("convert", "page.txt", "-o", target, "--format", "tmx")
    assert (code, out) == (2, "")
    assert err.startswith(said) and err.count("\n") == 1
    assert sorted(os.listdir()) == names and Path("page.txt").read_text(encoding="utf-8") == PAGE


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="a folder that not even root can write is one of Linux")
@pytest.mark.parametrize("target", ["/proc/out", "/proc/self"])
def test_fault_76_a_folder_that_cannot_be_written(run: Run, target: str) -> None:
    code, out, err = run("run", "page.txt", "-o", target, *FAST)
    assert (code, out) == (2, "")
    assert err.startswith("/proc/") and "; wanted a place to write." in err and err.count("\n") == 1


def test_fault_76_links_stay_and_lead_to_the_new_file(run: Run) -> None:
    Path("far").mkdir()
    targets = {"pairs.tmx": ("convert", "page.txt"), "terms.csv": ("terms", "convert", "house.csv")}
    targets |= {"beads.jsonl": ("align", "zh.txt", "en.txt"), "report.html": ("audit", "page.txt", *FAST)}
    targets |= {"known.jsonl": ("audit", "page.txt", *FAST, "--write-baseline")}
    for name, text in (("house.csv", "en,zh\notter,海獭\n"), ("zh.txt", ZH), ("en.txt", EN)):
        Path(name).write_text(text, encoding="utf-8")
    for name, command in targets.items():
        Path("far", name).write_bytes(b"old")
        Path(name).symlink_to(Path("far", name))
        assert run(*command, *([name] if "--write-baseline" in command else ["-o", name]))[0] == 0, name
        assert Path(name).is_symlink() and Path("far", name).read_bytes() != b"old", name


NAMES = [
    "two words",
    "水獭的一天",
    "🦦🌉",
    "-o",
    "--help",
    "a\nb\x1b[31m",
    "'quote\"s",
    "a" * 251,
    "獭" * 83,
    "%s{0}$HOME*",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_fault_77_names(run: Run, name: str) -> None:
    """As input, as output, and in messages, which stay on one line."""
    Path(f"{name}.txt").write_text(OTHER, encoding="utf-8")
    code, out, err = run("audit", *FAST, "-o", f"{name}.sarif" if len(name) < 200 else "x.sarif", "--", f"{name}.txt")
    assert (code, err) == (1, "")
    assert "\x1b[31m" not in out and "Q001" in out
    assert run("run", *FAST, "-q", "-o", name, "--", f"{name}.txt")[0] == 1
    assert Path(name, "report.html").is_file()
    code, out, err = run("audit", "--", f"{name}/no")
    assert (code, out) == (2, "") and err.count("\n") == 1 and "\x1b" not in err


ODD = ["loop", "zero", "fifo"]
TAKES_FILES = [
    ("audit", "ODD"),
    ("audit", "page.txt", "--termbase", "ODD"),
    ("audit", "page.txt", "--source", "ODD"),
    ("audit", "page.txt", "--catalog", "ODD"),
    ("audit", "page.txt", "--knowledge", "ODD"),
    ("audit", "page.txt", "--history", "ODD"),
    ("audit", "page.txt", "--baseline", "ODD"),
    ("audit", "page.txt", "--ignore-file", "ODD"),
    ("audit", "page.txt", "--config", "ODD"),
    ("run", "page.txt", "--reference", "ODD", "-o", "out"),
    ("score", "--hyp", "ODD", "--ref", "page.txt"),
    ("score", "--hyp", "page.txt", "--ref", "ODD"),
    ("score", "ODD"),
    ("terms", "check", "ODD"),
    ("align", "page.txt", "ODD"),
    ("align", "page.txt", "other.txt", "--gold", "ODD"),
    ("convert", "ODD", "-o", "a.tmx"),
    ("filter", "ODD", "-o", "out", "--executor", "inline"),
    ("filter", "page.txt", "-o", "out", "--config", "ODD", "--executor", "inline"),
    ("review", "ODD"),
    ("diff", "ODD", "page.txt"),
]


REASONS = ("not a regular file; ", "not a file; ", "no such file; ", "Too many levels of symbolic links")


@pytest.mark.parametrize("arguments", TAKES_FILES, ids=" ".join)
def test_fault_78_what_is_no_file_is_not_read(run: Run, arguments: Sequence[str]) -> None:
    os.mkfifo("fifo")
    Path("zero").symlink_to("/dev/zero")
    Path("loop").symlink_to("loop")
    signal.signal(signal.SIGALRM, lambda *_: pytest.fail("it waits for a pipe, or reads without end"))
    for odd in ODD:
        signal.alarm(60)
        code, out, err = run(*(odd if each == "ODD" else each for each in arguments))
        signal.alarm(0)
        assert (code, out) == (2, ""), err
        assert odd in err and err.count("\n") == 1, err
        assert any(why in err for why in REASONS), err


def test_fault_78_a_folder_of_them_is_read_around(run: Run) -> None:
    Path("in").mkdir()
    Path("in", "page.txt").write_text(OTHER, encoding="utf-8")
    os.mkfifo("in/a.txt")
    Path("in", "b.txt").symlink_to("/dev/zero")
    Path("in", "c.txt").symlink_to("c.txt")
    Path("in", "d").symlink_to(".")
    code, out, err = run("audit", "in", *FAST)
    assert (code, err) == (1, "") and "in/page.txt:5:" in out and "Found 1 finding" in out


SURROUNDINGS = [
    {"PYTHONHASHSEED": "0", "LC_ALL": "C", "HOME": "/nowhere", "TMPDIR": "/nowhere"},
    {"PYTHONHASHSEED": "1", "LC_ALL": "zh_CN.GB18030", "TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "1"},
    {"PYTHONHASHSEED": "2", "PYTHONUTF8": "0", "TZ": "America/Anchorage", "COLUMNS": "40", "OMP_NUM_THREADS": "2"},
]


@pytest.fixture(scope="module")
def surrounded(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[int, bytes, bytes, dict[str, bytes | None]]]:
    """What a run said and wrote in each of the surroundings, in processes one after the other: at other times too."""
    found = []
    folder = tmp_path_factory.mktemp("around")
    (folder / "獭.txt").write_text(OTHER, encoding="utf-8")
    cwd = "/proc" if Path("/proc/self").is_dir() else "/"  # nobody can write there
    names = [str(folder / "獭.txt"), "-", "-o", str(folder / "输出"), *FAST]
    for surroundings in SURROUNDINGS:
        done = subprocess.run(
            [sys.executable, "-m", "duizhao", "run", *names],
            cwd=cwd,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": os.environ["PYTHONPATH"], **surroundings},
            input=PAGE.encode(),
            capture_output=True,
            check=False,
        )
        found.append((done.returncode, done.stdout, done.stderr, tree(folder / "输出")))
        shutil.rmtree(folder / "输出")
    return found


def test_fault_79_no_home_no_locale_and_nothing_to_write_in(surrounded: list[Any]) -> None:
    code, out, err, files = surrounded[0]
    assert (code, err) == (1, b"") and "四十七" in out.decode() and "report.html" in files


def test_fault_80_any_hash_seed_gives_the_same_bytes(surrounded: list[Any]) -> None:
    (_, shown, _, files), *others = surrounded
    for _, other_shown, _, other_files in others:
        assert other_shown == shown
        assert {name for name in files.keys() | other_files.keys() if files.get(name) != other_files.get(name)} == set()


def test_fault_81_zone_and_day_are_in_no_output(surrounded: list[Any]) -> None:
    """The zones are a day apart; what names a day is the text, and the versions of data."""
    for *_, files in surrounded:
        told = b"".join(data for name, data in files.items() if data and not name.startswith("corpus/"))
        days = [time.strftime("%Y-%m-%d", time.gmtime(time.time() + 86_400 * k)).encode() for k in (-1, 0, 1)]
        assert not any(day in told for day in days)


def test_fault_81_times_of_the_inputs_and_the_number_of_workers_are_in_no_output(run: Run, in_parts: Path) -> None:
    assert run(*build("one"))[0] == 0
    os.utime(in_parts, (0, 0))
    assert run("build", "tea.tsv", "-o", "two", "--executor", "pool", "--jobs", "2")[0] == 0
    assert tree(Path("one")) == tree(Path("two"))


ASKED: list[str] = []
LISTENING = [False]


def _listen(event: str, _: tuple[Any, ...]) -> None:
    if LISTENING[0] and event.startswith("socket."):
        ASKED.append(event)


sys.addaudithook(_listen)


@pytest.mark.parametrize("arguments", [("run", "page.txt", "-o", "out"), ("audit", "page.txt"), ("score", "page.txt")])
def test_fault_82_no_command_asks_the_network(run: Run, arguments: Sequence[str]) -> None:
    """Not even for a socket; that no test reaches the network is in tests/test_network.py."""
    ASKED.clear()
    LISTENING[0] = True
    try:
        assert run(*arguments)[0] == 0
    finally:
        LISTENING[0] = False
    assert ASKED == []
