"""The tests cannot reach the network, nor can what they start; they can reach this machine."""

import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ADDRESSES = [("192.0.2.1", 80), ("10.0.0.1", 80), ("8.8.8.8", 53)]
WAYS: list[tuple[str, Callable[[tuple[str, int]], object]]] = [
    ("connect", lambda address: socket.socket().connect(address)),
    ("connect_ex", lambda address: socket.socket().connect_ex(address)),
    ("sendto", lambda address: socket.socket(type=socket.SOCK_DGRAM).sendto(b"tea", address)),
    ("create_connection", lambda address: socket.create_connection(address, timeout=5)),
]


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("way", [row[1] for row in WAYS], ids=[row[0] for row in WAYS])
def test_other_machines_are_blocked(way: Callable[[tuple[str, int]], object], address: tuple[str, int]) -> None:
    with pytest.raises(RuntimeError, match=r"may not (connect|look up)"):
        way(address)


@pytest.mark.skipif(not hasattr(socket.socket, "sendmsg"), reason="this system has no sendmsg")
def test_other_machines_are_blocked_for_messages() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as sender, pytest.raises(RuntimeError, match="may not connect"):
        sender.sendmsg([b"tea"], [], 0, ("192.0.2.1", 53))


@pytest.mark.skipif(not socket.has_ipv6, reason="this system has no IPv6")
def test_other_machines_are_blocked_over_ipv6() -> None:
    try:
        connection = socket.socket(socket.AF_INET6)
    except OSError:
        pytest.skip("this system has no IPv6")
    with connection, pytest.raises(RuntimeError, match="may not connect"):
        connection.connect(("2001:db8::1", 80, 0, 0))


LOOK_UPS: list[Callable[[str], object]] = [
    lambda name: socket.create_connection((name, 80)),
    lambda name: socket.getaddrinfo(name.encode(), 80),
    socket.gethostbyname,
]


@pytest.mark.parametrize("look_up", LOOK_UPS)
def test_names_are_not_looked_up(look_up: Callable[[str], object]) -> None:
    with pytest.raises(RuntimeError, match="may not look up"):
        look_up("example.org")


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
        socket.create_connection(("localhost", server.getsockname()[1])).close()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no Unix sockets")
def test_unix_sockets_are_open() -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        path = str(Path(folder) / "s")  # not tmp_path: a socket's path may hold some 100 bytes only
        server.bind(path)
        server.listen()
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(path)


CHILD = """\
import socket, sys
with socket.create_server(("127.0.0.1", 0)) as server:
    socket.create_connection(server.getsockname()).close()
for address in [("192.0.2.1", 80), ("8.8.8.8", 53)]:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            with socket.socket(type=kind) as other:
                other.settimeout(5)
                other.connect(address)
                other.send(b"tea")
        except (OSError, RuntimeError) as error:
            print(type(error).__name__, getattr(error, "errno", None))
"""


def test_a_process_that_a_test_starts_is_blocked_too() -> None:
    done = subprocess.run([sys.executable, "-c", CHILD], capture_output=True, text=True, check=True)
    assert done.stdout == "NetworkBlockedError None\n" * 4


def test_so_is_one_that_knows_nothing_of_the_rule(is_alone: bool) -> None:
    """With -I Python reads no sitecustomize, no more than other programs do; then it is the system that says no."""
    if not is_alone:
        pytest.skip("only root, on Linux, may take the network away from a process")
    done = subprocess.run([sys.executable, "-I", "-c", CHILD], capture_output=True, text=True, check=True)
    assert done.stdout == "OSError 101\n" * 4  # the network is unreachable


@pytest.mark.browser
def test_the_browser_finds_nobody(browser: Any) -> None:
    page = browser.new_page()
    for host in ("example.org", "192.0.2.1"):
        with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
            page.goto(f"http://{host}/")
    page.close()
