"""Titles: in two languages on one line, or told from buttons."""

import re

from . import marks
from .heads import in_title_case
from .items import is_frame
from .lines import Line
from .script import HAN, count_han, language

_JOINTS = re.compile(r"\s?[|｜/／]\s?|\s[-–—]+\s|\s?(?=[(（])|[ \t]{2,}|\s(?=[\u4e00-\u9fff])|<br/?>")


def bilingual(line: Line) -> tuple[Line, Line] | None:
    """The English and the Chinese part of a title in both, or None: "Otters at Dusk | 黄昏的海獭".

    >>> [part.text for part in bilingual(Line(0, 22, "Otters at Dusk | 黄昏的海獭")) or ()]
    ['Otters at Dusk', '黄昏的海獭']
    """
    text = line.text
    if len(text) > 400 or not HAN.search(text) or text.isascii():
        return None
    for match in _JOINTS.finditer(text):
        left, right = line.part(0, match.start()), line.part(match.end())
        if right.text[:1] in "(（" and right.text[-1:] in ")）":
            right = right.part(1, len(right.text) - 1)
        for en, zh in ((left, right), (right, left)):
            words, sure = len(en.text.split()), match[0].strip() != "" or right.text != line.part(match.end()).text
            sides = language(en.text) == "en" and language(zh.text) == "zh"
            if sides and words >= (2 if sure else 4) and count_han(zh.text) >= 4 and not HAN.search(en.text):
                return en, zh
    return None


def names_paper(text: str) -> bool:
    """Whether words that lead somewhere are a title, not a button.

    >>> names_paper("On the stones of otters"), names_paper("How We Count Otters"), names_paper("Read the paper")
    (True, True, False)
    """
    words = len(text.split())
    long = words >= 5 or (words >= 3 and in_title_case(text)) or count_han(text) >= 6
    return long and marks.looks_like_title(text) and not is_frame(text)
