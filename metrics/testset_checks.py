"""What is odd about a test set: refused where a score would mislead, told with counts where a person should know."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from operator import eq

from .choosing import FEW
from .line_steps import Beside
from .testset import Target, TestSet
from .testset_refusals import refuse
from .testset_spelling import on_signs, on_spelling
from .testset_streams import SHOWN, Stream, Texts, by_value, equal, listed, place_of, places_of, told, where

NARROW = 100  # segments; with fewer, intervals are several points wide


def check_testset(testset: TestSet) -> tuple[str, ...]:
    """What is to be told of a test set: a sentence for each thing found, all systems in it, at most five places each.

    Texts are judged as they are, for so they are scored. Raises InputError where there is nothing to score, lists
    differ in length, a system or a reference has no text at all, over half of a system's hypotheses or of a
    reference is in the other language, or over half of a reference is the source.

    >>> check_testset(TestSet({"a": ("一只獭。",)}, (("一只海獭。",),), ("r",), "zh"))
    ('Fewer than 10 segments: too few for a corpus score.',)
    """
    systems: list[Stream] = list(testset.systems.items())
    references: list[Stream] = list(zip(testset.reference_names, testset.references, strict=True))
    refuse(testset, systems, references)
    checks = (_on_size, _on_empty, _on_copies, _on_steps, _on_repeats, on_spelling, on_signs)
    return tuple(sentence for check in checks for sentence in check(testset, systems, references))


def _on_size(testset: TestSet, systems: Sequence[Stream], references: Sequence[Stream]) -> Iterator[str]:
    n = len(testset)
    if n < FEW:
        yield f"Fewer than {FEW} segments: too few for a corpus score."
    elif n < NARROW:
        yield f"Only {n} segments: intervals are wide."
    if not references:
        return
    short = sum(_is_short(text or "", testset.target) for text in references[0][1])
    if 2 * short > n >= FEW:
        yield f"{short:,} of {n:,} references have fewer than 4 tokens: BLEU counts runs of 4 and says little of them."
    counts: defaultdict[int, int] = defaultdict(int)
    for each in zip(*(texts for _, texts in references), strict=True):
        counts[len(each) - each.count(None)] += 1
    if len(counts) > 1:
        spelt = ", ".join(f"{k} for {counts[k]:,}" for k in sorted(counts))
        yield f"The number of references differs by segment: {spelt} of {n:,}."


def _on_empty(testset: TestSet, systems: Sequence[Stream], references: Sequence[Stream]) -> Iterator[str]:
    for what, streams in (("hypotheses", systems), ("references", references)):
        yield from told(f"Empty {what}, scored as written", where(streams, lambda text: not text.strip()), testset)


def _on_copies(testset: TestSet, systems: Sequence[Stream], references: Sequence[Stream]) -> Iterator[str]:
    if sources := testset.sources:
        for what, streams in (("Hypotheses", systems), ("References", references)):
            copied = [(name, equal(texts, sources)) for name, texts in streams]
            yield from told(f"{what} equal to their source (untranslated?)", copied, testset)
    given = [(name, sorted({k for _, others in references for k in equal(texts, others)})) for name, texts in systems]
    yield from told("Hypotheses equal to a reference", given, testset)
    for (one, texts), (other, others) in combinations(references, 2):
        if texts == others:
            yield f"The references {one} and {other} are the same text."
    groups = [(names, texts) for texts, names in by_value([(name, tuple(texts)) for name, texts in systems])]
    for names, _ in groups:
        if len(names) > 1:
            yield f"{listed(names)} are the same text."
    near = []
    for (first, texts), (second, others) in combinations(groups, 2):
        apart = len(texts) - sum(map(eq, texts, others))
        if 100 * apart < len(texts):
            near.append(f"{first[0]} and {second[0]} (all but {apart:,} segments)")
    if near:
        more = f" and {len(near) - SHOWN:,} more pairs" if len(near) > SHOWN else ""
        yield f"Nearly the same text: {'; '.join(near[:SHOWN])}{more}."


def _on_steps(testset: TestSet, systems: Sequence[Stream], references: Sequence[Stream]) -> Iterator[str]:
    if not references:
        return
    against, wanted = references[0]
    sources: list[Stream] = [("the source", testset.sources)] if testset.sources else []
    drifts = [(name, Beside(texts, wanted).drift()) for name, texts in (*systems, *references[1:], *sources)]
    for drift, names in by_value(drifts):
        if drift:
            is_last = drift.end >= len(testset) - max(0, drift.shift)
            begin, end = (place_of(k, testset) for k in (drift.begin, drift.end - 1))
            stretch = f"from {begin} {'on' if is_last else f'to {end}'}"
            shift = f"{abs(drift.shift)} {'further on' if drift.shift > 0 else 'before'}"
            whose = f"{listed(names)} {'is' if len(names) == 1 else 'are'}"
            yield f"{whose} out of step with {against} {stretch}: the match stands {shift}."


def _on_repeats(testset: TestSet, systems: Sequence[Stream], references: Sequence[Stream]) -> Iterator[str]:
    keys: Texts = testset.sources or (references[0][1] if references else ())
    kind = "sources" if testset.sources else "references"
    first: dict[str, int] = {}
    repeats = {k: before for k, text in enumerate(keys) if text and (before := first.setdefault(text, k)) != k}
    if not repeats:
        return
    others = [*(references if kind == "sources" else ()), *systems]
    changed = [(name, sum(texts[k] != texts[before] for k, before in repeats.items())) for name, texts in others]
    differing = ", ".join(f"{k:,} in {listed(names)}" for k, names in by_value(changed) if k)
    said = f", translated otherwise than the first time: {differing}" if differing else ""
    yield f"Repeated {kind}: {len(repeats):,} (at {places_of(list(repeats), testset)}){said}."


def _is_short(text: str, target: Target) -> bool:
    return len(text.strip()) < 4 if target == "zh" else len(text.split(None, 3)) < 4
