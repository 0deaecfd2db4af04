"""Compare the findings on the development texts with what people found in them.

python benchmarks/audit.py [../shared] [--precision]

A gold error counts as found when a finding of its family stands in the same file and its Chinese span overlaps
one of the error's variants as text (for an error with no Chinese: its English span). A correct rendering counts as
flagged when a finding at warning or above stands on it.

With --precision: the findings on rows 1500–2399 of the bulk file beside the verdicts in benchmarks/gold/findings.jsonl,
given by sessions that saw the texts and the message, no code and no rules: T true, S true but a matter of style, F
false, U can not be told. What was mended because of the first 500 rows' verdicts is not counted there any more: the
figures of the last 400 rows are the honest ones. Findings of which no verdict is known are counted, not guessed.
"""

import json
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from duizhao.metrics import Finding
from duizhao.pipeline import audit_corpus, build_corpus

FAMILIES = {
    "term": "TN",
    "inconsistent": "T",
    "name": "NT",
    "number": "Q",
    "omission": "CQ",
    "addition": "C",
    "untranslated": "C",
    "format": "F",
}


def main(shared: Path, precision: bool) -> int:
    findings = audit_corpus(build_corpus([str(shared / "seeds")])).findings
    loud = [f for f in findings if f.severity != "note"]
    gold = _rows(shared / "gold" / "audit" / "findings.jsonl")
    for title, rows in (
        ("English in the file", [g for g in gold if g["en_in_file"]]),
        ("Chinese only", [g for g in gold if not g["en_in_file"]]),
    ):
        wanted = Counter(g["kind"] for g in rows)
        found = Counter(g["kind"] for g in rows if any(_answers(f, g) for f in findings))
        sure = sum(any(_answers(f, g) for f in loud) for g in rows)
        cells = "  ".join(f"{kind} {found[kind]}/{n}" for kind, n in sorted(wanted.items()))
        print(f"{title}: {sum(found.values())} of {len(rows)} found, {sure} at warning or above.  {cells}")
        for g in rows:
            if not any(_answers(f, g) for f in findings):
                print(f"   missed {g['file'][:3]} {g['kind']}: {g['en']} → {g['zh']}")
    flagged = 0
    for row in _rows(shared / "gold" / "audit" / "correct.jsonl"):
        for f in loud:
            if f.document.endswith(row["file"]) and _flags(f, row):
                flagged += 1
                print(f"   flagged though correct: {row['en']} → {row['zh']}: {f.rule} {f.message}")
    print(f"correct renderings flagged at warning or above: {flagged}")
    if precision:
        print_precision(shared)
    print("findings:", dict(sorted(Counter((f.rule, f.severity) for f in findings).items())))
    return 0


def print_precision(shared: Path) -> None:
    """Precision per rule and severity of the findings that were judged."""
    rows = (shared / "bulk" / "abstract_pairs.jsonl").read_text(encoding="utf-8").split("\n")[1500:2400]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bulk.jsonl")
        path.write_text("\n".join(rows), encoding="utf-8")
        findings = audit_corpus(build_corpus([str(path)])).findings
    verdicts = {row["fingerprint"]: row["verdict"] for row in _rows(Path(__file__).parent / "gold" / "findings.jsonl")}
    told: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for finding in {f.fingerprint: f for f in findings}.values():
        told[finding.rule, finding.severity][verdicts.get(finding.fingerprint, "-")] += 1
    for (rule, severity), counts in sorted(told.items()):
        judged = counts["T"] + counts["S"] + counts["F"]
        share = f"{counts['T'] / judged:.2f} true, {counts['S'] / judged:.2f} style" if judged else "none judged"
        print(f"   {rule} {severity:7} {judged:3} judged: {share}   ({counts['U']} unclear, {counts['-']} not judged)")


def _answers(finding: Finding, row: dict[str, str]) -> bool:
    if not finding.document.endswith(row["file"]) or finding.rule[0] not in FAMILIES[row["kind"]]:
        return False
    if not row["zh"]:
        return bool(finding.en) and _overlap(finding.en, row["en"])
    if not finding.zh:  # a number that is missing has no Chinese span
        return bool(finding.en) and _overlap(finding.en, row["en"])
    return any(_overlap(finding.zh, variant.strip()) for variant in row["zh"].split("|"))


def _flags(finding: Finding, row: dict[str, str]) -> bool:
    return (
        bool(finding.en) and _overlap(finding.en, row["en"]) and (not finding.zh or _overlap(finding.zh, row["zh"]))
    ) or (bool(finding.zh) and finding.zh == row["zh"])


def _overlap(a: str, b: str) -> bool:
    return a in b or b in a


def _rows(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if a != "--precision"]
    sys.exit(main(Path(arguments[0] if arguments else "../shared"), "--precision" in sys.argv))
