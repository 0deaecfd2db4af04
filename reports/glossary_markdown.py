"""The glossary as Markdown: a table a section, to be read on GitHub or pasted into a document."""

import re
from collections.abc import Iterable
from typing import TextIO

from ..metrics import Entry, Rendering
from ..metrics.messages import Language
from .glossary_sections import in_sections, section_words, shares, status_words
from .places import Places
from .result import Result
from .summary import counted
from .visible import encodable, on_one_line, shortened

MOST_PLACES = 5  # named for one rendering
_EXAMPLE = 160  # characters of each side of an example
_RULER = "|---|---|---|--:|--:|---|---|---|\n"
_HEADER = (
    "| Term | Wanted | Rendering | Count | Share | Status | Where | Example |\n",
    "| 术语 | 应为 | 译法 | 次数 | 占比 | 状态 | 位置 | 例句 |\n",
)
# What begins markup in a cell; "@" and "#" could name people and threads, ":" makes emoji and, as "www.", links.
_MARKUP = re.compile(r"[\\`*_\[\]<>|~$@#&]|:(?=//|[\w+-]{1,40}:)|(?<=www)\.", re.IGNORECASE)


def write_glossary_markdown(handle: TextIO, result: Result) -> int:
    """The number of renderings written: a heading a section that has terms, then one table row a rendering.

    The most often wrong term comes first. No text of a document makes markup, a link or a line of its own.

    >>> from io import StringIO
    >>> write_glossary_markdown(StringIO(), Result((), (), (), (), (), (), ()))
    0
    """
    places, zh = Places(result), result.lang == "zh"
    terms = counted(len(result.entries), "term", result.lang)
    handle.write(f"# 术语表\n\n{terms}。\n" if zh else f"# Glossary\n\n{terms}.\n")
    count = 0
    for section, entries in in_sections(result.entries).items():
        if entries:
            title, what = section_words(section, result.lang)
            handle.write(f"\n## {title} ({len(entries):,})\n\n{what}\n\n{_HEADER[zh]}{_RULER}")
            for entry in entries:
                handle.writelines(_rows(entry, places, result.lang))
                count += len(entry.renderings)
    return count


def escaped(text: str) -> str:
    """The text as it may stand in a cell of a table: on one line, and nothing in it is markup.

    >>> escaped("a|b <i>\\n`c`")
    'a\\\\|b \\\\<i\\\\> \\\\`c\\\\`'
    """
    return _MARKUP.sub(r"\\\g<0>", encodable(on_one_line(" ".join(text.split()))))


def _rows(entry: Entry, places: Places, lang: Language) -> Iterable[str]:
    for number, (rendering, share) in enumerate(zip(entry.renderings, shares(entry), strict=True)):
        first = (f"**{escaped(entry.term)}**" if entry.term.strip() else "", escaped(entry.expected))
        cells = (
            *(("", "") if number else first),
            escaped(rendering.zh),
            f"{rendering.count:,}",
            f"{share:.0%}",
            status_words(rendering, entry.section, lang),
            _where(rendering, places, lang),
            _example(rendering),
        )
        yield f"| {' | '.join(cells)} |\n"


def _where(rendering: Rendering, places: Places, lang: Language) -> str:
    labels = [escaped(places.label(place)) for place in rendering.places[:MOST_PLACES]]
    more = len(rendering.places) - len(labels)
    rest = f" 等，另有 {more:,} 处" if lang == "zh" else f" and {more:,} more"
    return ", ".join(dict.fromkeys(labels)) + (rest if more else "")


def _example(rendering: Rendering) -> str:
    if not rendering.examples:
        return ""
    example = rendering.examples[0]
    sides = [escaped(shortened(text, _EXAMPLE)) for text in (example.en, example.zh)]
    return "<br>".join(side for side in sides if side)
