"""Pages of items: digests, cards, single abstracts; each item has titles, authors, texts in both languages, a link."""

from collections.abc import Mapping, Sequence

from . import marks
from .blocks import heading, is_rule
from .builder import RecordBuilder
from .heads import Head, item_head, opening_number
from .item import Item
from .items import Start, is_frame, page_headers
from .lines import Line
from .model import Document, Leftover, LeftoverKind
from .roles import label_of

_IN_ZH = ("title_zh", "abstract_zh", "key_points_zh", "summary_zh", "commentary_zh")
# Chinese to English as `marks.proportion` has it, between which one item may translate another.
_TRANSLATED = 0.8, 2.5


def read_items(
    document: Document, lines: Sequence[Line], starts: Sequence[Start], heads: Mapping[int, Head]
) -> tuple[list[RecordBuilder], list[Leftover]]:
    """The items that begin at `starts` as records in the making, and all that belongs to none.

    `heads` are the lines with a number or a tag, by index: the items' own, and those of lists inside items.
    """
    repeated = page_headers(lines)
    builders: list[RecordBuilder] = []
    rest: list[Leftover] = []
    first = starts[0].line if starts else len(lines)
    for k, line in enumerate(lines[:first]):
        listed = k in heads  # a title in the table of contents
        rest.append(
            Leftover(document.source, "list", line.span, line.text) if listed else outside(document, line, repeated)
        )
    for start, after in zip(starts, [*(each.line for each in starts[1:]), len(lines)], strict=True):
        inside = {k - start.line: head for k, head in heads.items() if start.line <= k < after}
        item = read_item(document, lines[start.line : after], repeated, titled=start.titled, heads=inside)
        builders.append(item.record)
        rest += item.rest
    return _in_turn(document, builders), rest


def _in_turn(document: Document, builders: list[RecordBuilder]) -> list[RecordBuilder]:
    """Items that stand in one language, then in the other, as one each; all as they are unless all are such."""
    pairs = list(zip(builders[::2], builders[1::2], strict=False))
    if len(builders) % 2 or not pairs or not all(_translate(document, a, b) for a, b in pairs):
        return builders
    for first, second in pairs:
        first.url = first.url or second.url
        first.spans |= {field: spans for field, spans in second.spans.items() if not first.has(field)}
    return builders[::2]


def _translate(document: Document, first: RecordBuilder, second: RecordBuilder) -> bool:
    """Whether one item is in Chinese only, the other in English only, and both say about as much."""
    for en, zh in ((first, second), (second, first)):
        english, chinese = en.text(document, "abstract_en"), zh.text(document, "abstract_zh")
        if english and chinese and not en.has(*_IN_ZH) and not zh.has("title_en", "abstract_en"):
            return _TRANSLATED[0] <= marks.proportion(english, chinese) <= _TRANSLATED[1]
    return False


def read_item(
    document: Document, lines: Sequence[Line], repeated: frozenset[str], *, titled: bool, heads: Mapping[int, Head]
) -> Item:
    """One item of these lines; `titled`: the first is its title. `heads`: its own and others in it, by index."""
    if not titled:
        item = Item(document, repeated)
        for line in lines:
            item.take(line)
        item.finish()
        return item
    title = lines[0]
    head = heads.get(0)
    item = Item(document, repeated, head.number if head else None, head.tag if head else None)
    if head:
        item.head(title, *head.title)
    else:
        _, inner = heading(title)
        number = opening_number(inner.text)
        if number:
            item.record.number, begin = number
            inner = inner.part(begin)
        item.head(title, inner.start - title.start, inner.end - title.start)
    own = heading(title)[0]
    for k, line in enumerate(lines[1:], 1):
        level, _ = heading(line)
        if k in heads:
            item.leave("list", line)
        elif 0 < level < own and not label_of(line.text):
            item.closed, item.role = True, None  # the heading of a group of items: what follows is none of this one's
            item.leave("label", line)
        else:
            item.take(line)
    item.finish()
    return item


def outside(document: Document, line: Line, repeated: frozenset[str]) -> Leftover:
    """A line before the first item."""
    kind: LeftoverKind = "unparsed"
    found = label_of(line.text)
    if marks.is_furniture(line.text) or line.text in repeated:
        kind = "noise"
    elif item_head(line.text) or (found and line.text.count("、") >= 2):
        kind = "list"  # a table of contents, or 摘要: with the titles of all items
    elif marks.is_section(line.text) or is_rule(line.text) or is_frame(line.text) or heading(line)[0]:
        kind = "label"
    elif found and found.role.part in ("metadata", "keywords", "number", "authors", "url", "title"):
        kind = "metadata"
    elif document.layout.page and not marks.is_prose(line.text):
        kind = "noise"  # what stands around the text of a web page
    return Leftover(document.source, kind, line.span, line.text)
