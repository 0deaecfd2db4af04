"""The entries of a BibTeX file, read character by character as BibTeX reads them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .errors import InputError, LimitError

LIMIT_EXPANSION = 10_000_000  # code points that all uses of @string names may add up to in one file
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_NEXT = re.compile(r"(?m)%[^\n]*+|(?P<start>^[ \t]*+)?@")
_OPEN = re.compile(r"@\s*+(?P<kind>[A-Za-z]++)\s*+(?P<open>[{(]?)")
_KEYS = {"}": re.compile(r"[^,{}=\n]*+"), ")": re.compile(r"[^,{}()=\n]*+")}
_NAME = re.compile(r"[^\s\"#%'(),={}]++")
_BLANKS = re.compile(r"\s*+")
_BRACE, _QUOTE = re.compile(r"[{}]"), re.compile(r"[{}\"]")


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


class EntryReader:
    """A place in the text that moves on; every method leaves it behind what it has read."""

    def __init__(self, text: str, source: str) -> None:
        """Stand at the beginning of the text."""
        self._text, self._source = text, source
        self._at = self._counted = self._expanded = 0
        self._line = 1
        self._strings = {month: month for month in _MONTHS}

    def entries(self) -> list[Entry]:
        """The entries from this place on, in order; errors as for `read_bibtex`."""
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
