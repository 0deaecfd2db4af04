"""No process of the tests reaches another machine: Python runs this file as it starts, where PYTHONPATH has its folder.

tests/conftest.py runs it too, and sets PYTHONPATH for all that the tests start. Where the tests may have a network of
their own (Linux, as root) the system blocks all there is; this stands where they may not, and for Python only. Imports
nothing, for tests look at what is imported, until somebody asks for an address.
"""

import sys
from typing import Any

_AT = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}  # event to where its address stands
_NAMED = {"socket.getaddrinfo": 0, "socket.gethostbyname": 0, "socket.gethostbyaddr": 0}  # ... the name looked up


class NetworkBlockedError(RuntimeError):
    """A test tried to reach a machine other than this one; not an OSError, so that no retry swallows it."""


def _is_local(host: object) -> bool:
    import ipaddress

    if isinstance(host, bytes):
        host = host.decode("utf-8", "replace")
    if not isinstance(host, str) or host == "localhost":
        return host == "localhost"
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _check(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _AT:
        address = arguments[_AT[event]]
        # Unix sockets have a path in place of host and port; None is wherever the socket is connected to.
        if isinstance(address, tuple) and not _is_local(address[0]):
            raise NetworkBlockedError(f"tests may not connect to {address!r}")
    elif event in _NAMED:
        host = arguments[_NAMED[event]]
        if host is not None and not _is_local(host):
            raise NetworkBlockedError(f"tests may not look up {host!r}")


sys.addaudithook(_check)
