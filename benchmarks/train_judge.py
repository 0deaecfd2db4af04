"""Fit the weights of the evidence (metrics/judge_weights.py) to verdicts on located renderings, and say how good it is.

python benchmarks/train_judge.py [../shared] [--write]    needs scikit-learn

Verdicts: benchmarks/gold/renderings.jsonl, renderings located in rows of the bulk file, 950 of them with no termbase,
judged by sessions that saw the two sentences, no figures and no rules: W wrong, S a matter of style, A right, M not the
place. W counts as an error, all else as none. Beside them stand renderings of human translations outside the field
(gold/align: debates, reports, novels), which are all right: there the field's counts prove nothing. For terms that the
termbase lists each verdict is used twice, with its renderings and without.
"""

import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from duizhao.align import align_lines, load_encoder, train_links
from duizhao.align.spans import locators
from duizhao.align.word_senses import WordSenses
from duizhao.corpora import Pair
from duizhao.corpora.knowledge import shipped_knowledge
from duizhao.corpora.termbase import Termbase, shipped_termbase
from duizhao.metrics.evidence import FEATURES, Located, evidence
from duizhao.metrics.field_terms import FIELD, field_terms
from duizhao.metrics.fieldness import fieldness
from duizhao.metrics.occurrences import Occurrence, OccurrenceFinder, sides
from duizhao.metrics.term_index import TermIndex
from duizhao.metrics.terms import Witnesses, is_candidate
from duizhao.metrics.traditional import simplified
from duizhao.pipeline import build_corpus

HERE = Path(__file__).resolve().parent
FIRST, LAST = 200, 2000  # rows of the bulk file
HUMAN, HUMAN_WEIGHT = 1200, 150.0  # renderings of human translations, and what all of them together count
MISPLACED = 0.6  # weight of a verdict that can not be given
STRENGTH = 0.1  # of the L2 penalty: scikit-learn's C


def main(shared: Path, write: bool) -> None:
    rows, labels, weights = bulk(shared)
    known = len(rows)
    human = random.Random(0).sample([row for row, _ in cases(human_pairs(shared))], HUMAN)
    x = np.array([*rows, *human])
    y = np.array([*labels, *([0] * HUMAN)])
    w = np.array([*weights, *([HUMAN_WEIGHT / HUMAN] * HUMAN)])
    report(x, y, w, known)
    if write:
        model = fit(x, y, w)
        lines = "".join(f'    "{name}": {weight:.4g},\n' for name, weight in zip(FEATURES, model[1], strict=True))
        text = '"""Weights of the evidence; written by benchmarks/train_judge.py."""\n\n'
        text += f"BIAS = {model[0]:.4g}\nWEIGHTS = {{\n{lines}}}\n"
        (HERE.parent / "metrics" / "judge_weights.py").write_text(text, encoding="utf-8")


def bulk(shared: Path) -> tuple[list[Sequence[float]], list[int], list[float]]:
    """Evidence, label and weight of each verdict whose rendering is located now as it was when it was judged."""
    gold = [json.loads(line) for line in (HERE / "gold" / "renderings.jsonl").read_text("utf-8").split("\n") if line]
    verdicts = {(row["row"], row["pair"], row["term"], row["zh"]): row["verdict"] for row in gold}
    lines = (shared / "bulk" / "abstract_pairs.jsonl").read_text("utf-8").split("\n")[FIRST:LAST]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bulk.jsonl")
        path.write_text("\n".join(lines), encoding="utf-8")
        pairs = build_corpus([str(path)]).pairs
    rows: list[Sequence[float]] = []
    labels: list[int] = []
    weights: list[float] = []
    found: Counter[str] = Counter()
    seen: set[tuple[int, str, str, str]] = set()
    listed = TermIndex(shipped_termbase().terms)
    for row, o in cases(pairs):
        number, _, place = o.pair.id.partition("#")[2].partition(".")
        key = FIRST + int(number) - 1, place, o.term.en, o.zh
        if key not in verdicts or key in seen:
            continue
        seen.add(key)
        verdict = verdicts[key]
        found[verdict] += 1
        terms = [m.term for m in listed.matches(o.term.en) if m.span == (0, len(o.term.en))]
        variants = [row]
        if terms and o.zh not in terms[0].approved and o.zh not in {f.zh for f in terms[0].forbidden}:
            variants.append(with_termbase(row, o, terms[0].approved))
        for variant in variants:
            rows.append(variant)
            labels.append(int(verdict == "W"))
            weights.append(MISPLACED if verdict == "M" else 1.0)
    print(f"{len(verdicts)} verdicts, {sum(found.values())} of them found again: {dict(found)}; {len(rows)} rows")
    return rows, labels, weights


def cases(pairs: Iterable[Pair]) -> Iterator[tuple[Sequence[float], Occurrence]]:
    """The evidence of each rendering that the judge is asked about in a corpus, with no termbase."""
    knowledge = shipped_knowledge()
    pairs = [pair for pair in pairs if pair.en and pair.zh]
    links = train_links(map(sides, pairs), WordSenses(Termbase((), "none"), knowledge))
    finder = OccurrenceFinder((), field_terms(knowledge), knowledge)
    groups: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        groups[pair.record].append(pair)
    found: list[Occurrence] = []
    for group in groups.values():
        settled, waiting = finder.settle(group)
        found += settled
        made = locators([(w.en, w.zh) for w in waiting], links)
        found += finder.locate(list(zip(waiting, made, strict=True)))
    witnesses = Witnesses(found, knowledge, load_encoder().encode)
    of_field = fieldness(pairs, found, knowledge)
    for o in found:
        if is_candidate(o) and o.term.domain == FIELD:
            place = Located(o.confidence, o.similarity, witnesses.share(o), of_field[o.pair.record], witnesses.alike(o))
            yield evidence(o.term.en, o.zh, knowledge, place), o


def with_termbase(row: Sequence[float], o: Occurrence, approved: Sequence[str]) -> Sequence[float]:
    confidence, similarity, share, of_field, alike = (
        row[FEATURES.index(name)] for name in ("confidence", "similarity", "seen_share", "of_field", "alike")
    )
    encoder = load_encoder()
    vectors = encoder.encode([o.zh, *approved[:4]])
    alike = max(alike, float((vectors[1:] @ vectors[0]).max()))
    place = Located(confidence, similarity, share, of_field, alike)
    return evidence(o.term.en, o.zh, shipped_knowledge(), place, approved)


def human_pairs(shared: Path) -> list[Pair]:
    """Pairs of the human translations, eight to a record, in simplified characters."""
    made: list[Pair] = []
    for name in ("hansard-1993", "un-1993", "sinorama-1987", "mac-dev"):
        for path in sorted((shared / "gold" / "align" / name).glob("*.en")):
            en = [line.strip() for line in path.read_text("utf-8").split("\n") if line.strip()][:1200]
            text = simplified(path.with_suffix(".zh").read_text("utf-8"))
            zh = [line.strip() for line in text.split("\n") if line.strip()][:1200]
            for k, bead in enumerate(align_lines(en, zh)):
                if bead.en and bead.zh and bead.probability > 0.8:
                    record = f"{path}#{k // 8}"
                    left, right = tuple(en[i] for i in bead.en), tuple(zh[j] for j in bead.zh)
                    made.append(Pair(f"{record}.{k}", record, str(path), "text", left, right, (), (), bead.type, 1.0))
    return made


def fit(x: Any, y: Any, w: Any) -> tuple[float, Any]:
    """Bias and weights of the logistic regression on the features as they are."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = x.mean(0), x.std(0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit((x - mean) / spread, y, sample_weight=w)
    weights = model.coef_[0] / spread
    return float(model.intercept_[0] - weights @ mean), weights


def report(x: Any, y: Any, w: Any, known: int) -> None:
    """Precision and recall in five-fold cross-validation, and the share of human renderings called wrong."""
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedKFold

    sure = np.zeros(len(y))
    for train, test in StratifiedKFold(5, shuffle=True, random_state=1).split(x, y):
        bias, weights = fit(x[train], y[train], w[train])
        sure[test] = 1 / (1 + np.exp(-(bias + x[test] @ weights)))
    print(f"area under the curve {roc_auc_score(y[:known], sure[:known]):.3f}")
    for least in (0.5, 0.6, 0.7, 0.75, 0.8, 0.9):
        told = sure[:known] >= least
        right = y[:known][told].mean() if told.any() else 0.0
        recall = y[:known][told].sum() / y[:known].sum()
        human = np.mean(sure[known:] >= least)
        print(f"  from {least}: {told.sum()} told, {right:.2f} of them wrong, {recall:.2f} of all; human {human:.4f}")


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if a != "--write"]
    main(Path(arguments[0] if arguments else "../shared"), "--write" in sys.argv)
