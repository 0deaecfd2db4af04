"""Plain pages: paragraphs in one or both languages, with no marks of structure."""

from collections.abc import Sequence

from . import marks
from .builder import RecordBuilder
from .lines import Line
from .model import Document, Leftover
from .people import authors_of
from .script import HAN, language


def read_plain(document: Document, lines: Sequence[Line]) -> tuple[list[RecordBuilder], list[Leftover]]:
    """One record: its English paragraphs against its Chinese ones, with titles, authors and link where seen.

    A page with no line of prose gives no record.
    """
    record = RecordBuilder()
    rest: list[Leftover] = []
    if not any(marks.is_prose(line.text) and not marks.is_furniture(line.text) for line in lines):
        return [], [
            Leftover(document.source, "noise" if marks.is_furniture(line.text) else "unparsed", line.span, line.text)
            for line in lines
        ]
    for line in lines:
        text = line.text
        heading = line.part(len(text) - len(text.lstrip("#"))) if text.startswith("#") else line
        link, authors = marks.link_line(text), authors_of(line, alone=False)
        label = marks.label(text)
        if marks.is_furniture(text):
            rest.append(Leftover(document.source, "noise", line.span, text))
        elif link and not record.has("url"):
            record.add("url", line.part(*link).span)
        elif authors and not record.has("authors", "abstract_en", "abstract_zh"):
            for span in authors.spans:
                record.add("authors", span)
            record.authors_truncated = authors.truncated
        else:
            if label:
                rest.append(Leftover(document.source, "label", line.part(0, label[1]).span, text[: label[1]].strip()))
                heading = line = line.part(label[1])
            _paragraph(document, heading, record, rest)
    return [record], rest


def _paragraph(document: Document, line: Line, record: RecordBuilder, rest: list[Leftover]) -> None:
    if not line.text:
        return
    chinese = HAN.search(line.text) and language(line.text) != "en"
    title, abstract = ("title_zh", "abstract_zh") if chinese else ("title_en", "abstract_en")
    if language(line.text) == "none":
        rest.append(Leftover(document.source, "unparsed", line.span, line.text))
    elif (
        not record.has(title, abstract)
        and len(line.text) <= 160
        and not line.text.endswith((".", "。", "!", "?", "！", "？"))
    ):
        record.add(title, line.span)
    else:
        record.add(abstract, line.span)
