"""The corpus on disk: Parquet shards of documents, records, leftovers and pairs, a shard a part, and a manifest."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from .document_parts import join
from .durable import whole_file
from .errors import InputError
from .files import file_sha256
from .shards import shard_name, shards_of
from .store_rows import ENDS, read_tables, write_tables
from .store_schema import FILTERED, MANIFEST, SCHEMA, SINGLE_FILES, TABLES, Corpus, columns_of

__all__ = [
    "MANIFEST",
    "SCHEMA",
    "Corpus",
    "corpus_files",
    "corpus_parts",
    "corpus_place",
    "finish_corpus",
    "is_corpus",
    "read_corpus",
    "read_manifest",
    "read_part",
    "write_corpus",
    "write_part",
]
_MOST_SOURCES = 10_000  # documents; the manifest lists the sources of no more
_AGAIN = "Build it again."


def write_corpus(corpus: Corpus, folder: Path) -> None:
    """Write the corpus into an existing, empty folder, as one part; the manifest comes last."""
    files = [folder / name / shard_name(0) for name in TABLES]
    for file in files:
        file.parent.mkdir(exist_ok=True)
    write_tables(corpus, files)
    finish_corpus(folder, 1)


def write_part(corpus: Corpus, folder: Path, number: int) -> None:
    """Write part `number`, from 0, of a corpus: four files, each whole or not there.

    Parts are whole documents, or what `document_parts.split` made of one, in order. Different processes may write
    different parts at once; the folder is a corpus when `finish_corpus` was called.
    """
    files = [folder / name / shard_name(number) for name in TABLES]
    with ExitStack() as stack:
        for file in files:
            file.parent.mkdir(parents=True, exist_ok=True)
        write_tables(corpus, [stack.enter_context(whole_file(file)) for file in files])


def finish_corpus(folder: Path, parts: int, made_by: Mapping[str, Any] | None = None, licence: str = "") -> None:
    """Write the manifest of so many parts, which makes the folder a corpus; their rows are counted, not read.

    Shards of an earlier run beyond these parts are removed. `made_by` is kept as given (JSON), `licence` is a note on
    the texts. The sources of up to 10,000 documents are listed with their hashes. Raises InputError where a part is
    missing or broken, or where a part goes on with a document that the one before does not end with.
    """
    with in_words(folder):
        counted = [_counted(folder, number) for number in range(parts)]
        begins = list(_begins(folder, [ends for _, ends in counted]))
        entries = [part | {"begin": begin} for (part, _), begin in zip(counted, begins, strict=True)]
        counts = {name: sum(part[name] for part in entries) for name in TABLES}
        counts["documents"] -= sum(begin > 0 for begin in begins)
        manifest = {
            "schema": SCHEMA,
            "counts": counts,
            "parts": entries,
            "made_by": dict(made_by or {}),
            "licences": [licence] if licence else [],
        }
        if counts["documents"] <= _MOST_SOURCES:
            manifest["sources"] = _sources(folder, begins)
        text = json.dumps(manifest, indent=2, sort_keys=True, ensure_ascii=False)
        for file in (file for name in TABLES for file in shards_of(folder / name)[parts:]):
            file.unlink()
    with whole_file(folder / MANIFEST) as new:
        new.write_text(text + "\n", encoding="utf-8", newline="\n")


def is_corpus(folder: Path) -> bool:
    """Whether this folder, or its `corpus` folder, holds a corpus.

    >>> is_corpus(Path("no-such-folder"))
    False
    """
    return (folder / MANIFEST).is_file() or (folder / "corpus" / MANIFEST).is_file()


def read_corpus(folder: Path) -> Corpus:
    """The corpus in this folder or in its `corpus` folder, every document whole.

    One of the schema before is read too. Raises InputError where it is broken, too old or too new.
    """
    place = corpus_place(folder)
    manifest = read_manifest(place)
    return join(_read(place, manifest, number) for number in range(_parts(manifest)))


def corpus_parts(folder: Path) -> int:
    """How many parts the corpus has; raises InputError as `read_corpus` does."""
    return _parts(read_manifest(corpus_place(folder)))


def read_part(folder: Path, number: int) -> Corpus:
    """Part `number`, from 0, of a corpus; raises InputError as `read_corpus` does.

    Where it begins or ends in a document, that document has a run of the text only, and spans refer to this run;
    `position` says the line and column of the whole all the same.
    """
    place = corpus_place(folder)
    return _read(place, read_manifest(place), number)


def corpus_place(folder: Path) -> Path:
    """The folder that holds the manifest: this one, or `corpus` in it."""
    return folder if (folder / MANIFEST).is_file() else folder / "corpus"


def corpus_files(place: Path, manifest: Mapping[str, Any], name: str) -> list[Path]:
    """The files of a table of the corpus in this very folder, in order, by its manifest."""
    if manifest["schema"] == SINGLE_FILES:
        return [place / f"{name}.parquet"]
    return [place / name / shard_name(number) for number in range(_parts(manifest))]


def read_manifest(place: Path) -> dict[str, Any]:
    """What the manifest in this very folder says; raises InputError for another schema than this one and the last."""
    with in_words(place):
        manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        said = manifest if isinstance(manifest, dict) else {}
        if FILTERED in said:
            do = "Name a file of its kept pairs."
            raise InputError(str(place), "what duizhao filter made", "a corpus of duizhao build", do)
        schema = said.get("schema")
        if type(schema) is not int or schema not in (SCHEMA, SINGLE_FILES):
            raise InputError(str(place), f"schema {schema}", f"schema {SCHEMA}", _AGAIN)
        if schema == SCHEMA and not _is_list_of_parts(said.get("parts")):
            raise ValueError("no list of parts in the manifest")
        return said


def _is_list_of_parts(parts: Any) -> bool:
    return isinstance(parts, list) and all(
        isinstance(part, dict)
        and all(isinstance(part.get(name), int) for name in (*TABLES, "begin"))
        and isinstance(part.get("sha256"), dict)
        for part in parts
    )


def _parts(manifest: Mapping[str, Any]) -> int:
    return 1 if manifest["schema"] == SINGLE_FILES else len(manifest["parts"])


def _read(place: Path, manifest: Mapping[str, Any], number: int) -> Corpus:
    if not 0 <= number < _parts(manifest):
        raise InputError(str(place), f"no part {number}", f"one of {_parts(manifest)}, from 0")
    files = [corpus_files(place, manifest, name)[number] for name in TABLES]
    with in_words(place):
        for name, file in zip(TABLES, files, strict=True):
            _check_columns(place, name, file)
        if manifest["schema"] == SCHEMA:
            _check_contents(place, files, manifest["parts"][number])
        return read_tables(files)


def _check_columns(place: Path, name: str, file: Path) -> None:
    import pyarrow.parquet as pq

    if not pq.read_schema(file).equals(columns_of(name)):
        shown = file.relative_to(place).as_posix()
        raise InputError(str(place), f"other columns in {shown}", "those of this schema", _AGAIN)


def _check_contents(place: Path, files: Sequence[Path], part: Mapping[str, Any]) -> None:
    """Raise where a file is none of those that were written together: of another run, or altered since."""
    for name, file in zip(TABLES, files, strict=True):
        if part["sha256"].get(name) != file_sha256(file):
            shown = file.relative_to(place).as_posix()
            raise InputError(str(place), f"another {shown} than its manifest says", "files of one run", _AGAIN)


def _counted(folder: Path, number: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The entry of a part in the manifest, and what its first and last document are."""
    import pyarrow.parquet as pq

    part: dict[str, Any] = {"sha256": {}}
    ends: dict[str, Any] = {}
    for name in TABLES:
        file = folder / name / shard_name(number)
        _check_columns(folder, name, file)
        about = pq.read_metadata(file)
        part[name] = about.num_rows
        part["sha256"][name] = file_sha256(file)
        if name == "documents":
            ends = json.loads((about.metadata or {}).get(ENDS, b"{}"))
    return part, ends


def _begins(folder: Path, ends: Iterable[Mapping[str, Any]]) -> Iterator[int]:
    """For each part the offset, in the whole text of its first document, at which it goes on; else 0."""
    before: Mapping[str, Any] = {}
    begin = 0
    for number, part in enumerate(ends):
        if not part:
            yield 0
            continue
        goes_on = part["continued"]
        if goes_on and (before.get("last") != part["first"] or not before["characters"]):
            found = f"part {number} goes on with a document that the part before it does not end with"
            raise InputError(str(folder), found, "all parts of a document, in order", _AGAIN)
        begun = begin + before["characters"] if goes_on else 0
        yield begun
        # A part that is one slice of a document carries its offset on; any other last document begins here.
        begin = begun if part["last"] == part["first"] else 0
        before = part


def _sources(folder: Path, begins: Sequence[int]) -> list[dict[str, str]]:
    """Source, hash, encoding and format of each document, once."""
    import pyarrow.parquet as pq

    sources: list[dict[str, str]] = []
    for number, begin in enumerate(begins):
        file = folder / "documents" / shard_name(number)
        rows = pq.read_table(file, columns=["source", "sha256", "encoding", "format"]).to_pylist()
        sources += rows[1:] if begin else rows
    return sources


@contextmanager
def in_words(
    place: Path, broken: str = "a broken corpus", wanted: str = "what duizhao build wrote", do: str = _AGAIN
) -> Iterator[None]:
    """Whatever a broken file makes go wrong here, said as an InputError of one line."""
    import pyarrow as pa

    try:
        yield
    except InputError:
        raise
    except (OSError, ValueError, TypeError, KeyError, RecursionError, pa.ArrowException) as error:
        found = f"{broken} ({' '.join(str(error).split())[:300]})"
        raise InputError(str(place), found, wanted, do) from error
