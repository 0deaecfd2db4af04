"""BLEU and chrF through sacrebleu, which is their definition, with the mistakes its interface lets through refused."""

from collections.abc import Sequence

from ..corpora import InputError
from ..corpora.script import han_share
from .score import Score

FEW = 10  # segments; under this a corpus score says little
_BOOTSTRAP = 1000


def score_texts(
    hypotheses: Sequence[str],
    references: Sequence[str],
    *,
    hypothesis: str,
    reference: str,
    kind: str = "quality",
) -> list[Score]:
    """BLEU and chrF of aligned segments, with 95 % bootstrap intervals from ten segments up.

    The target language decides the tokeniser: `zh` where the references are mostly Chinese, `13a` otherwise.
    Raises InputError where the counts differ or there is nothing to score.

    >>> [s.metric for s in score_texts(["一个短句。"], ["一个短句。"], hypothesis="a", reference="b")]
    ['BLEU', 'chrF']
    """
    if len(hypotheses) != len(references):
        found = f"{len(hypotheses)} segments against {len(references)} in {reference}"
        raise InputError(hypothesis, found, "as many of one as of the other", "Align them first: duizhao align.")
    if not hypotheses:
        raise InputError(hypothesis, "no segments", "at least one")
    from sacrebleu.metrics.bleu import BLEU  # slow to import, and most commands need no score
    from sacrebleu.metrics.chrf import CHRF

    few = len(hypotheses) < FEW
    note = f"fewer than {FEW} segments: too few for a corpus score" if few else ""
    tokenize = "zh" if is_chinese(references) else "13a"
    scores = []
    for metric in (BLEU(tokenize=tokenize, effective_order=few), CHRF()):
        result = metric.corpus_score(list(hypotheses), [list(references)], n_bootstrap=1 if few else _BOOTSTRAP)
        mean, spread = getattr(result, "_mean", -1.0), getattr(result, "_ci", -1.0)
        interval = None if few or spread < 0 else (round(mean - spread, 4), round(mean + spread, 4))
        signature = f"{metric.get_signature()}" if few else f"{metric.get_signature()}|bs:{_BOOTSTRAP}"
        scores.append(
            Score(
                metric="BLEU" if isinstance(metric, BLEU) else "chrF",
                value=float(result.score),
                signature=signature,
                interval=interval,
                n=len(hypotheses),
                kind=kind,
                hypothesis=hypothesis,
                reference=reference,
                note=note,
            )
        )
    return scores


def is_chinese(texts: Sequence[str]) -> bool:
    """Whether Han characters prevail in these texts, a Latin word counting as one.

    >>> is_chinese(["使用 BERT 模型的方法"]), is_chinese(["A method that uses 注意"])
    (True, False)
    """
    return han_share("\n".join(texts)) >= 0.5
