"""What `duizhao score` is given, read into a test set: files of lines, or columns of a table beside such files."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from duizhao.corpora.errors import ConfigError, InputError, LimitError
from duizhao.corpora.files import file_bytes, limited_bytes, shown
from duizhao.metrics.choosing import is_chinese
from duizhao.metrics.testset import Target, TestSet
from duizhao.metrics.testset_refusals import count_mismatch
from duizhao.metrics.testset_streams import listed

if TYPE_CHECKING:
    from duizhao.score_table import ScoreTable

Texts = tuple[str | None, ...]

TABLES = (".tsv", ".csv", ".jsonl", ".ndjson", ".json", ".xlsx", ".parquet", ".tmx")
LIMIT_BYTES = 1 << 30  # of a file of lines: some millions of them
LIMIT_SEGMENT = 100_000  # characters; a long chapter has 50,000
_TOLD = 1_000  # references that tell the target language
_UTF_8 = b"\xef\xbb\xbf"
_OTHER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff", b"\x84\x31\x95\x33")  # UTF-16, UTF-32, GB 18030


def read_testset(
    table: str | None,
    *,
    hyp: Sequence[str],
    ref: Sequence[str],
    src: str | None = None,
    record: str | None = None,
    tag: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    target: Target | None = None,
    translated: bool = False,
) -> TestSet:
    """The test set that these names stand for, its texts as they are.

    Without a table they are files, a segment a line; with one (a file of `TABLES`, or a folder of a corpus) columns
    of it, or files where there is no such column. What is not named is found by the names of the columns. A system is
    called by its column, or by its file without folder and ending as far as that tells it from the others. An empty
    reference of several is none. The language of the references is the target, unless that is given. With `translated`
    there may be no system yet: a command will make one of the sources. Where hypotheses and sources are named, there
    may be no reference.

    Raises InputError for what cannot be read, numbers of segments that differ, and one file or column in two places;
    LimitError for a segment of over 100,000 characters; ConfigError for a column that there is not.
    """
    given = _Given(table, encoding, sheet)
    hyp, ref = given.systems(hyp, ref, without_hyp=translated, without_ref=bool(hyp and src))
    _check_twice(given, [*hyp, *ref])
    references = [given.texts(name) for name in ref]
    systems = [given.texts(name) for name in hyp]
    given.check_counts([*zip(ref, references, strict=True), *zip(hyp, systems, strict=True)])
    target = target or _language_of(references or systems)
    src, record, tag = given.beside(src, record, tag, target, [*hyp, *ref])
    _check_twice(given, [*hyp, *ref, *([src] if src else [])])
    others = {name: given.texts(name) for name in (src, record, tag) if name}
    main = (ref[0], references[0]) if references else (hyp[0], systems[0])
    given.check_counts([main, *others.items()])
    sources, records, tags = (_filled(others[name]) if name else None for name in (src, record, tag))
    return TestSet(
        dict(zip(given.labels(hyp), map(_filled, systems), strict=True)),
        _streams(references),
        tuple(given.reference_labels(ref)),
        target,
        sources,
        records,
        tags,
        given.places(len(main[1])),
        given.notes(),
    )


def as_text(data: bytes, source: str, encoding: str | None) -> tuple[str, list[str]]:
    """The text that these bytes are, nothing repaired or composed, and what was assumed.

    >>> as_text("\\ufeff茶".encode(), "a.zh", None)
    ('茶', ['a byte-order mark at the beginning was left out'])
    """
    if encoding is None and not data.startswith(_OTHER_MARKS) and b"\0" not in data:
        notes = ["a byte-order mark at the beginning was left out"] if data.startswith(_UTF_8) else []
        try:
            return data.removeprefix(_UTF_8).decode("utf-8"), notes
        except UnicodeDecodeError:
            pass
    from duizhao.corpora.decoding import decode  # slow to import

    found = decode(data, source, encoding)
    if encoding is None:  # mojibake was undone; read by name it is kept
        assumed = [note for note in found.notes if note.startswith("read as UTF") or note.startswith("read as GB")]
        return decode(data, source, found.encoding).text, assumed
    return found.text, list(found.notes)


def system_names(paths: Sequence[str]) -> list[str]:
    """What systems are called by their files: the shortest of stem, name, folder and stem … that no other has.

    >>> system_names(["a.zh", "b.zh"]), system_names(["sys/a.txt", "other/a.txt"]), system_names(["a.zh", "a.en"])
    (['a', 'b'], ['sys/a', 'other/a'], ['a.zh', 'a.en'])
    """
    choices = [_names(path) for path in paths]
    depth = [0] * len(paths)
    while True:
        names = [choice[k] for choice, k in zip(choices, depth, strict=True)]
        longer = [k for k, name in enumerate(names) if names.count(name) > 1 and depth[k] + 1 < len(choices[k])]
        if not longer:
            return names
        for k in longer:
            depth[k] += 1


def _names(path: str) -> list[str]:
    """What a file may be called, the shortest first."""
    pure = PurePath(shown(Path(path)))
    folders = [part for part in pure.parts[:-1] if part != pure.anchor]
    made = []
    for k in range(len(folders) + 1):
        above = "".join(f"{folder}/" for folder in folders[len(folders) - k :])
        made += [above + pure.stem, above + pure.name]
    return [*made, str(pure)]


class _Given:
    """Names to texts: those of columns where there is a table with them, else those of files."""

    def __init__(self, table: str | None, encoding: str | None, sheet: str | None) -> None:
        self.encoding = encoding
        self.said: dict[str, list[str]] = {}  # note -> the files it is true of
        self.guessed: list[str] = []
        self.read: dict[str, Texts] = {}
        self.table: ScoreTable | None = None
        if table is not None:
            from duizhao.score_table import read_table  # the readers of tables are slow to import

            self.table = read_table(table, encoding, sheet)

    def column(self, name: str) -> str | None:
        """The column of this name, None where it is that of a file; raises ConfigError where it is neither."""
        column = self.table.column(name) if self.table else None
        if self.table and column is None and name != "-" and not os.path.lexists(name):
            found = f"no column {name!r} and no such file"
            raise ConfigError(self.table.source, found, f"one of the columns {listed(self.table.names)}")
        return column

    def texts(self, name: str) -> Texts:
        """What stands under a name, a text a segment."""
        column = self.column(name)
        if name not in self.read:
            self.read[name] = self.table.texts(column) if self.table and column is not None else self._lines(name)
            where = f"{self.table.source}, {column}" if self.table and column is not None else shown(Path(name))
            _check_lengths(where, self.read[name])
        return self.read[name]

    def systems(
        self, hyp: Sequence[str], ref: Sequence[str], *, without_hyp: bool, without_ref: bool
    ) -> tuple[list[str], list[str]]:
        """The names of hypotheses and references, in a table found where they are not given."""
        if self.table is None:
            if not hyp and not (ref and without_hyp):
                raise ConfigError("--hyp", "no system", "a file of hypotheses at least")
            return list(hyp), list(ref)
        taken = {self.table.column(name) for name in (*hyp, *ref)}
        roles = self.table.roles(frozenset(name for name in taken if name is not None))
        if not ref and not roles.references and not without_ref:
            raise self.table.unknown("references", "ref, reference, human or 参考译文", "--ref", roles)
        if not hyp and not roles.hypotheses and not without_hyp:
            raise self.table.unknown("hypotheses", "hyp, mt, system, 译文 or hyp_NAME", "--hyp", roles)
        for kind, named, found in (("hypotheses", hyp, roles.hypotheses), ("references", ref, roles.references)):
            if found and not named:
                self.guessed.append(f"{kind}: {listed(found)}")
        return list(hyp or roles.hypotheses), list(ref or roles.references)

    def beside(
        self, src: str | None, record: str | None, tag: str | None, target: Target, taken: Sequence[str]
    ) -> tuple[str | None, str | None, str | None]:
        """The names of sources, records and tags, in a table found where they are not given."""
        if self.table is None:
            return src, record, tag
        used = {self.table.column(name) for name in (*taken, src, record, tag) if name}
        roles = self.table.roles(frozenset(name for name in used if name is not None))
        source = roles.source or roles.languages.get("en" if target == "zh" else "zh")
        made = [src or source, record or roles.record, tag or roles.tag]
        for kind, named, found in zip(("source", "record", "tag"), (src, record, tag), made, strict=True):
            if found and not named:
                self.guessed.append(f"{kind}: {found}")
        used |= {self.table.column(name) for name in made if name} | {roles.place}
        if rest := [name for name in self.table.names if name not in used]:
            self.guessed.append(f"not used: {listed(rest)}")
        return made[0], made[1], made[2]

    def check_counts(self, named: Sequence[tuple[str, Texts]]) -> None:
        """Raise where there are not as many texts of each as of the first, or as the table has rows."""
        other, wanted = self.label(named[0][0]), named[0][1]
        if self.table:
            columns = [texts for name, texts in named if self.column(name) is not None]
            rows = (" ".join(cell.text for cell in row) for row in self.table.rows)
            other, wanted = self.table.source, columns[0] if columns else tuple(rows)
        for name, texts in named:
            if len(texts) != len(wanted):
                raise count_mismatch(self.label(name), texts, other, wanted)

    def key(self, name: str) -> str:
        """What is the same for two names of one file or column."""
        column = self.column(name)
        return os.path.realpath(name) if column is None else f"column {column}"

    def label(self, name: str) -> str:
        """What messages call it."""
        column = self.column(name)
        return shown(Path(name)) if column is None else column

    def labels(self, names: Sequence[str]) -> list[str]:
        """What systems are called: columns by their names, files as `system_names` says."""
        columns = [self.column(name) for name in names]
        files = iter(system_names([name for name, column in zip(names, columns, strict=True) if column is None]))
        labels = [next(files) if column is None else column for column in columns]
        return [self.label(name) if labels.count(one) > 1 else one for name, one in zip(names, labels, strict=True)]

    def reference_labels(self, names: Sequence[str]) -> list[str]:
        """What references are called: by the names of their files, with folders where two have one name."""
        short = [PurePath(self.label(name)).name or name for name in names]
        return [self.label(name) if short.count(one) > 1 else one for name, one in zip(names, short, strict=True)]

    def places(self, n: int) -> tuple[str, ...]:
        """Where each segment stands."""
        return self.table.places if self.table else tuple(map(str, range(1, n + 1)))

    def notes(self) -> tuple[str, ...]:
        """What was assumed, files with one note together."""
        notes = [f"{listed(files)}: {note}" for note, files in self.said.items()]
        if self.table:
            notes += [f"{self.table.source}: {note}" for note in self.table.notes]
            if self.guessed:
                notes.append(f"{self.table.source}: columns: {'; '.join(self.guessed)}")
        return tuple(notes)

    def _lines(self, name: str) -> Texts:
        source = shown(Path(name))
        suffix = PurePath(name).suffix.lower()
        if suffix in TABLES:
            do = f"Name it first: duizhao score {source} --hyp COLUMN --ref COLUMN."
            raise InputError(source, f"a table ({suffix})", "a file of lines, one a segment", do)
        at_stdin = name == "-"
        data = limited_bytes(sys.stdin.buffer, "-", LIMIT_BYTES) if at_stdin else file_bytes(Path(name), LIMIT_BYTES)
        text, notes = as_text(data, source, self.encoding)
        del data  # the lines will be as much again
        if "\r\n" in text:
            text = text.replace("\r\n", "\n")
            notes.append("lines end with CRLF")
        for note in notes:
            self.said.setdefault(note, []).append(source)
        return tuple(text.removesuffix("\n").split("\n")) if text else ()


def _check_twice(given: _Given, names: Sequence[str]) -> None:
    keys = [given.key(name) for name in names]
    for name, key in zip(names, keys, strict=True):
        if keys.count(key) > 1:
            raise InputError(given.label(name), "named twice", "each file or column in one place", "Name another.")


def _check_lengths(where: str, texts: Texts) -> None:
    for number, text in enumerate(texts, 1):
        if text and len(text) > LIMIT_SEGMENT:
            found = f"{len(text):,} characters in one segment"
            raise LimitError(f"{where}:{number}", found, f"at most {LIMIT_SEGMENT:,}", "Split it.")


def _streams(references: Sequence[Texts]) -> tuple[Texts, ...]:
    """The references with None where there is none; a single one, and the first where all are empty, stay as text."""
    if len(references) < 2:
        return tuple(map(_filled, references))
    streams = [[text if text and text.strip() else None for text in texts] for texts in references]
    for k, texts in enumerate(zip(*streams, strict=True)):
        if not any(texts):
            streams[0][k] = references[0][k] or ""
    return tuple(map(tuple, streams))


def _filled(texts: Texts) -> tuple[str, ...]:
    return tuple(text or "" for text in texts)


def _language_of(streams: Sequence[Texts]) -> Target:
    """The language of texts; of many, some a thousand are asked."""
    told = [text for texts in streams for text in texts[:: max(1, len(texts) // _TOLD)] if text]
    return "zh" if is_chinese(told) else "en"
