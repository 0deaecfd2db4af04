"""What a web page holds that is no tag and holds none: comments, scripts, formulas, each up to its own end."""

import re
from typing import NamedTuple

from .html_tokens import BLANKS, RAW

_RAW_END = {name: re.compile(f"</(?i:{name})(?=[ \t\n\f\r/>])") for name in (*RAW, "math")}
_TEX = re.compile(
    r"""<annotation[ \t\n\f\r][^<>]*?encoding[ \t\n\f\r]*+=[ \t\n\f\r]*+["']?application/x-tex[^<>]*+>([^<]*+)<""",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(r"<(?:(!--)|(!\[CDATA\[)|!\[|!(?i:doctype)(?=[ \t\n\f\r>])|\?[A-Za-z])")
_COMMENT_END = re.compile("--!?>")


class Comment(NamedTuple):
    """Where a comment, doctype or processing instruction ends, and under what it is counted."""

    end: int
    counts: tuple[str, ...]


class Formula(NamedTuple):
    """Where the TeX of a formula stands in the page, and where reading goes on behind it."""

    begin: int
    end: int
    resume: int


class Opaque:
    """Finds ends in one page; what was searched for in vain is not searched for again, so that all is linear."""

    def __init__(self, source: str) -> None:
        """Ask about this page from its beginning to its end."""
        self._source = source
        self._last_close = source.rfind(">")
        self._endless: set[str] = set()  # marks that do not stand in what remains
        self._formula_end = 0

    def comment(self, at: int) -> Comment | None:
        """The comment, doctype or processing instruction that begins at `at`, if there is one.

        >>> Opaque("a<!-- otter -->b").comment(1)
        Comment(end=15, counts=('comment',))
        """
        match = _NO_TEXT.match(self._source, at)
        if match is None or at > self._last_close:
            return None
        if not (match[1] or match[2]):
            return Comment(self._source.find(">", match.end()) + 1, ())
        if end := self._end_of(match[0], match.end()):
            return Comment(end, ("comment",))
        return Comment(self._source.find(">", match.end()) + 1, ("comment", "open comment"))

    def raw_end(self, name: str, begin: int) -> int:
        """Where the end tag of an element of raw text begins, -1 where it is never closed.

        >>> Opaque("<script>if (1 < 2) {}</script>").raw_end("script", 8)
        21
        """
        match = None if name in self._endless else _RAW_END[name].search(self._source, begin)
        if match is None:
            self._endless.add(name)
        return match.start() if match else -1

    def formula(self, begin: int) -> Formula | None:
        """The TeX of the formula whose tag ends at `begin`, if it holds it."""
        if begin <= self._formula_end:
            return None
        end = self.raw_end("math", begin)
        if end < 0:
            return None
        self._formula_end = end
        tex = _TEX.search(self._source, begin, end)
        if tex is None or not (body := tex[1].strip(BLANKS)):
            return None
        start = tex.start(1) + tex[1].index(body)
        return Formula(start, start + len(body), end)

    def _end_of(self, mark: str, begin: int) -> int:
        """Where the comment that `mark` opens ends; 0 where it is never closed."""
        source = self._source
        if mark == "<!--":
            for short in (">", "->"):
                if source.startswith(short, begin):
                    return begin + len(short)
        if mark in self._endless:
            return 0
        if mark == "<!--":
            match = _COMMENT_END.search(source, begin)
            end = match.end() if match else 0
        else:
            end = source.find("]]>", begin) + 3
            end = end if end > 2 else 0
        if not end:
            self._endless.add(mark)
        return end
