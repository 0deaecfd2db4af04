"""Paragraphs, headings, rules and buttons of a page, each with its place."""

import pytest
from hypothesis import given
from strategies import odd_text, pages

from duizhao.corpora import Document, document_from_bytes
from duizhao.corpora.blocks import blocks_of, columns, heading, is_rule, links_within, without_images
from duizhao.corpora.lines import Button, Line, trimmed

WRAPPED = """\
The otters of the northern delta carry their favourite stones
under one arm for most of the year, and they never lend those
stones to a neighbour, however long the neighbour may have to
wait.

Every stone is washed three times a day by its present owner.
"""
CHINESE = """\
北方三角洲的海獭一年中的大部分时间都把心爱的石头夹在“腋下”，
无论邻居等多久，它们都不会把自己的石头借给别的海獭使用，从来
不会，即使是下雨的日子也不例外。

每块石头每天要由它现在的主人用河水清洗三遍，然后放在太阳底下
晒干。
"""
TEXTS = [
    ("One\nTwo", ["One", "Two"]),
    ("  One  \n\n\u3000Two\u3000", ["One", "Two"]),
    ("", []),
    ("# One\nTwo\n## Three", ["# One", "Two", "## Three"]),
    (WRAPPED, [WRAPPED.split("\n\n")[0], WRAPPED.split("\n\n")[1].strip()]),
    (CHINESE, [part.strip() for part in CHINESE.split("\n\n")]),
    ("其中\n![](http://a.example.org/x)\n是宽度。", ["其中\n![](http://a.example.org/x)\n是宽度。"]),
    ("其中\n\n![](http://a.example.org/x)\n\n是宽度。", ["其中", "![](http://a.example.org/x)", "是宽度。"]),
]


def page(text: str) -> Document:
    return Document("page.txt", "", "utf-8", text)


@pytest.mark.parametrize(("text", "wanted"), TEXTS)
def test_blocks(text: str, wanted: list[str]) -> None:
    assert [block.text for block in blocks_of(page(text))] == wanted


@pytest.mark.parametrize("line", ["# Stones", "摘要：", "https://example.org/a", "| a | b |", "-----", "- a bullet"])
def test_what_stands_alone_in_a_wrapped_page(line: str) -> None:
    first = WRAPPED.split("\n\n")[0]
    lines = first.split("\n")
    blocks = blocks_of(page(f"{lines[0]}\n{line}\n" + "\n".join(lines[1:]) + f"\n\n{WRAPPED}"))
    assert [block.text for block in blocks][:2] == [lines[0], line]


def test_languages_are_not_joined() -> None:
    blocks = blocks_of(page(WRAPPED.strip() + "\n" + CHINESE.strip()))
    assert len(blocks) == 4


HEADINGS = [
    ("# One", 1, "One"),
    ("## One", 2, "One"),
    ("###### One", 6, "One"),
    ("##One", 2, "One"),
    ("## One ##", 2, "One"),
    ("## **One**", 2, "One"),
    ("**One otter**", 7, "One otter"),
    ("__One otter__", 7, "One otter"),
    ("####### One", 0, "####### One"),
    ("#", 0, "#"),
    ("One", 0, "One"),
    ("**One** otter", 0, "**One** otter"),
    ("#!shell", 0, "#!shell"),
]


@pytest.mark.parametrize(("text", "level", "inner"), HEADINGS)
def test_headings(text: str, level: int, inner: str) -> None:
    found, line = heading(trimmed(text, 5))
    assert (found, line.text) == (level, inner)
    assert text[line.start - 5 : line.end - 5] == inner


@pytest.mark.parametrize("text", ["---", "***", "___", "* * *", "=====", "——————"])
def test_rules(text: str) -> None:
    assert is_rule(text)


@pytest.mark.parametrize("text", ["", "--", "- a", "---a", "海獭", "-----otters-----"])
def test_no_rules(text: str) -> None:
    assert not is_rule(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("![](a.png)", ""),
        ("![stone (big)](a.png) is big", " is big"),
        ("是 ![](http://a.example.org/f(x)=(y)) 。", "是  。"),
        ("!(a)", "!(a)"),
        ("[a](b)", "[a](b)"),
    ],
)
def test_without_images(text: str, wanted: str) -> None:
    assert without_images(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"), [("otter", 5), ("海獭", 4), ("海獭，otter。", 13), ("it’s", 4), ("“海獭”", 8), ("", 0)]
)
def test_columns(text: str, wanted: int) -> None:
    assert columns(text) == wanted


def test_buttons_are_apart_and_links_are_found() -> None:
    document = document_from_bytes(
        b"Otters at Dusk [PDF](https://example.org/a) [Code](https://example.org/b)\n", "a.md"
    )
    title, pdf, code = blocks_of(document)
    assert (title.text, pdf.text, code.text) == ("Otters at Dusk", "PDF", "Code")
    assert not isinstance(title, Button) and isinstance(pdf, Button) and isinstance(code, Button)
    assert [link.url for link in links_within(document, pdf)] == ["https://example.org/a"]
    assert links_within(document, title) == []


@given(odd_text)
def test_spans_are_the_documents_text(text: str) -> None:
    end = 0
    for block in blocks_of(page(text)):
        assert end <= block.start < block.end
        assert text[block.start : block.end] == block.text == block.text.strip(" \t\u3000")
        level, inner = heading(block)
        assert 0 <= level <= 7 and text[inner.start : inner.end] == inner.text
        end = block.end


@given(pages)
def test_every_line_is_in_one_block(text: str) -> None:
    document = document_from_bytes(f"x {text}".encode(), "page.md")
    blocks = blocks_of(document)
    lines = [line.text for raw in document.text.split("\n") if (line := trimmed(raw)).text]
    said = [line.text for block in blocks for raw in block.text.split("\n") if (line := trimmed(raw)).text]
    assert "".join("".join(said).split()) == "".join("".join(lines).split())


HOSTILE = [
    "*",
    "**a",
    "# ",
    "![",
    "![](",
    "![a](b",
    "[PDF] ",
    " 返回",
    "- ",
    "=",
    "海",
    "a ",
    "> ",
    "**a**\n",
    "# a\n",
    "a\n",
    "\n",
    "|",
    "![](a)\n",
]


@pytest.mark.parametrize("part", HOSTILE)
def test_long_texts(part: str) -> None:
    text = (part * 100_000)[:100_000]
    blocks = blocks_of(page(text))
    assert all(text[block.start : block.end] == block.text for block in blocks)
    line = Line(0, len(text), text)
    assert heading(line)[0] in range(8)
    assert len(without_images(text)) <= len(text)
    assert is_rule(text) is False
