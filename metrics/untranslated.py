"""C003, C004: sentences, clauses and words of the English left standing in the Chinese."""

import re
from collections.abc import Callable, Iterator

from ..corpora import Span
from ..corpora.script import HAN
from .findings import Draft, Severity
from .masking import CODE, URL, blanked
from .messages import say
from .words_en import count_en, stems_en


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_QUOTED = re.compile(r"《[^》\n]*》|“[^”\n]*”|「[^」\n]*」|\"[^\"\n]*\"")
_LATIN_BRACKET = re.compile(r"[(（\[［【][^()（）\[\]\u3400-\u9fff]*[)）\]］】]")  # a gloss: 注意力（attention）
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_RUN = re.compile(r"(?<![A-Za-z0-9'’.-])[A-Za-z][A-Za-z0-9'’.-]*(?:(?:, ?| )[A-Za-z0-9(][A-Za-z0-9'’().-]*){5,}")
# The same from four words: a clause only where the English has it word for word.
_CLAUSE = re.compile(r"(?<![A-Za-z0-9'’.-])[A-Za-z][A-Za-z0-9'’.-]*(?:(?:, ?| )[A-Za-z0-9(][A-Za-z0-9'’().-]*){3,}")
_OPENING = _words("We The Our This These However Moreover Furthermore")
_GRAMMAR = _words(
    "the a an of to in on for with from by at as is are was were be been we our that this it its and or which can not "
    "their these those they has have when where while into than through between using such"
)


def check_untranslated(en: str, zh: str) -> Iterator[Draft]:
    """Findings C003: a Chinese side that is English, or a whole English clause within Chinese text.

    Titles in quotes or brackets, lists of names, code, formulas and addresses are no clauses.

    >>> [draft.confidence for draft in check_untranslated("We align texts.", "We align the texts of this corpus.")]
    [0.9]
    """
    text = blanked(zh, URL, CODE)
    if HAN.search(text):
        text = blanked(text, _QUOTED, _LATIN_BRACKET)  # what is quoted in Chinese text may stay English
    words = _LATIN.findall(text)
    han = len(HAN.findall(text))
    letters = han + sum(map(len, words))
    if len(words) >= 5 and han < 0.1 * letters and _is_prose(words):
        start = len(zh) - len(zh.lstrip())
        message = say("C003.english")
        yield Draft("C003", "error", 0.9, None, (start, len(zh.rstrip())), "", _short(zh.strip()), message)
        return
    source = " ".join(_LATIN.findall(en))
    for match in _CLAUSE.finditer(text):
        if _is_prose(_LATIN.findall(match[0])) or _stands_in(_LATIN.findall(match[0]), source):
            found = _short(zh[match.start() : match.end()])
            message = say("C003.clause", found=found)
            yield Draft("C003", "error", 0.8, None, match.span(), "", found, message)


def _stands_in(words: list[str], source: str) -> bool:
    """Whether Latin words stand so in the English, most of them in lower case: a piece of it left as it was.

    Names of several words and terms of three stay; a list of names is not in lower case."""
    if len(words) < 4 or 3 * sum(word.islower() for word in words) < 2 * len(words):
        return False
    return f" {' '.join(words)} " in f" {source} "


def _is_prose(words: list[str]) -> bool:
    """Whether Latin words are running English: words of grammar among them, and most of them in lower case."""
    grammar = sum(word in _GRAMMAR or word in _OPENING for word in words)
    return len(words) >= 5 and grammar >= 2 and 2 * sum(word.islower() for word in words) >= len(words)


# Words that Chinese papers of the field leave in Latin letters, or that are signs and units rather than words.
_KEPT = _words(
    "transformer transformers token tokens prompt prompts prompting benchmark benchmarks baseline baselines dropout "
    "softmax embedding embeddings batch epoch epochs shot loss mask masks attention logit logits agent agents query "
    "key value encoder decoder backbone head heads patch patches pipeline checkpoint checkpoints rollout rollouts "
    "framework demo bug hash leaderboard scaling pooling padding warmup fine finetune finetuning tuning bert gpt "
    "arxiv github python java pytorch tensorflow numpy linux wiki blog app apps web online cookie cookies email emoji "
    "emojis tweet tweets meme memes hashtag log logs exp max min sin cos tan arg argmax argmin sup inf lim std var "
    "cov iff via bit bits byte bytes pixel fps bps mel ngram gram grams kernel kernels dice top post ratio acc avg "
    "sgd adam relu sigmoid tanh mini nano pro plus lite"
)
_SIZES = _words("small large base tiny mini medium nano turbo chat instruct vision coder lite pro max net huge giant v")
_SOURCE = re.compile(
    r"(?<![A-Za-z0-9_\-./@\\$'’*=<>{|^+#])(?<!\\ )[a-z]{3,}(?![A-Za-z0-9_\-/@(=:'’*<>}|^+]|\.[A-Za-z0-9])"
)


_ORDINARY = 4  # occurrences in the glosses from which a word is ordinary English
# Words the glosses lack, but no names either, by their endings: explainability, regularizers.
_WORDLY = (
    "ation", "ations", "ity", "ness", "ly", "izer", "izers", "ized", "ised", "ing", "ings", "isms", "ence", "ance",
    "ical", "ic", "ous", "ive", "able", "ment", "ments", "osis", "itis",
)  # fmt: skip


def _kept_never(word: str) -> float:
    return 0.0


def check_source_words(en: str, zh: str, kept: Callable[[str], float] = _kept_never) -> Iterator[Draft]:
    """Findings C004: ordinary English words of the source that stand untranslated in the Chinese.

    `kept` gives the share of the field's Chinese documents that keep a word in Latin letters, 0..1: from 0.3 on it is
    the field's custom. A word the glosses do not know is a note. A gloss in brackets, names, units, code and
    addresses are no leftovers.

    >>> [draft.found for draft in check_source_words("a frozen victim model", "冻结的victim模型")]
    ['victim']
    """
    if len(HAN.findall(zh)) < 0.2 * len(zh.replace(" ", "")):
        return  # English throughout: that is C003
    text = blanked(zh, URL, CODE, _QUOTED, _LATIN_BRACKET)
    runs = [match.span() for match in _RUN.finditer(text)]
    source = {
        form for word in _LATIN.findall(en) if word[1:].islower() or word.islower() for form in stems_en(word.lower())
    }
    for match in _SOURCE.finditer(text):
        word = match[0]
        if any(a <= match.start() < b for a, b in runs):
            continue  # a clause, or a list of names
        if word not in _GRAMMAR and _is_leftover(word, text, match.span(), source):
            share = max(kept(form) for form in stems_en(word))
            if share < 0.3:
                sure = share < 0.1 and count_en(word) >= _ORDINARY
                severity: Severity = "warning" if sure else "note"
                message = say("C004.english", found=word)
                yield Draft("C004", severity, 0.7 if sure else 0.5, None, match.span(), "", word, message)


def _is_leftover(word: str, text: str, span: Span, source: set[str]) -> bool:
    """Whether a Latin word in Chinese text is an ordinary word of the source and no part of a name."""
    stems = set(stems_en(word))
    if stems & _KEPT or not stems & source:
        return False
    if count_en(word) < _ORDINARY and not (len(word) > 7 and word.endswith(_WORDLY)):
        return False
    before, after = text[: span[0]].rstrip(" "), text[span[1] :].lstrip(" ")
    named = bool(before) and before[-1].isascii() and before[-1].isalnum()
    if named and (word in _SIZES or before[-1].isdigit()):
        return False  # "GPT-2 small", "30 frames"
    # Between two Latin words it may be the inside of a name: "Bell and howling Sons".
    return not (named and after[:1].isascii() and after[:1].isupper())


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
