"""Write the knowledge pack that ships, from the mined counts: python scripts/make_field_pack.py ../shared/domain

Kept: Chinese strings as counted; English terms of 15 papers or more, with renderings that stand in at least 3 % of
their papers. The output is the same bytes for the same input.
"""

import gzip
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "corpora" / "data"
MIN_PAPERS, MIN_SHARE = 15, 0.03


def main(domain: Path) -> None:
    counts = (domain / "zh_counts.tsv").read_text(encoding="utf-8").split("\n")[1:]
    _write("field_ai_zh.tsv.gz", [line for line in counts if line])
    terms = []
    for line in (domain / "renderings.tsv").read_text(encoding="utf-8").split("\n")[1:]:
        term, papers, latin, *renderings = line.split("\t") if line else ("", "0", "0")
        if int(papers) < MIN_PAPERS:
            continue
        pairs = [item.split("|")[:2] for item in renderings]
        kept = [f"{zh}:{both}" for zh, both in pairs if int(both) >= MIN_SHARE * int(papers)]
        terms.append("\t".join([term, papers, latin, *kept]))
    _write("field_ai_terms.tsv.gz", sorted(terms))


def _write(name: str, lines: list[str]) -> None:
    data = gzip.compress("\n".join(lines).encode("utf-8"), 9, mtime=0)
    (DATA / name).write_bytes(data)
    print(name, len(lines), "lines", len(data), "bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
