"""Who and where: the titles, authors, affiliation and link of an item."""

import re

from . import marks
from .blocks import is_button_row, links_within
from .builder import RecordBuilder
from .lines import Line
from .model import Document, Leftover, LeftoverKind
from .people import Authors, authors_of, is_person
from .roles import Role
from .script import HAN, language
from .titles import bilingual, names_paper

_INSTITUTE = re.compile(
    r"\b(?:Universit|Institut|Department|Laborator|School of|College|Academy|Inc\b|Research\b)|"
    r"大学|学院|研究院|研究所|实验室|公司"
)
_URL = re.compile(r"https?://[^\s<>\"'，。；）)\]】]+")
_BETWEEN_NAMES = re.compile(r"(?:\s|[,，、;；&.…*†‡()（）\d]|\band\b|等|et al)*$")
CLAIMS = ("authors", "affiliation", "abstract_en", "abstract_zh", "key_points_zh")


class Identity:
    """What names an item, while its lines are read; the rest of an item is `Item`'s."""

    def __init__(self, document: Document, repeated: frozenset[str], number: int | None = None, tag: str | None = None):
        """Start an item; `repeated` are the page's headers, which belong to none."""
        self.document, self.repeated = document, repeated
        self.record = RecordBuilder(number, tag)
        self.rest: list[Leftover] = []
        self.role: Role | None = None  # what the next lines are, by the last label or heading
        self.filled = False  # whether a line has come under that label
        self.structured = False  # inside an abstract with labels of its own
        self.closed = False  # after the link or a rule nothing of the item is expected
        self.promised = False  # whether a label says which text is the abstract
        self.set_off = False  # whether the title is a heading or in bold
        self.said: list[str] = []  # the paragraphs of the English abstract without their blanks
        self._open_names: Line | None = None  # a line of authors that may go on in the next

    def head(self, line: Line, begin: int = 0, end: int | None = None) -> None:
        """Take the title from the part of its line that holds it; the rest are marks."""
        title = line.part(begin, end)
        self.set_off = line.text[:1] in "#*"
        if title.start > line.start:
            self.leave("label", line.part(0, title.start - line.start))
        self.leave("label", line.part(title.end - line.start))
        for link in links_within(self.document, line)[:1]:
            self.record.url = self.record.url or link.url
        parts = bilingual(title)
        if parts:
            self._name(parts[0], "title_en")
            self._name(parts[1], "title_zh")
            return
        self._name(title, "title_zh" if language(title.text) == "zh" else "title_en")

    def _link(self, line: Line) -> bool:
        link = marks.link_line(line.text)
        if link:
            if self.record.has("url") or self.record.url:
                self.leave("unparsed", line)  # a second link is not the paper's
            else:
                self.record.add("url", line.part(*link).span)
                if link[0]:
                    self.leave("label", line.part(0, link[0]))
                self.closed, self.role = bool(self.record.has("abstract_en", "abstract_zh", "key_points_zh")), None
            return True
        found = links_within(self.document, line)
        if len(found) == 1 and found[0].end - found[0].begin >= len(line.text.strip("[]【】()（） ")):
            if is_person(line.text) and not self.record.has(*CLAIMS):
                return False
            if names_paper(line.text) and not self.record.has("title_en", "title_zh", *CLAIMS):
                self.head(line)
                return True
            if not self.record.has("url"):
                self.record.url = _better(self.record.url, found[0].url)
            self.leave("label", line)
            return True
        if found and is_button_row(line.text):
            for each in () if self.record.has("url") else found:
                self.record.url = _better(self.record.url, each.url)
            self.leave("label", line)
            return True
        return False

    def _identity(self, line: Line) -> bool:
        """Affiliation and authors."""
        text, record = line.text, self.record
        if self.role and self.role.part in ("abstract", "text", "commentary", "points", "summary", "title"):
            return False
        place = marks.affiliation(text)
        if place and not record.has("affiliation", "abstract_en"):
            record.add("affiliation", line.part(*place).span)
            self.leave("label", line.part(0, place[0]))
            self.leave("label", line.part(place[1]))
            return True
        if (
            record.has("authors")
            and not record.has(*CLAIMS[1:])
            and names_institute(text)
            and marks.looks_like_title(text)
        ):
            record.add("affiliation", line.span)
            return True
        if record.has(*CLAIMS):
            return False
        place = marks.affiliation_behind(text)
        if place and self._names(line.part(0, place[0] - 1)):  # A Lin, B Meyer [River Lab]
            record.add("affiliation", line.part(*place).span)
            self._open_names = None
            return True
        return self._names(line)

    def _names(self, line: Line, *, labelled: bool = False) -> bool:
        """The authors that a line names, by its links or by their form."""
        links = [link for link in links_within(self.document, line) if not link.url.endswith(".pdf")]
        if links:
            outside, at = "", line.start
            for link in links:
                outside += self.document.text[at : link.begin]
                at = link.end
            outside += self.document.text[at : line.end]
            names = [self.document.text[link.begin : link.end] for link in links]
            if _BETWEEN_NAMES.match(outside) and all(is_person(name) for name in names):
                for link in links:
                    self.record.add("authors", (link.begin, link.end))
                self.record.authors_truncated = (
                    "…" in outside or "..." in outside or "等" in outside or "et al" in outside
                )
                return True
        authors = authors_of(upright(line), alone=True, labelled=labelled)
        if authors is None:
            return False
        self._add_names(authors)
        if not authors.truncated and (
            line.text[-1] in ",，、&" or " " not in authors.names[-1] or len(authors.names) > 1
        ):
            self._open_names = line
        return True

    def _add_names(self, authors: Authors) -> None:
        for span in authors.spans:
            self.record.add("authors", span)
        self.record.authors_truncated = authors.truncated

    def _more_names(self, before: Line, line: Line) -> bool:
        """Authors that went on from the line before, a name that was broken in two made whole."""
        text = self.document.text[before.start : line.end]
        if len(text) > 2000 or language(line.text) != language(before.text):
            return False
        joined = Line(before.start, line.end, text.replace("\n", " "))
        ends = before.text[-1] in ",，、&" or before.text.endswith(" and")
        last = self._last_name()
        broken = last.isalpha() and not HAN.search(last)  # "Philipp" waits for a family name
        if not (ends or broken) or authors_of(joined, alone=True) is None or names_institute(line.text):
            return False
        self.record.spans["authors"] = []
        authors = authors_of(joined, alone=True)
        if authors:
            self._add_names(authors)
        self._open_names = joined
        return True

    def _last_name(self) -> str:
        spans = self.record.spans.get("authors")
        return self.document.text[slice(*spans[-1])] if spans else ""

    def _authors_or(self, line: Line) -> None:
        """Authors after their label, or what else stands there."""
        bar = re.search(r"\s*[|｜]", line.text)  # "A Lin, B Meyer | 2024-03-01"
        names = line.part(0, bar.start()) if bar else line
        if self.record.has("authors") or not names.text or not self._names(names, labelled=True):
            self.leave("metadata", line)
        elif bar:
            self.leave("metadata", line.part(bar.start()))

    def _address(self, line: Line) -> None:
        """The address after its label: spelled out, or behind the words."""
        found = _URL.search(line.text)
        links = links_within(self.document, line)
        if found and not self.record.has("url") and not self.record.url:
            self.record.add("url", line.part(*found.span()).span)
            self.leave("label", line.part(0, found.start()))
            self.leave("label", line.part(found.end()))
            return
        if links and not self.record.has("url"):
            self.record.url = _better(self.record.url, links[0].url)
            self.leave("label", line)
            return
        if not links and names_paper(line.text) and language(line.text) == "en":
            self._name(line, "title_en")  # Paper: and its title
            return
        self.leave("metadata", line)

    def _labelled_title(self, line: Line) -> None:
        parts = bilingual(line)
        if parts:
            for piece, field in zip(parts, ("title_en", "title_zh"), strict=True):
                self._name(piece, field)
            return
        chinese = HAN.search(line.text) is not None and language(line.text) != "en"
        self._name(line, "title_zh" if chinese else "title_en")

    def _name(self, line: Line, field: str) -> None:
        """A title, unless the item has it already."""
        if not self.record.has(field):
            self.record.add(field, line.span)
        else:
            self.leave("list" if line.text == self.record.text(self.document, field) else "unparsed", line)

    def leave(self, kind: LeftoverKind, line: Line) -> None:
        """Keep what is no part of the record."""
        if kind == "unparsed" and self.closed and self.document.layout.page and not marks.is_prose(line.text):
            kind = "noise"  # what stands around the text of a web page
        if line.text:
            self.rest.append(Leftover(self.document.source, kind, line.span, line.text))


def names_institute(text: str) -> bool:
    """Whether a line says where people work.

    >>> names_institute("River School of Otter Studies"), names_institute("Otters at Dusk")
    (True, False)
    """
    return len(text) <= 300 and _INSTITUTE.search(text) is not None


def upright(line: Line) -> Line:
    """A line without the signs that set all of it in bold or italics."""
    text = line.text
    kinds = ("***", "**", "__", "*", "_")
    signs = next((signs for signs in kinds if text.startswith(signs) and text.endswith(signs)), "")
    return line.part(len(signs), len(text) - len(signs)) if len(text) > 2 * len(signs) > 0 else line


def _better(known: str | None, url: str) -> str:
    """The address of the paper of two: the first one, unless the second is the first of arXiv's."""
    return url if known is None or ("arxiv.org" in url and "arxiv.org" not in known) else known
