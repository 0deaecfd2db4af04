"""Names of metrics to the metrics, set for the language of the translation."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from ..corpora.errors import ConfigError
from ..corpora.script import han_share
from .bleu import Bleu
from .chrf import Chrf
from .metric import Metric
from .ter import Ter
from .testset import Target, TestSet
from .word_tokens import TOKENIZERS

if TYPE_CHECKING:
    from ..corpora import Knowledge, Termbase
    from .term_lookup import TermLookup

SURFACE = ("bleu", "chrf", "chrf++", "ter")  # of hypothesis and reference alone
CONTENT = ("terms", "terms-window", "numbers", "names")  # with the sources
METRICS = (*SURFACE, *CONTENT, "comet")
FEW = 10  # segments; under this a corpus score says little
_TOKENIZER: dict[Target, str] = {"zh": "zh", "en": "13a"}
_GRAMMAR = re.compile("[的了在是和与及对将把被从为用以上中]")  # in nearly every sentence, and in few terms quoted
_BLIND = ("13a", "intl", "none")  # these split at blanks and signs: a Chinese sentence is one word to them


class Terms(NamedTuple):
    """What scores of terms and names go by; made once for all systems of a test set."""

    termbase: "Termbase"
    lookup: "TermLookup"
    knowledge: "Knowledge"


def choose_metrics(
    names: Sequence[str],
    testset: TestSet,
    *,
    tokenize: str | None = None,
    lowercase: bool = False,
    terms: "Terms | None" = None,
    comet: str | None = None,
) -> list[Metric]:
    """The metrics of these names, in their order, none twice; without names BLEU and chrF, and content with sources.

    The language of the references decides the tokenizer: `zh` for Chinese, `13a` for English. Raises ConfigError for
    a name or tokenizer that there is not, a tokenizer that cannot read the language, and a metric without what it
    needs: sources, references, a termbase, a model.
    """
    chosen = list(dict.fromkeys(names)) or usual_metrics(testset)
    for name in chosen:
        if name not in METRICS:
            raise ConfigError("--metrics", name, f"some of {', '.join(METRICS)}, parted by commas")
        if name in SURFACE and not testset.references:
            raise ConfigError(f"--metrics {name}", "no reference", "one to compare with", "Name it with --ref.")
        if name in CONTENT and not testset.sources:
            raise ConfigError(f"--metrics {name}", "no sources", "what was translated", "Name it with --src.")
    made = []
    for name in chosen:
        if name in SURFACE:
            made.append(_surface(name, testset, _tokenizer(tokenize, testset.target), lowercase))
        elif name == "comet":
            made.append(_comet(comet))
        else:
            made.append(_content(name, testset, terms))
    return made


def usual_metrics(testset: TestSet) -> list[str]:
    """What is scored where nobody says: BLEU and chrF with references, what became of the content with sources.

    >>> usual_metrics(TestSet({"a": ("茶",)}, (("茶",),), ("r",), "zh"))
    ['bleu', 'chrf']
    """
    return [
        *(("bleu", "chrf") if testset.references else ()),
        *(("terms", "numbers", "names") if testset.sources else ()),
    ]


def is_chinese(texts: Sequence[str]) -> bool:
    """Whether texts are Chinese: Han characters prevail, a Latin word counting as one, or half have Chinese grammar.

    >>> is_chinese(["使用 BERT 模型的方法"]), is_chinese(["A method that uses 注意"])
    (True, False)
    >>> is_chinese(["在 SQuAD v2 上 fine-tune LLaMA-2 7B chat model"])
    True
    """
    if han_share("\n".join(texts)) >= 0.5:
        return True
    return 2 * sum(_GRAMMAR.search(text) is not None for text in texts) > len(texts)


def check_metrics(metrics: Sequence[Metric], target: Target) -> None:
    """Raise ConfigError for two metrics of one name, and for words that a Chinese sentence does not have."""
    for number, metric in enumerate(metrics):
        if any(metric.key == other.key or metric.name == other.name for other in metrics[:number]):
            raise ConfigError("metrics", f"{metric.name} twice", "each once", "Score them one after the other.")
        if target == "zh" and isinstance(metric, Bleu) and metric.tokenize in _BLIND:
            found, do = (
                f"{metric.tokenize}, which makes one word of a Chinese sentence",
                "The figure would mean nothing.",
            )
            raise ConfigError("--tokenize", found, "zh, char or jieba for Chinese", do)
        if target == "zh" and isinstance(metric, Ter) and not (metric.normalized and metric.asian_support):
            found = "one word for a Chinese sentence"
            raise ConfigError("TER", found, "normalized=True and asian_support=True for Chinese")


def _tokenizer(asked: str | None, target: Target) -> str:
    if asked is None:
        return _TOKENIZER[target]
    if asked not in TOKENIZERS:
        raise ConfigError("--tokenize", asked, f"one of {', '.join(TOKENIZERS)}")
    return asked


def _surface(name: str, testset: TestSet, tokenize: str, lowercase: bool) -> Metric:
    zh = testset.target == "zh"
    if name == "bleu":
        return Bleu(tokenize=tokenize, lowercase=lowercase, effective_order=len(testset) < FEW)
    if name == "ter":
        return Ter(normalized=zh, asian_support=zh)  # or a Chinese sentence is one word
    return Chrf(word_order=2 if name == "chrf++" else 0, lowercase=lowercase)


def _content(name: str, testset: TestSet, terms: "Terms | None") -> Metric:
    from .literal_accuracy import NameAccuracy, NumberAccuracy  # not at the top: most scorings need neither
    from .term_success import TermSuccess, TermWindow

    if name == "numbers":
        return NumberAccuracy(testset.target)
    if terms is None:
        raise ConfigError(f"--metrics {name}", "no termbase", "the terms to look for", "Name one with --termbase.")
    if name == "names":
        against: Literal["reference", "source"] = "reference" if testset.references else "source"
        return NameAccuracy(terms.termbase, testset.target, against=against, knowledge=terms.knowledge)
    if name == "terms":
        return TermSuccess(terms.lookup, in_reference=bool(testset.references))
    return TermWindow(terms.lookup)


def _comet(path: str | None) -> Metric:
    from .comet import load_comet

    if path is None:
        raise ConfigError("--metrics comet", "no model", "the folder of a downloaded model", "Name it with --comet.")
    return load_comet(path)
