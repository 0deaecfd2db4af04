"""BibTeX: the entries of a file, and the readable text and the names that its fields spell."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from .bibtex_entries import Entry, EntryReader
from .bibtex_spelling import spelled
from .normal import to_nfc

_AND, _COMMA = re.compile(r"[{}]|(?i:\band\b)"), re.compile(r"[{},]")

_MATH = re.compile(r"((?<!\\)\$(?:[^$\\]|\\.)*+\$)", re.DOTALL)
_SUFFIX = re.compile(r"(?i:Jr|Sr)\.?|I{2,3}|IV")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?){1,4}|[A-Z]{1,2}")
_MORE = ("et al.", "et al", "et. al.", "et.al.", "and others", "等人", "等")
_MORE_ENDS = (*_MORE, "others", "…", "...")


class Names(NamedTuple):
    """People in reading order ("Ada Lin"); whether the list says that there are more; whether commas were guessed."""

    names: tuple[str, ...]
    truncated: bool
    guessed: bool = False  # no "and" stood between the names: they were cut at commas that may mean something else


def read_bibtex(text: str, source: str) -> list[Entry]:
    """The entries of a BibTeX file, in order; text between them is comment, as BibTeX has it, and so is "% …".

    Raises InputError with line and column for an entry that is not closed or not formed as BibTeX wants it, and
    LimitError where @string names would grow beyond `LIMIT_EXPANSION`.

    >>> [entry.fields["title"] for entry in read_bibtex("@misc{otter, title = {On {O}tters}}", "a.bib")]
    ['On {O}tters']
    """
    return EntryReader(text, source).entries()


def plain(value: str, source: str = "") -> str:
    """The text that LaTeX in a field spells, NFC, on one line: accents composed, braces and fonts gone, math kept.

    Commands that are not known stay as written, with what they hold. Raises LimitError for more than 1,000 combining
    marks in a row; `source` is for its message.

    >>> plain(r"{G}{\\"o}del and the \\emph{Otter} --- $x^{2}$")
    'Gödel and the Otter — $x^{2}$'
    """
    if "\\" in value or "{" in value or "-" in value or "~" in value or "'" in value:
        pieces = _MATH.split(value)
        pieces[::2] = map(spelled, pieces[::2])  # the odd ones are formulas
        value = "".join(pieces)
    value = " ".join(value.split())
    return to_nfc(value, source)


def names_of(value: str, source: str = "") -> Names:
    """The people in an author field: "Last, First", "Last, Jr, First" or "First Last", separated by "and".

    Raises LimitError as `plain` does.

    >>> names_of("Lin, Ada and Bob Meyer and others")
    Names(names=('Ada Lin', 'Bob Meyer'), truncated=True, guessed=False)
    """
    names: list[str] = []
    truncated = guessed = False
    for person in _cut(" ".join(value.split()), _AND):
        cut = [without_more(part) for part in _cut(person, _COMMA)]
        truncated |= any(more for _, more in cut)
        parts = [part for part, _ in cut if part]
        if len(parts) == 3 and _SUFFIX.fullmatch(parts[1]):
            parts = [f"{parts[2]} {parts[0]} {parts[1]}"]
        elif len(parts) == 2:
            parts = [f"{parts[1]} {parts[0]}"]
        elif len(parts) > 2:
            guessed = True
            parts, _ = comma_names(parts)
        names += [plain(part, source) for part in parts]
    return Names(tuple(name for name in names if name), truncated, guessed)


def comma_names(parts: Sequence[str]) -> tuple[list[str], bool]:
    """The names in a list cut at its commas: "Jr." goes to the name before it, as do initials where all are like that.

    The second value says whether initials were taken to names.

    >>> comma_names(["Lin", "A.", "Meyer", "B."])
    (['A. Lin', 'B. Meyer'], True)
    """
    names: list[str] = []
    for part in parts:
        if names and _SUFFIX.fullmatch(part):
            names[-1] += f" {part}"
        else:
            names.append(part)
    last, first = names[::2], names[1::2]
    if first and len(last) == len(first) and all(map(_INITIALS.fullmatch, first)):
        return [f"{b} {a}" for a, b in zip(last, first, strict=True)], True
    return names, False


def without_more(name: str) -> tuple[str, bool]:
    """The name without "et al.", "others" or "…" at its end, and whether there was such a sign.

    >>> without_more("Ada Lin et al."), without_more("others"), without_more("B. Meyer")
    (('Ada Lin', True), ('', True), ('B. Meyer', False))
    """
    name = name.strip()
    if not name.lower().endswith(_MORE_ENDS):
        return name, False
    bare = name.rstrip("….") if name.endswith(("…", "...")) else name
    for sign in _MORE:
        if bare[-len(sign) :].lower() == sign and (
            sign[0] == "等" or bare[-len(sign) - 1 : -len(sign)] in ("", " ", ",")
        ):
            bare = bare[: -len(sign)]
            break
    if bare.lower() == "others":
        bare = ""
    return bare.rstrip(" ,") if bare != name else name, bare != name


def _cut(text: str, separator: re.Pattern[str]) -> list[str]:
    """The pieces between separators outside braces, trimmed; `separator` matches the braces too."""
    pieces: list[str] = []
    depth = begin = 0
    for match in separator.finditer(text):
        sign = match[0]
        if sign == "{":
            depth += 1
        elif sign == "}":
            depth = max(depth - 1, 0)
        elif not depth and (sign == "," or _stands_alone(text, *match.span())):
            pieces.append(text[begin : match.start()].strip())
            begin = match.end()
    return [*pieces, text[begin:].strip()]


def _stands_alone(text: str, begin: int, end: int) -> bool:
    return text[begin - 1 : begin] in ("", " ") and text[end : end + 1] in ("", " ")
