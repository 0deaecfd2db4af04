"""Where terms went, for one corpus."""

from collections.abc import Callable, Sequence
from functools import cache

from duizhao.align import SpanLocator, WordLinks, senses_of, train_links
from duizhao.align.spans import locators
from duizhao.corpora import Corpus, Knowledge, Termbase
from duizhao.metrics.occurrences import sides

Texts = Sequence[tuple[str, str]]


def corpus_links(corpus: Corpus, base: Termbase, knowledge: Knowledge) -> Callable[[], WordLinks]:
    """What gives the links of this corpus' words, learned from all of it when first asked.

    What the corpus shows is learned with the terms of `base` alone, so that a change of the other terms changes nothing
    where they do not stand.
    """

    @cache
    def links() -> WordLinks:
        return train_links((sides(p) for p in corpus.pairs if p.en and p.zh), senses_of(base, knowledge))

    return links


def corpus_locators(
    links: Callable[[], WordLinks], termbase: Termbase, knowledge: Knowledge
) -> Callable[[Texts], Sequence[SpanLocator]]:
    """What makes locators that know what the words of a corpus became, and all terms."""

    @cache
    def known() -> WordLinks:
        return links().with_senses(senses_of(termbase, knowledge))

    return lambda texts: locators(texts, known())
