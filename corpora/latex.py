"""LaTeX sources as readable text: what TeX would print of their prose, and where each stretch stood.

Macros are read by table, not run. One pass finds the partners of braces and environments, a second one writes; both
are linear and neither recurses, so deep nesting costs memory only.
"""

import re

from .latex_commands import KEYS, Commands
from .latex_groups import Frame, Groups
from .latex_macros import ABSTRACT, LIGATURES, MATH, METADATA, OMITTED, PROSE, RAW, THANKS
from .latex_notes import Tally
from .latex_prose import Block, Prose
from .latex_source import LatexSource
from .page import Page

_TOKEN = re.compile(
    r"(?P<text>(?:[^\\{}\]$%~`'\- \t\n]|-(?!-)|'(?!')|`(?!`)|[ ](?=[^\\{}\]$%~ \t\n]))++)"
    r"|(?P<blank>[ \t\n]++)|(?P<comment>%[^\n]*+\n?+[ \t]*+)"
    r"|(?P<environment>\\(?:begin|end)[ \t]*+\{[^{}\n\\%]{1,60}\})"
    r"|\\(?P<word>[A-Za-z]++)(?P<star>\*(?=[ \t]*+[\[{]))?|(?P<sign>\\[\s\S])"
    r"|(?P<ligature>---?|``|'')|(?P<other>[\s\S])"
)
_ENVIRONMENT_OPTION = re.compile(r"\[(?:[!htbpH]{1,6}|[^\]\n=]{0,60}=[^\]\n]{0,200})\]")
_LINE = r"\n(?![ \t]*+\n)"  # a line end that ends no paragraph
_DOLLARS = re.compile(
    rf"\$\$(?:[^$\\%\n]|\\[\s\S]|%[^\n]*+|{_LINE}|\$(?!\$))*+\$\$|\$(?:[^$\\%\n]|\\[\s\S]|%[^\n]*+|{_LINE})++\$"
)
_KEY = re.compile(r"([A-Za-z][A-Za-z-]{0,40}\*?)[ \t\n]{0,20}=[ \t\n]{0,20}$")


def read_latex(text: str, source: str) -> Page:
    """The prose of a LaTeX document or fragment; notes say with counts what was left out or not understood.

    Metadata (`\\title`, `\\ctitle`, `\\ekeywords`, `keywords = {…}` in a `…setup`) gives lines like "ctitle: …", an
    abstract's environment a heading with its name, a footnote or caption a paragraph after the one it stands in. Math
    stays as its source. Single quotes stay as typed. A place is a line and column, both from 1, of `text`. Braces
    and environments without a partner are noted with the line, and their text kept. Raises LimitError for more than
    1,000 combining marks in a row.

    >>> read_latex("\\\\section{海獭}\\n它们用\\\\emph{石头}~\\\\cite{lin}敲\\n贝壳。% why?", "a.tex").text
    '## 海獭\\n\\n它们用石头敲贝壳。\\n'
    """
    return _Reader(text.replace("\r\n", "\n").replace("\r", "\n"), source).read()


class _Reader:
    """One pass over one source."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.source = LatexSource(text)
        self.partners, self.after = self.source.partners, self.source.after
        self.prose = Prose(self.source, name)
        self.groups = Groups(self.source, self.prose)
        self.tally = Tally()
        self.commands = Commands(self.source, self.prose, self.groups, self.tally)
        self.tail = 0  # characters after \\end{document}

    def read(self) -> Page:
        """The page."""
        for what, offset in self.source.faults:
            self._fault(what, offset)
        if self.source.document >= 0:
            self.groups.views.append((self.source.document, True))
        pos, fresh = 0, False
        while pos < len(self.text):
            while self.groups.views and self.groups.views[-1][0] <= pos:
                self.groups.views.pop()
            self.prose.omitted = bool(self.groups.views) and self.groups.views[-1][1]
            if self.groups.frames and self.groups.frames[-1].close <= pos:
                frame = self.groups.frames.pop()
                pos = self.groups.close(frame, pos + 1 if frame.close == pos else pos)
                continue
            match = _TOKEN.match(self.text, pos)
            if match is None:  # cannot be: the last alternative takes anything
                break
            start, pos = pos, match.end()
            group, token = match.lastgroup, match[0]
            if group == "comment":
                self.tally.counts["comment"] += 1
                fresh = token.rstrip(" \t").endswith("\n")
                continue
            if group == "blank":
                lines = token.count("\n")
                if lines > 1 or (lines and fresh):
                    self.prose.end_paragraph(start)
                else:
                    self.prose.block.blank(start, "\n" if lines else " ")
            elif group == "text":
                if token[0] == " ":
                    self.prose.block.blank(start)
                    start, token = start + 1, token[1:]
                self.prose.write(token, start)
            elif group == "environment":
                pos = self._environment(start, pos, token)
            elif match["word"]:
                pos = self.commands.macro(match["word"], match["star"] or "", start, match.end())
            elif group == "sign":
                pos = self.commands.sign(token[1], start, pos)
            else:
                pos = self._other(token, start, pos)
            fresh = False
        while self.groups.frames:  # a paragraph or file end inside verbatim text may hide a brace
            self.groups.close(self.groups.frames.pop(), len(self.text))
        self.prose.omitted = False
        self.prose.end_paragraph(len(self.text))
        self.prose.writer.end_line()
        return self.prose.writer.page(*self._notes())

    def _environment(self, start: int, pos: int, token: str) -> int:
        name = token[token.index("{") + 1 : -1]
        if token.startswith("\\end"):
            if name == "document" and start in self.after:
                self.tail = len(self.text[pos:].strip())
                return len(self.text)
            if start in self.after and name not in OMITTED:
                self.prose.end_paragraph(start)
            return pos
        end = self.partners.get(start)
        if name == "document":
            return pos
        if end is not None and name in MATH:
            self.prose.write_math(start, self.after[end])
            return self.after[end]
        if end is not None and name in RAW | OMITTED:
            if not self.prose.omitted:
                self.tally.name("omitted", name)
            if name in OMITTED:
                self.groups.views.append((end, True))
                return pos
            self.prose.end_paragraph(start)
            return self.after[end]
        if ABSTRACT.fullmatch(name.rstrip("*")) or THANKS.fullmatch(name):
            self.prose.end_paragraph(start)
            if end is not None:
                self.groups.views.append((end, False))
            self.prose.heading(name, start)
            return pos
        self.prose.end_paragraph(start)
        if option := _ENVIRONMENT_OPTION.match(self.text, pos):
            pos = option.end()
        if name not in PROSE and name not in RAW | OMITTED | MATH and not self.prose.omitted:
            self.tally.name("environment", name)
        return self.groups.arguments(PROSE.get(name, ""), pos)

    def _other(self, token: str, start: int, pos: int) -> int:
        if token in LIGATURES:
            self.prose.write(LIGATURES[token], start)
        elif token == "~":
            self.prose.block.blank(start)
        elif token == "$":
            if match := _DOLLARS.match(self.text, start):
                self.prose.write_math(start, match.end())
                return match.end()
            if not self.prose.omitted:
                self._fault("$", start)
                self.prose.write("$", start)
        elif token == "{" and start in self.partners:
            close = self.partners[start]
            if not self.groups.frames or self.groups.frames[-1].role != "settings":
                self.groups.open(Frame(close, "group"))
                return pos
            key = _KEY.search(self.text, max(0, start - 100), start)
            if key and METADATA.fullmatch(key[1]):
                self.groups.open(Frame(close, "block"), Block("metadata", f"{key[1]}: ", key.start()))
            elif key and KEYS.match(self.text, pos):
                self.commands.settings(close)
            else:
                return close + 1
        elif token not in "{}":
            self.prose.write(token, start)
        return pos

    def _fault(self, what: str, offset: int) -> None:
        self.tally.fault(what, self.source.place(offset)[0])

    def _notes(self) -> list[str]:
        notes: list[str] = []
        if self.source.document >= 0:
            line, _ = self.source.place(self.source.document)
            notes.append(f"of the preamble (lines 1 to {line}) only the metadata was read")
        if self.tail:
            notes.append(f"{self.tail} characters after \\end{{document}} were left out")
        return notes + self.tally.notes()
