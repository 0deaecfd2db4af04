"""Scoreboards with invented texts, for the tests of everything that writes one."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from duizhao.metrics.score import BucketScore, Comparison, Flag, Score
from duizhao.metrics.scoreboard import Scoreboard
from duizhao.metrics.testset import TestSet

BLEU = "nrefs:1|bs:1000|seed:12345|case:mixed|eff:no|tok:zh|smooth:exp|version:2.6.0|duizhao:0.0"
TER = "nrefs:1|bs:1000|seed:12345|case:lc|tok:tercom|norm:yes|punct:yes|asian:yes|version:2.6.0|duizhao:0.0"
WHO = [
    ("The otter", "水獭", "海狗"),
    ("An old ferryman", "老船夫", "老渔夫"),
    ("The tea merchant", "茶商", "茶老板"),
    ("A wet heron", "湿漉漉的苍鹭", "湿鹭"),
]
WHAT = [
    ("crosses the stone bridge", "走过石桥", "过了石头桥"),
    ("brews green tea under the willow", "在柳树下泡绿茶", "在柳树下煮绿色的茶"),
    ("counts {n} leaves on the river", "数着河上的{n}片叶子", "在河里数{n}个叶片"),
    ("repairs a small boat before the rain", "在下雨前修好了一条小船", "雨前修理小艇"),
    ("forgets an umbrella at the teahouse", "把伞忘在了茶馆", "忘了茶室的雨伞"),
]
WHEN = [("at dawn", "黎明时分，", "早上，"), ("in the third month", "三月里，", "第三个月，")]


def test_set(count: int = 40) -> TestSet:
    """Three systems: one near the reference, one less so, one that leaves out and copies."""
    sources, references, near, far, poor = [], [], [], [], []
    for n in range(count):
        who, what, when = WHO[n % 4], WHAT[n % 5], WHEN[n % 2]
        pick = [(n * 7) % 11 < 8, (n * 5) % 11 < 7, (n * 3) % 11 < 9]
        words = [[part[1] for part in (when, who, what)], [part[2] for part in (when, who, what)]]
        sources.append(f"{when[0].capitalize()}, {who[0].lower()} {what[0]}.".format(n=n))
        references.append("".join(words[0]).format(n=n) + "。")
        near.append("".join(words[0 if good else 1][at] for at, good in enumerate(pick)).format(n=n) + "。")
        far.append("".join(words[0 if n % 9 == at else 1][at] for at in range(3)).format(n=n) + "。")
        poor.append({0: "", 1: sources[-1]}.get(n % 13, "".join(words[1][1:]).format(n=n) + "。"))
    return TestSet(
        {"harbour": tuple(near), "ferry-2": tuple(far), "小舟": tuple(poor)},
        (tuple(references),),
        ("teahouse.zh",),
        "zh",
        tuple(sources),
        tuple(f"tale-{n // 10 + 1}" for n in range(count)),
        tuple(("river", "tea")[n % 2] for n in range(count)),
        tuple(str(n + 1) for n in range(count)),
    )


def alike(one: str, other: str) -> float:
    """A stand-in for a score of a segment: the share of common pairs of characters, 0..100."""
    a, b = ({text[n : n + 2] for n in range(len(text))} for text in (one, other))
    return round(200 * len(a & b) / max(1, len(a) + len(b)), 4)


def board(count: int = 40, **changes: Any) -> Scoreboard:
    """Two metrics, comparisons with the first system, buckets, flags and a note."""
    made = test_set(count)
    names = list(made.systems)
    segments = {}
    for name, texts in made.systems.items():
        values = np.array([alike(text, ref or "") for text, ref in zip(texts, made.references[0], strict=True)])
        segments["BLEU", name] = values
        segments["TER", name] = np.round((100 - values) * 1.2, 4)
    values = {key: float(array.mean()) for key, array in segments.items()}
    signature = {"BLEU": BLEU, "TER": TER}
    scores = tuple(
        Score(metric, values[metric, name], signature[metric], (values[metric, name] - 2.5, values[metric, name] + 2.3),
              count, "quality", name, "teahouse.zh")
        for name in names
        for metric in signature
    )  # fmt: skip
    comparisons = []
    for metric in signature:
        for name, p in zip(names[1:], (0.002, 0.0005), strict=True):
            counts = wins(segments[metric, name], segments[metric, names[0]], -1 if metric == "TER" else 1)
            difference = values[metric, name] - values[metric, names[0]]
            comparisons.append(Comparison(metric, name, names[0], difference, p, 2 * p, *counts, signature[metric]))
    base: dict[str, Any] = {
        "testset": made,
        "metrics": tuple(signature),
        "scores": scores,
        "comparisons": tuple(comparisons),
        "buckets": tuple(
            BucketScore("tag", tag, "BLEU", name, float(segments["BLEU", name][first::2].mean()), count // 2,
                        BLEU.replace("bs:1000|seed:12345|", ""))
            for first, tag in enumerate(("river", "tea"))
            for name in names
        ),
        "segments": segments,
        "flags": tuple(
            Flag("小舟", n, *(("empty", "nothing here"), ("untranslated", "the source stands here"))[n % 13], 0.97, 0.5)
            for n in range(count)
            if n % 13 < 2
        ),
        "notes": ("小舟: 4 hypotheses are empty (lines 1, 14, 27, 40); scored as written.",),
        "made_by": {"duizhao": "0.0", "target": "zh"},
    }  # fmt: skip
    return Scoreboard(**base | changes)


def wins(one: Sequence[float], other: Sequence[float], way: int) -> tuple[int, int, int]:
    """How often the first is better, worse, as good."""
    signs = way * np.sign(np.asarray(one) - np.asarray(other))
    return int((signs > 0).sum()), int((signs < 0).sum()), int((signs == 0).sum())
