import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.metrics.formulas import check_formulas


@pytest.mark.parametrize(
    ("en", "zh", "found", "expected"),
    [
        (r"by $\alpha$ otters", r"由$ \ alpha $只水獭", r"\ alpha", r"\alpha"),
        (r"an \emph{old} bridge", r"一座\ EMPH {古}桥", r"\ EMPH", r"\emph"),
        (r"an \emph{old} bridge", r"一座\EMPH{古}桥", r"\EMPH", r"\emph"),
        (r"it is $3\times$ wider", r"宽了$3\倍$", r"\倍", ""),
        (r"$5\pm2$ cups of tea", r"$5 \ 下午 2$杯茶", r"\ 下午", ""),
        (r"at $\ell_2$ distance", r"在$ \ $ ell_2距离", r"$ \ $", ""),
        ("its $k$ neighbours", "它的$ $邻居", "$ $", ""),
        ("its $k$ neighbours", "它的$ķ$个邻居", "ķ", "k"),
        (r"the $\beta$ river", r"＼beta河", r"＼beta", r"\beta"),
        (r"some $x$ tea", r"一些＄x＄茶", "＄x", "$x"),
        (r"a \sim32 b", r"约\ sim32米", r"\ sim", r"\sim"),
        (r"$384\times384$ otters", r"$384 \ times384$只水獭", r"\ times", r"\times"),
    ],
)
def test_torn(en: str, zh: str, found: str, expected: str) -> None:
    drafts = list(check_formulas(en, zh))
    assert [(d.rule, d.severity, d.found, d.expected) for d in drafts] == [("F004", "error", found, expected)]
    assert drafts[0].span_zh is not None
    assert zh[slice(*drafts[0].span_zh)] == found


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        (r"by $\alpha$ otters", r"由$\alpha$只水獭"),
        (r"by $\alpha$ otters", "由α只水獭"),
        (r"by $\alpha$ otters", "由alpha只水獭"),
        (r"$10\%$ of the tea", "10%的茶"),
        (r"about $\sim$3 otters", "约3只水獭"),
        (r"an \emph{old} bridge", "一座古桥"),
        (r"see \cite{otter}, $\ref{a}$", "见文献"),
        ("$i.e.$ the tea", "即茶"),
        ("it costs $5 and then $10.", "先要5美元，再要10美元。"),
        ("(about US$230) or (about US$875)", "（约230美元）或（约875美元）"),
        ("$a$ $b$ tea", "$a$ $b$茶"),
        (r"in $\mathbb{R}^n$", "在ℝⁿ中"),
        (r"Otter et al.\ write \emph{so}", r"奥特等人\ 写道"),
        (r"a \\ b \emph{c}", "甲\\\\ 乙"),
        ("no formula", r"C:\ 文件"),
        ("no formula", "一共$5"),
        (r"$x$ costs $5", "x要$5"),
        ("", "水獭在河边喝茶"),
        ("", ""),
        (r"$x$", ""),
    ],
)
def test_fine(en: str, zh: str) -> None:
    assert list(check_formulas(en, zh)) == []


def test_without_english_only_what_is_surely_latex() -> None:
    drafts = list(check_formulas("", r"参数$ \ alpha $和D:\ otter，\ 茶"))
    assert [(d.severity, d.found) for d in drafts] == [("warning", r"\ alpha")]


@pytest.mark.parametrize(
    ("en", "zh", "found", "expected"),
    [
        ("the $xy$ bridge and $z$", "桥和$z$", "", "$xy$"),
        (r"by $\gamma$ otters", "由水獭", "", r"$\gamma$"),
        (r"by \(q\) otters", "由水獭", "", r"\(q\)"),
        ("the $xy$ bridge", "$xy桥", "$", "$…$"),
    ],
)
def test_lost_and_open(en: str, zh: str, found: str, expected: str) -> None:
    drafts = list(check_formulas(en, zh))
    assert [(d.severity, d.found, d.expected) for d in drafts] == [("warning", found, expected)]


def test_a_formula_torn_at_several_places_is_one_finding() -> None:
    zh = r"$ \ alpha \ times \ beta $只水獭"
    assert [d.found for d in check_formulas(r"$\alpha\times\beta$", zh)] == [r"\ alpha"]


TEXT = st.lists(
    st.sampled_from(
        [r"\ ", "\\", "$", "alpha", r"\alpha", r"\emph{", "}", "水獭", "茶", " ", "5", "k", "ķ", "＄", "＼", "\n", "."]
    ),
    max_size=25,
).map("".join)


@given(TEXT | st.text(max_size=40), TEXT | st.text(max_size=40))
def test_spans_lie_in_their_texts(en: str, zh: str) -> None:
    for draft in check_formulas(en, zh):
        span, text = (draft.span_en, en) if draft.span_zh is None else (draft.span_zh, zh)
        assert span is not None
        assert 0 <= span[0] < span[1] <= len(text)
        assert draft.message.endswith((".", "”.", "round."))


@given(TEXT)
def test_a_copy_is_fine(text: str) -> None:
    assert text.isspace() or list(check_formulas(text, text)) == []
