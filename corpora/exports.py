"""Pairs as bilingual files: the units of a corpus, and a writer for each format by its name."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, TextIO

from .delimited import write_csv, write_tsv
from .errors import ConfigError
from .model import Document, Pair, Record, Span
from .moses import write_moses
from .rows import Unit
from .unit_lines import write_jsonl_units, write_translation_jsonl

# Name of a format: the ending of its files.
EXPORTS = {
    "tmx": ".tmx",
    "xliff": ".xlf",
    "csv": ".csv",
    "tsv": ".tsv",
    "jsonl": ".jsonl",
    "parquet": ".parquet",
    "moses": "",  # two files, .en and .zh
    "hf": ".jsonl",  # Hugging Face: {"translation": {"en": …, "zh": …}}
}
_ENDINGS = {
    ".tmx": "tmx",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".csv": "csv",
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".parquet": "parquet",
}
_TEXT: dict[str, Callable[[Sequence[Unit], TextIO], None]] = {
    "csv": write_csv,
    "tsv": write_tsv,
    "jsonl": write_jsonl_units,
    "hf": write_translation_jsonl,
}


def format_of(path: Path) -> str:
    """The format that the ending of a file's name says; raises ConfigError for an unknown one.

    >>> format_of(Path("pairs.tmx"))
    'tmx'
    """
    ending = path.suffix.lower()
    if ending not in _ENDINGS:
        raise ConfigError(str(path), f"the ending {ending!r}", "one of " + " ".join(_ENDINGS), "Or name a --format.")
    return _ENDINGS[ending]


def units_of_pairs(documents: Iterable[Document], pairs: Iterable[Pair], licence: str = "") -> Iterator[Unit]:
    """One unit for each pair with both sides, its sentences joined, with where it came from.

    `licence` is a note that goes with every unit.

    >>> list(units_of_pairs([], []))
    []
    """
    hashes = {document.source: document.sha256 for document in documents}
    for pair in pairs:
        if pair.en and pair.zh:
            origin = {
                "document": pair.document,
                "sha256": hashes.get(pair.document, ""),
                "record": pair.record,
                "field": pair.field,
                "span_en": _spelt(pair.spans_en),
                "span_zh": _spelt(pair.spans_zh),
                "type": pair.type,
                "score": f"{pair.score:.4f}",
                "probability": f"{pair.probability:.4f}",
            }
            yield Unit(" ".join(pair.en), "".join(pair.zh), pair.id, _with(origin, licence))


def units_of_segments(documents: Iterable[Document], records: Iterable[Record], licence: str = "") -> Iterator[Unit]:
    """One unit for each segment with both sides, as it was given: nothing is aligned or scored.

    What its file said of it goes along: its id, and the document it came from first.

    >>> list(units_of_segments([], []))
    []
    """
    by_source = {document.source: document for document in documents}
    seen: Counter[str] = Counter()
    for record in records:
        document = by_source[record.document]
        row = seen[record.document]
        seen[record.document] += 1
        if record.text_en and record.text_zh:
            said = dict(document.layout.origins[row]) if row < len(document.layout.origins) else {}
            name = said.pop("id", record.id)
            own = {
                "document": record.document,
                "sha256": document.sha256,
                "span_en": _spelt(record.spans["text_en"]),
                "span_zh": _spelt(record.spans["text_zh"]),
            }
            yield Unit(record.text_en, record.text_zh, name, _with(said if "document" in said else own | said, licence))


def write_units(units: Sequence[Unit], name: str, path: Path) -> list[Path]:
    """Write units as a file of the format of this name; the files made (two for moses: `path` with .en and .zh added).

    Raises InputError where the format cannot hold a text (a tab in TSV), ConfigError for an unknown name.
    """
    if name not in EXPORTS:
        raise ConfigError(str(path), f"no format {name!r}", "one of " + ", ".join(EXPORTS))
    if name == "moses":
        sides = [path.with_name(f"{path.name}.{side}") for side in ("en", "zh")]
        with _text(sides[0]) as english, _text(sides[1]) as chinese:
            write_moses(units, english, chinese)
        return sides
    if name in _TEXT:
        with _text(path) as handle:
            _TEXT[name](units, handle)
        return [path]
    with path.open("wb") as handle:
        _write_bytes(units, name, handle)
    return [path]


def _write_bytes(units: Sequence[Unit], name: str, handle: BinaryIO) -> None:
    licence = next((unit.origin["licence"] for unit in units if "licence" in unit.origin), "")
    if name == "parquet":
        from .parquet_table import write_parquet

        write_parquet(units, handle)
    elif name == "tmx":
        from .tmx import write_tmx

        write_tmx(units, handle, licence=licence)
    else:
        from .xliff import write_xliff

        write_xliff(units, handle, licence=licence)


def _text(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def _with(origin: dict[str, str], licence: str) -> dict[str, str]:
    kept = {name: text for name, text in origin.items() if text}
    return kept | ({"licence": licence} if licence else {})


def _spelt(spans: Iterable[Span]) -> str:
    """Spans as text: "0-12 15-20"."""
    return " ".join(f"{begin}-{end}" for begin, end in spans)
