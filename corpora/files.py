"""The files that inputs name, and their bytes."""

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from .errors import InputError, LimitError
from .store_schema import is_table

LIMIT_BYTES = 64 * 1024 * 1024  # of one document
LIMIT_UNIT = 100_000  # characters of a line or cell; a long chapter has 50,000, and none is one sentence pair
# What a folder is searched for.
TEXT_SUFFIXES = frozenset(
    ".txt .text .md .markdown .html .htm .xhtml .json .jsonl .ndjson .tex .docx .tmx .xlf .xliff .po .srt .csv .tsv "
    ".xlsx .parquet .en .zh".split()
)
_OWN = frozenset(
    """
    records.jsonl pairs.jsonl leftovers.jsonl findings.jsonl report.html scores.json
    glossary.csv glossary.jsonl glossary.xlsx glossary.md glossary.tbx
    decisions.json decisions.jsonl
    pairs.tmx pairs.xlf pairs.csv pairs.tsv pairs.parquet pairs.en pairs.zh translation.jsonl
    """.split()
)
_OWN_COPY = re.compile(r"glossary\.before(-\d+)?\.xlsx")  # of a workbook with decisions

_OWN_FOLDERS = frozenset(("corpus", "report_pages"))


def input_files(given: str) -> Sequence[Path]:
    """The files that one argument names; what an earlier run wrote into a folder is none of them."""
    path = Path(given)
    if not os.path.isdir(given):
        if not os.path.lexists(given):
            raise InputError(given or "''", "no such file or folder", "a file, a folder or -")
        return [path]
    found: list[Path] = []
    for folder, names, files in os.walk(path):
        ours = "leftovers.jsonl" in files or "manifest.json" in files
        here = Path(folder)
        own = {name for name in names if ours and (name in _OWN_FOLDERS or is_table(here / name))}
        names[:] = sorted(name for name in names if not name.startswith(".") and name not in own)
        for name in files:
            if name.startswith(".") or (ours and (_is_own(name) or "manifest.json" in files)):
                continue
            if Path(name).suffix.lower() in TEXT_SUFFIXES and (here / name).is_file():
                found.append(here / name)
    if not found:
        kinds = " ".join(sorted(TEXT_SUFFIXES))
        raise InputError(given, "a folder with no readable file", f"files ending in {kinds}")
    return sorted(found, key=lambda p: p.as_posix())


def foreign_file(folder: Path) -> str:
    """The name of the first file in a folder that could be a document and is none that duizhao wrote; "" for none."""
    names = sorted(item.name for item in folder.iterdir()) if folder.is_dir() else []
    if "manifest.json" in names:
        return ""
    return next((n for n in names if Path(n).suffix.lower() in TEXT_SUFFIXES and not _is_own(n)), "")


def _is_own(name: str) -> bool:
    return name in _OWN or _OWN_COPY.fullmatch(name) is not None


def shown(path: Path) -> str:
    """The path as text; a name that is not UTF-8 has its odd bytes spelt out."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8")


def file_bytes(path: Path, limit: int | None = None) -> bytes:
    """The bytes of a regular file; raises InputError where it is none or cannot be read, LimitError where too large."""
    name = shown(path)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise InputError(name, "not a regular file", "a file to read", "Pipe it in and name it -.")
        with path.open("rb") as handle:
            return limited_bytes(handle, name, limit)
    except OSError as error:
        raise InputError(name, f"cannot be read ({error.strerror or error})", "a readable file") from error


def limited_bytes(handle: BinaryIO, source: str, limit: int | None = None) -> bytes:
    """All bytes of a stream; raises LimitError for more than the limit, 64 MiB unless told."""
    limit = limit or LIMIT_BYTES
    data = handle.read(limit + 1)
    if len(data) > limit:
        raise LimitError(source, "too large", f"at most {limit // 2**20:,} MiB a document", "Split it.")
    return data


def same_files(inputs: Iterable[str], targets: Iterable[Path]) -> list[Path]:
    """Those targets that are among the files which inputs name: writing them would change what is read."""
    read = {os.path.realpath(path) for given in inputs if given != "-" for path in input_files(given)}
    return [target for target in targets if os.path.realpath(target) in read]


@contextmanager
def regular_file(path: Path) -> Iterator[BinaryIO]:
    """The opened file; raises InputError where it is none or cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise InputError(shown(path), "not a regular file", "a file to read", "Pipe it in and name it -.")
        handle = path.open("rb")
    except OSError as error:
        raise InputError(shown(path), f"cannot be read ({error.strerror or error})", "a readable file") from error
    with handle:
        yield handle


def file_sha256(path: Path) -> str:
    """The hash of a file's bytes, read some at a time; raises InputError where it cannot be read."""
    digest = hashlib.sha256()
    with regular_file(path) as handle:
        while data := handle.read(1 << 20):
            digest.update(data)
    return digest.hexdigest()
