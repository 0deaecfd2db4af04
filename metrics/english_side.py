"""C001 to C004 of English written from Chinese: what was left out, added, left in Chinese or in pinyin."""

import re
from collections.abc import Iterator

from ..corpora import Pair, Span
from ..corpora.script import HAN
from .findings import Draft, Severity
from .linked_texts import LinkedTexts
from .masking import CODE, URL, blanked
from .messages import Message, say
from .pinyin import is_pinyin, spellings
from .words_en import count_en

_HAN_RUN = re.compile("[\u3400-\u9fff][\u3400-\u9fff0-9，、；：。！？“”（）《》]*")
_SENTENCE = 8  # Chinese characters from which what was left is more than a term
# What is quoted, bracketed or named as a word is a gloss or an example: the character 的.
_QUOTED = re.compile(r"《[^》\n]*》|“[^”\n]*”|‘[^’\n]*’|「[^」\n]*」|\"[^\"\n]*\"|'[^'\n]*'|\*[^*\n]*\*|_[^_\n]*_")
_BRACKETED = re.compile(r"[(（\[［【][^()（）\[\]\n]*[\u3400-\u9fff][^()（）\[\]\n]*[)）\]］】]")
_MENTION = re.compile(
    r"(?:words?|characters?|particles?|verbs?|nouns?|terms?|morphemes?|classifiers?|syllables?|radicals?|phrases?|"
    r"such as|like|e\.g\.,?|called|named|namely|as in) $",
    re.IGNORECASE,
)
_PINYIN = re.compile(r"(?<![\w'’@/.-])[a-zü]{2,24}(?: [a-zü]{2,24}){0,3}(?![\w'’@/-])")
_LONGEST_PINYIN = 4  # characters of Chinese that one word of pinyin spells
_LOST, _DOUBT = 0.85, 0.92  # mean of the links of a sentence's words: no good translation of 40 lay below .94
_LEAST_WORDS = 4


def check_coverage_en(pair: Pair) -> Iterator[Draft]:
    """C001 for a Chinese sentence without English, C002 for an English one without Chinese."""
    if pair.zh and not pair.en:
        text = "".join(pair.zh)
        message = say("C001.chinese")
        short = len(HAN.findall(text)) < 2 * _LEAST_WORDS - 2
        severity: Severity = "note" if short else "warning"
        yield Draft("C001", severity, 0.6 if short else 0.85, None, (0, len(text)), "", "", message)
    elif pair.en and not pair.zh:
        text = " ".join(pair.en)
        message = say("C001.english")
        severity = "note" if len(text.split()) < _LEAST_WORDS else "warning"
        yield Draft("C002", severity, 0.7, (0, len(text)), None, "", "", message)


def check_sentences(pair: Pair, linked: LinkedTexts) -> Iterator[Draft]:
    """C001, C002 within a pair: a sentence of several on one side whose words nothing on the other stands for."""
    if len(pair.zh) > len(pair.en):
        for span, mean in _unlinked(pair.zh, "", linked.linked_zh(), len(pair.zh) - len(pair.en)):
            message = say("C001.unlinked")
            yield _coverage("C001", mean, None, span, message)
    elif len(pair.en) > len(pair.zh):
        for span, mean in _unlinked(pair.en, " ", linked.linked_en(), len(pair.en) - len(pair.zh)):
            message = say("C002.unlinked")
            yield _coverage("C002", mean, span, None, message)


def _coverage(rule: str, mean: float, span_en: Span | None, span_zh: Span | None, message: Message) -> Draft:
    severity: Severity = "warning" if mean < _LOST else "note"
    return Draft(rule, severity, 0.8 if severity == "warning" else 0.6, span_en, span_zh, "", "", message)


def _unlinked(
    sentences: tuple[str, ...], joint: str, words: list[tuple[Span, float]], most: int
) -> list[tuple[Span, float]]:
    """The sentences with the least linked words, at most so many, with the mean of their links."""
    found: list[tuple[Span, float]] = []
    at = 0
    for sentence in sentences:
        own = [sure for span, sure in words if at <= span[0] < at + len(sentence)]
        if len(own) >= _LEAST_WORDS and (mean := sum(own) / len(own)) < _DOUBT:
            found.append(((at, at + len(sentence)), mean))
        at += len(sentence) + len(joint)
    return sorted(sorted(found, key=lambda item: item[1])[:most])


def is_chinese(en: str) -> bool:
    """Whether a text that should be English has more Chinese characters than Latin letters.

    >>> is_chinese("两只水獭在游泳 swim"), is_chinese("two otters (水獭) swim")
    (True, False)
    """
    return len(HAN.findall(en)) > sum(c.isascii() and c.isalpha() for c in en)


def check_chinese_left(en: str, zh: str) -> Iterator[Draft]:
    """Findings C003, C004: sentences and words of the Chinese that stand untranslated in the English.

    What is quoted, stands in brackets or is spoken of as a word is an example or a gloss; so is what the Chinese has
    not, here a note.

    >>> [draft.found for draft in check_chinese_left("The 水獭 swims (水獭).", "水獭游泳。")]
    ['水獭']
    """
    if not HAN.search(en):
        return
    if is_chinese(en):
        begin, end = len(en) - len(en.lstrip()), len(en.rstrip())
        message = say("C003.chinese")
        yield Draft("C003", "error", 0.9, (begin, end), None, "", _short(en[begin:end]), message)
        return
    text = blanked(en, URL, CODE, _QUOTED, _BRACKETED)
    for match in _HAN_RUN.finditer(text):
        found = match[0].rstrip("0123456789，、；：“（《")
        span, size = (match.start(), match.start() + len(found)), len(HAN.findall(found))
        if _MENTION.search(text[max(0, match.start() - 20) : match.start()]):
            continue
        if size >= _SENTENCE:
            message = say("C003.chinese")
            yield Draft("C003", "error", 0.9, span, None, "", _short(found), message)
        else:
            found = found.rstrip("。！？")
            span, known = (match.start(), match.start() + len(found)), found in zh
            message = say("C004.chinese", found=found)
            yield Draft("C004", "warning" if known else "note", 0.85, span, None, "", found, message)


def check_pinyin_left(en: str, zh: str) -> Iterator[Draft]:
    """Findings C004: words of the Chinese that stand in the English as their pinyin, in lower case.

    Words that English has taken over (the glosses of CC-CEDICT write them: hukou, yuan) and what is quoted or in
    brackets are none; one syllable alone tells nothing.

    >>> [draft.found for draft in check_pinyin_left("the shuita swims", "水獭游泳")]
    ['shuita']
    """
    text = blanked(en, URL, CODE, _QUOTED, re.compile(r"[(（][^()（）\n]*[)）]"))
    for match in _PINYIN.finditer(text):
        words = [(m.start() + match.start(), m[0]) for m in re.finditer(r"\S+", match[0])]
        k = 0
        while k < len(words):
            reached = k
            for stop in range(len(words), k, -1):
                run = words[k:stop]
                if not all(count_en(word) == 0 and is_pinyin(word, _LONGEST_PINYIN) for _, word in run):
                    continue
                source = _spelt(" ".join(word for _, word in run), zh)
                if source:
                    span = run[0][0], run[-1][0] + len(run[-1][1])
                    found = en[slice(*span)]
                    message = say("C004.pinyin", found=found, source=source)
                    yield Draft("C004", "warning", 0.85, span, None, "", found, message)
                    reached = stop
                    break
            k = max(reached, k + 1)


def _spelt(latin: str, zh: str) -> str:
    """The Chinese of two characters or more that these words spell, "" if there is none."""
    first, _, rest = latin.partition(" ")
    for size in range(_LONGEST_PINYIN, 1, -1):
        for at in range(len(zh) - size + 1):
            run = zh[at : at + size]
            if len(HAN.findall(run)) == size and first.replace("ü", "v") in spellings(run):
                if not rest:
                    return run
                if more := _spelt_at(rest, zh, at + size):
                    return run + more
    return ""


def _spelt_at(latin: str, zh: str, at: int) -> str:
    first, _, rest = latin.partition(" ")
    for size in range(_LONGEST_PINYIN, 0, -1):
        run = zh[at : at + size]
        if len(run) == size and first.replace("ü", "v") in spellings(run):
            more = _spelt_at(rest, zh, at + size) if rest else ""
            if more or not rest:
                return run + more
    return ""


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
