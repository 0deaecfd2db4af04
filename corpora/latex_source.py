"""A LaTeX source with its structure: lines, the partner of every brace and environment, and arguments."""

import re
from bisect import bisect_right

from .latex_macros import RAW

_STRUCTURE = re.compile(
    r"\\(begin|end)[ \t]*+\{([^{}\n\\%]{1,60})\}|\\(?:url|path|nolinkurl|href)[ \t]*+(\{)[^{}\n]{0,2000}\}"
    r"|\\verb\*?+([^A-Za-z\s])[^\n]{0,500}?\4|\\.|%[^\n]*+|[{}]",
    re.DOTALL,
)
_SKIP = re.compile(r"[ \t]*+(?:\n[ \t]*+(?!\n))?+")  # what TeX skips after the name of a macro
_OPTION = re.compile(r"\[(?:[^\[\]{}\\\n]|\\.|\{[^{}]{0,200}\}|\n(?![ \t]*+\n)){0,300}+\]")


class LatexSource:
    """The text of a source and what belongs together in it; one pass, linear, without recursion."""

    def __init__(self, text: str) -> None:
        """Find the partners; what has none is in `faults`, with its offset.

        >>> LatexSource("{a}}").partners, LatexSource("{a}}").faults
        ({0: 2}, [('closing brace', 3)])
        """
        self.text = text
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]  # where each line begins
        self.partners: dict[int, int] = {}  # opening brace -> closing brace, \\begin -> \\end
        self.after: dict[int, int] = {}  # \\end that has a \\begin -> what follows it
        self.document = -1  # where the body begins
        self.faults: list[tuple[str, int]] = []  # what stands without a partner, and where
        self._found: dict[str, int] = {}  # where each closing sign was last found
        self._match()

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1

    def after_blanks(self, pos: int) -> int:
        """Where TeX reads on after the name of a macro: behind blanks and at most one line end.

        >>> LatexSource("\\\\otter  {tea}").after_blanks(6)
        8
        """
        skipped = _SKIP.match(self.text, pos)
        return skipped.end() if skipped else pos

    def after_option(self, pos: int) -> int:
        """Where the option in brackets that begins at `pos` ends; `pos` itself where none begins.

        >>> LatexSource("[12pt]{tea}").after_option(0)
        6
        """
        option = _OPTION.match(self.text, pos)
        return option.end() if option else pos

    def argument(self, pos: int) -> tuple[int, int] | None:
        """Begin and end of the argument in braces that comes next, past options."""
        at = self.after_option(self.after_blanks(pos))
        return (at, self.partners[at]) if self.text.startswith("{", at) and at in self.partners else None

    def find(self, sign: str, pos: int) -> int:
        """Where `sign` comes next, -1 if nowhere; what was found is kept, so that asking again costs nothing."""
        if self._found.get(sign, -2) != -1 and self._found.get(sign, -2) < pos:
            self._found[sign] = self.text.find(sign, pos)
        return self._found[sign]

    def _match(self) -> None:
        """Find the partner of every brace and environment."""
        braces: list[int] = []
        begins: dict[str, list[int]] = {}
        pos = 0
        while match := _STRUCTURE.search(self.text, pos):
            at, name, pos = match.start(), match[2], match.end()
            if match[1] == "begin" and name in RAW and (end := self.find(f"\\end{{{name}}}", pos)) >= 0:
                self.partners[at], pos = end, end + len(f"\\end{{{name}}}")
                self.after[end] = pos
            elif match[1] == "begin":
                begins.setdefault(name, []).append(at)
                if name == "document" and self.document < 0:
                    self.document = at
            elif match[1] == "end":
                if begins.get(name):
                    self.partners[begins[name].pop()] = at
                    self.after[at] = match.end()
                else:
                    self.faults.append(("\\end", at))
            elif match[3]:  # an address, in which "%" begins no comment
                self.partners[match.start(3)] = match.end() - 1
            elif match[0] == "{":
                braces.append(at)
            elif match[0] == "}":
                if braces:
                    self.partners[braces.pop()] = at
                else:
                    self.faults.append(("closing brace", at))
        self.faults += [("opening brace", at) for at in braces]
        self.faults += [("\\begin", at) for at in sorted(at for left in begins.values() for at in left)]
