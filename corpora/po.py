"""Gettext PO files: messages and their translations as rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from .errors import InputError
from .rows import Cell, Row, Table
from .script import Language, language

_KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]{1,3}\])?)[ \t]*+(?=")')
_OBSOLETE = re.compile(r"#~[ \t]*+msgid(?!_)")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*+)"[ \t]*+')
_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", '"': '"'}
_ESCAPE = re.compile(r"((?:\\x[0-9A-Fa-f]{1,2}|\\[0-7]{1,3})++)|\\(.)")
_BYTE = re.compile(r"\\x([0-9A-Fa-f]{1,2})|\\([0-7]{1,3})")
_RANK: dict[Language, int] = {"none": 0, "en": 0, "mixed": 1, "zh": 2}


class _Text(NamedTuple):
    """A string in its pieces, and where its first quote stands."""

    pieces: list[str]
    line: int
    column: int

    @property
    def text(self) -> str:
        return "".join(self.pieces)

    def cell(self, name: str) -> Cell:
        return Cell(name, self.text, self.line, self.column)


@dataclass(slots=True)
class _Message:
    """The strings of one message by keyword, plural forms as msgstr[0], msgstr[1] …"""

    texts: dict[str, _Text] = field(default_factory=dict)
    is_fuzzy: bool = False

    @property
    def target(self) -> _Text | None:
        return self.texts.get("msgstr") or self.texts.get("msgstr[0]")

    @property
    def is_translated(self) -> bool:
        return bool(self.target and self.target.text)


def read_po(text: str, source: str) -> Table:
    """A row a message: its two sides, its context, and "fuzzy" as its state where it is marked so.

    Which of msgid and msgstr is called en and which zh is decided over the whole file by the share of Chinese
    characters, if that is no help by the header's Language; else they keep their names. A message without a
    translation has one side; of plurals the first form is read; obsolete messages (#~) are left out: all three are
    counted in the notes. Raises InputError, with the line, where the file is malformed.

    >>> read_po('msgid "An otter"\\nmsgstr "海獭"\\n', "a.po").rows[0][1]
    Cell(name='zh', text='海獭', line=2, column=8)
    """
    messages: list[_Message] = []
    obsolete = 0
    header = ""
    if not text.strip():
        raise InputError(source, "an empty file", "messages")
    for message in _messages(text, source):
        if message is None:
            obsolete += 1
        elif message.texts["msgid"].text == "" and "msgctxt" not in message.texts:
            header += message.target.text if message.target else ""
        else:
            messages.append(message)
    first, second, notes = _sides(messages, header)
    rows: list[Row] = []
    for message in messages:
        msgid, msgstr = message.texts["msgid"], message.target
        row = [msgid.cell(first)]
        if msgstr and msgstr.text:
            row.append(msgstr.cell(second))
        if "msgctxt" in message.texts:
            row.append(message.texts["msgctxt"].cell("context"))
        if message.is_fuzzy:
            row.append(Cell("state", "fuzzy", msgid.line, 1))
        rows.append(tuple(row))
    counts = (
        (sum(not m.is_translated for m in messages), "messages have no translation"),
        (sum(m.is_fuzzy for m in messages), "messages are marked fuzzy"),
        (sum("msgid_plural" in m.texts for m in messages), "messages have plural forms: the first of each was read"),
        (obsolete, "obsolete messages were left out"),
    )
    return Table("PO", tuple(rows), (*notes, *(f"{count} {what}" for count, what in counts if count)))


def _sides(messages: list[_Message], header: str) -> tuple[str, str, list[str]]:
    """What msgid and msgstr are called, and what is to be said about it."""
    pairs = [(m.texts["msgid"].text, m.target.text) for m in messages if m.target and m.target.text]
    msgid = language("\n".join(pair[0] for pair in pairs) or "\n".join(m.texts["msgid"].text for m in messages))
    msgstr = language("\n".join(pair[1] for pair in pairs))
    if not pairs and msgid != "none":
        return ("zh", "en", []) if _RANK[msgid] else ("en", "zh", [])
    if _RANK[msgid] != _RANK[msgstr]:
        return ("en", "zh", []) if _RANK[msgid] < _RANK[msgstr] else ("zh", "en", [])
    for line in header.split("\n"):
        name, _, value = line.partition(":")
        code = re.split("[-_@.]", value.strip().casefold())[0]
        if name.strip().casefold() == "language" and code in ("zh", "en"):
            notes = [f"the sides were told apart by the header alone (Language: {value.strip()})"]
            return ("en", "zh", notes) if code == "zh" else ("zh", "en", notes)
    if not messages:
        return "en", "zh", []
    return "msgid", "msgstr", [f"neither side could be told to be Chinese (msgid: {msgid}, msgstr: {msgstr})"]


def _messages(text: str, source: str) -> Iterator[_Message | None]:
    """The messages in order; None for an obsolete one."""
    message, last = _Message(), ""
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip(" \t\r\f\v")
        is_comment = line.startswith("#")
        match = _KEYWORD.match(line)
        if message.target and (is_comment or (match and match[1] in ("msgctxt", "msgid"))):
            yield message
            message, last = _Message(), ""
        if not line:
            continue
        if is_comment:
            if _OBSOLETE.match(line):
                message.is_fuzzy = False
                yield None
            elif line.startswith("#,"):
                message.is_fuzzy |= "fuzzy" in (flag.strip() for flag in line[2:].split(","))
            continue
        begin = match.end() if match else 0
        column = len(raw) - len(raw.lstrip(" \t\r\f\v")) + begin + 1
        where = f"{source}:{number}:{column}"
        if match:
            last = match[1]
            _check_order(last, message, where)
            message.texts[last] = _Text([], number, column)
        elif not last:
            raise InputError(where, f"{line[:40]!r}", "msgid, msgstr or a comment")
        message.texts[last].pieces.extend(_strings(line[begin:], where))
    if message.texts:
        if not message.target:
            line_number = next(iter(message.texts.values())).line
            raise InputError(f"{source}:{line_number}", "a message without msgstr", "msgid and msgstr")
        yield message


def _check_order(keyword: str, message: _Message, where: str) -> None:
    """Raise InputError for a keyword that comes twice, or where it makes no sense."""
    texts = message.texts
    if keyword in texts or (keyword.startswith("msgstr") and "msgstr" in texts):
        raise InputError(where, f"a second {keyword}", "one a message", "Is an msgstr missing before it?")
    if keyword == "msgctxt" and "msgid" in texts:
        raise InputError(where, "msgctxt after msgid", "msgctxt first", "Is an msgstr missing before it?")
    if keyword not in ("msgctxt", "msgid") and "msgid" not in texts:
        raise InputError(where, f"{keyword} without msgid", "msgid before it")


def _strings(quoted: str, where: str) -> Iterator[str]:
    """What the strings between quotes spell, one after the other."""
    begin = 0
    while begin < len(quoted) or not begin:
        match = _STRING.match(quoted, begin)
        if not match:
            raise InputError(where, f"{quoted[begin : begin + 40]!r}", "text in double quotes", "Is a quote missing?")
        try:
            yield _ESCAPE.sub(_character, match[1])
        except ValueError as error:
            raise InputError(where, f"a bad escape ({error})", r"\n, \t, \" or \\", "Double the backslash.") from error
        begin = match.end()


def _character(match: re.Match[str]) -> str:
    """What an escape spells; a run of \\x and octal ones is UTF-8."""
    if match[1]:
        codes = [
            int(hexadecimal, 16) if hexadecimal else int(octal, 8) for hexadecimal, octal in _BYTE.findall(match[1])
        ]
        return bytes(codes).decode("utf-8")
    if match[2] not in _ESCAPES:
        raise ValueError(f"{match[0]!r}")
    return _ESCAPES[match[2]]
