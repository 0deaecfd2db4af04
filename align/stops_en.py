"""A line of English in, the places where its sentences end out: abbreviations, initials, list markers, glued words."""

import re

from .stop_context import LOOK, OPENERS, TORN, around, closed, skip_blanks, token_before


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_RUN_EN = re.compile(r"[.!?…]+")
_CLOSE_EN = re.compile(r"[\"'”’)\]}»]*(?:\[\d[\d,–-]{0,16}\])?")

# Never the end of a sentence: what they introduce has to follow.
NEVER = _words("e.g i.e eg ie cf vs viz approx resp w.r.t s.t a.k.a ca incl figs eqs eqn eqns refs eds esp aka")
_TITLES = _words("Mr Mrs Ms Dr Prof Mt St")
# Abbreviations when a number follows, words otherwise ("No. 5", but "Was it? No. It ended.").
NUMBERED = _words(
    "no nos p pp vol vols ch chap sec secs sect tab tabs def thm prop lem lemma cor alg algo app art ex fig figs eq "
    "eqs eqn eqns ref refs ver v ed par line min max jan feb mar apr jun jul aug sep sept oct nov dec"
)
# May stand inside a sentence or end it: then the next word decides.
MAYBE = _words("al etc inc ltd corp co i.i.d a.m p.m ph.d m.sc b.sc jr sr bros dept univ u.s u.k e.u u.n u.s.a d.c")
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
BANG_NAMES = frozenset({"Yahoo", "Jeopardy"})

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?(?![\w.]*\.\w|\.)")
_NAME_LOWER = re.compile(r"[a-z]+[A-Z]\w*|[a-z]+\d\w*|[a-z]+-[A-Z]\w*")  # pFedMe, wav2vec, m-BERT
_INITIALS = re.compile(r"(?:[A-Z]\.[ -]?)*[A-Z]|[A-Z][a-z]{2,}[A-Z]")  # "J.X", and "JasonD" glued to its initial
_MARKER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2})*|[A-Za-z]|[ivxIVX]{1,4})")
_NUMBER_NEXT = re.compile(r"[(\[]?(?:[A-Z]?\d|[IVX]+\b|\\?ref)")
_GLUED = re.compile(r"[A-Z][a-z]*(?![A-Za-z0-9_.])")


def ends_en(line: str) -> list[int]:
    """Cuts of one line of English."""
    brackets = closed(line)
    torn = [m.span() for m in TORN.finditer(line)]
    cuts: list[int] = []
    begin = skip_blanks(line, 0)
    for run in _RUN_EN.finditer(line):
        close = _CLOSE_EN.match(line, run.end())
        after = close.end() if close else run.end()
        bracket = around(brackets, run.start())
        if (bracket and bracket[1] > after) or around(torn, run.start()):
            continue
        if stops_en(line, begin, run.start(), run.end(), after):
            cuts.append(after)
            begin = skip_blanks(line, after)
    return cuts


def stops_en(line: str, begin: int, start: int, end: int, after: int) -> bool:
    """Whether the stop line[start:end] ends the sentence that began at `begin`; its closing quotes end at `after`."""
    token, before = token_before(line, begin, start)
    ahead = skip_blanks(line, after)
    if ahead == len(line):
        return True
    if ahead == after:  # no blank: "…models.We propose"; "Node.Js" and "v1.Two" are names
        word = _GLUED.match(line, after)
        glued = word is not None and word[0].lower() in _STARTERS
        return glued and len(token) > 2 and token.isalpha() and token[-3:].islower() and token.lower() not in MAYBE
    head = ahead
    while head < len(line) and head < ahead + 4 and line[head] in OPENERS:
        head += 1
    first = line[head] if head < len(line) else ""
    if line[ahead] in ",;:)]}…" or not first:
        return False
    word = _WORD.match(line, head, head + LOOK)
    next_word = word[0].lower() if word else ""
    if first.islower() and not _NAME_LOWER.match(line, head):
        return next_word in _STARTERS_LOWER and len(token) > 3 and token.isalpha() and token.lower() not in NUMBERED
    mark = line[start:end]
    if "?" in mark or "!" in mark:
        lost_sign = not token and before.isdigit() and first.isdigit()  # "18 ? 50": the dash was not encodable
        return not (lost_sign or (mark == "!" and token in BANG_NAMES and after == end))
    if len(mark) > 1 or mark == "…":
        return before not in ",，" and not first.isdigit()
    return _full_stop(line, token, token_starts=start - len(token) <= begin, before=before, head=ahead, word=next_word)


def _full_stop(line: str, token: str, *, token_starts: bool, before: str, head: int, word: str) -> bool:
    """Whether one full stop after `token`, with a capital, a digit or a bracket ahead at `head`, ends a sentence."""
    low = token.lower()
    if low in NEVER or token in _TITLES:
        return False
    if low in NUMBERED and _NUMBER_NEXT.match(line, head):
        return False
    if (token_starts or before in ":：;；") and _MARKER.fullmatch(token):
        return False  # "1. We …": the marker belongs to its item
    if low == "etc":
        return line[head] not in "(["
    if low in MAYBE or _INITIALS.fullmatch(token):
        return word in _STARTERS
    return not (len(token) == 1 and token.islower() and line[head].isdigit())
