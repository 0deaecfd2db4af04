"""The file of a knowledge pack: gzip of lines of counts, read strictly.

    duizhao knowledge ⇥ 1 ⇥ documents ⇥ least strings ⇥ least terms ⇥ least renderings ⇥ origin in words
    知识蒸馏 ⇥ 34                                       a Chinese string and its documents
                                                        an empty line
    knowledge distillation ⇥ 40 ⇥ 2 ⇥ 知识蒸馏:34*31000   a term, its documents, those whose Chinese keeps its Latin
                                                        letters, and renderings: documents with both, weight

Everything that is stored adds up: a weight is 1000 × documents of the term × score of the rendering, 0..1.
"""

import gzip
import hashlib
import re
import zlib
from collections.abc import Mapping
from typing import BinaryIO, NamedTuple

import numpy as np

from .errors import InputError, LimitError

SUFFIX = ".pack.tsv.gz"
_NAME, _VERSION = "duizhao knowledge", "1"
_LIMIT_BYTES = 128 * 1024 * 1024  # unpacked; the shipped pack has 5 MB for 62,953 documents
_COUNT = "[1-9][0-9]{0,8}+"
_ZH = r"[^\s\x00-\x1f\x7f:*]{1,40}+"
_WORD = r"[^\sA-Z\x00-\x1f\x7f:]++"
_HEAD = re.compile(rf"{_NAME}\t{_VERSION}\t(0|{_COUNT})\t({_COUNT})\t({_COUNT})\t({_COUNT})\t([^\x00-\x1f\x7f]*+)")
_STRING = rf"{_ZH}\t{_COUNT}"
_TERM = rf"{_WORD}(?: {_WORD})*+\t{_COUNT}\t(?:0|{_COUNT})(?:\t{_ZH}:{_COUNT}(?:\*(?:0|[1-9][0-9]{{0,12}}+))?+)*+"
_STRINGS, _TERMS = re.compile(rf"(?:{_STRING}\n)*+"), re.compile(rf"(?:{_TERM}\n)*+")
# Of lines known to be right.
_ROW = re.compile(r"([^\t\n]++)\t([^\n]++)\n")
_PAPERS = re.compile(r"\t(\d++)\t(\d++)(?=[\t\n])")
_BOTH = re.compile(r":(\d++)")
_DO = "Make the pack again with duizhao terms mine."


class Floors(NamedTuple):
    """Counts below which a miner dropped: of Chinese strings, of English terms, of a term with a rendering."""

    strings: int = 1
    terms: int = 1
    renderings: int = 1


ALL = Floors()  # nothing was dropped


class Pack(NamedTuple):
    """What a pack's file holds; `uses` maps a term to the rest of its line. `sha256` is that of the lines."""

    documents: int
    floors: Floors
    origin: str
    counts: dict[str, int]
    uses: dict[str, str]
    sha256: str


def pack_from_bytes(data: bytes, source: str, *, trusted: bool = False) -> Pack:
    """The counts of a pack's file; of a trusted one, which comes with duizhao, only the frame is looked at.

    Raises InputError, with the line where there is one, for anything that write_lines would not write, and LimitError
    for a file that unpacks to more than 128 MiB.
    """
    raw = _unpacked(data, source)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InputError(f"{source}:{line}", f"byte 0x{raw[error.start]:02x}", "UTF-8", _DO) from error
    first, _, rest = text.partition("\n")
    head = _HEAD.fullmatch(first)
    if head is None:
        known = first.startswith(f"{_NAME}\t") and not first.startswith(f"{_NAME}\t{_VERSION}\t")
        version = first.partition("\t")[2].partition("\t")[0]
        found = f"version {version[:20]!r}" if known else f"{first[:40]!r}"
        raise InputError(f"{source}:1", found, f"the head of a knowledge pack, version {_VERSION}", _DO)
    strings, gap, terms = rest.partition("\n\n")
    if not gap and rest.startswith("\n"):
        strings, terms = "", rest[1:]
    elif not gap:
        raise InputError(source, "no empty line between strings and terms", "a whole pack", _DO)
    else:
        strings += "\n"
    documents = int(head[1])
    if trusted:
        cells = strings.split()
        counts, uses = dict(zip(cells[::2], map(int, cells[1::2]), strict=True)), dict(_ROW.findall(terms))
    else:
        _check(_STRINGS, strings, source, 2, "a Chinese string, a tab and a count")
        line_of_terms = 3 + strings.count("\n")
        _check(_TERMS, terms, source, line_of_terms, "a term in lower case, two counts, and renderings with counts")
        counts = _counts(strings, documents, source)
        uses = _uses(terms, documents, source, line_of_terms)
    floors = Floors(int(head[2]), int(head[3]), int(head[4]))
    return Pack(documents, floors, head[5], counts, uses, hashlib.sha256(raw).hexdigest())


def write_lines(
    handle: BinaryIO, documents: int, floors: Floors, origin: str, counts: Mapping[str, int], uses: Mapping[str, str]
) -> None:
    """Write a pack, sorted: the same bytes for the same counts. Raises InputError for what no pack can hold."""
    head = "\t".join([_NAME, _VERSION, str(documents), *map(str, floors), " ".join(origin.split())])
    strings = "".join(f"{zh}\t{n}\n" for zh, n in sorted(counts.items()))
    terms = "".join(f"{term}\t{row}\n" for term, row in sorted(uses.items()))
    data = gzip.compress(f"{head}\n{strings}\n{terms}".encode("utf-8", "surrogatepass"), 9, mtime=0)
    pack_from_bytes(data, "knowledge to write")  # what cannot be read again must not be written
    handle.write(data)


def _unpacked(data: bytes, source: str) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        raw = unpacker.decompress(data, _LIMIT_BYTES + 1)
    except zlib.error as error:
        raise InputError(source, f"no gzip file ({error})", f"a knowledge pack ({SUFFIX})", _DO) from error
    if len(raw) > _LIMIT_BYTES:
        raise LimitError(source, "too large unpacked", f"at most {_LIMIT_BYTES // 2**20} MiB", "Drop rare strings.")
    if not unpacker.eof:
        raise InputError(source, "cut off", "a whole pack", _DO)
    if unpacker.unused_data:
        raise InputError(source, f"{len(unpacker.unused_data):,} bytes after its end", "one pack", _DO)
    return raw


def _check(form: re.Pattern[str], block: str, source: str, line: int, wanted: str) -> None:
    """Raise InputError at the first line that has not the form."""
    match = form.match(block)
    end = match.end() if match else 0
    if end < len(block):
        found = block[end:].partition("\n")[0]
        line += block.count("\n", 0, end)
        raise InputError(f"{source}:{line}", repr(found[:60]), wanted, _DO)


def _counts(block: str, documents: int, source: str) -> dict[str, int]:
    cells = block.split()  # no string holds a blank: see _ZH
    names, numbers = cells[::2], list(map(int, cells[1::2]))
    counts = dict(zip(names, numbers, strict=True))
    if len(counts) < len(names):
        _raise_twice(names, source, 2)
    if numbers and max(numbers) > documents:
        k = next(k for k, n in enumerate(numbers) if n > documents)
        raise InputError(f"{source}:{2 + k}", f"{numbers[k]:,} documents", f"at most {documents:,}", _DO)
    return counts


def _uses(block: str, documents: int, source: str, first: int) -> dict[str, str]:
    rows = _ROW.findall(block)
    uses = dict(rows)
    if len(uses) < len(rows):
        _raise_twice([term for term, _ in rows], source, first)
    heads = _PAPERS.findall(block)
    papers = np.fromiter((int(n) for n, _ in heads), dtype=np.int64, count=len(heads))
    latin = np.fromiter((int(n) for _, n in heads), dtype=np.int64, count=len(heads))
    both = np.fromiter(map(int, _BOTH.findall(block)), dtype=np.int64)
    of = np.repeat(np.arange(len(rows)), [row.count(":") for _, row in rows])
    wrong = np.flatnonzero((papers > documents) | (latin > papers)).tolist() + of[both > papers[of]].tolist()
    if wrong:
        term, row = rows[min(wrong)]
        found = repr(f"{term} {row}"[:60])
        raise InputError(f"{source}:{first + min(wrong)}", found, f"parts of at most {documents:,} documents", _DO)
    return uses


def _raise_twice(names: list[str], source: str, first: int) -> None:
    seen: set[str] = set()
    for k, name in enumerate(names):
        if name in seen:
            raise InputError(f"{source}:{first + k}", f"{name!r} again", "each once", _DO)
        seen.add(name)
