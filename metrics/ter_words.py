"""The words that translation edit rate counts: the tokenization of Tercom, as sacrebleu has it."""

import re

_ENTITIES = (("&quot;", '"'), ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"))  # in this order: "&amp;lt;" ends as "<"
_WESTERN = re.compile(r"([!-&(-+/:-@\[-`{-~])")  # neither the apostrophe nor comma, hyphen and full stop
_NOT_AFTER_DIGIT = re.compile(r"([^0-9])([.,])")
_NOT_BEFORE_DIGIT = re.compile(r"([.,])([^0-9])")
_DASH = re.compile(r"([0-9])-")
_ASIAN_SIGNS = (
    "\u3001\u3002\u3008-\u3011\u3014-\u301f\u30fb\uff61-\uff65"  # 、。〈 … 】〔 … 〟・｡ … ･
    "\uff0e\uff0c\uff1f\uff1a\uff1b\uff01\uff02\uff08\uff09"  # ．，？：；！＂（）
)
# Each stands alone. The block up to U+3F22, written so in Tercom's port, runs into extension A, which is here anyway;
# extension B and what comes after it are not. Tercom's rules for kana hold only at the very start of the text, where
# the rules before them have put a space: kana are never split.
_ALONE = f"\u2e80-\u2eff\u31c0-\u31ef\u3200-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f{_ASIAN_SIGNS}"
_ASIAN = re.compile(rf"[{_ALONE}]|[^\s{_ALONE}]+")
_SIGNS = re.compile(r'[.,?:;!"()]+')
_ALL_SIGNS = re.compile(rf'[.,?:;!"(){_ASIAN_SIGNS}]+')


def words_of(
    text: str, *, normalized: bool = False, no_punct: bool = False, asian_support: bool = False, lowercase: bool = True
) -> list[str]:
    """The words of a text, as sacrebleu's TercomTokenizer splits and joins them.

    `normalized` sets signs apart from words, `asian_support` beside it every Chinese character, too; `no_punct` leaves
    signs out, with `asian_support` the Chinese and Japanese ones, too. With none of them, words are what spaces part.

    >>> words_of("An Otter's tea, 水獭。", normalized=True, asian_support=True)
    ['an', 'otter', "'s", 'tea', ',', '水', '獭', '。']
    """
    text = text.rstrip()  # first, as sacrebleu does
    if lowercase:
        text = text.lower()
    if normalized:
        text = _western(text)
        if asian_support:
            words: list[str] = _ASIAN.findall(text)
            if not no_punct:
                return words
            text = " ".join(words)
    if no_punct:
        text = (_ALL_SIGNS if asian_support else _SIGNS).sub("", text)
    return text.split()


def _western(text: str) -> str:
    """The text with spaces around what Tercom holds to be a word of its own."""
    text = text.replace("\n-", "").replace("\n", " ")
    for entity, sign in _ENTITIES:
        text = text.replace(entity, sign)
    text = _WESTERN.sub(r" \1 ", f" {text} ").replace("'s ", " 's ")
    if "." in text or "," in text:
        text = _NOT_BEFORE_DIGIT.sub(r" \1 \2", _NOT_AFTER_DIGIT.sub(r"\1 \2 ", text))
    return _DASH.sub(r"\1 - ", text) if "-" in text else text
