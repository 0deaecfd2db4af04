"""The glossary in the order in which people read it, and its words in English and Chinese."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ..metrics import SECTIONS, Entry, Rendering, Section, Status
from ..metrics.messages import Language

# What a section is called, and what is in it.
TITLES: Mapping[Section, tuple[str, str]] = MappingProxyType(
    {
        "mismatch": ("Mismatches", "A finding says that a rendering is wrong."),
        "inconsistent": ("Inconsistent", "Several renderings, none of them said to be wrong: choose one."),
        "new": ("New", "One rendering of a term that no termbase has: propose it."),
        "consistent": ("Consistent", "One rendering of a term that the termbase has, or several that it approves."),
    }
)
_TITLES_ZH: Mapping[Section, tuple[str, str]] = MappingProxyType(
    {
        "mismatch": ("译法有误", "有译法被判为错误。"),
        "inconsistent": ("译法不一", "有几种译法，但没有一种被判为错误：请选定一种。"),
        "new": ("新术语", "术语库里还没有，译法只有一种：建议收录。"),
        "consistent": ("译法一致", "与术语库一致：只有一种译法，或者几种译法都得到认可。"),
    }
)
_STATUS: Mapping[Status, tuple[str, str]] = MappingProxyType(
    {
        "preferred": ("as wanted", "符合要求"),
        "admitted": ("may stand", "可以接受"),
        "forbidden": ("wrong: forbidden", "错误：禁用"),
        "latin": ("kept in Latin letters", "保留原文"),
        "unlisted": ("not listed", "未收录"),
        "absent": ("nothing found", "未找到"),
    }
)
_FLAGGED: Mapping[Status, tuple[str, str]] = MappingProxyType(
    {
        "preferred": ("as wanted, but questioned", "符合要求，但有疑问"),
        "admitted": ("may stand, but questioned", "可以接受，但有疑问"),
        "forbidden": ("wrong: forbidden", "错误：禁用"),
        "latin": ("wrong: kept in Latin letters", "有误：保留了原文"),
        "unlisted": ("wrong: not listed", "有误：未收录"),
        "absent": ("missing: nothing found", "缺失：未找到"),
    }
)


def section_words(section: Section, lang: Language = "en") -> tuple[str, str]:
    """What a section is called, and what is in it, in a sentence.

    >>> section_words("new"), section_words("mismatch", "zh")
    (('New', 'One rendering of a term that no termbase has: propose it.'), ('译法有误', '有译法被判为错误。'))
    """
    return (_TITLES_ZH if lang == "zh" else TITLES)[section]


def status_words(rendering: Rendering, section: Section, lang: Language = "en") -> str:
    """What the status of a rendering means, in two or three words; "wrong" only where a finding says so.

    >>> status_words(Rendering("token", "代币", 3, (), "unlisted", "词元", "nlp", False, flagged=True), "mismatch")
    'wrong: not listed'
    """
    words = (_FLAGGED if rendering.flagged and section == "mismatch" else _STATUS)[rendering.status]
    return words[lang == "zh"]


def in_sections(entries: Iterable[Entry]) -> dict[Section, list[Entry]]:
    """The entries of each section, all four in the order to show: the most often wrong first, then the most frequent.

    >>> [section for section in in_sections([])]
    ['mismatch', 'inconsistent', 'new', 'consistent']
    """
    sections: dict[Section, list[Entry]] = {section: [] for section in SECTIONS}
    for entry in entries:
        sections[entry.section].append(entry)
    return {section: sorted(members, key=_weight) for section, members in sections.items()}


def shares(entry: Entry) -> list[float]:
    """What part of the term's occurrences each rendering has, 0..1, in the order of the renderings."""
    total = sum(rendering.count for rendering in entry.renderings)
    return [rendering.count / total if total else 0.0 for rendering in entry.renderings]


def forms_text(forms: Iterable[tuple[str, int]]) -> str:
    """Spellings with their counts in one text.

    >>> forms_text([("知识蒸馏", 3), ("知识的蒸馏", 1)])
    '知识蒸馏 ×3 | 知识的蒸馏 ×1'
    """
    return " | ".join(f"{form} ×{count}" for form, count in forms)


def _weight(entry: Entry) -> tuple[int, int, str, str]:
    wrong = sum(rendering.count for rendering in entry.renderings if rendering.flagged)
    return -wrong, -entry.count, entry.term.casefold(), entry.term
