"""Recall on errors planted in translations, per family, and flags on their clean twins and on good translations.

python benchmarks/planted.py [--verbose]

The texts (tests/data/planted_en_zh.jsonl, good_pairs.jsonl) were written by somebody who had seen no rule. A planted
error counts as found when a finding of its family overlaps it; a clean twin as flagged when a finding at warning or
above stands in it.
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
FAMILIES = {"term": "TN", "name": "NT", "number": "Q", "coverage": "CQT", "untranslated": "C", "form": "F"}
Case = Mapping[str, str]


def main(verbose: bool) -> None:
    cases = rows("planted_en_zh.jsonl")
    for script in ("", "_hant"):
        found = found_of(cases, script)
        wanted = Counter(case["family"] for case in cases)
        hits = Counter(case["family"] for case in cases if case["id"] in found)
        cells = "  ".join(f"{family} {hits[family]}/{n}" for family, n in sorted(wanted.items()))
        print(f"planted{script or '_hans'}: {sum(hits.values())} of {len(cases)} found.  {cells}")
        for case in cases:
            if verbose and case["id"] not in found:
                print(f"   missed {case['id']} {case['family']}: {case['span' + script]} ({case['note']})")
        loud = flags((case["en"], case["clean" + script]) for case in cases)
        print(f"   flags on the {len(cases)} clean twins: {len(loud)}")
        show(loud)
    good = [row for row in rows("good_pairs.jsonl") if row["direction"] == "en-zh"]
    loud = flags((row["en"], row["zh"]) for row in good)
    words = sum(len(row["en"].split()) for row in good)
    print(f"good translations: {len(loud)} flags in {words} words, {300 * len(loud) / words:.2f} a 300 words")
    show(loud)


def rows(name: str) -> list[Case]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").split("\n") if line]


def findings_of(texts: Iterable[tuple[str, str]]) -> dict[int, list[Finding]]:
    """The findings of each pair of texts, by its number; every pair is a document of its own."""
    with tempfile.TemporaryDirectory() as folder:
        for k, (en, zh) in enumerate(texts):
            row = {"abstract_en": en, "abstract_zh": zh}
            Path(folder, f"{k:04}.json").write_text(json.dumps([row], ensure_ascii=False), encoding="utf-8")
        result = audit_corpus(build_corpus([folder]), Options())
    found: dict[int, list[Finding]] = {}
    for finding in result.findings:
        found.setdefault(int(Path(finding.document).stem), []).append(finding)
    return found


def found_of(cases: list[Case], script: str) -> set[str]:
    """The ids of the cases whose planted error a finding of its family overlaps."""
    return set(answers_of(cases, script))


def answers_of(cases: list[Case], script: str) -> dict[str, set[str]]:
    """The rules of the findings that overlap a planted error of their family, by the id of its case."""
    by_case = findings_of((case["en"], case["wrong" + script]) for case in cases)
    answers: dict[str, set[str]] = {}
    for k, case in enumerate(cases):
        for f in by_case.get(k, ()):
            if f.rule[0] in FAMILIES[case["family"]] and _overlaps(f, case, script):
                answers.setdefault(case["id"], set()).add(f.rule)
    return answers


def _overlaps(finding: Finding, case: Case, script: str) -> bool:
    span, wrong = case["span" + script], case["wrong" + script]
    if span not in wrong or not finding.zh:
        return True  # what is omitted stands in the English only
    at, begin = wrong.find(span), wrong.find(finding.zh)
    while begin >= 0:
        if begin < at + len(span) and at < begin + len(finding.zh):
            return True
        begin = wrong.find(finding.zh, begin + 1)
    return False


def flags(texts: Iterable[tuple[str, str]]) -> list[Finding]:
    return [f for group in findings_of(texts).values() for f in group if f.severity != "note"]


def show(findings: list[Finding]) -> None:
    for f in findings:
        print(f"   {f.rule} {f.severity} {f.confidence} {f.en!r} {f.zh!r} {f.message}")


if __name__ == "__main__":
    main("--verbose" in sys.argv)
