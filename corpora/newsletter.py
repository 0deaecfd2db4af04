"""Newsletters in Chinese only: papers are known by a line of authors, their link stands somewhere below it."""

import re
from collections.abc import Sequence

from . import marks
from .blocks import heading
from .builder import RecordBuilder
from .lines import Line
from .model import Document, Leftover
from .people import Authors, authors_of
from .roles import label_of
from .script import language

_NUMBERED = re.compile(r"(?P<number>\d{1,3})\s*[。.、．]\s*")
_CHINESE = 4  # lines of Chinese prose to one of English, from which a page is in Chinese
_HEADING_LIMIT, _PLAIN_HEADING = 80, 40  # characters of a title line; of one with neither number nor bar


def is_newsletter(lines: Sequence[Line]) -> bool:
    """Whether a page is in Chinese, but for a stray line, and names authors on lines of their own."""
    stop = next((k for k, line in enumerate(lines) if marks.is_references(line.text)), len(lines))
    authors = author_lines(lines)
    said = (line.text for k, line in enumerate(lines[:stop]) if k not in authors)
    texts = (text[label.begin :] if (label := label_of(text)) else text for text in said)
    prose = [language(text) for text in texts if marks.is_prose(text)]
    return bool(authors) and prose.count("en") * _CHINESE < len(prose) - prose.count("en")


def author_lines(lines: Sequence[Line]) -> dict[int, Authors]:
    """The lines that name a paper's authors, by index; none after the heading of the references."""
    found: dict[int, Authors] = {}
    for k, line in enumerate(lines):
        if marks.is_references(line.text):
            break
        authors = authors_of(line, alone=False)
        if authors:
            found[k] = authors
    return found


def read_newsletter(document: Document, lines: Sequence[Line]) -> tuple[list[RecordBuilder], list[Leftover]]:
    """One record a paper, one of commentary for the opening and one for the references."""
    authors = author_lines(lines)
    # An author list broken over lines goes on in the next one: it opens no paper of its own.
    starts = {_start(lines, k): k for k in authors if k - 1 not in authors}
    builders: list[RecordBuilder] = []
    rest: list[Leftover] = []
    current = RecordBuilder()
    for k, line in enumerate(lines):
        if k in starts:
            builders.append(current)
            current = RecordBuilder()
            if starts[k] != k:
                _heading(document, line, current, rest)
                continue
        if k in authors:
            for span in authors[k].spans:
                current.add("authors", span)
            current.authors_truncated = authors[k].truncated
            continue
        if marks.is_references(line.text):
            builders.append(current)
            current = RecordBuilder()
        _take(document, line, current, rest)
    builders.append(current)
    for record in builders:
        record.kind = "zh_only" if record.has("authors", "title_zh") else "commentary"
    return [b for b in builders if b.spans], rest


def _start(lines: Sequence[Line], k: int) -> int:
    """Where the paper with the authors in line k begins: there, or at a heading just above."""
    above = lines[k - 1].text if k else ""
    titled = (
        above and len(above) <= _HEADING_LIMIT and not above.endswith(("。", "！", "？", ".", "!", "?", "…", ":", "："))
    )
    plain = len(above) <= _PLAIN_HEADING and not marks.bullet(above) and "→" not in above
    if titled and (_NUMBERED.match(above) or "|" in above or plain) and not marks.link_line(above):
        return k - 1
    return k


def _heading(document: Document, line: Line, record: RecordBuilder, rest: list[Leftover]) -> None:
    """A title line: its number and what follows the first bar are no part of the title."""
    signs = heading(line)[1].start - line.start
    number = _NUMBERED.match(line.text, signs)
    begin = number.end() if number else signs
    bar = line.text.find("|", begin)
    title = line.part(begin, bar if bar >= 0 else None)
    record.number = int(number["number"]) if number else None
    record.add("title_zh" if language(title.text) != "en" else "title_en", title.span)
    for piece in (line.part(0, begin), line.part(bar) if bar >= 0 else line.part(len(line.text))):
        if piece.text:
            rest.append(Leftover(document.source, "label", piece.span, piece.text))


def _take(document: Document, line: Line, record: RecordBuilder, rest: list[Leftover]) -> None:
    link = marks.link_line(line.text)
    if link and not record.has("url"):
        record.add("url", line.part(*link).span)
        if line.part(0, link[0]).text:
            piece = line.part(0, link[0])
            rest.append(Leftover(document.source, "label", piece.span, piece.text))
    elif marks.is_furniture(line.text):
        rest.append(Leftover(document.source, "noise", line.span, line.text))
    else:
        record.add("commentary_zh", line.span)
