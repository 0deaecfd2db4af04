"""What the encoder costs, and how alike a span is in its sentence and alone.

python benchmarks/encoder.py [FOLDER]   (.en and .zh files, a sentence a line; default: ../shared/gold/align/mac-dev)
"""

import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from duizhao.align.spans import candidate_spans
from duizhao.align.sum_encoder import SumEncoder

REPEATS, SPANS, SEED = 3, 3_000, 7


def seconds(work: Callable[[], object]) -> float:
    """Least CPU seconds of some tries: others use the machine too."""
    best = float("inf")
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(folder: str) -> int:
    files = sorted(path for path in Path(folder).iterdir() if path.suffix in {".en", ".zh"})
    texts = [line for path in files for line in path.read_text(encoding="utf-8").split("\n") if line]
    before = megabytes()
    start = time.process_time()
    encoder = SumEncoder()
    print(f"load: {time.process_time() - start:.2f} CPU s, {megabytes() - before:.0f} MB (at most)")

    totals = encoder.totals(texts)
    tokens = int(totals.tokens.sum()) + 2 * len(texts)
    for name, work in (("totals", lambda: encoder.totals(texts)), ("prepare", lambda: encoder.prepare(texts))):
        took = seconds(work)
        print(f"{name}: {len(texts) / took:,.0f} sentences a CPU s, {tokens / took:,.0f} tokens a CPU s")
    few = texts[:200]
    print(
        f"encode, one by one: {len(few) / seconds(lambda: [encoder.encode([t]) for t in few]):,.0f} sentences a CPU s"
    )
    runs = sum(len(texts) - k for k in range(6))
    print(f"runs of 1 to 6: {runs / seconds(lambda: totals.runs(6)):,.0f} a CPU s (the dense layers and one sum)")

    rng = np.random.default_rng(SEED)
    chinese = [text for text in texts if candidate_spans(text)][:300]
    spans = [candidate_spans(text) for text in chinese]
    took = seconds(lambda: [p.spans(s) for p, s in zip(encoder.prepare(chinese), spans, strict=True)])
    print(f"spans, preparing included: {sum(map(len, spans)) / took:,.0f} a CPU s")

    # Random spans of words in their sentence and alone; and of random pairs of them, the similarity both ways.
    prepared = encoder.prepare(texts)
    inside, alone = [], []
    for k in rng.integers(len(texts), size=SPANS).tolist():
        ends = [0, *sorted(set(prepared[k].ends.tolist()))]
        a, b = sorted(rng.choice(len(ends), 2, replace=False).tolist()) if len(ends) > 1 else (0, 0)
        inside.append(prepared[k].spans([(ends[a], ends[b])])[0])
        alone.append(texts[k][ends[a] : ends[b]])
    x, y = np.stack(inside), encoder.encode(alone)
    i, j = rng.integers(SPANS, size=(2, 20_000))
    keep = i != j
    pairs = np.einsum("ij,ij->i", x[i], x[j])[keep], np.einsum("ij,ij->i", y[i], y[j])[keep]
    print(f"spans in context and alone: mean cosine {np.einsum('ij,ij->i', x, y).mean():.3f}")
    print(f"similarity of two spans, in context and alone: Pearson {np.corrcoef(*pairs)[0, 1]:.3f}")
    print(f"peak memory: {megabytes():.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "../shared/gold/align/mac-dev"))
