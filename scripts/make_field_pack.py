"""Write the knowledge pack that ships, from the mined counts: python scripts/make_field_pack.py ../shared/domain

Kept: Chinese strings as counted; English terms of 15 papers or more, with renderings that stand in at least 3 % of
their papers. The output is the same bytes for the same input.
"""

import sys
from pathlib import Path

from duizhao.corpora.knowledge import Knowledge, write_pack
from duizhao.corpora.pack import Floors

TARGET = Path(__file__).resolve().parents[1] / "corpora" / "data" / "field_ai.pack.tsv.gz"
PAPERS, MIN_SHARE = 62_953, 0.03
FLOORS = Floors(strings=3, terms=15, renderings=4)
ORIGIN = (
    "counted from 62,953 arXiv papers' English abstracts and independently written Chinese summaries of a public "
    "repository, 2025–2026"
)


def main(domain: Path) -> None:
    counts: dict[str, int] = {}
    for line in (domain / "zh_counts.tsv").read_text(encoding="utf-8").split("\n")[1:]:
        zh, _, n = line.partition("\t")
        if zh:
            counts[zh] = int(n)
    uses: dict[str, str] = {}
    for line in (domain / "renderings.tsv").read_text(encoding="utf-8").split("\n")[1:]:
        term, papers, latin, *renderings = line.split("\t") if line else ("", "0", "0")
        if int(papers) < FLOORS.terms:
            continue
        items = []
        for rendering in renderings:
            zh, both, _, dice, likeness = rendering.split("|")
            if int(both) >= MIN_SHARE * int(papers):
                score = float(dice) * (0.4 + max(0.0, float(likeness))) / 1.4  # what the renderings were ranked by
                items.append(f"{zh}:{both}*{round(1000 * int(papers) * score)}")
        uses[term] = "\t".join([papers, latin, *items])
    with TARGET.open("wb") as handle:
        write_pack(Knowledge(PAPERS, counts, uses, "field_ai", FLOORS), handle, ORIGIN)
    print(TARGET.name, len(counts), "strings", len(uses), "terms", TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
