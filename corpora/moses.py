"""Two files, line by line parallel: which two belong together, their lines as rows, and units as such files."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TextIO

from .errors import InputError
from .rows import Cell, Row, Table, Unit
from .unit_lines import unit_name, unit_values

# A code counts only where no letter or digit touches it; a region belongs to it ("zh-CN", "en_US").
_MARK = re.compile(
    r"(?<![A-Za-z0-9])(?:(?P<en>english|eng|en)(?:[-_](?:us|gb|uk))?+"
    r"|(?P<zh>chinese|zho|chi|cmn|chs|cht|zh|cn)(?:[-_](?:hans|hant|cn|tw|hk|sg))?+)(?![A-Za-z0-9])"
    r"|(?P<en_word>原文|英文|英语)|(?P<zh_word>译文|中文|汉语)",
    re.IGNORECASE,
)


def language_mark(path: Path) -> Literal["en", "zh"] | None:
    """The language that the last mark in the file's name stands for, else that of the nearest folder named so.

    原文 (the original) is taken for English, 译文 (the translation) for Chinese.

    >>> language_mark(Path("river.en-zh.zh")), language_mark(Path("en/river.txt")), language_mark(Path("river.txt"))
    ('zh', 'en', None)
    """
    return _marked(path)[0]


def same_stem(a: Path, b: Path) -> bool:
    """Whether two paths are alike but for a language mark: one is marked English, the other Chinese.

    >>> same_stem(Path("river.en.txt"), Path("river.zh-CN.txt")), same_stem(Path("river.en"), Path("tea.zh"))
    (True, False)
    """
    (language_a, rest_a), (language_b, rest_b) = _marked(a), _marked(b)
    return {language_a, language_b} == {"en", "zh"} and rest_a == rest_b


def pair_lines(english: str, chinese: str, source_en: str, source_zh: str) -> Table | None:
    """A row a line of two texts with equally many lines; None where the numbers differ, for nothing is guessed.

    A final line end is no further line. What is blank on both sides is skipped, what is blank on one gives a row of
    the other side only; both are counted. A cell's line is the line in its own file.

    >>> table = pair_lines("Tea.\\n", "茶。\\n", "a.en", "a.zh")
    >>> table and table.rows
    ((Cell(name='en', text='Tea.', line=1, column=1), Cell(name='zh', text='茶。', line=1, column=1)),)
    """
    lines_en, lines_zh = _lines(english), _lines(chinese)
    if len(lines_en) != len(lines_zh):
        return None
    rows: list[Row] = []
    blank, alone_en, alone_zh = 0, 0, 0
    for number, (en, zh) in enumerate(zip(lines_en, lines_zh, strict=True), 1):
        cells = tuple(Cell(name, text, number, 1) for name, text in (("en", en), ("zh", zh)) if text.strip())
        if not cells:
            blank += 1
            continue
        if len(cells) == 1:
            alone_en += cells[0].name == "en"
            alone_zh += cells[0].name == "zh"
        rows.append(cells)
    counts = (
        (blank, "lines are blank in both files and were skipped"),
        (alone_en, f"lines are blank in {source_zh} only"),
        (alone_zh, f"lines are blank in {source_en} only"),
    )
    return Table("Moses", tuple(rows), tuple(f"{count} {what}" for count, what in counts if count))


def write_moses(units: Iterable[Unit], english: TextIO, chinese: TextIO) -> None:
    """Write a line a unit into both files; ids and origins have no place there.

    Raises InputError, naming the unit, for a line end within a text; what was written before stays written. Other
    separators (U+2028) stay as they are: a line of these files ends at a line feed only.

    >>> import io
    >>> english, chinese = io.StringIO(), io.StringIO()
    >>> write_moses([Unit("Tea.", "茶。")], english, chinese)
    >>> english.getvalue(), chinese.getvalue()
    ('Tea.\\n', '茶。\\n')
    """
    for number, unit in enumerate(units, 1):
        values = unit_values(unit, number)
        for name in ("en", "zh"):
            if "\n" in values[name] or "\r" in values[name]:
                raise InputError(
                    unit_name(unit, number), f"a line end in {name}", "texts of one line", "Use CSV or JSONL."
                )
        english.write(values["en"] + "\n")
        chinese.write(values["zh"] + "\n")


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def _marked(path: Path) -> tuple[Literal["en", "zh"] | None, tuple[str, ...]]:
    """The language of the path's mark, and the parts of the path without it."""
    parts = list(path.parts)
    for index in range(len(parts) - 1, -1, -1):
        if index == len(parts) - 1:
            match = next(reversed(list(_MARK.finditer(parts[index]))), None)
        else:
            match = _MARK.fullmatch(parts[index])  # a folder's whole name, for "river-en" may hold both languages
        if match:
            part = parts[index]
            parts[index] = f"{part[: match.start()]}\0{part[match.end() :]}"
            return ("en" if match["en"] or match["en_word"] else "zh"), tuple(parts)
    return None, tuple(parts)
