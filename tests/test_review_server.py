"""The report served on this machine: what is answered, what is refused, and that nothing acknowledged is lost."""

import errno
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from duizhao import review_command
from duizhao.corpora import Corpus, Document, InputError, Pair, Record, read_corpus, write_corpus
from duizhao.decision_log import NAME, DecisionLog
from duizhao.decision_reading import HEADER
from duizhao.main import main
from duizhao.outputs import drop_stale, write_outputs
from duizhao.reports import Result
from duizhao.review_server import LIMIT_BODY, ReviewServer

PAGE = b"<!doctype html><title>otters</title>"
SERVE = """
from pathlib import Path
from duizhao.decision_log import DecisionLog
from duizhao.review_server import ReviewServer, stop_signals
with DecisionLog(Path("decisions.jsonl")) as log, ReviewServer(log) as server, stop_signals() as stop:
    print(server.address, flush=True)
    server.answer_until(stop)
"""


class Served:
    """A running server and a client of it."""

    def __init__(self, server: ReviewServer, log: DecisionLog) -> None:
        self.server, self.log = server, log
        self.port, self.token = server.server_address[1], server.token
        self.origin = f"http://127.0.0.1:{self.port}"

    def __call__(
        self, method: str, path: str, body: bytes | None = None, **headers: str | None
    ) -> tuple[int, bytes, dict[str, str]]:
        return request(self.port, method, path.replace("TOKEN", self.token), body, headers)

    def post(self, body: object, **headers: str | None) -> tuple[int, bytes]:
        sent = {"Content_Type": "application/json", "Origin": self.origin} | headers
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self("POST", "/TOKEN/decisions", data, **sent)[:2]


def request(
    port: int, method: str, path: str, body: bytes | None, headers: dict[str, str | None]
) -> tuple[int, bytes, dict[str, str]]:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        client.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
        if body is not None and "Content_Length" not in headers:
            client.putheader("Content-Length", str(len(body)))
        for name, value in headers.items():
            if value is not None:
                client.putheader(name.replace("_", "-"), value)
        client.endheaders(body)
        answer = client.getresponse()
        return answer.status, answer.read(), {name: value for name, value in answer.getheaders() if name != "Date"}
    finally:
        client.close()


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.chdir(tmp_path)
    stop = threading.Event()
    with DecisionLog(Path(NAME)) as log, ReviewServer(log, page=PAGE) as server:
        worker = threading.Thread(target=server.answer_until, args=(stop,))
        worker.start()
        yield Served(server, log)
        stop.set()
        worker.join()


def finding(decision: str, mark: str = "3f2a5c7e9b01") -> dict[str, str | int]:
    texts = {"comment": "a joke", "en": "An otter.", "zh": "一只水獭。", "wanted": ""}
    return {"kind": "finding", "fingerprint": mark, "rule": "T002", "decision": decision} | texts


def logged() -> list[object]:
    first, *lines, last = Path(NAME).read_text(encoding="utf-8").split("\n")
    assert (first, last) == (HEADER, "")
    return [json.loads(line) for line in lines]


SAFE = {
    "Server": "duizhao",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def test_the_page_and_its_decisions(served: Served) -> None:
    length = str(len(PAGE))
    headers = SAFE | {"Content-Type": "text/html; charset=utf-8", "Content-Length": length}
    assert served("GET", "/TOKEN/") == (200, PAGE, headers)
    assert served("GET", "/TOKEN/?x#y", Host=f"LOCALHOST:{served.port}")[:2] == (200, PAGE)
    assert served.post(finding("accept")) == (204, b"")
    assert served.post(finding("reject"), Content_Type="Application/JSON; charset=utf-8")[0] == 204
    assert served.post(finding("later", "0123456789ab"), Origin=f"http://localhost:{served.port}")[0] == 204
    assert served.post(finding("later"), Sec_Fetch_Site="same-origin")[0] == 204
    assert logged() == [finding("accept"), finding("reject"), finding("later", "0123456789ab"), finding("later")]
    status, body, headers = served("GET", "/TOKEN/decisions")
    assert headers == SAFE | {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(len(body))}
    latest = [finding("later", "0123456789ab"), finding("later")]
    assert (status, json.loads(body)) == (200, {"duizhao": "decisions", "version": 1, "decisions": latest})
    assert served.post(finding("") | {"comment": ""})[0] == 204
    assert json.loads(served("GET", "/TOKEN/decisions")[1])["decisions"] == latest[:1]


def test_only_the_loopback_address_is_bound_and_the_token_is_long(served: Served) -> None:
    assert served.server.server_address == ("127.0.0.1", served.port)
    assert re.fullmatch(rf"http://127\.0\.0\.1:{served.port}/[A-Za-z0-9_-]{{32}}/", served.server.address)
    with ReviewServer(served.log) as other:
        assert other.token != served.token
    with pytest.raises(InputError, match=rf"^--port {served.port}: cannot be had"):
        ReviewServer(served.log, served.port)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/TOKEN", 404),
        ("GET", "/TOKEN/x", 404),
        ("GET", "/TOKEN/decisions/", 404),
        ("GET", "/TOKEN//", 404),
        ("GET", "/TOKENx/", 404),
        ("GET", "/./TOKEN/", 404),
        ("GET", "/../etc/passwd", 404),
        ("GET", "/TOKEN/../decisions", 404),
        ("GET", "/TOKEN%2f", 404),
        ("GET", "http://127.0.0.1/TOKEN/", 404),
        ("GET", "TOKEN/", 404),
        ("GET", "/\xff\xfe/", 404),
        ("GET", "*", 404),
        ("POST", "/decisions", 404),
        ("POST", "/" + "x" * 32 + "/decisions", 404),
        ("PUT", "/", 404),
        ("POST", "/TOKEN/", 405),
        ("PUT", "/TOKEN/decisions", 405),
        ("DELETE", "/TOKEN/decisions", 405),
        ("OPTIONS", "/TOKEN/decisions", 405),
        ("HEAD", "/TOKEN/", 405),
        ("OTTER", "/TOKEN/", 405),
    ],
)
def test_nothing_else_is_there(served: Served, method: str, path: str, status: int) -> None:
    with pytest.MonkeyPatch.context() as patch:  # the client is not to mend what it sends
        patch.setattr(http.client.HTTPConnection, "_encode_request", lambda self, line: line.encode("latin-1"))
        patch.setattr(http.client.HTTPConnection, "_validate_path", lambda self, url: None)
        sent = {"Host": served.origin[7:], "Content_Type": "application/json", "Origin": served.origin}
        found, body, headers = served(method, path, b"{}", **sent)
    said = {404: b"nothing here", 405: b"not possible here"}[status]
    assert (found, body) == (status, b"" if method == "HEAD" else said)
    assert headers.items() >= SAFE.items()
    assert headers.get("Allow") == (None if status == 404 else "GET, POST" if "decisions" in path else "GET")
    assert served.token.encode() not in body
    assert logged() == []


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}", "x@127.0.0.1:{port}", ""])
@pytest.mark.parametrize("path", ["/TOKEN/", "/TOKEN/decisions", "/"])
def test_another_host_is_refused(served: Served, host: str, path: str) -> None:
    host = host.format(port=served.port)
    assert served("GET", path, Host=host)[:2] == (403, b"another host")
    assert served.post(finding("accept"), Host=host) == (403, b"another host")
    assert served("GET", path, Host=None)[0] == 403
    assert logged() == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": None},
        {"Origin": "null"},
        {"Origin": "http://evil.example"},
        {"Origin": "http://127.0.0.1"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Origin": "http://127.0.0.1:{port}.evil.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
    ],
)
def test_another_site_is_refused(served: Served, headers: dict[str, str | None]) -> None:
    sent = {name: value and value.format(port=served.port) for name, value in headers.items()}
    assert served.post(finding("accept"), **sent) == (403, b"another site")
    assert logged() == []


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
             "application/jsonx", "text/json", "text/plain; application/json", ""],
)  # fmt: skip
def test_a_form_is_refused(served: Served, kind: str | None) -> None:
    assert served.post(finding("accept"), Content_Type=kind) == (415, b"wanted application/json")
    assert logged() == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "broken JSON; wanted one decision"),
        (b"{", "broken JSON; wanted one decision"),
        (b"\xff\xfe{\x00}\x00", "broken JSON; wanted one decision"),
        (b"[" * 60_000, "broken JSON; wanted one decision"),
        (b"9" * 60_000, "broken JSON; wanted one decision"),
        (b"[]", "the decision: no kind"),
        (b'{"kind": "otter"}', "the decision: no kind"),
        (finding("swim"), "the decision: the decision 'swim'"),
        (finding("accept", "3F2A5C7E9B01"), "the decision: a decision without the rule and fingerprint"),
        (finding("", "3f2a"), "the decision: a decision without the rule and fingerprint"),
        (finding("later") | {"rule": "T2"}, "the decision: a decision without the rule and fingerprint"),
        (finding("accept") | {"comment": "\x07"}, "the decision: a control character in comment"),
        (finding("accept") | {"comment": "\ud800"}, "the decision: a control character in comment"),
        (finding("later") | {"comment": "茶" * 4001}, "the decision: 4,001 characters in comment"),
        (finding("later") | {"comment": 1}, "the decision: 'comment' that is no text"),
        (finding("later") | {"\x1b[31m\n": True}, r"the decision: '\x1b[31m\n' that is no text"),
        ({"kind": "finding", "fingerprint": "3f2a5c7e9b01", "rule": "T002"}, "the decision: no decision"),
        ({"kind": "rendering", "term": " ", "rendering": "水獭", "decision": "accept"}, "the decision: a decision wi"),
        ({"kind": "rendering", "term": "otter", "decision": "accept", "count": 1.5}, "the decision: 'count' that is"),
    ],
)
def test_what_is_no_decision_is_refused_in_one_line(served: Served, body: object, said: str) -> None:
    status, answer = served.post(body)
    text = answer.decode("utf-8")
    assert (status, text[: len(said)], "\n" in text) == (400, said, False)
    assert logged() == []


def test_a_body_that_is_too_long_or_of_no_length(served: Served) -> None:
    longest = finding("accept") | {"en": ""}
    longest["en"] = "o" * (LIMIT_BODY - len(json.dumps(longest)))
    assert len(json.dumps(longest)) == LIMIT_BODY
    assert served.post(longest)[0] == 204
    too_long = (413, b"more than 65,536 bytes")
    assert served.post(json.dumps(longest).encode() + b" ") == too_long
    assert served.post(b"x" * 900_000) == too_long
    assert served.post(b"", Content_Length="9" * 30) == too_long
    for length in ("-1", "1_0", "٣", None):
        assert served.post(b"", Content_Length=length and length.encode().decode("latin-1")) == (
            411,
            b"wanted Content-Length",
        )
    assert served.post(b"", Content_Length="0", Transfer_Encoding="chunked")[0] == 411
    assert logged() == [longest]


@pytest.mark.parametrize(
    ("call", "number", "status", "said"),
    [
        ("write", errno.ENOSPC, 507, "not saved: No space left on device"),
        ("fsync", errno.ENOSPC, 507, "not saved: No space left on device"),
        ("write", errno.EDQUOT, 507, "not saved: Disk quota exceeded"),
        ("fsync", errno.EIO, 500, "not saved: Input/output error"),
    ],
)
def test_a_disk_that_refuses(
    served: Served, capsys: pytest.CaptureFixture[str], call: str, number: int, status: int, said: str
) -> None:
    def refuses(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    assert served.post(finding("accept"))[0] == 204
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, call, refuses)
        assert served.post(finding("reject")) == (status, said.encode())
    assert logged() == served.log.latest() == [finding("accept")]
    assert capsys.readouterr().err == f"decisions.jsonl: a decision was not saved ({os.strerror(number)}).\n"
    assert served.post(finding("later"))[0] == 204
    assert logged() == [finding("accept"), finding("later")]


def test_a_slow_client_and_one_that_goes_away_keep_nobody_waiting(
    served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    head = f"POST /{served.token}/decisions HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n".encode()
    slow = [socket.create_connection(("127.0.0.1", served.port)) for _ in range(9)]
    rest = b"Content-Type: application/json\r\nContent-Length: 99\r\nOrigin: " + served.origin.encode() + b"\r\n\r\n{"
    for number, client in enumerate(slow):
        client.sendall((head + rest)[: 30 * number])
    assert served("GET", "/TOKEN/")[1] == PAGE
    assert served.post(finding("accept"))[0] == 204
    for client in slow:
        client.close()
    with socket.create_connection(("127.0.0.1", served.port)) as client:
        client.sendall(b"\x16\x03\x01\x02\x00\x01 otters on a bridge\r\n\r\n")
        assert b"OTTER" not in client.recv(4096).upper()
    assert served("GET", "/TOKEN/")[1] == PAGE
    assert logged() == [finding("accept")]
    assert capsys.readouterr() == ("", "")


def test_many_at_once_each_get_a_line(served: Served) -> None:
    marks = [f"{number:012x}" for number in range(40)]
    answers: list[int] = []

    def decide(mine: list[str]) -> None:
        answers.extend(served.post(finding("accept", mark))[0] for mark in mine)

    workers = [threading.Thread(target=decide, args=(marks[start::8],)) for start in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert answers == [204] * 40
    assert sorted(row["fingerprint"] for row in served.log.latest()) == marks
    assert len(logged()) == 40


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NEARLY = st.fixed_dictionaries(
    {"kind": st.sampled_from(["finding", "rendering"]), "decision": st.sampled_from(["accept", "", "x"]) | JSON},
    optional={
        "fingerprint": st.just("3f2a5c7e9b01") | st.text(max_size=3),
        "rule": st.just("T002") | JSON,
        "term": st.text(max_size=3),
        "rendering": st.text(max_size=3),
        "comment": st.text(max_size=3) | JSON,
        "count": JSON,
        "en": st.text(max_size=3),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=40) | (JSON | NEARLY).map(lambda value: json.dumps(value).encode()))
@example(json.dumps(finding("reject")).encode())
def test_any_body_is_a_decision_or_is_refused(served: Served, body: bytes) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda file: None)
        before = len(logged())
        status, said = served.post(body)
    assert status in (204, 400)
    assert len(logged()) == before + (status == 204)
    assert b"\n" not in said


# The command itself


def test_what_was_acknowledged_is_there_after_a_kill(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", SERVE], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout as out:
        url = urlsplit(out.readline().strip())
    assert url.port
    acknowledged: list[str] = []
    headers = {"Content_Type": "application/json", "Origin": f"http://127.0.0.1:{url.port}"}
    killer = threading.Timer(0.15, process.kill)
    for number in range(200):
        mark = f"{number:012x}"
        try:
            body = json.dumps(finding("accept", mark)).encode()
            status = request(url.port, "POST", url.path + "decisions", body, {**headers})[0]
        except (OSError, http.client.HTTPException):
            break
        assert status == 204
        acknowledged.append(mark)
        if number == 20:
            killer.start()
        if number == 198:
            process.kill()
    killer.join()
    assert process.wait() == -signal.SIGKILL
    assert len(acknowledged) > 20
    with DecisionLog(tmp_path / NAME) as log:
        marks = [row["fingerprint"] for row in log.latest()]
    # One more may be there: written down, and killed before its answer was out.
    assert marks[: len(acknowledged)] == acknowledged and len(marks) - len(acknowledged) in (0, 1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_both_signals_end_it_on_purpose(tmp_path: Path, number: signal.Signals) -> None:
    process = subprocess.Popen([sys.executable, "-c", SERVE], cwd=tmp_path, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout as out:
        assert out.readline().startswith("http://127.0.0.1:")
        process.send_signal(number)
        process.send_signal(number)  # an impatient person
        assert (out.read(), process.wait()) == ("", 0)


EN, ZH = "The otter drinks tea on the bridge.", "水獭在桥上喝茶。"


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as `duizhao run` leaves it, with one small record, and a place to run commands in."""
    monkeypatch.chdir(tmp_path)
    text = f"{EN}\n{ZH}\n"
    at = ((0, len(EN)),), ((len(EN) + 1, len(EN) + 1 + len(ZH)),)
    document = Document("tea.txt", "0" * 64, "utf-8", text)
    record = Record("tea#1", "tea.txt", "abstract", abstract_en=EN, abstract_zh=ZH)
    pair = Pair("tea#1.1", "tea#1", "tea.txt", "abstract", (EN,), (ZH,), *at, "1-1", 1.0)
    (tmp_path / "out" / "corpus").mkdir(parents=True)
    write_corpus(Corpus((document,), (record,), (), (pair,)), tmp_path / "out" / "corpus")
    (tmp_path / "out" / "leftovers.jsonl").write_bytes(b"")
    return tmp_path / "out"


def run(capture: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit) as left:
        patch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers
        main(list(arguments))
    shown = capture.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, shown.out, shown.err


def test_a_session_of_the_command(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = [sys.executable, "-m", "duizhao", "review", "out", "--no-encoder", "--termbase", "my terms.csv"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout and process.stderr
    with process.stdout as said, process.stderr as errors:
        line = said.readline()
        address = re.fullmatch(r"Serving out, \d+ findings?, at (http://127\.0\.0\.1:\d+/[A-Za-z0-9_-]{32}/)\n", line)
        assert address, (line, errors.read() if process.poll() is not None else "")
        assert said.readline() == (
            "Open it in a browser here. Decisions go into out/decisions.jsonl at once. Ctrl-C ends.\n"
        )
        url = urlsplit(address[1])
        assert url.port
        status, page, _ = request(url.port, "GET", url.path, None, {})
        assert (status, page.startswith(b"<!DOCTYPE html>"), ZH.encode() in page) == (200, True, True)
        assert run(capsys, "review", "out", "--port", str(url.port)) == (
            2,
            "",
            "out/decisions.jsonl: another duizhao review is writing into it; wanted one at a time. "
            "Use its page, or end it first.\n",
        )
        headers: dict[str, str | None] = {
            "Content_Type": "application/json",
            "Origin": f"http://127.0.0.1:{url.port}",
        }
        for decision, mark in (("reject", "3f2a5c7e9b01"), ("later", "0123456789ab")):
            body = json.dumps(finding(decision, mark)).encode()
            assert request(url.port, "POST", url.path + "decisions", body, headers)[0] == 204
        process.send_signal(signal.SIGINT)
        assert said.read() == (
            "2 decisions in out/decisions.jsonl, 1 for later.\n"
            "Next: duizhao review out/decisions.jsonl --termbase 'my terms.csv'\n"
        )
        assert (process.wait(), errors.read()) == (0, "")
    assert run(capsys, "review", "out/decisions.jsonl")[0] == 0
    assert (out.parent / ".duizhao-ignore").read_text(encoding="utf-8") == "3f2a5c7e9b01 T002 a joke\n"


@pytest.fixture
def results(monkeypatch: pytest.MonkeyPatch) -> list[Result]:
    """What the command would serve, in this process: it ends as soon as it is asked to answer."""
    made: list[Result] = []

    def page(result: Result) -> bytes:
        made.append(result)
        return PAGE

    monkeypatch.setattr(review_command, "review_page", page)
    monkeypatch.setattr(ReviewServer, "answer_until", lambda self, stop: None)
    return made


def serve(capture: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("signal.signal", lambda *_: None)
        main(["review", "--no-encoder", *arguments])
    shown = capture.readouterr()
    assert shown.err == ""
    return shown.out.split("\n")


def test_the_audit_goes_by_both_files_and_by_the_options(
    out: Path, results: list[Result], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("terms.csv").write_text("en,zh,forbidden\notter,海獭,水獭\ntea,咖啡,喝茶\n", encoding="utf-8")
    Path(".duizhao-ignore").write_text("", encoding="utf-8")
    lines = serve(capsys, "out")
    assert lines[0].startswith("Serving out, 2 findings, at http://127.0.0.1:")
    assert lines[2:] == ["0 decisions in out/decisions.jsonl.", ""]
    marks = {finding.expected: finding.fingerprint for finding in results[0].findings if finding.rule == "T002"}
    (out / ".duizhao-ignore").write_text(f"{marks['咖啡']} T002 a joke\n", encoding="utf-8")
    Path("stands.txt").write_text(f"{marks['海獭']} T002 a joke\n", encoding="utf-8")
    serve(capsys, "out", "--ignore-file", "stands.txt", "--lang", "zh", "--select", "T")
    assert sorted(marks) == ["咖啡", "海獭"] and results[1].findings == ()
    assert (results[1].lang, results[1].made_by["options"]) == ("zh", "--no-encoder --lang zh --select T")
    assert sorted(path.name for path in out.iterdir()) == [
        ".duizhao-ignore",
        ".duizhao-remembered",
        "corpus",
        "decisions.jsonl",
        "leftovers.jsonl",
    ]


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        ('["house.csv"]', ["海獭"]),
        ('["house.csv", "terms.csv"]', ["海獭"]),
        ('["terms.csv", "house.csv"]', ["河狸"]),  # as duizhao run reads them
    ],
)
def test_the_audit_goes_by_the_termbases_of_the_settings_too(
    out: Path, results: list[Result], capsys: pytest.CaptureFixture[str], named: str, wanted: list[str]
) -> None:
    Path("house.csv").write_text("en,zh,forbidden\notter,河狸,水獭\ntea,咖啡,喝茶\n", encoding="utf-8")
    Path("terms.csv").write_text("en,zh,forbidden\notter,海獭,水獭\n", encoding="utf-8")
    Path("duizhao.toml").write_text(f"termbase = {named}\n", encoding="utf-8")
    serve(capsys, "out")
    found = [finding.expected for finding in results[0].findings if finding.rule == "T002"]
    assert sorted(found) == sorted([*wanted, "咖啡"])
    Path("terms.csv").unlink()
    Path("duizhao.toml").write_text('termbase = "house.csv"\n', encoding="utf-8")
    serve(capsys, "out")
    assert sorted(each.expected for each in results[1].findings if each.rule == "T002") == ["咖啡", "河狸"]


def test_what_was_left_out_is_told_and_the_log_of_a_corpus_folder_stands_beside_it(
    out: Path, results: list[Result], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (out / NAME).write_text(f'{HEADER}\n{json.dumps(finding("accept"))}\n{{"ki', encoding="utf-8")
    nothing = Result((), (), (), (), (), (), ())
    monkeypatch.setattr(review_command, "_audited", lambda *_: nothing)
    lines = serve(capsys, "out/corpus/")
    assert lines[0] == "out/decisions.jsonl:3: 1 unfinished line left out."
    assert lines[1].startswith("Serving out/corpus, 0 findings, at http://127.0.0.1:")
    assert lines[3:] == ["1 decision in out/decisions.jsonl.", "Next: duizhao review out/decisions.jsonl", ""]
    shutil.move(out / "corpus", out.parent / "corpus")
    assert serve(capsys, "corpus")[2] == "0 decisions in corpus/decisions.jsonl."
    assert results == [nothing, nothing]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("empty",), "empty: a folder without a corpus; wanted one that duizhao run or build wrote\n"),
        (("out", "g.csv"), "out: a folder beside other inputs; wanted one folder, or files. Review it by itself.\n"),
        (("g.csv", "out"), "out: a folder beside other inputs; wanted one folder, or files. Review it by itself.\n"),
        (("out", "out"), "out: a folder beside other inputs; wanted one folder, or files. Review it by itself.\n"),
        (("out", "--ignore-file", "g.csv"), "g.csv:1: no fingerprint at its beginning"),
    ],
)
def test_what_is_refused_leaves_no_log(
    out: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    Path("empty").mkdir()
    Path("g.csv").write_text("term,rendering,decision\n", encoding="utf-8")
    code, said, error = run(capsys, "review", *arguments)
    assert (code, said) == (2, "")
    assert error.startswith(message)
    assert not (out / NAME).exists()


@pytest.mark.parametrize("option", [("--port", "1"), ("--lang", "zh"), ("--no-encoder",), ("--select", "T")])
def test_options_of_the_audit_go_with_a_folder(
    out: Path, capsys: pytest.CaptureFixture[str], option: tuple[str, ...]
) -> None:
    code, _, error = run(capsys, "review", "g.csv", *option)
    assert (code, error.rstrip().endswith(f"Error: {option[0]} goes with a folder only.")) == (2, True)


def test_another_run_into_the_folder_keeps_the_log(out: Path) -> None:
    with DecisionLog(out / NAME) as log:
        log.add(finding("accept"))
        held = (out / NAME).read_bytes()
        corpus = read_corpus(out)
        result = Result(corpus.documents, corpus.records, corpus.leftovers, corpus.pairs, (), (), ())
        drop_stale(out, write_outputs(out, result, ("corpus", "records")))
        log.add(finding("reject"))
    assert (out / NAME).read_bytes().startswith(held)
    with DecisionLog(out / NAME) as log:
        assert log.latest() == [finding("reject")]
