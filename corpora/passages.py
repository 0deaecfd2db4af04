"""Whole texts in two languages: paragraph and translation in turn, in either order."""

from collections.abc import Sequence
from itertools import pairwise

from . import marks
from .blocks import heading, is_rule, without_images
from .builder import RecordBuilder
from .heads import in_title_case
from .identity import names_institute
from .item import Item
from .items import is_section_name
from .lines import Line
from .model import Document, Leftover, LeftoverKind
from .people import authors_of
from .roles import label_of
from .script import HAN, language

_TURNS = 7  # changes of language in an item with a title, from which it is a text, not an abstract
_TURNS_PLAIN = 5  # on a page without any mark
_ABSTRACT_PARAGRAPHS = 3  # pairs of paragraphs that an abstract may have
# Chinese to English as `marks.proportion` has it: of most translations, and at the least what one may be.
_FITTING, _LIKELY = (1.1, 2.4), (0.4, 4.5)
_LONG = 30  # words or Han characters of a paragraph from which its length tells


def is_text(lines: Sequence[Line], *, titled: bool) -> bool:
    """Whether these lines are a longer text with its translation, rather than one abstract.

    >>> is_text([Line(0, 5, "# One")], titled=True)
    False
    """
    said = _sides(lines)
    turns = sum(a != b for a, b in pairwise(said))
    both = sum({"en", "zh"} <= set(_sides(part)) for part in _sections(lines))
    return both >= 2 or turns >= (_TURNS if titled else _TURNS_PLAIN)


def read_text(
    document: Document, lines: Sequence[Line], repeated: frozenset[str], *, titled: bool
) -> tuple[list[RecordBuilder], list[Leftover]]:
    """One record for the title with its authors and abstract, then one a paragraph with its translation."""
    begin = next((k for k, line in enumerate(lines) if k >= titled and _opens_text(line)), len(lines))
    item = Item(document, repeated)
    if titled:
        _, inner = heading(lines[0])
        item.head(lines[0], inner.start - lines[0].start, inner.end - lines[0].start)
    if begin and not titled and _side(lines[begin - 1]):
        begin = _title_pairs(lines, begin)
    for line in lines[titled:begin]:
        item.take(line)
    body = [(k, line) for k, line in enumerate(lines) if k >= begin]
    reader = _Body(document, repeated, order=_order([line for _, line in body]))
    abstract = item.role is not None and item.role.part == "abstract"
    item.role = None
    for k, line in body:
        if abstract and k > begin and heading(line)[0]:
            abstract = _give_abstract(item, reader)
        reader.take(line)
    if abstract:
        _give_abstract(item, reader)
    builders, rest = reader.finish()
    opening = [item.record] if item.record.spans else []
    return [*opening, *builders], [*item.rest, *rest]


def _give_abstract(item: Item, reader: "_Body") -> bool:
    """Move the paragraphs under Abstract into the record of the title; the first where the text goes on."""
    reader.end_unit()
    count = len(reader.builders) if len(reader.builders) <= _ABSTRACT_PARAGRAPHS else 1
    for builder in reader.builders[:count]:
        for side in ("en", "zh"):
            for span in (*builder.spans.get(f"text_{side}", []), *builder.spans.get(f"title_{side}", [])):
                item.record.add(f"abstract_{side}", span)
    del reader.builders[:count]
    return False


class _Body:
    """The paragraphs of a text while they are paired: those of one language, then those of the other."""

    def __init__(self, document: Document, repeated: frozenset[str], order: tuple[str, str]) -> None:
        self.document, self.repeated, self.order = document, repeated, order
        self.builders: list[RecordBuilder] = []
        self.rest: list[Leftover] = []
        self._unit: dict[str, list[Line]] = {"en": [], "zh": []}
        self._headings: dict[str, Line] = {}

    def take(self, line: Line) -> None:
        """Put one line where it belongs."""
        text = line.text
        level, inner = heading(line)
        side = _side(line)
        if marks.is_furniture(text) or text in self.repeated or not without_images(text).strip():
            self._leave("noise", line)
        elif is_rule(text) or marks.link_line(text):
            self._leave("label", line)
        elif 0 < level < 7:
            self.end_unit()
            self._heading(line, inner)
        elif not side:
            self._leave("unparsed", line)
        else:
            first, second = self.order
            if side == first and self._unit[second]:
                self.end_unit()
            self._unit[side].append(line)

    def _heading(self, line: Line, inner: Line) -> None:
        """A heading, and its translation where that is the next one."""
        side = "zh" if HAN.search(inner.text) and language(inner.text) != "en" else "en"
        other = self._headings.get("en" if side == "zh" else "zh")
        if other is not None and not any(b.spans for b in self.builders[-1:] if b.kind is None):
            record = RecordBuilder()
            record.add(f"title_{side}", inner.span)
            record.add("title_en" if side == "zh" else "title_zh", other.span)
            self.rest = [left for left in self.rest if left.span != other.span]
            self.builders.append(record)
            self._headings = {}
        else:
            self._headings = {side: inner}
            self._leave("label", inner)
        self._leave("label", line.part(0, inner.start - line.start))
        self._leave("label", line.part(inner.end - line.start))

    def end_unit(self) -> None:
        """Make records of the paragraphs gathered: one a pair where their numbers agree, else one of all."""
        first, second = (self._unit[side] for side in self.order)
        if first or second:
            self._headings = {}
        for group in _groups(first, second):
            self._add(group)
        self._unit = {"en": [], "zh": []}

    def _add(self, lines: list[Line]) -> None:
        record = RecordBuilder()
        sides = {side: [line for line in lines if _side(line) == side] for side in self.order}
        en, zh = sides["en"], sides["zh"]
        names = len(en) == len(zh) == 1 and all(marks.looks_like_title(line.text) for line in lines)
        field = "title" if names and in_title_case(en[0].text) and "\n" not in zh[0].text else "text"
        for side in ("en", "zh"):
            for line in sides[side]:
                record.add(f"{field}_{side}", line.span)
        if field == "text":
            record.kind = "passage" if en and zh else "missing_zh" if en else "zh_only"
        self.builders.append(record)

    def _leave(self, kind: LeftoverKind, line: Line) -> None:
        if line.text:
            self.rest.append(Leftover(self.document.source, kind, line.span, line.text))

    def finish(self) -> tuple[list[RecordBuilder], list[Leftover]]:
        """All records and leftovers."""
        self.end_unit()
        return self.builders, self.rest


def _groups(first: list[Line], second: list[Line]) -> list[list[Line]]:
    """Paragraphs of one language and those of the other after them, as groups that translate each other."""
    whole = [*first, *second]
    singles = [[line] for line in whole]
    if not first or not second:
        return singles
    if len(first) == len(second):
        groups = [[a, b] for a, b in zip(first, second, strict=True)]
    elif 1 in (len(first), len(second)) and not _FITTING[0] <= _proportion(whole) <= _FITTING[1]:
        # Too much for a translation: where those two that meet are of a length, the others have none.
        met = [first[-1], second[0]]
        fitting = _FITTING[0] <= _proportion(met) <= _FITTING[1]
        groups = [*singles[: len(first) - 1], met, *singles[len(first) + 1 :]] if fitting else [whole]
    else:
        groups = [whole]
    return [part for group in groups for part in ([[line] for line in group] if _is_unlike(group) else [group])]


def _proportion(lines: Sequence[Line]) -> float:
    """That of the Chinese of these paragraphs to their English."""
    en, zh = ("\n".join(without_images(line.text) for line in lines if _side(line) == side) for side in ("en", "zh"))
    return marks.proportion(en, zh)


def _is_unlike(group: Sequence[Line]) -> bool:
    """Whether one side says so much more that the other is no translation of it: a quoted sentence, a remark."""
    long = max(len(line.text.split()) + len(HAN.findall(line.text)) for line in group) >= _LONG
    return long and not _LIKELY[0] <= _proportion(group) <= _LIKELY[1]


def _opens_text(line: Line) -> bool:
    """Whether a line is a paragraph, not a title, the authors or where they work."""
    if not _side(line, short=False) or authors_of(line, alone=True) is not None:
        return False
    return not (names_institute(line.text) and marks.looks_like_title(line.text))


def _side(line: Line, *, short: bool = True) -> str:
    """ "en" or "zh" for a paragraph of running text, "" for headings, labels, rules, furniture."""
    text = line.text
    if 0 < heading(line)[0] < 7 or is_rule(text) or marks.link_line(text) or marks.is_furniture(text):
        return ""
    label = label_of(text)
    if label and label.begin == len(text):
        return ""
    words = without_images(text)
    if not short and not marks.is_prose(words):
        return ""
    said = language(words)
    return {"en": "en", "zh": "zh", "mixed": "zh", "none": ""}[said]


def _sides(lines: Sequence[Line]) -> list[str]:
    """The languages of the paragraphs, in order."""
    return [side for line in lines if (side := _side(line))]


def _order(lines: Sequence[Line]) -> tuple[str, str]:
    """Which language comes first: the one that opens most sections, the very first paragraph counting twice."""
    firsts = [said[0] for part in _sections(lines) if (said := _sides(part))]
    if not firsts:
        return "en", "zh"
    chinese = firsts.count("zh") + (firsts[0] == "zh")
    return ("zh", "en") if 2 * chinese > len(firsts) + 1 else ("en", "zh")


def _sections(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines between headings."""
    parts: list[list[Line]] = [[]]
    for line in lines:
        if 0 < heading(line)[0] < 7:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def _title_pairs(lines: Sequence[Line], begin: int) -> int:
    """Where a text without headings begins: at its first line, unless title and authors stand above."""
    first = [k for k in range(begin) if _side(lines[k])]
    return first[0] if first and not is_section_name(lines[first[0]].text) else begin
