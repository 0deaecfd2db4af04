"""The findings where they stand: each pair, or line, with what was found in it, record by record."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from ..corpora import Document, Pair, Record, Span
from ..metrics import SEVERITIES, Finding
from .marks import AROUND, LIMIT, Mark, as_id, linked, shown
from .result import Result
from .sides import side_text, span_in_side
from .summary import in_order

CLEAN_TEXT = 1_000_000  # characters of pairs without a finding that a page shows beside the others; more is left out


@dataclass(frozen=True, slots=True)
class Card:
    """One finding, ready to show; `id` is its own on the page: `T001-3f2a…`, with `-2` and so on for its like."""

    id: str
    finding: Finding

    @property
    def quotes_all(self) -> bool:
        """Whether the message has all of what was found and wanted in it, so that neither need be said twice."""
        its = self.finding
        quoted = [f"“{text}”" in its.message for text in (its.found, its.expected) if text]
        marked = its.found in (its.en, its.zh, "") and not its.expected
        return marked or (bool(quoted) and all(quoted))

    @property
    def message(self) -> Markup:
        """The message as HTML; what is wanted is marked in it where it is not said apart."""
        text, wanted = self.finding.message, f"“{self.finding.expected}”"
        # Where it is said what was found, what is wanted comes after it; before may stand an English word like it.
        after = text.find(f"“{self.finding.found}”") + 1 if self.finding.found else 0
        at = text.find(wanted, after) if self.finding.expected and self.quotes_all else -1
        if at < 0:
            return shown(text)
        end = at + len(wanted) - 1
        parts = (text[: at + 1], self.finding.expected, text[end:])
        return Markup("%s<ins>%s</ins>%s") % tuple(map(shown, parts))


@dataclass(frozen=True, slots=True)
class Head:
    """What stands over the rows of a record, both positions in the result's lists, -1 for none.

    `opens` where it is the first of its document.
    """

    record: int
    document: int
    opens: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One pair, or one stretch of a document, with its findings; none where it stands there for the reader's sake.

    `head` is None but in the first row of a record. `bead` says how a pair was aligned: "2-1 0.87". `context` is what
    the sides show: "pair", "document", "titles", or "nothing".
    """

    record: int
    document: int
    en: Markup
    zh: Markup
    bead: str
    context: str
    cards: tuple[Card, ...]
    head: Head | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows in the order of the documents, and how many pairs without a finding were left out of them."""

    rows: tuple[Row, ...]
    left_out: int

    @property
    def cards(self) -> Iterator[Card]:
        """The findings in the order of the page."""
        return (card for row in self.rows for card in row.cards)


def finding_rows(result: Result, findings: Iterable[Finding]) -> Rows:
    """Rows for these findings, and for the result's other pairs where their text is short enough.

    Findings of one pair share a row; those without a pair share one where they stand on one line.
    """
    place = _Places(result)
    groups: dict[tuple[object, ...], list[Card]] = defaultdict(list)
    for card in finding_cards(findings):
        groups[place.of(card.finding)].append(card)
    clean = [pair for pair in result.pairs if place.of_pair(pair) not in groups]
    fits = sum(len(text) for pair in clean for text in (*pair.en, *pair.zh)) <= CLEAN_TEXT
    if fits:
        groups |= {place.of_pair(pair): [] for pair in clean}
    rows = [place.row(cards, key) for key, cards in sorted(groups.items())]
    return Rows(tuple(_headed(rows)), 0 if fits else len(clean))


def finding_cards(findings: Iterable[Finding]) -> list[Card]:
    """The findings by document and place, each with its id."""
    used: dict[str, int] = {}
    return [Card(_own_id(f"{each.rule}-{each.fingerprint}", used), each) for each in in_order(findings)]


def _headed(rows: Iterable[Row]) -> Iterator[Row]:
    before = None
    for row in rows:
        here = row.record, row.document
        if here != before:
            row = replace(row, head=Head(*here, opens=row.document >= 0 and (not before or row.document != before[1])))
        yield row
        before = here


class _Places:
    """Where findings and pairs belong, as keys that sort in the order of the page, and their rows."""

    def __init__(self, result: Result) -> None:
        self._result = result
        self._documents = _positions(document.source for document in result.documents)
        self._records = _positions(record.id for record in result.records)
        self._pairs = _positions(pair.id for pair in result.pairs)

    def of_pair(self, pair: Pair) -> tuple[object, ...]:
        """The key of a pair: document, record, and that it is one of the record's pairs."""
        return (*self._home(pair.document, pair.record), 0, self._pairs[pair.id], 0)

    def of(self, finding: Finding) -> tuple[object, ...]:
        """The key of a finding: that of its pair, or of its line, or of nothing but itself."""
        number = self._pairs.get(finding.pair)
        if number is not None:
            return self.of_pair(self._result.pairs[number])
        home = self._home(finding.document, finding.record)
        document = self._document(home[0])
        span = finding.span_zh or finding.span_en
        if document is None or span is None:
            return (*home, 2, finding.line, 0)
        start, end = _line_around(document.text, span)
        # A line that is shown in part shows one finding only: its window is around that one.
        return (*home, 1, start, 0 if end - start <= LIMIT and finding.span_zh else 1 + span[0])

    def row(self, cards: list[Card], key: tuple[object, ...]) -> Row:
        """The row of one key with its findings."""
        document, record, kind, number = (int(str(part)) for part in key[:4])
        made = Row(_known(record), _known(document), Markup(""), Markup(""), "", "nothing", tuple(cards))
        if kind == 0:
            pair = self._result.pairs[number]
            en = _pair_side(pair.en, pair.spans_en, [(c.finding.span_en, c.finding.en, c.finding) for c in cards])
            zh = _pair_side(pair.zh, pair.spans_zh, [(c.finding.span_zh, c.finding.zh, c.finding) for c in cards], "")
            return replace(made, en=en, zh=zh, bead=f"{pair.type} {pair.probability:.2f}", context="pair")
        home = self._document(document)
        if kind == 1 and home is not None:
            en = _document_side(home, [(card.finding.span_en, card.finding) for card in cards])
            zh = _document_side(home, [(card.finding.span_zh, card.finding) for card in cards])
            return replace(made, en=en, zh=zh, context="document")
        titles: Record | None = self._result.records[made.record] if made.record >= 0 else None
        if titles is not None and (titles.title_en or titles.title_zh):
            return replace(made, en=shown(titles.title_en or ""), zh=shown(titles.title_zh or ""), context="titles")
        return made

    def _home(self, document: str, record: str) -> tuple[int, int]:
        # What belongs to no document or record that we know comes last.
        return self._documents.get(document, _LAST), self._records.get(record, _LAST)

    def _document(self, number: int) -> Document | None:
        return self._result.documents[number] if number != _LAST else None


_LAST = 1 << 60


def _known(number: int) -> int:
    return -1 if number == _LAST else number


def _positions(names: Iterable[str]) -> Mapping[str, int]:
    return {name: number for number, name in enumerate(names)}


def _line_around(text: str, span: Span) -> Span:
    end = text.find("\n", span[1])
    return text.rfind("\n", 0, span[0]) + 1, len(text) if end < 0 else end


def _pair_side(
    sentences: tuple[str, ...],
    places: tuple[Span, ...],
    found: list[tuple[Span | None, str, Finding]],
    joint: str = " ",
) -> Markup:
    marks = []
    for number, (span, words, finding) in enumerate(found):
        inside = span_in_side(sentences, places, span, words, joint) if span else None
        if inside:
            marks.append(Mark(*inside, number, level(finding)))
    return linked(side_text(sentences, joint), marks)


def _document_side(document: Document, found: list[tuple[Span | None, Finding]]) -> Markup:
    """The line of the document that these spans stand on, a long one cut around the first of them."""
    text = document.text
    spans = [(span, number, finding) for number, (span, finding) in enumerate(found) if span]
    if not spans:
        return Markup("")
    first = max(0, min(spans[0][0][0], len(text))), max(0, min(spans[0][0][1], len(text)))
    left, right = _line_around(text, first)
    before = after = ""
    if right - left > LIMIT:
        start, end = max(left, first[0] - AROUND), min(right, first[1] + AROUND)
        before, after = "…" if start > left else "", "…" if end < right else ""
        left, right = start, end
    marks = [Mark(span[0] - left, span[1] - left, number, level(finding)) for span, number, finding in spans]
    return Markup("").join([before, linked(text[left:right], marks), after])


def level(finding: Finding) -> str:
    """The first letter of a severity, by which marks are coloured."""
    return finding.severity[0] if finding.severity in SEVERITIES else "n"


def _own_id(wanted: str, used: dict[str, int]) -> str:
    name = own = as_id(wanted)
    while own in used:
        used[name] += 1
        own = f"{name}-{used[name]}"
    used.setdefault(own, 1)
    return own
