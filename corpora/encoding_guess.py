"""Which encoding bytes are likely in: offered in messages, never applied."""

import re

from .script import evidence
from .strict_decoding import attempt

_GUESSES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_SAMPLE_BYTES = 65_536
_HIGH = re.compile(rb"[\x80-\xff]+")
_LETTERS = re.compile(rb"[A-Za-z]+")


def advice(data: bytes) -> str:
    """What to try next with bytes that are not UTF-8, as a sentence.

    >>> advice("这条河里有水獭，它们喝茶。".encode("gb18030"))
    'Try --encoding gb18030.'
    """
    guess = likeliest_encoding(data)
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    accents = sum(character > "\x7f" for character in text[:_SAMPLE_BYTES])
    if guess not in _GUESSES and accents > 4 * text.count("\ufffd", 0, _SAMPLE_BYTES):
        return f"The rest is UTF-8: mend {f'these {bad} places' if bad > 1 else 'this place'}."
    return f"Try --encoding {guess}." if guess else "Is it a text file?"


def likeliest_encoding(data: bytes) -> str:
    """The likeliest encoding of bytes that are not UTF-8, "" when none is likely.

    Judged by the characters it would make: charset-normalizer, tried on the same bytes, calls short GBK Big5.

    >>> likeliest_encoding("這條河裡有水獺，牠們喝茶。".encode("big5"))
    'big5hkscs'
    """
    if wide := unmarked_utf_16(data):
        return wide
    sample = data[:_SAMPLE_BYTES]
    best, most = "", 2.0
    for codec in _GUESSES:
        text = sample.decode(codec, "replace")
        found = evidence(text)
        nats = found.nats - 4 * text.count("\ufffd")
        if nats >= most and nats >= found.characters * 0.6:
            best, most = codec, nats
    if best:
        return best
    high = _HIGH.findall(sample)
    letters = sum(map(len, _LETTERS.findall(sample)))
    single = bool(high) and all(len(run) <= 2 for run in high) and letters > 4 * sum(map(len, high))
    return "cp1252" if single and attempt(sample, "cp1252") is not None else ""


def unmarked_utf_16(data: bytes) -> str:
    """ "utf-16-le" or "utf-16-be" where a quarter of the 16-bit units are Latin and none has its NUL elsewhere."""
    little, big = data[1::2].count(0), data[::2].count(0)
    if len(data) % 2 or min(little, big) or max(little, big) * 8 < len(data):
        return ""
    codec = "utf-16-le" if little else "utf-16-be"
    return codec if little + big and attempt(data, codec) is not None else ""
