"""What makes two pairs the same: hashes of both sides, as they are and without all that is no letter or digit."""

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .normal import LIMIT_MARKS, to_nfc

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = ("exact", "normal", "en", "zh")
_NO_SIGN = re.compile(r"[^\w]+|_+")
_SIGNS = "，。、；：！？（）“”‘’《》【】…—·"  # those that most Chinese and English texts have
_DROPPED = bytes(code for code in range(128) if not chr(code).isalnum() and chr(code) != "\n")
_LOWER = bytes(range(256)).lower()
LONGEST = 4000  # characters of a side that is folded: longer ones are no sentences, and would take most of the time
_SLICE = 10_000  # rows joined at a time


def normal(text: str) -> str:
    """The text in NFKC, case folded, with letters and digits only; as it is without any, or over 4,000 characters.

    Full-width and half-width signs, case, blanks and punctuation make no difference in it; Traditional and Simplified
    characters do, and so do numbers.

    >>> normal("ＢＥＲＴ 模型， 真好！"), normal("BERT模型真好"), normal("……")
    ('bert模型真好', 'bert模型真好', '……')
    """
    folded = unicodedata.normalize("NFKC", text).casefold() if len(text) <= LONGEST else ""
    return "".join(sign for sign in folded if sign.isalnum()) or text


def keys(pairs: "pa.Table") -> "pa.Table":
    """For each row of a table with columns en and zh four hashes (uint64), columns exact, normal, en and zh.

    xxh3_64 of: both sides as they are; both sides, each as `normal` gives it; the normal English; the normal Chinese
    (UTF-8, the byte 0xFF between two sides; null is ""). With n different texts, two share a hash by chance with a
    probability of n²/2⁶⁵: 3·10⁻⁸ for a million, 3 % for a billion. Raises LimitError for more than 1,000 combining
    marks in a row.

    >>> import pyarrow as pa
    >>> table = keys(pa.table({"en": ["Tea!", "tea"], "zh": ["茶。", "茶"]}))
    >>> [len(set(table[name].to_pylist())) for name in ("exact", "normal", "en", "zh")]
    [2, 1, 1, 1]
    """
    import pyarrow as pa
    from xxhash import xxh3_64_intdigest as digest

    columns: dict[str, list[int]] = {name: [] for name in COLUMNS}
    for begin in range(0, pairs.num_rows, _SLICE):
        some = pairs.slice(begin, _SLICE)
        sides = [[text or "" for text in some[name].to_pylist()] for name in ("en", "zh")]
        exact = [[text.encode() for text in side] for side in sides]
        folded = [[text.encode() for text in normals(side)] for side in sides]
        # 0xFF is no byte of UTF-8, so that no two pairs of sides are one text.
        columns["exact"] += [digest(b"%b\xff%b" % both) for both in zip(*exact, strict=True)]
        columns["normal"] += [digest(b"%b\xff%b" % both) for both in zip(*folded, strict=True)]
        columns["en"] += map(digest, folded[0])
        columns["zh"] += map(digest, folded[1])
    return pa.table({name: pa.array(values, pa.uint64()) for name, values in columns.items()})


def normals(texts: Sequence[str]) -> list[str]:
    """`normal` of each text, ten times faster: common signs and ASCII go from all of them at once.

    A sign may become a blank before folding, since neither composes with what follows, and both are dropped after.
    """
    if not texts:
        return []
    joined = "\n".join(map(_safe, texts))
    if not joined.isascii():
        for sign in _SIGNS:
            joined = joined.replace(sign, " ")
        joined = "\n".join([unicodedata.normalize("NFKC", text) for text in joined.split("\n")]).casefold()
    folded = joined.encode().translate(_LOWER, _DROPPED).decode().split("\n")
    return [
        short if short.isalnum() else _NO_SIGN.sub("", short) or text for short, text in zip(folded, texts, strict=True)
    ]


def _safe(text: str) -> str:
    """The text without line ends, nothing of a long one; one that would take long to compose is refused."""
    if len(text) > LONGEST:
        return ""
    if len(text) > LIMIT_MARKS:
        text = to_nfc(text)
    return text.replace("\n", " ") if "\n" in text else text
