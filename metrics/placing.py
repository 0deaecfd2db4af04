"""Drafts to findings: spans in strings become places in documents."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ..corpora import Document, Pair, Record, Span
from ..corpora.flat import flat
from .findings import Draft, Finding, fingerprint
from .messages import Language, in_language, message_of
from .traditional import simplified, traditional


class Placer:
    """Knows the documents, and where the texts that the checks saw stand in them."""

    def __init__(
        self,
        documents: Iterable[Document],
        pairs: Iterable[Pair],
        records: Iterable[Record] = (),
        lang: Language = "en",
    ) -> None:
        """Remember the documents by source, the pairs by record, where the records begin and end, and the language."""
        self._lang: Language = lang
        self._records: dict[str, list[tuple[int, int, str]]] = {}
        for record in records:
            spans = [span for found in record.spans.values() for span in found]
            if spans:
                place = min(a for a, _ in spans), max(b for _, b in spans), record.id
                self._records.setdefault(record.document, []).append(place)
        self._documents: Mapping[str, Document] = {d.source: d for d in documents}
        self._pairs: dict[str, list[Pair]] = {}
        self._by_id: dict[str, Pair] = {}
        for pair in pairs:
            self._pairs.setdefault(pair.record, []).append(pair)
            self._by_id[pair.id] = pair

    def in_pair(self, pair: Pair, draft: Draft) -> Finding:
        """The finding of a draft whose spans count in the joined sentences of a pair's two sides.

        The pair may be the simplified copy of one: the finding quotes the text as it stands.
        """
        pair = self._by_id.get(pair.id, pair)
        text = self._documents[pair.document].text
        en = placed(draft.span_en, pair.en, pair.spans_en, " ", text)
        zh = placed(draft.span_zh, pair.zh, pair.spans_zh, "", text)
        return self._finding(draft, pair.document, pair.record, pair.id, en, zh)

    def in_record(self, record: Record, draft: Draft, offset: int) -> Finding:
        """The finding of a draft whose spans count from `offset` in the document."""
        en, zh = (None if s is None else (s[0] + offset, s[1] + offset) for s in (draft.span_en, draft.span_zh))
        return self._finding(draft, record.document, record.id, self._pair_at(record.id, en, zh), en, zh)

    def in_document(self, document: Document, draft: Draft) -> Finding:
        """The finding of a draft whose spans count in a document; in the record that its place lies in, if any."""
        at = (draft.span_zh or draft.span_en or (0, 0))[0]
        record = next((name for begin, end, name in self._records.get(document.source, ()) if begin <= at < end), "")
        pair = self._pair_at(record, draft.span_en, draft.span_zh)
        return self._finding(draft, document.source, record, pair, draft.span_en, draft.span_zh)

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
        draft = in_script_of(draft, text_zh)
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
            message=in_language(draft.message, self._lang),
            line=line,
            column=column,
            fingerprint=fingerprint(draft.rule, text_en, text_zh, draft.expected),
            term=draft.term,
        )


def in_script_of(draft: Draft, zh: str) -> Draft:
    """The draft in the script of the Chinese it is about: where that is traditional, so are its words.

    >>> in_script_of(Draft("T002", "error", 1, None, (0, 2), "词元", "代币", "not “代币”"), "代幣").message
    'not “代幣”'
    """
    if not zh or draft.found == zh or simplified(zh) != draft.found:
        return draft
    wanted = traditional(draft.expected)
    message = message_of(draft.message).requoted(draft.found, zh).requoted(draft.expected, wanted)
    return replace(draft, found=zh, expected=wanted, message=message)


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
