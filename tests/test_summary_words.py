"""What a run amounts to, said in English and in Chinese: counts, verdict, the report for a terminal, notes."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.choice import Choice
from duizhao.corpora import Document, Leftover, Pair, Record
from duizhao.handling import handle
from duizhao.metrics import SECTIONS, Entry, Finding, Rendering, Score, Section, Severity
from duizhao.metrics.messages import Language, in_language
from duizhao.reports import Result, text_lines
from duizhao.reports.glossary_sections import TITLES, section_words
from duizhao.reports.summary import counted, in_few_words, mend_first, rule_name, verdict, what_was_read
from duizhao.reports.text import finding_line, read_line, reading_lines, score_line, terms_line
from duizhao.reports.visible import on_one_line

ROOT = Path(__file__).resolve().parents[1]
SIGNATURE = "nrefs:1|tok:zh"
CALL = re.compile(r"""\bcounted\(.{1,120}?,\s{0,20}["']([a-z ]+)["']\s{0,20}[,)]""", re.DOTALL)
NOUNS = sorted(
    {
        noun
        for folder, ending in (("reports", "*.py"), ("reports/templates", "*.j2"), ("cli", "*.py"))
        for path in (ROOT / folder).glob(ending)
        for noun in CALL.findall(path.read_text(encoding="utf-8"))
    }
)
# Handed to `counted` by name: severities, kinds of a termbase's problems, tables of scores.
BY_NAME = ["error", "warning", "note", "rendering", "forbidden rendering", "term", "other comparison", "other bucket"]
HALF_WIDTH = re.compile("[\u3400-\u9fff][,;:!?()]|[,;:!?()][\u3400-\u9fff]")


def finding(pair: str = "p1", severity: Severity = "error", rule: str = "N003", **words: str) -> Finding:
    found, expected = words.get("found", "水獭渔网"), words.get("expected", "Otter Net")
    message = words.get("message", "名称译错了。")
    document, zh = words.get("document", "tea.md"), words.get("zh", found)
    return Finding(
        rule, severity, 0.9, document, "r1", pair, "", zh, None, None, expected, found, message, 3, 5, "0" * 12
    )


def pairs(count: int) -> tuple[Pair, ...]:
    names = [f"p{number}" for number in range(1, count + 1)]
    return tuple(Pair(name, "r1", "tea.md", "abstract", ("Tea.",), ("茶。",), (), (), "1-1", 0.9) for name in names)


def result(lang: Language, found: tuple[Finding, ...] = (), read: tuple[int, int, int] = (1, 1, 2)) -> Result:
    """A result of so many documents, records and pairs."""
    documents, records, sentence_pairs = read
    return Result(
        tuple(Document(f"{n}.md" if n else "tea.md", "0", "utf-8", "茶") for n in range(documents)),
        tuple(Record(f"r{n}", "tea.md", "abstract") for n in range(records)),
        (), pairs(sentence_pairs), found, (), (), lang=lang,
    )  # fmt: skip


@pytest.mark.parametrize("noun", sorted({*NOUNS, *BY_NAME}))
def test_every_noun_has_a_measure_word(noun: str) -> None:
    assert re.fullmatch("1,234 [\u3400-\u9fff]{1,7}", counted(1234, noun, "zh"))
    assert counted(1, noun) == f"1 {noun}"


def test_the_callers_were_read() -> None:
    assert {"finding", "sentence pair", "other document", "segment", "false alarm", "bead"} <= set(NOUNS)


def test_an_unknown_noun_is_refused_in_chinese() -> None:
    assert counted(2, "otter") == "2 otters"
    with pytest.raises(KeyError):
        counted(2, "otter", "zh")


@pytest.mark.parametrize(
    ("code", "en", "zh"),
    [
        ("T002", "T002 term-forbidden", "T002 术语禁用译法"),
        ("X999", "X999", "X999"),
    ],
)
def test_rule_name(code: str, en: str, zh: str) -> None:
    assert (rule_name(code), rule_name(code, "en"), rule_name(code, "zh")) == (en, en, zh)


@pytest.mark.parametrize("section", SECTIONS)
def test_sections(section: Section) -> None:
    assert section_words(section) == section_words(section, "en") == TITLES[section]
    title, what = section_words(section, "zh")
    assert re.fullmatch("[\u3400-\u9fff]{3,6}", title) and what.endswith("。") and not HALF_WIDTH.search(what)


ONE, NOTE = finding(), finding(severity="note")
WARNING = finding("p2", "warning", "C001", found="", expected="", zh="茶")
LOOSE = finding("", zh="桥")  # in no pair
LEFT = finding(rule="C003", found="We propose a new way to count otters", expected="")
VERDICTS: list[tuple[tuple[Finding, ...], tuple[int, int, int], str, str]] = [
    (
        (ONE,), (1, 1, 2),
        "1 error in 1 of 2 sentence pairs; mend 水獭渔网 → Otter Net first.",
        "2 个句对中有 1 个存在问题，共 1 处错误；建议先改：水獭渔网 → Otter Net。",
    ),
    (
        (ONE, ONE, WARNING), (1, 1, 1234),
        "2 errors, 1 warning in 2 of 1,234 sentence pairs; mend 水獭渔网 → Otter Net (×2) first.",
        "1,234 个句对中有 2 个存在问题，共 2 处错误、1 处警告；建议先改：水獭渔网 → Otter Net（2 处）。",
    ),
    (
        (ONE, WARNING), (1, 1, 2),
        "1 error, 1 warning in all 2 sentence pairs; mend 水獭渔网 → Otter Net first.",
        "全部 2 个句对都存在问题，共 1 处错误、1 处警告；建议先改：水獭渔网 → Otter Net。",
    ),
    (
        (ONE,), (1, 1, 1),
        "1 error in 1 sentence pair; mend 水獭渔网 → Otter Net first.",
        "1 个句对中有 1 处错误；建议先改：水獭渔网 → Otter Net。",
    ),
    (
        (ONE, LOOSE), (1, 1, 9),
        "2 errors in 1 of 9 sentence pairs and elsewhere; mend 水獭渔网 → Otter Net first.",
        "9 个句对中有 1 个存在问题，句对之外也有，共 2 处错误；建议先改：水獭渔网 → Otter Net。",
    ),
    (
        (ONE, LOOSE), (1, 1, 1),
        "2 errors in 1 sentence pair and elsewhere; mend 水獭渔网 → Otter Net first.",
        "1 个句对内外共有 2 处错误；建议先改：水獭渔网 → Otter Net。",
    ),
    (
        (LOOSE, NOTE), (1, 1, 9),
        "1 error outside the 9 sentence pairs; mend 水獭渔网 → Otter Net first.",
        "9 个句对之外有 1 处错误；建议先改：水獭渔网 → Otter Net。",
    ),
    (
        (LOOSE,), (1, 1, 1),
        "1 error outside the sentence pair; mend 水獭渔网 → Otter Net first.",
        "1 个句对之外有 1 处错误；建议先改：水獭渔网 → Otter Net。",
    ),
    (
        (LOOSE,), (1, 3, 0),
        "1 error in 3 records without sentence pairs; mend 水獭渔网 → Otter Net first.",
        "3 条记录（没有句对）中有 1 处错误；建议先改：水獭渔网 → Otter Net。",
    ),
    (
        (WARNING,), (1, 1, 2),
        "1 warning in 1 of 2 sentence pairs; mend sentence omitted first.",
        "2 个句对中有 1 个存在问题，共 1 处警告；建议先改：漏译句子。",
    ),
    (
        (LEFT,), (1, 1, 2),
        "1 error in 1 of 2 sentence pairs; mend untranslated “We propose a new way to cou…” first.",
        "2 个句对中有 1 个存在问题，共 1 处错误；建议先改：原文未译“We propose a new way to cou…”。",
    ),
    (
        (NOTE,), (1, 1, 2),
        "No error or warning, 1 note in 2 sentence pairs.",
        "2 个句对中没有错误和警告，有 1 条提示。",
    ),
    (
        (NOTE,), (1, 1, 0),
        "No error or warning, 1 note in 1 record without sentence pairs.",
        "1 条记录（没有句对）中没有错误和警告，有 1 条提示。",
    ),
    ((), (1, 1, 2), "No finding in 2 sentence pairs of 1 record.", "1 条记录的 2 个句对中没有发现问题。"),
    ((), (1, 1, 0), "No finding in 1 record without sentence pairs.", "1 条记录（没有句对）中没有发现问题。"),
    ((), (1, 0, 0), "Nothing to check: 1 document without a record.", "没有可检查的内容：1 个文档（没有记录）。"),
    ((), (0, 0, 0), "Nothing was read.", "没有读到任何内容。"),
]  # fmt: skip


@pytest.mark.parametrize(("found", "read", "en", "zh"), VERDICTS)
def test_verdict(found: tuple[Finding, ...], read: tuple[int, int, int], en: str, zh: str) -> None:
    assert verdict(result("en", found, read)) == en
    assert verdict(result("zh", found, read)) == zh


@pytest.mark.parametrize(
    ("read", "en", "zh"),
    [
        ((1, 27, 212), "212 sentence pairs of 27 records", "27 条记录的 212 个句对"),
        ((1, 27, 0), "27 records without sentence pairs", "27 条记录（没有句对）"),
        ((2, 0, 0), "2 documents without a record", "2 个文档（没有记录）"),
    ],
)
def test_what_was_read(read: tuple[int, int, int], en: str, zh: str) -> None:
    assert (what_was_read(result("en", read=read)), what_was_read(result("zh", read=read))) == (en, zh)


@pytest.mark.parametrize(
    ("members", "limit", "en", "zh"),
    [
        ((ONE,), 28, "水獭渔网 → Otter Net", "水獭渔网 → Otter Net"),
        ((ONE,) * 3, 6, "水獭渔网 → Otter… (×3)", "水獭渔网 → Otter…（3 处）"),
        ((LEFT,), 11, "untranslated “We propose…”", "原文未译“We propose…”"),
        ((WARNING,) * 2, 28, "sentence omitted (×2)", "漏译句子（2 处）"),
        ((replace(WARNING, rule="X\x1b9"),), 28, "X⟨U+001B⟩9", "X⟨U+001B⟩9"),
    ],
)
def test_in_few_words(members: tuple[Finding, ...], limit: int, en: str, zh: str) -> None:
    [group] = mend_first(members)
    assert (in_few_words(group, limit), in_few_words(group, limit, "zh")) == (en, zh)


def otter_report(lang: Language) -> Result:
    later = finding("p2", "note", "F002", found="", expected="”", document="茶.md", message="缺少后引号。")
    rendering = Rendering("tea", "茶", 2, (), "preferred", "茶", "", False)
    terms: list[tuple[str, Section]] = [
        ("tea", "mismatch"), ("river", "new"), ("otter", "consistent"), ("bridge", "consistent"),
    ]  # fmt: skip
    entries = tuple(Entry(term, section, "", "", 1, 1, 0.5, ((term, 1),), (rendering,)) for term, section in terms)
    read = result(lang, (later, finding()))
    documents = (replace(read.documents[0], notes=("a note", "another")), Document("b.md", "0", "utf-8", "桥"))
    return replace(
        read,
        documents=documents,
        records=(Record("r1", "tea.md", "abstract"),),
        leftovers=(Leftover("tea.md", "noise", (0, 1), "阅读 5"), Leftover("tea.md", "unparsed", (1, 2), "???\n???")),
        entries=entries,
        notes=("设置来自duizhao.toml。",),
        scores=(
            Score("BLEU", 41.25, SIGNATURE, (40.0, 42.5), 2, "quality", "tea.md", "ours.tsv"),
            Score("chrF", 50.0, SIGNATURE, None, 1, "agreement", "tea.md", "b.md"),
        ),
    )


def test_the_report_for_a_terminal_in_chinese() -> None:
    assert list(text_lines(otter_report("zh"), statistics=True)) == [
        "tea.md:3:5: N003 错误 “水獭渔网” → “Otter Net” 名称译错了。",
        "茶.md:3:5: F002 提示 应为“”” 缺少后引号。",
        "",
        "1 F002 引号括号有误",
        "1 N003 专名不应翻译",
        "",
        "1 条记录的 2 个句对中发现 2 个问题（1 处错误、0 处警告、1 条提示）；非正文 1 行，未能解析 2 行。",
        "4 个术语：译法有误 1 个、术语库未收录 1 个、译法一致 2 个。",
        "tea.md：a note；another。",
        "b.md：没有找到记录。",
        "设置来自duizhao.toml。",
        f"BLEU 41.2 [40.0, 42.5]  质量：tea.md 对照 ours.tsv，2 个句段  {SIGNATURE}",
        f"chrF 50.0  一致度：tea.md 对照 b.md，1 个句段  {SIGNATURE}",
    ]


def test_the_same_in_english() -> None:
    report = otter_report("en")
    assert terms_line(report) == "4 terms: 1 with a wrong rendering, 1 new to the termbase, 2 consistent."
    assert next(text_lines(report)) == "tea.md:3:5: N003 error “水獭渔网” → “Otter Net” 名称译错了。"
    assert score_line(report.scores[0]) == (
        f"BLEU 41.2 [40.0, 42.5]  quality: tea.md against ours.tsv, 2 segments  {SIGNATURE}"
    )


@pytest.mark.parametrize(
    ("read", "found", "line"),
    [
        ((1, 1, 2), (), "1 条记录的 2 个句对中没有发现问题；非正文 0 行，未能解析 0 行。"),
        ((1, 1, 0), (), "1 条记录（没有句对）中没有发现问题；非正文 0 行，未能解析 0 行。"),
        (
            (1, 1, 2),
            (ONE,),
            "1 条记录的 2 个句对中发现 1 个问题（1 处错误、0 处警告、0 条提示）；非正文 0 行，未能解析 0 行。",
        ),
    ],
)
def test_closing_line_in_chinese(read: tuple[int, int, int], found: tuple[Finding, ...], line: str) -> None:
    shown = list(text_lines(result("zh", found, read)))
    assert shown[len(found) + bool(found)] == line
    assert read_line(result("zh", found, read)) == f"{what_was_read(result('zh', found, read))}；{line.split('；')[1]}"


def test_notes_of_many_documents_in_chinese() -> None:
    lines = list(reading_lines(result("zh", read=(13, 1, 2))))  # the first has the record
    assert lines[0] == "1.md：没有找到记录。" and len(lines) == 11
    assert lines[-1] == "另有 2 个文档也有这类说明：见报告或 corpus/。"


@given(st.text(max_size=30), st.sampled_from(["en", "zh"]))
def test_no_text_of_a_document_leaves_its_line(text: str, lang: Language) -> None:
    hostile = finding(found=text, expected=text, document=text, message=text)
    lines = [finding_line(hostile, lang=lang), *text_lines(result(lang, (hostile,)))]
    assert [line for line in lines if on_one_line(line) != line] == []
    assert on_one_line(verdict(result(lang, (hostile,)))) == verdict(result(lang, (hostile,)))


PATHS = (("*", ("Q", "F001")),)


@pytest.mark.parametrize(
    ("choice", "notes"),
    [
        (Choice(ignore=("N", "F001")), ["3 个问题（涉及 2 条规则）未显示：--ignore N,F001。"]),
        (Choice(path_ignores=PATHS), ["2 个问题未显示：* 忽略 Q,F001。"]),
        (
            Choice(ignore_files=("list",)),
            ["1 个问题按 list 保留原样。", "list 中有 1 条在本次读取的内容里找不到对应。"],
        ),
        (
            Choice(baseline="known"),
            ["1 个问题已列入 known，不再报告。", "known 中有 2 条在本次读取的内容里找不到对应。"],
        ),
        (Choice(), []),
    ],
)
def test_notes_on_what_is_not_reported(
    choice: Choice, notes: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list").write_text(f"{'0' * 12} N003 a name\n{'e' * 12} N003 gone\n", encoding="utf-8")
    row = '{"fingerprint": "%s", "rule": "%s"}\n'
    Path("known").write_text(row % ("0" * 12, "N003") + row % ("e" * 12, "T001") * 2, encoding="utf-8")
    found = [finding(), finding(rule="F001"), replace(finding(rule="F001"), fingerprint="1" * 12)]
    assert [in_language(note, "zh") for note in handle(found, choice).notes] == notes
