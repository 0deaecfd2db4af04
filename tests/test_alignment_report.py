"""Alignments as text: each format to the letter, and that no sentence is lost in it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.align import alignment as alignment_module
from duizhao.align.alignment import Alignment, align_lines, align_texts
from duizhao.align.bead_file import Sides, read_beads
from duizhao.align.bead_scores import score_beads
from duizhao.align.beads import Bead
from duizhao.align.linked_words import LinkedWords
from duizhao.corpora import ConfigError, InputError
from duizhao.corpora.delimited import read_delimited
from duizhao.corpora.tmx import read_tmx
from duizhao.reports.alignment import (
    ALIGNMENT_FORMATS,
    alignment_format,
    alignment_summary,
    ladder_text,
    pharaoh_text,
    render_alignment,
    score_table,
)


def bead(en: Sequence[int], zh: Sequence[int], score: float) -> Bead:
    """A bead as likely as it is similar."""
    return Bead(tuple(en), tuple(zh), score, score)


TEA = Alignment(
    en=("An otter sleeps.", "It is tired.", "The tea\tis cold.", "Nobody came."),
    zh=("水獭睡了，它累了。", "茶凉了。", "“谢谢”"),
    beads=(bead((0, 1), (0,), 0.75), bead((2,), (1,), 0.25), bead((3,), (), 0.5), bead((), (2,), 0.5)),
    spans_en=((0, 16), (17, 29), (30, 46), (47, 59)),
    spans_zh=((0, 9), (10, 14), (15, 19)),
    document="tea.en + tea.zh",
    sha256="ab12",
)
TSV = (
    "id\ten\tzh\tprobability\tscore\tsentences_en\tsentences_zh\ttype\n"
    "1\tAn otter sleeps. It is tired.\t水獭睡了，它累了。\t0.7500\t0.7500\t0 1\t0\t2-1\n"
    "2\tThe tea is cold.\t茶凉了。\t0.2500\t0.2500\t2\t1\t1-1\n"
    "3\tNobody came.\t\t0.5000\t0.5000\t3\t\t1-0\n"
    "4\t\t“谢谢”\t0.5000\t0.5000\t\t2\t0-1\n"
)
TEXT = """\
[0]:[0, 1]  2-1  0.75
水獭睡了，它累了。
An otter sleeps.
It is tired.

[1]:[2]  1-1  0.25 low
茶凉了。
The tea␉is cold.

[]:[3]  1-0  0.50
Nobody came.

[2]:[]  0-1  0.50
“谢谢”
"""


def test_tsv() -> None:
    assert render_alignment(TEA, "tsv") == TSV
    rows = read_delimited(TSV, "a.tsv", "\t").rows
    assert [row[2].text for row in rows] == ["水獭睡了，它累了。", "茶凉了。", "", "“谢谢”"]


def test_text() -> None:
    assert render_alignment(TEA, "text") == TEXT
    assert render_alignment(TEA, "text", "en").startswith("[0, 1]:[0]  2-1  0.75\nAn otter sleeps.\nIt is tired.\n水獭")


def test_beads_and_ladder() -> None:
    assert render_alignment(TEA, "beads") == "[0]:[0, 1]\n[1]:[2]\n[]:[3]\n[2]:[]\n"
    assert render_alignment(TEA, "beads", "en") == "[0, 1]:[0]\n[2]:[1]\n[3]:[]\n[]:[2]\n"
    ladder = "0\t0\t0.7500\n1\t2\t0.2500\n2\t3\t0.5000\n2\t4\t0.5000\n3\t4\t0.0000\n"
    assert render_alignment(TEA, "ladder") == ladder
    assert render_alignment(TEA, "ladder", "en").split("\n")[3] == "4\t2\t0.5000"


def test_jsonl() -> None:
    rows = [json.loads(line) for line in render_alignment(TEA, "jsonl").strip().split("\n")]
    assert rows[0] == {
        "en": ["An otter sleeps.", "It is tired."],
        "zh": ["水獭睡了，它累了。"],
        "sentences_en": [0, 1],
        "sentences_zh": [0],
        "spans_en": [[0, 16], [17, 29]],
        "spans_zh": [[0, 9]],
        "type": "2-1",
        "probability": 0.75,
        "score": 0.75,
        "document": "tea.en + tea.zh",
        "sha256": "ab12",
    }
    assert [row["type"] for row in rows] == ["2-1", "1-1", "1-0", "0-1"] and rows[1]["en"] == ["The tea\tis cold."]


LINKED = replace(
    TEA,
    words=(
        LinkedWords(("An", "otter", "is", "tired", "."), ("水獭", "累", "了"), ((1, 0), (3, 1), (3, 2))),
        LinkedWords(("Tea",), ("茶",), ()),
        LinkedWords(("Nobody",), (), ()),
        LinkedWords((), ("谢谢",), ()),
    ),
)


def test_pharaoh_has_the_beads_of_two_sides() -> None:
    text = "An otter is tired . ||| 水獭 累 了 ||| 1-0 3-1 3-2\nTea ||| 茶 ||| \n"
    assert render_alignment(LINKED, "pharaoh") == render_alignment(LINKED, "pharaoh", "en") == text
    assert pharaoh_text(LINKED) == text
    with pytest.raises(ConfigError) as caught:
        render_alignment(TEA, "pharaoh")
    assert str(caught.value) == "--format: pharaoh without linked words; wanted link_words first"


def test_linked_words_in_tsv_and_jsonl() -> None:
    header, *rows = [line.split("\t") for line in render_alignment(LINKED, "tsv").strip("\n").split("\n")]
    assert set(header) - set(TSV.split("\n")[0].split("\t")) == {"tokens_en", "tokens_zh", "links"}
    assert [[row[header.index(name)] for name in ("tokens_en", "tokens_zh", "links")] for row in rows] == [
        ["An otter is tired .", "水獭 累 了", "1-0 3-1 3-2"],
        ["Tea", "茶", ""],
        ["Nobody", "", ""],
        ["", "谢谢", ""],
    ]
    old = [[row[header.index(name)] for name in TSV.split("\n")[0].split("\t")] for row in rows]
    assert old == [line.split("\t") for line in TSV.strip("\n").split("\n")[1:]]
    linked = [json.loads(line) for line in render_alignment(LINKED, "jsonl").strip().split("\n")]
    plain = [json.loads(line) for line in render_alignment(TEA, "jsonl").strip().split("\n")]
    assert linked[0] == plain[0] | {
        "tokens_en": ["An", "otter", "is", "tired", "."],
        "tokens_zh": ["水獭", "累", "了"],
        "links": [[1, 0], [3, 1], [3, 2]],
    }
    assert linked[3] == plain[3] | {"tokens_en": [], "tokens_zh": ["谢谢"], "links": []}


@pytest.mark.parametrize("form", ["beads", "ladder", "text"])
def test_linked_words_change_no_other_format(form: Any) -> None:
    assert render_alignment(LINKED, form) == render_alignment(TEA, form)


def test_tmx_has_the_beads_of_two_sides() -> None:
    rows = read_tmx(render_alignment(TEA, "tmx").encode(), "a.tmx").rows
    cells = [{cell.name: cell.text for cell in row} for row in rows]
    assert [(row["en"], row["zh"]) for row in cells] == [
        ("An otter sleeps. It is tired.", "水獭睡了，它累了。"),
        ("The tea\tis cold.", "茶凉了。"),
    ]
    assert {name: cells[0][name] for name in ("id", "document", "sha256", "sentences_en", "type")} == {
        "id": "1", "document": "tea.en + tea.zh", "sha256": "ab12", "sentences_en": "0 1", "type": "2-1",
    }  # fmt: skip
    odd = Alignment(("a\x01b",), ("茶",), (bead((0,), (0,), 1.0),))
    with pytest.raises(InputError, match="unit '1'"):
        render_alignment(odd, "tmx")


EMPTY = Alignment((), (), ())


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("tsv", "id\ten\tzh\n"),
        ("ladder", "0\t0\t0.0000\n"),
        ("jsonl", ""),
        ("beads", ""),
        ("pharaoh", ""),
        ("text", ""),
    ],
)
def test_no_beads(form: Any, text: str) -> None:
    assert render_alignment(EMPTY, form) == text


def test_the_formats_have_names_and_endings() -> None:
    assert {form: alignment_format(f"a{ending.upper()}") for ending, form in ALIGNMENT_FORMATS.items()} == {
        form: form for form in ("tsv", "ladder", "jsonl", "beads", "tmx", "pharaoh", "text")
    }
    with pytest.raises(ConfigError) as caught:
        alignment_format("a.pdf")
    endings = ".tsv .ladder .jsonl .beads .tmx .pharaoh .txt"
    assert str(caught.value) == f"a.pdf: the ending '.pdf'; wanted one of {endings}. Or name a --format."
    odd: Any = "pdf"
    with pytest.raises(ConfigError, match="'pdf'; wanted one of tsv, "):
        render_alignment(TEA, odd)


def test_beads_that_cross_share_a_rung() -> None:
    crossed = [bead((0,), (0,), 0.9), bead((1,), (2,), 0.8), bead((2,), (1,), 0.7), bead((3,), (3,), 0.6)]
    assert ladder_text(crossed, "en") == "0\t0\t0.9000\n1\t1\t0.7000\n3\t3\t0.6000\n4\t4\t0.0000\n"
    around_blank = [bead((0, 2), (0,), 0.9), bead((1,), (), 0.3)]
    assert ladder_text(around_blank, "en") == "0\t0\t0.3000\n3\t1\t0.0000\n"


@pytest.mark.parametrize("sides", [[Sides((1,), (0,))], [Sides((0,), (0,)), Sides((0,), (1,))]])
def test_no_ladder_where_a_sentence_is_lost_or_twice(sides: list[Sides]) -> None:
    with pytest.raises(InputError, match="in no bead or in two; wanted each sentence in one bead"):
        ladder_text(sides)


def test_summary() -> None:
    assert alignment_summary(TEA) == (
        "2 beads (1 1-1, 1 2-1); unaligned: 1 English, 1 Chinese; mean probability 0.50, 1 below 0.5."
    )
    assert alignment_summary(EMPTY) == "0 beads; unaligned: 0 English, 0 Chinese."
    blank = Alignment(("", "Tea."), ("茶。",), (bead((0,), (), 0.0), bead((1,), (0,), 0.9)))
    assert alignment_summary(blank) == (
        "1 bead (1 1-1); unaligned: 0 English, 0 Chinese; mean probability 0.90, 0 below 0.5; 1 blank line left alone."
    )
    strangers = Alignment(("Tea.",), ("雨。",), (bead((0,), (0,), 0.2),))
    assert alignment_summary(strangers) == (
        "1 bead (1 1-1); unaligned: 0 English, 0 Chinese; mean probability 0.20, 1 below 0.5. "
        "The two hardly match: are they the same text?"
    )


def test_score_table() -> None:
    gold = read_beads("[0]:[0, 1]\n[1]:[2]\n[]:[3]\n", "gold.beads")
    assert list(score_table(score_beads([(gold, TEA.beads)]))) == [
        "          precision    recall        F1",
        "strict       0.7500    1.0000    0.8571",
        "lax          0.7500    1.0000    0.8571",
        "links        1.0000    1.0000    1.0000",
        "unaligned    0.5000    1.0000    0.6667",
        "4 beads against 3 of gold.",
        "Right by type (English-Chinese): 1-0 1/1, 1-1 1/1, 2-1 1/1.",
    ]
    assert list(score_table(score_beads([])))[-1] == "0 beads against 0 of gold."


def in_threes(en: Sequence[str], zh: Sequence[str], encoder: object = None) -> list[Bead]:
    """An aligner for these tests: beads of three lines a side, as far as they go."""
    beads = []
    for k in range(0, max(len(en), len(zh)), 3):
        sides = [tuple(range(k, min(k + 3, len(side)))) for side in (en, zh)]
        if all(sides):
            beads.append(bead(sides[0], sides[1], 0.9))
        else:
            beads += [bead((i,), (), 0.4) for i in sides[0]] + [bead((), (j,), 0.4) for j in sides[1]]
    return beads


LINES = st.lists(st.sampled_from(["", " ", "a", "b\tc", "茶", "\u3000", 'x "y"', '"z"']), max_size=12)


@given(LINES, LINES)
def test_every_line_counts_and_blank_ones_stand_alone(en: list[str], zh: list[str]) -> None:
    beads = align_lines(en, zh, align=in_threes)
    assert sorted(i for each in beads for i in each.en) == list(range(len(en)))
    assert sorted(j for each in beads for j in each.zh) == list(range(len(zh)))
    for each in beads:
        texts = [en[i] for i in each.en] + [zh[j] for j in each.zh]
        assert all(text.strip() for text in texts) or len(texts) == 1
    solid = [each for each in beads if all(en[i].strip() for i in each.en) and all(zh[j].strip() for j in each.zh)]
    assert [i for each in solid for i in each.en] == [i for i, line in enumerate(en) if line.strip()]
    assert [j for each in solid for j in each.zh] == [j for j, line in enumerate(zh) if line.strip()]
    alignment = Alignment(tuple(en), tuple(zh), tuple(beads))
    assert read_beads(render_alignment(alignment, "beads"), "b") == [Sides(each.en, each.zh) for each in beads]
    rows = read_delimited(render_alignment(alignment, "tsv") + "\n", "a.tsv", "\t").rows if beads else ()
    assert [(row[1].text, row[2].text) for row in rows] == [
        (" ".join(en[i] for i in each.en).replace("\t", " "), "".join(zh[j] for j in each.zh).replace("\t", " "))
        for each in beads
    ]
    rungs = [line.split("\t") for line in render_alignment(alignment, "ladder", "en").strip().split("\n")]
    assert rungs[-1] == [str(len(en)), str(len(zh)), "0.0000"]
    assert len(render_alignment(alignment, "jsonl").split("\n")) == len(beads) + 1
    heads = [line for line in render_alignment(alignment, "text", "en").split("\n") if line.startswith("[")]
    assert heads == [
        f"{[*each.en]}:{[*each.zh]}  {each.type}  {each.probability:.2f}{' low' if each.probability < 0.5 else ''}"
        for each in beads
    ]


def test_blank_lines_come_before_the_next_line_of_their_side() -> None:
    beads = align_lines(["", "a", "", "b", "c", "d", ""], ["茶", "", "茶", "茶", "", "茶"], align=in_threes)
    assert [(each.en, each.zh) for each in beads] == [
        ((0,), ()), ((1, 3, 4), (0, 2, 3)), ((2,), ()), ((), (1,)), ((), (4,)), ((5,), (5,)), ((6,), ()),
    ]  # fmt: skip


def test_texts_are_split_into_sentences_or_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alignment_module, "align_sentences", in_threes)
    prose = align_texts("The tea is cold. It rains.\n", "茶凉了。下雨了。\n", document="d", sha256="s")
    assert prose.en == ("The tea is cold.", "It rains.") and prose.spans_en == ((0, 16), (17, 26))
    assert prose.zh == ("茶凉了。", "下雨了。") and prose.spans_zh == ((0, 4), (4, 8))
    assert (prose.document, prose.sha256) == ("d", "s")
    lines = align_texts("The tea is cold. It rains.\n\n", "\n茶凉了。下雨了。", lines=True)
    assert lines.en == ("The tea is cold. It rains.", "") and lines.zh == ("", "茶凉了。下雨了。")
    assert lines.spans_en == ((0, 26), (27, 27)) and lines.spans_zh == ((0, 0), (1, 9))
    assert align_texts("", "", lines=True) == EMPTY


def test_shuffled_texts_go_to_the_other_aligner(monkeypatch: pytest.MonkeyPatch) -> None:
    def crossed(en: Sequence[str], zh: Sequence[str], encoder: object = None) -> list[Bead]:
        return [bead((len(en) - 1 - k,), (k,), 0.9) for k in range(len(zh))]

    monkeypatch.setattr(alignment_module, "align_sentences", in_threes)
    monkeypatch.setattr(alignment_module, "align_chunks", crossed)
    lines = "Tea.\n\nMore.\n", "茶。\n多。\n"
    assert [(each.en, each.zh) for each in align_texts(*lines, lines=True, shuffled=True).beads] == [
        ((1,), ()),
        ((2,), (0,)),
        ((0,), (1,)),
    ]
    assert [(each.en, each.zh) for each in align_texts(*lines, lines=True).beads] == [((0, 2), (0, 1)), ((1,), ())]
