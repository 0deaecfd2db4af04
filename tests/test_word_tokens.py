"""The tokens that BLEU counts: sacrebleu's own, whatever the text; jieba's words; the same in bulk."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sacrebleu.metrics.bleu import BLEU

from duizhao.align import words_zh
from duizhao.corpora.errors import ConfigError
from duizhao.metrics.word_tokens import TOKENIZERS, TokenCoder, tokenizer, tokenizer_setting

OF_SACREBLEU = ("13a", "zh", "char", "intl", "none")

# What the rules look at, and what breaks those who only looked at usual text.
ODD = (
    *"水獭，。？！、《》“”…—茶𠀀𪛖\u2000\u2001\u2010\u2028\u2029\u202f\u20ac→∑①\u2a6d\u2a6e\u2e7f\u2e80\u2fdf\u3000〇\u9fbb\u9fbc",
    *"aZß9０٣½²é\u0301İ_¥€$+<=>^`|~",
    *"!\"#%&'()*,-./:;?@[\\]{}",
    *" \t\n\r\v\f\x00\x1c\x1d\x1e\x1f\x7f\x85\xa0\xad\u200b\ufeff\u1680\u205f",
    *"😀👨\u200d👩\U0010ffff\ud800\udfff\ue000¿·،।\u0301",
    *(
        "&quot;",
        "&amp;",
        "&lt;",
        "&gt;",
        "&amp;lt;",
        "<skipped>",
        "-\n",
        "3.5",
        "1,000",
        "GPT-4",
        "9-",
        "..",
        ",.",
        "。.",
        "otter",
    ),
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(ODD), max_size=24).map("".join),
    st.text(st.sampled_from('a9.,- 水\n"('), max_size=12),
    st.text(st.characters(codec=None), max_size=12),
)

CASES = [
    ("13a", "Two otters, 3.5 kg each.", ["Two", "otters", ",", "3.5", "kg", "each", "."]),
    ("13a", "tea&amp;lt;b&quot; <skipped>of 2019.", ["tea", "<", "b", '"', "of", "2019", "."]),
    ("13a", "up-\nstream 3-4 \n", ["upstream", "3", "-", "4"]),
    ("13a", "水獭，喝茶。", ["水獭，喝茶。"]),
    ("13a", ".5 it's 5.", [".", "5", "it's", "5", "."]),
    ("zh", "水獭喝3.5杯GPT-4茶。", ["水", "獭", "喝", "3.5", "杯", "GPT-4", "茶", "。"]),
    ("zh", "桥长 3-4 米，", ["桥", "长", "3", "-", "4", "米", "，"]),
    ("zh", "U+2010\u2010和→各是一个", ["U", "+", "2010", "\u2010", "和", "→", "各", "是", "一", "个"]),
    ("zh", "扩展𠀀𠀁不是", ["扩", "展", "𠀀𠀁", "不", "是"]),
    ("zh", ".5茶.", [".5", "茶", "."]),
    ("zh", "茶 .5", ["茶", ".", "5"]),
    ("zh", "共5.", ["共", "5."]),
    ("zh", "共5. ", ["共", "5."]),
    ("zh", "共5.茶", ["共", "5", ".", "茶"]),
    ("char", "水 ab\n。", ["水", "a", "b", "。"]),
    ("intl", "“Otter” costs €3,5 in 2019.", ["“", "Otter", "”", "costs", "€", "3,5", "in", "2019."]),
    ("intl", '"5 (a', ['"5', "(", "a"]),
    ("intl", ' "5', ['"', "5"]),
    ("none", "  river, 河。\u3000tea ", ["river,", "河。", "tea"]),
    ("jieba", "水獭喝茶，GPT-4也喝。 ", ["水獭", "喝茶", "，", "GPT", "-", "4", "也", "喝", "。"]),
]


def of_sacrebleu(name: str, text: str) -> list[str]:
    return BLEU(tokenize=name)._preprocess_segment(text).split()


def same_codes(coded: list[list[int]], tokens: list[list[str]]) -> bool:
    """Whether codes tell the same tokens apart."""
    pairs = {pair for codes, words in zip(coded, tokens, strict=True) for pair in zip(codes, words, strict=True)}
    return len(pairs) == len({code for code, _ in pairs}) == len({word for _, word in pairs})


def in_bulk(name: str, *streams: list[str]) -> list[list[int]]:
    """The codes of every text of every stream."""
    coded = []
    for tokens in TokenCoder(name).codes(*streams):
        assert tokens.codes.min(initial=1) > 0
        assert tokens.lengths.sum() == len(tokens.codes)
        codes = iter(tokens.codes.tolist())
        coded += [list(islice(codes, length)) for length in tokens.lengths.tolist()]
    return coded


@pytest.mark.parametrize(("name", "text", "tokens"), CASES)
def test_tokens(name: str, text: str, tokens: list[str]) -> None:
    assert tokenizer(name)(text) == tokens
    if name != "jieba":
        assert of_sacrebleu(name, text) == tokens


@pytest.mark.parametrize("name", OF_SACREBLEU)
@given(text=TEXTS)
def test_whatever_the_text_tokens_are_those_of_sacrebleu(name: str, text: str) -> None:
    assert tokenizer(name)(text) == of_sacrebleu(name, text)


@pytest.mark.parametrize("name", TOKENIZERS)
@given(streams=st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=1, max_size=3))
def test_codes_in_bulk_tell_apart_the_same_tokens(name: str, streams: list[list[str]]) -> None:
    split = tokenizer(name)
    assert same_codes(in_bulk(name, *streams), [split(text) for texts in streams for text in texts])


@pytest.mark.parametrize("name", OF_SACREBLEU)
def test_every_character_between_letters_and_at_the_edges(name: str) -> None:
    places = (*range(0x3130), 0x31A0, 0x31EF, 0x33FF, 0x3400, 0x4DB5, 0x4DB6, 0x4DFF, 0x4E00, 0x9FBB, 0x9FBC)
    places += (*range(0xD7F0, 0xD810), *range(0xDFF0, 0xE010), *range(0xF8F0, 0x10010))
    points = [chr(point) for point in (*places, 0x1F600, 0x20000, 0x2A6D6, 0x2F800, 0x2FA1D, 0x10FFFF)]
    texts = [f"{point}a{point}{point}1{point}.{point}水{point}" for point in points]
    split, theirs = tokenizer(name), BLEU(tokenize=name)._preprocess_segment
    tokens = [theirs(text).split() for text in texts]
    assert [text for text, right in zip(texts, tokens, strict=True) if split(text) != right] == []
    assert same_codes(in_bulk(name, texts), tokens)


@given(text=TEXTS)
def test_words_of_jieba_are_those_of_the_aligner(text: str) -> None:
    assert tokenizer("jieba")(text) == [text[first:last] for first, last in words_zh(text)]


def test_a_coder_that_forgets_goes_on_with_right_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("duizhao.metrics.word_tokens._REMEMBERED", 2)
    coder = TokenCoder("13a")
    for _ in range(2):
        (hypothesis,), (reference,) = (
            [codes.tolist() for codes, _ in (pair,)] for pair in coder.codes(["a b c, a"], ["c, b a"])
        )
        a, b, c, comma, again = hypothesis
        assert (reference, again) == ([c, comma, b, a], a)
        assert len({a, b, c, comma}) == 4


@pytest.mark.parametrize(("name", "setting"), [*((name, name) for name in OF_SACREBLEU), ("jieba", "jieba-0.42.1")])
def test_settings(name: str, setting: str) -> None:
    assert tokenizer_setting(name) == setting
    if name != "jieba":
        assert BLEU(tokenize=name).tokenizer_signature == setting


@pytest.mark.parametrize("make", [tokenizer, tokenizer_setting, TokenCoder])
def test_an_unknown_tokenizer_is_refused(make: type) -> None:
    with pytest.raises(ConfigError, match=r"tokenizer: no 'zhh'; wanted one of 13a, zh, intl, char, none, jieba"):
        make("zhh")


@pytest.mark.parametrize("name", TOKENIZERS)
@pytest.mark.parametrize("text", [".", ",.", "a", "1-", " ", "(", "水", "a.", "-\n", "&amp;", '"5', "<skipped>", "½"])
def test_long_texts_of_one_thing(name: str, text: str) -> None:
    long = text * 3000
    right = [long[a:b] for a, b in words_zh(long)] if name == "jieba" else of_sacrebleu(name, long)
    assert tokenizer(name)(long) == right
    assert same_codes(in_bulk(name, [long, text]), [right, tokenizer(name)(text)])
