"""Where the items of a page begin: at numbered heads, at headings, at labels that come again, or nowhere."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from . import marks
from .blocks import heading, is_button_row, is_rule, without_images
from .heads import Head
from .lines import Button, Line
from .people import authors_of
from .roles import Part, label_of, role_of
from .script import language

_SECTION_NAMES = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?\s*|[IVX]{1,4}\.\s*|第?[一二三四五六七八九十]{1,3}[、.章节]\s*)?"
    r"(?:introduction|related works?|background|preliminar(?:y|ies)|methods?|methodology|approach|"
    r"experiments?(?: and results)?|experimental (?:results|setup)|evaluation|results?(?: and discussions?)?|"
    r"discussions?|conclusions?(?: and future work)?|limitations?|references|bibliography|acknowledge?ments?|"
    r"acknowlegements?|appendix.{0,30}|summary|引言|绪论|介绍|相关工作|背景|方法|实验(?:结果)?|结果|讨论|结论|总结|局限性?|参考文献|致谢|附录.{0,20})$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?:目\s?录|table of contents|contents|toc)$", re.IGNORECASE)
_FURNITURE_REPEATS = 3  # a short line standing this often on a page is a page header


class Start(NamedTuple):
    """Where an item begins: the index of its first line, and whether that line is its title."""

    line: int
    titled: bool


def item_starts(lines: Sequence[Line], numbers: Sequence[int] = ()) -> list[Start]:
    """Where the items of a page begin, in order; one at the first line where nothing marks them.

    `numbers` are the lines that `numbered` gave.

    >>> from duizhao.corpora.lines import lines_of
    >>> item_starts(lines_of("# One Otter\\nWe see one otter here and there."))
    [Start(line=0, titled=True)]
    """
    if not lines:
        return []
    if numbers:
        return [Start(k, titled=True) for k in numbers]
    headings = [Start(k, titled=True) for k in _by_heading(lines)]
    if len(headings) == 1:
        # The heading of the page, where papers with labels of their own stand below it.
        labels = _by_label(lines, ("title", "abstract"))
        return labels if len(labels) > 1 else headings
    labels = _by_row(lines) or _by_label(lines, ("title", "abstract", "text"))
    return headings or labels or _by_rule(lines) or _by_title(lines)


def numbered(lines: Sequence[Line], found: Mapping[int, Head]) -> list[int]:
    """Indices of the heads, `found` by `find_heads`, that open an item with something in it.

    A head directly followed by another head is an entry in a table of contents, not an item; where the heads are the
    sections of one paper (1. Introduction) there are none.
    """
    if any(_SECTION_NAMES.match(lines[k].text[slice(*head.title)]) for k, head in found.items()):
        return []
    return [
        k
        for k, after in blocks_between(sorted(found), lines)
        if any(not isinstance(line, Button) and not is_frame(line.text) for line in lines[k + 1 : after])
    ]


def blocks_between(heads: Sequence[int], lines: Sequence[Line]) -> list[tuple[int, int]]:
    """From each head to the next."""
    return list(zip(heads, [*heads[1:], len(lines)] if heads else [], strict=True))


def page_headers(lines: Sequence[Line]) -> frozenset[str]:
    """Short lines that stand on the page again and again, labels apart."""
    counts = Counter(line.text for line in lines if len(line.text) <= 60)
    return frozenset(
        text
        for text, n in counts.items()
        if n >= _FURNITURE_REPEATS
        and not (
            label_of(text)
            or marks.affiliation(text)
            or is_rule(text)
            or is_button_row(text)
            or authors_of(Line(0, len(text), text), alone=False)
        )
    )


def is_frame(text: str) -> bool:
    """A line that frames items and is none of their text: furniture, rules, headings, a list of titles."""
    return (
        marks.is_furniture(text)
        or marks.is_section(text)
        or is_rule(text)
        or bool((label := label_of(text)) and (label.begin == len(text) or text.count("、") >= 2))
        or bool(_CONTENTS.match(text.strip("# *")))
    )


def is_section_name(text: str) -> bool:
    """Whether a heading names a part of a paper (3 Experiments, 参考文献) rather than a paper."""
    return bool(_SECTION_NAMES.match(text.strip())) or label_of(f"# {text}") is not None


def _by_heading(lines: Sequence[Line]) -> list[int]:
    """The headings of that level under which most papers stand."""
    levels = [heading(line) for line in lines]
    best: tuple[int, list[int]] = (0, [])
    for level in range(1, 8):
        here = [k for k, (found, _) in enumerate(levels) if found == level]
        titles = [k for k in here if not is_section_name(levels[k][1].text) and not _CONTENTS.match(levels[k][1].text)]
        # A section is no paper: where one of this level is called Abstract or Conclusion, its neighbours are sections.
        if not titles or (len(titles) < len(here) and level > 1 and _are_sections(levels, here)):
            continue
        # A line in bold is a weak heading: those that name a section end no item.
        ends = titles if level == 7 else [j for j, (found, _) in enumerate(levels) if 0 < found <= level]
        after = dict(blocks_between(ends, lines))
        full = [k for k in titles if _is_paper(lines[k + 1 : after[k]])]
        if len(full) > best[0] or (len(full) == best[0] > 1 and all(_is_group(levels, k) for k in best[1])):
            best = len(full), [_with_translation(levels, k) for k in full]
    return best[1]


def _with_translation(levels: Sequence[tuple[int, Line]], k: int) -> int:
    """Where a title in two headings begins, one a language: at the first of them."""
    if k == 0 or levels[k - 1][0] != levels[k][0]:
        return k
    said = {language(levels[k - 1][1].text), language(levels[k][1].text)}
    return k - 1 if said == {"en", "zh"} else k


def _is_group(levels: Sequence[tuple[int, Line]], k: int) -> bool:
    """Whether a heading stands right above one of a lower level that is neither its translation nor a section."""
    (level, above), (lower, below) = levels[k], levels[k + 1]
    same = language(above.text) == language(below.text)
    return level < lower < 7 and same and not is_section_name(below.text)


def _are_sections(levels: Sequence[tuple[int, Line]], here: Sequence[int]) -> bool:
    names = sum(is_section_name(levels[k][1].text) for k in here)
    outer = any(0 < levels[k][0] < levels[here[0]][0] for k in range(here[0]))
    return names >= 1 and (outer or 2 * names >= len(here))


def _is_paper(lines: Sequence[Line]) -> bool:
    """Whether lines hold an abstract, in either language, or a title in the other language at least."""
    for line in lines:
        label = label_of(line.text)
        if marks.is_prose(without_images(line.text)) or (label and label.role.part in ("abstract", "title")):
            return True
    return False


def _by_label(lines: Sequence[Line], kinds: Sequence[Part]) -> list[Start]:
    """Items that begin at the label, of these kinds, that comes first and comes again: Title: … Abstract: … Title: …"""
    found = [(k, label.role) for k, line in enumerate(lines) if (label := label_of(line.text))]
    parts = [role.part for _, role in found]
    for part in kinds:
        if part not in parts:
            continue
        # A title and its translation, an abstract and its translation, come one after the other: one item has both.
        starts: list[int] = []
        seen: set[object] = set()
        for k, role in found:
            side = role.side or _content_language(lines, k)
            key = (role.part, side)
            if role.part == part and (not starts or key in seen):
                starts.append(k)
                seen = set()
            seen.add(key)
        if part != "title":
            starts = [_with_title(lines, k) for k in starts]
        return [Start(k, titled=False) for k in sorted(set(starts))]
    return []


def _by_row(lines: Sequence[Line]) -> list[Start]:
    """Items that are the rows of a table, a line a cell, below the names of its columns: Title, Abstract, 摘要."""
    names = [text == "#" or role_of(text) is not None for text in (line.text for line in lines)]
    first = next((k for k in range(len(lines) - 2) if all(names[k : k + 3])), None)
    if first is None:
        return []
    below = next((k for k in range(first, len(lines)) if not names[k]), len(lines))
    width = below - first
    roles = [role_of(line.text) for line in lines[first:below]]
    columns = [k for k, role in enumerate(roles) if role and role.part == "abstract"]
    starts = range(below, len(lines) - width + 1, width)
    if not columns or not all(marks.is_prose(lines[k + column].text) for k in starts for column in columns):
        return []
    return [Start(k, titled=False) for k in starts]


def _content_language(lines: Sequence[Line], k: int) -> str:
    """The language of what a label labels: the rest of its line, or the next line."""
    label = label_of(lines[k].text)
    rest = lines[k].text[label.begin :] if label else ""
    if not rest and k + 1 < len(lines):
        rest = lines[k + 1].text
    return "en" if language(rest) == "en" else "zh"


def _with_title(lines: Sequence[Line], k: int) -> int:
    """The first of the short lines above an abstract: its title, its authors."""
    first = k
    for j in range(k - 1, max(-1, k - 5), -1):
        text = lines[j].text
        if is_rule(text) or is_frame(text) or marks.link_line(text) or label_of(text) or 0 < heading(lines[j])[0] < 7:
            break
        if not marks.looks_like_title(text) and not authors_of(lines[j], alone=False):
            break
        first = j
    return first


def _by_rule(lines: Sequence[Line]) -> list[Start]:
    """Items that rules part, where each has text in both languages."""
    starts = [0, *(k + 1 for k, line in enumerate(lines) if is_rule(line.text) and k + 1 < len(lines))]
    spans = blocks_between(starts, lines)
    full = [k for k, after in spans if _has_both(lines[k:after])]
    return [Start(k, titled=False) for k in full] if len(full) >= 2 and len(full) >= 0.6 * len(spans) else []


def _has_both(lines: Sequence[Line]) -> bool:
    said = {language(line.text) for line in lines if marks.is_prose(line.text)}
    return "en" in said and bool(said & {"zh", "mixed"})


def _by_title(lines: Sequence[Line]) -> list[Start]:
    """Items without any mark: a new one begins at a title once the last one has its text in both languages."""
    starts = [Start(0, titled=False)]
    said: set[str] = set()
    for k, line in enumerate(lines):
        prose = marks.is_prose(line.text) and not marks.looks_like_title(line.text)
        if (
            {"en", "zh"} <= said
            and marks.looks_like_title(line.text)
            and language(line.text) == "en"
            and len(line.text.split()) >= 3
            and not marks.link_line(line.text)
            and _opens(lines, k)
        ):
            starts.append(Start(k, titled=False))
            said = set()
        elif prose:
            said.add("en" if language(line.text) == "en" else "zh")
    return starts


def _opens(lines: Sequence[Line], k: int) -> bool:
    """Whether a paper follows its title: the title's translation or authors, then prose in both languages."""
    rest = lines[k + 1 : k + 8]
    return (
        bool(rest)
        and _has_both(rest)
        and (marks.looks_like_title(rest[0].text) or authors_of(rest[0], alone=True) is not None)
    )
