"""T005: an acronym that a record explains, then expands into something else (AF: 获取函数, later 自动增益)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ..align.spans import candidate_spans
from ..align.words import words_zh
from ..corpora import Knowledge, Pair
from ..corpora.knowledge import EMPTY as EMPTY
from ..corpora.script import HAN
from .findings import Draft
from .folding import fold
from .messages import say

# subtle: letters and joints apart, and only from the first letter of a word; else long hyphenated runs take forever.
_DEFINED = re.compile(r"((?<![A-Za-z])(?:[A-Za-z]+[ -]){1,7})\(([A-Z][A-Za-z]{0,6}[A-Z])s?\)")
_BEFORE = re.compile(r"([\u4e00-\u9fff]{2,12})\s*[(（]\s*$")
# After these a term before a bracket may begin; whole words only, so that 对比 stays whole.
_GRAMMAR = frozenset(
    "的 了 和 与 或 及 为 是 用 以 对 将 把 由 在 该 从 使 个 种 一个 一种 提出 使用 采用 称为 基于 通过 引入".split()
)
_RARE = 10  # papers; a string that more of the field's papers write is a word of its own
_NEAR = 24  # characters before an acronym in which its long form is looked for
_SHORTEST, _FREE = 4, 0.34  # characters of an expansion; the part of a known one from which it is free wording
_SEEN = 2  # pairs that must share the wrong expansion: one is chance


def defined_acronyms(en: str) -> Iterator[tuple[str, str]]:
    """Acronyms and their long forms where a text explains them, by the first letters of its words.

    >>> list(defined_acronyms("an acquisition function (AF) over"))
    [('AF', 'acquisition function')]
    """
    for match in _DEFINED.finditer(en):
        words = match[1].replace("-", " ").split()
        letters = match[2].lower()
        for size in range(1, len(words) + 1):
            last = words[-size:]
            if "".join(word[0] for word in last).lower() == letters:
                yield match[2], " ".join(last)
                break


def check_acronyms(pairs: Sequence[Pair], knowledge: Knowledge) -> Iterator[tuple[Pair, Draft]]:
    """Drafts with their pairs, for the pairs of one record."""
    texts = [(pair, " ".join(pair.en), "".join(pair.zh)) for pair in pairs if pair.en and pair.zh]
    defined = dict(item for _, en, _ in texts for item in defined_acronyms(en))
    for acronym, long_form in sorted(defined.items()):
        token = re.compile(rf"(?<![A-Za-z0-9]){acronym}s?(?![A-Za-z0-9])")
        needle = fold(acronym).text
        meant = _expansions(acronym, [zh for _, _, zh in texts])
        with_it = [(pair, en, zh) for pair, en, zh in texts if token.search(en)]
        lost = [
            (p, en, zh) for p, en, zh in with_it if fold(zh).find(needle) is None and not any(m in zh for m in meant)
        ]
        # Where the English writes the long form, its Chinese is the expansion meant.
        elsewhere = [zh for _, en, zh in texts if not token.search(en) or long_form.casefold() in _spaced(en)]
        wrong = _shared([zh for _, _, zh in lost], elsewhere, knowledge)
        if wrong is None:
            continue
        expected = f"{min(meant, key=len)}({acronym})" if meant else acronym
        for pair, en, zh in lost:
            found = token.search(en)
            for at in re.finditer(re.escape(wrong), zh):
                message = say("T005.became", acronym=acronym, long_form=long_form, found=wrong)
                span = found.span() if found else None
                yield pair, Draft("T005", "error", 0.85, span, at.span(), expected, wrong, message, long_form)


def check_definitions(en: str, zh: str, knowledge: Knowledge, approved: Mapping[str, Sequence[str]]) -> Iterator[Draft]:
    """T005 for an acronym whose long form, where the Chinese explains it, is that of something else.

    `approved` holds the termbase's renderings by the term in lower case; the field's count too. What shares a third of
    its characters with one of them is free wording.

    >>> known = {"retrieval augmented generation": ["检索增强生成"]}
    >>> text = "Retrieval-augmented generation (RAG) helps."
    >>> [d.found for d in check_definitions(text, "随机访问方法(RAG)有用。", EMPTY, known)]
    ['随机访问方法']
    """
    for acronym, long_form in dict(defined_acronyms(en)).items():
        key = long_form.lower()
        use = knowledge.use(key) or knowledge.use(key.replace(" ", "-", 1))
        known = [zh for zh in (*approved.get(key, ()), *(use.renderings if use else ())) if HAN.search(zh)]
        for match in re.finditer(re.escape(acronym), zh):
            cut = max(0, match.start() - _NEAR)
            before = _BEFORE.search(zh, cut, match.start())
            found = _without_grammar(before[1]) if before else ""
            if len(found) < _SHORTEST or not known or any(_shared_part(found, other) > _FREE for other in known):
                continue
            begin = before.end(1) - len(found) if before else 0
            wanted = f"{known[0]}({acronym})"
            message = say("T005.explained_zh", acronym=acronym, long_form=long_form, wanted=known[0], found=found)
            place = en.find(acronym)
            span = (place, place + len(acronym)) if place >= 0 else None
            yield Draft("T005", "warning", 0.85, span, (begin, begin + len(found)), wanted, found, message, long_form)


def _shared_part(found: str, known: str) -> float:
    """The part of a known rendering's characters that stand in what was found."""
    return len(set(found) & set(known)) / len(set(known))


def _without_grammar(text: str) -> str:
    """The words behind the last word of grammar."""
    words = [text[a:b] for a, b in words_zh(text)]
    last = max((k for k, word in enumerate(words) if word in _GRAMMAR), default=-1)
    return "".join(words[last + 1 :])


def _spaced(en: str) -> str:
    """English in lower case with blanks for hyphens, as long forms are kept."""
    return en.replace("-", " ").casefold()


def _expansions(acronym: str, chinese: Sequence[str]) -> list[str]:
    """The Chinese that explains the acronym: the words that stand before its bracket, back to a word of grammar."""
    found = []
    for zh in chinese:
        for match in re.finditer(re.escape(acronym), zh):
            before = _BEFORE.search(zh[: match.start()])
            if before:
                found.append(_without_grammar(before[1]) or before[1][-4:])
    return found


def _shared(chinese: Sequence[str], elsewhere: Sequence[str], knowledge: Knowledge) -> str | None:
    """The longest rare run of words that most of these texts share and no other text has."""
    counts: Counter[str] = Counter()
    for zh in chinese:
        counts.update({zh[a:b] for a, b in candidate_spans(zh)})
    common = [
        text
        for text, n in counts.items()
        if n >= _SEEN
        and len(text) >= 3
        and knowledge.count(text) <= _RARE
        and not any(text in other for other in elsewhere)
    ]
    return max(common, key=lambda text: (counts[text], len(text), text), default=None)
