"""What is doubtful in a termbase is said with both places, and what is not doubtful is left alone."""

from importlib.resources import files

import pytest

from duizhao.corpora import Forbidden, PlacedTerm, Term
from duizhao.corpora.termbase import read_term_file
from duizhao.corpora.termbase_check import Problem, check_terms, count_levels


def no(*zh: str) -> tuple[Forbidden, ...]:
    return tuple(Forbidden(each, "", False) for each in zh)


def problems(*terms: Term, files: str = "aaaaaa") -> list[Problem]:
    return check_terms([PlacedTerm(term, f"{files[k]}:{k + 2}") for k, term in enumerate(terms)])


ONE = [
    (Term("水獭", "otter"), "error", "swapped", "'水獭' stands as English, 'otter' as Chinese; wanted English first."),
    (Term("水獭", "獭"), "error", "no English", "'水獭' as English; wanted Latin letters alone"),
    (Term("α", "阿尔法"), "warning", "no English", "'α' as English; wanted Latin letters"),
    (Term("otter 水獭", "獭"), "warning", "no English", "'otter 水獭' as English; wanted Latin letters alone"),
    (Term("otter", "水獭", also=("獭",)), "warning", "no English", "'獭' as English"),
    (Term("otter", "otter"), "warning", "same", "'otter' is its own rendering; wanted Chinese."),
    (Term("otter", "Otter"), "warning", "no Chinese", "'Otter' for 'otter' has no Chinese; wanted some."),
    (
        Term("otter", "水獭", forbidden=no("水 獭")),
        "error",
        "contradiction",
        "'水 獭' is forbidden and '水獭' approved",
    ),
    (Term("otter", "水獭", forbidden=no("獭")), "warning", "part", "'獭', forbidden for 'otter', is a part of '水獭'"),
    (Term("otter", "獭", forbidden=no("海獭")), "info", "whole", "'海獭', forbidden, holds an approved rendering"),
    (Term("otter", "水獭。"), "warning", "format", "'水獭。' ends with a mark; wanted the term alone"),
    (Term("otter", "水獭(otter)"), "warning", "format", "a gloss in brackets in '水獭(otter)'"),
    (Term("otter", "水獭（ otter"), "warning", "format", "brackets of '水獭（ otter' do not pair"),
    (Term("otter", "Ｘ水獭"), "warning", "format", "full-width letters in 'Ｘ水獭'"),
    (Term("sea  otter", "水獭"), "warning", "format", "doubled blanks or invisible characters in 'sea  otter'"),
    (Term("otter", "水\u200b獭"), "warning", "format", "doubled blanks or invisible characters in"),
    (
        Term("the otter that lives under the old stone bridge drinks tea", "水獭"),
        "warning",
        "sentence",
        "'the otter that",
    ),
    (Term("otter", "水獭住在桥下。它爱喝茶"), "warning", "sentence", "'otter' reads like a sentence; wanted a term"),
]


@pytest.mark.parametrize(("term", "level", "kind", "message"), ONE)
def test_one_entry(term: Term, level: str, kind: str, message: str) -> None:
    (problem,) = problems(term)
    assert (problem.where, problem.level, problem.kind, problem.other) == ("a:2", level, kind, "")
    assert problem.message.startswith(message)


SOUND = [
    Term("Otto", "Otto", domain="names"),
    Term("GPT-4", "GPT-4", domain="names"),
    Term("i.i.d.", "独立同分布"),
    Term("F1 (macro)", "宏平均F1"),
    Term("p(x)", "概率(密度)"),
    Term("K-means", "K均值", ("K-means聚类",), no("K手段")),
    Term("river otter", "河獭", taiwan=("河獺",), also=("ROT",)),
    Term("^otters?$", "水獭", pattern=True),
]


@pytest.mark.parametrize("term", SOUND)
def test_nothing_to_say(term: Term) -> None:
    assert problems(term) == []


TWO = [
    (Term("otter", "水獭"), Term("otter", "水獭"), [("warning", "duplicate"), ("info", "shared")]),
    (Term("sea otter", "海獭"), Term("Sea-Otters", "獭"), [("warning", "duplicate")]),
    (Term("policy", "策略"), Term("policies", "决策"), [("warning", "duplicate")]),
    (Term("otter", "水獭"), Term("sea cat", "海狸", also=("otters",)), [("warning", "duplicate")]),
    (Term("can", "罐"), Term("CAN", "局域网"), []),
    (Term("lens", "透镜"), Term("len", "长度"), [("warning", "duplicate")]),
    (Term("genome", "基因组"), Term("genomics", "基因组学"), []),
    (
        Term("otter", "水獭", forbidden=no("獭")),
        Term("otters", "獭"),
        [("warning", "part"), ("warning", "duplicate"), ("error", "contradiction")],
    ),
    (Term("bank", "银行"), Term("shore", "银行"), [("info", "shared")]),
]


@pytest.mark.parametrize(("one", "two", "kinds"), TWO)
def test_two_entries(one: Term, two: Term, kinds: list[tuple[str, str]]) -> None:
    found = [(problem.level, problem.kind) for problem in problems(one, two)]
    assert sorted(found) == sorted(kinds)
    assert all(p.other for p in problems(one, two) if p.kind not in ("part", "shared"))


def test_both_places_are_named() -> None:
    duplicate, contradiction = problems(Term("otter", "水獭"), Term("otters", "海狗", forbidden=no("水獭")))
    assert duplicate == Problem(
        "a:3",
        "warning",
        "duplicate",
        "'otters' stands in a:2 too, and is rendered '水獭' there; wanted one entry a term. Join them.",
        "a:2",
    )
    assert contradiction == Problem(
        "a:3",
        "error",
        "contradiction",
        "'水獭' is forbidden for 'otters' and approved for 'otter', a:2; wanted one of the two",
        "a:2",
    )


def test_a_later_file_overrides() -> None:
    (problem,) = problems(Term("otter", "水獭"), Term("Otter", "海獭"), files="ab")
    assert (problem.where, problem.level, problem.kind, problem.other) == ("b:3", "info", "override", "a:2")


def test_a_circle_over_three_files() -> None:
    terms = [
        Term("otter", "甲", forbidden=no("乙")),
        Term("otter", "丙", forbidden=no("甲")),
        Term("otter", "乙", forbidden=no("丙")),
    ]
    (circle,) = [problem for problem in problems(*terms, files="abc") if problem.kind == "cycle"]
    assert circle.level == "error"
    assert (
        circle.message
        == "乙 → 甲 → 丙 → 乙: each gives way to the next, a:2, b:3, c:4; wanted an end. Allow one of them."
    )
    straight = [Term("otter", "甲", forbidden=no("乙")), Term("otter", "丙", forbidden=no("甲"))]
    assert not [problem for problem in problems(*straight, files="ab") if problem.kind == "cycle"]


def test_problems_stand_in_the_order_of_the_entries() -> None:
    found = problems(Term("a tea", "茶。"), Term("otter", "水獭"), Term("otter", "水獭，"))
    assert [problem.where for problem in found] == ["a:2", "a:4", "a:4"]


def test_the_shipped_termbase_has_no_error() -> None:
    data = files("duizhao.corpora").joinpath("data/terms.csv").read_bytes()
    assert count_levels(check_terms(read_term_file(data, "terms.csv").terms))["error"] == 0
