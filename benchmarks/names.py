"""How well names agree with their own Chinese form, and with others'.

python benchmarks/names.py

Every pair of tests/names.tsv is scored, and every name against every other pair's Chinese. Printed: the recall of the
true pairs at the score that 1 % of the mismatched ones reach, for each language too; how many of both lie over the
two thresholds the audit works with; and the true pairs with the lowest scores.
"""

import time
from collections import defaultdict
from pathlib import Path

from duizhao.metrics.name_matching import AGREES, DIFFERS, agreement

LIST = Path(__file__).parent.parent / "tests" / "names.tsv"
FALSE_ALARMS = 0.01


def main() -> None:
    rows = [line.split("\t") for line in LIST.read_text(encoding="utf-8").strip().split("\n")]
    true = [agreement(en, zh) for en, zh, _ in rows]
    begin = time.perf_counter()
    wrong = sorted(
        agreement(en, zh) for i, (en, _, _) in enumerate(rows) for j, (_, zh, _) in enumerate(rows) if i != j
    )
    spent = time.perf_counter() - begin
    limit = wrong[int((1 - FALSE_ALARMS) * len(wrong))]
    print(f"{len(true)} true pairs, {len(wrong)} mismatched; {spent / len(wrong) * 1e6:.0f} µs a pair")
    print(f"recall at {FALSE_ALARMS:.0%} false alarms (score over {limit:.3f}): {share(true, limit):.4f}")
    for name, score in (("AGREES", AGREES), ("DIFFERS", DIFFERS)):
        print(
            f"{name} {score}: {share(true, score):.4f} of the true, {share(wrong, score):.5f} of the mismatched pairs"
        )
    groups: dict[str, list[float]] = defaultdict(list)
    for (_, _, language), score in zip(rows, true, strict=True):
        groups[language].append(score)
    for language, scores in groups.items():
        print(f"{language:10} {len(scores):4} {share(scores, limit):.3f}")
    for score, (en, zh, _) in sorted(zip(true, rows, strict=True))[:15]:
        print(f"{score:.2f} {en} {zh}")


def share(scores: list[float], limit: float) -> float:
    """The share of the scores over the limit."""
    return sum(score > limit for score in scores) / len(scores)


if __name__ == "__main__":
    main()
