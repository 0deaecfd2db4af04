"""Files of findings that somebody looked at and lets stand, with the reason."""

import os
import re
from collections.abc import Iterable
from typing import NamedTuple

from duizhao.corpora import InputError
from duizhao.corpora.reading import read_text

NAME = ".duizhao-ignore"
_FINGERPRINT = re.compile("[0-9a-f]{12}")
_RULE = re.compile(r"[A-Z]\d{3}")
_WANTED = "FINGERPRINT RULE reason, as in 3f2a5c7e9b01 T002 the power company’s name"


class Entry(NamedTuple):
    """One finding that is let stand, wherever its texts occur, and why."""

    fingerprint: str
    rule: str
    reason: str


def read_ignore_file(path: str) -> tuple[Entry, ...]:
    """The entries of a file, one a line; blank lines and those that begin with # are skipped.

    Raises InputError, with its line, at the first line that is no entry or gives no reason.
    """
    entries = []
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        fingerprint, rule, reason, *_ = [*line.split(maxsplit=2), "", "", ""]
        where = f"{path}:{number}"
        if not _FINGERPRINT.fullmatch(fingerprint):
            raise InputError(where, "no fingerprint at its beginning", _WANTED, "Copy it from findings.jsonl.")
        if not _RULE.fullmatch(rule):
            raise InputError(where, "no rule after the fingerprint", _WANTED)
        if not reason.strip():
            raise InputError(where, "no reason", _WANTED, "Say why this may stand.")
        entries.append(Entry(fingerprint, rule, reason.strip()))
    return tuple(entries)


def with_entries(text: str, entries: Iterable[Entry]) -> tuple[str, int]:
    """The text of an ignore file with these entries at its end, and how many were not there yet; the rest stays.

    >>> with_entries("# ours", [Entry("3f2a5c7e9b01", "T002", "a name")])
    ('# ours\\n3f2a5c7e9b01 T002 a name\\n', 1)
    """
    known = {tuple(line.split(maxsplit=2)[:2]) for line in text.split("\n")}
    lines = {entry[:2]: " ".join(entry) for entry in entries if entry[:2] not in known}
    if lines and text and not text.endswith("\n"):
        text += "\n"
    return text + "".join(f"{line}\n" for line in lines.values()), len(lines)


def sidecars(inputs: Iterable[str]) -> tuple[str, ...]:
    """The ignore files that lie beside the inputs: in a folder given, or in the folder of a file given."""
    found: dict[str, str] = {}
    for given in inputs:
        if given != "-":
            folder = given if os.path.isdir(given) else os.path.dirname(given)
            path = os.path.join(folder, NAME)
            if os.path.isfile(path):
                found.setdefault(os.path.realpath(path), path)
    return tuple(found.values())
