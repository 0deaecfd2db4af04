"""Translations in, the same with defects out: a clause cut, a sentence cut or added, hypotheses swapped or copied."""

import random
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from duizhao.align import sentences_en, sentences_zh
from duizhao.metrics.adequacy_signals import count_words
from duizhao.metrics.testset import Target

SEED, SHARE = 1, 0.05
PLANTED = {
    "cut clause": "omission", "cut sentence": "omission", "added sentence": "addition", "swapped": "wrong sentence",
    "copied": "untranslated", "emptied": "empty",
}  # fmt: skip
CLAUSE = re.compile(r"[^,;:，；：、。.!?！？()（）]+[,;:，；：、]?")
Pairs = list[tuple[str, str]]  # English, Chinese


class Planted(NamedTuple):
    """Sources, hypotheses, and which defect each has, "" for none."""

    sources: list[str]
    hypotheses: list[str]
    defects: list[str]


def plant(pairs: Pairs, target: Target, share: float = SHARE, seed: int = SEED) -> Planted:
    """The pairs as sources and hypotheses of one direction, with defects."""
    chosen = random.Random(seed)
    sources = [zh if target == "en" else en for en, zh in pairs]
    hypotheses = [en if target == "en" else zh for en, zh in pairs]
    pool = [text for whole in hypotheses for text in sentences(whole, target) if count_words(text, target) >= 5]
    defects = [""] * len(pairs)
    order = list(range(len(pairs)))
    chosen.shuffle(order)
    for defect in PLANTED:
        left = round(share * len(pairs))
        for i in order:
            if left <= 0:
                break
            if defects[i]:
                continue
            if defect == "swapped":
                if i + 1 < len(pairs) and not defects[i + 1] and hypotheses[i] != hypotheses[i + 1]:
                    hypotheses[i], hypotheses[i + 1] = hypotheses[i + 1], hypotheses[i]
                    defects[i] = defects[i + 1] = defect
                    left -= 2
                continue
            made = spoilt(defect, sources[i], hypotheses[i], target, pool, chosen)
            if made is not None:
                hypotheses[i], defects[i] = made, defect
                left -= 1
    return Planted(sources, hypotheses, defects)


def spoilt(
    defect: str, source: str, text: str, target: Target, pool: Sequence[str], chosen: random.Random
) -> str | None:
    """The hypothesis with the defect; None where it can not have it."""
    if defect == "copied":
        return source
    if defect == "emptied":
        return ""
    own = sentences(text, target)
    if defect == "cut clause":
        least, all_words = (6 if target == "zh" else 4), count_words(text, target)
        clauses = [m.span() for m in CLAUSE.finditer(text)]
        fit = [s for s in clauses if least <= count_words(text[slice(*s)], target) <= 0.6 * all_words]
        if len(clauses) < 2 or not fit:
            return None
        begin, end = chosen.choice(fit)
        return (text[:begin] + text[end:]).strip()
    if defect == "cut sentence":
        k = chosen.randrange(len(own)) if len(own) > 1 else None
        return None if k is None else joined(own[:k] + own[k + 1 :], target)
    k = chosen.randrange(len(own) + 1)
    return joined([*own[:k], chosen.choice(pool), *own[k:]], target)


def sentences(text: str, language: Target) -> list[str]:
    return [text[a:b] for a, b in (sentences_zh if language == "zh" else sentences_en)(text)]


def joined(texts: Iterable[str], language: Target) -> str:
    return ("" if language == "zh" else " ").join(texts)
