"""Compare what `duizhao` extracts from the development texts with what a person read, field by field.

python benchmarks/extraction.py [../shared]

Precision is the share of the fields given that are exactly right, recall the share of the fields there are. A kind is
right where it is the person's, or `summary` where the person noted that the Chinese condenses the English.
"""

import json
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

from duizhao.align import pair_records
from duizhao.corpora import Record, extract, read_documents

FIELDS = (
    "title_en",
    "title_zh",
    "authors",
    "affiliation",
    "url",
    "abstract_en",
    "abstract_zh",
    "key_points_zh",
    "summary_zh",
)
KINDS = {"title_only": "title", "zh_only_commentary": "zh_only"}  # the gold's word -> ours


def main(shared: Path) -> int:
    wrong = 0
    for gold_path in sorted((shared / "gold" / "extraction").glob("*.jsonl")):
        # Documents are in NFC (the sign Ω of ohms is the letter Ω there), and so is the gold.
        lines = unicodedata.normalize("NFC", gold_path.read_text(encoding="utf-8")).split("\n")
        gold = [json.loads(line) for line in lines if line]
        if gold_path.name.endswith(".pairs.jsonl"):
            wrong += _pairs(shared, gold)
        else:
            wrong += _records(shared, gold_path.stem, gold)
    return 1 if wrong else 0


def _records(shared: Path, name: str, gold: list[dict[str, Any]]) -> int:
    sources = sorted({_source(shared, name, row) for row in gold})
    extracted = extract(read_documents([str(source) for source in sources])).records
    records = [r for r in pair_records(extracted).records if r.kind != "commentary"]
    found = {key: record for record in reversed(records) for key in (record.url, record.title_en) if key}
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for row in gold:
        record = found.get(row.get("url") or "") or found.get(row.get("title_en") or "")
        for field in FIELDS:
            if field not in row:
                continue
            value, got = _value(row[field]), _value(getattr(record, field) if record else None)
            wanted[field] += bool(value)
            given[field] += bool(got)
            if value == got:
                right[field] += bool(value)
            else:
                print(f"  {name} {row.get('url')} {field}:\n    wanted {value!r}\n    got    {got!r}")
        condensed = "condensed" in row.get("note", "")
        kinds = {KINDS.get(row["kind"], row["kind"])} | ({"summary"} if condensed else set())
        wanted["kind"] += 1
        given["kind"] += record is not None
        right["kind"] += record is not None and record.kind in kinds
        if record is not None and record.kind not in kinds:
            print(f"  {name} {row.get('url')} kind {record.kind}, wanted {kinds}")
    print(f"{name}: {len(records)} records of {len(gold)}")
    return _table(right, given, wanted) + abs(len(records) - len(gold))


def _pairs(shared: Path, gold: list[dict[str, Any]]) -> int:
    """Paragraphs and their translations, both sides exact."""
    source = shared / "digests" / gold[0]["doc"]
    records = extract(read_documents([str(source)])).records
    made = Counter((_body(r, "en"), _body(r, "zh")) for r in records if _body(r, "en") and _body(r, "zh"))
    right = sum(made[row["en"], row["zh"]] > 0 for row in gold)
    for row in gold:
        if not made[row["en"], row["zh"]]:
            print(f"  {source.name}: no pair {row['en'][:60]!r} {row['zh'][:30]!r}")
    print(f"{source.name}: {right} of {len(gold)} pairs of paragraphs; {made.total()} made")
    return len(gold) - right


def _body(record: Record, side: str) -> str | None:
    value = getattr(record, f"text_{side}") or getattr(record, f"abstract_{side}")
    return value if isinstance(value, str) else None


def _table(right: Counter[str], given: Counter[str], wanted: Counter[str]) -> int:
    for field in (*FIELDS, "kind"):
        if wanted[field] or given[field]:
            precision = right[field] / given[field] if given[field] else 1.0
            recall = right[field] / wanted[field] if wanted[field] else 1.0
            print(
                f"    {field:14} {right[field]:3} of {wanted[field]:3}  precision {precision:.3f}  recall {recall:.3f}"
            )
    return wanted.total() + given.total() - 2 * right.total()


def _source(shared: Path, name: str, row: dict[str, Any]) -> Path:
    if name.startswith("seed_"):
        return next((shared / "seeds").glob(f"{name.removeprefix('seed_')}_*"))
    return shared / "digests" / row["doc"]


def _value(value: Any) -> Any:
    """Lists as lists, paragraphs as one text, nothing as None."""
    if isinstance(value, list | tuple):
        items = list(value)
        return ("\n".join(items) if items and len(items[0]) > 100 else items) or None
    return value or None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")))
