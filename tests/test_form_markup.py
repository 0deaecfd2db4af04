import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.metrics.markup import check_markup


@pytest.mark.parametrize(
    ("en", "zh", "severity", "found", "expected"),
    [
        ("Hello, {0}!", "你好！", "error", "", "{0}"),
        ("Hello, {name}!", "你好，{姓名}！", "warning", "{姓名}", "{name}"),
        ("Hello, {otter_name}!", "你好，｛otter_name｝！", "error", "｛otter_name｝", "{otter_name}"),
        ("{{otter}} swims", "{{水獭}}在游泳", "error", "{{水獭}}", "{{otter}}"),
        ("%s otters", "% s只水獭", "error", "% s", "%s"),
        ("%(count)d otters", "％（count）d只水獭", "error", "％（count）d", "%(count)d"),
        ("%1$s and %2$s", "%1$s和", "error", "", "%2$s"),
        ("${river}/tea", "${河}/茶", "error", "${河}", "${river}"),
        ("explains {why} \\emph{otters} swim", "解释水獭{为何}游泳", "note", "{为何}", "{why}"),
        ('<a href="tea">tea</a>', '<a href="tea">茶', "warning", "", "</a>"),
        ("old <em>bridge</em>", "旧<强调>桥</em>", "error", "<强调>", "<em>"),
        ("old <em>bridge</em>", "旧< em >桥</em>", "error", "< em >", "<em>"),
        ("old <em>bridge</em>", "旧<em>桥＜／em＞", "error", "＜／em＞", "</em>"),
        ("run `git log` now", "现在运行git日志", "warning", "", "`git log`"),
        ("see [tea](tea/a.md)", "见[茶] (tea/a.md)", "warning", "[茶] (tea/a.md)", "[…](…)"),
        ("see [tea](https://a.org)", "见［茶］（https://a.org）", "warning", "［茶］（https://a.org）", "[…](…)"),
        ("![otter](otter.png)", "水獭图", "warning", "", "otter.png"),
        ("an **old** bridge", "一座** 古 **桥", "warning", "** 古 **", "**…**"),
        ("an **old** bridge", "一座**古桥", "warning", "**", "**…**"),
        ("an **old** bridge", "一座古桥", "note", "", "**old**"),
    ],
)
def test_found(en: str, zh: str, severity: str, found: str, expected: str) -> None:
    drafts = list(check_markup(en, zh))
    assert [(d.rule, d.severity, d.found, d.expected) for d in drafts] == [("F004", severity, found, expected)]
    span, text = (drafts[0].span_zh, zh) if found else (drafts[0].span_en, en)
    assert span is not None
    assert found in ("", text[slice(*span)])


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("Hello, {0} and {1}", "{1}和{0}，你好"),
        ("{{ otter }}", "{{otter}}"),
        ("%d otters", "第%d只水獭"),
        ("N{0} tea", "N{0}茶"),
        ("50% save on tea, 30 %d", "茶省50%，30 %d"),
        ("a set {0, 1} and {state, action}", "集合｛0，1｝和{状态、动作}"),
        (r"\emph{otter} $x_{i}$ ^{n}", "水獭"),
        ("x<y and y>z", "x小于y"),
        ("the <unk> token", "未知词元"),
        ("old <em>bridge</em>", "旧<em>桥</em>"),
        ("it's `so' and `right for the right reasons' of tea", "所谓正确"),
        ("run `git log`", "运行 git log"),
        ("[1] and [tea]", "［1］和［茶］（好）"),
        ("an **old** bridge", "一座**古**桥"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("Hello, {0}!", ""),
        ("", "{0}"),
    ],
)
def test_fine(en: str, zh: str) -> None:
    assert list(check_markup(en, zh)) == []


def test_each_placeholder_is_paired_with_one_left_over() -> None:
    drafts = list(check_markup("{a_b} {c_d} {e_f}", "{甲} {c_d} {乙}"))
    assert [(d.expected, d.found) for d in drafts] == [("{a_b}", "{甲}"), ("{e_f}", "{乙}")]


TEXT = st.lists(
    st.sampled_from(
        [
            "{",
            "}",
            "{0}",
            "{tea}",
            "%s",
            "%",
            "<b>",
            "</b>",
            "<",
            ">",
            "`",
            "[茶](a/b)",
            "**",
            "*",
            "獭",
            " ",
            "$",
            "＜",
        ]
    ),
    max_size=20,
).map("".join)


@given(TEXT | st.text(max_size=40), TEXT | st.text(max_size=40))
def test_spans_lie_in_their_texts(en: str, zh: str) -> None:
    for draft in check_markup(en, zh):
        span, text = (draft.span_en, en) if draft.span_zh is None else (draft.span_zh, zh)
        assert span is not None
        assert 0 <= span[0] < span[1] <= len(text)


@given(st.lists(st.sampled_from(["{0}", "{tea}", "%s", "<b>", "</b>", "`a b`", "[茶](a/b)", "獭", " "])).map("".join))
def test_a_copy_is_fine(text: str) -> None:
    assert list(check_markup(text, text)) == []
