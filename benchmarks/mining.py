"""What mining costs and finds: python benchmarks/mining.py ../shared/bulk/abstract_pairs.jsonl [documents]

CPU seconds of `duizhao terms mine` with all that belongs to it, the most frequent terms to be judged by hand, and how
far two packs of half the pile, added, say the same as one of the whole.
"""

import json
import sys
import time
from pathlib import Path

from duizhao.align import load_encoder
from duizhao.corpora import Knowledge
from duizhao.corpora.knowledge import combine
from duizhao.metrics.mining import Miner

JUDGED = 300


def mined(documents: list[tuple[str, str]]) -> Knowledge:
    miner = Miner()
    for en, zh in documents:
        miner.add(en, zh)
    return miner.mine(load_encoder(), "pile").knowledge


def renderings(knowledge: Knowledge) -> dict[str, tuple[int, list[str]]]:
    """Documents and renderings of each term that has some, the most frequent first."""
    uses = {term: use for term in knowledge.uses if (use := knowledge.use(term)) and use.renderings}
    return {t: (use.papers, list(use.renderings)) for t, use in sorted(uses.items(), key=lambda item: -item[1].papers)}


def main(path: Path, size: int) -> None:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line][:size]
    documents = [(row["abstract_en"], row["abstract_zh"]) for row in rows]
    begin = time.process_time()
    whole = mined(documents)
    seconds = time.process_time() - begin
    half = len(documents) // 2
    added = renderings(combine([mined(documents[:half]), mined(documents[half:])]))
    found = renderings(whole)
    print(f"{len(documents)} documents, {seconds:.1f} CPU s, {len(found)} terms with renderings")
    for fewest in (0, 10, 20, 50):
        terms = [term for term, (papers, _) in found.items() if papers >= fewest]
        both = [term for term in terms if term in added]
        same = sum(added[term][1][0] == found[term][1][0] for term in both)
        print(f"from {fewest} documents: {len(terms)} terms, {len(both)} in the halves, {same} with the same first")
    for term, (papers, zh) in list(found.items())[:JUDGED]:
        print(papers, term, *zh, sep="\t")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3000)
