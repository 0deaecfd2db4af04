"""What stands at one level of a TBX entry: data categories under any of their spellings, and term sections."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .tmx import left_out, listed, plain_text, side_of, spelt_tag, stray_texts
from .xml_door import Element, local_name

EXACT = "Written by duizhao: blanks and line ends are exact."  # in the header of a file of ours
OURS = "duizhao:"  # begins a customer subset of ours
PARTS_OF_SPEECH = ("noun", "verb", "adjective", "adverb", "other")  # of TBX-Basic

Status = Literal["preferred", "admitted", "wrong", ""]
Side = Literal["en", "zh", "taiwan"]

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPED = frozenset("descrip descripNote admin adminNote termNote termCompList ref xref transac transacNote".split())
_CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "sc", "ec"})
_TAIWAN_PARTS = frozenset({"Hant", "TW", "HK", "MO", "cht"})
_NOT_MANDARIN = frozenset({"yue", "nan", "wuu", "hak", "gan", "hsn", "cdo", "min"})
_FLAGS = frozenset({"case", "pattern", "needs-source"})
_PROSE = frozenset({"note", "descrip", "definition"})
_TAIWAN = frozenset("taiwan tw zh-tw 台湾 台灣 臺灣 hong-kong hk zh-hk 香港 macau macao mo zh-mo 澳门 澳門".split())
_STATUSES: Mapping[str, Status] = {  # in small letters, without blanks, "term" and "-admn-sts"
    "preferred": "preferred",
    "standardized": "preferred",
    "admitted": "admitted",
    "approved": "admitted",
    "deprecated": "wrong",
    "superseded": "wrong",
    "forbidden": "wrong",
    "obsolete": "wrong",
    "notrecommended": "wrong",
}
_STATUS_KINDS = ("administrativeStatus", "normativeAuthorization")


class Mark(NamedTuple):
    """A data category and its value: ("subjectField", "tea")."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class TermSection:
    """One term with what is said of it."""

    text: str
    status: Status
    pos: str
    usage: str
    notes: tuple[str, ...]
    flags: frozenset[str]

    @property
    def why(self) -> str:
        """Why the term is wrong, "" where nothing says it."""
        return " ".join(self.notes)


@dataclass(slots=True)
class Seen:
    """What reading left out or chose between, counted; `exact` for a file that we wrote."""

    exact: bool
    counts: dict[str, int]
    other: Counter[str] = field(default_factory=Counter)
    unused: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    inline: Counter[str] = field(default_factory=Counter)

    def notes(self, sentences: Mapping[str, str]) -> list[str]:
        """One sentence for everything that was counted."""
        lines = [sentence.format(self.counts[name]) for name, sentence in sentences.items() if self.counts[name]]
        if self.other:
            lines.append(f"{self.other.total()} other languages were left out ({listed(self.other)})")
        if self.statuses:
            lines.append(f"{self.statuses.total()} statuses of no known kind were not used ({listed(self.statuses)})")
        if self.unused.total():  # some count 0
            lines.append(f"{self.unused.total()} properties were not used ({listed(self.unused)})")
        return [*lines, *left_out(self.inline, Counter())]

    def plain(self, element: Element, where: str) -> str:
        """The text of an element without the blanks around it, and without a pretty printer's line breaks inside."""
        text = plain_text(element, _CODES, self.inline, where).strip()
        return text if self.exact else stripped(text, keep=local_name(element) in _PROSE)


def stripped(text: str, *, keep: bool = False) -> str:
    """The text on one line; with `keep`, only line breaks that indentation follows become a blank.

    >>> stripped("river\\n  otter"), stripped("a\\nb\\n  c", keep=True)
    ('river otter', 'a\\nb c')
    """
    if "\n" not in text:
        return text
    if not keep:
        return " ".join(text.split())
    first, *lines = text.split("\n")
    parts = [first]
    for line in lines:
        if line[:1] in (" ", "\t") and line.strip():
            parts[-1] = parts[-1].rstrip(" \t")
            parts.append(" " + line.lstrip(" \t"))
        else:
            parts.append("\n" + line)
    return "".join(parts)


def language_of(element: Element) -> tuple[str, Side | None]:
    """The language tag of a language section, and the side it belongs to; None for other languages."""
    tag = str(element.get(_XML_LANG) or element.get("lang") or "")
    side = side_of(tag)
    parts = set(spelt_tag(tag).split("-"))
    if side == "zh" and parts & _NOT_MANDARIN:
        return tag, None
    if side == "zh" and parts & _TAIWAN_PARTS and "Hans" not in parts:
        return tag, "taiwan"
    return tag, side


def values(parent: Element, inner: tuple[str, ...], seen: Seen, where: str) -> list[Mark]:
    """The data categories of this level, those that are read; the others are counted. `inner` begin deeper levels."""
    marks: list[Mark] = []
    seen.counts["stray"] += stray_texts(parent)
    for element, kind in _leaves(parent, inner, seen):
        if kind in ("definition", "note", "subjectField", "partOfSpeech"):
            if text := seen.plain(element, where):
                marks.append(Mark(kind, text))
        else:
            seen.unused[kind] += 1
    return marks


def sections(language: Element, seen: Seen, where: str) -> Iterator[TermSection]:
    """The terms of a language section, in order."""
    for section in language.iterchildren("{*}tig", "{*}ntig", "{*}termSec"):
        seen.counts["stray"] += stray_texts(section)
        found = list(_leaves(section, (), seen))
        terms = [element for element, kind in found if kind == "term"]
        text = seen.plain(terms[0], where) if terms else ""
        if not text:
            seen.counts["no_term"] += 1
            continue
        seen.counts["many_terms"] += len(terms) > 1
        yield _section(text, [(element, kind) for element, kind in found if kind != "term"], seen, where)


def _section(text: str, found: list[tuple[Element, str]], seen: Seen, where: str) -> TermSection:
    status: Status = ""
    pos = usage = ""
    notes: list[str] = []
    flags: set[str] = set()
    for element, kind in found:
        value = seen.plain(element, where)
        if kind in _STATUS_KINDS:
            if known := _status(value):
                status = status or known
            else:
                seen.statuses[value] += 1
        elif kind == "partOfSpeech":
            pos = pos or (value.lower() if value.lower() in PARTS_OF_SPEECH else value)
        elif kind == "geographicalUsage" and value.casefold().replace(" ", "-") in _TAIWAN:
            usage = "taiwan"
        elif kind in ("note", "definition", "usageNote"):
            notes += [value] if value else []
        elif kind == "customerSubset" and (flag := _flag(value)):
            flags.add(flag)
        else:
            seen.unused[kind] += 1
    own = next((flag.removeprefix("pos=") for flag in sorted(flags) if flag.startswith("pos=")), pos)
    return TermSection(text, status, own, usage, tuple(notes), frozenset(flags))


def _flag(value: str) -> str:
    """What a customer subset of ours says, "" for one of other customers."""
    flag = value.removeprefix(OURS) if value.startswith(OURS) else ""
    return flag if flag in _FLAGS or flag.startswith("pos=") else ""


def _status(value: str) -> Status:
    """What a status says, "" for one that is not known."""
    bare = "".join(value.casefold().split()).removesuffix("-admn-sts")
    return _STATUSES.get(bare.removesuffix("term"), "")


def _leaves(parent: Element, inner: tuple[str, ...], seen: Seen) -> Iterator[tuple[Element, str]]:
    """The elements of this level with their data category, those of groups too; histories are counted only."""
    waiting = list(parent.iterchildren("*"))[::-1]
    while waiting:
        element = waiting.pop()
        name = local_name(element)
        if name in inner:
            continue
        if name in ("transacGrp", "termCompGrp"):
            seen.unused[name] += 1
        elif name.endswith("Grp"):
            seen.counts["stray"] += stray_texts(element)
            waiting += list(element.iterchildren("*"))[::-1]
        else:
            yield element, str(element.get("type", name)) if name in _TYPED else name
