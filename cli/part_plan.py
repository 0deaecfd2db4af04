"""Inputs to what is read together: files of some two megabytes, a bigger one alone, or one part of a corpus."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from duizhao.corpora import InputError
from duizhao.corpora.extraction import document_keys
from duizhao.corpora.files import input_files, shown
from duizhao.corpora.parallel_files import partners
from duizhao.corpora.store import corpus_parts
from duizhao.pipeline import is_corpus_input

SMALL_BYTES = 4_000_000  # of inputs that are read as one, in one process
GROUP_BYTES = 2_000_000  # of files that one task reads
PART_CHARACTERS = 1_000_000  # of text in a part: some 5,000 pairs
_NAMED = 10  # documents that a message names
_WANTED = "papers or paragraphs in Chinese or English"


class Group(NamedTuple):
    """What one task reads: files, each alone or with the one that may be its other language, or part of a corpus."""

    files: tuple[tuple[str, ...], ...]
    corpus: str = ""
    part: int = 0

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that are read."""
        return tuple(path for unit in self.files for path in unit)


class Read(NamedTuple):
    """A document as a task has read it: whence, which bytes, how much text, and the beginnings of its records' ids.

    `prefixes` are empty where the records are not named yet.
    """

    source: str
    sha256: str
    characters: int
    records: int
    prefixes: tuple[str, ...]


class Piece(NamedTuple):
    """What becomes one part: some documents of a group, or a run of one; `keys` name the records, one a document.

    `begin` is where the text of the first document begins, in characters of the whole document.
    """

    group: int
    number: int  # within the group
    keys: tuple[str, ...]
    begin: int


def is_big(inputs: Sequence[str]) -> bool:
    """Whether inputs are to be worked on in parts: over four megabytes of files, or a corpus of more than one part.

    Standard input can be read once only, so with it everything is read as one. Raises InputError for a missing input.
    """
    if "-" in inputs:
        return False
    size = 0
    for given in dict.fromkeys(inputs):
        if is_corpus_input(given):
            if corpus_parts(Path(given)) > 1:
                return True
            size += _size(_files_of(Path(given)))
        else:
            size += _size(input_files(given))
        if size > SMALL_BYTES:
            return True
    return False


def groups_of(inputs: Sequence[str], most: int) -> list[Group]:
    """What the tasks read, at most `most` bytes of files each or one file: corpora first, then all files in order.

    Two files whose names differ in the language only are read together, in the place of the first.
    """
    corpora = [given for given in inputs if is_corpus_input(given)]
    paths = [path for given in inputs if not is_corpus_input(given) for path in input_files(given)]
    groups = [Group((), given, k) for given in corpora for k in range(corpus_parts(Path(given)))]
    return [*groups, *_grouped(dict.fromkeys(paths), most)]


def pieces_of(groups: Sequence[Group], read: Sequence[Sequence[Sequence[Read]]], inputs: Sequence[str]) -> list[Piece]:
    """The parts to make, in order; `read` has for each group its pieces, and of each the documents.

    The records of new documents get the names that `extract` would give them. Raises InputError where a document or
    the name of a record comes twice, and where there is text but nowhere a record.
    """
    _check_once(groups, read, inputs)
    fresh: dict[tuple[str, str], int] = {}
    for group, pieces in zip(groups, read, strict=True):
        for piece in pieces if not group.corpus else ():
            for document in piece:
                fresh[document[:2]] = fresh.get(document[:2], 0) + document.records
    found = [document for group, pieces in zip(groups, read, strict=True) if not group.corpus for document in pieces]
    has_text = any(document.characters for piece in found for document in piece)
    if has_text and not any(fresh.values()):
        raise InputError(_listed(source for source, _ in fresh), "no record found", _WANTED)
    keys = dict(zip(fresh, document_keys(list(fresh)), strict=True))
    _check_names(groups, read, keys, inputs)
    return list(_numbered(groups, read, keys))


def _numbered(
    groups: Sequence[Group], read: Sequence[Sequence[Sequence[Read]]], keys: dict[tuple[str, str], str]
) -> Iterator[Piece]:
    last: tuple[str, str] | None = None  # the document that the piece before ends in
    end = 0  # how much of it there was
    for k, (group, pieces) in enumerate(zip(groups, read, strict=True)):
        for number, piece in enumerate(pieces):
            begin = end if piece and piece[0][:2] == last else 0
            yield Piece(k, number, () if group.corpus else tuple(keys[each[:2]] for each in piece), begin)
            if piece:
                last = piece[-1][:2]
                end = piece[-1].characters + (begin if len(piece) == 1 else 0)


def read_from(counts: Sequence[Sequence[Sequence[Any]]]) -> list[list[Read]]:
    """The documents of a group's pieces, as the marker of its task has them."""
    return [[Read(row[0], row[1], row[2], row[3], tuple(row[4])) for row in piece] for piece in counts]


def _check_once(groups: Sequence[Group], read: Sequence[Sequence[Sequence[Read]]], inputs: Sequence[str]) -> None:
    """Raise InputError where two inputs hold the same document."""
    home: dict[str, tuple[str, int]] = {}
    for k, (group, pieces) in enumerate(zip(groups, read, strict=True)):
        for piece in pieces:
            for document in piece:
                # A document may go on from piece to piece and, in a corpus, from part to part.
                where = (group.corpus, -1) if group.corpus else ("", k)
                if home.setdefault(document.source, where) != where:
                    raise _twice(document.source, inputs)


def _check_names(
    groups: Sequence[Group],
    read: Sequence[Sequence[Sequence[Read]]],
    keys: dict[tuple[str, str], str],
    inputs: Sequence[str],
) -> None:
    """Raise InputError where records of two documents have names that begin alike: one name would be two records."""
    owner: dict[str, str] = {key: source for (source, _), key in keys.items()}
    for group, pieces in zip(groups, read, strict=True):
        for document in (document for piece in pieces for document in piece if group.corpus):
            for prefix in document.prefixes:
                if owner.setdefault(prefix, document.source) != document.source:
                    raise _twice(f"{prefix}#1", inputs)


def _twice(name: str, inputs: Sequence[str]) -> InputError:
    return InputError(_listed(inputs), f"{name} comes twice", "each document once", "Build them in one go.")


def _listed(names: Iterable[str]) -> str:
    """Some names, and how many more there are."""
    all_names = list(names)
    more = f" and {len(all_names) - _NAMED:,} others" if len(all_names) > _NAMED else ""
    return ", ".join(all_names[:_NAMED]) + more


def _grouped(paths: Iterable[Path], most: int) -> Iterator[Group]:
    paths = list(paths)
    others = partners(paths)
    done: set[Path] = set()
    units: list[tuple[str, ...]] = []
    size = 0
    for path in paths:
        if path in done:
            continue
        unit = (path, others[path]) if path in others else (path,)
        done.update(unit)
        here = _size(unit)
        if units and size + here > most:
            yield Group(tuple(units))
            units, size = [], 0
        units.append(tuple(str(each) for each in unit))
        size += here
    if units:
        yield Group(tuple(units))


def _files_of(corpus: Path) -> list[Path]:
    return [Path(folder) / name for folder, _, names in os.walk(corpus) for name in names if name.endswith(".parquet")]


def _size(paths: Iterable[Path]) -> int:
    """The bytes of files; raises InputError for one that cannot be looked at."""
    total = 0
    for path in paths:
        try:
            total += path.stat().st_size
        except OSError as error:
            raise InputError(shown(path), f"cannot be read ({error.strerror or error})", "a readable file") from error
    return total
