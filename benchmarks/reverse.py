"""Recall on errors planted in English written from Chinese, per family, and flags on clean twins and good translations.

python benchmarks/reverse.py [--verbose]

The texts (tests/data/planted_zh_en.jsonl, good_pairs.jsonl) were written by somebody who had seen no rule. A planted
error counts as found when a finding of its family overlaps it in the English, or, of what was left out, stands on the
Chinese; a clean twin as flagged when a finding at warning or above stands in it.
"""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from duizhao.metrics import Finding
from duizhao.pipeline import Options, audit_corpus, build_corpus

DATA = Path(__file__).resolve().parents[1] / "tests" / "data"
FAMILIES = {"term": "TN", "name": "NT", "number": "Q", "coverage": "C", "untranslated": "C", "form": "F"}
Case = Mapping[str, str]


def main(verbose: bool) -> None:
    cases = rows("planted_zh_en.jsonl")
    found = found_of(cases)
    wanted = Counter(case["family"] for case in cases)
    hits = Counter(case["family"] for case in cases if case["id"] in found)
    cells = "  ".join(f"{family} {hits[family]}/{n}" for family, n in sorted(wanted.items()))
    print(f"planted: {sum(hits.values())} of {len(cases)} found.  {cells}")
    for case in cases:
        if verbose and case["id"] not in found:
            print(f"   missed {case['id']} {case['family']}: {case['span']} ({case['note']})")
    loud = flags((case["clean"], case["zh"]) for case in cases)
    print(f"   flags on the {len(cases)} clean twins: {len(loud)}")
    show(loud)
    good = good_pairs()
    loud = flags((row["en"], row["zh"]) for row in good)
    words = sum(len(row["en"].split()) for row in good)
    rate = 300 * len(loud) / words
    print(f"good translations: {len(loud)} flags on {len(good)} of {words} words, {rate:.2f} a 300 words")
    show(loud)


def rows(name: str) -> list[Case]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").split("\n") if line]


def good_pairs() -> list[Case]:
    """The good translations of this direction."""
    return [row for row in rows("good_pairs.jsonl") if row["direction"] == "zh-en"]


def findings_of(texts: Iterable[tuple[str, str]]) -> dict[int, list[Finding]]:
    """The findings of each pair of texts, by its number; every pair is a document of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for k, (en, zh) in enumerate(texts):
            row = {"abstract_en": en, "abstract_zh": zh}
            Path(folder, f"{k:04}.json").write_text(json.dumps([row], ensure_ascii=False), encoding="utf-8")
        result = audit_corpus(build_corpus([folder]), Options(direction="zh-en"))
    found: dict[int, list[Finding]] = {}
    for finding in result.findings:
        found.setdefault(int(Path(finding.document).stem), []).append(finding)
    return found


def found_of(cases: list[Case]) -> set[str]:
    """The ids of the cases whose planted error a finding of its family overlaps."""
    return set(answers_of(cases))


def answers_of(cases: list[Case]) -> dict[str, set[str]]:
    """The rules of the findings that overlap a planted error of their family, by the id of its case."""
    by_case = findings_of((case["wrong"], case["zh"]) for case in cases)
    answers: dict[str, set[str]] = {}
    for k, case in enumerate(cases):
        for finding in by_case.get(k, ()):
            if finding.rule[0] in FAMILIES[case["family"]] and _overlaps(finding, case):
                answers.setdefault(case["id"], set()).add(finding.rule)
    return answers


def _overlaps(finding: Finding, case: Case) -> bool:
    span, wrong = case["span"], case["wrong"]
    if finding.span_en is None:
        return span not in wrong or case["family"] in ("coverage", "number", "form")  # gone from the English
    if span not in wrong:
        return True
    at, begin = wrong.find(span), wrong.find(finding.en)
    while begin >= 0:
        if begin < at + len(span) and at < begin + len(finding.en):
            return True
        begin = wrong.find(finding.en, begin + 1)
    return False


def flags(texts: Iterable[tuple[str, str]]) -> list[Finding]:
    return [f for group in findings_of(texts).values() for f in group if f.severity != "note"]


def show(findings: list[Finding]) -> None:
    for f in findings:
        print(f"   {f.rule} {f.severity} {f.confidence} {f.en!r} {f.zh!r} {f.message}")


if __name__ == "__main__":
    main("--verbose" in sys.argv)
