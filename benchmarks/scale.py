"""What `duizhao filter` keeps and removes of a labelled set, kind by kind, and what that costs.

python benchmarks/scale.py [--rows 1000000] [--corpus FOLDER] [--encoder] [--jobs N] [--work FOLDER]

The set has clean pairs, Traditional ones and fifteen kinds of noise (scale_pairs.py), of invented text or of the pairs
of a corpus that `duizhao build` made. Prints the share left of each kind beside its bar, pairs a CPU second (of all
processes, reading and writing included), and the peak memory of the largest process.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from scale_pairs import CLEAN, Text, labelled

BARS = {"ok": 0.97, "single": 0.97, "traditional": 0.97, "number_changed": 0.10, "near_duplicated": 0.01}
WITH_ENCODER = {"misaligned": 0.05}
_ROWS, _SURE = 50_000, 0.9


def main() -> int:
    """Make the set, filter it in a process of its own, print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=9)
    parser.add_argument("--corpus", type=Path, help="take clean pairs from this corpus")
    parser.add_argument("--encoder", action="store_true")
    parser.add_argument("--jobs", default="1")
    parser.add_argument("--work", type=Path, help="keep the set and what is made of it here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = given.work or Path(temporary)
        work.mkdir(exist_ok=True)
        data = work / "labelled.parquet"
        if not data.exists():
            _write(data, given.rows, given.seed, _pairs_of(given.corpus) if given.corpus else [])
        out = work / "out"
        command = [sys.executable, "-m", "duizhao", "filter", str(data), "-o", str(out), "--jobs", given.jobs]
        command += ["--encoder"] if given.encoder else []
        done = subprocess.run(command, check=False, capture_output=True, encoding="utf-8")
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        print(done.stdout[-2000:] if done.returncode == 0 else done.stdout + done.stderr)
        if done.returncode:
            return 1
        seconds = used.ru_utime + used.ru_stime
        _print_kinds(out, WITH_ENCODER if given.encoder else {})
        rows = pq.ParquetFile(data).metadata.num_rows
        print(f"{rows:,} pairs, {seconds:.1f} CPU s: {rows / seconds:,.0f} pairs a CPU second (bar: 15,000 without")
        print(f"the encoder); peak memory {used.ru_maxrss / 1024:,.0f} MB (bar: 500); load {os.getloadavg()[0]:.1f}")
    return 0


def _write(path: Path, rows: int, seed: int, corpus: list[Text]) -> None:
    names = ["id", "en", "zh"]
    schema = pa.schema([(name, pa.string()) for name in names])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        batch: list[tuple[str, str, str]] = []
        for row in labelled(rows, seed, corpus):
            batch.append(row)
            if len(batch) == _ROWS:
                writer.write_table(pa.table(dict(zip(names, zip(*batch, strict=True), strict=True)), schema))
                batch = []
        if batch:
            writer.write_table(pa.table(dict(zip(names, zip(*batch, strict=True), strict=True)), schema))


def _pairs_of(folder: Path) -> list[Text]:
    """Pairs of one sentence a side that the aligner is sure of, each once."""
    from duizhao.corpora import read_corpus

    found: dict[Text, None] = {}
    for pair in read_corpus(folder).pairs:
        if pair.type == "1-1" and pair.probability >= _SURE and pair.field != "title":
            found[" ".join(pair.en), "".join(pair.zh)] = None
    return list(found)


def _print_kinds(out: Path, more: dict[str, float]) -> None:
    left: Counter[str] = Counter()
    total: Counter[str] = Counter()
    why: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for flags, pairs in zip(
        sorted((out / "flags").glob("*.parquet")), sorted((out / "pairs").glob("*.parquet")), strict=True
    ):
        ids = pq.read_table(pairs, columns=["id"])["id"].to_pylist()
        for name, row in zip(ids, pq.read_table(flags).to_pylist(), strict=True):
            kind = name.partition("-")[0]
            total[kind] += 1
            left[kind] += row["kept"]
            why[kind].update(row["reasons"])
    bars = BARS | more
    print(f"{'kind':16}{'pairs':>9}{'left':>8}   bar    rejected by")
    for kind in sorted(total, key=lambda kind: (kind not in CLEAN, kind)):
        share = left[kind] / total[kind]
        bar = bars.get(kind)
        said = "" if bar is None else f"{'≥' if kind in CLEAN else '≤'} {bar:.2f}"
        held = bar is None or (share >= bar if kind in CLEAN else share <= bar)
        reasons = json.dumps({name: round(n / total[kind], 3) for name, n in why[kind].most_common(5)})
        print(f"{kind:16}{total[kind]:>9,}{share:>8.3f}   {said:7}{'' if held else 'SHORT '}{reasons}")


if __name__ == "__main__":
    sys.exit(main())
