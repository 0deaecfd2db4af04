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
        link, authors = marks.link_line(text), authors_of(line, alone=False)
        if marks.is_furniture(text):
            rest.append(Leftover(document.source, "noise", line.span, text))
        elif link and record.has("url"):
            rest.append(Leftover(document.source, "unparsed", line.span, text))  # a second link is not the paper's
        elif link:
            record.add("url", line.part(*link).span)
            _label(document, line.part(0, link[0]), rest)
        elif authors and not record.has("authors", "abstract_en", "abstract_zh"):
            for span in authors.spans:
                record.add("authors", span)
            record.authors_truncated = authors.truncated
        else:
            label = marks.label(text)
            begin = label[1] if label else len(text) - len(text.lstrip("#"))  # the sign of a Markdown heading
            _label(document, line.part(0, begin), rest)
            _paragraph(document, line.part(begin), record, rest)
    return [record] if record.spans else [], rest


def _label(document: Document, line: Line, rest: list[Leftover]) -> None:
    if line.text:
        rest.append(Leftover(document.source, "label", line.span, line.text))


def _paragraph(document: Document, line: Line, record: RecordBuilder, rest: list[Leftover]) -> None:
    if not line.text:
        return
    chinese = HAN.search(line.text) and language(line.text) != "en"
    title, abstract = ("title_zh", "abstract_zh") if chinese else ("title_en", "abstract_en")
    if language(line.text) == "none":
        rest.append(Leftover(document.source, "unparsed", line.span, line.text))
    elif not record.has(title, abstract) and marks.looks_like_title(line.text):
        record.add(title, line.span)
    else:
        record.add(abstract, line.span)
