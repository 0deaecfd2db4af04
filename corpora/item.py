"""One item of a page, a paper with what is said of it, read line by line."""

import re

from . import marks
from .blocks import heading, is_rule, without_images
from .identity import CLAIMS, Identity, upright
from .lines import Button, Line
from .people import authors_of
from .roles import Label, Role, is_language_menu, label_of, role_of
from .script import HAN, language

_TITLE_LIMIT = 80  # Han characters and Latin letters of the longest fused title; longer is a sentence
_OPENS_ABSTRACT = re.compile(r"本文|我们|该文|作者|这篇|近年来|随着")
# Labels inside a structured abstract are part of it.
_STRUCTURED = re.compile(
    r"(?:\*\*)?[【\[]?(?:目的|背景|方法|结果|结论|Background|Objectives?|Purpose|Aims?|Methods?|Results?|Conclusions?)"
    r"[】\]]?(?:\*\*)?\s?[:：】\]]",
    re.IGNORECASE,
)
_TITLES = 3.0  # Chinese to English as `marks.proportion` has it, of titles; 2.5 is the most of 18 in digests
_LIKELY = 4.5  # Chinese to English as `marks.proportion` has it, from which neither translates the other


class Item(Identity):
    """One item while its lines are read, top to bottom."""

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
        if level == 7 and not self.record.has(*CLAIMS) and authors_of(inner, alone=False):
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
        record = self.record
        part = self.role.part if self.role else None
        if part == "title":
            self.role = None
            self._name(line, "title_en")
        elif part == "commentary":
            self.leave("unparsed", line)
        elif part in ("summary", "points") and not self.filled:
            self.leave("metadata", line)  # key points in English: no abstract
        elif record.has("abstract_en") and self._is_repeated(line):
            record.repeated = True
            self.leave("list", line)
        elif self.closed and record.has("abstract_en"):
            self.leave("unparsed", line)
        elif (
            part not in ("abstract", "text")
            and not record.has("title_en", *CLAIMS)
            and marks.looks_like_title(line.text)
        ):
            self._name(upright(line), "title_en")  # before all else, or below the Chinese title
        elif marks.is_prose(line.text) or record.has("abstract_en") or part in ("abstract", "text"):
            if part not in ("abstract", "text"):
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


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
