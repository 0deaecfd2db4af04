"""LaTeX, Word, bilingual files and newsletters with their originals, read whole: every record, as a careful reader has it."""
# ruff: noqa: E501

import json
import zipfile
from io import BytesIO
from pathlib import Path
from textwrap import fill
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from duizhao.align import pair_records
from duizhao.corpora import (
    Document,
    InputError,
    Joined,
    Record,
    document_from_bytes,
    extract,
    join_catalog,
    join_original,
    read_catalog,
    read_documents,
)

STONE_EN = "Sea otters keep one stone for most of their lives. We followed twelve otters through a winter and filmed every meal. Nine of them never lent their stone to a neighbour."
STONE_ZH = "海獭一生中大部分时间只用一块石头。我们跟踪了十二只海獭一整个冬天，拍下了它们的每一顿饭。其中九只从未把石头借给邻居。"
TEA_EN = "Green tea cools at a rate that depends on the shape of the cup. We measured forty cups in three tea houses. A simple model predicts the moment of the first sip."
TEA_ZH = "绿茶冷却的速度取决于茶杯的形状。我们在三家茶馆里测量了四十只茶杯。一个简单的模型可以预测第一口的时刻。"
HUM_EN = "Stone bridges hum when the wind comes from the north. We recorded seven bridges for one year. The pitch of the hum follows the water level below."
HUM_ZH = "北风吹来的时候，石桥会发出嗡嗡的声音。我们把七座桥的声音录了一年。声音的高低与桥下的水位十分吻合。"
TEA_HANT = "綠茶冷卻的速度取決於茶杯的形狀。我們在三家茶館裡測量了四十隻茶杯。一個簡單的模型可以預測第一口的時刻。"

FIELDS = (
    "title_en", "title_zh", "authors", "url", "abstract_en", "abstract_zh", "key_points_zh", "summary_zh",
    "commentary_zh", "text_en", "text_zh", "authors_en",
)  # fmt: skip


def shown(records: tuple[Record, ...]) -> list[dict[str, Any]]:
    """The kind of each record and those of the fields that it has."""
    return [{"kind": r.kind, **{name: value for name in FIELDS if (value := getattr(r, name))}} for r in records]


def read(data: str | bytes, name: str) -> list[dict[str, Any]]:
    return shown(extract([document_from_bytes(data.encode() if isinstance(data, str) else data, name)]).records)


def abstract(en: str, zh: str, **more: Any) -> dict[str, Any]:
    return {"kind": "abstract", "abstract_en": en, "abstract_zh": zh, **more}


def passage(en: str, zh: str, **more: Any) -> dict[str, Any]:
    return {"kind": "passage", "text_en": en, "text_zh": zh, **more}


def segment(en: str, zh: str) -> dict[str, Any]:
    return {"kind": "segment", "text_en": en, "text_zh": zh}


# ---------------------------------------------------------------------------------------------------------------------
# 1. LaTeX and reports


def wrapped(text: str) -> str:
    """Text as people break it in LaTeX: English at 60 columns, Chinese after 24 characters."""
    return fill(text, 60) if text.isascii() else "\n".join(text[k : k + 24] for k in range(0, len(text), 24))


THESIS = rf"""% 海獭学院论文模板
\documentclass[master]{{otterthesis}}
\ctitle{{论海獭的石头}}
\etitle{{On the Stones of Otters}}
\cauthor{{王小獭}}
\begin{{document}}
\begin{{cabstract}}
{wrapped(STONE_ZH)}
% 这里还要改
\ckeywords{{海獭；石头；河流}}
\end{{cabstract}}
\begin{{eabstract}}
{wrapped(STONE_EN).replace("twelve ", "twelve~").replace("winter", chr(92) + "emph{winter}")}
\ekeywords{{otters; stones; rivers}}
\end{{eabstract}}
\end{{document}}
"""
ENGLISH_FIRST = rf"""\begin{{eabstract}}
{wrapped(TEA_EN)} % mind the cups

\keywords{{tea, cups}}
\end{{eabstract}}
\begin{{cabstract}}
{wrapped(TEA_HANT)}

\keywords{{茶，茶杯}}
\end{{cabstract}}
"""
ARTICLE = rf"""\documentclass{{ctexart}}
\title{{论海獭的石头}}
\author{{王小獭}}
\begin{{document}}
\maketitle
\begin{{abstract}}
{wrapped(STONE_ZH)}

\textbf{{关键词：}}海獭；石头
\end{{abstract}}
\renewcommand{{\abstractname}}{{Abstract}}
\begin{{abstract}}
{wrapped(STONE_EN)}

\textbf{{Keywords:}} otters; stones
\end{{abstract}}
\end{{document}}
"""
CHAPTERS = rf"""\chapter*{{摘要}}
{wrapped(STONE_ZH)}

{wrapped(HUM_ZH)}

\noindent\textbf{{关键词：}}海獭，石头
\chapter*{{Abstract}}
{wrapped(STONE_EN)}

{wrapped(HUM_EN)}

\noindent\textbf{{Key words:}} otters, stones
"""
IN_TURN = rf"""\section{{海獭}}
{wrapped(STONE_ZH)}
\section{{Otters}}
{wrapped(STONE_EN)}
\section{{茶}}
{wrapped(TEA_ZH)}
\section{{Tea}}
{wrapped(TEA_EN)}
"""
IN_TURN_MARKDOWN = (
    f"# 河边报告\n\n## 海獭\n\n{STONE_ZH}\n\n## Otters\n\n{STONE_EN}\n\n## 茶\n\n{TEA_ZH}\n\n## Tea\n\n{TEA_EN}\n"
)
OTTERS, TEA = (
    abstract(STONE_EN, STONE_ZH, title_en="Otters", title_zh="海獭"),
    abstract(TEA_EN, TEA_ZH, title_en="Tea", title_zh="茶"),
)
REPORTS = {
    "a thesis": (
        THESIS,
        "a.tex",
        [
            abstract(
                STONE_EN, STONE_ZH, title_en="On the Stones of Otters", title_zh="论海獭的石头", authors=("王小獭",)
            )
        ],
    ),
    "English first, traditional": (ENGLISH_FIRST, "a.tex", [abstract(TEA_EN, TEA_HANT)]),
    "an article": (ARTICLE, "a.tex", [abstract(STONE_EN, STONE_ZH, title_zh="论海獭的石头", authors=("王小獭",))]),
    "two chapters": (CHAPTERS, "a.tex", [abstract(f"{STONE_EN}\n{HUM_EN}", f"{STONE_ZH}\n{HUM_ZH}")]),
    "sections in turn": (IN_TURN, "a.tex", [OTTERS, TEA]),
    "sections in turn, Markdown": (IN_TURN_MARKDOWN, "a.md", [OTTERS, TEA]),
    "one section without its other": (
        IN_TURN[: IN_TURN.index(r"\section{Tea}")],
        "a.tex",
        [
            {"kind": "zh_only", "title_zh": "海獭", "abstract_zh": STONE_ZH},
            {"kind": "missing_zh", "title_en": "Otters", "abstract_en": STONE_EN},
            {"kind": "zh_only", "title_zh": "茶", "abstract_zh": TEA_ZH},
        ],
    ),
}


def unwrapped(record: dict[str, Any]) -> dict[str, Any]:
    """The record with its English on one line, and NBSP as a blank."""
    return {name: value.replace("\u00a0", " ") if isinstance(value, str) else value for name, value in record.items()}


@pytest.mark.parametrize(("text", "name", "wanted"), REPORTS.values(), ids=REPORTS)
def test_reports(text: str, name: str, wanted: list[dict[str, Any]]) -> None:
    assert [unwrapped(record) for record in read(text, name)] == wanted


def test_traditional_stays_traditional() -> None:
    assert document_from_bytes(ENGLISH_FIRST.encode(), "a.tex").script == "Hant"


# ---------------------------------------------------------------------------------------------------------------------
# 2. Word documents, line by line in two languages

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(*paragraphs: str) -> bytes:
    """A Word file of these paragraphs; "\\n" is a soft line break."""
    body = "".join(
        "<w:p><w:r>" + "<w:br/>".join(f"<w:t>{line}</w:t>" for line in text.split("\n")) + "</w:r></w:p>"
        for text in paragraphs
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {WORD}><w:body>{body}</w:body></w:document>")
    return out.getvalue()


def sentences(text: str) -> list[str]:
    return [part.strip() for part in text.replace(".", ".\n").replace("。", "。\n").split("\n") if part.strip()]


LINES = [
    *zip(sentences(STONE_EN), sentences(STONE_ZH), strict=True),
    *zip(sentences(TEA_EN), sentences(TEA_ZH), strict=True),
]
TITLES = {"kind": "title", "title_en": "On the Stones of Otters", "title_zh": "论海獭的石头"}
WORDS = {
    "one paragraph, soft breaks": (
        docx("\n".join(["On the Stones of Otters", "论海獭的石头", *(line for pair in LINES for line in pair)])),
        [TITLES, *(passage(en, zh) for en, zh in LINES)],
    ),
    "a soft break within each paragraph": (
        docx(
            "On the Stones of Otters\n论海獭的石头",
            f"{STONE_EN}\n{STONE_ZH}",
            f"{TEA_EN}\n{TEA_ZH}",
            f"{HUM_EN}\n{HUM_ZH}",
        ),
        [TITLES, passage(STONE_EN, STONE_ZH), passage(TEA_EN, TEA_ZH), passage(HUM_EN, HUM_ZH)],
    ),
    "Chinese first": (
        docx(
            "论海獭的石头\nOn the Stones of Otters",
            f"{STONE_ZH}\n{STONE_EN}",
            f"{TEA_ZH}\n{TEA_EN}",
            f"{HUM_ZH}\n{HUM_EN}",
        ),
        [TITLES, passage(STONE_EN, STONE_ZH), passage(TEA_EN, TEA_ZH), passage(HUM_EN, HUM_ZH)],
    ),
    "one abstract": (
        docx("On the Stones of Otters\n论海獭的石头", STONE_EN, STONE_ZH),
        [abstract(STONE_EN, STONE_ZH, title_en="On the Stones of Otters", title_zh="论海獭的石头")],
    ),
}


@pytest.mark.parametrize(("data", "wanted"), WORDS.values(), ids=WORDS)
def test_word_documents(data: bytes, wanted: list[dict[str, Any]]) -> None:
    assert read(data, "a.docx") == wanted


# ---------------------------------------------------------------------------------------------------------------------
# 3. Bilingual files: a unit a pair

UNITS = [
    ("The otter sleeps by the river.", "海獭睡在河边。"),
    ("It holds a stone.", "它抱着一块石头。"),
    ("Nobody wakes it up for tea, and the bridge hums.", "没有人叫它起来喝茶，桥嗡嗡地响。"),
]
EN, ZH = "".join(f"{en}\n" for en, _ in UNITS), "".join(f"{zh}\n" for _, zh in UNITS)


def csv(delimiter: str, header: str = "") -> bytes:
    quoted = '"' if delimiter == "," else ""
    return (header + "".join(f"{quoted}{en}{quoted}{delimiter}{zh}\n" for en, zh in UNITS)).encode()


def xlsx() -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for k, row in enumerate([("English", "中文"), *UNITS]):
            sheet.write_row(k, 0, row)
    return out.getvalue()


def parquet(names: tuple[str, str] = ("en", "zh")) -> bytes:
    out = BytesIO()
    columns = [[en for en, _ in UNITS], [zh for _, zh in UNITS]]
    pq.write_table(pa.table(dict(zip(names, columns, strict=True))), out)
    return out.getvalue()


def nested_parquet() -> bytes:
    out = BytesIO()
    pq.write_table(pa.table({"id": ["1", "2", "3"], "translation": [{"en": en, "zh": zh} for en, zh in UNITS]}), out)
    return out.getvalue()


TMX = '<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body>{}</body></tmx>'.format(
    "".join(
        f'<tu><tuv xml:lang="en-US"><seg>{en}</seg></tuv><tuv xml:lang="zh-CN"><seg>{zh}</seg></tuv></tu>'
        for en, zh in UNITS
    )
)
XLIFF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="en" target-language="zh-CN"'
    ' original="a" datatype="plaintext"><body>{}</body></file></xliff>'
).format(
    "".join(
        f'<trans-unit id="{k}"><source>{en}</source><target>{zh}</target></trans-unit>'
        for k, (en, zh) in enumerate(UNITS)
    )
)
PO = 'msgid ""\nmsgstr "Language: zh_CN\\n"\n\n' + "\n".join(f'msgid "{en}"\nmsgstr "{zh}"\n' for en, zh in UNITS)
JSONL = "".join(json.dumps({"translation": {"en": en, "zh": zh}}) + "\n" for en, zh in UNITS)
FLAT = json.dumps([{"source": en, "target": zh} for en, zh in UNITS])
CUES = ["00:00:01,000 --> 00:00:02,000", "00:00:03,000 --> 00:00:04,000", "00:00:05,000 --> 00:00:07,000"]


def srt(side: int) -> str:
    return "\n".join(f"{k}\n{cue}\n{unit[side]}\n" for k, (cue, unit) in enumerate(zip(CUES, UNITS, strict=True), 1))


# The name and bytes of each file.
BILINGUAL: dict[str, list[tuple[str, bytes]]] = {
    "Moses": [("a.en", EN.encode()), ("a.zh", ZH.encode())],
    "Moses, CRLF and a mark": [("a.en", EN.replace("\n", "\r\n").encode()), ("a.zh", ZH.encode("utf-8-sig"))],
    "TSV": [("a.tsv", csv("\t"))],
    "TSV with names": [("a.tsv", csv("\t", "English\tChinese\n"))],
    "TSV in a text file": [("a.txt", csv("\t"))],
    "CSV": [("a.csv", csv(","))],
    "CSV with names": [("a.csv", csv(",", "en,zh\n"))],
    "CSV with Chinese names": [("a.csv", csv(",", "原文,译文\n"))],
    "CSV, UTF-8 with a mark": [("a.csv", b"\xef\xbb\xbf" + csv(",", "en,zh\n"))],
    "TMX": [("a.tmx", TMX.encode())],
    "TMX, UTF-16": [("a.tmx", TMX.replace("?>", ' encoding="utf-16"?>').encode("utf-16"))],
    "XLIFF": [("a.xlf", XLIFF.encode())],
    "PO": [("a.po", PO.encode())],
    "two files of subtitles": [("a.en.srt", srt(0).encode()), ("a.zh.srt", srt(1).encode())],
    "XLSX": [("a.xlsx", xlsx())],
    "Parquet": [("a.parquet", parquet())],
    "Parquet, other names": [("a.parquet", parquet(("src", "tgt")))],
    "Parquet, nested": [("a.parquet", nested_parquet())],
    "JSON Lines": [("a.jsonl", JSONL.encode())],
    "JSON": [("a.json", FLAT.encode())],
}


def written(folder: Path, files: list[tuple[str, bytes]]) -> list[str]:
    paths = []
    for name, data in files:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        paths.append(str(path))
    return paths


@pytest.mark.parametrize("files", BILINGUAL.values(), ids=BILINGUAL)
def test_bilingual_files(tmp_path: Path, files: list[tuple[str, bytes]]) -> None:
    documents = read_documents(written(tmp_path, files))
    assert len(documents) == 1
    records = extract(documents).records
    assert shown(records) == [segment(en, zh) for en, zh in UNITS]
    assert [(pair.en, pair.zh, pair.type) for pair in pair_records(records).pairs] == [
        ((en,), (zh,), "1-1") for en, zh in UNITS
    ]


TEXTS = {
    "names": [("river.en.txt", EN.encode()), ("river.zh.txt", ZH.encode())],
    "folders": [("en/a.txt", EN.encode()), ("zh/a.txt", ZH.encode())],
    "Markdown": [("a_en.md", EN.encode()), ("a_zh-CN.md", ZH.encode())],
}


@pytest.mark.parametrize("files", TEXTS.values(), ids=TEXTS)
def test_two_texts_of_equal_lines(tmp_path: Path, files: list[tuple[str, bytes]]) -> None:
    """A line of a text is a paragraph, whose sentences are still to be aligned."""
    records = extract(read_documents(written(tmp_path, files))).records
    assert shown(records) == [passage(en, zh) for en, zh in UNITS]
    assert [(pair.en, pair.zh) for pair in pair_records(records).pairs] == [((en,), (zh,)) for en, zh in UNITS]


def test_subtitles_in_one_language(tmp_path: Path) -> None:
    [document] = read_documents(written(tmp_path, [("a.srt", srt(1).encode())]))
    assert document.notes == ("SRT: zh → text_zh", "columns not used: start, end", "3 cues are in one language only")
    assert shown(extract([document]).records) == [{"kind": "zh_only", "text_zh": zh} for _, zh in UNITS]


def test_files_of_other_lines_are_aligned(tmp_path: Path) -> None:
    joined = EN.replace("\nIt", " It")
    [document] = read_documents(written(tmp_path, [("a.en", joined.encode()), ("a.zh", ZH.encode())]))
    records = extract([document]).records
    assert [record.kind for record in records] == ["passage"]
    assert [(pair.en, pair.zh) for pair in pair_records(records).pairs] == [((en,), (zh,)) for en, zh in UNITS]


SWAPPED = {
    "CSV": [("a.csv", csv(",", "zh,en\n"))],
    "TSV": [("a.tsv", csv("\t", "Chinese\tEnglish\n"))],
    "Parquet": [("a.parquet", parquet(("zh", "en")))],
    "JSON Lines": [("a.jsonl", JSONL.replace('"en"', '"x"').replace('"zh"', '"en"').replace('"x"', '"zh"').encode())],
    "TMX": [("a.tmx", TMX.replace("en-US", "x").replace("zh-CN", "en-US").replace('"x"', '"zh-CN"').encode())],
}


@pytest.mark.parametrize("files", SWAPPED.values(), ids=SWAPPED)
def test_swapped_columns(tmp_path: Path, files: list[tuple[str, bytes]]) -> None:
    with pytest.raises(InputError, match=r"Are the columns swapped\?$"):
        read_documents(written(tmp_path, files))


# ---------------------------------------------------------------------------------------------------------------------
# 4. Newsletters in Chinese, with the original or a catalogue

LINK = "https://arxiv.org/abs/2105.0000"
LETTER_ZH = f"""\
1. 论海獭的石头
作者：安娜·贝格、伯特·科尔等人
{STONE_ZH}
{LINK}1

2. 茶有多烫
作者：卡拉·丹恩、多夫·埃克
{TEA_ZH}
{LINK}2
"""
LETTER_EN = f"""\
1. On the Stones of Otters
Anna Berg, Bert Kolk
{STONE_EN}
{LINK}1v2

2. On the Heat of Green Tea
Carla Dane, Dov Eck
{TEA_EN}
{LINK}2
"""
PAGE_ZH = f"<body><h2><a href='{LINK}1'>论海獭的石头</a></h2><p>{STONE_ZH}</p><h2><a href='{LINK}2'>茶有多烫</a></h2><p>{TEA_ZH}</p></body>"
PAGE_EN = f"<body><h2><a href='{LINK}2'>On the Heat of Green Tea</a></h2><p>{TEA_EN}</p><h2><a href='{LINK}1'>On the Stones of Otters</a></h2><p>{STONE_EN}</p></body>"
STONE_NAMES = {"title_en": "On the Stones of Otters", "title_zh": "论海獭的石头"}
TEA_NAMES = {"title_en": "On the Heat of Green Tea", "title_zh": "茶有多烫"}
STONE_AUTHORS, TEA_AUTHORS = {"authors": ("安娜·贝格", "伯特·科尔")}, {"authors": ("卡拉·丹恩", "多夫·埃克")}
STONE_LINK, TEA_LINK = {"url": f"{LINK}1"}, {"url": f"{LINK}2"}


def without_links(text: str) -> str:
    return "\n".join(line for line in text.split("\n") if not line.startswith("http"))


def checked(joined: Joined) -> list[dict[str, Any]]:
    """The records, once each field stands at its spans, and where the notes say so."""
    texts = {document.source: document.text for document in joined.documents}
    for record in joined.records:
        for name, spans in record.spans.items():
            pieces = tuple(texts[record.document][a:b] for a, b in spans)
            value = getattr(record, name)
            assert value == (pieces if isinstance(value, tuple) else "\n".join(pieces))
    for left in joined.leftovers:
        assert texts[left.document][slice(*left.span)] == left.text
    return shown(joined.records)


def document(text: str, name: str) -> Document:
    return document_from_bytes(text.encode(), name)


ORIGINALS = {
    "links": (
        (LETTER_ZH, "zh.md"),
        (LETTER_EN, "en.md"),
        [
            passage(STONE_EN, STONE_ZH, **STONE_NAMES, **STONE_AUTHORS, **STONE_LINK),
            passage(TEA_EN, TEA_ZH, **TEA_NAMES, **TEA_AUTHORS, **TEA_LINK),
        ],
        2,
    ),
    "links in another order": (
        (PAGE_ZH, "zh.html"),
        (PAGE_EN, "en.html"),
        [
            abstract(STONE_EN, STONE_ZH, **STONE_NAMES, **STONE_LINK),
            abstract(TEA_EN, TEA_ZH, **TEA_NAMES, **TEA_LINK),
        ],
        2,
    ),
    "one link that is not in the original": (
        (LETTER_ZH.replace("00002", "00007"), "zh.md"),
        (LETTER_EN, "en.md"),
        [
            passage(STONE_EN, STONE_ZH, **STONE_NAMES, **STONE_AUTHORS, **STONE_LINK),
            {"kind": "zh_only", "title_zh": "茶有多烫", "commentary_zh": TEA_ZH, "url": f"{LINK}7", **TEA_AUTHORS},
        ],
        1,
    ),
    "numbers": (
        (without_links(LETTER_ZH).replace("2. 茶", "3. 茶"), "zh.md"),
        (without_links(LETTER_EN).replace("2. On", f"2. On the Humming of Bridges\nEva Falk, Ida Groß\n{HUM_EN}\n\n3. On"), "en.md"),
        [
            passage(STONE_EN, STONE_ZH, **STONE_NAMES, **STONE_AUTHORS),
            passage(TEA_EN, TEA_ZH, **TEA_NAMES, **TEA_AUTHORS),
        ],
        2,
    ),
    "as many items": (
        (without_links(LETTER_ZH).replace("1. ", "").replace("2. ", ""), "zh.md"),
        (without_links(LETTER_EN).replace("1. ", "## ").replace("2. ", "## "), "en.md"),
        [
            passage(STONE_EN, STONE_ZH, **STONE_NAMES, **STONE_AUTHORS),
            passage(TEA_EN, TEA_ZH, **TEA_NAMES, **TEA_AUTHORS),
        ],
        2,
    ),
    "only the content": (
        (LETTER_ZH, "zh.md"),
        (f"{STONE_EN} {TEA_EN}", "en.txt"),
        [passage(f"{STONE_EN} {TEA_EN}", f"论海獭的石头\n{STONE_ZH}\n茶有多烫\n{TEA_ZH}")],
        2,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("chinese", "english", "wanted", "matched"), ORIGINALS.values(), ids=ORIGINALS)
def test_originals(
    chinese: tuple[str, str], english: tuple[str, str], wanted: list[dict[str, Any]], matched: int
) -> None:
    zh, en = document(*chinese), document(*english)
    joined = join_original([zh], extract([zh]).records, en, extract([en]).records)
    assert checked(joined) == wanted
    assert joined.matched == matched
    assert joined.documents[0].text.startswith(zh.text)
    assert joined.documents[0].notes[-1] == f"English from {english[1]} stands after its text"
    found = joined.records[0]
    field = "text_en" if found.text_en else "abstract_en"
    line, column = joined.documents[0].position(found.spans[field][0][0])
    assert english[0].split("\n")[line - 1][column - 1 :].startswith(STONE_EN)


def test_what_a_whole_text_leaves_over_is_said() -> None:
    zh, en = document(LETTER_ZH, "zh.md"), document(STONE_EN, "en.txt")
    joined = join_original([zh], extract([zh]).records, en, extract([en]).records)
    assert [(left.kind, left.text) for left in joined.leftovers] == [
        *[("metadata", text) for text in ("安娜·贝格", "伯特·科尔", f"{LINK}1", "卡拉·丹恩", "多夫·埃克", f"{LINK}2")],
        ("label", "[en.txt]"),
    ]


CATALOGS = {
    "a.jsonl": "".join(
        json.dumps({"id": f"2105.0000{k}", "title": title, "authors": names, "abstract": text}) + "\n"
        for k, title, names, text in (
            (2, "On the Heat of Green Tea", "Carla Dane, Dov Eck", TEA_EN),
            (1, "On the Stones of Otters", "Anna Berg and Bert Kolk", STONE_EN),
        )
    ),
    "a.bib": "@misc{a, title={On the Stones of {O}tters}, author={Berg, Anna and Kolk, Bert}, eprint={2105.00001},\n"
    f" abstract={{{STONE_EN}}}}}\n@misc{{b, title={{On the Heat of Green Tea}}, author={{Dane, Carla and Eck, Dov}},\n"
    f" url={{{LINK}2}}, abstract={{{TEA_EN}}}}}\n",
    "a.csv": f'id,title,authors,abstract\n2105.00001,On the Stones of Otters,"Anna Berg; Bert Kolk","{STONE_EN}"\n'
    f'2105.00002,On the Heat of Green Tea,"Carla Dane; Dov Eck","{TEA_EN}"\n',
}
LINES_OF = {"a.jsonl": (2, 1), "a.bib": (1, 3), "a.csv": (2, 3)}


@pytest.mark.parametrize("name", CATALOGS)
def test_catalogues(name: str) -> None:
    zh = document(LETTER_ZH, "zh.md")
    joined = join_catalog([zh], extract([zh]).records, read_catalog(CATALOGS[name], name), name)
    assert checked(joined) == [
        {"kind": "summary", "abstract_en": STONE_EN, "commentary_zh": STONE_ZH, "authors_en": ("Anna Berg", "Bert Kolk"),
         **STONE_NAMES, **STONE_AUTHORS, **STONE_LINK},
        {"kind": "summary", "abstract_en": TEA_EN, "commentary_zh": TEA_ZH, "authors_en": ("Carla Dane", "Dov Eck"),
         **TEA_NAMES, **TEA_AUTHORS, **TEA_LINK},
    ]  # fmt: skip
    assert joined.matched == 2
    assert joined.documents[0].notes == (f"English from {name} stands after its text",)
    places = [joined.documents[0].position(record.spans["title_en"][0][0]) for record in joined.records]
    assert tuple(line for line, _ in places) == LINES_OF[name]


def test_a_catalogue_completes_what_stands_there() -> None:
    page = document(PAGE_ZH.replace(f"<a href='{LINK}2'>茶有多烫</a>", "茶有多烫"), "zh.html")
    joined = join_catalog([page], extract([page]).records, read_catalog(CATALOGS["a.csv"], "a.csv"), "a.csv")
    assert checked(joined) == [
        abstract(STONE_EN, STONE_ZH, authors_en=("Anna Berg", "Bert Kolk"), **STONE_NAMES, **STONE_LINK),
        {"kind": "zh_only", "title_zh": "茶有多烫", "abstract_zh": TEA_ZH},
    ]
    assert joined.matched == 1
