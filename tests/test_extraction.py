"""Small pages of every shape, read whole: fields, kinds, leftovers, and every character accounted for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import is_blank, odd_text, pages

from duizhao.corpora import Document, Extraction, InputError, Record, document_from_bytes, extract

EN = "The otters came back to the same place every evening, and we filmed them."
ZH = "海獭每天傍晚都会回到同一个地方,我们把它们拍了下来。"
EN2 = "They carry the stones under their arms all day long."
ZH2 = "它们整天都把石头夹在腋下。"
LINK = "https://example.org/otter"
ITEM = f"1、[CL] Otters at Dusk\nA Lin, B Meyer…\n[River Lab]\n黄昏的海獭。{ZH}\n{EN}\n{LINK}"


def page(text: str, source: str = "page.txt") -> Document:
    return document_from_bytes(text.encode(), source)


def read(text: str) -> Extraction:
    return extract([page(text)])


def only(text: str) -> Record:
    records = read(text).records
    assert len(records) == 1
    return records[0]


def left(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for leftover in read(text).leftovers:
        found.setdefault(leftover.kind, []).append(leftover.text)
    return found


def test_an_item_whole() -> None:
    record = only(ITEM)
    wanted = Record(
        id="page#1", document="page.txt", kind="abstract", number=1, tag="CL", title_en="Otters at Dusk",
        title_zh="黄昏的海獭", authors=("A Lin", "B Meyer"), authors_truncated=True, affiliation="River Lab",
        url=LINK, abstract_en=EN, abstract_zh=ZH, spans=record.spans,
    )  # fmt: skip
    assert record == wanted
    assert left(ITEM) == {"label": ["1、[CL]", "[", "]", "。"]}


HEADS = [
    ("1、[CL] Otters at Dusk", 1, "CL"),
    ("1、[CL]Otters at Dusk", 1, "CL"),
    ("12. [CV] Otters at Dusk", 12, "CV"),
    ("3) [CV] Otters at Dusk", 3, "CV"),
    ("3：[LG] Otters at Dusk", 3, "LG"),
    ("３、[LG] Otters at Dusk", 3, "LG"),
    ("\u30003 、 [LG]\u00a0Otters at Dusk  ", 3, "LG"),
    ("[LG] Otters at Dusk", None, "LG"),
    ("4、 Otters at Dusk", 4, None),
    ("4．Otters at Dusk", 4, None),
    ("4. Otters at Dusk", 4, None),
    ("## 2. Otters at Dusk", 2, None),
    ("**2) [CL] Otters at Dusk**", 2, "CL"),
    ("一、【CL】Otters at Dusk", 1, "CL"),
    ("二十三、【CL】Otters at Dusk", 23, "CL"),
    ("（1）Otters at Dusk", 1, None),
    ("【1】Otters at Dusk", 1, None),
    ("①Otters at Dusk", 1, None),
    ("01 Otters at Dusk", 1, None),
    ("01 | Otters at Dusk", 1, None),
    ("论文1：Otters at Dusk", 1, None),
    ("第1篇 Otters at Dusk", 1, None),
]


@pytest.mark.parametrize(("head", "number", "tag"), HEADS)
def test_heads(head: str, number: int | None, tag: str | None) -> None:
    record = only(f"{head}\n{ZH}\n{EN}")
    assert (record.number, record.tag, record.title_en, record.kind) == (number, tag, "Otters at Dusk", "abstract")


@pytest.mark.parametrize(
    "line", ["1、海獭会用石头;", "4. We follow otters at dusk", "[1] Otters", "[Lab] Otters", "2021 Otters"]
)
def test_no_heads(line: str) -> None:
    assert [r.number for r in read(f"{line}\n{ZH}\n{EN}").records] == [None]


def test_a_chinese_head_is_the_chinese_title() -> None:
    record = only(f"1、[CL] 黄昏的海獭\n{ZH}")
    assert (record.title_en, record.title_zh, record.abstract_zh, record.kind) == (None, "黄昏的海獭", ZH, "zh_only")


TITLES = [
    (f"黄昏的海獭。{ZH}", "黄昏的海獭", ZH),
    (f"黄昏的海獭\n{ZH}", "黄昏的海獭", ZH),
    (f"标题: 黄昏的海獭\n{ZH}", "黄昏的海獭", ZH),
    (f"标题：黄昏的海獭\n摘要：{ZH}", "黄昏的海獭", ZH),
    (f"中文标题:\n黄昏的海獭\n摘要:\n{ZH}", "黄昏的海獭", ZH),
    (f"黄昏的海獭\n{ZH}\n{ZH2}", "黄昏的海獭", f"{ZH}\n{ZH2}"),
    (f"海獭为什么不怕冷?\n{ZH}", "海獭为什么不怕冷?", ZH),
    (f"本文观察海獭。{ZH}", None, f"本文观察海獭。{ZH}"),
    (f"近年来海獭很多。{ZH}", None, f"近年来海獭很多。{ZH}"),
    (f"{'海獭' * 45}。{ZH}", None, f"{'海獭' * 45}。{ZH}"),
    (f"Title: 黄昏的海獭\n{ZH}", "黄昏的海獭", ZH),
    (f"论文标题: 黄昏的海獭\n{ZH}", "黄昏的海獭", ZH),
    (f"英文标题: Otters at Dusk\n中文标题: 黄昏的海獭\n{ZH}", "黄昏的海獭", ZH),
    (ZH, None, ZH),
    ("海獭每天傍晚都会回到同一个地方.", None, "海獭每天傍晚都会回到同一个地方."),
    (f"别再数石头了!\n{ZH}", None, f"别再数石头了!\n{ZH}"),
    (f"。{ZH}", None, f"。{ZH}"),
]


@pytest.mark.parametrize(("middle", "title", "abstract"), TITLES)
def test_titles_and_abstracts(middle: str, title: str | None, abstract: str) -> None:
    record = only(f"1、[CL] Otters at Dusk\nA Lin, B Meyer\n{middle}\n{EN}")
    assert (record.title_zh, record.abstract_zh, record.abstract_en) == (title, abstract, EN)
    assert record.kind == "abstract"


def test_a_title_may_stand_before_the_authors() -> None:
    record = only(f"1、[CL] Otters at Dusk\n黄昏的海獭\nA Lin, B Meyer…\n[River Lab]\n{ZH}\n{EN}\n{LINK}")
    assert (record.title_zh, record.authors, record.abstract_zh) == ("黄昏的海獭", ("A Lin", "B Meyer"), ZH)


AUTHORS = [
    ("A Lin, B Meyer…", ("A Lin", "B Meyer"), True),
    ("A Lin, B Meyer...", ("A Lin", "B Meyer"), True),
    ("A Lin, B Meyer 等", ("A Lin", "B Meyer"), True),
    ("A Lin & B Meyer", ("A Lin", "B Meyer"), False),
    ("Hanna Lind", ("Hanna Lind",), False),
    ("H v Hasselt, MK. Olsen", ("H v Hasselt", "MK. Olsen"), False),
    ("作者：王一，李二", ("王一", "李二"), False),
]


@pytest.mark.parametrize(("line", "authors", "truncated"), AUTHORS)
def test_authors(line: str, authors: tuple[str, ...], truncated: bool) -> None:
    record = only(f"1、[CL] Otters at Dusk\n{line}\n{ZH}\n{EN}")
    assert (record.authors, record.authors_truncated) == (authors, truncated)


@pytest.mark.parametrize(
    "line", ["[River Lab & Sea School]", "【River Lab & Sea School】", "[ River Lab & Sea School ]"]
)
def test_affiliation(line: str) -> None:
    assert only(f"1、[CL] Otters at Dusk\nA Lin, B Meyer\n{line}\n{ZH}\n{EN}").affiliation == "River Lab & Sea School"


@pytest.mark.parametrize(
    "line", ["A Lin, B Meyer [River Lab]", "A Lin, B Meyer… [River Lab]", "A Lin, B Meyer【River Lab】"]
)
def test_affiliation_behind_the_authors(line: str) -> None:
    record = only(f"1、[CL] Otters at Dusk\n{line}\n{ZH}\n{EN}")
    assert (record.authors, record.affiliation) == (("A Lin", "B Meyer"), "River Lab")
    assert (record.abstract_zh, record.abstract_en) == (ZH, EN)


def test_brackets_behind_a_sentence_are_no_affiliation() -> None:
    record = only(f"1、[CL] Otters at Dusk\nA Lin, B Meyer\n{ZH}\n{EN} [updated]")
    assert (record.affiliation, record.abstract_en) == (None, f"{EN} [updated]")


LINKS = [
    (LINK, LINK, None),
    (f"来源:{LINK}", LINK, "来源:"),
    (f"论文链接： {LINK}", LINK, "论文链接："),
    (f"Paper: {LINK}", LINK, "Paper:"),
    ("https://example . org/otter", "https://example . org/otter", None),
]


@pytest.mark.parametrize(("line", "url", "label"), LINKS)
@pytest.mark.parametrize("start", ["1、[CL] Otters at Dusk\n", ""])
def test_links(start: str, line: str, url: str, label: str | None) -> None:
    text = f"{start}{ZH}\n{EN}\n{line}"
    assert only(text).url == url
    assert [leftover.text for leftover in read(text).leftovers if leftover.span[0] > text.index(EN)] == (
        [label] if label else []
    )


@pytest.mark.parametrize("start", ["1、[CL] Otters at Dusk\n", ""])
def test_a_second_link_is_not_the_papers(start: str) -> None:
    text = f"{start}{ZH}\n{EN}\n{LINK}\nhttps://example.org/other"
    assert only(text).url == LINK
    assert left(text)["unparsed"] == ["https://example.org/other"]


def test_what_follows_the_link_is_not_the_papers() -> None:
    text = f"{ITEM}\n{ZH2}\n{EN2}"
    assert only(text).abstract_zh == ZH
    assert left(text)["unparsed"] == [ZH2, EN2]


POINTS = ["海獭会用石头敲开贝壳;", "每只海獭都有自己喜欢的石头;", "石头放在腋下。"]


@pytest.mark.parametrize(
    "bullets", ["1. |2. |3. ", "- |- |- ", "1、|2、|3、", "• |· |3。 ", "|||", "1.|  2. |\u30003、 "]
)
def test_key_points(bullets: str) -> None:
    lines = "\n\n".join(mark + point for mark, point in zip(bullets.split("|"), POINTS, strict=False))
    record = only(f"1、[CL] Otters at Dusk\n\nA Lin…\n\n黄昏的海獭\n\n要点:\n\n{lines}\n\n{EN}\n\n{LINK}")
    assert list(record.key_points_zh) == POINTS
    assert (record.title_zh, record.abstract_en, record.kind) == ("黄昏的海獭", EN, "summary")


def test_decimals_do_not_open_a_bullet() -> None:
    assert only("1、[CL] Otters at Dusk\n要点:\n3.5 倍的石头更重。").key_points_zh == ("3.5 倍的石头更重。",)


@pytest.mark.parametrize("joint", ["", " ", "\n", "\n\n\u3000\u3000"])
@pytest.mark.parametrize("colon", [":", "："])
def test_one_sentence_summary(joint: str, colon: str) -> None:
    text = f"1、[CL] Otters at Dusk\n要点{colon}\n- {POINTS[0]}\n一句话总结{colon}{joint}海獭很会用石头。\n{EN}\n{LINK}"
    record = only(text)
    assert (record.summary_zh, record.key_points_zh) == ("海獭很会用石头。", (POINTS[0],))
    assert left(text)["label"] == ["1、[CL]", f"要点{colon}", "-", f"一句话总结{colon}"]


def test_abstract_label_before_english() -> None:
    record = only(f"1、[CL] Otters at Dusk\n要点:\n{POINTS[0]}\nAbstract: {EN}\n{EN2}")
    assert (record.abstract_en, record.key_points_zh) == (f"{EN}\n{EN2}", (POINTS[0],))


def test_a_table_of_contents_is_a_list() -> None:
    contents = ["1、[CL] Otters at Dusk", "2、[CV] Stones at Dawn", "[LG] Shells at Noon"]
    titles = "摘要:黄昏的海獭、黎明的石头、正午的贝壳"
    text = "\n".join([*contents, titles, ITEM, f"2、[CV] Stones at Dawn\n{ZH2}\n{EN2}"])
    records = read(text).records
    assert [(r.number, r.title_en, r.abstract_en) for r in records] == [
        (1, "Otters at Dusk", EN),
        (2, "Stones at Dawn", EN2),
    ]
    assert left(text)["list"] == [*contents, titles]


def test_other_papers_below_are_titles() -> None:
    text = f"{ITEM}\n另外几篇值得关注的论文:\n[LG] Shells at Noon\n正午的贝壳\nC Okafor\n[Sea School]\nhttps://example.org/s"
    first, second = read(text).records
    assert (first.abstract_zh, second.kind, second.title_zh, second.authors) == (
        ZH,
        "title",
        "正午的贝壳",
        ("C Okafor",),
    )
    assert "另外几篇值得关注的论文:" in left(text)["label"]


NOISE = [
    "1,054次阅读",
    "没有评论",
    "转自河边读书会",
    "LG - 机器学习 CV - 计算机视觉",
    "图片由河流实验室提供。",
    "版权归河流实验室所有",
    "如有侵权请联系删除",
]


@pytest.mark.parametrize("line", NOISE)
@pytest.mark.parametrize("whole", [ITEM, f"{ZH}\n{EN}"])
def test_page_furniture_is_noise_wherever_it_stands(line: str, whole: str) -> None:
    text = f"{line}\n{whole}\n{line}"
    assert left(text)["noise"] == [line, line]
    assert only(text).abstract_zh == ZH


@pytest.mark.parametrize("title", ["面向图像版权保护的水印", "侵权商品检测", "版权与海獭"])
def test_papers_on_copyright_are_no_furniture(title: str) -> None:
    assert only(f"1、[CL] Otters at Dusk\n{title}\n{ZH}\n{EN}").title_zh == title


def items(*middles: str) -> str:
    return "\n".join(
        f"{k}、[CL] Otters at Dusk {k}\n{middle}\n第{k}年,{ZH}\n{EN} Year {k}." for k, middle in enumerate(middles, 1)
    )


def test_a_repeated_page_header_is_noise() -> None:
    text = items(*["黄昏的海獭\n河边读书会 第七期"] * 2, "黄昏的海獭之三\n河边读书会 第七期")
    assert left(text)["noise"] == ["河边读书会 第七期"] * 3
    assert [r.abstract_zh for r in read(text).records] == [f"第{k}年,{ZH}" for k in (1, 2, 3)]


@pytest.mark.parametrize("line", ["A Lin, B Meyer", "[River Lab]", "要点:"])
def test_what_papers_share_is_no_page_header(line: str) -> None:
    text = items(line, line, line)
    assert "noise" not in left(text)
    assert len(read(text).records) == 3


def test_missing_and_repeated_texts() -> None:
    assert only(f"1、[CL] Otters at Dusk\n{EN}").kind == "missing_zh"
    repeated = only(f"1、[CL] Otters at Dusk\n{EN}\n{EN}")
    assert (repeated.kind, repeated.abstract_en, repeated.abstract_zh) == ("untranslated", EN, None)
    assert left(f"1、[CL] Otters at Dusk\n{EN}\n{EN}")["list"] == [EN]
    assert only("1、[CL] Otters at Dusk\n黄昏的海獭").kind == "title"
    assert only(f"1、[CL] Otters at Dusk\n{ZH}").kind == "zh_only"


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.replace("\n", "\r\n"),
        lambda t: "\ufeff" + t,
        lambda t: t.replace("\n", "\n\n \u3000\n"),
        lambda t: "\n".join(f"\u3000\u3000{line}\u00a0" for line in t.split("\n")),
        lambda t: t + "\n",
    ],
    ids=["crlf", "mark", "blank lines", "indented", "final newline"],
)
def test_blanks_and_line_ends_do_not_matter(change: Any) -> None:
    def fields(record: Record) -> dict[str, Any]:
        return {name: getattr(record, name) for name in Record.__slots__ if name != "spans"}

    assert fields(only(change(ITEM))) == fields(only(ITEM))


LETTER = f"""河边的夏天开始了,我们为大家挑选了几篇关于海獭的论文。
1. 黄昏的海獭|河流实验室|2021
作者:安娜·贝格、伯特·科尔等人
{ZH}
{LINK}
来源: https://example.org/second
由、、郭小河、唐大山等人
{ZH2}
Hanna Lind, B Meyer et al.
❓为什么 → 海獭为什么不怕冷,至今没有人知道。
没有评论
参考文献
[1] 安娜·贝格、伯特·科尔,黄昏的海獭,2021年。"""


def test_a_newsletter() -> None:
    extraction = read(LETTER)
    opening, one, two, three, references = extraction.records
    assert [r.kind for r in extraction.records] == ["commentary", "zh_only", "zh_only", "zh_only", "commentary"]
    assert opening.commentary_zh == LETTER.split("\n")[0]
    assert (one.title_zh, one.authors, one.authors_truncated, one.url) == (
        "黄昏的海獭",
        ("安娜·贝格", "伯特·科尔"),
        True,
        LINK,
    )
    assert one.commentary_zh == f"{ZH}\n来源: https://example.org/second"
    assert (two.authors, two.commentary_zh, two.url) == (("郭小河", "唐大山"), ZH2, None)
    assert three.authors == ("Hanna Lind", "B Meyer")
    assert references.commentary_zh == "\n".join(LETTER.split("\n")[-2:])
    assert left(LETTER) == {"label": ["1.", "|河流实验室|2021"], "noise": ["没有评论"]}


PLAIN = [
    (f"{EN}\n{ZH}", {"abstract_en": EN, "abstract_zh": ZH}, "abstract"),
    (f"Otters at Dusk\n黄昏的海獭\n{EN}\n{ZH}", {"title_en": "Otters at Dusk", "title_zh": "黄昏的海獭"}, "abstract"),
    (f"{EN}\n{EN2}\n{ZH}\n{ZH2}", {"abstract_en": f"{EN}\n{EN2}", "abstract_zh": f"{ZH}\n{ZH2}"}, "abstract"),
    (f"{EN}\n{ZH}\n{EN2}\n{ZH2}", {"abstract_en": f"{EN}\n{EN2}", "abstract_zh": f"{ZH}\n{ZH2}"}, "abstract"),
    (
        f"# Otters at Dusk\n{EN}\n## 黄昏的海獭\n{ZH}",
        {"title_en": "Otters at Dusk", "title_zh": "黄昏的海獭"},
        "abstract",
    ),
    (f"Otters at Dusk\nA Lin, B Meyer\n{EN}\n{ZH}\n{LINK}", {"authors": ("A Lin", "B Meyer"), "url": LINK}, "abstract"),
    (f"Abstract: {EN}\n摘要：{ZH}", {"abstract_en": EN, "abstract_zh": ZH}, "abstract"),
    (ZH, {"abstract_zh": ZH, "abstract_en": None}, "zh_only"),
    (EN, {"abstract_en": EN, "abstract_zh": None}, "missing_zh"),
]


@pytest.mark.parametrize(("text", "fields", "kind"), PLAIN)
def test_plain_pages(text: str, fields: dict[str, Any], kind: str) -> None:
    record = only(text)
    assert {name: getattr(record, name) for name in fields} == fields
    assert (record.kind, record.number, record.tag) == (kind, None, None)
    assert "unparsed" not in left(text)


@pytest.mark.parametrize(
    "text", ["★★★", "12:30", "没有评论", "短", "\u200b", "图片由住在大河东岸的那一家海獭实验室提供。"]
)
def test_a_page_with_no_record(text: str) -> None:
    with pytest.raises(InputError, match=r"^page\.txt, two\.txt: no record found; wanted papers or paragraphs"):
        extract([page(text), page(text, "two.txt")])


def test_a_page_with_no_record_beside_one_with() -> None:
    extraction = extract([page("★★★"), page(ITEM, "two.txt")])
    assert [r.document for r in extraction.records] == ["two.txt"]
    first = extraction.leftovers[0]
    assert (first.document, first.kind, first.text) == (
        "page.txt",
        "unparsed",
        "★★★",
    )
    assert extract([]) == Extraction((), ())


def test_ids_are_short_and_unique() -> None:
    sources = ["a/page.txt", "b/page.txt", "c/page.md", "otter.txt", "-", "stdin.txt"]
    documents = [page(ITEM, source) for source in sources] + [page(ITEM + "\n", "d/page.txt")]
    ids = [record.id for record in extract(documents).records]
    assert len(set(ids)) == len(ids) == 7
    assert ids[3] == "otter#1" and all(id.endswith("#1") for id in ids)
    assert [record.id for record in extract(documents).records] == ids


# The joints of author lists: between the first author's line's begin and its end these may be in no span.
def check_accounted(document: Document, extraction: Extraction) -> None:
    text = document.text
    covered = [0] * len(text)
    author_lines: set[int] = set()
    for record in extraction.records:
        assert record.spans, "a record with nothing in it"
        for name, spans in record.spans.items():
            pieces = tuple(text[a:b] for a, b in spans)
            assert all(a < b for a, b in spans) and list(spans) == sorted(spans)
            value = getattr(record, name)
            if isinstance(value, tuple):  # a name broken over two lines is whole
                assert value == tuple(" ".join(piece.split("\n")) for piece in pieces)
            else:
                assert value == "\n".join(pieces)
            if name == "authors":
                author_lines |= {document.position(a)[0] for a, _ in spans}
            for a, b in spans:
                covered[a:b] = [n + 1 for n in covered[a:b]]
        filled = {name for name in Record.__slots__ if name in SPANNED and getattr(record, name)}
        assert filled == set(record.spans)
    for leftover in extraction.leftovers:
        a, b = leftover.span
        assert text[a:b] == leftover.text and a < b
        covered[a:b] = [n + 1 for n in covered[a:b]]
    for k, n in enumerate(covered):
        assert n <= 1, f"{text[k]!r} at {k} is in {n} spans"
        if n == 0 and not is_blank(text[k]):
            assert document.position(k)[0] in author_lines, f"{text[k]!r} at {k} is nowhere"
    ids = [record.id for record in extraction.records]
    assert len(set(ids)) == len(ids)


SPANNED = {
    "text_en",
    "text_zh",
    "title_en", "title_zh", "authors", "affiliation", "url", "abstract_en", "abstract_zh", "key_points_zh",
    "summary_zh", "commentary_zh",
}  # fmt: skip


@given(st.one_of(pages, odd_text))
def test_every_character_is_accounted_for(text: str) -> None:
    document = Document("p", "0" * 64, "utf-8", text)
    try:
        extraction = extract([document])
    except InputError as error:
        assert error.found == "no record found"
    else:
        check_accounted(document, extraction)


@given(st.lists(odd_text, min_size=1, max_size=4), st.lists(st.sampled_from(["a.txt", "b/a.txt", "-"]), min_size=4))
def test_several_documents(texts: list[str], sources: list[str]) -> None:
    documents = [Document(source, f"{len(t):064}", "utf-8", t) for t, source in zip(texts, sources, strict=False)]
    try:
        extraction = extract(documents)
    except InputError:
        return
    ids = [record.id for record in extraction.records]
    assert len(set(ids)) == len(ids)
    assert {r.document for r in extraction.records} <= {d.source for d in documents}


@pytest.mark.parametrize("text", [ITEM, LETTER, f"{EN}\n{ZH}"])
def test_the_small_pages_are_accounted_for(text: str) -> None:
    document = page(text)
    check_accounted(document, extract([document]))
