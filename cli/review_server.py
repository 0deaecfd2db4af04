"""The report served to one browser on this machine: the page, its decisions, and a place to post one to."""

import contextlib
import errno
import json
import os
import secrets
import signal
import socketserver
import sys
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

import click

from duizhao.corpora import InputError
from duizhao.decision_log import DecisionLog
from duizhao.reports.visible import on_one_line

LIMIT_BODY = 64 * 1024  # bytes of one decision
_HOST = "127.0.0.1"
_PATIENCE = 10  # seconds that a client may be silent
_UNREAD, _HURRY = 1024 * 1024, 2  # bytes and seconds that a refused body is listened to, so that its sender hears why
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_TEXT, _JSON, _HTML = "text/plain; charset=utf-8", "application/json; charset=utf-8", "text/html; charset=utf-8"


class _RefusedError(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: HTTPStatus, said: str) -> None:
        """Keep the status and the line that says why."""
        super().__init__(said)
        self.status, self.said = status, said


class ReviewServer(ThreadingHTTPServer):
    """A server on the loopback address only, with an address that nobody can guess; `page` is what it shows.

    Where `port` is 0 the system chooses a free one. Raises InputError for one that cannot be had.
    """

    daemon_threads = True
    allow_reuse_address = os.name == "posix"  # elsewhere two programs could share a port

    def __init__(self, log: DecisionLog, port: int = 0, page: bytes = b"") -> None:
        """Take the port; nothing is answered yet."""
        self.log, self.page = log, page
        self.token = secrets.token_urlsafe(24)
        try:
            super().__init__((_HOST, port), _Request)
        except OSError as error:
            found = f"cannot be had ({error.strerror})"
            raise InputError(f"--port {port}", found, "a free port", "Leave --port out for any.") from error
        port = self.server_address[1]
        self.address = f"http://{_HOST}:{port}/{self.token}/"
        self.hosts = {f"{name}:{port}" for name in (_HOST, "localhost")}
        if port == 80:  # browsers leave it out
            self.hosts |= {_HOST, "localhost"}

    def server_bind(self) -> None:
        """Bind without asking the network for the name of this machine, as the library would."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = _HOST, self.server_address[1]

    def answer_until(self, stop: threading.Event) -> None:
        """Answer requests until `stop` is set."""
        worker = threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True)
        worker.start()
        while not stop.wait(0.5):  # no wait without an end: on Windows a signal would not interrupt it
            pass
        self.shutdown()
        worker.join()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say in one line what went wrong; a client that went away is nothing."""
        error = sys.exception()
        if not isinstance(error, (ConnectionError, TimeoutError)):
            complain(f"duizhao review: a fault of ours ({type(error).__name__}: {error})")


@contextlib.contextmanager
def stop_signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set while the block lasts, instead of what they did before."""
    stop = threading.Event()
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: stop.set()) for number in numbers]
    try:
        yield stop
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def complain(text: str) -> None:
    """Write one line to standard error."""
    click.echo(on_one_line(text), err=True)


class _Request(BaseHTTPRequestHandler):
    """One request of a browser, or of whoever else on this machine found the port."""

    timeout = _PATIENCE
    _left = 0  # bytes of the body that were not read yet

    def __getattr__(self, name: str) -> Callable[[], None]:
        """Give one answer to whatever method there is, so that those unknown get 405 too."""
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    @property
    def _ours(self) -> ReviewServer:
        return cast(ReviewServer, self.server)

    def _answer(self) -> None:
        self._left = self._length() or 0
        try:
            self._check_host()
            target, methods = self._target()
            if self.command not in methods:
                self._reply(HTTPStatus.METHOD_NOT_ALLOWED, "not possible here", allow=methods)
            elif self.command == "POST":
                self._take()
            elif target == "decisions":
                rows = {"duizhao": "decisions", "version": 1, "decisions": self._ours.log.latest()}
                self._reply(HTTPStatus.OK, json.dumps(rows), _JSON)
            else:
                self._reply(HTTPStatus.OK, self._ours.page, _HTML)
        except _RefusedError as refused:
            self._reply(refused.status, refused.said)
        self._let_finish()

    def _check_host(self) -> None:
        """Another name for this machine is another site's, made to lead here (DNS rebinding)."""
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or hosts[0].strip().lower() not in self._ours.hosts:
            raise _RefusedError(HTTPStatus.FORBIDDEN, "another host")

    def _target(self) -> tuple[str, tuple[str, ...]]:
        """What the path names behind the token, and what may be done with it."""
        parts = self.path.partition("?")[0].encode("utf-8", "surrogateescape").split(b"/", 2)
        token, name = parts[1:] if len(parts) == 3 and not parts[0] else (b"", b"")
        known = secrets.compare_digest(token, self._ours.token.encode())
        if known and name == b"":
            return "page", ("GET",)
        if known and name == b"decisions":
            return "decisions", ("GET", "POST")
        raise _RefusedError(HTTPStatus.NOT_FOUND, "nothing here")

    def _take(self) -> None:
        """Write down one decision that the page of this server sent."""
        origins = self.headers.get_all("Origin", [])
        sites = self.headers.get_all("Sec-Fetch-Site", ["same-origin"])
        ours = {f"http://{host}" for host in self._ours.hosts}
        if len(origins) != 1 or origins[0].strip().lower() not in ours or sites != ["same-origin"]:
            raise _RefusedError(HTTPStatus.FORBIDDEN, "another site")
        types = self.headers.get_all("Content-Type", [])
        if len(types) != 1 or types[0].partition(";")[0].strip().lower() != "application/json":
            raise _RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "wanted application/json")
        body = self._body()
        try:
            self._ours.log.add(json.loads(body.decode("utf-8")))
        except InputError as error:
            raise _RefusedError(HTTPStatus.BAD_REQUEST, str(error)) from error
        except (ValueError, RecursionError) as error:
            raise _RefusedError(HTTPStatus.BAD_REQUEST, "broken JSON; wanted one decision") from error
        except OSError as error:
            why = error.strerror or str(error)
            complain(f"{self._ours.log.path}: a decision was not saved ({why}).")
            full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
            status = HTTPStatus.INSUFFICIENT_STORAGE if full else HTTPStatus.INTERNAL_SERVER_ERROR
            raise _RefusedError(status, f"not saved: {why}") from error
        self._reply(HTTPStatus.NO_CONTENT)

    def _body(self) -> bytes:
        length = self._length()
        if length is None:
            raise _RefusedError(HTTPStatus.LENGTH_REQUIRED, "wanted Content-Length")
        if length > LIMIT_BODY:
            raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {LIMIT_BODY:,} bytes")
        body = self.rfile.read(length)
        self._left = 0
        if len(body) < length:
            raise ConnectionAbortedError
        return body

    def _length(self) -> int | None:
        """How long the body says it is; None where it does not say."""
        lengths = self.headers.get_all("Content-Length", [])
        if len(lengths) != 1 or "Transfer-Encoding" in self.headers:
            return None
        text = lengths[0].strip()
        return int(text[:18]) if text.isascii() and text.isdecimal() else None

    def _let_finish(self) -> None:
        """Read a body that nobody wants: closing on unread bytes would take back the answer."""
        if self._left:
            self.connection.settimeout(_HURRY)
            self.rfile.read(min(self._left, _UNREAD))

    def _reply(
        self, status: HTTPStatus, body: str | bytes = b"", kind: str = _TEXT, allow: tuple[str, ...] = ()
    ) -> None:
        if isinstance(body, str):
            body = (on_one_line(body) if kind == _TEXT else body).encode("utf-8", "backslashreplace")
        self.send_response(status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        if allow:
            self.send_header("Allow", ", ".join(allow))
        if status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer what is no HTTP in the same way as all else."""
        self._reply(HTTPStatus(code), HTTPStatus(code).phrase)

    def version_string(self) -> str:
        """Say no more of the server than its name."""
        return "duizhao"

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: the terminal is not for requests, and paths hold the token."""
