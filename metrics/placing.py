"""Drafts to findings: spans in strings become places in documents."""

from collections.abc import Iterable, Mapping

from ..corpora import Document, Pair, Record, Span
from ..corpora.flat import flat
from .findings import Draft, Finding, fingerprint


class Placer:
    """Knows the documents, and where the texts that the checks saw stand in them."""

    def __init__(self, documents: Iterable[Document], pairs: Iterable[Pair]) -> None:
        """Remember the documents by source and the pairs by record."""
        self._documents: Mapping[str, Document] = {d.source: d for d in documents}
        self._pairs: dict[str, list[Pair]] = {}
        for pair in pairs:
            self._pairs.setdefault(pair.record, []).append(pair)

    def in_pair(self, pair: Pair, draft: Draft) -> Finding:
        """The finding of a draft whose spans count in the joined sentences of a pair's two sides."""
        text = self._documents[pair.document].text
        en = placed(draft.span_en, pair.en, pair.spans_en, " ", text)
        zh = placed(draft.span_zh, pair.zh, pair.spans_zh, "", text)
        return self._finding(draft, pair.document, pair.record, pair.id, en, zh)

    def in_record(self, record: Record, draft: Draft, offset: int) -> Finding:
        """The finding of a draft whose spans count from `offset` in the document."""
        en, zh = (None if s is None else (s[0] + offset, s[1] + offset) for s in (draft.span_en, draft.span_zh))
        return self._finding(draft, record.document, record.id, self._pair_at(record.id, en, zh), en, zh)

    def _pair_at(self, record: str, en: Span | None, zh: Span | None) -> str:
        for pair in self._pairs.get(record, ()):
            for span, sentences in ((en, pair.spans_en), (zh, pair.spans_zh)):
                if span and any(a <= span[0] < b for a, b in sentences):
                    return pair.id
        return ""

    def _finding(self, draft: Draft, source: str, record: str, pair: str, en: Span | None, zh: Span | None) -> Finding:
        document = self._documents[source]
        text_en, text_zh = ("" if s is None else document.text[slice(*s)] for s in (en, zh))
        line, column = document.position((zh or en or (0, 0))[0])
        return Finding(
            rule=draft.rule,
            severity=draft.severity,
            confidence=draft.confidence,
            document=source,
            record=record,
            pair=pair,
            en=text_en,
            zh=text_zh,
            span_en=en,
            span_zh=zh,
            expected=draft.expected,
            found=draft.found,
            message=draft.message,
            line=line,
            column=column,
            fingerprint=fingerprint(draft.rule, text_en, text_zh, draft.expected),
            term=draft.term,
        )


def placed(
    span: Span | None, sentences: tuple[str, ...], places: tuple[Span, ...], joint: str, text: str
) -> Span | None:
    """The place in the document, whose text is `text`, of a span of the joined sentences.

    >>> placed((4, 6), ("abc", "def"), ((0, 3), (10, 13)), " ", "abc ....  def")
    (10, 12)
    """
    if span is None or not sentences:
        return None
    return _offset(span[0], sentences, places, joint, text), _offset(span[1] - 1, sentences, places, joint, text) + 1


def _offset(at: int, sentences: tuple[str, ...], places: tuple[Span, ...], joint: str, text: str) -> int:
    for sentence, (begin, end) in zip(sentences, places, strict=True):
        if at < len(sentence):
            if sentence == text[begin:end]:
                return begin + at
            offsets = flat(text[begin:end])[1]  # the sentence stands on several lines there
            return begin + offsets[at]
        at -= len(sentence) + len(joint)
    return places[-1][1] - 1
