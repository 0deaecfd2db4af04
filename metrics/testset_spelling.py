"""How the texts of a test set are spelt in, sentences out: lost characters, mojibake, forms, blanks, script, signs."""

import re
from collections.abc import Iterator, Sequence

from ..corpora.errors import LimitError
from ..corpora.normal import to_nfc
from ..corpora.script import chinese_script
from .testset import TestSet
from .testset_streams import Stream, Texts, by_value, listed, told, where

_SAMPLE = 1_000  # texts that tell the script and punctuation of a stream
_OFTEN = 0.1  # share of segments, from which a habit is one of the whole
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


def on_spelling(testset: TestSet, systems: Sequence[Stream], references: Sequence[Stream]) -> Iterator[str]:
    """On signs that no person typed, on Unicode's forms, and on texts cut into tokens."""
    streams = [*systems, *references]
    for what, sign in _ODD:
        odd = [(name, [k for k, text in enumerate(texts) if text and sign in text]) for name, texts in streams]
        yield from told(what, odd, testset)
    yield from _mojibake(streams, testset)
    yield from told("Not in Unicode's form NFC, scored as written", where(streams, _nfc_changes), testset)
    split = where(streams, _is_spaced if testset.target == "zh" else _is_tokenised)
    split = [(name, found) for name, found in split if len(found) > _OFTEN * len(testset)]
    yield from told("Tokenised, as it looks, and scored as written", split, testset)


def on_signs(testset: TestSet, systems: Sequence[Stream], references: Sequence[Stream]) -> Iterator[str]:
    """On the script and the punctuation of Chinese, which BLEU takes for other characters."""
    if testset.target != "zh" or not references:
        return
    wanted = _sample([text for _, texts in references for text in texts])
    samples = [(name, _sample(texts)) for name, texts in systems]
    doubtful = [(name, text) for name, text in samples if _traces(text) != _traces(wanted)]
    script = chinese_script(wanted) if doubtful else ""
    for found, names in by_value([(name, chinese_script(text)) for name, text in doubtful]):
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


def _nfc_changes(text: str) -> bool:
    try:
        return to_nfc(text) != text
    except LimitError:  # a thousand marks in a row are in no form that anyone meant
        return True


def _mojibake(streams: Sequence[Stream], testset: TestSet) -> Iterator[str]:
    """On what is surely text decoded wrongly."""
    suspects = where(streams, lambda text: _MOJIBAKE.search(text) is not None)
    if not any(found for _, found in suspects):
        return
    from ..corpora.mojibake import repair  # slow to import

    proved = []
    for (name, texts), (_, found) in zip(streams, suspects, strict=True):
        tried = [(k, (texts[k] or "")[:_REPAIRED]) for k in found[:_PROVED]]
        proved.append((name, [k for k, text in tried if repair(text)[0] != text]))
    more = any(len(found) > _PROVED for _, found in suspects)
    limit = f" (of the first {_PROVED:,} that may be it)" if more else ""
    yield from told(f"Mojibake, scored as written{limit}", proved, testset)


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
