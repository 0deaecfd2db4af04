"""What is odd about a test set: refused where a score would mislead, told with counts where a person should know."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from operator import eq
from typing import TypeVar

from ..corpora.errors import InputError, LimitError
from ..corpora.normal import to_nfc
from ..corpora.script import chinese_script, language
from .choosing import FEW
from .line_steps import Beside
from .testset import Target, TestSet

Texts = Sequence[str | None]
Stream = tuple[str, Texts]  # the hypotheses of a system, or a reference, with its name
Value = TypeVar("Value")

NARROW = 100  # segments; with fewer, intervals are several points wide
_SHOWN = 5  # places or names that a sentence lists
_SAMPLE = 1_000  # texts that tell the script and punctuation of a stream
_BEGIN = 100  # characters that tell the language of a text and what it speaks of
_OFTEN = 0.1  # share of segments, from which a habit is one of the whole
_LANGUAGES = {"zh": "Chinese", "en": "English"}
_OTHER: dict[Target, Target] = {"zh": "en", "en": "zh"}
_SCRIPTS = {"Hans": "simplified", "Hant": "traditional", "mixed": "simplified and traditional"}
# Everyday characters of one script only: where two texts have them alike, the slower test is spared.
_HANT, _HANS = (
    re.compile("[這個們來時說國學為會對過還進體點實現開關]"),
    re.compile("[这个们来时说国学为会对过还进体点实现开关]"),
)
_WIDE, _ASCII = "，；：？！（）", ",;:?!()"  # no full stop: ASCII's stands in numbers and abbreviations too
_PUNCTUATED = 20  # signs, from which their width is a habit
_APART = 0.3  # difference of shares of ASCII signs
_BETWEEN_HAN = re.compile("[㐀-䶿一-鿿] (?=[㐀-䶿一-鿿])")
# What UTF-8 looks like as Latin-1 or Windows-1252, and as GBK; `repair` tells whether it is that.
_MOJIBAKE = re.compile("[Â-ô锛銆鈥]")
_PROVED = 500  # texts of a stream that are tried for it
_REPAIRED = 400  # characters of each
_ODD = (
    ("Characters lost before this was read (U+FFFD)", "\ufffd"),
    ("Characters lost before this was read (锟斤拷)", "锟斤拷"),
    ("A byte-order mark inside", "\ufeff"),
    ("A line end inside", "\n"),
)
_LOOKED_AT = 200  # texts of a stream
_STRIDES = (7919, 7907)  # primes: no regular change of languages hides from such a sample


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
    _refuse(testset, systems, references)
    checks = (_on_size, _on_empty, _on_copies, _on_steps, _on_repeats, _on_spelling, _on_signs)
    return tuple(sentence for check in checks for sentence in check(testset, systems, references))


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


def listed(names: Sequence[str]) -> str:
    """Names in a sentence, at most five.

    >>> listed(["a", "b", "c"]), listed("abcdefg")
    ('a, b and c', 'a, b, c, d, e and 2 more')
    """
    if len(names) < 2:
        return "".join(names)
    shown, rest = names[:_SHOWN], len(names) - _SHOWN
    return f"{', '.join(shown)} and {rest:,} more" if rest > 0 else f"{', '.join(names[:-1])} and {names[-1]}"


def _refuse(testset: TestSet, systems: Sequence[Stream], references: Sequence[Stream]) -> None:
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
        wrong = [(name, k) for name, texts in streams if 2 * (k := _foreign(texts, target)) > _filled(texts)]
        if wrong:
            is_other = _LANGUAGES["en" if target == "zh" else "zh"]
            least = "at least " if len(wrong) > 1 else ""
            found = f"{is_other} in {least}{min(k for _, k in wrong):,} of {n:,} segments"
            why = "as the references are" if streams is systems and references else "the target language"
            do = _what_to_swap(testset, wrong[0][0]) if streams is systems else "Is it the source?"
            raise InputError(listed([name for name, _ in wrong]), found, f"{_LANGUAGES[target]}, {why}", do)
    for name, texts in references if sources else ():
        same = len(_equal(texts, sources or ()))
        if 2 * same > n:
            found = f"the text of the source in {same:,} of {n:,} segments"
            raise InputError(name, found, "its translation", "Are --ref and --src the same?")
    if sources and 2 * (k := len(sources) and _foreign(sources, _OTHER[target])) > _filled(sources):
        found = f"{_LANGUAGES[target]}, the language of the translation, in {k:,} of {n:,} segments"
        raise InputError("sources", found, _LANGUAGES[_OTHER[target]], "Is it the text of --src?")


def _what_to_swap(testset: TestSet, system: str) -> str:
    """What may have gone wrong where a system's hypotheses are in the other language than the references."""
    sources = testset.sources
    if sources is None:
        return "Is one of the two the source?"
    if 2 * len(_equal(testset.systems[system], sources)) > len(testset):
        return "It is the text of --src: name the translation."
    if 2 * _foreign(sources, testset.target) > _filled(sources):
        return "That is the language of --src: are --ref and --src swapped, or is it not translated?"
    return f"--src is in {_LANGUAGES[testset.target]}: are --hyp and --src swapped?"


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
        yield from _told(f"Empty {what}, scored as written", _where(streams, lambda text: not text.strip()), testset)


def _on_copies(testset: TestSet, systems: Sequence[Stream], references: Sequence[Stream]) -> Iterator[str]:
    if sources := testset.sources:
        for what, streams in (("Hypotheses", systems), ("References", references)):
            copied = [(name, _equal(texts, sources)) for name, texts in streams]
            yield from _told(f"{what} equal to their source (untranslated?)", copied, testset)
    given = [(name, sorted({k for _, others in references for k in _equal(texts, others)})) for name, texts in systems]
    yield from _told("Hypotheses equal to a reference", given, testset)
    for (one, texts), (other, others) in combinations(references, 2):
        if texts == others:
            yield f"The references {one} and {other} are the same text."
    groups = [(names, texts) for texts, names in _by_value([(name, tuple(texts)) for name, texts in systems])]
    for names, _ in groups:
        if len(names) > 1:
            yield f"{listed(names)} are the same text."
    near = []
    for (first, texts), (second, others) in combinations(groups, 2):
        apart = len(texts) - sum(map(eq, texts, others))
        if 100 * apart < len(texts):
            near.append(f"{first[0]} and {second[0]} (all but {apart:,} segments)")
    if near:
        more = f" and {len(near) - _SHOWN:,} more pairs" if len(near) > _SHOWN else ""
        yield f"Nearly the same text: {'; '.join(near[:_SHOWN])}{more}."


def _on_steps(testset: TestSet, systems: Sequence[Stream], references: Sequence[Stream]) -> Iterator[str]:
    if not references:
        return
    against, wanted = references[0]
    sources: list[Stream] = [("the source", testset.sources)] if testset.sources else []
    drifts = [(name, Beside(texts, wanted).drift()) for name, texts in (*systems, *references[1:], *sources)]
    for drift, names in _by_value(drifts):
        if drift:
            is_last = drift.end >= len(testset) - max(0, drift.shift)
            begin, end = (_place(k, testset) for k in (drift.begin, drift.end - 1))
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
    differing = ", ".join(f"{k:,} in {listed(names)}" for k, names in _by_value(changed) if k)
    said = f", translated otherwise than the first time: {differing}" if differing else ""
    yield f"Repeated {kind}: {len(repeats):,} (at {_places(list(repeats), testset)}){said}."


def _on_spelling(testset: TestSet, systems: Sequence[Stream], references: Sequence[Stream]) -> Iterator[str]:
    streams = [*systems, *references]
    for what, sign in _ODD:
        odd = [(name, [k for k, text in enumerate(texts) if text and sign in text]) for name, texts in streams]
        yield from _told(what, odd, testset)
    yield from _mojibake(streams, testset)
    yield from _told("Not in Unicode's form NFC, scored as written", _where(streams, _nfc_changes), testset)
    split = _where(streams, _is_spaced if testset.target == "zh" else _is_tokenised)
    split = [(name, found) for name, found in split if len(found) > _OFTEN * len(testset)]
    yield from _told("Tokenised, as it looks, and scored as written", split, testset)


def _on_signs(testset: TestSet, systems: Sequence[Stream], references: Sequence[Stream]) -> Iterator[str]:
    """On the script and the punctuation of Chinese, which BLEU takes for other characters."""
    if testset.target != "zh" or not references:
        return
    wanted = _sample([text for _, texts in references for text in texts])
    samples = [(name, _sample(texts)) for name, texts in systems]
    doubtful = [(name, text) for name, text in samples if _traces(text) != _traces(wanted)]
    script = chinese_script(wanted) if doubtful else ""
    for found, names in _by_value([(name, chinese_script(text)) for name, text in doubtful]):
        if found and script and found != script:
            characters = f"in {_SCRIPTS[found]} characters, the references in {_SCRIPTS[script]} ones"
            yield f"{listed(names)} {'is' if len(names) == 1 else 'are'} {characters}; scored as written."
    expected = _ascii_share(wanted)
    if expected is None:
        return
    shares = [(name, share) for name, text in samples if (share := _ascii_share(text)) is not None]
    apart = [f"{share:.0%} in {name}" for name, share in shares if abs(share - expected) > _APART]
    if apart:
        yield (
            f"Punctuation in ASCII: {listed(apart)}, {expected:.0%} in the references. "
            "Full-width signs are others to BLEU; scored as written."
        )


def _told(what: str, found: Iterable[tuple[str, Sequence[int]]], testset: TestSet) -> Iterator[str]:
    """One sentence with counts and places, streams with the same ones together; none where nothing was found."""
    n = len(testset)
    parts = []
    for places, names in _by_value([(name, tuple(places)) for name, places in found]):
        if places:
            at = "all" if len(places) == n else f"{len(places):,} of {n:,}"
            parts.append(f"{at} in {listed(names)}" + (f" (at {_places(places, testset)})" if at != "all" else ""))
    if parts:
        yield f"{what}: {'; '.join(parts)}."


def _places(segments: Sequence[int], testset: TestSet) -> str:
    more = f" and {len(segments) - _SHOWN:,} more" if len(segments) > _SHOWN else ""
    return ", ".join(_place(k, testset) for k in segments[:_SHOWN]) + more


def _place(segment: int, testset: TestSet) -> str:
    """What a person finds it by; an id may be long, or of several lines."""
    return " ".join(testset.places[segment][:40].split()) if segment < len(testset.places) else str(segment + 1)


def _by_value(named: Iterable[tuple[str, Value]]) -> list[tuple[Value, list[str]]]:
    """The names by what they have, in the order of the first that has it."""
    groups: dict[Value, list[str]] = {}
    for name, value in named:
        groups.setdefault(value, []).append(name)
    return list(groups.items())


def _where(streams: Iterable[Stream], test: Callable[[str], bool]) -> list[tuple[str, list[int]]]:
    return [(name, [k for k, text in enumerate(texts) if text is not None and test(text)]) for name, texts in streams]


def _equal(texts: Texts, others: Texts) -> list[int]:
    """The segments in which both have the same text, empty ones aside."""
    return [k for k, (a, b) in enumerate(zip(texts, others, strict=True)) if a and a == b and a.strip()]


def _filled(texts: Texts) -> int:
    return sum(bool(text and text.strip()) for text in texts)


def _foreign(texts: Texts, target: Target) -> int:
    """How many texts are clearly in the other language; 0 where a spread sample says that they are far from half."""
    other = _OTHER[target]
    n = len(texts)
    if n > 2 * _LOOKED_AT:
        stride = next((prime for prime in _STRIDES if n % prime), 1)
        sample = [texts[k * stride % n] for k in range(_LOOKED_AT)]
        if 3 * sum(language(text[:_BEGIN]) == other for text in sample if text) < _filled(sample):
            return 0
    return sum(language(text[:_BEGIN]) == other for text in texts if text)


def _is_short(text: str, target: Target) -> bool:
    return len(text.strip()) < 4 if target == "zh" else len(text.split(None, 3)) < 4


def _nfc_changes(text: str) -> bool:
    try:
        return to_nfc(text) != text
    except LimitError:  # a thousand marks in a row are in no form that anyone meant
        return True


def _mojibake(streams: Sequence[Stream], testset: TestSet) -> Iterator[str]:
    """On what is surely text decoded wrongly."""
    suspects = _where(streams, lambda text: _MOJIBAKE.search(text) is not None)
    if not any(found for _, found in suspects):
        return
    from ..corpora.mojibake import repair  # slow to import

    proved = []
    for (name, texts), (_, found) in zip(streams, suspects, strict=True):
        tried = [(k, (texts[k] or "")[:_REPAIRED]) for k in found[:_PROVED]]
        proved.append((name, [k for k, text in tried if repair(text)[0] != text]))
    more = any(len(found) > _PROVED for _, found in suspects)
    limit = f" (of the first {_PROVED:,} that may be it)" if more else ""
    yield from _told(f"Mojibake, scored as written{limit}", proved, testset)


def _is_tokenised(text: str) -> bool:
    return text.rstrip().endswith((" .", " ?", " !"))


def _is_spaced(text: str) -> bool:
    """Whether blanks part the words of Chinese: with words of two characters, a third of all are blanks."""
    return 8 * text.count(" ") >= len(text) and 8 * len(_BETWEEN_HAN.findall(text)) >= len(text) > 0


def _sample(texts: Texts) -> str:
    return "\n".join(text for text in texts[:: max(1, len(texts) // _SAMPLE)] if text)


def _traces(text: str) -> tuple[bool, bool]:
    """Whether there are everyday characters of simplified, and of traditional Chinese."""
    return _HANS.search(text) is not None, _HANT.search(text) is not None


def _ascii_share(text: str) -> float | None:
    """Share of ASCII signs in punctuation, 0..1; None where there is too little."""
    plain = sum(map(text.count, _ASCII))
    signs = plain + sum(map(text.count, _WIDE))
    return plain / signs if signs >= _PUNCTUATED else None
