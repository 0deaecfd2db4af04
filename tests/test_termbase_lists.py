"""Term lists as people keep them: headers, separators, Markdown, lines without a header, workbooks."""

import io

import pytest
import xlsxwriter

from duizhao.corpora import InputError, Term, read_termbase

OTTER, TEA = Term("otter", "水獭"), Term("tea", "茶")
LISTS = [
    ("English,Chinese\notter,水獭\ntea,茶\n", ()),
    ("英文术语;中文译名\notter;水獭\ntea;茶\n", ()),
    ("原文\t译文\notter\t水獭\ntea\t茶\n", ()),
    ("Source Term,Target Term\notter,水獭\ntea,茶\n", ()),
    (
        "source,target\n水獭,otter\n茶,tea\n",
        ("the columns 'target' and 'source' were read as English and Chinese, for that is what they hold",),
    ),
    ("term,zh-CN,page\notter,水獭,1\ntea,茶,2\n", ("columns not used: page",)),
    ("英文(English),中文(Chinese)\notter,水獭\ntea,茶\n", ()),
    ("en/English,译文,中文\notter,x,水獭\ntea,y,茶\n", ("columns not used: 译文",)),
    ("otter,水獭\ntea,茶\n", ("no header: the two columns were read as English, Chinese",)),
    ("水獭\totter\n茶\ttea\n", ("no header: the two columns were read as Chinese, English",)),
    ("otter 水獭\ntea 茶\n", ("no header: 2 lines were read as English and Chinese",)),
    ("- 水獭 otter\n- 茶: tea\n", ("no header: 2 lines were read as English and Chinese",)),
    ("1. otter：水獭\n2、tea — 茶\n", ("no header: 2 lines were read as English and Chinese",)),
    ("| en | zh |\n|---|:-:|\n| **otter** | 水獭 |\n| [tea](https://example.org) | 茶 |\n", ()),
    ("# List\n\n英文 | 中文\n--|--\notter | 水獭\ntea | 茶\n", ("1 lines outside tables of terms were left out",)),
    (
        "| No. | English | 中文 |\n|-|-|-|\n|1|otter|水獭|\n\n## T\n| No. | English | 中文 |\n|-|-|-|\n|2|tea|茶|\n",
        ("columns not used: No.", "columns not used: No.", "1 lines outside tables of terms were left out"),
    ),
]


@pytest.mark.parametrize(("text", "notes"), LISTS)
def test_lists(text: str, notes: tuple[str, ...]) -> None:
    base = read_termbase(text.encode(), "list")
    assert (base.terms, sorted(base.notes)) == ((OTTER, TEA), sorted(notes))


PARTED = "1 cells of several renderings were parted: the first is preferred, the others admitted"
BRACKETS = "1 abbreviations in brackets behind the English were read as forms of their own"
CELLS = [
    ("en,zh\nriver otter,水獭/河獭\n", Term("river otter", "水獭", ("河獭",)), (PARTED,)),
    ("en,zh\nriver otter,水獭、河獭；獭\n", Term("river otter", "水獭", ("河獭", "獭")), (PARTED,)),
    ("en,zh\ninput/output,输入/输出\n", Term("input/output", "输入/输出"), ()),
    ("en,zh\nA/B testing,A/B 测试\n", Term("A/B testing", "A/B 测试"), ()),
    (
        "en,zh\nRiver Otter Society (ROS),河獭学会\n",
        Term("River Otter Society", "河獭学会", also=("ROS",)),
        (BRACKETS,),
    ),
    (
        "en,zh\nRiver Otter Society（ROS）,河獭学会\n",
        Term("River Otter Society", "河獭学会", also=("ROS",)),
        (BRACKETS,),
    ),
    ("en,zh\n(ROS),河獭学会\n", Term("(ROS)", "河獭学会"), ()),
    ("en,zh\nbridge (old),旧桥\n", Term("bridge (old)", "旧桥"), ()),
    ("en,zh,also\nRiver Otter Society (ROS),河獭学会,\n", Term("River Otter Society (ROS)", "河獭学会"), ()),
    (
        "英文,中文,缩写\nRiver Otter Society,河獭学会,ROS；ROSoc\n",
        Term("River Otter Society", "河獭学会", also=("ROS", "ROSoc")),
        (),
    ),
    ("English,中文,备选,错误,台湾,领域,备注\notter,水獭,河獭、獭,海狗=ears；欧特,水獺,动物,wet\n", None, ()),
]


@pytest.mark.parametrize(("text", "term", "notes"), CELLS)
def test_cells(text: str, term: Term | None, notes: tuple[str, ...]) -> None:
    base = read_termbase(text.encode(), "list.csv")
    assert base.notes == notes
    if term is not None:
        assert base.terms == (term,)
        return
    (found,) = base.terms
    assert (found.admitted, found.taiwan, found.domain, found.note) == (("河獭", "獭"), ("水獺",), "动物", "wet")
    assert [(f.zh, f.why) for f in found.forbidden] == [("海狗", "ears"), ("欧特", "")]


def workbook(**sheets: list[list[str]]) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return data.getvalue()


def test_a_workbook() -> None:
    base = read_termbase(workbook(a=[["English", "中文", "页"], ["otter", "水獭", "1"], ["tea", "茶", "2"]]), "t.xlsx")
    assert (base.terms, base.notes) == ((OTTER, TEA), ("columns not used: 页",))


def test_a_workbook_without_a_header() -> None:
    base = read_termbase(workbook(a=[["水獭", "otter"], ["茶", "tea"]]), "t.xlsx")
    assert base.terms == (OTTER, TEA)
    assert "no header: the two columns were read as Chinese, English" in base.notes


def test_all_sheets_with_terms_are_read() -> None:
    data = workbook(
        about=[["made by", "an otter"], ["x", "y"]],
        a=[["en", "zh"], ["otter", "水獭"]],
        b=[["en", "zh"], ["tea", "茶"]],
    )
    base = read_termbase(data, "t.xlsx")
    assert base.terms == (OTTER, TEA)
    assert base.notes[0] == "1 sheets without terms were left out: about"


def test_places_in_a_workbook() -> None:
    with pytest.raises(InputError, match=r"^t\.xlsx:b:3: an empty term; wanted en and zh filled"):
        read_termbase(
            workbook(a=[["en", "zh"], ["tea", "茶"]], b=[["en", "zh"], ["otter", "水獭"], ["", "茶"]]), "t.xlsx"
        )


@pytest.mark.parametrize(
    "hostile",
    ["|" * 100_000, "a" * 100_000, "獭" * 100_000, "a 獭," * 20_000, "(" * 100_000, "\n|-|" * 30_000, "\\" * 100_001],
)
def test_long_hostile_texts(hostile: str) -> None:
    for head in ("", "en,zh,forbidden\notter,水獭,", "| en | zh |\n|-|-|\n| otter | "):
        try:
            assert all(term.zh for term in read_termbase((head + hostile).encode(), "t").terms)
        except InputError as error:
            assert str(error).startswith("t:")
