"""One row a rule: how many of its findings are true, what it found of planted errors, what it flags on clean text.

python benchmarks/rule_precision.py [../shared]

- Judged: verdicts in benchmarks/gold/findings.jsonl, given by sessions that saw the texts and the message, no code and
  no rules, on machine-translated abstracts (rows 1500–2399 of the bulk file in ../shared). "18 + 2 of 20": 18 true,
  2 right as said and a matter of style, of 20 judged. Rules were mended because of verdicts on the first 500 rows, so
  the last 400 have a column of their own. What nobody judged, or nobody could tell, is not counted. No ../shared, no
  such columns.
- Planted: errors of tests/data/planted_*.jsonl, in Chinese and in English, that a finding of the rule answers. Who
  wrote them had seen no rule, so they bear families; how many of each are found stands below the table.
- Clean: findings at warning or above on the clean twins of these, and on good translations.
"""

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

import planted
import reverse

from duizhao.metrics import RULES, Finding
from duizhao.pipeline import audit_corpus, build_corpus

FIRST, LATE, END = 1500, 2000, 2400  # rows of the bulk file
VERDICTS = Path(__file__).parent / "gold" / "findings.jsonl"
Told = dict[tuple[str, bool, bool], Counter[str]]  # by rule, at warning or above, of the last 400 rows: verdicts


def main(shared: Path) -> None:
    told = judged(shared) if shared.exists() else {}
    hits, families = planted_errors()
    flags, texts = clean_flags()
    print("| rule | true, last 400 rows | true, all 900 | notes, all 900 | planted | clean |")
    print("|---|---|---|---|--:|--:|")
    for rule, said in RULES.items():
        late = told.get((rule, True, True), Counter[str]())
        early = told.get((rule, True, False), Counter[str]())
        notes = told.get((rule, False, True), Counter[str]()) + told.get((rule, False, False), Counter[str]())
        cells = [share(late), share(early + late), share(notes), str(hits[rule] or "–"), str(flags[rule])]
        print(f"| {rule} {said.slug} | {' | '.join(cells)} |")
    print("\nPlanted errors found, by family and language judged: " + ", ".join(families))
    print(f"Clean texts: {texts}")


def share(verdicts: Counter[str]) -> str:
    """ "18 + 2 of 20": true, style, judged; a dash where nothing was."""
    n = verdicts["T"] + verdicts["S"] + verdicts["F"]
    if not n:
        return "–"
    return f"{verdicts['T']}{' + ' + str(verdicts['S']) if verdicts['S'] else ''} of {n}"


def judged(shared: Path) -> Told:
    """The verdicts on today's findings in the bulk rows; a finding that stands at several places counts once."""
    rows = (shared / "bulk" / "abstract_pairs.jsonl").read_text(encoding="utf-8").split("\n")[FIRST:END]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bulk.jsonl")
        path.write_text("\n".join(rows), encoding="utf-8")
        findings = audit_corpus(build_corpus([str(path)])).findings
    lines = VERDICTS.read_text(encoding="utf-8").split("\n")
    verdicts = {row["fingerprint"]: row["verdict"] for row in map(json.loads, filter(None, lines))}
    told: Told = {}
    for finding in {f.fingerprint: f for f in findings}.values():
        if finding.fingerprint in verdicts:
            key = (finding.rule, finding.severity != "note", finding.line > LATE - FIRST)
            told.setdefault(key, Counter())[verdicts[finding.fingerprint]] += 1
    return told


def planted_errors() -> tuple[Counter[str], list[str]]:
    """How many planted errors each rule answers; and per family how many any does."""
    hits: Counter[str] = Counter()
    families = []
    for language, name in (("Chinese", "planted_en_zh.jsonl"), ("English", "planted_zh_en.jsonl")):
        cases = planted.rows(name)
        answers = planted.answers_of(cases, "") if language == "Chinese" else reverse.answers_of(cases)
        hits.update(rule for rules in answers.values() for rule in rules)
        wanted = Counter(case["family"] for case in cases)
        found = Counter(case["family"] for case in cases if case["id"] in answers)
        families += [f"{family} {found[family]}/{n} ({language})" for family, n in sorted(wanted.items())]
    return hits, families


def clean_flags() -> tuple[Counter[str], int]:
    """What is flagged per rule at warning or above where nothing is wrong, and in how many texts nothing is."""
    good = planted.rows("good_pairs.jsonl")
    to_zh = [(case["en"], case["clean"]) for case in planted.rows("planted_en_zh.jsonl")]
    to_zh += [(row["en"], row["zh"]) for row in good if row["direction"] == "en-zh"]
    to_en = [(case["clean"], case["zh"]) for case in planted.rows("planted_zh_en.jsonl")]
    to_en += [(row["en"], row["zh"]) for row in good if row["direction"] == "zh-en"]
    flags: list[Finding] = planted.flags(to_zh) + reverse.flags(to_en)
    return Counter(f.rule for f in flags), len(to_zh) + len(to_en)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared"))
