"""Fixtures for all tests, and the rule that no test reaches the network."""

import ctypes
import os
import runpy
import socket
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from opened_pages import CHROMIUM, SWITCHES

if sys.platform == "linux":
    import fcntl

ROOT = Path(__file__).resolve().parents[1]
OFFLINE = ROOT / "tests" / "offline"
_ALONE = pytest.StashKey[bool]()
_NEW_NETWORK, _SET_FLAGS, _UP = 0x40000000, 0x8914, 0x1  # CLONE_NEWNET, SIOCSIFFLAGS, IFF_UP
SHARED = ROOT.parent / "shared"
NO_SHARED = "the development texts (../shared) are not here"

# No test fails because a machine is busy, and none by chance: HYPOTHESIS_PROFILE=nightly looks further, and elsewhere.
settings.register_profile("duizhao", deadline=None, max_examples=50, derandomize=True)
settings.register_profile("nightly", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "duizhao"))


def _leave_the_network() -> bool:
    """Whether this process, and all that it will start, is now in a network where there is nothing but itself.

    The system keeps it to that, whatever a program is written in; only root may ask for it, and only on Linux.
    """
    if sys.platform != "linux" or ctypes.CDLL(None).unshare(_NEW_NETWORK):
        return False
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, _SET_FLAGS, struct.pack("16sH22x", b"lo", _UP))  # the tests of the review need loopback
    return True


def pytest_configure(config: pytest.Config) -> None:
    """Let no test, and no process that it starts, reach another machine than this one."""
    config.stash[_ALONE] = _leave_the_network()
    before = os.environ.get("PYTHONPATH", "")
    if str(OFFLINE) not in before.split(os.pathsep):  # else it was run when this process began
        runpy.run_path(str(OFFLINE / "sitecustomize.py"))
        os.environ["PYTHONPATH"] = f"{OFFLINE}{os.pathsep}{before}".rstrip(os.pathsep)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests marked `shared` where the development texts are absent."""
    if SHARED.is_dir():
        return
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason=NO_SHARED))


@pytest.fixture(scope="session")
def is_alone(pytestconfig: pytest.Config) -> bool:
    """Whether it is the system that keeps the tests from the network."""
    return pytestconfig.stash[_ALONE]


@pytest.fixture(scope="session")
def root() -> Path:
    """The project folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development texts beside the project; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(NO_SHARED)
    return SHARED


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Headless Chromium; the test is skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("no Chromium here")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()
