"""A test set whose scores would mislead in, an error out that says what is wrong with it and where to look."""

from collections.abc import Sequence

from ..corpora.errors import InputError
from .line_steps import Beside
from .testset import TestSet
from .testset_streams import LANGUAGES, OTHER, Stream, Texts, equal, filled, foreign, listed


def count_mismatch(name: str, texts: Texts, other: str, wanted: Texts, unit: str = "line") -> InputError:
    """The error for texts that are not as many as those of `other`; it says where the two part, if that is clear.

    >>> str(count_mismatch("a.zh", ["一只獭。"], "r.zh", ["一只海獭。", "茶。"]))
    'a.zh: 1 line; wanted 2, as r.zh has. Score what matches one by one.'
    """
    found = f"{len(texts):,} {unit}" + "s" * (len(texts) != 1)
    longer, more = (name, texts) if len(texts) > len(wanted) else (other, wanted)
    short = min(len(texts), len(wanted))
    begin = Beside(texts, wanted).first_drift()
    if begin is not None and begin < short:
        do = f"The two drift apart from {unit} {begin + 1:,} on (length and numbers stop matching): look there."
    elif not any((text or "").strip() for text in more[short:]):
        rest = len(more) - short
        do = f"The last {f'{rest:,} {unit}s are' if rest > 1 else f'{unit} is'} blank in {longer}: cut there."
    elif begin is not None:
        do = f"They are in step to the end of the shorter: {longer} goes on from {unit} {short + 1:,}."
    else:
        do = "Score what matches one by one."
    return InputError(name, found, f"{len(wanted):,}, as {other} has", do)


def refuse(testset: TestSet, systems: Sequence[Stream], references: Sequence[Stream]) -> None:
    """Raise InputError for what `check_testset` refuses; nothing for all else."""
    n, target, sources = len(testset), testset.target, testset.sources
    if not n and not any(texts for _, texts in references):
        raise InputError(listed([name for name, _ in systems]) or "test set", "no segments", "at least one")
    first, wanted = (references or systems)[0]
    beside = (("sources", sources), ("records", testset.records), ("tags", testset.tags))
    for name, texts in (*references, *systems, *beside):
        if texts is not None and len(texts) != len(wanted):
            raise count_mismatch(name, texts, first, wanted, "segment")
    for what, streams in (("references", references), ("hypotheses", systems)):
        for name, texts in streams:
            if not any(text and text.strip() for text in texts):
                raise InputError(name, f"all {n:,} segments empty", what, "Is it the right file or column?")
        wrong = [(name, k) for name, texts in streams if 2 * (k := foreign(texts, target)) > filled(texts)]
        if wrong:
            is_other = LANGUAGES["en" if target == "zh" else "zh"]
            least = "at least " if len(wrong) > 1 else ""
            found = f"{is_other} in {least}{min(k for _, k in wrong):,} of {n:,} segments"
            why = "as the references are" if streams is systems and references else "the target language"
            do = _what_to_swap(testset, wrong[0][0]) if streams is systems else "Is it the source?"
            raise InputError(listed([name for name, _ in wrong]), found, f"{LANGUAGES[target]}, {why}", do)
    for name, texts in references if sources else ():
        same = len(equal(texts, sources or ()))
        if 2 * same > n:
            found = f"the text of the source in {same:,} of {n:,} segments"
            raise InputError(name, found, "its translation", "Are --ref and --src the same?")
    if sources and 2 * (k := len(sources) and foreign(sources, OTHER[target])) > filled(sources):
        found = f"{LANGUAGES[target]}, the language of the translation, in {k:,} of {n:,} segments"
        raise InputError("sources", found, LANGUAGES[OTHER[target]], "Is it the text of --src?")


def _what_to_swap(testset: TestSet, system: str) -> str:
    """What may have gone wrong where a system's hypotheses are in the other language than the references."""
    sources = testset.sources
    if sources is None:
        return "Is one of the two the source?"
    if 2 * len(equal(testset.systems[system], sources)) > len(testset):
        return "It is the text of --src: name the translation."
    if 2 * foreign(sources, testset.target) > filled(sources):
        return "That is the language of --src: are --ref and --src swapped, or is it not translated?"
    return f"--src is in {LANGUAGES[testset.target]}: are --hyp and --src swapped?"
