"""What each macro of a LaTeX source does to the prose; every method gives where to read on."""

import re
import unicodedata

from .latex_groups import Frame, Groups
from .latex_macros import (
    ABSTRACT,
    ACCENTS,
    ARGUMENTS,
    CITE,
    DEFINING,
    LEVELS,
    METADATA,
    NOTES,
    REFERENCES,
    SIGNS,
    SILENT,
    SYMBOLS,
)
from .latex_notes import Tally
from .latex_prose import CJK, Block, Prose
from .latex_source import LatexSource

_DEFINED = re.compile(r"\*?[ \t]*(?:\{[ \t]*\\([A-Za-z]+)[ \t]*\}|\\([A-Za-z]+))[ \t]*([^{\\\n%]{0,60})(?=\{)")
_PLAIN_BODY = re.compile(
    r"(?:\\(?:text[a-z]{2}|emph|mbox|ensuremath)\{)?([^\\{}%$#~&^_\n]{1,200})\}?(\\xspace)?(?:\{\})?\}"
)
_ACCENTED = re.compile(r"[ \t]*(?:\{[ \t]*(?:\\([ij])|([^\W\d_]))[ \t]*(\}?)|\\([ij])(?![A-Za-z])[ \t]?|([^\W\d_]))")
KEYS = re.compile(r"(?:\s|%[^\n]*\n)*+[A-Za-z][\w \t*-]*+=")
_UNESCAPED = re.compile(r"\\([%#&_{}~$])")
_CLOSING = " \t\n~.,;:!?)]}'%"


class Commands:
    """Macros with a name and those of one sign, for one source."""

    def __init__(self, source: LatexSource, prose: Prose, groups: Groups, tally: Tally) -> None:
        """Nothing is defined by the document yet."""
        self.source, self.prose, self.groups, self.tally = source, prose, groups, tally
        self.text, self.partners = source.text, source.partners
        self.defined: dict[str, tuple[str, bool]] = {}  # its text, and whether \\xspace ends it

    def macro(self, name: str, star: str, start: int, pos: int) -> int:
        """Do what the macro of this name does, which stands at `start`; `pos` is behind its name."""
        after = self.source.after_blanks(pos)
        if name in DEFINING:
            return self._define(pos)
        if name in ("verb", "lstinline") and not self.text.startswith(("{", "["), pos):
            return self._verbatim(pos)
        if name == "item":
            return self._item(start, after)
        if name in ("par", "newline", "linebreak"):
            self.prose.end_paragraph(start)
            return after
        if name == "and":
            self.prose.block.due = ""
            self.prose.write(",", start)
            self.prose.block.blank(start)
            return after
        if name in ("quad", "qquad", "enspace", "thinspace", "space"):
            self.prose.block.blank(start)
            return after
        for what, names in (("citation", None), ("reference", REFERENCES), ("label", ("label",))):
            if name in names if names else CITE.fullmatch(name):
                return self._left_out(what, pos)
        if name in ARGUMENTS:
            return self.groups.arguments(ARGUMENTS[name], pos)
        if name in SILENT:
            return after
        if name in SYMBOLS:
            self.prose.write(SYMBOLS[name], start)
            return after
        if name in ACCENTS and (end := self._accent(name, start, pos)):
            return end
        argument = self.source.argument(pos)
        if argument and (end := self._with_argument(name, star, start, *argument)):
            return end
        if name in self.defined:
            return self._expand(name, start, after)
        return self._unknown(name, pos, after)

    def sign(self, sign: str, start: int, pos: int) -> int:
        """Do what a macro of one sign does: "%" of "\\\\%"."""
        if sign in SIGNS:
            self.prose.write(SIGNS[sign], start)
        elif sign in " ,;:>\n\t":
            self.prose.block.blank(start)
        elif sign == "\\":
            pos += int(self.text.startswith("*", pos))
            self.prose.end_paragraph(start)
            pos = self.source.after_option(pos)
        elif sign in "([":
            end = self.source.find("\\)" if sign == "(" else "\\]", pos)
            if end >= 0 and not 0 <= self.source.find("\n\n", pos) < end:
                self.prose.write_math(start, end + 2)
                return end + 2
            self.tally.fault(f"\\{sign}", self.source.place(start)[0])
        elif sign in ACCENTS and (end := self._accent(sign, start, pos)):
            return end
        elif sign in "'`^\"~":
            self.prose.write(sign, start)
        else:
            return self._unknown(sign, pos, pos)
        return pos

    def settings(self, close: int) -> None:
        """Leave out what stands up to `close`, but for the metadata in it: title = {…}."""
        if not self.prose.omitted:
            self.tally.counts["setting"] += 1
        self.groups.views.append((close, True))
        self.groups.open(Frame(close, "settings"))

    def _with_argument(self, name: str, star: str, start: int, at: int, close: int) -> int:
        """What a macro does with its first argument, from `at` to `close`; gives 0 where it is not known."""
        if name in LEVELS and not self.prose.omitted:
            self.prose.end_paragraph(start)
            self.groups.open(Frame(close, "block"), Block("heading", "#" * LEVELS[name] + " ", start))
        elif METADATA.fullmatch(name):
            self.prose.end_paragraph(start)
            self.groups.open(Frame(close, "block"), Block("metadata", f"{name}{star}: ", start))
        elif ABSTRACT.fullmatch(name):
            self.prose.end_paragraph(start)
            self.prose.heading(name, start)
            self.groups.views.append((close, False))
            self.groups.open(Frame(close, "abstract"))
        elif name in NOTES:
            self.tally.counts["footnote"] += 1
            self.groups.open(Frame(close, "block"), Block("note", begin=start))
        elif name in ("url", "path", "nolinkurl", "href"):
            return self._address(name, at, close)
        elif name in ("input", "include", "subfile"):
            self.tally.name("file", self.text[at + 1 : close].strip())
            return close + 1
        elif name == "enquote":
            self.prose.write("“", start)
            self.groups.open(Frame(close, "quote"))
        elif name.endswith(("setup", "info", "set")) and KEYS.match(self.text, at + 1):
            self.prose.end_paragraph(start)
            self.settings(close)
        else:
            return 0
        return at + 1

    def _address(self, name: str, at: int, close: int) -> int:
        url = _UNESCAPED.sub(r"\1", "".join(self.text[at + 1 : close].split()))
        block = self.prose.block
        shown = url if url.startswith(("http://", "https://")) else ""
        begin = len(block.pieces)
        if name != "href":
            self.prose.write(url, at + 1)
            if shown and not self.prose.omitted and name == "url":
                block.links.append((len(block.pieces) - 1, len(block.pieces), shown))
            return close + 1
        text = self.source.argument(close + 1)
        if not text:
            return close + 1
        self.groups.open(Frame(text[1], "link" if shown else "kept", "", shown, begin, block))
        return text[0] + 1

    def _left_out(self, what: str, pos: int) -> int:
        """Leave out a citation, reference or label, and the blank before it if another or a sign follows."""
        pos = self.groups.arguments("d", pos)
        if not self.prose.omitted:
            self.tally.counts[what] += 1
            following = self.text[pos : pos + 1]
            if not following or following in _CLOSING or CJK.match(following):
                self.prose.block.due = ""
        return pos

    def _item(self, start: int, pos: int) -> int:
        self.prose.end_paragraph(start)
        if len(self.prose.blocks) == 1 and not self.prose.omitted:
            self.prose.blocks[0] = Block("item", "- ", start)
        if (end := self.source.after_option(pos)) > pos:
            self.groups.open(Frame(end - 1, "item"))
            return pos + 1
        return pos

    def _define(self, pos: int) -> int:
        """Leave out a definition; one of plain text without parameters is remembered."""
        match = _DEFINED.match(self.text, pos)
        if not match or match.end() not in self.partners:
            return self.groups.arguments("dd", pos)
        close = self.partners[match.end()]
        body = _PLAIN_BODY.match(self.text, match.end() + 1)
        if body and body.end() == close + 1 and not match[3].strip():
            self.defined[match[1] or match[2]] = body[1], bool(body[2])
        return close + 1

    def _expand(self, name: str, start: int, after: int) -> int:
        text, xspace = self.defined[name]
        if not self.prose.omitted:
            self.tally.name("defined", name)
        body = text.strip(" \t")
        if text[0] in " \t":
            self.prose.block.blank(start)
        self.prose.write(body, start)
        if (xspace and self.text[after : after + 1].isalnum()) or (len(text) > 1 and text[-1] in " \t"):
            self.prose.block.blank(start)
        return after

    def _verbatim(self, pos: int) -> int:
        sign = self.text[pos : pos + 1]
        end = self.text.find(sign, pos + 1, pos + 500) if sign.strip() else -1
        if end < 0 or "\n" in self.text[pos:end]:
            return self._unknown("verb", pos, pos)
        self.prose.write(self.text[pos + 1 : end], pos + 1)
        return end + 1

    def _unknown(self, name: str, pos: int, after: int) -> int:
        if not self.prose.omitted:
            self.tally.name("macro", name)
        end = self.source.after_option(pos)
        if end > pos and self.text.startswith("{", end):
            after = end
            self.tally.counts["option"] += int(not self.prose.omitted)
        if self.text.startswith("{", after) and after in self.partners:
            self.groups.open(Frame(self.partners[after], "unknown"))
            return after + 1
        return after

    def _accent(self, accent: str, start: int, pos: int) -> int:
        """Write an accented letter; gives 0 where no letter follows."""
        match = _ACCENTED.match(self.text, pos)
        if not match:
            return 0
        letter = match[1] or match[2] or match[4] or match[5]
        self.prose.write(unicodedata.normalize("NFC", letter + ACCENTS[accent]), start)
        brace = self.text.find("{", pos, match.end())
        if brace in self.partners and not match[3]:
            self.groups.open(Frame(self.partners[brace], "group"))  # more than one letter: the accent is on the first
        return match.end()
