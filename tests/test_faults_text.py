"""Bad inputs, rows 1–18 of docs/faults.md: texts and encodings."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text

from duizhao.corpora import Document, DuizhaoError, InputError, LimitError, Reading, document_from_bytes
from duizhao.main import main
from duizhao.metrics import Finding
from duizhao.metrics.invisible import check_invisible
from duizhao.pipeline import audit_corpus, build_corpus

EN = "The otters carried 32 fresh shells home today."
ZH = "海獭今天把三十二个新鲜的贝壳带回了家。"
PAGE = "1、[CL] Otters Carry Fresh Shells Home Today\n水獭把新鲜的贝壳带回家\nA Lin, B Meyer…\n[River Lab]\n{}\n{}\nhttps://example.org/otter\n"
CLEAN = PAGE.format(ZH, EN)
EMPTY = "wanted text with Chinese or English"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line, in a folder of its own: exit code, output, error output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(list(arguments))
            raise SystemExit(0)
        shown = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, shown.out, shown.err

    return call


def write(name: str, data: str | bytes) -> str:
    Path(name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return name


def read(data: str | bytes, name: str = "a.txt", reading: Reading | None = None) -> Document:
    return document_from_bytes(data if isinstance(data, bytes) else data.encode(), name, reading=reading)


def refusal(data: str | bytes, name: str = "a.txt", reading: Reading | None = None) -> str:
    with pytest.raises(InputError) as caught:
        read(data, name, reading)
    return str(caught.value)


def audited(data: str | bytes, name: str = "a.txt") -> tuple[Document, list[Finding]]:
    """The document of one file and the findings on it."""
    result = audit_corpus(build_corpus([write(name, data)]))
    return result.documents[0], list(result.findings)


def seen(findings: list[Finding]) -> list[tuple[str, str, int, int, str]]:
    return [(f.rule, f.severity, f.line, f.column, f.found) for f in findings]


@pytest.mark.parametrize("command", ["run", "build", "audit"])
def test_fault_01_an_empty_file(run: Run, command: str) -> None:
    write("a.txt", b"")
    assert run(command, "a.txt", "-o", "out") == (2, "", f"a.txt: an empty file; {EMPTY}\n")
    assert not Path("out").exists()
    code, out, err = run(command, "a.txt", "--allow-empty", "-o", "out")
    assert (code, err) == (0, "")
    assert "0 records without sentence pairs" in out and "\na.txt: an empty file; no record found.\n" in out


def test_fault_01_an_empty_report_is_whole(run: Run) -> None:
    write("a.txt", b"")
    write("page.txt", CLEAN)
    assert run("run", "a.txt", "--allow-empty", "-o", "out")[0] == 0
    assert sorted(path.name for path in Path("out").iterdir()) == [
        *(".duizhao-remembered", "corpus", "findings.jsonl", "glossary.csv", "glossary.jsonl", "glossary.xlsx"),
        *("leftovers.jsonl", "pairs.jsonl", "records.jsonl", "report.html", "scores.json"),
    ]
    assert Path("out/records.jsonl").read_bytes() == Path("out/pairs.jsonl").read_bytes() == b""
    assert "a.txt" in Path("out/report.html").read_text(encoding="utf-8")
    assert run("audit", "out")[0] == 0  # the corpus is read back, and nobody need say it may be empty
    # Beside a page with text the empty file is named, and the page is read.
    code, out, _ = run("audit", "a.txt", "page.txt", "--allow-empty")
    assert code == 0 and "in 2 pairs of 1 record;" in out and "a.txt: an empty file; no record found." in out


def test_fault_01_a_file_that_is_not_understood_is_not_empty(run: Run) -> None:
    write("a.txt", "★★★\n12:30\n")
    code, _, err = run("audit", "a.txt", "--allow-empty")
    assert (code, err) == (2, "a.txt: no record found; wanted papers or paragraphs in Chinese or English\n")


@pytest.mark.parametrize(
    ("data", "counted"),
    [
        ("\n", ""),
        ("\n \n\u3000\n", " It has 3 of them."),
        (" \n\t", " It has 2 of them."),
        ("\r\n\r\n", " It has 2 of them."),
        ("\ufeff\n\n", " It has 2 of them."),
    ],
)
def test_fault_02_blank_lines_only(data: str, counted: str) -> None:
    assert refusal(data) == f"a.txt: only blank lines; {EMPTY}" + (f".{counted}" if counted else "")
    document = read(data, reading=Reading(allow_empty=True))
    said = f"only blank lines:{counted.lower().rstrip('.')}" if counted else "only blank lines"
    assert (document.text, document.notes) == ("", (said,))


def test_fault_03_byte_order_marks() -> None:
    table = read(f"\ufeffen,zh\n{EN},{ZH}\n", "a.csv")
    assert table.text == f"{EN}\n{ZH}\n\n" and table.notes == ("CSV: en → text_en, zh → text_zh",)
    twice = read(f"\ufeff\ufeffen,zh\n{EN},{ZH}\n", "a.csv")
    assert twice.text == table.text
    assert twice.notes == ("a second byte-order mark at the beginning was left out", *table.notes)
    inside = read(f"{ZH}\nAn otter\ufeff sleeps.\n")
    assert "\ufeff" in inside.text and inside.notes == ("1 byte-order marks inside the text were kept",)


def test_fault_04_utf_16() -> None:
    for data in (CLEAN.encode("utf-16"), b"\xfe\xff" + CLEAN.encode("utf-16-be")):
        document = read(data)
        assert (document.text, document.encoding) == (CLEAN, "utf-16")
        assert document.notes == ("read as UTF-16, as its byte-order mark says",)
    said = "a.txt: UTF-16 without a byte-order mark; wanted UTF-8. Try --encoding utf-16-be."
    assert refusal(f"{EN}\n{ZH}\n".encode("utf-16-be")) == said


def test_fault_05_gb18030_is_refused_with_its_name(run: Run) -> None:
    said = "not UTF-8 (byte {} is 0x{}); wanted UTF-8, or the encoding by name. Try --encoding gb18030."
    assert refusal(ZH.encode("gbk")) == f"a.txt:1:1: {said.format(0, 'BA')}"
    assert refusal("对照".encode("gb18030")) == f"a.txt:1:1: {said.format(0, 'B6')}"  # four bytes are enough
    write("a.txt", CLEAN.encode("gb18030"))
    code, _, err = run("audit", "a.txt")
    assert (code, err) == (2, f"a.txt:1:2: {said.format(1, 'A1')}\n")
    assert run("audit", "a.txt", "--encoding", "gb18030")[0] == 0


TRADITIONAL = "這條河裡有一隻水獺，牠每天都在橋下睡覺，等著喝茶。\n"
SIMPLIFIED = "这条河里有两只水獭，它们每天都在桥下睡觉，等着喝茶。\n"


def test_fault_06_big5_and_the_script_of_the_chinese() -> None:
    assert refusal(TRADITIONAL.encode("big5")).endswith("Try --encoding big5hkscs.")
    document = read(f"𨋢{TRADITIONAL}".encode("big5hkscs"), reading=Reading("big5-hkscs"))
    assert (document.text, document.script) == (f"𨋢{TRADITIONAL}", "Hant")
    assert read(SIMPLIFIED).script == "Hans"
    assert read(SIMPLIFIED + TRADITIONAL).script == "mixed"


def test_fault_07_one_bad_byte_in_line_80000() -> None:
    data = f"{EN}\n{ZH}\n".encode() * 39_999 + f"{EN}\n".encode() + b"ab\xffcd\n" + f"{ZH}\n".encode()
    said = (
        "not UTF-8 (byte 4199944 is 0xFF); wanted UTF-8, or the encoding by name. The rest is UTF-8: mend this place."
    )
    assert refusal(data) == f"a.txt:80000:3: {said}"
    document = read(data, reading=Reading(errors="replace"))
    assert document.text.split("\n")[79_999] == "ab\ufffdcd"
    assert document.notes == ("1 place was not utf-8 and read as U+FFFD, the first at 80000:3",)


def test_fault_07_replaced_bytes_are_findings(run: Run) -> None:
    write("a.txt", CLEAN.encode().replace(b"fresh shells home today.", b"fr\xffesh sh\xffells home today."))
    assert run("audit", "a.txt")[0] == 2
    code, out, _ = run("audit", "a.txt", "--errors", "replace")
    assert code == 1
    assert (
        "a.txt:6:25: F006 warning “U+FFFD” U+FFFD REPLACEMENT CHARACTER stands where a character was lost in decoding; "
        "look it up in the original. It stands here 2 times."
    ) in out.split("\n")
    assert "\na.txt: 2 places were not utf-8 and read as U+FFFD, the first at 6:25.\n" in out


@pytest.mark.parametrize(
    ("data", "named", "text", "note"),
    [
        (
            b"an otter asleep\x81",
            "cp1252",
            "an otter asleep\ufffd",
            "1 place was not cp1252 and read as U+FFFD, the first at 1:16",
        ),
        (
            f"{ZH}!".encode("gbk") + b"\xff",
            "gbk",
            f"{ZH}!\ufffd",
            "1 place was not gb18030 and read as U+FFFD, the first at 1:21",
        ),
        (
            b"\xff\xfe" + EN.encode("utf-16-le") + b"a",
            None,
            f"{EN}\ufffd",
            "1 place was not utf-16-le and read as U+FFFD, the first at 1:47",
        ),
    ],
)
def test_fault_07_in_other_encodings(data: bytes, named: str | None, text: str, note: str) -> None:
    document = read(data, reading=Reading(named, errors="replace"))
    assert (document.text, document.notes) == (text, (note,))


def test_fault_07_another_encoding_is_not_damage() -> None:
    data = ZH.encode("gbk")
    assert refusal(data, reading=Reading(errors="replace")) == refusal(data)


@given(st.binary(max_size=200) | odd_text.map(str.encode), st.sampled_from([None, "gb18030", "cp1252", "utf-16", "hz"]))
def test_fault_07_any_bytes_give_text_or_our_error(data: bytes, named: str | None) -> None:
    try:
        document = read(data, reading=Reading(named, errors="replace", allow_empty=True))
    except DuizhaoError as error:
        assert str(error).startswith("a.txt:")
    else:
        document.text.encode("utf-8")
        assert unicodedata.is_normalized("NFC", document.text)


def test_fault_08_half_characters() -> None:
    data = json.dumps({"en": EN, "zh": "水\ud800"})
    assert refusal(data, "a.json") == "a.json:1:71: half a character (a lone surrogate); wanted whole text"
    assert refusal(b"otter \xed\xa0\x80").startswith("a.txt:1:7: not UTF-8 (byte 6 is 0xED)")


def test_fault_09_control_characters(run: Run) -> None:
    page = PAGE.format(ZH.replace("贝", "\0贝"), EN.replace("fresh", "fre\x07sh"))
    document, findings = audited(page)
    assert document.notes == ("2 control characters were kept",)
    assert seen(findings) == [("F006", "warning", 5, 13, "U+0000"), ("F006", "warning", 6, 26, "U+0007")]
    assert findings[1].message == (
        "U+0007 (control character) prints nothing, and other programs refuse it or stop there; delete it."
    )
    assert (findings[0].zh, findings[0].en, findings[1].zh, findings[1].en) == ("\0", "", "", "\x07")
    assert run("run", "a.txt", "-o", "out")[0] == 1
    report = Path("out/report.html").read_bytes()
    assert b"\0" not in report and b"\x07" not in report and "⟨U+0000⟩".encode() in report


def test_fault_10_invisible_characters(run: Run) -> None:
    page = PAGE.format(ZH.replace("贝", "\u202e贝"), EN.replace("fresh", "fre\u00adsh\u200b"))
    document, findings = audited(page)
    assert document.notes == ("3 invisible characters were kept",)
    assert seen(findings) == [
        ("F006", "warning", 5, 13, "U+202E"),
        ("F006", "note", 6, 26, "U+00AD"),
        ("F006", "note", 6, 29, "U+200B"),
    ]
    assert findings[0].message == "U+202E RIGHT-TO-LEFT OVERRIDE shows what follows in reverse order; delete it."
    assert run("run", "a.txt", "-o", "out")[0] == 1
    report = Path("out/report.html").read_text(encoding="utf-8")
    assert "⟨U+202E⟩" in report and not set("\u202e\u200b\u00ad") & set(report)


LOST = "stands where a character was lost in decoding; look it up in the original."
SILENT = "(control character) prints nothing, and other programs refuse it or stop there; delete it."
UNSEEN = "has no width: nobody sees it, and search misses what it stands in."
HIDDEN = [
    ("水獭\u200b喝茶", [(2, "note", f"U+200B ZERO WIDTH SPACE {UNSEEN}")]),
    ("河\u200b\u200b里\u200b的", [(1, "note", f"U+200B ZERO WIDTH SPACE {UNSEEN} It stands here 3 times.")]),
    ("\u200b\ufeff 水獭\u200b\n", []),  # at the edges it harms nobody
    ("\u200b\n", []),
    ("otters\u2060drink", [(6, "note", f"U+2060 WORD JOINER {UNSEEN}")]),
    ("\u202e水獭", [(0, "warning", "U+202E RIGHT-TO-LEFT OVERRIDE shows what follows in reverse order; delete it.")]),
    ("水獭\ufffd", [(2, "warning", f"U+FFFD REPLACEMENT CHARACTER {LOST}")]),
    ("a\x85b", [(1, "warning", f"U+0085 {SILENT}")]),
    ("tea\tand\nshells", []),
    ("一座桥，两条河\u3000三杯茶\u00a0", []),
    ("👩\u200d🚀 and ❤\ufe0f\u200d🔥, 🏳\ufe0f\u200d🌈, 🙂\u200d↔\ufe0f, 👩🏽\u200d🚀, 1\ufe0f\u20e3", []),
    ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 河", []),
    ("葛\U000e0100城", []),  # a variant of the character
    ("می\u200cخواهم", []),  # Persian spells so
    ("ot\u200dter", [(2, "note", f"U+200D ZERO WIDTH JOINER {UNSEEN}")]),
    ("水\u200d獭", [(1, "note", f"U+200D ZERO WIDTH JOINER {UNSEEN}")]),
    ("tea\ufe0fcup", [(3, "note", f"U+FE0F VARIATION SELECTOR-16 {UNSEEN}")]),
    ("a\U000e0041b", [(1, "note", f"U+E0041 TAG LATIN CAPITAL LETTER A {UNSEEN}")]),
]


@pytest.mark.parametrize(("text", "wanted"), HIDDEN)
@pytest.mark.parametrize("zh", [True, False])
def test_fault_10_one_finding_a_character(text: str, wanted: list[tuple[int, str, str]], zh: bool) -> None:
    drafts = list(check_invisible(text, zh=zh))
    spans = [draft.span_zh if zh else draft.span_en for draft in drafts]
    assert all((draft.span_en if zh else draft.span_zh) is None for draft in drafts)
    assert [(span[0], d.severity, d.message) for span, d in zip(spans, drafts, strict=True) if span] == wanted
    assert all(draft.rule == "F006" and draft.found in draft.message for draft in drafts)


@given(st.text(st.sampled_from("a獭 \n\u200b\u200d\u202e\ufffd\x00\ufe0f👩🏴\U000e0067\u00ad"), max_size=30))
def test_fault_10_findings_name_what_stands_there(text: str) -> None:
    drafts = list(check_invisible(text, zh=True))
    places = [draft.span_zh for draft in drafts if draft.span_zh]
    assert [f"U+{ord(text[a:b]):04X}" for a, b in places] == [draft.found for draft in drafts]
    assert len({draft.found for draft in drafts}) == len(drafts)
    loud = {f"U+{ord(sign):04X}" for sign in text if sign in "\u202e\ufffd\x00"}
    assert {draft.found for draft in drafts if draft.severity == "warning"} == loud


def test_fault_11_spans_count_in_the_stored_text(run: Run) -> None:
    page = PAGE.format(
        ZH.replace("三十二", "四十七"), EN.replace("today", "to the cafe\u0301 today").replace("fresh", "fine\u0301")
    )
    document, findings = audited(page)
    assert document.notes == ("normalised to NFC",)
    assert unicodedata.is_normalized("NFC", document.text) and "finé" in document.text
    (found,) = [f for f in findings if f.rule == "Q001"]
    assert found.span_en and found.span_zh
    assert (document.text[slice(*found.span_en)], document.text[slice(*found.span_zh)]) == ("32", "四十七")


def test_fault_12_full_width_is_the_same_and_stays(run: Run) -> None:
    page = PAGE.format(
        f"{ZH.replace('三十二', '３２')}①号用Ｔｒａｎｓｆｏｒｍｅｒ称出２㎏。",
        f"{EN} No. 1 weighs 2 kg with a Transformer.",
    )
    document, findings = audited(page)
    assert "３２" in document.text and "①号用Ｔｒａｎｓｆｏｒｍｅｒ称出２㎏。" in document.text
    assert [f.rule for f in findings if f.rule[0] in "TNQ"] == []


def test_fault_13_compatibility_ideographs_are_noted_once() -> None:
    document = read(f"\uf900\uf900{ZH}\n")
    assert document.text == f"\u8c48\u8c48{ZH}\n" and document.notes == ("normalised to NFC",)
    memory = (
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>Tea</seg></tuv>'
        f'<tuv xml:lang="zh"><seg>\uf900{ZH}</seg></tuv></tu></body></tmx>'
    )
    document = read(memory, "a.tmx")
    assert document.text == f"Tea\n\u8c48{ZH}\n\n"
    assert document.notes == ("TMX 1.4: en → text_en, zh → text_zh", "1 cells were normalised to NFC")


def test_fault_14_characters_beyond_the_first_plane_count_once(run: Run) -> None:
    document, findings = audited(PAGE.format(f"𠀀👩\u200d🚀𠀀{ZH.replace('三十二', '四十七')}", EN))
    (found,) = findings
    assert (found.rule, found.line, found.column, found.found) == ("Q001", 5, 11, "四十七")
    assert found.span_zh and document.text[slice(*found.span_zh)] == found.zh == "四十七"
    assert run("run", "a.txt", "-o", "out")[0] == 1
    assert ">四十七</mark>" in Path("out/report.html").read_text(encoding="utf-8")


def test_fault_15_lines_end_at_line_feeds() -> None:
    odd = "茶\u2028水\x85河\x0b桥\x0c石\x1c鱼"
    text = f"{ZH * 20}\n{odd}\n{ZH * 20}\n"
    document = read(text)
    assert document.text == text
    assert document.position(document.text.index("鱼")) == (2, 11)
    assert document.position(len(text) - 2) == (3, 20 * len(ZH))
    alone = read(f"{ZH}\r{EN}\r\n{ZH}")  # a lone CR ended lines once, and is said to
    assert alone.text == f"{ZH}\n{EN}\n{ZH}" and alone.notes == ("line ends were CRLF or CR; read as LF",)


@pytest.mark.parametrize(
    "change", [str, lambda t: t.rstrip("\n"), lambda t: t.replace("\n", "\r\n"), lambda t: t.replace("\n", "\r\n", 3)]
)
def test_fault_16_line_ends_change_no_pair(run: Run, change: Callable[[str], str]) -> None:
    wanted = build_corpus([write("a.txt", CLEAN)])
    page = change(CLEAN)
    made = build_corpus([write("a.txt", page)])
    assert made.pairs == wanted.pairs and len(made.pairs) == 2
    assert made.documents[0].notes == (("line ends were CRLF or CR; read as LF",) if "\r" in page else ())


@pytest.mark.parametrize(
    ("data", "name", "where"),
    [
        (f"{EN}\n{'水獭' * 50_001}\n", "a.txt", "a.txt:2:1: 100,002 characters in one line"),
        ("a" * 1_000_000, "a.md", "a.md:1:1: 1,000,000 characters in one line"),
        (f"<html><p>{EN}<p>{ZH * 6_000}", "a.html", "a.html:1:59: 114,000 characters in one line"),
        (f"en,zh\n{EN},{'獭' * 100_001}\n", "a.csv", "a.csv:2:2: 100,001 characters in one cell"),
        (
            json.dumps({"en": EN, "zh": "獭" * 100_001}, ensure_ascii=False),
            "a.json",
            "a.json:1:64: 100,001 characters in one cell",
        ),
    ],
)
def test_fault_17_a_unit_too_long(data: str, name: str, where: str) -> None:
    with pytest.raises(LimitError) as caught:
        read(data, name)
    assert str(caught.value) == f"{where}; wanted at most 100,000. Split it, or raise --max-unit."
    assert read(data, name, Reading(limit_unit=1_000_000)).text


def test_fault_17_the_limit_can_be_set(run: Run) -> None:
    write("a.txt", CLEAN)
    code, _, err = run("audit", "a.txt", "--max-unit", "45")
    said = "a.txt:6:1: 46 characters in one line; wanted at most 45. Split it, or raise --max-unit.\n"
    assert (code, err) == (2, said)
    assert run("audit", "a.txt", "--max-unit", "46")[0] == 0
    code, _, err = run("audit", "a.txt", "--max-unit", "0")
    assert code == 2 and "0 is not in the range x>=1" in err


def test_fault_18_columns_swapped() -> None:
    rows = f"{ZH},{EN}\n水獭喝茶。,The otter drinks tea.\n"
    said = "a.csv: Chinese in 'en' and English in 'zh'; wanted each in its own. Are the columns swapped?"
    assert refusal(f"en,zh\n{rows}", "a.csv") == said
    assert refusal(f"en,zh\n{ZH},{ZH}\n", "a.csv") == "a.csv: Chinese in 'en' and 'zh'; wanted English in one of them"
    document = read(f"source,target\n{rows}", "a.csv")  # these names say no language
    assert document.notes == ("CSV: source → text_zh, target → text_en",)


def test_fault_18_one_unit_swapped_or_not_translated(run: Run) -> None:
    rows = [
        (EN, ZH),
        ("The bridge is old.", "桥很旧。"),
        ("Tea is hot.", "茶很烫。"),
        ("鱼在桥下游来游去。", "The fish swim under the bridge."),
    ]
    _, findings = audited("en,zh\n" + "".join(f"{en},{zh}\n" for en, zh in rows), "a.csv")
    assert [(f.rule, f.severity, f.line, f.zh) for f in findings] == [
        ("C003", "error", 5, "The fish swim under the bridge.")
    ]
    _, findings = audited(f"en,zh\n{EN},{EN}\nThe bridge is old.,The bridge is old.\n", "b.csv")
    assert [(f.rule, f.severity, f.line) for f in findings] == [("C003", "warning", 2), ("C003", "warning", 3)]
