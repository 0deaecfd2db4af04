"""Decisions read back from workbooks, tables and JSON, and refused with their cell."""

import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duizhao.corpora import DuizhaoError, InputError
from duizhao.decision_reading import read_decisions
from duizhao.decisions import Choice, Decided, Decision, choice_of, without_contradiction

TERMS = "section term wanted rendering count share records status where,example en,example zh,decision,comment"
TERM_COLUMNS: list[object] = [*TERMS.split(",")[0].split(), *TERMS.split(",")[1:], "fingerprint"]
FINDING_COLUMNS: list[object] = [
    *"rule severity document line en zh message wanted decision comment fingerprint".split()
]
MARK = "3f2a5c7e9b01"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def term_row(term: str, rendering: str, decision: str = "", comment: str = "", wanted: str = "") -> list[object]:
    example = ["An otter.", "一只水獭。"]
    return ["new", term, wanted, rendering, 3, 0.75, 2, "unlisted", "a:1", *example, decision, comment, MARK]


def finding_row(decision: str = "", comment: str = "", mark: str = MARK) -> list[object]:
    return ["T001", "warning", "tea.txt", 3, "tea", "茶叶", "not tea", "茶", decision, comment, mark]


def workbook(sheets: dict[str, list[list[object]]]) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save("glossary.xlsx")


def test_both_sheets_are_read() -> None:
    workbook(
        {
            "How to read": [["Decide in the column decision."]],
            "Terms": [
                TERM_COLUMNS,
                term_row("otter", "水獭", "Accept"),
                term_row("tea", "茶", "later"),
                term_row("tea", "茶叶", "拒绝", "that is the leaf", "茶"),
            ],
            "Terms 2": [TERM_COLUMNS, term_row("bridge", "桥")],
            "Findings": [FINDING_COLUMNS, finding_row("REJECT ", "the leaf\nis meant"), finding_row()],
        }
    )
    decided = read_decisions("glossary.xlsx")
    assert decided == Decided(
        (
            Decision("rendering", "accept", "glossary.xlsx:Terms!L2", "", MARK, "otter", "水獭", "", 3, en="", zh=""),
            Decision("rendering", "reject", "glossary.xlsx:Terms!L4", "that is the leaf", MARK, "tea", "茶叶", "茶", 3),
            Decision(
                kind="finding",
                choice="reject",
                where="glossary.xlsx:Findings!I2",
                comment="the leaf is meant",
                fingerprint=MARK,
                wanted="茶",
                rule="T001",
                en="tea",
                zh="茶叶",
            ),
        ),
        {"rendering": 2, "finding": 1},
        1,
    )


def test_columns_may_move_and_others_stand_among_them() -> None:
    rows: list[list[object]] = [
        TERM_COLUMNS,
        term_row("otter", "水獭", "accept", "yes"),
        term_row("tea", "茶叶", "reject"),
    ]
    workbook({"Terms": rows})
    before = read_decisions("glossary.xlsx").decisions
    moved = [["mine", *reversed(row)] for row in (rows[0], rows[2], rows[1])]
    workbook({"Terms": moved})
    after = read_decisions("glossary.xlsx").decisions
    assert [d.where for d in after] == ["glossary.xlsx:Terms!D2", "glossary.xlsx:Terms!D3"]
    assert sorted((d.term, d.choice, d.comment, d.count) for d in after) == sorted(
        (d.term, d.choice, d.comment, d.count) for d in before
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_with_a_column_of_decisions(delimiter: str) -> None:
    rows = ["term,expected,rendering,count,decision,comment", "tea,茶,茶叶,4,reject,the leaf", "otter,,水獭,2,,"]
    text = "\n".join(rows).replace(",", delimiter) + "\n"
    Path("glossary.csv").write_text("\ufeff" + text, encoding="utf-8")
    decided = read_decisions("glossary.csv")
    assert decided.decisions == (
        Decision("rendering", "reject", "glossary.csv:2:5", "the leaf", "", "tea", "茶叶", "茶", 4),
    )
    assert decided.undecided == {"rendering": 1, "finding": 0}


def test_what_the_report_saves() -> None:
    rows = [
        {"kind": "finding", "fingerprint": MARK, "rule": "T001", "decision": "reject", "comment": "the leaf"},
        {"kind": "rendering", "term": "otter", "rendering": "水獭", "count": 7, "decision": "accept"},
        {"kind": "finding", "fingerprint": MARK, "rule": "T002", "decision": "later"},
    ]
    content = {"duizhao": "decisions", "version": 1, "decisions": rows}
    Path("d.json").write_text(json.dumps(content), encoding="utf-8")
    assert read_decisions("d.json") == Decided(
        (
            Decision("finding", "reject", "d.json: decision 1", "the leaf", MARK, rule="T001"),
            Decision("rendering", "accept", "d.json: decision 2", term="otter", rendering="水獭", count=7),
        ),
        {"rendering": 0, "finding": 1},
        1,
    )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([TERM_COLUMNS, term_row("tea", "茶", "maybe")], "glossary.xlsx:Terms!L2: the decision 'maybe'; wanted accept"),
        ([["term", "rendering"], ["tea", "茶"]], "glossary.xlsx:Terms: the columns rendering, term; wanted a header"),
        ([TERM_COLUMNS, term_row("", "茶", "accept")], "glossary.xlsx:Terms!L2: a decision without its term"),
        (
            [TERM_COLUMNS, term_row("tea", "茶" * 4_001, "accept")],
            "glossary.xlsx:Terms!L2: 4,001 characters in rendering",
        ),
        (
            [FINDING_COLUMNS, finding_row("reject", mark="3f2")],
            "glossary.xlsx:Terms!I2: a decision without the rule and fingerprint of its finding",
        ),
        ([TERM_COLUMNS, term_row("tea", "茶", "=A1")], "glossary.xlsx:Terms!L2: a formula"),
    ],
)
def test_what_is_no_decision_is_refused_with_its_cell(rows: list[list[object]], message: str) -> None:
    workbook({"Terms": rows})
    with pytest.raises(InputError) as error:
        read_decisions("glossary.xlsx")
    assert str(error.value).startswith(message)


def test_a_workbook_of_something_else_is_refused() -> None:
    workbook({"Otters": [["name"], ["Lin"]]})
    with pytest.raises(InputError, match=r"^glossary\.xlsx: no sheet called Terms or Findings"):
        read_decisions("glossary.xlsx")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "d.json:1:2: broken JSON"),
        ("[" * 20_000, "d.json: broken JSON"),
        ("[]", "d.json: JSON that holds no decisions"),
        ('{"duizhao": "decisions", "version": 2}', "d.json: another version of decisions; wanted version 1"),
        ('{"duizhao": "decisions", "version": 1}', "d.json: no list of decisions"),
        ('{"duizhao": "decisions", "version": 1, "decisions": [1]}', "d.json: decision 1: no kind"),
        (
            '{"duizhao": "decisions", "version": 1, "decisions": [{"kind": "rendering", "term": 3}]}',
            "d.json: decision 1: 'term' that is no text",
        ),
        (
            '{"duizhao": "decisions", "version": 1, "decisions": '
            '[{"kind": "rendering", "term": "\\ud800", "decision": "accept"}]}',
            "d.json: decision 1: a control character in term",
        ),
    ],
)
def test_json_that_is_none_of_ours_is_refused(text: str, message: str) -> None:
    Path("d.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_decisions("d.json")
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("word", "choice"),
    [("ACCEPT", "accept"), (" reject", "reject"), ("接受", "accept"), ("拒绝", "reject"), ("稍后", "later"), (" ", "")],
)
def test_the_words_of_a_decision(word: str, choice: str) -> None:
    assert choice_of(word, "a") == choice


def rendering(choice: Choice, where: str, term: str = "tea", zh: str = "茶叶") -> Decision:
    return Decision("rendering", choice, where, term=term, rendering=zh)


def test_the_same_twice_is_once_and_a_contradiction_names_both_places() -> None:
    one, other = rendering("accept", "a.xlsx:Terms!L2"), rendering("accept", "b.csv:2:5", "Tea", "茶 叶")
    assert without_contradiction([one, other, rendering("reject", "c", zh="茶汤")]) == [
        one,
        rendering("reject", "c", zh="茶汤"),
    ]
    with pytest.raises(InputError) as error:
        without_contradiction([one, rendering("reject", "b.csv:2:5", "Tea", "茶 叶")])
    assert str(error.value) == (
        "b.csv:2:5: reject for Tea → 茶 叶, but accept at a.xlsx:Terms!L2; wanted one decision for one thing. "
        "Clear one of the two."
    )
    findings = [Decision("finding", choice, where, fingerprint=MARK, rule="T001") for choice, where in _TWO]
    with pytest.raises(InputError, match=r"^q: reject for the same finding, but accept at p; "):
        without_contradiction(findings)
    assert (
        len(without_contradiction([findings[0], Decision("finding", "reject", "q", fingerprint=MARK, rule="T2")])) == 2
    )


def test_capitals_that_carry_meaning_are_another_thing() -> None:
    two = [rendering("accept", "a", "RAFT", "筏"), rendering("reject", "b", "raft", "筏")]
    assert without_contradiction(two) == two
    with pytest.raises(InputError, match=r"^c: reject for RAFT → 筏 , but accept at a; "):
        without_contradiction([*two, rendering("reject", "c", "RAFT", "筏 ")])


_TWO: tuple[tuple[Choice, str], ...] = (("accept", "p"), ("reject", "q"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary(max_size=60)
    | st.text('term,rendering\ndecision;\t"accept茶{}[]:\\', max_size=80).map(str.encode)
    | st.lists(
        st.dictionaries(
            st.sampled_from(["kind", "term", "rendering", "decision", "count", "rule"]),
            st.text() | st.integers() | st.sampled_from(["rendering", "finding", "accept"]),
        )
    ).map(lambda rows: json.dumps({"duizhao": "decisions", "version": 1, "decisions": rows}).encode())
)
def test_any_bytes_are_decisions_or_refused(data: bytes) -> None:
    Path("any").write_bytes(data)
    try:
        decided = read_decisions("any")
    except DuizhaoError:
        return
    assert all(d.term or d.rule for d in decided.decisions)
