"""CPU seconds and peak memory of matching many terms: the index, all its matches, and what the text settles of them.

python benchmarks/term_matching.py [entries] [pairs]

Entries and sentences are made of an invented vocabulary: words of two to four syllables whose frequencies fall as
Zipf's law says, entries of one to four words, English sentences of 25 words on average of which a tenth are entries,
and Chinese sentences that hold the renderings of seven in ten of them.
"""

import random
import resource
import sys
import time
from collections.abc import Sequence

from duizhao.corpora import Forbidden, Pair, Term
from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics.occurrences import OccurrenceFinder
from duizhao.metrics.term_index import TermIndex

_SYLLABLES = [
    a + b for a in "b br c d f g gr l m n p pl r s st t tr v".split() for b in "a e i o u an en or ing".split()
]
_HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
_WORDS = 40_000
_LENGTH = 25  # words of a sentence


def main(entries: int, pairs: int) -> None:
    chance = random.Random(7)
    words = sorted({"".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(_WORDS)})
    chance.shuffle(words)
    weights = [1 / (rank + 10) for rank in range(len(words))]
    terms = terms_of(chance, words, weights, entries)
    sentences = [pair_of(chance, words, weights, terms, number) for number in range(pairs)]
    print(f"{len(terms):,} entries, {pairs:,} pairs; data take {_peak():.0f} MB")
    begin = time.process_time()
    index = TermIndex(terms)
    begin = _said("index", begin)
    found = sum(len(index.matches(pair.en[0])) for pair in sentences)
    begin = _said(f"matches ({found:,} found)", begin)
    finder = OccurrenceFinder(terms, (), EMPTY)
    begin = _said("finder", begin)
    settled = waiting = 0
    for pair in sentences:
        done, rest = finder.settle([pair])
        settled += len(done)
        waiting += sum(len(group) for work in rest for group in work.groups)
    _said(f"settling, matches included ({settled:,} settled, {waiting:,} wait)", begin)
    print(f"peak memory {_peak():.0f} MB")


def terms_of(chance: random.Random, words: Sequence[str], weights: Sequence[float], count: int) -> list[Term]:
    """Entries with other renderings, forbidden ones and abbreviations, as a termbase has them."""
    made: dict[str, Term] = {}
    drawn = iter(chance.choices(words, weights, k=count * 12))
    while len(made) < count:
        en = " ".join(next(drawn) for _ in range(chance.choices((1, 2, 3, 4), (15, 55, 25, 5))[0]))
        zh = [_rendering(chance) for _ in range(4)]
        forbidden = (Forbidden(zh[3], "another sense", False),) if chance.random() < 0.3 else ()
        also = ("".join(chance.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ", k=4)),) if chance.random() < 0.1 else ()
        made.setdefault(en, Term(en, zh[0], tuple(zh[1 : chance.randint(1, 3)]), forbidden, also=also))
    return list(made.values())


def pair_of(
    chance: random.Random, words: Sequence[str], weights: Sequence[float], terms: Sequence[Term], number: int
) -> Pair:
    """A sentence with some entries in it, and a Chinese one with most of their renderings."""
    english = chance.choices(words, weights, k=max(4, round(chance.gauss(_LENGTH - 4, 7))))
    chinese = ["".join(chance.choices(_HAN, k=3)) for _ in range(8)]
    for term in chance.choices(terms, k=2):
        english.insert(chance.randrange(len(english)), term.en)
        if chance.random() < 0.7:
            chinese.insert(chance.randrange(len(chinese)), chance.choice(term.approved))
    en, zh = " ".join(english).capitalize() + ".", "".join(chinese) + "。"
    return Pair(f"d#{number}", "d#1", "d", "abstract", (en,), (zh,), ((0, len(en)),), ((0, len(zh)),), "1-1", 0.7)


def _rendering(chance: random.Random) -> str:
    return "".join(chance.choices(_HAN, k=chance.randint(2, 5)))


def _said(what: str, begin: float) -> float:
    print(f"{what}: {time.process_time() - begin:.1f} CPU s, peak {_peak():.0f} MB", flush=True)
    return time.process_time()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(*(int(value) for value in (sys.argv[1:] + ["50000", "100000"][len(sys.argv) - 1 :])))
