"""Digests: a page of items, each with a head line, authors, affiliation, texts in both languages, and a link."""

import re
from collections import Counter
from collections.abc import Sequence

from . import marks
from .builder import RecordBuilder
from .heads import item_head
from .lines import Line
from .model import Document, Leftover, LeftoverKind
from .people import authors_of
from .script import HAN, language

_TITLE_LIMIT = 80  # Han characters and Latin letters of the longest fused title; longer is a sentence
_OPENS_ABSTRACT = re.compile(r"本文|我们|该文|作者|这篇|近年来|随着")
_INSTITUTES = frozenset({"单位", "机构", "作者单位"})
_FURNITURE_REPEATS = 3  # a short line standing this often on a page is a page header


def item_heads(lines: Sequence[Line]) -> list[int]:
    """Indices of the lines that open an item with something in it.

    A head directly followed by another head is an entry in a table of contents, not an item.
    """
    heads = [k for k, line in enumerate(lines) if item_head(line.text)]
    return [k for k, after in _blocks(heads, lines) if any(not _is_frame(line.text) for line in lines[k + 1 : after])]


def read_digest(document: Document, lines: Sequence[Line]) -> tuple[list[RecordBuilder], list[Leftover]]:
    """The items of a digest page as records in the making, and all that belongs to none."""
    heads = item_heads(lines)
    repeated = _page_headers(lines)
    builders: list[RecordBuilder] = []
    rest: list[Leftover] = []
    for line in lines[: heads[0] if heads else len(lines)]:
        rest.append(_outside(document, line, repeated))
    for k, after in _blocks(heads, lines):
        item = _Item(document, lines[k], repeated)
        for line in lines[k + 1 : after]:
            item.take(line)
        builders.append(item.finish())
        rest += item.rest
    return builders, rest


class _Item:
    """One item while its lines are read, top to bottom."""

    def __init__(self, document: Document, line: Line, repeated: frozenset[str]) -> None:
        head = item_head(line.text)
        number, tag, (begin, end) = head if head else (None, None, (0, len(line.text)))
        self.document, self.repeated = document, repeated
        self.record = RecordBuilder(number, tag)
        title = line.part(begin, end)
        self.record.add("title_zh" if language(title.text) == "zh" else "title_en", title.span)
        self.rest: list[Leftover] = []
        if title.start > line.start:
            self._leave("label", line.part(0, title.start - line.start))
        self._leave("label", line.part(title.end - line.start))
        self.label = ""  # the last label seen: what the next lines are
        self.closed = False  # after the link nothing of the item is expected

    def take(self, line: Line) -> None:
        """Put one line where it belongs."""
        text = line.text
        if marks.is_furniture(text) or text in self.repeated:
            self._leave("noise", line)
        elif marks.is_section(text):
            self.label, self.closed = "", True
            self._leave("label", line)
        elif item_head(text):
            self._leave("list", line)
        elif not self._identity(line):
            self._text(line)

    def _identity(self, line: Line) -> bool:
        """Link, affiliation, authors."""
        text, record = line.text, self.record
        link = marks.link_line(text)
        if link:
            if record.has("url"):
                self._leave("unparsed", line)  # a second link is not the paper's
            else:
                record.add("url", line.part(*link).span)
                if link[0]:
                    self._leave("label", line.part(0, link[0]))
                self.closed, self.label = True, ""
            return True
        found = marks.label(text)
        if found and found[0] in _INSTITUTES and not record.has("affiliation"):
            self._leave("label", line.part(0, found[1]))
            record.add("affiliation", line.part(found[1]).span)
            return True
        place = marks.affiliation(text)
        if place and not record.has("affiliation", "abstract_en"):
            record.add("affiliation", line.part(*place).span)
            self._leave("label", line.part(0, place[0]))
            self._leave("label", line.part(place[1]))
            return True
        if record.has("authors", "affiliation", "abstract_en", "abstract_zh", "key_points_zh"):
            return False
        authors = authors_of(line, alone=True)
        if authors is None:
            return False
        for span in authors.spans:
            record.add("authors", span)
        record.authors_truncated = authors.truncated
        return True

    def _text(self, line: Line) -> None:
        """A title, a paragraph or a bullet, in one of the languages."""
        found = marks.label(line.text)
        if found and language(line.text[found[1] :]) != "en":
            self.label = found[0]
            self._leave("label", line.part(0, found[1]))
            line = line.part(found[1])
        elif found and _is_title(found[0]):
            self._leave("label", line.part(0, found[1]))
            again = line.part(found[1])
            self._leave("list" if again.text == self.record.text(self.document, "title_en") else "unparsed", again)
            return
        elif found and found[0] in ("abstract", "英文摘要", "摘要"):
            self.label = ""
            self._leave("label", line.part(0, found[1]))
            line = line.part(found[1])
        if not line.text:
            return
        if language(line.text) == "en":
            self._english(line)
        elif HAN.search(line.text):
            self._chinese(line)
        else:
            self._leave("unparsed", line)

    def _english(self, line: Line) -> None:
        record = self.record
        if self.closed and record.has("abstract_en"):
            self._leave("unparsed", line)
        elif record.text(self.document, "abstract_en") == line.text and not record.has("abstract_zh"):
            record.add("abstract_zh", line.span)  # the English repeated where the Chinese should be
        elif marks.is_prose(line.text) or record.has("abstract_en"):
            self.label = ""
            record.add("abstract_en", line.span)
        else:
            self._leave("unparsed", line)

    def _chinese(self, line: Line) -> None:
        record = self.record
        if _is_title(self.label):
            self.label = ""  # a title is one line
            record.add("title_zh", line.span)
        elif self.label in ("摘要", "中文摘要", "内容摘要", "简介", "abstract"):
            record.add("abstract_zh", line.span)
        elif self.label in ("一句话总结", "总结"):
            record.add("summary_zh", line.span)
        elif self.label:
            begin = marks.bullet(line.text)
            if begin:
                self._leave("label", line.part(0, begin))
            record.add("key_points_zh", line.part(begin).span)
        elif self.closed:
            self._leave("unparsed", line)
        elif not record.has("title_zh", "abstract_zh") and marks.looks_like_title(line.text):
            record.add("title_zh", line.span)
        elif record.has("title_zh", "abstract_zh"):
            record.add("abstract_zh", line.span)
        else:
            self._fused(line)

    def _fused(self, line: Line) -> None:
        """A paragraph that opens with the Chinese title and a full stop."""
        stop = line.text.find("。")
        title, body = line.part(0, max(stop, 0)), line.part(stop + 1)
        if not title.text or not body.text or len(title.text) > _TITLE_LIMIT or _OPENS_ABSTRACT.match(title.text):
            self.record.add("abstract_zh", line.span)
            return
        self.record.add("title_zh", title.span)
        self._leave("label", line.part(stop, stop + 1))
        self.record.add("abstract_zh", body.span)

    def _leave(self, kind: LeftoverKind, line: Line) -> None:
        if line.text:
            self.rest.append(Leftover(self.document.source, kind, line.span, line.text))

    def finish(self) -> RecordBuilder:
        """The record in the making."""
        return self.record


def _is_title(label: str) -> bool:
    return label == "title" or label.endswith("标题")


def _blocks(heads: Sequence[int], lines: Sequence[Line]) -> list[tuple[int, int]]:
    """From each head to the next."""
    return list(zip(heads, [*heads[1:], len(lines)] if heads else [], strict=True))


def _outside(document: Document, line: Line, repeated: frozenset[str]) -> Leftover:
    """A line before the first item."""
    kind: LeftoverKind = "unparsed"
    found = marks.label(line.text)
    if marks.is_furniture(line.text) or line.text in repeated:
        kind = "noise"
    elif item_head(line.text) or (found and line.text.count("、") >= 2):
        kind = "list"  # a table of contents, or 摘要: with the titles of all items
    elif marks.is_section(line.text):
        kind = "label"
    return Leftover(document.source, kind, line.span, line.text)


def _page_headers(lines: Sequence[Line]) -> frozenset[str]:
    """Short lines that stand on the page again and again, labels apart."""
    counts = Counter(line.text for line in lines if len(line.text) <= 60)
    return frozenset(
        text
        for text, n in counts.items()
        if n >= _FURNITURE_REPEATS
        and not (marks.label(text) or marks.affiliation(text) or authors_of(Line(0, len(text), text), alone=False))
    )


def _is_frame(text: str) -> bool:
    return marks.is_furniture(text) or marks.is_section(text) or bool(marks.label(text) and text.count("、") >= 2)
