"""Abstracts of the bulk file audited a CPU second, after alignment: with all rules, and without the encoder.

python benchmarks/audit_speed.py [../shared] [abstracts]

Dictionaries and indexes are loaded first, on other abstracts; what that takes is printed by itself.
"""

import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from duizhao.corpora import Corpus
from duizhao.pipeline import Options, audit_corpus, build_corpus


def main(shared: Path, count: int) -> None:
    lines = (shared / "bulk" / "abstract_pairs.jsonl").read_text("utf-8").split("\n")
    warm, corpus = corpus_of(lines[:10]), corpus_of(lines[2000 : 2000 + count])
    for encoder in (True, False):
        options = replace(Options(), encoder=encoder)
        begin = time.process_time()
        audit_corpus(warm, options)
        loading, begin = time.process_time() - begin, time.process_time()
        found = len(audit_corpus(corpus, options).findings)
        used = time.process_time() - begin
        name = "all rules" if encoder else "--no-encoder"
        print(f"{name}: {count / used:.1f} abstracts a CPU second ({found} findings; loading {loading:.1f} s)")


def corpus_of(lines: list[str]) -> Corpus:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bulk.jsonl")
        path.write_text("\n".join(lines), encoding="utf-8")
        return build_corpus([str(path)])


if __name__ == "__main__":
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    main(shared, int(sys.argv[2]) if len(sys.argv) > 2 else 150)
