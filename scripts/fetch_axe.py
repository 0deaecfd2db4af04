"""Fetch axe-core, which finds accessibility faults, into .venv/axe-core/axe.min.js; does nothing where it is there.

python scripts/fetch_axe.py        exit 0: it is there; exit 2 and one line on stderr: it could not be had

The tests need it and the package does not, so that it is no dependency of ours: tests/axe.py skips where it is missing.
"""

import base64
import hashlib
import io
import os
import sys
import tarfile
import urllib.request
from pathlib import Path

VERSION = "4.10.3"
ADDRESS = f"https://registry.npmjs.org/axe-core/-/axe-core-{VERSION}.tgz"
# `dist.integrity` in the registry's metadata of this version.
INTEGRITY = "sha512-Xm7bpRXnDSX2YE2YFfBk2FnF0ep6tmG7xPh8iHee8MIcrgq762Nkce856dYtJYLkuIoYZvGfTs/PbZhideTcEg=="
MEMBER = "package/axe.min.js"
TARGET = Path(__file__).resolve().parent.parent / ".venv" / "axe-core" / "axe.min.js"
LIMIT = 20_000_000  # bytes; the archive has 3 MB
SECONDS = 60


def there(target: Path) -> bool:
    """Whether this version is at hand."""
    try:
        with target.open("rb") as handle:
            return handle.read(99).startswith(f"/*! axe v{VERSION}".encode())
    except OSError:
        return False


def script_of(archive: bytes) -> bytes:
    """The script in the archive; ValueError where the archive is not the published one."""
    digest = "sha512-" + base64.b64encode(hashlib.sha512(archive).digest()).decode("ascii")
    if digest != INTEGRITY:
        raise ValueError(f"{digest[:20]}… of {len(archive):,} bytes, wanted {INTEGRITY[:20]}…")
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as folder:
        member = folder.extractfile(MEMBER)
        if member is None:
            raise ValueError(f"no file {MEMBER} in it")
        return member.read()


def fetch(address: str, target: Path) -> None:
    """Download, check and write; all or nothing."""
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:
        script = script_of(answer.read(LIMIT))
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_suffix(f".{os.getpid()}")
    half.write_bytes(script)
    half.replace(target)


def main() -> int:
    if there(TARGET):
        return 0
    try:
        fetch(ADDRESS, TARGET)
    except (OSError, EOFError, KeyError, ValueError, tarfile.TarError) as error:
        sys.stderr.write(f"{ADDRESS}: {' '.join(str(error).split())}. The accessibility tests will be skipped.\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
