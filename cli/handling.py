"""Findings to those that are reported: rules left out, findings let stand, and those known before; all counted."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from duizhao.baseline import read_baseline
from duizhao.ignore_file import read_ignore_file
from duizhao.metrics import Finding
from duizhao.metrics.messages import Message
from duizhao.metrics.selection import Selection, without_known
from duizhao.reports.summary import counted


@dataclass(frozen=True, slots=True)
class Choice:
    """What a user wants to hear of; files are read when findings are handled.

    `path_ignores` are patterns of whole paths (* is any text, / too), each with codes of rules.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    path_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ignore_files: tuple[str, ...] = ()
    baseline: str | None = None


@dataclass(frozen=True, slots=True)
class Handled:
    """`findings` are to be reported; `present` are those and the ones of the baseline. Notes count the others."""

    findings: tuple[Finding, ...]
    present: tuple[Finding, ...]
    notes: tuple[Message, ...]


def check_choice(choice: Choice) -> None:
    """Raise where a file it names cannot be read."""
    for path in choice.ignore_files:
        read_ignore_file(path)
    if choice.baseline is not None:
        read_baseline(choice.baseline)


def handle(findings: Iterable[Finding], choice: Choice) -> Handled:
    """The findings that a choice leaves, in their order, and what became of the others, in both languages.

    A finding counts as left out by the first that fits: rule, path, ignore file, baseline.

    >>> handle([], Choice()).notes
    ()
    """
    findings = list(findings)
    chosen = Selection(choice.select, choice.ignore)
    left = [finding for finding in findings if chosen.takes(finding.rule)]
    notes = _unselected([finding for finding in findings if not chosen.takes(finding.rule)], choice)
    for pattern, codes in choice.path_ignores:
        here = Selection(ignore=codes)
        fits = {document: path_fits(document, pattern) for document in {finding.document for finding in left}}
        kept = [finding for finding in left if here.takes(finding.rule) or not fits[finding.document]]
        if len(kept) < len(left):
            where = pattern.removeprefix(os.getcwd().replace(os.sep, "/") + "/")
            rules = ",".join(codes)
            notes.append(
                _of_findings(
                    len(left) - len(kept), f"not shown: {where} ignores {rules}", f"未显示：{where} 忽略 {rules}"
                )
            )
        left = kept
    keys = Counter((finding.fingerprint, finding.rule) for finding in findings)
    for path in choice.ignore_files:
        entries = {entry[:2] for entry in read_ignore_file(path)}
        kept = [finding for finding in left if (finding.fingerprint, finding.rule) not in entries]
        if len(kept) < len(left):
            notes.append(_of_findings(len(left) - len(kept), f"let stand, as {path} says", f"按 {path} 保留原样"))
        left = kept
        notes += _stale(sum(entry not in keys for entry in entries), path)
    present = left
    if choice.baseline is not None:
        known = read_baseline(choice.baseline)
        left = without_known(present, known)
        if len(left) < len(present):
            file = choice.baseline
            notes.append(
                _of_findings(len(present) - len(left), f"known before, as {file} says", f"已列入 {file}，不再报告")
            )
        notes += _stale((known - keys).total(), choice.baseline)
    return Handled(tuple(left), tuple(present), tuple(notes))


def _of_findings(count: int, en: str, zh: str) -> Message:
    """So many findings, and what became of them."""
    return Message(f"{counted(count, 'finding')} {en}.", f"{counted(count, 'finding', 'zh')}{zh}。")


def _unselected(findings: Sequence[Finding], choice: Choice) -> list[Message]:
    if not findings:
        return []
    rules = len({finding.rule for finding in findings})
    given = (("--select", choice.select), ("--ignore", choice.ignore))
    why = " ".join(f"{option} {','.join(codes)}" for option, codes in given if codes)
    zh = f"（涉及 {counted(rules, 'rule', 'zh')}）未显示：{why}"
    return [_of_findings(len(findings), f"of {counted(rules, 'rule')} not shown: {why}", zh)]


def _stale(count: int, path: str) -> list[Message]:
    """What to say of entries without a finding; where one file of many is read, the others' entries have none."""
    if not count:
        return []
    entries = f"1 entry of {path} matches" if count == 1 else f"{count:,} entries of {path} match"
    return [Message(f"{entries} nothing in what was read.", f"{path} 中有 {count:,} 条在本次读取的内容里找不到对应。")]


def path_fits(document: str, pattern: str) -> bool:
    """Whether a document, one of its two files, or a folder that it lies in has a path of this pattern."""
    pattern = _whole(pattern)
    paths = [_whole(path) for path in (document, *document.split(" + "))]
    return any(fnmatchcase(path, each) for path in paths for each in (pattern, f"{pattern}/*"))


def _whole(path: str) -> str:
    return os.path.abspath(path).replace(os.sep, "/")
