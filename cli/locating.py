"""Where terms went, for one corpus."""

from collections.abc import Callable, Sequence

from duizhao.align import SpanLocator, WordSenses, train_links
from duizhao.align.spans import locators
from duizhao.corpora import Corpus, Knowledge, Termbase

Texts = Sequence[tuple[str, str]]


def corpus_locators(
    corpus: Corpus, termbase: Termbase, knowledge: Knowledge
) -> Callable[[Texts], Sequence[SpanLocator]]:
    """What makes locators that know what the words of this corpus became, learned from all of it and the termbase."""
    sides = ((" ".join(pair.en), "".join(pair.zh)) for pair in corpus.pairs if pair.en and pair.zh)
    links = train_links(sides, WordSenses(termbase, knowledge))
    return lambda texts: locators(texts, links)
