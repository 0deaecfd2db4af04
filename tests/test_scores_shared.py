"""Scores, signatures and p-values on real text are sacrebleu's, in both directions."""

import json
import random
from pathlib import Path

import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF
from sacrebleu.metrics.ter import TER
from sacrebleu.significance import PairedTest

from duizhao.metrics import Bleu, Chrf, Metric, Ter, TestSet, score_testset, signature

pytestmark = pytest.mark.shared

Theirs = BLEU | CHRF | TER
ABSTRACTS, SHORT = 60, 150  # whole ones; beginnings, which sacrebleu's TER can be asked for
EN: list[tuple[Metric, Theirs]] = [
    (Bleu(tokenize="13a"), BLEU(tokenize="13a")),
    (Bleu(tokenize="intl"), BLEU(tokenize="intl")),
    (Bleu(tokenize="char", lowercase=True), BLEU(tokenize="char", lowercase=True)),
    (Chrf(), CHRF()),
    (Chrf(word_order=2), CHRF(word_order=2)),
]
ZH: list[tuple[Metric, Theirs]] = [
    (Bleu(tokenize="zh"), BLEU(tokenize="zh")),
    (Bleu(tokenize="char"), BLEU(tokenize="char")),
    (Chrf(), CHRF()),
    (Chrf(word_order=2), CHRF(word_order=2)),
]


def texts(shared: Path, language: str, skip: int = 0) -> list[str]:
    lines = (shared / "bulk" / "abstract_pairs.jsonl").read_text("utf-8").split("\n")[skip : skip + ABSTRACTS]
    return [" ".join(json.loads(line)[f"abstract_{language}"].split()) for line in lines]


def damaged(texts: list[str], language: str, seed: int) -> list[str]:
    rng = random.Random(seed)
    parts = [list(text) if language == "zh" else text.split() for text in texts]
    return [("" if language == "zh" else " ").join(p for p in part if rng.random() > 0.1) for part in parts]


@pytest.mark.parametrize(("language", "metrics"), [("en", EN), ("zh", ZH)])
def test_equal_on_real_text(shared: Path, language: str, metrics: list[tuple[Metric, Theirs]]) -> None:
    references = [texts(shared, language), damaged(texts(shared, language), language, 7)]
    hypotheses = damaged(texts(shared, language), language, 1)
    for ours, theirs in metrics:
        for streams in (references[:1], references):
            rows = ours.statistics(hypotheses, streams)
            score = theirs.corpus_score(hypotheses, streams)
            assert ours.scores(rows.sum(axis=0, keepdims=True))[0] == pytest.approx(score.score, abs=1e-9)
            assert signature(ours, len(streams)).startswith(f"{theirs.get_signature()}|duizhao:")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_edits_on_real_text(shared: Path, language: str) -> None:
    zh = language == "zh"
    references = [text[: SHORT if zh else 3 * SHORT] for text in texts(shared, language)]
    hypotheses = damaged(references, language, 1)
    ours, theirs = Ter(normalized=zh, asian_support=zh), TER(normalized=zh, asian_support=zh)
    assert ours.statistics(hypotheses, [references]).tolist() == theirs._extract_corpus_statistics(
        hypotheses, [references]
    )
    assert signature(ours, 1).startswith(f"{theirs.get_signature()}|duizhao:")


def test_p_values_on_real_text(shared: Path) -> None:
    reference = texts(shared, "en")
    systems = {name: damaged(reference, "en", seed) for seed, name in enumerate(("a", "b", "c"))}
    testset = TestSet({name: tuple(found) for name, found in systems.items()}, (tuple(reference),), ("r",), "en")
    _, theirs = PairedTest([*systems.items()], {"BLEU": BLEU(), "chrF2": CHRF()}, [reference], "ar", 500)()
    board = score_testset(testset, [Bleu(tokenize="13a"), Chrf()], paired="ar", baseline="a", trials=500)
    wanted = [theirs[metric][k].p_value for metric in ("BLEU", "chrF2") for k in (1, 2)]
    assert [each.p for each in board.comparisons] == pytest.approx(wanted, abs=1e-12)
