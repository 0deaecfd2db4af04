"""Shapes that a stranger's trial found wanting: Chinese titles first, machine translation labels, rows of buttons."""

# ruff: noqa: E501
import pytest

from duizhao.corpora import Record, document_from_bytes, extract

EN = "We watch otters sleep by the river for a whole year. Each of them keeps one stone under its left arm."
ZH = "我们用一整年的时间观察海獭在河边睡觉。每一只海獭都把一块石头夹在左臂下面。"
URL = "https://arxiv.org/abs/2403.01234"


def records(text: str, name: str) -> list[Record]:
    return list(extract([document_from_bytes(text.encode(), name)]).records)


PAGES = [
    ("a.md", f"## 睡觉的海獭\n\n*Otters that Sleep*\n\nAnna Berg, Bert Kohl\n\n{URL}\n\n{ZH}\n\n{EN}\n"),
    ("a.html", f"<body><h2><a href='{URL}'>睡觉的海獭</a></h2><p>Otters that Sleep</p><p>作者：Anna Berg, Bert Kohl | "
               f"发布时间：2024-03-01</p><p>摘要：{ZH}</p><p>Abstract: {EN}</p></body>"),
    ("b.html", f"<body><h3>Otters that Sleep</h3><h4>睡觉的海獭</h4><div>Anna Berg · Bert Kohl</div><div><a href='{URL}'>"
               f"arXiv</a> | <a href='{URL.replace('abs', 'pdf')}'>PDF</a> | <a href='#'>收藏</a></div><p>{EN}</p><p>{ZH}</p></body>"),
    ("c.html", f"<body><h3><a href='{URL}'>Otters that Sleep</a></h3><p>译名：睡觉的海獭</p><p>作者：Anna Berg, Bert Kohl</p>"
               f"<p>原文：{EN}</p><p>机翻：{ZH}</p></body>"),
    ("d.md", f"### 睡觉的海獭\n\n- **Paper**: Otters that Sleep\n- **作者**: Anna Berg, Bert Kohl\n- **链接**: {URL}\n\n"
             f"**Abstract**: {EN}\n\n**摘要**: {ZH}\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "page"), PAGES, ids=[name for name, _ in PAGES])
def test_one_paper_however_it_is_set(name: str, page: str) -> None:
    (record,) = records(page, name)
    assert (record.kind, record.title_en, record.title_zh) == ("abstract", "Otters that Sleep", "睡觉的海獭")
    assert (record.authors, record.url) == (("Anna Berg", "Bert Kohl"), URL)
    assert (record.abstract_en, record.abstract_zh) == (EN, ZH)


def test_numbered_chinese_titles_part_the_papers_of_a_plain_page() -> None:
    items = [f"{k}. 第{k}条河边的海獭\nOtters of River {name}\nAnna Berg, Bert Kohl\n第{k}年，{ZH}\n{EN}\n" for k, name in
             enumerate(("One", "Two", "Three"), 1)]  # fmt: skip
    found = records("\n".join(items), "page.txt")
    assert [(r.number, r.title_zh, r.title_en, r.abstract_zh) for r in found] == [
        (1, "第1条河边的海獭", "Otters of River One", f"第1年，{ZH}"),
        (2, "第2条河边的海獭", "Otters of River Two", f"第2年，{ZH}"),
        (3, "第3条河边的海獭", "Otters of River Three", f"第3年，{ZH}"),
    ]


def test_the_foot_of_an_arxiv_page_is_no_abstract() -> None:
    text = f"Otters that Sleep\n睡觉的海獭\nAnna Berg, Bert Kohl\n{EN}\n{ZH}\nSubjects: Otters (cs.OT)\nCite as: arXiv:2403.01234 [cs.OT]\n"
    (record,) = records(text, "page.txt")
    assert (record.abstract_en, record.abstract_zh) == (EN, ZH)
