"""What `duizhao filter` and OpusFilter leave of a labelled set, for the table of table.py.

The set is that of scale_pairs.py: clean pairs, Traditional ones and kinds of noise; the label of a row is the part of
its id before the dash.
"""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scale_pairs import labelled
from scores import used

Labelled = tuple[str, str, str]  # id, English, Chinese


def labelled_files(work: Path, count: int, seed: int) -> list[Labelled]:
    """The rows of the set, also written as in.jsonl for us, and as in.en and in.zh for OpusFilter."""
    rows = [(name, one_line(en), one_line(zh)) for name, en, zh in labelled(count, seed, [])]
    for k, side in ((1, "en"), (2, "zh")):
        (work / f"in.{side}").write_text("".join(f"{row[k]}\n" for row in rows), encoding="utf-8")
    lines = [json.dumps(dict(zip(("id", "en", "zh"), row, strict=True)), ensure_ascii=False) + "\n" for row in rows]
    (work / "in.jsonl").write_text("".join(lines), encoding="utf-8")
    return rows


def by_us(work: Path, rows: Sequence[Labelled], turns: int) -> tuple[Counter[str], list[float]]:
    """How many of each label `duizhao filter` keeps, and pairs a CPU second of each turn."""
    speeds = []
    for turn in range(turns):
        seconds, _ = used(["duizhao", "filter", str(work / "in.jsonl"), "-o", str(work / f"ours{turn}")])
        speeds.append(len(rows) / seconds)
    return kept_by_us(work / "ours0"), speeds


def by_opusfilter(work: Path, rows: Sequence[Labelled], turns: int, command: Path) -> tuple[Counter[str], list[float]]:
    """The same of OpusFilter, with what `opus_steps` says."""
    speeds = []
    for turn in range(turns):
        (work / "opus.yaml").write_text(json.dumps(opus_steps(work, turn)), encoding="utf-8")  # JSON is YAML
        seconds, _ = used([str(command), str(work / "opus.yaml")])
        speeds.append(len(rows) / seconds)
    kept = Counter(zip(lines_of(work / "opus0.en"), lines_of(work / "opus0.zh"), strict=True))
    return takes_from(rows, kept), speeds


def opus_steps(work: Path, turn: int) -> dict[str, Any]:
    """What OpusFilter is to do: its filters that need no model."""
    filters: list[dict[str, Any]] = [
        {"LengthFilter": {"unit": ["word", "char"], "min_length": [1, 1], "max_length": [100, 300]}},
        {"LengthRatioFilter": {"unit": "char", "threshold": 5}},
        {"LongWordFilter": {"threshold": [40, 300]}},
        {"HtmlTagFilter": {}},
        # At its own 0.75, which counts blanks and digits, it rejects two in five of the clean pairs.
        {"AlphabetRatioFilter": {"threshold": 0.5, "exclude_whitespace": True}},
        {"CharacterScoreFilter": {"scripts": ["Latin", "Han"], "thresholds": [0.9, 0.7]}},
        {"LanguageIDFilter": {"id_method": "langid", "languages": ["en", "zh"], "thresholds": [0, 0]}},
        {"NonZeroNumeralsFilter": {}},
        {"TerminalPunctuationFilter": {}},
        {"SimilarityFilter": {}},
        {"RepetitionFilter": {}},
    ]
    sides = ("en", "zh")
    unique, out = ([str(work / f"{name}{turn}.{side}") for side in sides] for name in ("unique", "opus"))
    entered = [str(work / f"in.{side}") for side in sides]
    return {
        "common": {"output_directory": str(work)},
        "steps": [
            {"type": "remove_duplicates", "parameters": {"inputs": entered, "outputs": unique}},
            {"type": "filter", "parameters": {"inputs": unique, "outputs": out, "filters": filters}},
        ],
    }


def kept_by_us(folder: Path) -> Counter[str]:
    """Labels of the rows that `duizhao filter` keeps."""
    import pyarrow.parquet as pq

    kept: Counter[str] = Counter()
    for flags in sorted((folder / "flags").glob("*.parquet")):
        ids = pq.read_table(folder / "pairs" / flags.name, columns=["id"])["id"].to_pylist()
        for name, is_kept in zip(ids, pq.read_table(flags, columns=["kept"])["kept"].to_pylist(), strict=True):
            kept[kind_of(name)] += is_kept
    return kept


def takes_from(rows: Sequence[Labelled], kept: Counter[tuple[str, str]]) -> Counter[str]:
    """Labels of the rows whose texts are kept; of equal rows the first ones are."""
    labels: Counter[str] = Counter()
    for name, en, zh in rows:
        if kept[en, zh] > 0:
            kept[en, zh] -= 1
            labels[kind_of(name)] += 1
    return labels


def left_of(rows: Sequence[Labelled], kept: Counter[str]) -> str:
    """Shares left: of clean pairs, Traditional ones, all noise, changed numbers, near duplicates."""
    total = Counter(kind_of(name) for name, _, _ in rows)
    clean = {"ok", "single"}
    shown = {
        "clean": clean,
        "Traditional": {"traditional"},
        "noise": set(total) - clean - {"traditional"},
        "wrong numbers": {"number_changed"},
        "near duplicates": {"near_duplicated"},
    }
    shares = {
        name: sum(kept[kind] for kind in kinds) / sum(total[kind] for kind in kinds) for name, kinds in shown.items()
    }
    return "left: " + ", ".join(f"{name} {100 * share:.0f} %" for name, share in shares.items())


def kind_of(name: str) -> str:
    return name.partition("-")[0]


def one_line(text: str) -> str:
    return " ".join(text.split())


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]
