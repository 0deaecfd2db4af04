"""The charts: exact geometry, words for all they show, and no text of a document that forges a tag."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup
from opened_pages import Parts
from test_reports_page import PAYLOADS

from duizhao.corpora import Document, Pair
from duizhao.metrics import Finding, Score, Severity
from duizhao.metrics.messages import Language
from duizhao.reports.figures import (
    adequacy_figure,
    bead_figure,
    document_figure,
    interval_figure,
    likeness_figure,
    probability_figure,
    ratio_figure,
    rule_figure,
)
from duizhao.reports.figures_drawing import WIDTH, breadth, fitted
from duizhao.reports.figures_words import _WORDS

LANGUAGES: list[Language] = ["en", "zh"]


def finding(rule: str = "T002", severity: Severity = "error", document: str = "otters.md") -> Finding:
    return Finding(rule, severity, 0.9, document, "r", "p", "", "", None, None, "", "", "", 1, 1, "")


def document(source: str) -> Document:
    return Document(source, "", "utf-8", "")


def pair(en: str = "tea", zh: str = "茶", kind: str = "1-1", score: float = 0.5, probability: float = 1.0) -> Pair:
    sides = tuple((side,) if side else () for side in (en, zh))
    return Pair("i", "r", "d", "text", sides[0], sides[1], (), (), kind, score, probability)


def score(metric: str, value: float, interval: tuple[float, float] | None = None, name: str = "otters") -> Score:
    return Score(metric, value, "sig", interval, 100, "quality", name, "rivers")


def all_figures(word: str, lang: Language) -> list[Markup]:
    """Every figure with `word` wherever a text may come from a document, a file name or a termbase."""
    found = [finding(word, "error", word), finding("T002", "note", f"{word}/{word}")]
    pairs = [pair(word, f"獭{word}", word, 0.4, 0.3), pair("otters drink tea", "水獭喝茶", "1-1", 0.9, 0.95)]
    scores = [Score(word, 30.0, word, (29.0, 31.0), 9, word, word, word, word), score("TER", 120.0)]
    return [
        interval_figure(scores, lang),
        rule_figure(found, lang),
        document_figure(found, [document(word), document("teapot.md")], lang),
        ratio_figure(pairs, lang),
        likeness_figure(pairs, lang),
        probability_figure(pairs, lang),
        bead_figure(pairs, lang),
        adequacy_figure([0.2, 0.9, 1.0, None], lang),
    ]


def paths(figure: Markup) -> dict[str, str]:
    return dict(re.findall(r'<path class="(\w+)" d="([^"]+)"/>', figure))


def title_of(figure: Markup) -> str:
    return Markup(re.findall("<title[^>]*>(.*?)</title>", figure, re.DOTALL)[0]).unescape()


def caption_of(figure: Markup) -> str:
    return Markup(re.findall("<figcaption>(.*?)</figcaption>", figure, re.DOTALL)[0]).striptags()


def rows_of(figure: Markup) -> list[tuple[str, str]]:
    return re.findall('<th scope="row">(.*?)</th><td>(.*?)</td>', figure)


# --- Rows -----------------------------------------------------------------------------------------------------------


def test_rules() -> None:
    found = [finding()] * 2 + [finding(severity="note")] + [finding("Q001", "warning")]
    figure = rule_figure(found, "en")
    # 334 units for three findings; a unit is left free after each part.
    assert paths(figure) == {
        "error": "M0 18.5h221.7v8.5h-221.7z",
        "warning": "M0 51.5h110.3v8.5h-110.3z",
        "note": "M222.7 18.5h110.3v8.5h-110.3z",
    }
    assert 'viewBox="0 0 340 66"' in figure
    assert title_of(figure) == ("Findings by rule: T002 term-forbidden 2 errors, 1 note; Q001 number-missing 1 warning")
    assert '<tspan class="error">◆ 2</tspan> <tspan class="note">● 1</tspan>' in figure
    assert caption_of(figure).startswith("Each bar is split by severity: errors, warnings, notes. A long bar")


def test_rules_in_chinese() -> None:
    figure = rule_figure([finding()] * 1200, "zh")
    assert title_of(figure) == "各规则的问题数：T002 术语禁用译法 错误 1,200"
    assert caption_of(figure).startswith("横条按严重程度分段：错误。")


def test_more_rules_than_fifteen_are_one_row() -> None:
    found = [finding(f"X{number:03}", "warning") for number in range(18) for _ in range(20 - number)]
    figure = rule_figure(found, "en")
    assert title_of(figure).endswith("; X014 6 warnings; 3 other rules 12 warnings")
    assert figure.count('class="end"') == 16


def test_a_single_finding_shows_beside_thousands() -> None:
    figure = rule_figure([finding()] * 5000 + [finding("Q001", "note")], "en")
    assert paths(figure)["note"] == "M0 51.5h2v8.5h-2z"


def test_documents_worst_first() -> None:
    found = [finding(document="a/tea.md", severity="warning")] * 9 + [finding(document="a/otters.md")]
    figure = document_figure(found, [document(name) for name in ("a/tea.md", "a/otters.md", "b.md", "c.md")], "en")
    assert title_of(figure) == (
        "Findings by document: otters.md 1 error; tea.md 9 warnings; 2 documents have no finding."
    )
    assert caption_of(figure).endswith("2 documents have no finding.")


def test_documents_of_one_name_keep_their_folders() -> None:
    found = [finding(document="a/tea.md"), finding(document="b/tea.md")]
    assert title_of(document_figure(found, [], "zh")) == "各文档的问题数：a/tea.md 错误 1；b/tea.md 错误 1"


def test_more_documents_than_fifteen_are_counted() -> None:
    found = [finding(document=f"{number:02}.md") for number in range(17) for _ in range(20 - number)]
    figure = document_figure(found, [], "en")
    assert title_of(figure).endswith("14.md 6 errors; 2 other documents with 9 findings are not drawn.")
    assert "15.md" not in figure
    one = document_figure(found[:-4], [], "en")
    assert title_of(one).endswith("1 other document (findings: 5) is not drawn.")


def test_beads() -> None:
    figure = bead_figure([pair()] * 3 + [pair(zh="", kind="1-0")], "en")
    assert paths(figure) == {"plain": "M0 18.5h340v8.5h-340zM0 51.5h113.3v8.5h-113.3z"}
    assert title_of(figure) == "How sentences were paired: 1-1 3 (75.0 %); 1-0 1 (25.0 %)"
    assert "Without a counterpart: 1 pair." in caption_of(figure)
    assert "Without" not in bead_figure([pair()], "en")
    assert "1-0 1 (under 0.1 %)" in title_of(bead_figure([pair()] * 2400 + [pair(zh="", kind="1-0")], "en"))
    assert "1-1 2,400（100.0%）" in title_of(bead_figure([pair()] * 2400, "zh"))


# --- Scores ---------------------------------------------------------------------------------------------------------


def test_intervals() -> None:
    figure = interval_figure([score("BLEU", 50.0, (40.0, 60.0)), score("TER", 110.0), score("BLEU", 25.0)], "en")
    # The axis runs from 14 to 326: 3.12 units for a point.
    assert paths(figure)["good"] == "M138.8 41h62.4v10h-62.4z"
    assert re.findall(r'<circle class="(\w+)" cx="([\d.]+)" cy="([\d.]+)"', figure) == [
        ("dot", "170", "46"), ("hollow", "92", "82"), ("hollow", "326", "140")
    ]  # fmt: skip
    assert title_of(figure) == (
        "Scores with 95 % intervals: BLEU otters / rivers 50.0 (40.0 to 60.0); BLEU otters / rivers 25.0; "
        "TER otters / rivers 110.0, lower is better"
    )
    assert [said in caption_of(figure) for said in ("All against rivers.", "hollow dot", "drawn at the edge")] == [
        True
    ] * 3


def test_intervals_of_sound_scores_say_no_more_than_needed() -> None:
    scores = [score("chrF", 50.0, (40.0, 60.0)), Score("chrF", 1.0, "", (0.5, 1.5), 9, "agreement", "tea", "bridge")]
    figure = interval_figure(scores, "zh")
    assert "tea 对照 bridge" in figure
    assert caption_of(figure) == (
        "圆点是评分（0 至 100），横条是 95% 置信区间：换一批同类句子，评分也可能落在其中任何一处。"
        "评分只说明两份译文有多接近，不说明哪一份正确。"
    )  # fmt: skip


def test_scores_that_are_no_numbers_and_scores_too_many() -> None:
    figure = interval_figure([score("BLEU", float("nan"), (float("inf"), 1.0))] * 17, "en")
    assert "<circle" not in figure
    assert "BLEU otters / rivers nan (inf to 1.0)" in title_of(figure)
    assert "2 more scores are not drawn." in caption_of(figure)


# --- Histograms -----------------------------------------------------------------------------------------------------


def test_lengths() -> None:
    four = "otters drink hot tea"
    pairs = [pair(four, "獭" * count) for count in (7, 7, 7, 2, 16, 40)] + [pair(four, ""), pair("", "獭")]
    figure = ratio_figure(pairs, "en")
    assert rows_of(figure) == [
        ("0.50 to 0.57", "1"),
        ("1.74 to 2.00", "3"),
        ("4.00 to 4.59", "1"),
        ("6.96 or more", "1"),
    ]
    assert title_of(figure) == (
        "How long the Chinese is: 0.50 to 0.57: 1; 1.74 to 2.00: 3; 4.00 to 4.59: 1; 6.96 or more: 1"
    )
    assert "in 6 pairs. The median is 1.75; the shaded middle holds 95 % of the pairs, 0.50 to 10.00." in figure
    assert "Less than half the median: 1 pair; more than twice: 2 pairs." in figure
    # The axis runs from 13.6 to 328: 12.6 units for each of 25 bins.
    assert paths(figure)["plain"] == (
        "M77 88.7h11.6v33.3h-11.6zM190.2 22h11.6v100h-11.6zM265.6 88.7h11.6v33.3h-11.6zM315.9 88.7h11.6v33.3h-11.6z"
    )


def test_likeness_leaves_out_lone_sides() -> None:
    pairs = [pair(score=value) for value in (0.15, 0.199, 1.0, 1.7, -3.0)] + [pair(zh="")]
    figure = likeness_figure(pairs, "en")
    assert rows_of(figure) == [("0.00 to 0.05", "1"), ("0.15 to 0.20", "2"), ("0.95 to 1.00", "2")]
    assert "two sides of 5 pairs are" in figure


def test_confidence_counts_what_the_layout_gave() -> None:
    pairs = [pair(probability=0.97)] * 999 + [pair(probability=0.2)] * 9 + [pair()] * 1234
    figure = probability_figure(pairs, "en")
    assert rows_of(figure) == [("0.20 to 0.25", "9"), ("0.95 to 1.00", "999")]
    # Logarithmic: 9 is a third as high as 999.
    assert re.findall(r"M[\d.]+ ([\d.]+)h", paths(figure)["plain"]) == ["88.7", "22"]
    assert "Below 0.5: 9 pairs." in figure
    assert "Not drawn are 1,234 pairs of probability 1:" in figure
    assert "Not drawn" not in probability_figure(pairs[:1008], "en")


def test_completeness_counts_what_was_not_estimated() -> None:
    figure = adequacy_figure([0.1, 0.5, 0.9, 0.91, None], "en")
    assert rows_of(figure) == [("0.10 to 0.15", "1"), ("0.50 to 0.55", "1"), ("0.90 to 0.95", "2")]
    assert "stands out (1 pair)" in figure
    assert "It does not see wrong terms" in figure
    assert "Not estimated: 1 pair," in figure


def test_values_that_are_no_numbers_are_the_lowest() -> None:
    assert rows_of(likeness_figure([pair(score=float("nan"))], "en")) == [("0.00 to 0.05", "1")]


# --- All ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_to_draw(lang: Language) -> None:
    lone = [pair(zh="")]
    assert [
        interval_figure([], lang), rule_figure([], lang), document_figure([], [], lang), bead_figure([], lang),
        document_figure([finding()], [document("otters.md")], lang), ratio_figure(lone, lang),
        document_figure([], [document("a"), document("b")], lang), likeness_figure(lone, lang),
        probability_figure([pair()], lang), adequacy_figure([None], lang), adequacy_figure([], lang),
    ] == [Markup("")] * 11  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_ids_are_unique_and_named(lang: Language) -> None:
    page = Markup("").join(all_figures("tea", lang))
    ids = re.findall(' id="([^"]+)"', page)
    names = ["scores", "rules", "documents", "ratio", "likeness", "probability", "beads", "adequacy"]
    assert ids == [f"fig-{name}{end}" for name in names for end in ("", "-t")]
    assert re.findall('aria-labelledby="([^"]+)"', page) == ids[1::2]
    assert page.count('role="img"') == page.count("<figcaption>") == page.count("<h3>") == 8


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("payload", [*PAYLOADS, "שלום", "字" * 3000, "e" + "\u0301" * 3000])
def test_no_payload_forges_anything(payload: str, lang: Language) -> None:
    for plain, hostile in zip(all_figures("tea", lang), all_figures(payload, lang), strict=True):
        if plain and hostile:
            root = etree.fromstring(hostile.encode("utf-8"))
            assert {each.tag for each in root.iter()} <= {each.tag for each in etree.fromstring(plain.encode()).iter()}
            names = {(each.tag, name) for each in root.iter() for name in each.attrib}
            assert not {name for _, name in names} - {
                "aria-labelledby", "class", "cx", "cy", "d", "id", "r", "role", "scope", "viewBox", "x", "y"
            }  # fmt: skip
            assert len(hostile.encode("utf-8")) < 6000
            # As a browser reads it: the same tags, in the same order, apart from numbers of rows.
            assert {tag for tag, _ in Parts(hostile).tags} <= {tag for tag, _ in Parts(plain).tags}
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff]", hostile)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_chart_is_heavy(lang: Language) -> None:
    found = [finding(f"T{n:03}", level, f"水獭与河流通讯-{n:02}.md") for n in range(30) for level in ("error", "note")]
    wide = [pair("tea " * (n % 9 + 1), "獭" * (n % 40), "1-1", n / 400, n / 400) for n in range(400)]
    drawn = [
        rule_figure(found * 2000, lang),
        document_figure(found * 2000, [], lang),
        ratio_figure(wide, lang),
        likeness_figure(wide, lang),
        probability_figure(wide, lang),
        adequacy_figure([n / 400 for n in range(400)], lang),
        interval_figure([score("BLEU", 30.0, (29.0, 31.0), f"otters-{n}") for n in range(15)], lang),
    ]
    assert [len(figure.encode("utf-8")) <= 6000 for figure in drawn] == [True] * 7


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_order_of_findings_does_not_matter(lang: Language) -> None:
    found = [finding(rule, level, name) for rule in ("Q001", "T002") for level in ("error", "note") for name in "abc"]
    drawings: list[Callable[[list[Finding]], Markup]] = [
        lambda findings: rule_figure(findings, lang),
        lambda findings: document_figure(findings, [], lang),
    ]
    for draw in drawings:
        assert draw(found) == draw(found[::-1]) == draw(found)


def test_words_have_the_same_fields_in_both_languages() -> None:
    for key, (en, zh) in _WORDS.items():
        assert sorted(re.findall(r"\{\w+\}", en)) == sorted(re.findall(r"\{\w+\}", zh)), key
        if re.search("[a-z]{2}", re.sub(r"\{\w+\}", "", en)):
            assert re.search("[一-鿿]", zh), key


FITTED = [
    ("tea.md", 100, "tea.md"),
    ("  tea\n and\tmilk ", 200, "tea and milk"),
    ("a\u200bb", 200, "a⟨U+200B⟩b"),
    ("水獭河流桥梁茶壶", 60, "水…茶壶"),
    ("", 60, ""),
]


@pytest.mark.parametrize(("name", "room", "shown"), FITTED)
def test_fitted(name: str, room: float, shown: str) -> None:
    assert fitted(name, room) == shown


@given(st.text(max_size=300), st.floats(20, WIDTH))
def test_fitted_names_are_never_broader_than_the_room(name: str, room: float) -> None:
    assert breadth(fitted(name, room)) <= room


@given(st.text(max_size=40), st.sampled_from(LANGUAGES))
def test_any_text_gives_sound_xml(word: str, lang: Language) -> None:
    for figure in all_figures(word, lang):
        if figure:
            etree.fromstring(figure.encode("utf-8"))


@given(st.lists(st.floats(), max_size=40), st.sampled_from(LANGUAGES))
def test_any_numbers_give_sound_xml_and_all_are_counted(values: list[float], lang: Language) -> None:
    pairs = [pair(score=value, probability=value) for value in values]
    drawn = [likeness_figure(pairs, lang), probability_figure(pairs, lang), adequacy_figure(values, lang)]
    for figure in [*drawn, interval_figure([score("BLEU", value, (value, value)) for value in values], lang)]:
        if figure:
            etree.fromstring(figure.encode("utf-8"))
    counts = [sum(int(count) for _, count in rows_of(figure)) for figure in drawn]
    assert counts == [len(values), sum(value != 1 for value in values), len(values)]
