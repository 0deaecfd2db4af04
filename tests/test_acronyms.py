"""T005: acronyms that a text explains and its Chinese then misreads, or explains as something else."""

import pytest
from hypothesis import given
from strategies import odd_text

from duizhao.corpora import Knowledge, Pair
from duizhao.corpora.knowledge import EMPTY
from duizhao.metrics.acronyms import check_acronyms, check_definitions, defined_acronyms

DEFINED = [
    ("an acquisition function (AF) over", [("AF", "acquisition function")]),
    (
        "Soft Robotic Hands (SRHs) and a grip force sensor (GFS)",
        [("SRH", "Soft Robotic Hands"), ("GFS", "grip force sensor")],
    ),
    ("a grip-force sensor (GFS)", [("GFS", "grip force sensor")]),
    ("a sensor (GFS)", []),
    ("grip force sensor (see GFS)", []),
    ("grip force sensor", []),
    ("", []),
    ("(AF) acquisition function", []),
    ("f(AB) and g (AB)", []),
    ("one two three four five six seven eight (EFGH)", []),
    ("a deep, very deep network (DN)", [("DN", "deep network")]),
]


@pytest.mark.parametrize(("en", "found"), DEFINED)
def test_defined(en: str, found: list[tuple[str, str]]) -> None:
    assert list(defined_acronyms(en)) == found


@pytest.mark.parametrize("unit", ["a-", "a ", "A", "aa-aa ", "("])
def test_long_runs_end(unit: str) -> None:
    """With joints inside the words too, 45 of "a-" took 27 seconds and 60 minutes."""
    assert list(defined_acronyms(unit * 5_000)) == []


def pairs(*texts: tuple[str, str]) -> list[Pair]:
    return [
        Pair(f"d#1.abstract.{k}", "d#1", "d", "abstract", (en,), (zh,), ((0, len(en)),), ((0, len(zh)),), "1-1", 0.7)
        for k, (en, zh) in enumerate(texts)
    ]


MISREAD = pairs(
    ("We use a grip force sensor (GFS).", "我们使用握力传感器（GFS）。"),
    ("The GFS is cheap.", "全球定位很便宜。"),
    ("Each GFS is calibrated.", "每个全球定位都经过校准。"),
)


def test_misread() -> None:
    found = list(check_acronyms(MISREAD, EMPTY))
    assert [(pair.id[-1], draft.found) for pair, draft in found] == [("1", "全球定位"), ("2", "全球定位")]
    for pair, draft in found:
        assert (draft.rule, draft.severity) == ("T005", "error")
        assert draft.span_en is not None and draft.span_zh is not None
        assert pair.en[0][slice(*draft.span_en)] == "GFS"
        assert pair.zh[0][slice(*draft.span_zh)] == "全球定位"
        assert draft.expected.endswith("(GFS)")
        assert "grip force sensor" in draft.message


def test_a_word_of_the_field_is_no_misreading() -> None:
    counts = {zh: 500 for zh in ("全球定位", "全球", "定位")}
    assert list(check_acronyms(MISREAD, Knowledge(1000, counts, {}, "small"))) == []


QUIET = [
    pairs(
        ("We use a grip force sensor (GFS).", "我们使用握力传感器（GFS）。"), ("The GFS is cheap.", "全球定位很便宜。")
    ),
    pairs(
        ("A grip force sensor (GFS).", "握力传感器（GFS）。"),
        ("GFS here.", "这里是GFS。"),
        ("GFS there.", "那里是GFS。"),
    ),
    pairs(
        ("A grip force sensor (GFS).", "握力传感器（GFS）。"),
        ("GFS here.", "这里是握力传感器。"),
        ("GFS there.", "那里是握力传感器。"),
    ),
    # The Chinese never keeps the acronym: what stands for the long form is its expansion.
    pairs(
        ("A grip force sensor (GFS).", "一种握力传感器。"),
        ("GFS here.", "这里是握力传感器。"),
        ("GFS there.", "那里是握力传感器。"),
    ),
    pairs(("The GFS is cheap.", "全球定位很便宜。"), ("Each GFS.", "每个全球定位。")),
    [],
]


@pytest.mark.parametrize("texts", QUIET)
def test_quiet(texts: list[Pair]) -> None:
    assert list(check_acronyms(texts, EMPTY)) == []


APPROVED = {"grip force sensor": ("握力传感器", "夹持力传感器")}
GFS = "A grip-force sensor (GFS) is cheap."
# Chinese that explains an acronym; what it explains it as where that is something else.
EXPLAINED = [
    ("全球预报系统（GFS）很便宜。", ["全球预报系统"]),
    ("一种全球预报系统 (GFS)很便宜。", ["全球预报系统"]),  # from the last word of grammar
    ("全球预报系统(GFS)和全球预报系统(GFS)", ["全球预报系统", "全球预报系统"]),
    ("握力传感器（GFS）很便宜。", []),
    ("夹力传感装置（GFS）很便宜。", []),  # shares more than a third of the characters
    ("夹持力传感器（GFS）很便宜。", []),  # the second rendering
    ("预报员（GFS）很便宜。", []),  # too short to be an expansion
    ("全球预报系统GFS很便宜。", []),  # no bracket
    ("GFS很便宜。", []),
    ("Forecast (GFS)", []),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("zh", "wanted"), EXPLAINED)
def test_explained_as_something_else(zh: str, wanted: list[str]) -> None:
    found = list(check_definitions(GFS, zh, EMPTY, APPROVED))
    assert [draft.found for draft in found] == wanted
    for draft in found:
        assert (draft.rule, draft.severity, draft.expected) == ("T005", "warning", "握力传感器(GFS)")
        assert draft.span_en is not None and GFS[slice(*draft.span_en)] == "GFS"
        assert draft.span_zh is not None and zh[slice(*draft.span_zh)] == draft.found
        assert draft.message == (
            f"“GFS” stands for “grip force sensor”, “握力传感器”; here it is explained as “{draft.found}”."
        )


@pytest.mark.parametrize("term", ["grip force sensor", "grip-force sensor"])
def test_what_the_field_writes_is_known_too(term: str) -> None:
    zh = "全球预报系统（GFS）很便宜。"
    knowledge = Knowledge(1000, {}, {term: "80\t0\t握力计:40"}, "small")
    assert [draft.expected for draft in check_definitions(GFS, zh, knowledge, {})] == ["握力计(GFS)"]
    other = Knowledge(1000, {}, {term: "80\t0\t全球系统:40"}, "small")
    assert list(check_definitions(GFS, zh, other, {})) == []


def test_what_nobody_knows_is_not_judged() -> None:
    zh = "全球预报系统（GFS）很便宜。"
    assert list(check_definitions(GFS, zh, EMPTY, {})) == []
    assert list(check_definitions(GFS, zh, EMPTY, {"grip force sensor": ("GFS sensor",)})) == []
    assert list(check_definitions("The GFS is cheap.", zh, EMPTY, APPROVED)) == []


@given(odd_text, odd_text)
def test_any_text(en: str, zh: str) -> None:
    for draft in check_definitions(f"{en} {GFS}", f"{zh}(GFS)", EMPTY, APPROVED):
        assert draft.span_zh is not None and f"{zh}(GFS)"[slice(*draft.span_zh)] == draft.found
