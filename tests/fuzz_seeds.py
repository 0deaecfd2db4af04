"""Small sound files of each format that is read: what fuzzing begins with. Archives are spelt as their parts."""

import gzip
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

from duizhao.corpora import Term, Unit
from duizhao.corpora.delimited import write_csv, write_tsv
from duizhao.corpora.parquet_table import write_parquet
from duizhao.corpora.tbx_writing import write_tbx
from duizhao.corpora.termbase_csv import write_terms
from duizhao.corpora.termbase_sheet import write_sheet
from duizhao.corpora.tmx import write_tmx
from duizhao.corpora.unit_lines import write_jsonl_units, write_translation_jsonl
from duizhao.corpora.xliff import write_xliff

UNITS = [
    Unit("An otter counts 3 stones.", "一只海獭数3块石头。", "a1", {"document": "a.txt", "probability": "0.9"}),
    Unit('The "river" is\n2 km long.', "“河”长2公里。", "a2", {"note": "tea, or\tnot"}),
]
PLAIN = [Unit("An otter.", "一只海獭。", "a1"), Unit("Two stones.", "两块石头。", "a2")]
TERMS = [
    Term("otter", "水獭", ("獭",), domain="animals", also=("river otter",), case=True),
    Term("stone", "石头", taiwan=("石塊",), note="small|large", pos="noun"),
]
_PART = re.compile(rb"(?m)^=== (.+)\n")
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

PAGE = """1、[CL] Otters Carry Fresh Shells Home
海獭把新鲜贝壳带回家
A Lin, B Meyer…
https://example.org/otter
要点:
1. 海獭会用石头敲开贝壳;
- 石头放在腋下的口袋里。
一句话总结: 海獭很会用石头。
Abstract: We watch 32 otters at the river for one whole year. They sleep.
摘要: 我们在河边观察了32只海獭一整年。它们睡觉。

We count 32 otters (see Fig. 2).
我们数了32只海獭(见图2)。
"""
MARKDOWN = """---
title: Otters
---
# Otters 海獭

The *otters* came [back](https://example.org/otter) to the same `place`. $x^2$

海獭回到了同一个地方。[^1]

[^1]: Note.

| en | zh |
|---|---|
| otter | 海獭 |

> quoted
```
code
```
"""
HTML = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>Otters</title><style>p{}</style></head>
<body><h1>Otters &amp; 海獭</h1><p>An <b>otter</b> sleeps.<br>一只海獭睡觉。</p><ul><li>a<li>b</ul>
<table><tr><td>otter<td>海獭</table><a href="https://example.org">x</a><!-- no --><script>1<2</script>
<details><summary>s</summary></details><sup><a href="#fn1">1</a></sup><p id=fn1>note</body></html>"""
FEED = json.dumps(
    {"papers": [{"id": "2301.00001", "title": "Otters", "title_zh": "海獭", "abstract": "An otter.", "tags": ["a"]}]},
    ensure_ascii=False,
)
LATEX = r"""\documentclass{article}\newcommand{\otter}[1]{an #1 otter}\title{Otters 海獭}
\begin{document}\section{River} We see \otter{old}\footnote{note} \cite{a} $x_1$ --- ``so''. % no
\begin{abstract}An otter sleeps.\end{abstract}\cabstract{一只海獭睡觉。}
\begin{itemize}\item one \item two\end{itemize}\begin{equation}y\end{equation}\'e \\ \verb|x|\end{document}"""
BIBTEX = """@string{r = "River"}
@article{a, title = {On {O}tters}, author = "Lin, A and B Meyer and others", journal = r # " Press",
  eprint = {2301.00001}, abstract = {An otter.}, doi = 10.1000/x }
@comment{no}"""
PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: zh\\n"

#, fuzzy
msgctxt "menu"
msgid "An otter"
msgid_plural "otters"
msgstr[0] "海獭\\x41"
#~ msgid "old"
"""
SRT = """1
00:00:01,000 --> 00:00:02,500
<i>An otter</i>
一只海獭

2
00:00:03,000 --> 00:00:04,000
{\\an8}Two stones
两块石头
"""
TBX = """<?xml version="1.0"?><tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">
<text><body><conceptEntry id="c1"><descrip type="subjectField">animals</descrip><langSec xml:lang="en"><termSec>
<term>otter</term><termNote type="partOfSpeech">noun</termNote></termSec></langSec><langSec xml:lang="zh-CN"><termSec>
<term>水獭</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termSec><termSec>
<term>獭</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>"""
MARTIF = """<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"><martif type="TBX" xml:lang="en"><text>
<body><termEntry id="c1"><langSet xml:lang="en"><tig><term>otter</term></tig></langSet><langSet xml:lang="zh"><ntig>
<termGrp><term>水獭</term></termGrp></ntig></langSet></termEntry></body></text></martif>"""
XLIFF_2 = """<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="zh"><file id="f">
<unit id="1"><notes><note>shy</note></notes><segment state="final"><source>an <ph id="1"/>otter<cp hex="001A"/></source>
<target>海獭</target></segment></unit></file></xliff>"""
DOCX = f"""=== word/document.xml
<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"><w:body><w:p><w:pPr><w:pStyle w:val="1"/></w:pPr><w:r><w:t>Otters
</w:t></w:r></w:p><w:p><w:hyperlink r:id="rId1"><w:r><w:t>海獭</w:t></w:r></w:hyperlink><w:r><w:br/>
<w:sym w:char="F0B7"/><w:fldChar w:fldCharType="begin"/>
<w:instrText>HYPERLINK "https://a.org"</w:instrText><w:fldChar w:fldCharType="end"/>
</w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>An otter.</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>
=== word/_rels/document.xml.rels
<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/hyperlink" Target="https://a.org"/>
</Relationships>
=== word/styles.xml
<w:styles xmlns:w="{_WORD}"><w:style w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="1"/></w:style>
</w:styles>
"""
XLSX = f"""=== _rels/.rels
<Relationships xmlns="{_PACKAGE}"><Relationship Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>
</Relationships>
=== xl/workbook.xml
<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets><sheet name="Terms" sheetId="1" r:id="rId1"/></sheets></workbook>
=== xl/_rels/workbook.xml.rels
<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
</Relationships>
=== xl/sharedStrings.xml
<sst xmlns="{_SHEET}"><si><t>NAME1</t></si><si><r><t>NAME</t></r><r><t>2</t></r></si></sst>
=== xl/styles.xml
<styleSheet xmlns="{_SHEET}"><numFmts><numFmt numFmtId="170" formatCode="yyyy"/></numFmts><cellXfs><xf numFmtId="0"/>
<xf numFmtId="170"/></cellXfs></styleSheet>
=== xl/worksheets/sheet1.xml
<worksheet xmlns="{_SHEET}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>
<c r="C1" t="inlineStr"><is><t>NAME3</t></is></c></row><row r="2" hidden="1"><c r="A2" t="str"><v>otter</v></c>
<c r="B2" t="inlineStr"><is><t>水獭_x000D_</t></is></c><c r="C2" s="0"><v>accept</v></c></row></sheetData>
<mergeCells><mergeCell ref="D1:E1"/></mergeCells></worksheet>
"""


def xlsx(first: str, second: str, third: str, cell: str = "1.5") -> bytes:
    """A workbook of one row under these names, spelt as its parts; `cell` is the third of the row."""
    text = XLSX.replace("NAME</t></r><r><t>2", second).replace("NAME1", first).replace("NAME3", third)
    return text.replace('s="0"><v>accept', 's="0"><v>1.5' if cell == "1.5" else f't="str"><v>{cell}').encode()


def zipped(data: bytes) -> bytes:
    """The archive of parts that are spelt `=== name`, a line end, and what they hold."""
    handle = io.BytesIO()
    spelt = _PART.split(data)
    names = [name.decode("latin-1").partition("\0")[0] or "a" for name in spelt[1::2]]
    with zipfile.ZipFile(handle, "w") as archive:
        for name, part in dict(zip(names, spelt[2::2], strict=True)).items():
            archive.writestr(name, part)
    return handle.getvalue()


def text(write: Callable[..., object], *given: object) -> bytes:
    """What a writer of text writes."""
    handle = io.StringIO(newline="")
    write(*given, handle)
    return handle.getvalue().encode()


def binary(write: Callable[..., object], *given: object) -> bytes:
    """What a writer of bytes writes."""
    handle = io.BytesIO()
    write(*given, handle)
    return handle.getvalue()


CSV, TSV = text(write_csv, UNITS), text(write_tsv, PLAIN)
JSONL, HF = text(write_jsonl_units, UNITS), text(write_translation_jsonl, UNITS)
TMX, XLIFF = binary(write_tmx, UNITS), binary(write_xliff, UNITS)
MOSES = "An otter.\nTwo stones.\n\n=== \n一只海獭。\n两块石头。\n".encode()
TERMS_CSV = text(write_terms, TERMS)
TERMS_TBX = binary(write_tbx, TERMS)


def parquet() -> bytes:
    """Units as Parquet."""
    return binary(write_parquet, UNITS)


def termbase_xlsx() -> bytes:
    """A termbase as a real archive."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.xlsx"
        write_sheet(TERMS, path)
        return path.read_bytes()


def packed(data: bytes) -> bytes:
    """The bytes as gzip."""
    return gzip.compress(data, 1, mtime=0)
