"""Text on one line: what becomes of line ends and ligatures, and where each character stood."""

import pytest
from hypothesis import given
from strategies import odd_text

from duizhao.corpora.flat import flat

FLAT = [
    ("", ""),
    ("otters", "otters"),
    ("two\nlines", "two lines"),
    ("two  \n\t lines", "two lines"),
    ("two\n\n\nlines", "two lines"),
    ("两\n行", "两行"),
    ("两 \n  行", "两行"),
    ("两\nlines", "两lines"),
    ("lines\n两", "lines两"),
    ("停。\nNext", "停。Next"),
    ("（\nNext", "（Next"),
    ("水獺\u3000\n石頭", "水獺\u3000石頭"),
    ("\nstart", "start"),
    ("end\n", "end"),
    ("\n", ""),
    ("two blanks  stay", "two blanks  stay"),
    ("ﬁsh ﬂow eﬃcient oﬀ ﬄ", "fish flow efficient off ffl"),
    ("ot\u00adter", "otter"),
    ("net-\nworks", "net- works"),
    ("ﬁ\nﬂ", "fi fl"),
    ("𠀀\n𠀀", "𠀀𠀀"),
    ("a\u2028b", "a\u2028b"),
]


@pytest.mark.parametrize(("text", "wanted"), FLAT)
def test_flat(text: str, wanted: str) -> None:
    assert flat(text)[0] == wanted


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("ab", [0, 1]),
        ("a\nb", [0, 1, 2]),
        ("a \n b", [0, 1, 4]),
        ("海\n獭", [0, 2]),
        ("eﬃ!", [0, 1, 1, 1, 2]),
        ("a\u00adb", [0, 2]),
        ("\n\na", [2]),
    ],
)
def test_offsets(text: str, offsets: list[int]) -> None:
    assert list(flat(text)[1]) == offsets


@given(odd_text)
def test_offsets_point_at_the_characters(text: str) -> None:
    line, offsets = flat(text)
    assert "\n" not in line
    assert len(line) == len(offsets)
    assert list(offsets) == sorted(offsets)
    for character, offset in zip(line, offsets, strict=True):
        source = text[offset]
        assert (
            source == character
            or (character == " " and source in " \t\n")
            or (source in "ﬀﬁﬂﬃﬄﬅﬆ" and character in "filst")
        )
    # Nothing is lost but blanks around line ends, line ends and soft hyphens.
    kept = set(offsets)
    assert all(c in " \t\n\u00ad" or c.isspace() for k, c in enumerate(text) if k not in kept)


@given(odd_text)
def test_a_flat_text_stays(text: str) -> None:
    line, _ = flat(text)
    assert flat(line) == (line, range(len(line)))


@pytest.mark.parametrize(
    "part",
    [
        "\n",
        " \n",
        "a ",
        "a\n",
        "海\n",
        "ﬁ",
        "\u00ad",
        " ",
        "\t ",
    ],
)
def test_long_texts(part: str) -> None:
    line, offsets = flat(part * 100_000)
    assert len(line) == len(offsets) <= 200_000
