"""The history in a glossary.jsonl: what the run that wrote it found each term to be called, read strictly."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, BinaryIO, get_args

from ..corpora import InputError, LimitError
from ..corpora.script import HAN
from .history import History, Rendered, add_places
from .rendering import SECTIONS, Status
from .rendering_clusters import cluster_key
from .term_runs import Words, words_of

_CONFIDENCE = 0.6  # mean of a rendering's places in the glossary, from which the term was called that
_TERMHOOD = 0.6  # of an entry, from which its term is looked for where nothing else lists it
_LINE, _FILE = 16 * 2**20, 512 * 2**20  # bytes; of 300 abstracts a line has up to 17,000, the file 3.4 million
_LONGEST, _MOST = 1000, 10**9  # characters of a term; places
_WANTED = "an entry of glossary.jsonl"
_DO = "Name a glossary.jsonl as duizhao wrote it."


def read_history(handle: BinaryIO, source: str) -> History:
    """What the glossary.jsonl of an earlier run says. Empty lines are skipped, and fields that are not needed.

    Raises InputError, with the line, for what is no such file, LimitError for a line of over 16 MiB or a file of over
    512 MiB.

    >>> import io
    >>> read_history(io.BytesIO(b""), "old.jsonl").signature
    'old.jsonl 0 terms sha256:e3b0c44298fc'
    """
    renderings: dict[Words, dict[str, Rendered]] = {}
    phrases: dict[Words, str] = {}
    seen, size, number, entries = hashlib.sha256(), 0, 0, 0
    while line := handle.readline(_LINE + 1):
        size, number = size + len(line), number + 1
        where = f"{source}:{number}"
        if len(line) > _LINE:
            raise LimitError(where, "too long a line", f"at most {_LINE // 2**20} MiB", _DO)
        if size > _FILE:
            raise LimitError(source, "too large", f"at most {_FILE // 2**20} MiB", _DO)
        seen.update(line)
        if line.strip():
            entries += 1
            term, termhood, found = _entry(_row(line, where), where)
            words = words_of(term)
            if not words:
                continue  # Greek letters, signs: nothing looks them up
            add_places(renderings.setdefault(words, {}), found)
            if len(words) > 1 and termhood >= _TERMHOOD:
                phrases[words] = term
    name = " ".join(source.split())
    return History(renderings, phrases, f"{name} {entries:,} terms sha256:{seen.hexdigest()[:12]}")


def _row(line: bytes, where: str) -> dict[str, Any]:
    try:
        row: object = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise InputError(where, "no JSON in UTF-8", _WANTED, _DO) from error
    if not isinstance(row, dict):
        raise InputError(where, "no object", _WANTED, _DO)
    return row


def _entry(row: dict[str, Any], where: str) -> tuple[str, float, list[Rendered]]:
    """The term of an entry, its termhood, and its renderings in Chinese or in the term's own letters."""
    term, termhood, section = _text(row, "term", where), _share(row, "termhood", where), row.get("section")
    rows = row.get("renderings")
    if section not in SECTIONS or not isinstance(rows, list):
        raise InputError(where, "no section, or no list of renderings", _WANTED, _DO)
    own = cluster_key(term)
    found: list[Rendered] = []
    for each in rows:
        if not isinstance(each, dict):
            raise InputError(where, "a rendering that is no object", _WANTED, _DO)
        zh, status, flagged = _text(each, "zh", where), each.get("status"), each.get("flagged")
        count, records = _count(each, "count", where), _count(each, "records", where)
        confidence = _share(each, "confidence", where)
        if status not in get_args(Status) or not isinstance(flagged, bool):
            raise InputError(where, "a rendering without status or flagged", _WANTED, _DO)
        if not zh or not (HAN.search(zh) or cluster_key(zh) == own):
            continue  # an acronym says nothing of what the words are called
        # In other sections a finding tells of several renderings only, of which the preferred one may be the rarer.
        wrong = status == "forbidden" or (flagged and section == "mismatch" and status != "preferred")
        sound = 0 if wrong or confidence < _CONFIDENCE else count
        found.append(Rendered(zh, count, sound, records))
    return term, termhood, found


def _text(row: Mapping[str, Any], name: str, where: str) -> str:
    value = row.get(name)
    if not isinstance(value, str):
        raise InputError(where, f"no {name}", _WANTED, _DO)
    text = " ".join(value.split())
    if len(text) > _LONGEST or any("\ud800" <= character <= "\udfff" for character in text):
        raise InputError(where, f"{name} that is none ({len(text):,} characters)", _WANTED, _DO)
    return text


def _count(row: Mapping[str, Any], name: str, where: str) -> int:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= _MOST:
        raise InputError(where, f"no {name}", _WANTED, _DO)
    return value


def _share(row: Mapping[str, Any], name: str, where: str) -> float:
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise InputError(where, f"no {name} in 0..1", _WANTED, _DO)
    return float(value)
