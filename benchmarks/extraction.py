"""Compare what `duizhao` extracts from the development texts with what a person read, field by field.

python benchmarks/extraction.py [../shared]
"""

import json
import sys
from collections import Counter
from pathlib import Path

from duizhao.corpora import extract, read_documents

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
    for gold_path in sorted((shared / "gold" / "extraction").glob("seed_*.jsonl")):
        number = gold_path.stem.removeprefix("seed_")
        source = next((shared / "seeds").glob(f"{number}_*"))
        gold = [json.loads(line) for line in gold_path.read_text(encoding="utf-8").split("\n") if line]
        records = [r for r in extract(read_documents([str(source)])).records if r.kind != "commentary"]
        right: Counter[str] = Counter()
        wanted: Counter[str] = Counter()
        by_url = {r.url: r for r in records}
        for row in gold:
            record = by_url.get(row["url"])
            for name in FIELDS:
                if name not in row:
                    continue
                value = list(row[name] or []) if name in ("authors", "key_points_zh") else row[name]
                got = getattr(record, name) if record else None
                got = list(got or []) if name in ("authors", "key_points_zh") else got
                wanted[name] += 1
                if got == value:
                    right[name] += 1
                else:
                    print(f"  {number} {row['url']} {name}:\n    wanted {value!r}\n    got    {got!r}")
            wanted["kind"] += 1
            right["kind"] += bool(record) and record.kind == KINDS.get(row["kind"], row["kind"])
        wrong += sum(wanted.values()) - sum(right.values()) + abs(len(records) - len(gold))
        cells = "  ".join(f"{name} {right[name]}/{wanted[name]}" for name in (*FIELDS, "kind") if wanted[name])
        print(f"seed {number}: {len(records)} records of {len(gold)}  {cells}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")))
