"""BibTeX: the entries of a file, and the readable text and the names that its fields spell."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .errors import InputError, LimitError

LIMIT_EXPANSION = 10_000_000  # code points that all uses of @string names may add up to in one file
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NEXT = re.compile(r"(?m)%[^\n]*+|(?P<start>^[ \t]*+)?@")
_OPEN = re.compile(r"@\s*+(?P<kind>[A-Za-z]++)\s*+(?P<open>[{(]?)")
_KEYS = {"}": re.compile(r"[^,{}=\n]*+"), ")": re.compile(r"[^,{}()=\n]*+")}
_NAME = re.compile(r"[^\s\"#%'(),={}]++")
_BLANKS = re.compile(r"\s*+")
_AND, _COMMA = re.compile(r"[{}]|(?i:\band\b)"), re.compile(r"[{},]")
_BRACE, _QUOTE = re.compile(r"[{}]"), re.compile(r"[{}\"]")

_LETTERS = dict(
    ss="ß", ae="æ", AE="Æ", oe="œ", OE="Œ", o="ø", O="Ø", aa="å", AA="Å", l="ł", L="Ł", i="ı", j="ȷ", dh="ð", DH="Ð",
    th="þ", TH="Þ", dj="đ", DJ="Đ", ng="ŋ", NG="Ŋ", ldots="…", dots="…", textendash="–", textemdash="—", LaTeX="LaTeX",
    TeX="TeX", textquoteleft="‘", textquoteright="’", textquotedblleft="“", textquotedblright="”", textasciitilde="~",
)  # fmt: skip
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "r": "\u030a", "H": "\u030b", "v": "\u030c", "c": "\u0327", "k": "\u0328", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
_MATH = re.compile(r"((?<!\\)\$(?:[^$\\]|\\.)*+\$)", re.DOTALL)
_LETTER = re.compile(r"\\\\|\\([A-Za-z]++)(?:[ \n]*+\{\}|[ \n]*+)")
_ACCENT = re.compile(
    r"\\\\|\\([`'^\"~=.]|[urHvckdb](?![A-Za-z]))[ \n]?(?:\{[ \n]?([^\W\d_])[ \n]?\}|\{\{([^\W\d_])\}\}|([^\W\d_]))"
)
_FONT = re.compile(
    r"\\(?:(?:emph|text(?:it|bf|tt|sc|rm|sf|sl|up|md|normal)?|mbox|url|uppercase|MakeUppercase)[ \n]?(?=\{)"
    r"|(?:it|bf|em|sl|sc|tt|rm|sf|itshape|bfseries|scshape)(?![A-Za-z])[ \n]*+)"
)
_SIGN = re.compile(r"\\[&%$#_{}]|\\[-/!@]|\\[ ,;:\\\n]|\\[A-Za-z]++(?:\{[^{}]*+\})*+|---?|``|''|[{}~]")
_SIGNS = {"--": "–", "---": "—", "``": "“", "''": "”", "~": " "}
_SUFFIX = re.compile(r"(?i:Jr|Sr)\.?|I{2,3}|IV")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?){1,4}|[A-Z]{1,2}")
_MORE = ("et al.", "et al", "et. al.", "et.al.", "and others", "等人", "等")
_MORE_ENDS = (*_MORE, "others", "…", "...")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its kind ("article") and field names in lower case, its values with @string names filled in.

    The values are LaTeX as written, see `plain` and `names_of`. `line` is where its "@" stands, from 1.
    """

    kind: str
    key: str
    fields: Mapping[str, str]
    line: int
    doubled: tuple[str, ...] = ()  # fields given again; the first value is kept, as in BibTeX
    undefined: tuple[str, ...] = ()  # names without @string, which stand for themselves


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
    return _Reader(text, source).entries()


def plain(value: str) -> str:
    """The text that LaTeX in a field spells, NFC, on one line: accents composed, braces and fonts gone, math kept.

    Commands that are not known stay as written, with what they hold.

    >>> plain(r"{G}{\\"o}del and the \\emph{Otter} --- $x^{2}$")
    'Gödel and the Otter — $x^{2}$'
    """
    if "\\" in value or "{" in value or "-" in value or "~" in value or "'" in value:
        pieces = _MATH.split(value)
        pieces[::2] = map(_spelled, pieces[::2])  # the odd ones are formulas
        value = "".join(pieces)
    value = " ".join(value.split())
    return value if value.isascii() else unicodedata.normalize("NFC", value)


def names_of(value: str) -> Names:
    """The people in an author field: "Last, First", "Last, Jr, First" or "First Last", separated by "and".

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
        names += map(plain, parts)
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


def _spelled(text: str) -> str:
    """One stretch of LaTeX without formulas."""
    text = _LETTER.sub(lambda match: _LETTERS.get(match[1], match[0]), text)
    text = _ACCENT.sub(_accented, _ACCENT.sub(_accented, text))  # a letter may carry two
    return _SIGN.sub(_sign, _FONT.sub("", text))


def _accented(match: re.Match[str]) -> str:
    if not match[1]:
        return match[0]
    letter = match[2] or match[3] or match[4]
    return unicodedata.normalize("NFC", {"ı": "i", "ȷ": "j"}.get(letter, letter) + _ACCENTS[match[1]])


def _sign(match: re.Match[str]) -> str:
    sign = match[0]
    if sign[0] != "\\":
        return _SIGNS.get(sign, "")
    if sign[1] in "&%$#_{}":
        return sign[1]
    if sign[1] in "-/!@":
        return ""
    return sign if sign[1].isalpha() else " "


class _Reader:
    """A place in the text that moves on; every method leaves it behind what it has read."""

    def __init__(self, text: str, source: str) -> None:
        self._text, self._source = text, source
        self._at = self._counted = self._expanded = 0
        self._line = 1
        self._strings = {month: month for month in _MONTHS}

    def entries(self) -> list[Entry]:
        found: list[Entry] = []
        while match := _NEXT.search(self._text, self._at):
            self._at = match.end()
            if match[0][-1] != "@" or match[0][0] == "%":
                continue
            begin = self._at - 1
            opening = _OPEN.match(self._text, begin)
            kind = opening["kind"].lower() if opening else ""
            if opening and (opening["open"] == "{" or (opening["open"] == "(" and match["start"] is not None)):
                self._at = opening.end()
                entry = self._entry(kind, begin, "}" if opening["open"] == "{" else ")")
                found += [entry] if entry else []
            elif match["start"] is not None and kind != "comment":  # elsewhere it is an address: ada@river.org
                raise self._error(begin, "an @ that opens no entry", "@article{key, …}")
        return found

    def _entry(self, kind: str, begin: int, close: str) -> Entry | None:
        """What stands after the opening brace, up to the `close` of it; None where it is no entry."""
        undefined: list[str] = []
        if kind == "comment":
            self._at -= 1
            if close == "}":
                self._braced()
            return None
        if kind == "preamble":
            self._value(undefined)
            self._expect(close, begin)
            return None
        if kind == "string":
            name = self._name()
            self._strings[name] = self._value(undefined)
            self._expect(close, begin)
            return None
        self._line += self._text.count("\n", self._counted, begin)
        self._counted = begin
        key = _KEYS[close].match(self._text, self._at)
        self._at = key.end() if key else self._at
        fields: dict[str, str] = {}
        doubled: list[str] = []
        while self._next() != close:
            self._expect(",", begin)
            if self._next() == close:
                break
            name = self._name()
            value = self._value(undefined)
            if name in fields:
                doubled.append(name)
            fields.setdefault(name, value)
        self._at += 1
        return Entry(kind, key[0].strip() if key else "", fields, self._line, tuple(doubled), tuple(undefined))

    def _name(self) -> str:
        """A name and the "=" after it."""
        self._next()
        match = _NAME.match(self._text, self._at)
        if not match:
            raise self._error(self._at, self._here(), "the name of a field")
        self._at = match.end()
        self._expect("=", match.start())
        return match[0].lower()

    def _value(self, undefined: list[str]) -> str:
        parts = [self._piece(undefined)]
        while self._next() == "#":
            self._at += 1
            parts.append(self._piece(undefined))
        return "".join(parts)

    def _piece(self, undefined: list[str]) -> str:
        sign, begin = self._next(), self._at
        if sign == "{":
            return self._braced()
        if sign == '"':
            return self._quoted()
        match = _NAME.match(self._text, begin)
        if not match:
            raise self._error(begin, self._here(), 'a value: {…}, "…", a number or a name')
        self._at = match.end()
        name = match[0].lower()
        if name not in self._strings and not match[0].isdecimal():
            undefined.append(match[0])
        value = self._strings.get(name, match[0])
        self._expanded += len(value)
        if self._expanded > LIMIT_EXPANSION:
            where = self._error(begin, "", "").where
            raise LimitError(where, "@string names that grow without end", f"at most {LIMIT_EXPANSION} characters")
        return value

    def _braced(self) -> str:
        """What the braces that open here hold; a backslash before a brace changes nothing, as in BibTeX."""
        begin, depth = self._at, 0
        for match in _BRACE.finditer(self._text, begin):
            depth += 1 if match[0] == "{" else -1
            if not depth:
                self._at = match.end()
                return self._text[begin + 1 : match.start()]
        raise self._error(begin, "a brace that is never closed", "} for every {")

    def _quoted(self) -> str:
        begin, depth = self._at, 0
        for match in _QUOTE.finditer(self._text, begin + 1):
            if match[0] != '"':
                depth += 1 if match[0] == "{" else -1
                if depth < 0:
                    break
            elif not depth:
                self._at = match.end()
                return self._text[begin + 1 : match.start()]
        raise self._error(begin, "a quotation mark that is never closed", '" at its end, braces in pairs')

    def _next(self) -> str:
        """The next character that is not blank, "" at the end."""
        match = _BLANKS.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._text[self._at : self._at + 1]

    def _expect(self, sign: str, begin: int) -> None:
        """Step over this character; `begin` is where what it belongs to begins, for the message at the end of file."""
        found = self._next()
        if found != sign:
            at = self._at if found else begin
            raise self._error(at, self._here() if found else "an entry that is never closed", repr(sign))
        self._at += 1

    def _here(self) -> str:
        return ascii(self._text[self._at : self._at + 12]) if self._at < len(self._text) else "the end of the file"

    def _error(self, at: int, found: str, wanted: str) -> InputError:
        line = self._text.count("\n", 0, at) + 1
        column = at - self._text.rfind("\n", 0, at)
        return InputError(f"{self._source}:{line}:{column}", found, wanted, "Mend the entry there.")
