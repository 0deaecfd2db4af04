"""What a run amounts to, in counts and in one sentence, and what to mend first."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from types import MappingProxyType

from ..metrics import RULES, SEVERITIES, Finding, Severity
from ..metrics.messages import Language
from ..metrics.rule_words import rule_words
from .result import Result
from .tally import Tally, count_lines, tally_of
from .tally_findings import GroupCount, group_key, heaviest, in_order, units_of, weight_of, worse, worst_first
from .visible import labelled, shortened

__all__ = [
    "Group",
    "as_tally",
    "clean_pairs",
    "count_lines",
    "count_rules",
    "count_severities",
    "counted",
    "in_few_words",
    "in_order",
    "mend_first",
    "rule_name",
    "verdict",
    "what_was_read",
    "worst",
    "worst_first",
]

# What is counted, with its measure word; 另有 before it says "other". A noun that is missing here raises, so that no
# page is half English.
_NOUNS: Mapping[str, str] = MappingProxyType(
    {
        "bead": "个对齐单元",
        "blank line": "个空行",
        "bucket": "个分组",
        "comparison": "项比较",
        "decision": "项决定",
        "document": "个文档",
        "error": "处错误",
        "false alarm": "处误报",
        "file": "个文件",
        "finding": "个问题",
        "flag": "处疑点",
        "forbidden rendering": "种禁用译法",
        "line": "行",
        "note": "条提示",
        "other": "项",
        "other bucket": "个分组",
        "other comparison": "项比较",
        "other document": "个文档",
        "other rendering": "种译法",
        "other text": "段文字",
        "pair": "个句对",
        "passage": "个段落",
        "record": "条记录",
        "rendering": "种译法",
        "rule": "条规则",
        "segment": "个句段",
        "sentence pair": "个句对",
        "system": "个系统",
        "term": "个术语",
        "time": "次",
        "translation": "个译文",
        "unfinished line": "个未写完的行",
        "warning": "处警告",
    }
)


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule about the same English and Chinese words."""

    rule: str
    severity: Severity  # the worst among them
    found: str
    expected: str
    findings: tuple[Finding, ...]  # at least one, in document order

    @property
    def weight(self) -> float:
        """Severity times confidence, summed over the findings: 0 and up."""
        return weight_of(sum(map(units_of, self.findings)))

    @property
    def count(self) -> int:
        """How many findings it has."""
        return len(self.findings)

    @property
    def least(self) -> bool:
        """Whether there may be more: False, all are here."""
        return False


def counted(number: int, noun: str, lang: Language = "en") -> str:
    """A number with its noun; in Chinese with the measure word. Raises KeyError for a noun without a Chinese form.

    >>> counted(1, "note"), counted(1234, "note"), counted(1234, "note", "zh")
    ('1 note', '1,234 notes', '1,234 条提示')
    """
    if lang == "zh":
        return f"{number:,} {_NOUNS[noun]}"
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def count_severities(findings: Iterable[Finding]) -> dict[Severity, int]:
    """How many findings of each severity, worst first, zeros included."""
    counts = Counter(finding.severity for finding in findings)
    return {severity: counts[severity] for severity in SEVERITIES}


def count_rules(findings: Iterable[Finding]) -> list[tuple[str, int]]:
    """How many findings of each rule that found something, the most frequent first."""
    return sorted(Counter(finding.rule for finding in findings).items(), key=lambda item: (-item[1], item[0]))


def worst(findings: Iterable[Finding]) -> dict[str, Severity]:
    """The worst severity that each rule gave."""
    severities: dict[str, Severity] = {}
    for finding in findings:
        known = severities.setdefault(finding.rule, finding.severity)
        severities[finding.rule] = worse(known, finding.severity)
    return severities


def rule_name(code: str, lang: Language = "en") -> str:
    """The code of a rule, and its slug or Chinese name; the code alone where we do not know it.

    >>> rule_name("T002"), rule_name("T002", "zh"), rule_name("X999")
    ('T002 term-forbidden', 'T002 术语禁用译法', 'X999')
    """
    if code not in RULES:
        return code
    return f"{code} {rule_words(code, lang).name if lang == 'zh' else RULES[code].slug}"


def mend_first(findings: Iterable[Finding], limit: int = 10) -> list[Group]:
    """At most `limit` groups: the same rule, English and Chinese (spacing and case aside), the heaviest first."""
    groups: dict[str, list[Finding]] = {}
    for finding in in_order(findings):
        groups.setdefault(group_key(finding), []).append(finding)
    ranked = [
        Group(
            members[0].rule,
            reduce(worse, (member.severity for member in members)),
            members[0].found,
            members[0].expected,
            tuple(members),
        )
        for members in groups.values()
    ]
    # Python's sort is stable, so equals stay in document order.
    return sorted(ranked, key=lambda group: -group.weight)[:limit]


def as_tally(given: Result | Tally) -> Tally:
    """A result in counts, its pairs not looked at; a tally as it is."""
    return given if isinstance(given, Tally) else tally_of(given, aligned=False)


def clean_pairs(given: Result | Tally) -> int:
    """How many pairs have no error and no warning. Nothing found does not mean that nothing is wrong."""
    return as_tally(given).clean


def what_was_read(given: Result | Tally) -> str:
    """How much was read, as a part of a sentence: "212 sentence pairs of 27 records", "27 条记录的 212 个句对"."""
    tally = as_tally(given)
    zh = tally.lang == "zh"
    pairs, records, documents = (
        counted(number, noun, tally.lang)
        for number, noun in (
            (tally.pairs, "sentence pair"),
            (tally.record_count, "record"),
            (tally.documents, "document"),
        )
    )
    if tally.pairs:
        return f"{records}的 {pairs}" if zh else f"{pairs} of {records}"
    if tally.record_count:
        return f"{records}（没有句对）" if zh else f"{records} without sentence pairs"
    return f"{documents}（没有记录）" if zh else f"{documents} without a record"


def verdict(given: Result | Tally) -> str:
    """One sentence, hidden characters shown: how much was found, in how many pairs, and what to mend first.

    Errors and warnings only, where there are any; pairs with notes alone do not count as marked.
    """
    tally = as_tally(given)
    zh = tally.lang == "zh"
    if not tally.found:
        if tally.record_count:
            return f"{what_was_read(tally)}中没有发现问题。" if zh else f"No finding in {what_was_read(tally)}."
        if tally.documents:
            return f"没有可检查的内容：{what_was_read(tally)}。" if zh else f"Nothing to check: {what_was_read(tally)}."
        return "没有读到任何内容。" if zh else "Nothing was read."
    counts = dict(zip(SEVERITIES, tally.found.severities, strict=True))
    grave = [counted(counts[severity], severity, tally.lang) for severity in ("error", "warning") if counts[severity]]
    if not grave:
        notes, where = counted(counts["note"], "note", tally.lang), _pairs_or_read(tally)
        return f"{where}中没有错误和警告，有 {notes}。" if zh else f"No error or warning, {notes} in {where}."
    first = in_few_words(heaviest(tally.found.groups.values(), 1)[0], lang=tally.lang)
    if zh:
        return f"{_spread_zh(tally)} {'、'.join(grave)}；建议先改：{first}。"
    return f"{', '.join(grave)} {_spread_en(tally)}; mend {first} first."


def in_few_words(group: Group | GroupCount, limit: int = 28, lang: Language = "en") -> str:
    """A group as `found → wanted (×3)`, or by the name of its rule where it has no such words."""
    found, expected = (labelled(shortened(text, limit)) for text in (group.found, group.expected))
    name = rule_words(group.rule, lang).name if group.rule in RULES else labelled(group.rule)
    quoted = f"{'' if lang == 'zh' else ' '}“{found or expected}”"
    words = f"{found} → {expected}" if found and expected else name + (quoted if found or expected else "")
    if lang == "zh":
        times = f"（{'至少 ' if group.least else ''}{group.count:,} 处）"
    else:
        times = f" (×{group.count}{' or more' if group.least else ''})"
    return words + times if group.count > 1 else words


def _spread_en(tally: Tally) -> str:
    """In how many of the pairs errors and warnings stand, as the end of a clause."""
    marked, total, outside = _spread(tally)
    if not marked:
        if not total:
            return f"in {what_was_read(tally)}"
        return f"outside the {'sentence pair' if total == 1 else counted(total, 'sentence pair')}"
    some = counted(total, "sentence pair")
    where = f"{marked:,} of {some}" if marked < total else some if total == 1 else f"all {some}"
    return f"in {where}" + (" and elsewhere" if outside else "")


def _spread_zh(tally: Tally) -> str:
    """The same, as the beginning of a clause that ends with the counts."""
    marked, total, outside = _spread(tally)
    pairs = counted(total, "sentence pair", "zh")
    if not marked:
        return f"{pairs}之外有" if total else f"{what_was_read(tally)}中有"
    if total == 1:
        return f"{pairs}{'内外共有' if outside else '中有'}"
    where = f"{pairs}中有 {marked:,} 个" if marked < total else f"全部 {pairs}都"
    return f"{where}存在问题，{'句对之外也有，' if outside else ''}共"


def _spread(tally: Tally) -> tuple[int, int, bool]:
    """How many pairs have an error or a warning, how many pairs there are, and whether some stand in no pair."""
    return tally.pairs - tally.clean, tally.pairs, tally.found.outside


def _pairs_or_read(tally: Tally) -> str:
    return counted(tally.pairs, "sentence pair", tally.lang) if tally.pairs else what_was_read(tally)
