"""GitHub's workflow commands and the summary of a job: exact, read as the runner reads them, and with hostile texts."""

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from test_findings_formats import NOTHING, SCORE, finding, made, odd, written
from test_reports_page import PAYLOADS, build

from duizhao.corpora import Document
from duizhao.reports.findings_markdown import write_findings_markdown
from duizhao.reports.github import github_lines, github_summary


def understood(line: str) -> tuple[str, dict[str, str], str]:
    """What GitHub's runner reads in a command (actions/runner, src/Runner.Common/ActionCommand.cs)."""
    assert line.startswith("::")
    head, mark, data = line[2:].partition("::")
    assert mark
    name, _, rest = head.partition(" ")
    properties = dict(each.split("=", 1) for each in rest.strip().split(",") if each)

    def plain(text: str, signs: str) -> str:
        for sign in signs:
            text = text.replace(f"%{ord(sign):02X}", sign)
        return text

    return name, {key: plain(value, "\r\n:,%") for key, value in properties.items()}, plain(data, "\r\n%")


def test_github_whole() -> None:
    findings = (
        finding(severity="note", message="100% tea:\nyes, tea", rule="X900", document="a,b:c%.md"),
        finding(confidence=0.5, document="-", expected=""),
        finding(message="Write “水獭”."),
        finding(severity="warning", message=" ", found="", expected=""),
    )
    assert list(github_lines(made(*findings))) == [
        "::error file=river.md,line=2,col=3,title=T002 term-forbidden::Write “水獭”.",
        "::error line=2,col=3,title=T002 term-forbidden::“otter” became “海狗”.",
        "::warning file=river.md,line=2,col=3,title=T002 term-forbidden::T002 term-forbidden",
        "::notice file=a%2Cb%3Ac%25.md,line=2,col=3,title=X900::100%25 tea:%0Ayes, tea (wanted: “水獭”)",
    ]
    assert list(github_lines(NOTHING)) == []
    assert "".join(github_lines(made(lang="zh"))).endswith("::“otter” became “海狗”.（应为“水獭”）")


def test_github_names_the_file_of_two() -> None:
    pair = Document("r.en + r.zh", "", "utf-8", "An otter.\n海狗。\n", format="Moses")
    zh, en = finding(document=pair.source), finding(document=pair.source, span_zh=None, line=1)
    lines = list(github_lines(made(zh, en, documents=(pair,))))
    assert [understood(line)[1]["file"] for line in lines] == ["r.en", "r.zh"]


@pytest.mark.parametrize(
    ("counts", "shown", "last"),
    [
        ((10, 10, 10), (10, 10, 10), ""),
        ((11, 0, 0), (10, 0, 0), "Not shown here: 1 error."),
        ((0, 0, 11), (0, 0, 9), "Not shown here: 2 notes."),
        ((12, 3, 10), (10, 3, 9), "Not shown here: 2 errors, 1 note."),
        ((1000, 1000, 0), (10, 10, 0), "Not shown here: 990 errors, 990 warnings."),
    ],
)
def test_github_shows_ten_of_a_level(counts: tuple[int, ...], shown: tuple[int, ...], last: str) -> None:
    findings = [
        finding(severity=severity, line=k, confidence=k / 2000)
        for severity, count in zip(("note", "warning", "error"), reversed(counts), strict=True)
        for k in range(count)
    ]
    lines = list(github_lines(made(*findings)))
    if last:
        assert lines.pop() == f"::notice title=duizhao::{last}"
    levels = [understood(line)[0] for line in lines]
    assert levels == ["error"] * shown[0] + ["warning"] * shown[1] + ["notice"] * shown[2]
    assert all(Counter(levels)[level] <= 10 for level in ("error", "warning"))
    surest = [int(understood(line)[1]["line"]) for line in lines if "::error" in line]
    assert surest == sorted(range(counts[0]), reverse=True)[:10]


def test_github_says_what_is_left_in_chinese() -> None:
    lines = list(github_lines(made(*(finding(line=k) for k in range(12)), lang="zh")))
    assert lines[-1] == "::notice title=duizhao::这里没有显示的还有 2 处错误。"


@given(odd, odd)
def test_github_lines_are_one_command_each(text: str, name: str) -> None:
    hostile = finding(rule=text, document=name, expected=text, found=text, message=text)
    (line,) = github_lines(made(hostile))
    assert not re.search("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]", line)
    kind, properties, data = understood(line)
    assert kind == "error" and set(properties) <= {"file", "line", "col", "title"}
    assert (properties["line"], properties["col"]) == ("2", "3")
    if name.isprintable() and name not in ("", "-"):
        assert properties["file"] == name
    if text.isprintable() and text.strip():
        assert data == text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_github_takes_every_payload(payload: str) -> None:
    lines = list(github_lines(build(payload, rule=payload)))
    assert [understood(line)[0] for line in lines] == ["error", "warning", "notice"]


def test_the_summary_is_the_page_without_its_rows() -> None:
    result = made(scores=(SCORE,), notes=("A note.",))
    text = written(write_findings_markdown, result)
    rows = text[text.index("\n## Findings") : text.index("\n## Scores")]
    assert github_summary(result) == text.replace(rows, "") and len(rows) > 100


def test_the_summary_stays_small() -> None:
    big = "\U0010ffff" * 50_000
    findings = [finding(rule=big, document=f"{big}{k}", found=f"{big}{k}", zh=str(k), expected=big) for k in range(30)]
    scores = tuple(replace(SCORE, metric=big, hypothesis=big, reference=big, kind=big, signature=big, note=big)
                   for _ in range(30))  # fmt: skip
    text = github_summary(made(*findings, scores=scores, notes=(big,) * 30))
    assert len(text.encode("utf-8")) < 200_000
    assert "\n- 20 more are not listed.\n" in text and "\n- 25 more are not listed.\n" in text
