"""Composed text, and the endless rows of marks that are refused."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import document_from_bytes, read_catalog
from duizhao.corpora.errors import LimitError
from duizhao.corpora.normal import LIMIT_MARKS, to_nfc
from duizhao.corpora.page import PageWriter

ACUTE, DOT_BELOW, TIBETAN = "\u0301", "\u0323", "\u0f73"  # the last is a starter by its class, and spells two marks

COMPOSED = [
    ("", ""),
    ("Otters drink tea.", "Otters drink tea."),
    ("水獭喝茶。", "水獭喝茶。"),
    ("cafe" + ACUTE, "caf\u00e9"),
    ("a" + ACUTE + DOT_BELOW, "\u1ea1" + ACUTE),
    ("\u212b", "\u00c5"),
    (TIBETAN, "\u0f71\u0f72"),
    ("o" + ACUTE * LIMIT_MARKS, "\u00f3" + ACUTE * (LIMIT_MARKS - 1)),
    ("茶" + ACUTE * LIMIT_MARKS + "茶" + ACUTE * LIMIT_MARKS, "茶" + ACUTE * LIMIT_MARKS + "茶" + ACUTE * LIMIT_MARKS),
    ("桥" * 600 + (DOT_BELOW + "—") * 1200, "桥" * 600 + (DOT_BELOW + "—") * 1200),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), COMPOSED, ids=lambda text: ascii(text)[:20])
def test_text_is_composed(text: str, wanted: str) -> None:
    assert to_nfc(text, "a.txt") == wanted


@pytest.mark.parametrize("sign", ["─", "。", "\u3000", "🦦", "…", "\u0e01", "\u200b", "\ue000"], ids=ascii)
def test_long_rows_of_other_signs_are_kept(sign: str) -> None:
    assert to_nfc(f"茶{sign * 5_000}e{ACUTE}") == f"茶{sign * 5_000}\u00e9"


REFUSED = [
    (ACUTE * 1_001, 1),
    ("river o" + ACUTE * 1_001, 8),
    ("─" * 2_000 + DOT_BELOW * 1_001, 2_001),
    ("─" * 2_000 + "a" + "。" * 1_500 + (ACUTE + DOT_BELOW) * 501, 3_502),
    (ACUTE * 1_000 + "—" + ACUTE * 1_001, 1_002),
    ("水" + TIBETAN * 1_001, 2),
]


@pytest.mark.parametrize(("text", "first"), REFUSED, ids=[str(first) for _, first in REFUSED])
def test_endless_rows_of_marks_are_refused(text: str, first: int) -> None:
    with pytest.raises(LimitError) as caught:
        to_nfc(text, "otter.txt")
    assert str(caught.value) == (
        f"otter.txt: more than 1,000 combining marks in a row, from character {first:,} on; "
        "wanted at most 1,000 in a row. Take them out."
    )


def test_where_nothing_is_named() -> None:
    with pytest.raises(LimitError, match=r"^text: more than 1,000 combining marks"):
        to_nfc(ACUTE * 1_001)


@pytest.mark.parametrize(
    ("data", "where", "first"),
    [
        (f"# 水獭\n\n{'茶' + ACUTE * 1_001}\n".encode(), "a.bin", 8),
        (b"<!doctype html>\n<p>otter" + b"&#769;" * 1_001, "a.bin:2:4", 6),
        (
            b"\\documentclass{article}\\title{Tea}\n\\begin{document}\nTea o" + "{}".join([ACUTE] * 1_002).encode(),
            "a.bin:3:1",
            6,
        ),
        (b'{"en": "o' + b"\\u0301" * 1_001 + '", "zh": "茶"}\n'.encode(), "a.bin:1:8", 2),
    ],
    ids=["markdown", "html", "latex", "json"],
)
def test_documents_are_refused_at_their_place(data: bytes, where: str, first: int) -> None:
    with pytest.raises(LimitError) as caught:
        document_from_bytes(data, "a.bin")
    assert caught.value.where == where
    assert caught.value.found == f"more than 1,000 combining marks in a row, from character {first} on"


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ('{"title": "Tea"}\n{"title": "Otters%s"}', "a.cat:2"),
        ('{"title": "Otters", "authors": ["A. Lin", "B.%s"]}', "a.cat:1"),
        ("title,authors\nOtters,A. Lin%s and B. Meyer\n", "a.cat:2"),
        ("% tea\n@misc{otter,\n  title = {Otters%s}}", "a.cat:2"),
        ("@misc{otter, title = {Otters}, author = {Lin%s, Ada}}", "a.cat:1"),
    ],
)
def test_catalogues_are_refused_at_the_line_of_the_entry(text: str, where: str) -> None:
    with pytest.raises(LimitError) as caught:
        read_catalog(text.replace("%s", DOT_BELOW * 1_002), "a.cat")
    assert caught.value.where == where


def test_a_page_names_the_place_it_was_given() -> None:
    writer = PageWriter("otter.html")
    writer.write("e" + ACUTE, 3, 7)
    with pytest.raises(LimitError) as caught:
        writer.write(ACUTE * 1_001, 4, 2)
    assert caught.value.where == "otter.html:4:2"
    assert writer.page().text == "\u00e9"


def test_every_mark_is_seen() -> None:
    """No character that begins with a mark once it is taken apart may be missing from the search."""
    missed: list[str] = []
    for character in map(chr, (*range(0xD800), *range(0xE000, 0x110000))):
        if unicodedata.combining(unicodedata.normalize("NFD", character)[0]):
            try:
                to_nfc(character * 1_001)
                missed.append(character)
            except LimitError:
                pass
    assert missed == []


@given(st.text(st.sampled_from("aoé茶。\u0301\u0323\u0344\u0f73\u1100\u1161\u11a8\u212b\u0958 \n"), max_size=60))
def test_it_is_nfc(text: str) -> None:
    assert to_nfc(text) == unicodedata.normalize("NFC", text)


@given(st.text())
def test_any_text_is_nfc(text: str) -> None:
    assert to_nfc(to_nfc(text)) == to_nfc(text) == unicodedata.normalize("NFC", text)
