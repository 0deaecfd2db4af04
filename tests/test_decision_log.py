"""The log of decisions: every line that was acknowledged is there, whatever happens after it."""

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from duizhao.corpora import InputError
from duizhao.decision_log import DecisionLog
from duizhao.decision_reading import HEADER, is_log, read_decisions, read_log
from duizhao.main import main

MARK, OTHER = "3f2a5c7e9b01", "0123456789ab"
PAYLOADS = [
    "</script><script>pwn=1</script>",
    '"}\n{"kind": "finding"}',
    "=1+1\u2028\u2029\x85",
    "\u202e\u2066\u200b\ufeff",
    "\\ud800\\",
    "𠀀😀{{ 7*7 }}",
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers


def finding(decision: str, comment: str = "", mark: str = MARK) -> dict[str, str | int]:
    return {"kind": "finding", "fingerprint": mark, "rule": "T002", "decision": decision, "comment": comment}


def rendering(decision: str, zh: str = "水獭", term: str = "otter") -> dict[str, str | int]:
    return {"kind": "rendering", "term": term, "rendering": zh, "decision": decision, "comment": "", "count": 2}


@contextmanager
def without_waiting() -> Iterator[None]:
    """Let no test wait for the disk where it is not what is tested."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda file: None)
        yield


def lines() -> list[str]:
    return Path("d.jsonl").read_text(encoding="utf-8").split("\n")


def run(capture: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["review", *arguments])
    shown = capture.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, shown.out, shown.err


def test_a_line_for_each_decision_and_the_latest_counts() -> None:
    with DecisionLog(Path("d.jsonl")) as log:
        assert log.latest() == []
        log.add(finding("accept", "水獭 \u2028"))
        log.add(rendering("later"))
        log.add(rendering("Reject", "海獭"))
        log.add(finding("拒绝"))
        log.add(rendering(""))
        latest = [rendering("reject", "海獭"), finding("reject")]
        assert log.latest() == latest
    assert lines() == [
        HEADER,
        '{"kind": "finding", "fingerprint": "3f2a5c7e9b01", "rule": "T002", "decision": "accept", '
        '"comment": "水獭 \\u2028"}',
        '{"kind": "rendering", "term": "otter", "rendering": "水獭", "decision": "later", "comment": "", "count": 2}',
        '{"kind": "rendering", "term": "otter", "rendering": "海獭", "decision": "reject", "comment": "", "count": 2}',
        '{"kind": "finding", "fingerprint": "3f2a5c7e9b01", "rule": "T002", "decision": "reject", "comment": ""}',
        '{"kind": "rendering", "term": "otter", "rendering": "水獭", "decision": "", "comment": "", "count": 2}',
        "",
    ]
    with DecisionLog(Path("d.jsonl")) as again:
        assert (again.latest(), again.notes) == (latest, ())


def test_a_comment_alone_is_kept_and_decides_nothing() -> None:
    with DecisionLog(Path("d.jsonl")) as log:
        log.add(finding("accept"))
        log.add(finding("", "ask the otter"))
        assert log.latest() == [finding("", "ask the otter")]
    assert read_decisions("d.jsonl") == ((), {"rendering": 0, "finding": 1}, 0)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_makes_a_line_of_its_own(payload: str) -> None:
    member = finding("reject", payload) | dict.fromkeys(("en", "zh", "wanted"), payload)
    with DecisionLog(Path("d.jsonl")) as log:
        log.add(member)
        assert log.latest() == [member]
    text = Path("d.jsonl").read_text(encoding="utf-8")
    assert [len(text.split("\n")), len(text.splitlines())] == [3, 2]
    with DecisionLog(Path("d.jsonl")) as log:
        assert log.latest() == [member]


@pytest.mark.parametrize("half", ['{"kind": "findi', "{", "\0\0\0\0", '{"kind": "finding", "comment": "茶'])
def test_what_broke_off_is_left_out_and_the_next_line_is_whole(half: str) -> None:
    with DecisionLog(Path("d.jsonl")) as log:
        log.add(rendering("accept"))
    whole = Path("d.jsonl").read_bytes()
    Path("d.jsonl").write_bytes(whole + half.encode())
    for added in range(2):
        with DecisionLog(Path("d.jsonl")) as log:
            assert log.notes == ("d.jsonl:3: 1 unfinished line left out.",)
            log.add(finding("accept", str(added)))
            assert log.latest() == [rendering("accept"), finding("accept", str(added))]
    assert Path("d.jsonl").read_bytes().startswith(whole + half.encode() + b"\n{")
    assert len(lines()) == 6


@pytest.mark.parametrize("start", ["", "{", HEADER[:-3], HEADER])
def test_a_log_that_broke_off_in_its_first_line_begins_anew(start: str) -> None:
    Path("d.jsonl").write_text(start, encoding="utf-8")
    with DecisionLog(Path("d.jsonl")) as log:
        log.add(finding("accept"))
    assert [len(lines()), lines()[0]] == [3, HEADER]


def test_a_whole_last_line_without_its_end_counts() -> None:
    Path("d.jsonl").write_text(f"{HEADER}\n{json.dumps(finding('accept'))}", encoding="utf-8")
    with DecisionLog(Path("d.jsonl")) as log:
        assert (log.latest(), log.notes) == ([finding("accept")], ())
        log.add(finding("reject", mark=OTHER))
        assert log.latest() == [finding("accept"), finding("reject", mark=OTHER)]
    assert len(lines()) == 4


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "d.jsonl:1: no log of decisions"),
        ("otters\n", "d.jsonl:1: no log of decisions"),
        ('{"duizhao": "decisions", "version": 2}\n', "d.jsonl:1: another version of decisions; wanted version 1."),
        ('{"duizhao": "decisions", "version": 1, "decisions": []}\n', "d.jsonl:1: no log of decisions"),
        (HEADER + "\n\n[]\n", "d.jsonl:3: no kind"),
        (HEADER + '\n{"kind": "finding"}\n', "d.jsonl:2: no decision"),
        (HEADER + '\n{"kind": "finding", "decision": "swim"}\n', "d.jsonl:2: the decision 'swim'"),
        (HEADER + '\n{"kind": "finding", "decision": ""}\n', "d.jsonl:2: a decision without the rule and fingerprint"),
        (HEADER + '\n{"kind": "rendering", "decision": "later"}\n', "d.jsonl:2: a decision without its term"),
        (HEADER + '\n{"kind": "rendering", "decision": "later", "term": 1}\n', "d.jsonl:2: 'term' that is no text"),
        (HEADER + '\n{"kind": "rendering", "decision": "", "term": "\\u0007"}\n', "d.jsonl:2: a control character"),
    ],
)
def test_what_is_no_log_is_refused_with_its_line(content: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        read_log(content.encode(), "d.jsonl")
    assert str(refused.value).startswith(message)
    if content:
        Path("d.jsonl").write_text(content, encoding="utf-8")
        with pytest.raises(InputError) as refused:
            DecisionLog(Path("d.jsonl"))
        assert str(refused.value).startswith(message)
        assert Path("d.jsonl").read_text(encoding="utf-8") == content


def test_one_program_at_a_time() -> None:
    with DecisionLog(Path("d.jsonl")) as log:
        with pytest.raises(InputError, match=r"^d\.jsonl: another duizhao review is writing into it; wanted one at a"):
            DecisionLog(Path("d.jsonl"))
        log.add(finding("accept"))
    log.close()
    with pytest.raises(OSError, match="ended"):
        log.add(finding("reject"))
    with DecisionLog(Path("d.jsonl")) as log:
        assert log.latest() == [finding("accept")]


@pytest.mark.parametrize("call", ["write", "fsync", "half"])
@pytest.mark.parametrize("cut", [True, False])
def test_a_full_disk_harms_no_earlier_line(monkeypatch: pytest.MonkeyPatch, call: str, cut: bool) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    with DecisionLog(Path("d.jsonl")) as log:
        log.add(finding("accept"))
        before = Path("d.jsonl").read_bytes()
        write = os.write
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync" if call == "fsync" else "write", full)
            if call == "half":
                patch.setattr(os, "write", lambda file, data: write(file, data[:9]))
            if not cut:
                patch.setattr(os, "ftruncate", full)
            with pytest.raises(OSError, match="No space left") as refused:
                log.add(finding("reject"))
        assert refused.value.errno == errno.ENOSPC
        assert log.latest() == [finding("accept")]
        held = Path("d.jsonl").read_bytes()
        assert held.startswith(before)
        assert held == before or not cut
        log.add(finding("later", mark=OTHER))
    with DecisionLog(Path("d.jsonl")) as log:
        # Where the disk neither keeps a line for sure nor takes it back, it may be there: nobody was told either way.
        first = finding("reject" if call == "fsync" and not cut else "accept")
        assert log.latest() == [first, finding("later", mark=OTHER)]


def test_a_log_that_is_taken_away_takes_no_more(tmp_path: Path) -> None:
    with DecisionLog(Path("d.jsonl")) as log:
        os.replace("d.jsonl", "moved.jsonl")
        for _ in range(2):
            with pytest.raises(OSError, match="removed or replaced meanwhile"):
                log.add(finding("accept"))
            Path("d.jsonl").write_text(HEADER + "\n", encoding="utf-8")
        assert log.latest() == []


@pytest.mark.parametrize("made", ["folder", "pipe", "nowhere"])
def test_where_no_log_can_be(made: str) -> None:
    path = Path("no/d.jsonl" if made == "nowhere" else "d.jsonl")
    if made == "folder":
        path.mkdir()
    elif made == "pipe":
        os.mkfifo(path)
    with pytest.raises(InputError, match=r"d\.jsonl: (cannot be written|not a regular file)"):
        DecisionLog(path)


def test_a_log_is_taken_over(capsys: pytest.CaptureFixture[str]) -> None:
    with DecisionLog(Path("d.jsonl")) as log:
        for member in (
            rendering("reject"),
            rendering("accept"),
            rendering("reject", "海獭"),
            finding("reject", "a name"),
            finding("accept", mark=OTHER),
            finding("", mark=OTHER),
            rendering("later", "茶", "tea"),
        ):
            log.add(member)
    with Path("d.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"kind": "fin')
    assert run(capsys, "d.jsonl") == (
        0,
        "d.jsonl:9: 1 unfinished line left out.\n"
        "Read 3 decisions: 1 rendering accepted, 1 rejected; 0 findings to be mended, 1 false alarm.\n"
        "Left undecided: 1 rendering and 0 findings, 1 of them for later.\n"
        "terms.csv: 1 entry added, 0 changed.\n"
        ".duizhao-ignore: 1 entry added.\n"
        "Next: duizhao run IN… -o out/ --termbase terms.csv --ignore-file .duizhao-ignore\n",
        "",
    )
    assert Path(".duizhao-ignore").read_text(encoding="utf-8") == "3f2a5c7e9b01 T002 a name\n"
    assert Path("terms.csv").read_text(encoding="utf-8").split("\n")[1].startswith("otter,水獭,")


def test_a_log_and_a_table_that_contradict_each_other_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with DecisionLog(Path("d.jsonl")) as log:
        log.add(rendering("accept"))
    Path("g.csv").write_text("term,rendering,decision\notter,水獭,reject\n", encoding="utf-8")
    assert run(capsys, "d.jsonl", "g.csv") == (
        2,
        "",
        "g.csv:2:3: reject for otter → 水獭, but accept at d.jsonl:2; wanted one decision for one thing. "
        "Clear one of the two.\n",
    )


@given(st.binary(max_size=80), st.booleans())
@example(b"[" * 100_000, True)
@example(b"9" * 5_000, True)
@example(b'{"kind": "rendering", "term": "a", "decision": "", "count": 1e999}', True)
def test_any_bytes_are_a_log_or_are_refused(data: bytes, headed: bool) -> None:
    data = HEADER.encode() + b"\n" + data if headed else data
    assert is_log(data) or not headed
    try:
        logged = read_log(data, "d.jsonl")
    except InputError:
        return
    assert len(logged.notes) <= 1 and is_log(data)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
MEMBERS = st.builds(
    lambda kind, which, decision, comment, en: (
        finding(decision, comment, which * 12) | {"en": en}
        if kind
        else rendering(decision, which) | {"comment": comment, "zh": en}
    ),
    st.booleans(),
    st.sampled_from("abc"),
    st.sampled_from(["accept", "reject", "later", ""]),
    TEXTS,
    st.text(max_size=9),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(MEMBERS, max_size=6), st.integers(0, 40))
def test_what_was_added_comes_back_whatever_breaks_off(members: list[dict[str, str | int]], lost: int) -> None:
    Path("d.jsonl").unlink(missing_ok=True)
    with without_waiting(), DecisionLog(Path("d.jsonl")) as log:
        latest: list[list[dict[str, str | int]]] = [[]]
        for member in members:
            try:
                log.add(member)
            except InputError:
                continue
            latest.append(log.latest())
    data = Path("d.jsonl").read_bytes()
    assert [member.values for member in read_log(data, "").members.values()] == latest[-1]
    cut = data[: max(len(HEADER) + 1, len(data) - lost)]
    Path("d.jsonl").write_bytes(cut)
    with DecisionLog(Path("d.jsonl")) as log:
        whole = cut.count(b"\n") - 1
        # A last line that lacks nothing but its end counts.
        assert log.latest() in (latest[whole], latest[min(whole + 1, len(latest) - 1)])
        assert bool(log.notes) <= (not cut.endswith(b"\n"))
