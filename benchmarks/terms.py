"""The glossary beside what people found, and its most frequent terms to be judged by hand.

python benchmarks/terms.py [../shared] [--bulk N] [--skip M] [--most K]

First the seeds: of the source terms of gold/audit/findings.jsonl (terms, names and inconsistencies whose English
stands in the file) the share that is among the candidates of the English, as it stands (folded) or inside a candidate
or around one; and of the inconsistencies those whose entry lists every variant (a variant counts where a rendering
contains it or is contained in it, two characters at least). Then, with --bulk, N rows of the bulk file from row M on:
seconds of the audit and of the glossary, and the K most frequent terms with their renderings (without the words that
only a finding brings in, whose termhood is under a half).
"""

import argparse
import json
import re
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from duizhao.align import WordSenses, train_links
from duizhao.align.spans import locators
from duizhao.corpora import Corpus, load_termbase, shipped_knowledge
from duizhao.metrics import Entry, audit, build_glossary
from duizhao.metrics.folding import fold
from duizhao.metrics.term_candidates import find_candidates
from duizhao.metrics.term_runs import words_of
from duizhao.metrics.unpaired import english_of
from duizhao.pipeline import build_corpus

_KINDS = ("term", "inconsistent", "name")


def main() -> None:
    """Print both parts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("shared", nargs="?", default="../shared")
    parser.add_argument("--bulk", type=int, default=0)
    parser.add_argument("--skip", type=int, default=0)
    parser.add_argument("--most", type=int, default=100)
    given = parser.parse_args()
    shared = Path(given.shared)
    print_seeds(shared)
    if given.bulk:
        lines = (shared / "bulk" / "abstract_pairs.jsonl").read_text(encoding="utf-8").split("\n")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "bulk.jsonl")
            path.write_text("\n".join(lines[given.skip : given.skip + given.bulk]), encoding="utf-8")
            entries = glossary(build_corpus([str(path)]))
        for entry in sorted((e for e in entries if e.termhood >= 0.5), key=lambda e: (-e.count, e.term))[: given.most]:
            print(line(entry))


def print_seeds(shared: Path) -> None:
    """What the seeds' gold terms and inconsistencies got."""
    rows: list[dict[str, Any]] = [
        json.loads(text)
        for text in (shared / "gold" / "audit" / "findings.jsonl").read_text(encoding="utf-8").split("\n")
        if text
    ]
    rows = [row for row in rows if row["kind"] in _KINDS]
    corpus = build_corpus([str(shared / "seeds")])
    candidates = {
        c.words
        for c in find_candidates(
            english_of(corpus.records, corpus.pairs), load_termbase((), shipped=True), shipped_knowledge()
        )
    }
    wanted = {row["en"]: words_of(re.sub(r"\s*\([A-Z]+\)$", "", row["en"])) for row in rows if row["en_in_file"]}
    exact = [en for en, words in wanted.items() if words in candidates]
    near = [en for en, words in wanted.items() if en not in exact and any(_holds(words, c) for c in candidates)]
    print(f"{len(exact)} of {len(wanted)} gold terms are candidates, {len(exact) + len(near)} with parts and holders")
    print("   as part or holder:", near)
    print("   not at all:", [en for en in wanted if en not in exact and en not in near])
    entries = glossary(corpus)
    whole = 0
    rows = [row for row in rows if row["kind"] == "inconsistent"]
    for row in rows:
        words = words_of(re.sub(r"\s*\([A-Z]+\)$", "", row["en"]))
        found = {
            zh
            for entry in entries
            if _holds(words, words_of(entry.term)) or entry.term == row["en"]
            for rendering in entry.renderings
            for zh, _ in rendering.forms
        }
        missing = [zh for zh in row["zh"].split("|") if not any(_same(zh, other) for other in found)]
        whole += not missing
        if missing:
            print(f"   {row['file'][:3]} {row['en']}: {missing} not among {sorted(found)}")
    print(f"{whole} of {len(rows)} inconsistencies with all their variants")


def glossary(corpus: Corpus) -> list[Entry]:
    """The glossary of a corpus; prints what it took beside the audit."""
    termbase, knowledge = load_termbase((), shipped=True), shipped_knowledge()
    links = train_links(
        ((" ".join(p.en), "".join(p.zh)) for p in corpus.pairs if p.en and p.zh), WordSenses(termbase, knowledge)
    )
    begin = time.process_time()
    audited = audit(
        corpus.documents, corpus.records, corpus.pairs, termbase, knowledge,
        locators=lambda texts: locators(texts, links),
    )  # fmt: skip
    after = time.process_time()
    entries = build_glossary(
        audited.occurrences, audited.findings, corpus.records, corpus.pairs, termbase, knowledge, lambda: links
    )
    end = time.process_time()
    print(f"audit {after - begin:.1f} s, glossary {end - after:.1f} s of CPU")
    return entries


def line(entry: Entry) -> str:
    """An entry on one line: `!` marks a flagged rendering, the figure in brackets is its confidence."""
    shown = (f"{r.zh or '—'}:{r.count}{'!' * r.flagged}({r.confidence:.1f})" for r in entry.renderings[:9])
    return f"{entry.term} [{entry.section} {entry.count}/{entry.records} {entry.termhood:.2f}] {' '.join(shown)}"


def _holds(words: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one run of words ends in the other, or holds it: its head or a phrase around it."""
    short, long = sorted((tuple(words), tuple(other)), key=len)
    return bool(short) and any(long[k : k + len(short)] == short for k in range(len(long) - len(short) + 1))


def _same(gold: str, found: str) -> bool:
    a, b = sorted((fold(gold).text, fold(found).text), key=len)
    return len(a) > 1 and a in b


if __name__ == "__main__":
    main()
