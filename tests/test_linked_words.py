"""Words linked bead by bead: which tokens, which links, and that every index is one of a token."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.align.alignment import Alignment
from duizhao.align.beads import Bead
from duizhao.align.linked_words import LinkedWords, link_words
from duizhao.align.tokens import tokens_en, tokens_zh
from duizhao.corpora.delimited import read_delimited
from duizhao.reports.alignment import pharaoh_text, tsv_text


@pytest.mark.parametrize(
    ("links", "text"),
    [
        ((), ""),
        (((0, 0),), "0-0"),
        (((0, 12), (3, 1), (3, 2)), "0-12 3-1 3-2"),
    ],
)
def test_pharaoh(links: tuple[tuple[int, int], ...], text: str) -> None:
    assert LinkedWords(("otter",) * 4, ("水獭",) * 13, links).pharaoh == text


def beads(*sides: tuple[tuple[int, ...], tuple[int, ...]]) -> tuple[Bead, ...]:
    return tuple(Bead(en, zh, 0.5, 0.5) for en, zh in sides)


OTTERS = Alignment(
    ("The otter swims.", "Tea and", "bridges.", "Nobody came."),
    ("水獭游泳。", "桥和茶。", "谢谢", ""),
    beads(((0,), (0,)), ((1, 2), (1,)), ((3,), ()), ((), (2,)), ((), (3,))),
    document="otters",
)
# English words, Chinese words, and links as words, of each bead.
LINKED = [
    ("The otter swims .", "水獭 游泳 。", ["otter 水獭", "swims 游泳", ". 。"]),
    ("Tea and bridges .", "桥 和 茶 。", ["Tea 茶", "and 和", "bridges 桥", ". 。"]),
    ("Nobody came .", "", []),
    ("", "谢谢", []),
    ("", "", []),
]


def test_words_of_each_bead() -> None:
    made = link_words(OTTERS)
    assert [
        (" ".join(words.en), " ".join(words.zh), [f"{words.en[i]} {words.zh[j]}" for i, j in words.links])
        for words in made.words
    ] == LINKED


def test_all_else_stays_and_again_gives_the_same() -> None:
    made = link_words(OTTERS)
    assert (made.en, made.zh, made.beads, made.document) == (OTTERS.en, OTTERS.zh, OTTERS.beads, "otters")
    assert link_words(made) == made == link_words(OTTERS)
    assert OTTERS.words == ()
    assert link_words(Alignment((), (), ())) == Alignment((), (), ())


def test_what_the_other_beads_show_counts() -> None:
    # No dictionary knows the otter's name; the other beads have it beside its counterpart, and nothing else twice.
    en = ("Glimmick sees Bob.", "Glimmick and tea.", "A bridge for Glimmick.", "Cold Glimmick.", "Where is Glimmick?")
    zh = ("咕噜獭看见鲍勃。", "咕噜獭和茶。", "给咕噜獭的桥。", "冷的咕噜獭。", "咕噜獭在哪里？")
    every = link_words(Alignment(en, zh, beads(*[((k,), (k,)) for k in range(5)]))).words[0]
    alone = link_words(Alignment(en, zh, beads(((0,), (0,))))).words[0]
    names = [j for j, token in enumerate(every.zh) if token in "咕噜獭"]
    assert {j for i, j in every.links if i == 0} & set(names)
    assert len({j for i, j in every.links if i == 0} & set(names)) > len(
        {j for i, j in alone.links if i == 0} & set(names)
    )


SIDES = st.lists(
    st.one_of(st.text(max_size=12), st.sampled_from(["The otter ||| 3.5", "水獭|||游泳。", "a\tb\x85c"])), max_size=4
)


@st.composite
def alignments(draw: st.DrawFn) -> Alignment:
    """Any sentences, in beads of up to two a side; a side may be empty."""
    en, zh = draw(SIDES), draw(SIDES)
    made: list[tuple[tuple[int, ...], tuple[int, ...]]] = []
    i = j = 0
    while i < len(en) or j < len(zh):
        a, b = draw(st.sampled_from([(1, 1), (2, 1), (1, 2), (1, 0), (0, 1)]))
        sides = tuple(range(i, min(i + a, len(en)))), tuple(range(j, min(j + b, len(zh))))
        i, j = i + len(sides[0]), j + len(sides[1])
        made += [sides] if any(sides) else []
    return Alignment(tuple(en), tuple(zh), beads(*made))


@given(alignments())
def test_indices_lie_inside_the_tokens(alignment: Alignment) -> None:
    made = link_words(alignment)
    assert len(made.words) == len(made.beads)
    for bead, words in zip(made.beads, made.words, strict=True):
        en, zh = " ".join(made.en[i] for i in bead.en), "".join(made.zh[j] for j in bead.zh)
        assert words.en == tuple(en[a:b] for a, b in tokens_en(en))
        assert words.zh == tuple(zh[slice(*token.span)] for token in tokens_zh(zh))
        assert list(words.links) == sorted(set(words.links))
        assert all(0 <= i < len(words.en) and 0 <= j < len(words.zh) for i, j in words.links)
    paired = [words for bead, words in zip(made.beads, made.words, strict=True) if bead.en and bead.zh]
    # As readers of Pharaoh files do it: three parts a line, and blanks between tokens.
    lines = pharaoh_text(made).split("\n")[:-1]
    parts = [[part.split() for part in f" {line} ".split(" ||| ")] for line in lines]
    assert parts == [[[*words.en], [*words.zh], words.pharaoh.split()] for words in paired]
    table = read_delimited(tsv_text(made), "a.tsv", "\t").rows if made.beads else ()
    rows = [{cell.name: cell.text for cell in row} for row in table]
    assert [[row.get(name, "").split() for name in ("tokens_en", "tokens_zh", "links")] for row in rows] == [
        [[*words.en], [*words.zh], words.pharaoh.split()] for words in made.words
    ]
