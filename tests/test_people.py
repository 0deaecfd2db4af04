"""Author lists: what is one, whom it names, and what is none."""

import pytest
from hypothesis import given
from strategies import odd_text

from duizhao.corpora.lines import Line, trimmed
from duizhao.corpora.people import Authors, authors_of


def names_of(text: str, alone: bool = False) -> tuple[str, ...] | None:
    found = authors_of(trimmed(text), alone=alone)
    return found.names if found else None


LISTS = [
    ("A Lin, B Meyer", ("A Lin", "B Meyer"), False),
    ("A Lin, B Meyer…", ("A Lin", "B Meyer"), True),
    ("A Lin, B Meyer, …", ("A Lin", "B Meyer"), True),
    ("A Lin, B Meyer...", ("A Lin", "B Meyer"), True),
    ("A Lin, B Meyer ... ", ("A Lin", "B Meyer"), True),
    ("A Lin, B Meyer……", ("A Lin", "B Meyer"), True),
    ("A Lin, B Meyer et al.", ("A Lin", "B Meyer"), True),
    ("A Lin, B Meyer, et al", ("A Lin", "B Meyer"), True),
    ("A Lin, B Meyer 等", ("A Lin", "B Meyer"), True),
    ("A Lin，B Meyer等人", ("A Lin", "B Meyer"), True),
    ("A Lin et al.", ("A Lin",), True),
    ("A Lin & B Meyer", ("A Lin", "B Meyer"), False),
    ("A Lin, B Meyer, and C Sato", ("A Lin", "B Meyer", "C Sato"), False),
    ("A Lin , B Meyer ; C Sato", ("A Lin", "B Meyer", "C Sato"), False),
    ("A Lin and B Meyer", ("A Lin", "B Meyer"), False),
    ("Hanna Lind, Jean-Luc Favre, Mary Ann O'Neil", ("Hanna Lind", "Jean-Luc Favre", "Mary Ann O'Neil"), False),
    ("H v Hasselt, A van der Berg, J de la Cruz", ("H v Hasselt", "A van der Berg", "J de la Cruz"), False),
    ("N Rakićević, Ø Åsen, Š Žák", ("N Rakićević", "Ø Åsen", "Š Žák"), False),
    ("MK. Olsen, J.-P. Roux, R.B. Ito", ("MK. Olsen", "J.-P. Roux", "R.B. Ito"), False),
    ("Authors: A Lin; B Meyer", ("A Lin", "B Meyer"), False),
    ("作者:王一、李二、赵三", ("王一", "李二", "赵三"), False),
    ("作者：王一", ("王一",), False),
    ("论文作者: 王一，李二等", ("王一", "李二"), True),
    ("王一、李二和赵三等人", ("王一", "李二", "赵三"), True),
    ("王一川、李二河和赵三山等人", ("王一川", "李二河", "赵三山"), True),
    ("安娜·贝格、伯特·科尔", ("安娜·贝格", "伯特·科尔"), False),
    ("安娜·贝格、B·科尔 和 卡拉·丹恩等人。", ("安娜·贝格", "B·科尔", "卡拉·丹恩"), True),
    ("安娜·贝格和伯特·科尔", ("安娜·贝格", "伯特·科尔"), False),
    ("由、、郭小河、唐大山等人", ("郭小河", "唐大山"), True),
    ("由郭小河、唐大山", ("郭小河", "唐大山"), False),
    ("斯文·奥尔森等人", ("斯文·奥尔森",), True),
    ("斯文·奥尔森、Petra Lind 和李二河等", ("斯文·奥尔森", "Petra Lind", "李二河"), True),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "truncated"), LISTS, ids=lambda v: str(v)[:30])
def test_lists(text: str, names: tuple[str, ...], truncated: bool) -> None:
    found = authors_of(Line(5, 5 + len(text), text), alone=False)
    assert found is not None
    assert (found.names, found.truncated) == (names, truncated)
    assert tuple(text[a - 5 : b - 5] for a, b in found.spans) == names


def test_empty_items_are_counted() -> None:
    found = authors_of(trimmed("由、、郭小河、唐大山等人"), alone=False)
    assert isinstance(found, Authors) and found.empty == 2


@pytest.mark.parametrize("name", ["Hanna Lind", "J Lehman", "A. van der Berg"])
def test_one_latin_name_counts_only_where_authors_are_expected(name: str) -> None:
    assert names_of(name) is None
    assert names_of(name, alone=True) == (name,)


NO_LISTS = """
We propose X
Otters
Learning to Count, Counting to Learn
Stones and Shells for Otters
Attention
多模态、提示、检索
海獭
多任务学习
斯文·奥尔森
河流与石头
海獭每天都要吃掉很多贝壳,因此需要很多石头。
要点:
[River Lab]
https://example.org/a,b
1、[CL] Otters, Stones
2021, 2022
…
,
等人
et al.
作者:
""".strip().split("\n")


@pytest.mark.parametrize("text", NO_LISTS)
@pytest.mark.parametrize("alone", [False, True])
def test_no_lists(text: str, alone: bool) -> None:
    assert names_of(text, alone) is None


@given(odd_text)
def test_spans_are_the_names_in_order(text: str) -> None:
    found = authors_of(trimmed(text, 7), alone=True)
    if found:
        end = 0
        for name, (a, b) in zip(found.names, found.spans, strict=True):
            assert end <= a - 7 and text[a - 7 : b - 7] == name
            end = b - 7


@pytest.mark.parametrize(
    "text",
    [
        "Otters of the North " + "." * 400 + " 12",
        "Otters" + "…" * 400 + "x",
        "Otters" + " …" * 400 + "x",
        "A Lin" + " " * 20_000 + "x",
        "A Lin, " * 3_000 + "x",
        "A Lin" + " 和" * 5_000 + "x",
        "等" * 20_000 + "x",
        "A" + " et al" * 5_000,
    ],
    ids=lambda text: text[:12],
)
def test_long_lines_are_looked_at_once(text: str) -> None:
    """Dots of a table of contents once took time that doubled with every second dot: for ever at 100."""
    assert names_of(text, alone=True) is None


def test_a_list_of_thousands() -> None:
    names = names_of("A Lin, " * 3_000 + "B Ito")
    assert names is not None and len(names) == 3_001
