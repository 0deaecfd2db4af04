"""One item of a page, a paper with what is said of it, read line by line."""

import re

from . import marks
from .blocks import heading, is_rule, links_within, without_images
from .builder import RecordBuilder
from .heads import in_title_case
from .items import is_frame
from .lines import Button, Line
from .model import Document, Leftover, LeftoverKind
from .people import Authors, authors_of, is_person
from .roles import Label, Role, is_language_menu, label_of, role_of
from .script import HAN, count_han, language

_TITLE_LIMIT = 80  # Han characters and Latin letters of the longest fused title; longer is a sentence
_OPENS_ABSTRACT = re.compile(r"本文|我们|该文|作者|这篇|近年来|随着")
# Labels inside a structured abstract are part of it.
_STRUCTURED = re.compile(
    r"(?:\*\*)?[【\[]?(?:目的|背景|方法|结果|结论|Background|Objectives?|Purpose|Aims?|Methods?|Results?|Conclusions?)"
    r"[】\]]?(?:\*\*)?\s?[:：】\]]",
    re.IGNORECASE,
)
_INSTITUTE = re.compile(
    r"\b(?:Universit|Institut|Department|Laborator|School of|College|Academy|Inc\b|Research\b)|大学|学院|研究院|研究所|实验室|公司"
)
_URL = re.compile(r"https?://[^\s<>\"'，。；）)\]】]+")
_BETWEEN_NAMES = re.compile(r"(?:\s|[,，、;；&.…*†‡()（）\d]|\band\b|等|et al)*$")
_TITLES = 3.0  # Chinese to English as `marks.proportion` has it, of titles; 2.5 is the most of 18 in digests
_LIKELY = 4.5  # Chinese to English as `marks.proportion` has it, from which neither translates the other
_CLAIMS = ("authors", "affiliation", "abstract_en", "abstract_zh", "key_points_zh")


class Item:
    """One item while its lines are read, top to bottom."""

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
        for link in links_within(self.document, title)[:1]:
            self.record.url = self.record.url or link.url
        parts = bilingual(title)
        if parts:
            self._name(parts[0], "title_en")
            self._name(parts[1], "title_zh")
            return
        self._name(title, "title_zh" if language(title.text) == "zh" else "title_en")

    def take(self, line: Line) -> None:
        """Put one line where it belongs."""
        text = line.text
        open_names, self._open_names = self._open_names, None
        if marks.is_furniture(text) or text in self.repeated or is_language_menu(text):
            self.leave("noise", line)
        elif marks.is_section(text) or is_rule(text):
            self.role, self.closed = None, True
            self.leave("label", line)
        elif not without_images(text).strip():
            self.leave("noise", line)
        elif isinstance(line, Button):
            if not self._link(line):
                self.leave("label", line)
        elif open_names and self._more_names(open_names, line):
            pass
        elif not self._link(line) and not self._heading(line) and not self._identity(line):
            self._text(line)

    def finish(self) -> None:
        """Let go of English that without a label stands in far longer Chinese: a quotation has no translation."""
        en, zh = (self.record.text(self.document, f"abstract_{side}") or "" for side in ("en", "zh"))
        promised = self.promised or self.record.number is not None or self.record.tag is not None
        if not promised and marks.proportion(en, zh) > _LIKELY:
            self._let_go()

    def _let_go(self) -> None:
        """Give up the English text gathered so far."""
        self.said.clear()
        for a, b in self.record.spans.pop("abstract_en", ()):
            self.leave("unparsed", Line(a, b, self.document.text[a:b]))

    def _heading(self, line: Line) -> bool:
        """A label or a heading; True where the line is done with."""
        if self.structured and _STRUCTURED.match(line.text):
            return False
        label = label_of(line.text)
        if label and not (self.filled and label.role.part == "points" and marks.bullet(line.text)):
            self._label(line, label)
            return True
        level, inner = heading(line)
        if level == 0 or (level == 7 and (self.role or not marks.looks_like_title(inner.text))):
            return False
        if level == 7 and not self.record.has(*_CLAIMS) and authors_of(inner, alone=False):
            return False
        self.leave("label", line.part(0, inner.start - line.start))
        self.leave("label", line.part(inner.end - line.start))
        side = "zh" if language(inner.text) == "zh" else "en"
        if not self.record.has(f"title_{side}", f"abstract_{side}") and not (self.role and self.filled):
            self._name(inner, f"title_{side}")
            self.role = None
        else:
            self.role, self.filled = Role("commentary", ""), False
            self.leave("label", inner)
        return True

    def _label(self, line: Line, label: Label) -> None:
        """A label, and what follows it on its line."""
        rest = line.part(label.begin)
        self.leave("label", line.part(0, rest.start - line.start))
        if rest.text[:1] in "\"'“" and rest.text[-1:] in "\"'”" and len(rest.text) > 1:
            quoted, rest = rest, rest.part(1, len(rest.text) - 1)  # YAML: title: "…"
            self.leave("label", quoted.part(0, 1))
            self.leave("label", quoted.part(len(quoted.text) - 1))
        self.role, self.filled, self.structured = label.role, False, False
        part = label.role.part
        if part == "abstract" and label.role.side != "zh" and label.name.isascii() and not self.promised:
            self._let_go()  # what stood above the abstract is none of it
        self.promised = self.promised or part in ("abstract", "text")
        if not rest.text:
            return
        if part == "title":
            self._labelled_title(rest)
        elif part == "authors":
            self._authors_or(rest)
        elif part == "affiliation" and not self.record.has("affiliation"):
            self.record.add("affiliation", rest.span)
        elif part == "url":
            self._address(rest)
        elif part in ("metadata", "keywords", "number", "affiliation"):
            self.leave("metadata", rest)
        else:
            self._text(rest)
            return
        self.role = None

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
            if is_person(line.text) and not self.record.has(*_CLAIMS):
                return False
            if names_paper(line.text) and not self.record.has("title_en", "title_zh", *_CLAIMS):
                self.head(line)
                return True
            if not self.record.has("url"):
                self.record.url = _better(self.record.url, found[0].url)
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
        if record.has("authors") and not record.has(*_CLAIMS[1:]) and names_institute(text) and marks.looks_like_title(text):
            record.add("affiliation", line.span)
            return True
        if record.has(*_CLAIMS):
            return False
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
                self.record.authors_truncated = "…" in outside or "..." in outside or "等" in outside or "et al" in outside
                return True
        authors = authors_of(_upright(line), alone=True, labelled=labelled)
        if authors is None:
            return False
        self._add_names(authors)
        if not authors.truncated and (line.text[-1] in ",，、&" or " " not in authors.names[-1] or len(authors.names) > 1):
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
        if self.record.has("authors") or not self._names(line, labelled=True):
            self.leave("metadata", line)

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

    def _text(self, line: Line) -> None:
        """A title, a paragraph or a bullet, in one of the languages."""
        if not line.text:
            return
        said = language(without_images(line.text))
        if self.role and self.role.part == "authors" and self._names(line, labelled=True):
            self.role = None
        elif self.role and self.role.part == "url":
            self._address(line)
        elif self.role and self.role.part in ("metadata", "keywords", "number", "authors", "affiliation"):
            self.leave("metadata", line)
        elif not self.role and role_of(line.text):
            self.leave("label", line)  # the head of a table's column
        elif self._trails(line):
            self.leave("unparsed", line)
        elif said == "en":
            self._english(line)
        elif HAN.search(line.text):
            self._chinese(line)
        else:
            self.leave("unparsed", line)
        self.filled = True

    def _trails(self, line: Line) -> bool:
        """Whether a line of a web page stands after both abstracts and says too little to belong to them."""
        done = self.document.layout.page and self.record.has("abstract_en") and self.record.has("abstract_zh")
        return done and not marks.is_prose(line.text) and marks.looks_like_title(line.text)

    def _english(self, line: Line) -> None:
        record, role = self.record, self.role
        if role and role.part == "title":
            self.role = None
            self._name(line, "title_en")
        elif role and role.part == "commentary":
            self.leave("unparsed", line)
        elif role and role.part in ("summary", "points") and not self.filled:
            self.leave("metadata", line)  # key points in English: no abstract
        elif record.has("abstract_en") and self._is_repeated(line):
            record.repeated = True
            self.leave("list", line)
        elif self.closed and record.has("abstract_en"):
            self.leave("unparsed", line)
        elif not record.has("title_en", "title_zh", "abstract_en", "abstract_zh") and marks.looks_like_title(line.text):
            record.add("title_en", line.span)
        elif marks.is_prose(line.text) or record.has("abstract_en") or (role and role.part in ("abstract", "text")):
            if not (role and role.part in ("abstract", "text")):
                self.role = None
            self.structured = self.structured or bool(_STRUCTURED.match(line.text))
            record.add("abstract_en", line.span)
            self.said.append(_plain(line.text))
        elif not record.has("title_en") and marks.looks_like_title(line.text):
            record.add("title_en", line.span)
        else:
            self.leave("unparsed", line)

    def _is_repeated(self, line: Line) -> bool:
        """Whether this English was said before: it stands where the Chinese should."""
        if len(line.text) < 40:
            return False
        plain = _plain(line.text)
        return plain in self.said or (len(plain) == sum(map(len, self.said)) and plain == "".join(self.said))

    def _chinese(self, line: Line) -> None:
        record = self.record
        part = self.role.part if self.role else None
        if part == "title":
            self.role = None  # a title is one line
            self._name(line, "title_zh")
        elif part in ("abstract", "text"):
            self.structured = self.structured or bool(_STRUCTURED.match(line.text))
            record.add("abstract_zh", line.span)
        elif part == "summary":
            record.add("summary_zh", self._unbolded(line).span)
        elif part == "points":
            begin = marks.bullet(line.text)
            if begin:
                self.leave("label", line.part(0, begin))
            record.add("key_points_zh", line.part(begin).span)
        elif part == "commentary":
            record.add("commentary_zh", line.span)
        elif self.closed:
            self.leave("unparsed", line)
        elif not record.has("title_zh", "abstract_zh") and marks.looks_like_title(line.text):
            record.add("title_zh", line.span)
        elif record.has("title_zh", "abstract_zh"):
            record.add("abstract_zh", line.span)
        else:
            self._fused(line)

    def _unbolded(self, line: Line) -> Line:
        level, inner = heading(line)
        if level == 7:
            self.leave("label", line.part(0, 2))
            self.leave("label", line.part(len(line.text) - 2))
        return inner if level == 7 else line

    def _fused(self, line: Line) -> None:
        """A paragraph that opens with the Chinese title and a full stop."""
        stop = line.text.find("。")
        title, body = line.part(0, max(stop, 0)), line.part(stop + 1)
        # Only the items of a plain digest are written so, the Chinese before the English.
        record = self.record
        listed = record.number is not None or record.tag is not None
        digest = listed and not self.set_off and not record.has("abstract_en")
        named = record.text(self.document, "title_en")
        long = len(title.text) > _TITLE_LIMIT or (named and marks.proportion(named, title.text) > _TITLES)
        if not digest or not title.text or not body.text or long or _OPENS_ABSTRACT.match(title.text):
            self.record.add("abstract_zh", line.span)
            return
        self.record.add("title_zh", title.span)
        self.leave("label", line.part(stop, stop + 1))
        self.record.add("abstract_zh", body.span)

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


def names_paper(text: str) -> bool:
    """Whether words that lead somewhere are a title, not a button.

    >>> names_paper("On the stones of otters"), names_paper("How We Count Otters"), names_paper("Read the paper")
    (True, True, False)
    """
    words = len(text.split())
    long = words >= 5 or (words >= 3 and in_title_case(text)) or count_han(text) >= 6
    return long and marks.looks_like_title(text) and not is_frame(text)


def bilingual(line: Line) -> tuple[Line, Line] | None:
    """The English and the Chinese part of a title in both, or None: "Otters at Dusk | 黄昏的海獭".

    >>> [part.text for part in bilingual(Line(0, 22, "Otters at Dusk | 黄昏的海獭")) or ()]
    ['Otters at Dusk', '黄昏的海獭']
    """
    text = line.text
    if len(text) > 400 or not HAN.search(text) or text.isascii():
        return None
    for match in re.finditer(r"\s?[|｜/／]\s?|\s[-–—]+\s|\s?(?=[(（])|[ \t]{2,}|\s(?=[\u4e00-\u9fff])|<br/?>", text):
        left, right = line.part(0, match.start()), line.part(match.end())
        if right.text[:1] in "(（" and right.text[-1:] in ")）":
            right = right.part(1, len(right.text) - 1)
        for en, zh in ((left, right), (right, left)):
            words, sure = len(en.text.split()), match[0].strip() != "" or right.text != line.part(match.end()).text
            if language(en.text) == "en" and language(zh.text) == "zh" and words >= (2 if sure else 4):
                if count_han(zh.text) >= 4 and not HAN.search(en.text):
                    return en, zh
    return None


def _upright(line: Line) -> Line:
    """A line without the signs that set all of it in bold or italics."""
    text = line.text
    kinds = ("***", "**", "__", "*", "_")
    signs = next((signs for signs in kinds if text.startswith(signs) and text.endswith(signs)), "")
    return line.part(len(signs), len(text) - len(signs)) if len(text) > 2 * len(signs) > 0 else line


def _better(known: str | None, url: str) -> str:
    """The address of the paper of two: the first one, unless the second is the first of arXiv's."""
    return url if known is None or ("arxiv.org" in url and "arxiv.org" not in known) else known


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
