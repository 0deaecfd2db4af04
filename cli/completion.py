"""What says that a shard is done: a marker beside the outputs, with a key over all that they depend on."""

import hashlib
import json
import re
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from duizhao.corpora.durable import whole_file
from duizhao.corpora.errors import InputError
from duizhao.corpora.files import shown
from duizhao.corpora.shards import shard_name

RUN = ".duizhao-run"  # the folder of markers, plan and lock, in the output folder
_PACKAGES = ("duizhao", "duizhao.align", "duizhao.corpora", "duizhao.metrics", "duizhao.reports")


class Output(NamedTuple):
    """A file or folder that a shard has made: its path, from the run's folder if it is inside, and what it holds."""

    path: str
    sha256: str


class Marker(NamedTuple):
    """What is written when a shard is done: the key of `key_of`, the function's counts, the outputs in order."""

    key: str
    counts: dict[str, Any]
    outputs: tuple[Output, ...]


@cache
def program() -> str:
    """What makes the outputs besides settings and inputs, as JSON: a hash of duizhao's code and data, and versions.

    The versions are Python's and those of the packages that duizhao cannot do without, as far as they are installed:
    another pyarrow writes other bytes. Equal texts give equal outputs.
    """
    seen = hashlib.sha256()
    for package in _PACKAGES:
        spec = find_spec(package)  # not importlib.resources, which imports it
        places = (spec.submodule_search_locations if spec else None) or []
        for name, file in (found for place in places for found in _program_files(Path(place), "")):
            seen.update(f"{package}/{name}\0".encode() + hashlib.sha256(file.read_bytes()).digest())
    made_by = {"duizhao": seen.hexdigest(), "python": f"{sys.version_info[0]}.{sys.version_info[1]}"}
    return json.dumps(made_by | _versions(), sort_keys=True)


def _program_files(folder: Path, above: str) -> Iterator[tuple[str, Path]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_file() and (above or item.name.endswith(".py")):
            yield above + item.name, item
        elif item.is_dir() and (above or item.name in ("data", "templates")):
            yield from _program_files(item, f"{above}{item.name}/")


def _versions() -> dict[str, str]:
    try:
        wanted = metadata.requires("duizhao") or []
    except metadata.PackageNotFoundError:  # a copy that was never installed
        return {}
    found = {}
    for line in wanted:
        name = re.match("[A-Za-z0-9._-]+", line)
        if name and "extra ==" not in line:
            try:
                found[name[0].lower()] = metadata.version(name[0])
            except metadata.PackageNotFoundError:
                found[name[0].lower()] = ""
    return found


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, or of the names in a folder and what they hold; raises OSError as reading does.

    Raises InputError for a device or a pipe, which may have no end.
    """
    if not path.is_dir():
        if path.exists() and not path.is_file():
            raise InputError(shown(path), "not a regular file", "a file to read", "Copy it into one.")
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    held = sorted((item.name, sha256_of(item)) for item in path.iterdir())
    return hashlib.sha256(json.dumps(["folder", held]).encode("ascii")).hexdigest()


def key_of(program: str, function: str, settings: str, inputs: Sequence[Path]) -> str:
    """A hash of all that a shard's outputs depend on; of the inputs it is what they hold, not what they are called."""
    parts = [program, function, settings, *map(sha256_of, inputs)]
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()


def marker_path(folder: Path, step: str, shard: int) -> Path:
    """Where the marker of a shard stands, in the run's folder."""
    return folder / RUN / step / shard_name(shard, ".json")


def read_marker(path: Path) -> Marker | None:
    """The marker of a shard; None where there is none, or none that can be read: the shard is then made again."""
    try:
        row = json.loads(path.read_text(encoding="ascii"))
        outputs = tuple(Output(str(name), str(found)) for name, found in row["outputs"])
        return Marker(str(row["key"]), dict(row["counts"]), outputs)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def write_marker(path: Path, marker: Marker) -> None:
    """Write a marker whole and to the disk; the same marker gives the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as new:
        new.write_text(json.dumps(marker._asdict(), sort_keys=True) + "\n", encoding="ascii", newline="\n")
