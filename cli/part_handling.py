"""Findings to those that are reported, part by part, with counts that add up; `handling.handle` takes all at once."""

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from duizhao.baseline import read_baseline
from duizhao.choice import Choice, path_fits
from duizhao.ignore_file import read_ignore_file
from duizhao.metrics import Finding
from duizhao.metrics.messages import Message
from duizhao.metrics.selection import Key, Selection
from duizhao.reports.summary import counted


@dataclass(slots=True)
class HandledCounts:
    """What became of the findings of some parts: how many each step of a choice left out, in its order.

    `rules` are those that were not selected, `seen` counts the findings that an ignore file or the baseline names, by
    fingerprint and rule, and `present` those of them that are left for the baseline to know.
    """

    unselected: int = 0
    rules: set[str] = field(default_factory=set)
    by_path: list[int] = field(default_factory=list)  # a number a pattern of `path_ignores`
    by_file: list[int] = field(default_factory=list)  # a number an ignore file
    seen: Counter[Key] = field(default_factory=Counter)
    present: Counter[Key] = field(default_factory=Counter)

    def add(self, other: "HandledCounts") -> None:
        """Add what became of the findings of another part."""
        self.unselected += other.unselected
        self.rules |= other.rules
        self.by_path = _sums(self.by_path, other.by_path)
        self.by_file = _sums(self.by_file, other.by_file)
        self.seen += other.seen
        self.present += other.present

    def as_json(self) -> dict[str, Any]:
        """The same for a marker."""
        return {
            "unselected": self.unselected,
            "rules": sorted(self.rules),
            "by_path": self.by_path,
            "by_file": self.by_file,
            "seen": _rows(self.seen),
            "present": _rows(self.present),
        }


def handled_from(row: Mapping[str, Any]) -> HandledCounts:
    """What `as_json` gave."""
    return HandledCounts(
        row["unselected"],
        set(row["rules"]),
        list(row["by_path"]),
        list(row["by_file"]),
        *(Counter({(name, rule): n for name, rule, n in row[key]}) for key in ("seen", "present")),
    )


def handle_part(findings: Sequence[Finding], choice: Choice) -> tuple[list[Finding], HandledCounts]:
    """The findings of a part that stand before the baseline is asked, in their order, and what became of the others."""
    chosen = Selection(choice.select, choice.ignore)
    left = [finding for finding in findings if chosen.takes(finding.rule)]
    done = HandledCounts(len(findings) - len(left), {f.rule for f in findings if not chosen.takes(f.rule)})
    for pattern, codes in choice.path_ignores:
        here = Selection(ignore=codes)
        fits = {document: path_fits(document, pattern) for document in {finding.document for finding in left}}
        kept = [finding for finding in left if here.takes(finding.rule) or not fits[finding.document]]
        done.by_path.append(len(left) - len(kept))
        left = kept
    named: set[Key] = set()
    for path in choice.ignore_files:
        entries = {entry[:2] for entry in read_ignore_file(path)}
        named |= entries
        kept = [finding for finding in left if _key(finding) not in entries]
        done.by_file.append(len(left) - len(kept))
        left = kept
    known = read_baseline(choice.baseline) if choice.baseline is not None else Counter[Key]()
    done.seen = Counter(key for key in map(_key, findings) if key in named or key in known)
    done.present = Counter(key for key in map(_key, left) if key in known)
    return left, done


def known_by_part(parts: Iterable[HandledCounts], choice: Choice) -> list[Counter[Key]]:
    """How many findings of each part the baseline knows, by fingerprint and rule: the first parts' come first."""
    left = read_baseline(choice.baseline) if choice.baseline is not None else Counter[Key]()
    taken = []
    for part in parts:
        taken.append(left & part.present)
        left -= taken[-1]
    return taken


def handling_notes(whole: HandledCounts, choice: Choice) -> tuple[Message, ...]:
    """What became of the findings that are not reported, a sentence a step."""
    notes = _unselected(whole, choice)
    for count, (pattern, codes) in zip(whole.by_path, choice.path_ignores, strict=False):
        if count:
            where = pattern.removeprefix(os.getcwd().replace(os.sep, "/") + "/")
            rules = ",".join(codes)
            notes.append(_of(count, f"not shown: {where} ignores {rules}", f"未显示：{where} 忽略 {rules}"))
    for count, path in zip(whole.by_file, choice.ignore_files, strict=False):
        if count:
            notes.append(_of(count, f"let stand, as {path} says", f"按 {path} 保留原样"))
        notes += _stale(sum(key not in whole.seen for key in {entry[:2] for entry in read_ignore_file(path)}), path)
    if choice.baseline is not None:
        known, file = read_baseline(choice.baseline), choice.baseline
        if count := (known & whole.present).total():
            notes.append(_of(count, f"known before, as {file} says", f"已列入 {file}，不再报告"))
        notes += _stale((known - whole.seen).total(), file)
    return tuple(notes)


def _unselected(whole: HandledCounts, choice: Choice) -> list[Message]:
    if not whole.unselected:
        return []
    rules = len(whole.rules)
    given = (("--select", choice.select), ("--ignore", choice.ignore))
    why = " ".join(f"{option} {','.join(codes)}" for option, codes in given if codes)
    zh = f"（涉及 {counted(rules, 'rule', 'zh')}）未显示：{why}"
    return [_of(whole.unselected, f"of {counted(rules, 'rule')} not shown: {why}", zh)]


def _of(count: int, en: str, zh: str) -> Message:
    """So many findings, and what became of them."""
    return Message(f"{counted(count, 'finding')} {en}.", f"{counted(count, 'finding', 'zh')}{zh}。")


def _stale(count: int, path: str) -> list[Message]:
    """What to say of entries without a finding; where one file of many is read, the others' entries have none."""
    if not count:
        return []
    entries = f"1 entry of {path} matches" if count == 1 else f"{count:,} entries of {path} match"
    return [Message(f"{entries} nothing in what was read.", f"{path} 中有 {count:,} 条在本次读取的内容里找不到对应。")]


def _key(finding: Finding) -> Key:
    return finding.fingerprint, finding.rule


def _sums(one: Sequence[int], two: Sequence[int]) -> list[int]:
    size = max(len(one), len(two))
    padded = ([*items, *[0] * (size - len(items))] for items in (one, two))
    return [a + b for a, b in zip(*padded, strict=True)]


def _rows(counts: Counter[Key]) -> list[list[Any]]:
    return [[*key, n] for key, n in sorted(counts.items())]
