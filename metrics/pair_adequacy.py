"""How complete each pair of a corpus looks, for a chart: a number beside which lengths alone do almost as well.

The signals are those of adequacy.py without the encoder's cosines, which cost four times as much and order sentence
pairs no better: lengths, words that nothing on the other side is linked to, and the worst clause.
"""

import re
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..align.encoder import Floats
from ..corpora import Pair
from ..corpora.script import count_han
from .adequacy_signals import Encoded, Language, PairSignals, pair_signals
from .omissions import LIMITS, features

_LONGEST = 3_000  # characters of a side: the links of two such take 0.4 s at the worst, and grow with the square
_CENTRE, _SPREAD = 50, 30  # pairs whose own values weigh as much as the usual ones, as in omissions.py
_LATIN_WORD = re.compile("[A-Za-z]{2}")
_NO_VECTORS: Floats = np.zeros((0, 0), dtype=np.float32)


def pair_adequacy(pairs: Sequence[Pair]) -> list[float | None]:
    """How complete each pair looks beside the others, 0..1: 1 is usual, from 0.5 down it stands out.

    None where a side is empty, has no word of its language (an untranslated sentence) or more than 3,000 characters.
    What all pairs lack is usual here, so two corpora do not compare; wrong terms, numbers and senses are not seen.
    Up to a millisecond a pair. Method: the scores of `duizhao score --triage` (adequacy.py) without vectors, the worse
    of omission and addition, 0.5 at its limit.

    Measured on sentences with defects that benchmarks/adequacy.py planted, AUC (by the ratio of lengths alone):
    machine translations: clause cut out .96 (.94), sentence added .99 (.99), another sentence .91 (.83); free human
    ones: clause cut out .73 (.73), sentence cut out .80 (.80), added .91 (.88), another sentence .82 (.78). Below 0.5
    lay 2 of 1,707 and 4 of 3,119 sound pairs, and of clauses cut out .41 and .009.

    >>> pair_adequacy([])
    []
    """
    texts = [(" ".join(pair.en), "".join(pair.zh)) for pair in pairs]
    able = [k for k, (en, zh) in enumerate(texts) if _tells(en, zh)]
    found: list[float | None] = [None] * len(pairs)
    if not able:
        return found
    en, zh = _unencoded([texts[k][0] for k in able], "en"), _unencoded([texts[k][1] for k in able], "zh")
    signals = [pair_signals(en, zh, i) for i in range(len(able))]
    worse = np.maximum(_beyond(signals, "en"), _beyond(signals, "zh"))
    for k, value in zip(able, np.clip(1 - worse / 2, 0, 1).tolist(), strict=True):
        found[k] = round(value, 4)
    return found


def _tells(en: str, zh: str) -> bool:
    return max(len(en), len(zh)) <= _LONGEST and _LATIN_WORD.search(en) is not None and count_han(zh) > 0


def _unencoded(texts: Sequence[str], language: Language) -> Encoded:
    """The texts as one sentence each: of such no vector is asked for."""
    spans = tuple(((0, len(text)),) for text in texts)
    return Encoded(tuple(texts), language, spans, tuple(range(len(texts))), _NO_VECTORS, _NO_VECTORS, _NO_VECTORS)


def _beyond(signals: Sequence[PairSignals], lost: Language) -> npt.NDArray[np.float64]:
    """How much of the way from what is usual to the limit each pair goes: 0 usual, 1 the limit; any number."""
    limit = LIMITS[lost]
    found, n = features(signals, lost), len(signals)
    centres = (n * np.median(found[:, :2], axis=0) + _CENTRE * np.array(limit.centres)) / (n + _CENTRE)
    scores = ((found[:, :2] - centres) * found[:, 4:]) @ np.array(limit.weights[:2]) + limit.weights[2] * found[:, 2]
    # Where translations are free throughout, what is usual is wider.
    own = float(np.quantile(scores, 0.8)) - limit.middle
    spread = max(limit.spread, (n * own + _SPREAD * limit.spread) / (n + _SPREAD))
    return np.asarray((scores - limit.middle) / (limit.times * spread), dtype=np.float64)
