"""SubRip subtitles: one file in both languages, or two files whose cues are matched by time."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .errors import InputError
from .rows import Cell, Row, Table
from .script import language

_TIME = r"([0-9]{1,3}):([0-9]{1,2}):([0-9]{1,2})(?:[,.]([0-9]{1,3}))?"
_TIMING = re.compile(rf"({_TIME})[ \t]*+-->[ \t]*+({_TIME})(?:[ \t].*)?")
_TAG = re.compile(r"</?(?:i|b|u|s|font)(?:\s[^<>]{0,200})?>|\{\\[^{}]{0,200}\}", re.IGNORECASE)


class _Cue(NamedTuple):
    """Lines shown from `begin` to `end` (milliseconds), each with its place; `tags` were taken out of them."""

    begin: int
    end: int
    start_cell: Cell
    end_cell: Cell
    lines: tuple[Cell, ...]
    tags: int

    def joined(self, name: str, between: str) -> Cell:
        first = self.lines[0]
        return Cell(name, between.join(line.text for line in self.lines), first.line, first.column)


def read_srt(text: str, source: str) -> Table:
    """A row a cue of a file that shows both languages, on lines of their own: en, zh, start, end (as written).

    A line of both languages, or of neither, goes with the other lines of its cue. Formatting (<i>, {\\\\an8}) is
    taken out and counted. Raises InputError, with the line, for a malformed cue.

    >>> read_srt("1\\n00:00:01,000 --> 00:00:02,500\\n一只海獭\\nAn otter\\n", "a.srt").rows[0][1]
    Cell(name='zh', text='一只海獭', line=3, column=1)
    """
    cues, notes = _cues(text, source)
    rows: list[Row] = []
    one_sided = 0
    for cue in cues:
        sides = _sides(cue)
        cells = [
            cue._replace(lines=lines).joined(name, between)
            for name, between in (("en", " "), ("zh", ""))
            if (lines := tuple(line for line, side in zip(cue.lines, sides, strict=True) if side == name))
        ]
        one_sided += len(cells) == 1
        rows.append((*cells, cue.start_cell, cue.end_cell))
    if one_sided:
        notes.append(f"{one_sided} cues are in one language only")
    return Table("SRT", tuple(rows), tuple(notes))


def read_srt_pair(english: str, chinese: str, source_en: str, source_zh: str) -> Table:
    """A row a group of cues shown at the same time, in order of time: en, zh, start (of the first), end (of the last).

    Two cues belong together if the middle of one falls into the other: a shift of less than half a cue does no
    harm. Texts of a group are joined by a blank (en) or nothing (zh); a cue without a partner is a row of one side.
    Raises InputError, with the file and line, for a malformed cue.

    >>> one = "1\\n00:00:01,000 --> 00:00:03,000\\nTea.\\n"
    >>> [cell.text for cell in read_srt_pair(one, one.replace("Tea.", "茶。"), "en.srt", "zh.srt").rows[0]]
    ['Tea.', '茶。', '00:00:01,000', '00:00:03,000']
    """
    cues_en, notes_en = _cues(english, source_en)
    cues_zh, notes_zh = _cues(chinese, source_zh)
    rows: list[Row] = []
    alone = {"en": 0, "zh": 0}
    for group_en, group_zh in _groups(cues_en, cues_zh):
        cells = []
        for name, between, group in (("en", " ", group_en), ("zh", "", group_zh)):
            if group:
                pieces = [cue.joined(name, between) for cue in group]
                cells.append(pieces[0]._replace(text=between.join(piece.text for piece in pieces)))
        if len(cells) == 1:
            alone[cells[0].name] += len(group_en) + len(group_zh)
        group = [*group_en, *group_zh]
        start, end = min(group, key=lambda cue: cue.begin), max(group, key=lambda cue: cue.end)
        rows.append((*cells, start.start_cell, end.end_cell))
    notes = [f"{source_en}: {note}" for note in notes_en] + [f"{source_zh}: {note}" for note in notes_zh]
    if any(alone.values()):
        notes.append(f"{alone['en']} English and {alone['zh']} Chinese cues have no partner in time")
    return Table("SRT", tuple(rows), tuple(notes))


def _cues(text: str, source: str) -> tuple[list[_Cue], list[str]]:
    """The cues that show text, in the order of the file, and the notes."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    starts = [number for number, line in enumerate(lines) if "-->" in line]
    if not starts:
        raise InputError(source, "no cue", "times as in 00:00:01,000 --> 00:00:02,500")
    heads = [_head(lines, number) for number in starts]
    for number in range(heads[0]):
        if lines[number].strip():
            raise InputError(f"{source}:{number + 1}", "text before the first cue", "a number and times")
    cues = [
        _cue(lines, begin, end, source)
        for begin, end in zip(starts, [*heads[1:], len(lines)], strict=True)
    ]  # fmt: skip
    shown = [cue for cue in cues if cue.lines]
    counts = (
        (sum(cue.tags for cue in cues), "formatting tags were removed"),
        (len(cues) - len(shown), "cues without text were skipped"),
    )
    return shown, [f"{count} {what}" for count, what in counts if count]


def _head(lines: Sequence[str], timing: int) -> int:
    """The line where the cue with these times begins: that of its number, if it has one."""
    return timing - 1 if timing and _is_number(lines[timing - 1]) else timing


def _cue(lines: Sequence[str], timing: int, end: int, source: str) -> _Cue:
    where = f"{source}:{timing + 1}"
    written = lines[timing].strip()
    match = _TIMING.fullmatch(written)
    if not match:
        raise InputError(where, f"times {written[:60]!r}", "times as in 00:00:01,000 --> 00:00:02,500")
    begins, ends = _milliseconds(match.groups()[1:5]), _milliseconds(match.groups()[6:10])
    if ends < begins:
        raise InputError(where, f"a cue that ends before it begins ({written[:60]})", "times in order")
    indent = len(lines[timing]) - len(lines[timing].lstrip()) + 1
    shown: list[Cell] = []
    tags = 0
    for number in range(timing + 1, end):
        line = lines[number]
        if number > timing + 1 and not lines[number - 1].strip() and _is_number(line):
            raise InputError(f"{source}:{number + 1}", f"cue {line.strip()} without times", "times below the number")
        bare, removed = _TAG.subn("", line)
        tags += removed
        if text := bare.strip():
            shown.append(Cell("", text, number + 1, len(line) - len(line.lstrip()) + 1))
    return _Cue(
        begins,
        ends,
        Cell("start", match[1], timing + 1, indent),
        Cell("end", match[6], timing + 1, indent + match.start(6)),
        tuple(shown),
        tags,
    )


def _is_number(line: str) -> bool:
    bare = line.strip().lstrip("\ufeff")
    return bare.isascii() and bare.isdecimal()


def _milliseconds(parts: Sequence[str | None]) -> int:
    hours, minutes, seconds, rest = parts
    return ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds or 0)) * 1000 + int(
        (rest or "").ljust(3, "0")
    )


def _sides(cue: _Cue) -> list[str]:
    """Whether each line of the cue is "en" or "zh".

    What has letters of both takes the side the cue lacks, else Chinese; what has none goes with the line before it,
    at the top with the next that has letters, and is English where no line has any.
    """
    found = [language(line.text) for line in cue.lines]
    lacking = "en" if "zh" in found and "en" not in found else "zh"
    sides = [lacking if side == "mixed" else side for side in found]
    last = next((side for side in sides if side != "none"), "en")
    for index, side in enumerate(sides):
        last = last if side == "none" else side
        sides[index] = last
    return sides


def _groups(cues_en: Sequence[_Cue], cues_zh: Sequence[_Cue]) -> Iterator[tuple[list[_Cue], list[_Cue]]]:
    """Cues of both sides whose middles fall into one another, by the time the group begins.

    A sweep over the beginnings and middles of all cues. Of the other side's cues that are on when a middle comes,
    only the one that stays longest is kept: they are one group from then on, whichever a later middle meets. So the
    time is that of sorting, however many cues overlap.
    """
    cues = [*cues_en, *cues_zh]
    group = list(range(len(cues)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    # Twice the time, so that middles are whole numbers; a beginning comes before a middle at the same time.
    events = [(2 * cue.begin, 0, index) for index, cue in enumerate(cues)]
    events += [(cue.begin + cue.end, 1, index) for index, cue in enumerate(cues)]
    shown: tuple[list[int], list[int]] = [], []
    for time, is_middle, index in sorted(events):
        side = index >= len(cues_en)
        if not is_middle:
            shown[side].append(index)
            continue
        others = [other for other in shown[not side] if 2 * cues[other].end > time]
        for other in others:
            group[root(other)] = root(index)
        shown[not side][:] = [max(others, key=lambda other: cues[other].end)] if others else []
    members: dict[int, tuple[list[_Cue], list[_Cue]]] = {}
    for index in sorted(range(len(cues)), key=lambda index: (cues[index].begin, cues[index].end, index)):
        members.setdefault(root(index), ([], []))[index >= len(cues_en)].append(cues[index])
    yield from members.values()
