"""What a sentence costs in a short and in a long text.

python benchmarks/alignment_scale.py [../shared]

bible-5k, part of it and several times over with a number put in each repeated sentence: CPU seconds a thousand
sentences, peak memory of the process so far, and how many beads are those of the diagonal's copy.
"""

import os

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):  # before numpy
    os.environ.setdefault(_name, "1")

import resource  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

from alignment import load_set  # noqa: E402

from duizhao.align import align_sentences  # noqa: E402

SIZES = (7_000, 70_000)


def main(shared: Path) -> int:
    (text,) = load_set(shared / "gold" / "align" / "bible-5k")
    align_sentences(text.en[:50], text.zh[:60])  # loads what is loaded once
    costs = []
    for size in SIZES:
        copies = -(-size // (len(text.en) + len(text.zh)))
        share = size / copies / (len(text.en) + len(text.zh))
        n, m = int(share * len(text.en)), int(share * len(text.zh))
        en = [f"{sentence} ({copy})" for copy in range(copies) for sentence in text.en[:n]]
        zh = [f"{sentence}（{copy}）" for copy in range(copies) for sentence in text.zh[:m]]
        begun = time.process_time()
        beads = align_sentences(en, zh)
        costs.append((time.process_time() - begun) / (len(en) + len(zh)))
        own = sum(bead.en[0] // n == bead.zh[0] // m for bead in beads if bead.en and bead.zh)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{len(en) + len(zh):,} sentences: {1000 * costs[-1]:.2f} CPU s a thousand, {peak:.0f} MB, "
            f"{own:,} of {sum(bool(b.en and b.zh) for b in beads):,} beads in their own copy",
            flush=True,
        )
    print(f"ratio {costs[1] / costs[0]:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")))
