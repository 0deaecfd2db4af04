"""What the inputs of a filter are: files, two files of one text, corpora, folders that filter made before."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from .errors import InputError
from .files import file_sha256, foreign_file, input_files, shown
from .formats import Reading
from .parallel_files import partners
from .store import corpus_place, is_corpus
from .unit_blocks import TextFile
from .unit_moses import are_parallel
from .unit_tables import corpus_paths, unit_shards_in


class Input(NamedTuple):
    """A file, two files of one text (`other` is the other side), a corpus, or a folder that filter made."""

    source: str
    path: Path
    kind: str  # "file", "moses", "corpus", "filtered", "stdin"
    other: Path | None = None
    key: str = ""  # what ids begin with that the file does not give


def input_paths(inputs: Sequence[str]) -> list[Path]:
    """All files that reading these inputs reads, in order, standard input left out; raises as it does.

    >>> input_paths(["-"])
    []
    """
    found: list[Path] = []
    for each in _inputs(inputs):
        if each.kind == "corpus":
            found += corpus_paths(each.path)
        elif each.kind == "filtered":
            found += unit_shards_in(each.path)
        else:
            found += [path for path in (each.path, each.other) if path and each.kind != "stdin"]
    return found


def _inputs(inputs: Sequence[str]) -> list[Input]:
    """What is read, in order; the same file named twice is read once."""
    found: list[Input] = []
    waiting: list[Path] = []
    for given in inputs:
        folder = Path(given)
        if given == "-":
            made = Input("-", folder, "stdin")
        elif unit_shards_in(folder):
            made = Input(shown(folder), folder, "filtered")
        elif is_corpus(folder):
            if page := foreign_file(folder):
                do = "Name the pages, or the folder corpus in it."
                raise InputError(given, f"both a corpus and pages ({page})", "one of them", do)
            made = Input(shown(folder), corpus_place(folder), "corpus")
        else:
            waiting += input_files(given)
            continue
        found += [*_files(waiting), made]
        waiting = []
    found += _files(waiting)
    return list({(each.kind, each.source): each for each in found}.values())


def _files(paths: Sequence[Path]) -> list[Input]:
    paths = list(dict.fromkeys(paths))
    others = partners(paths)
    found: list[Input] = []
    done: set[Path] = set()
    for path in paths:
        if path not in done:
            other = others.get(path)
            done |= {other} if other else set()
            found.append(Input(shown(path), path, "moses" if other else "file", other))
    return found


def keyed_inputs(inputs: Sequence[str], reading: Reading, block_bytes: int) -> Iterator[Input]:
    """What these inputs are, in order, each with a key of its own; the same file named twice is read once.

    Raises InputError for what is not there, for a folder with nothing to read, and for one that is both a corpus and
    pages.
    """
    apart: list[Input] = []
    for each in _inputs(inputs):
        if each.other is None:
            apart.append(each)
            continue
        first, second = (TextFile(path, reading, block_bytes) for path in (each.path, each.other))
        for en, zh in ((first, second), (second, first)):
            if are_parallel(en, zh):
                apart.append(Input(f"{en.source} + {zh.source}", en.path, "moses", zh.path))
                break
        else:
            apart += [Input(shown(path), path, "file") for path in (each.path, each.other)]
    stems = ["_".join(PurePath(each.source.partition(" + ")[0]).stem.split()) for each in apart]
    twice = Counter(stems)
    keys: set[str] = set()
    for each, stem in zip(apart, stems, strict=True):
        stem = "stdin" if each.kind == "stdin" else stem
        key = base = f"{stem}~{_sha256(each)[:8]}" if twice[stem] > 1 and each.kind in ("file", "moses") else stem
        copies = 1
        while key in keys:
            copies += 1
            key = f"{base}~{copies}"
        keys.add(key)
        yield each._replace(key=key)


def _sha256(each: Input) -> str:
    hashes = [file_sha256(path) for path in (each.path, each.other) if path]
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
