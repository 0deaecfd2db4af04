"""Author lists: is this line one, and whom does it name?"""

import re
from dataclasses import dataclass

from .lines import Line
from .model import Span

_PARTICLE = r"(?:v|van|von|de|der|den|del|della|di|da|dos|du|la|le|al|el|bin|ibn|ter|ten|y|af|av)"
_WORD = r"[A-Z\u00c0-\u00de\u0100-\u024f][A-Za-z\u00c0-\u024f.'’`\-‐‑]*"
_LATIN_NAME = re.compile(rf"(?:{_WORD}|{_PARTICLE})(?:[ \u00a0]+(?:{_WORD}|{_PARTICLE})){{0,5}}\.?$")
_ZH_NAME = re.compile(r"[\u4e00-\u9fff]{1,5}$")
_DOTTED_NAME = re.compile(r"(?=.*·)[\u4e00-\u9fffA-Za-z\u00c0-\u024f.·\-–\s]{3,30}$")
_PREFIX = re.compile(r"(?:(?:论文)?作者(?:\s*[:：])?|[Aa]uthors?\s*[:：]|由(?=[、,，\u4e00-\u9fff]))\s*")
# subtle: possessive, for a table of contents has lines of a hundred dots, and those can be cut in 2^50 ways.
_CUT = re.compile(r"(?:\s*+(?:…++|\.{2,}+|。{2,}+|,?\s*+et\s++al\.?|等(?:人|等)?))++\s*[。.]?$")
_CUT_LIMIT = 80  # characters of a line's end that are searched for it
_SEPARATOR = re.compile(r"(?:[,，、;；&]|\band\b|(?<=\s)[·•](?=\s))\s*")
_AND = re.compile(r"[和与]\s*")
_WORDS_OF_TITLES = frozenset(
    """
    the for with from towards toward via using learning networks models of in on to by at
    """.split()
)


@dataclass(frozen=True, slots=True)
class Authors:
    """The names of one line with their spans in the document, and what stood around them."""

    names: tuple[str, ...]
    spans: tuple[Span, ...]
    truncated: bool  # the list ends in "…", "et al." or 等
    empty: int  # items with nothing in them, as in 由、、郭


def authors_of(line: Line, *, alone: bool, labelled: bool = False) -> Authors | None:
    """The authors that a line names, or None where it is no list of names.

    `alone`: a single Latin name counts ("Yann LeCun"); set it only where authors are expected. `labelled`: the line
    followed a label that says so.

    >>> authors_of(Line(0, 21, "A Gleave, J Lee, B He…"), alone=False).names
    ('A Gleave', 'J Lee', 'B He')
    >>> authors_of(Line(0, 12, "We propose X"), alone=True) is None
    True
    """
    text = line.text
    match = _PREFIX.match(text)
    begin, prefix = (match.end() if match else 0), labelled or match is not None
    cut = _CUT.search(text, max(begin, len(text) - _CUT_LIMIT))
    end = cut.start() if cut else len(text)
    end = len(text[:end].rstrip("。 "))
    items = _items(text, begin, end)
    named = [(a, b) for a, b in items if b > a]
    if not named:
        return None
    names = [text[a:b] for a, b in named]
    if any(not _is_name(name) for name in names):
        return None
    latin = [name for name in names if name.isascii() or _LATIN_NAME.match(name)]
    if len(latin) == len(names):
        if not (alone or prefix or cut or len(names) > 1) or (len(names) == 1 and not _is_full_latin(names[0])):
            return None
        # Authors have a given and a family name; lists of single words are products, cities, fields.
        if not (prefix or cut) and 2 * sum(" " in name for name in names) < len(names):
            return None
    elif not prefix and not any("·" in name for name in names) and not latin:
        # A bare list of short Chinese words may be anything (多模态、提示); 等人 makes it a list of people.
        if not (cut and "等" in cut[0]) or len(names) < 2:
            return None
    elif len(names) == 1 and not (prefix or cut):
        return None
    return Authors(
        tuple(names),
        tuple((line.start + a, line.start + b) for a, b in named),
        cut is not None,
        len(items) - len(named),
    )


def is_person(name: str) -> bool:
    """Whether a text is one name: a given and a family name, or two to five Chinese characters.

    >>> is_person("Anna Berg"), is_person("王一"), is_person("Otters")
    (True, True, False)
    """
    if name[:1] >= "\u4e00":
        return (2 <= len(name) <= 5 and _ZH_NAME.match(name) is not None) or _DOTTED_NAME.match(name) is not None
    return len(name) <= 40 and _is_name(name) and _is_full_latin(name)


def _items(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """Begin and end of each list item, blanks trimmed; the word 和 parts only what are names on both sides."""
    items: list[tuple[int, int]] = []
    at = begin
    for separator in [*_SEPARATOR.finditer(text, begin, end), None]:
        stop = at + len(text[at : separator.start() if separator else end].rstrip())
        joint = _AND.search(text[at:stop])
        first = len(text[at : at + joint.start()].rstrip()) if joint else 0
        if joint and first >= 2 and stop - at - joint.end() >= 2:
            items += [(at, at + first), (at + joint.end(), stop)]
        else:
            items.append((at, stop))
        at = separator.end() if separator else end
    if len(items) > 1 and items[-1][0] >= items[-1][1]:
        items.pop()  # a trailing comma, "A, B, …"
    return items


def _is_name(text: str) -> bool:
    if _ZH_NAME.match(text) or _DOTTED_NAME.match(text):
        return True
    if not _LATIN_NAME.match(text):
        return False
    words = text.lower().split()
    return not any(word in _WORDS_OF_TITLES for word in words)


def _is_full_latin(name: str) -> bool:
    """A given name or initial, and a family name: "J Lehman", "Yann LeCun"."""
    return 2 <= len(name.split()) <= 5 and len(name) <= 40
