"""What a notebook shows: the worst findings, small and harmless whatever the texts; tables that keep their shape."""

import re
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opened_pages import Parts
from test_reports_page import PAYLOADS, build

from duizhao.corpora import ConfigError, Pair, Record
from duizhao.metrics import Finding, Rendering, Score
from duizhao.metrics.messages import Language
from duizhao.reports import Result
from duizhao.reports.frames import result_frame, to_frame
from duizhao.reports.notebook import notebook_html

ROOT = Path(__file__).resolve().parents[1]
EMPTY = Result((), (), (), (), (), (), ())
LANGUAGES: list[Language] = ["en", "zh"]
LONG = ["<" * 2000, "\u202e" * 1600, "\U0010ffff" * 1600, "水獭 " * 999, "a" * 20_000, "שלום" * 500, "\n" * 9000]


def text_of(html: str) -> str:
    return " ".join(" ".join(Parts(html).text).split())


def test_what_it_says() -> None:
    text = text_of(notebook_html(build()))
    for words in (
        "1 error, 1 warning in 1 sentence pair",
        "◆ 1 error ▲ 1 warning ● 1 note 1 sentence pair of 1 record; 0 without error or warning.",
        "Mend these first plain → plain",
        "◆ error T002 term-forbidden plain.md:2:3, confidence 0.90 plain plain → plain An otter plain swims.",
    ):
        assert words in text, words


def test_what_it_says_in_chinese() -> None:
    text = text_of(notebook_html(replace(build(), lang="zh")))
    for words in (
        "◆ 1 处错误 ▲ 1 处警告 ● 1 条提示 1 条记录的 1 个句对，其中 0 个没有错误和警告。",
        "建议先改 plain → plain",
        "问题（从重到轻） ◆ 错误 T002 术语禁用译法 plain.md:2:3，把握 0.90",
    ):
        assert words in text, words


def test_both_sides_are_marked_and_say_their_language() -> None:
    html = notebook_html(build())
    sides = '<p lang="en">An otter <mark>plain</mark> swims.</p><p lang="zh">一只<mark>plain</mark>水獭𠀀😀游泳。</p>'
    assert sides in html
    assert '<p lang="en"><span lang="en">(no English sentence)</span></p><p lang="zh">' in html
    assert html.startswith('<div class="duizhao-result" lang="en">')
    assert '<span lang="zh">（没有英文句子）</span>' in notebook_html(replace(build(), lang="zh"))


def test_without_a_pair_the_document_then_the_words_then_the_titles_stand_there() -> None:
    result = replace(build(), pairs=())
    assert '<p lang="en">An otter <mark>plain</mark> swims.</p>' in notebook_html(result)
    assert '<p lang="en"><mark>plain</mark></p>' in notebook_html(replace(result, documents=()))
    (note,) = [each for each in result.findings if each.severity == "note"]
    assert '<p lang="en">plain</p><p lang="zh">plain</p>' in notebook_html(replace(result, findings=(note,)))
    assert "dz-sides" not in notebook_html(replace(result, findings=(note,), records=())).split("</style>")[1]


def test_the_worst_twenty_come_first() -> None:
    result = build(count=3)
    error, note = result.findings[0], result.findings[-1]
    doubtful = replace(error, confidence=0.1, message="the doubtful one")
    many = replace(result, findings=(*[note] * 30, doubtful, *[error] * 18))
    html = notebook_html(many)
    classes = re.findall(r'class="dz-card dz-(\w+)"', html)
    assert classes == ["error"] * 19 + ["note"]
    assert html.index("the doubtful one") > html.rindex("confidence 0.90")
    assert "20 of 49 findings shown; to_frame() has them all." in html
    assert "共 49 个问题，这里显示 20 个；全部问题见 to_frame()。" in notebook_html(replace(many, lang="zh"))
    assert "shown" not in text_of(notebook_html(replace(many, findings=many.findings[:20])))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("word", [*LONG, *PAYLOADS])
def test_never_more_than_50_000_bytes(word: str, lang: Language) -> None:
    result = build(word, count=20)
    hostile = tuple(replace(each, rule=word) for each in result.findings)
    for each in (result, replace(result, findings=hostile, documents=(), pairs=())):
        html = notebook_html(replace(each, lang=lang, notes=(word,) * 9))
        assert len(html.encode("utf-8")) <= 50_000
        assert html.count('<div class="dz-card') == 20


def test_a_long_sentence_is_shown_whole_where_there_is_room() -> None:
    result = build("x" * 700)
    assert f"An otter <mark>{'x' * 700}</mark> swims." in notebook_html(result)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_makes_a_tag_or_an_attribute(payload: str) -> None:
    plain, hostile = Parts(notebook_html(build())), Parts(notebook_html(build(payload)))
    assert [tag for tag in hostile.tags if tag[0] != "bdi"] == plain.tags
    assert hostile.values == plain.values
    assert hostile.comments == [] == plain.comments
    assert not set("\x00\x0b\x1b\x9b\u202e\u2066\u200b\ud800") & set("".join(hostile.text))


def test_no_rule_of_style_reaches_out() -> None:
    html = notebook_html(build())
    (style,) = re.findall("<style>(.*?)</style>", html, re.DOTALL)
    flat = re.sub(r"@media [^{]*\{(.*?\})\}", r"\1", style, flags=re.DOTALL)
    selectors = [each for head in re.findall(r"([^{}]+)\{", flat) for each in head.split(",")]
    assert len(selectors) >= 15
    assert [each for each in selectors if ".duizhao-result" not in each] == []
    classes = {name for _, key, value in Parts(html).values if key == "class" for name in value.split()}
    assert {name for name in classes if not name.startswith("dz-")} == {"duizhao-result"}
    assert "url(" not in style and "@import" not in style


def test_nothing_found_and_nothing_read() -> None:
    assert "Nothing was read." in notebook_html(EMPTY)
    clean = notebook_html(replace(build(), findings=()))
    assert "No finding in 1 sentence pair of 1 record." in clean and 'class="dz-card' not in clean
    assert "Mend these first" not in clean


@given(word=st.text(max_size=40), lang=st.sampled_from(LANGUAGES), count=st.integers(0, 3))
def test_any_text_makes_no_other_tags(word: str, lang: Language, count: int) -> None:
    html = notebook_html(replace(build(word, count), lang=lang))
    parts = Parts(html)
    tags = {"div", "style", "p", "span", "ol", "li", "strong", "mark", "ins", "bdi"}
    assert {tag for tag, _ in parts.tags} <= tags
    assert {(tag, name) for tag, name, _ in parts.values} <= {
        (tag, name) for tag in ("div", "p", "span") for name in ("class", "lang")
    }
    assert html.count('<div class="dz-card') == count + 2
    assert len(html.encode("utf-8")) <= 50_000


@pytest.mark.parametrize(
    ("table", "row"),
    [("records", Record), ("pairs", Pair), ("findings", Finding), ("renderings", Rendering), ("scores", Score)],
)
def test_tables_keep_their_columns(table: str, row: Any) -> None:
    names = [field.name for field in fields(row)]
    full, empty = result_frame(build(), table), result_frame(EMPTY, table)
    assert list(full) == names == list(empty)
    assert len(full) == len(getattr(build(), table)) > 0 == len(empty)


def test_what_stands_in_a_table() -> None:
    frame = result_frame(build(count=2))
    assert frame["severity"].tolist() == ["error", "error", "warning", "note"]
    assert frame["confidence"].mean() == pytest.approx(0.625)
    assert frame.loc[0, "span_en"] == [15, 20] and frame.loc[3, "span_en"] is None
    assert frame.equals(to_frame(build(count=2).findings))
    (pair,) = result_frame(build(), "pairs").to_dict("records")
    assert (pair["en"], pair["spans_en"]) == (["An otter plain swims."], [[6, 27]])
    assert result_frame(build(), "renderings").loc[0, "count"] == 3
    assert result_frame(build(), "scores").loc[0, "interval"] == [39.0, 41.0]


def test_a_table_holds_lone_surrogates_as_code_points() -> None:
    frame = result_frame(build("\ud800"), "records")
    assert frame.loc[0, "title_zh"] == "⟨U+D800⟩" and frame.loc[0, "authors"] == ["⟨U+D800⟩"]


@pytest.mark.parametrize("table", ["entries", "", "Findings", "\ud800"])
def test_another_table_is_refused(table: str) -> None:
    with pytest.raises(ConfigError, match="wanted one of records, pairs, findings, renderings, scores"):
        result_frame(EMPTY, table)


def test_the_page_runs(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "notebook.md").read_text(encoding="utf-8"), re.DOTALL)
    exec(compile(code, "docs/notebook.md", "exec"), {})
    said = [line[2:] for line in code.split("\n") if line.startswith("# ")]
    assert capsys.readouterr().out.split("\n")[:-1] == said
