"""Tables laid out as documents, and read back from them as records."""

import re
from collections.abc import Mapping

from .builder import RecordBuilder
from .columns import Columns
from .lines import lines_of
from .model import Document, Kind, Layout, Leftover, Value
from .normal import to_nfc
from .page import Page, PageWriter
from .people import authors_of
from .roles import label_of
from .rows import Cell, Table
from .script import language

_PINNED = ("JSON", "XLSX", "Parquet")  # formats whose values stand in one place, whatever line ends they hold
_ORIGIN = re.compile(r"origin\.")  # where our own files for Hugging Face keep it


def lay_out(table: Table, columns: Columns, source: str) -> tuple[Page, Layout]:
    """The texts of a table as a page, a blank line after each row, and the place of each row's values in it.

    A value's name is the field of the record that it fills. A cell that holds labels ("标题：… 摘要：…") is split at
    them.
    """
    writer = PageWriter(source)
    rows: list[tuple[Value, ...]] = []
    origins: list[Mapping[str, str]] = []
    composed = 0
    for row in table.rows:
        values: list[Value] = []
        for cell in row:
            field = columns.fields.get(cell.name)
            if field and cell.text.strip():
                given = cell.text.replace("\r\n", "\n").replace("\r", "\n")
                text = to_nfc(given, f"{source}:{cell.line}:{cell.column}")
                composed += text != given
                cell = cell._replace(text=text)
                values += _cell(writer, cell, field, pinned=table.format.startswith(_PINNED))
        writer.blank_line()
        if values:
            rows.append(tuple(values))
            if columns.segments:
                rest = {cell.name: cell.text for cell in row if not columns.fields.get(cell.name) and cell.text}
                origins.append({_ORIGIN.sub("", name): text for name, text in rest.items()})
    notes = [f"{composed} cells were normalised to NFC"] if composed else []
    return writer.page(*columns.notes, *table.notes, *notes), Layout((), tuple(rows), origins=tuple(origins))


def read_rows(document: Document) -> tuple[list[RecordBuilder], list[Leftover]]:
    """One record a row."""
    builders: list[RecordBuilder] = []
    rest: list[Leftover] = []
    paired: Kind = "segment" if document.layout.segments else "passage"
    for row in document.layout.rows or ():
        record = RecordBuilder()
        for value in row:
            _fill(document, record, value, rest)
        if record.has("text_en", "text_zh") and not record.has("abstract_en", "abstract_zh", "title_en", "title_zh"):
            both = record.has("text_en") and record.has("text_zh")
            record.kind = paired if both else "missing_zh" if record.has("text_en") else "zh_only"
        if record.spans:
            builders.append(record)
    return builders, rest


def _cell(writer: PageWriter, cell: Cell, field: str, *, pinned: bool) -> list[Value]:
    """Write a cell, and the values in it; `pinned`: its line ends are none of the source's."""
    text = cell.text if field.startswith("text_") else cell.text.strip()
    begin = writer.length
    lines = text.split("\n") if pinned else [text]
    for k, line in enumerate(lines):
        writer.write(line + ("\n" if k + 1 < len(lines) else ""), cell.line, cell.column)
    end = writer.length
    writer.end_line()
    if field.startswith(("abstract_", "title_")) and label_of(text.lstrip().partition("\n")[0]):
        return _labelled(text, begin, field)
    return [Value(field, begin, end)]


def _labelled(text: str, begin: int, field: str) -> list[Value]:
    """The parts of a text with labels of its own."""
    values: list[Value] = []
    now = field
    for line in lines_of(text):
        label = label_of(line.text)
        if label and label.role.part in (
            "title",
            "abstract",
            "text",
            "summary",
            "points",
            "keywords",
            "commentary",
            "authors",
        ):
            side = label.role.side or field[-2:]
            now = {
                "title": f"title_{side}",
                "abstract": f"abstract_{side}",
                "text": f"abstract_{side}",
                "summary": "summary_zh",
                "points": "key_points_zh",
                "commentary": "commentary_zh",
            }.get(label.role.part, "metadata")
            values.append(Value("label", begin + line.start, begin + line.start + label.begin))
            line = line.part(label.begin)
        if line.text:
            values.append(Value(now, begin + line.start, begin + line.end))
    return values


def _fill(document: Document, record: RecordBuilder, value: Value, rest: list[Leftover]) -> None:
    """Put one value into its field, or among the leftovers where the field has one already."""
    field, begin, end = value
    text = document.text[begin:end]
    if field in ("label", "metadata"):
        rest.append(Leftover(document.source, "label" if field == "label" else "metadata", (begin, end), text))
    elif field == "authors":
        _authors(record, text, begin)
    elif field.endswith("_zh") and language(text) == "en" and not field.startswith("title_"):
        english = record.text(document, field.replace("_zh", "_en"))
        if field.startswith(("abstract_", "text_")) and english is not None and _same(english, text):
            record.repeated = True
            rest.append(Leftover(document.source, "list", (begin, end), text))
        elif field.startswith(("abstract_", "text_")):
            record.add(field, (begin, end))  # English where Chinese should be: the audit says so
        else:
            rest.append(Leftover(document.source, "unparsed", (begin, end), text))
    elif field in ("url", "title_en", "title_zh") and record.has(field):
        same = text == record.text(document, field)
        rest.append(Leftover(document.source, "list" if same else "unparsed", (begin, end), text))
    else:
        for line in lines_of(text) if field in ("abstract_zh", "key_points_zh", "commentary_zh") else ():
            record.add(field, (begin + line.start, begin + line.end))
        if field not in ("abstract_zh", "key_points_zh", "commentary_zh"):
            record.add(field, (begin, end))


def _authors(record: RecordBuilder, text: str, begin: int) -> None:
    """The names of a cell: a list in one text, or one name a cell."""
    line = lines_of(text)[0]
    found = authors_of(line, alone=True, labelled=True)
    if found is None:
        record.add("authors", (begin, begin + len(text)))
        return
    for a, b in found.spans:
        record.add("authors", (begin + a, begin + b))
    record.authors_truncated = record.authors_truncated or found.truncated


def _same(a: str, b: str) -> bool:
    return "".join(a.split()).casefold() == "".join(b.split()).casefold()
