"""Text in, sentence spans out: where the sentences of English and Chinese prose begin and end.

Rules, no model: every stop is judged by what stands a few characters to its left and right, so the time is linear
and a wrong split can be explained. A line break always ends a sentence. Text inside balanced brackets is never cut:
an aligner loses less by a long sentence than by half a bracket.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable

from ..corpora import Span


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BRACKET_MAX = 400  # code points; a bracket that closes later than this is taken for a slip of the pen
_QUOTE_MAX = 80  # code points; a quotation longer than this is a passage, not a part of a sentence
_LOOK = 48  # code points looked at on either side of a stop

_OPEN = frozenset("(（[【{《〈")
# Half-width and full-width forms close one another: mixed pairs are common in Chinese typing.
_KIND = {sign: kind for kind, signs in enumerate(("()（）", "[]【】", "{}", "《》", "〈〉")) for sign in signs}

_RUN_EN = re.compile(r"[.!?…]+")
_CLOSE_EN = re.compile(r"[\"'”’)\]}»]*(?:\[\d[\d,–-]{0,16}\])?")
_OPENERS = "\"'“‘([{«¿¡`$*_"
# An address torn apart by blanks: "https://a . example . Org". Its dots end nothing.
_TORN = re.compile(r"https?://\S{1,200}(?:[ \t]\.[ \t](?:[a-z0-9/~_-]+|Org|Com|Net|Io|Edu|Github)(?![^\s/.]))+")

# Never the end of a sentence: what they introduce has to follow.
_NEVER = _words("e.g i.e eg ie cf vs viz approx resp w.r.t s.t a.k.a ca incl figs eqs eqn eqns refs eds esp aka")
_TITLES = _words("Mr Mrs Ms Dr Prof Mt St")
# Abbreviations when a number follows, words otherwise ("No. 5", but "Was it? No. It ended.").
_NUMBERED = _words(
    "no nos p pp vol vols ch chap sec secs sect tab tabs def thm prop lem lemma cor alg algo app art ex fig figs eq "
    "eqs eqn eqns ref refs ver v ed par line min max jan feb mar apr jun jul aug sep sept oct nov dec"
)
# May stand inside a sentence or end it: then the next word decides.
_MAYBE = _words("al etc inc ltd corp co i.i.d a.m p.m ph.d m.sc b.sc jr sr bros dept univ u.s u.k e.u u.n u.s.a d.c")
_STARTERS = _words(
    "the this that these those we our it its they their there here in on at by for from with to as if when while where "
    "what why how however moreover furthermore additionally also thus therefore hence finally first second third "
    "then next recently specifically notably instead although though because since despite given using based such "
    "some many most several all both each experiments extensive experimental results code overall compared unlike one "
    "another an a not he she his her you i after before during among under through importantly meanwhile "
    "consequently currently motivated inspired existing previous prior recent let consider note more further"
)
# Sentences that a careless source begins in lower case. Short on purpose: each also follows odd abbreviations.
_STARTERS_LOWER = _words("we our this these however moreover furthermore")
_BANG_NAMES = frozenset({"Yahoo", "Jeopardy"})

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?![\w.]*\.\w|\.)")
_NAME_LOWER = re.compile(r"[a-z]+[A-Z]\w*|[a-z]+\d\w*|[a-z]+-[A-Z]\w*")  # pFedMe, wav2vec, m-BERT
_INITIALS = re.compile(r"(?:[A-Z]\.[ -]?)*[A-Z]|[A-Z][a-z]{2,}[A-Z]")  # "J.X", and "JasonD" glued to its initial
_MARKER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[A-Za-z]|[ivxIVX]{1,4})")
_NUMBER_NEXT = re.compile(r"[(\[]?(?:[A-Z]?\d|[IVX]+\b|\\?ref)")
_CJK = re.compile("[\u2e80-\uffef]")  # "模型BERT" touches a stop as BERT
_GLUED = re.compile(r"[A-Z][a-z]*(?![A-Za-z0-9_.])")


def sentences_en(text: str) -> list[Span]:
    """Spans of the English sentences, in order, without the blanks around them.

    Every character that is no blank lies in exactly one span; no span crosses a line break.

    >>> sentences_en("It scores 75.4% (cf. Fig. 3). We agree.")
    [(0, 29), (30, 39)]
    """
    return _sentences(text, _ends_en)


def sentences_zh(text: str) -> list[Span]:
    """Spans of the Chinese sentences, in order, without the blanks around them; a semicolon ends nothing.

    Every character that is no blank lies in exactly one span; no span crosses a line break.

    >>> sentences_zh("他问：“可以吗？”精度为75.4%。")
    [(0, 9), (9, 18)]
    """
    return _sentences(text, _ends_zh)


def _sentences(text: str, ends: Callable[[str], list[int]]) -> list[Span]:
    """Sentence spans of all lines; `ends` gives the cuts of one line."""
    spans: list[Span] = []
    start = 0
    while start <= len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        spans += [(start + a, start + b) for a, b in _trimmed(text[start:stop], ends)]
        start = stop + 1
    return spans


def _trimmed(line: str, ends: Callable[[str], list[int]]) -> list[Span]:
    """Spans of one line. A piece with neither letter nor digit is no sentence and joins its neighbour."""
    spans: list[Span] = []
    bare = False  # the last span holds signs only, and waits for words
    at = 0
    for cut in [*ends(line), len(line)]:
        piece = line[at:cut]
        left = at + len(piece) - len(piece.lstrip())
        right = at + len(piece.rstrip())
        at = cut
        if left >= right:
            continue
        signs = not any(c.isalnum() for c in piece)
        if spans and (signs or bare):
            spans[-1] = (spans[-1][0], right)
            bare = bare and signs
        else:
            spans.append((left, right))
            bare = signs
    return spans


def _closed(line: str) -> list[Span]:
    """Outermost balanced brackets of a line, those of at most `_BRACKET_MAX` code points."""
    stack: list[int] = []
    found: list[Span] = []
    for i, c in enumerate(line):
        if c not in _KIND:
            continue
        if c in _OPEN:
            stack.append(i)
        elif stack and _KIND[line[stack[-1]]] == _KIND[c]:  # else it closes nothing: "1)", ":)"
            begin = stack.pop()
            if i - begin <= _BRACKET_MAX:
                while found and found[-1][0] > begin:
                    found.pop()
                found.append((begin, i + 1))
    return found


def _around(spans: list[Span], position: int) -> Span | None:
    """The span that holds a position; the spans are in order and do not overlap."""
    k = bisect_right(spans, (position, len(spans) and spans[-1][1] + 1)) - 1
    return spans[k] if k >= 0 and position < spans[k][1] else None


def _skip_blanks(line: str, at: int) -> int:
    while at < len(line) and line[at].isspace():
        at += 1
    return at


def _ends_en(line: str) -> list[int]:
    """Cuts of one line of English."""
    brackets = _closed(line)
    torn = [m.span() for m in _TORN.finditer(line)]
    cuts: list[int] = []
    begin = _skip_blanks(line, 0)
    for run in _RUN_EN.finditer(line):
        close = _CLOSE_EN.match(line, run.end())
        after = close.end() if close else run.end()
        bracket = _around(brackets, run.start())
        if (bracket and bracket[1] > after) or _around(torn, run.start()):
            continue
        if _stops_en(line, begin, run.start(), run.end(), after):
            cuts.append(after)
            begin = _skip_blanks(line, after)
    return cuts


def _stops_en(line: str, begin: int, start: int, end: int, after: int) -> bool:
    """Whether the stop line[start:end] ends the sentence that began at `begin`; its closing quotes end at `after`."""
    token, before = _token(line, begin, start)
    ahead = _skip_blanks(line, after)
    if ahead == len(line):
        return True
    if ahead == after:  # no blank: "…models.We propose"; "Node.Js" and "v1.Two" are names
        word = _GLUED.match(line, after)
        glued = word is not None and word[0].lower() in _STARTERS
        return glued and len(token) > 2 and token.isalpha() and token[-3:].islower() and token.lower() not in _MAYBE
    head = ahead
    while head < len(line) and head < ahead + 4 and line[head] in _OPENERS:
        head += 1
    first = line[head] if head < len(line) else ""
    if line[ahead] in ",;:)]}…" or not first:
        return False
    word = _WORD.match(line, head, head + _LOOK)
    next_word = word[0].lower() if word else ""
    if first.islower() and not _NAME_LOWER.match(line, head):
        return next_word in _STARTERS_LOWER and len(token) > 3 and token.isalpha() and token.lower() not in _NUMBERED
    mark = line[start:end]
    if "?" in mark or "!" in mark:
        lost_sign = not token and before.isdigit() and first.isdigit()  # "18 ? 50": the dash was not encodable
        return not (lost_sign or (mark == "!" and token in _BANG_NAMES and after == end))
    if len(mark) > 1 or mark == "…":
        return before not in ",，" and not first.isdigit()
    return _full_stop(line, token, token_starts=start - len(token) <= begin, before=before, head=ahead, word=next_word)


def _token(line: str, begin: int, start: int) -> tuple[str, str]:
    """The word that touches a stop on its left without opening brackets, and the last sign before that word."""
    left = line[max(begin, start - _LOOK) : start]
    pieces = left.rsplit(None, 1)
    touching = bool(left) and not left[-1].isspace()
    token = _CJK.split(pieces[-1])[-1].lstrip(_OPENERS) if pieces and touching else ""
    rest = left[: len(left) - len(token)].rstrip()
    return token, rest[-1] if rest else " "


def _full_stop(line: str, token: str, *, token_starts: bool, before: str, head: int, word: str) -> bool:
    """Whether one full stop after `token`, with a capital, a digit or a bracket ahead at `head`, ends a sentence."""
    low = token.lower()
    if low in _NEVER or token in _TITLES:
        return False
    if low in _NUMBERED and _NUMBER_NEXT.match(line, head):
        return False
    if (token_starts or before in ":：;；") and _MARKER.fullmatch(token):
        return False  # "1. We …": the marker belongs to its item
    if low == "etc":
        return line[head] not in "(["
    if low in _MAYBE or _INITIALS.fullmatch(token):
        return word in _STARTERS
    return not (len(token) == 1 and token.islower() and line[head].isdigit())


# --- Chinese ---------------------------------------------------------------------------------------------------------

_RUN_ZH = re.compile(r"[。．｡！？!?.…⋯]+")
_CLOSE_ZH = "」』”’）)]】》〉＂"
_HARD = frozenset("。｡！？")
_SOFT_NEXT = frozenset("，、；：。,;:！？!?…")  # the sentence goes on: “好吗？”，
_SPEECH = frozenset("说道问答喊叫曰云称写:：，,")
_SAID = re.compile(
    r"(?:[他她它我你][们]?|[\u4e00-\u9fff]{2,3}(?=[说问笑喊答]道))[又就便还也]?(?:笑着|大声|低声|轻声|连忙)?"
    r"(?:[说问喊叫答][道着]?|笑道|道)[，。：！,.:]"
)
_STARTERS_ZH = re.compile(r"本文|我们|然而|但是?|因此|此外|结果|实验|[这那该他她它]")
_DIALOGUE = {"“": "”", "「": "」", "『": "』"}


def _ends_zh(line: str) -> list[int]:
    """Cuts of one line of Chinese."""
    brackets = _closed(line)
    straight = [i for i, c in enumerate(line) if c == '"']
    embedded = _embedded(line, straight)
    torn = [m.span() for m in _TORN.finditer(line)]
    cuts: list[int] = []
    begin = _skip_blanks(line, 0)
    for run in _RUN_ZH.finditer(line):
        start, after = run.start(), run.end()
        while after < len(line) and (
            line[after] in _CLOSE_ZH or (line[after] == '"' and bisect_left(straight, after) % 2 == 1)
        ):
            after += 1
        bracket = _around(brackets, start)
        if bracket and (bracket[1] > after or (bracket[0] > begin and not set(run[0]) & set("。｡."))):
            continue
        if _around(embedded, start) or _around(torn, start):
            continue
        if _stops_zh(line, begin, start, run.end(), after):
            cuts.append(after)
            begin = _skip_blanks(line, after)
    return cuts


def _embedded(line: str, straight: list[int]) -> list[Span]:
    """Short quotations that are a part of their sentence: 提出“是什么？为什么？”两个问题."""
    pairs: list[Span] = []
    opened = -1
    for i, c in enumerate(line):
        if c in _DIALOGUE:
            opened = i
        elif opened >= 0 and c == _DIALOGUE[line[opened]]:
            pairs.append((opened, i + 1))
            opened = -1
    pairs += [(a, b + 1) for a, b in zip(straight[::2], straight[1::2], strict=False)]
    return [
        (a, b)
        for a, b in sorted(pairs)
        if a > 0
        and b < len(line)
        and b - a <= _QUOTE_MAX
        and line[a - 1].isalnum()
        and line[a - 1] not in _SPEECH
        and (line[b].isalnum() or line[b] in _SOFT_NEXT)
        and "。" not in line[a:b]
    ]


def _stops_zh(line: str, begin: int, start: int, end: int, after: int) -> bool:
    """Whether the stop line[start:end] ends the sentence that began at `begin`; its closing quotes end at `after`."""
    if after == len(line):
        return True
    mark = line[start:end]
    left = line[start - 1] if start else " "
    right = line[after]
    if right in _SOFT_NEXT:
        return False
    if after > end and _SAID.match(line, after):
        return False
    if mark == "。" and left.isdigit() and right.isdigit() and after == end:
        return False
    if mark == "！" and after == end and _token(line, begin, start)[0].isalnum() and not right.isspace():
        return len(_token(line, begin, start)[0]) > 1  # N！种
    if set(mark) & _HARD:
        return True
    if "?" in mark or "!" in mark:
        return _ascii_mark(line, begin, start, mark, right if after == end else " ")
    if mark in (".", "．"):
        return _dot_zh(line, begin, start, end, after)
    return _dots_zh(line, start, after, closed=after > end)


def _ascii_mark(line: str, begin: int, start: int, mark: str, right: str) -> bool:
    """Whether an ASCII ? or ! before `right` ends a sentence: 学习? does; a=b?c, 5!种 and Yahoo!搜索 do not."""
    token, _ = _token(line, begin, start)
    if right.isascii() and not right.isspace() and right not in "\"'([":
        return False
    if mark == "!" and not right.isspace():
        return not (token in _BANG_NAMES or token.isdigit() or len(token) == 1)
    return not (mark == "!" and token in _BANG_NAMES)


def _dot_zh(line: str, begin: int, start: int, end: int, after: int) -> bool:
    """Whether one "." in Chinese text ends a sentence: after Han it does, in 75.4%, i.i.d. or "Fig. 3" it does not."""
    left = line[start - 1] if start > begin else " "
    right = line[after]
    if not left.isascii():
        return not left.isspace() and (not right.isascii() or right.isspace() or after > end)
    token, before = _token(line, begin, start)
    ahead = _skip_blanks(line, after)
    if ahead < len(line) and right.isspace() and line[ahead].isascii():
        return _stops_en(line, begin, start, end, after)
    if right.isascii() and not right.isspace():
        return _stops_en(line, begin, start, end, after)  # "…的model.We介绍"
    if token.replace(".", "").isdigit():
        marker = start - len(token) <= begin or before in ":：;；" or (len(token) < 3 and _blank(line, start, token))
        return right.isspace() and not marker
    low = token.lower()
    if low in _NEVER or low in _NUMBERED or low in _MAYBE or "." in token or (len(token) == 1 and token.isalpha()):
        return False
    return bool(token) or right.isspace()


def _blank(line: str, start: int, token: str) -> bool:
    """Whether a blank stands before the token that touches a stop: "文本 2. 切分" is a list."""
    return line[start - len(token) - 1].isspace()


def _dots_zh(line: str, start: int, after: int, *, closed: bool) -> bool:
    """Whether dots of omission end a sentence. In 我……我 they do not; before 本文 or a quote's end they do."""
    if closed or start == 0 or not line[start - 1].isalnum():
        return closed
    ahead = _skip_blanks(line, after)
    if ahead == len(line):
        return True
    stammer = any(line[ahead : ahead + n] == line[max(0, start - n) : start] for n in (1, 2))
    return not stammer and bool(_STARTERS_ZH.match(line, ahead))
