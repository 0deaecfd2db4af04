"""The tests cannot reach the network, and can reach this machine."""

import socket
import tempfile
from pathlib import Path

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("10.0.0.1", 80), ("example.org", 80)])
def test_other_machines_are_blocked(address: tuple[str, int]) -> None:
    with socket.socket() as connection:
        with pytest.raises(RuntimeError, match="may not connect"):
            connection.connect(address)
        with pytest.raises(RuntimeError, match="may not connect"):
            connection.connect_ex(address)


@pytest.mark.skipif(not socket.has_ipv6, reason="this system has no IPv6")
def test_other_machines_are_blocked_over_ipv6() -> None:
    try:
        connection = socket.socket(socket.AF_INET6)
    except OSError:
        pytest.skip("this system has no IPv6")
    with connection, pytest.raises(RuntimeError, match="may not connect"):
        connection.connect(("2001:db8::1", 80, 0, 0))


def test_names_are_not_looked_up() -> None:
    with pytest.raises(RuntimeError, match="may not look up"):
        socket.create_connection(("example.org", 80))


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no Unix sockets")
def test_unix_sockets_are_open() -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        path = str(Path(folder) / "s")  # not tmp_path: a socket's path may hold some 100 bytes only
        server.bind(path)
        server.listen()
        with socket.socket(socket.AF_UNIX) as client:
            client.connect(path)
