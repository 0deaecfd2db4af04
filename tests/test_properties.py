"""What holds of the whole for any input: each line aligned once, findings that stay, files that come back.

Properties of one function stand beside its other tests: swapped sides and sentences of one text in tests/test_beads.py,
each table and termbase with its format. Here whole corpora are audited, written and read.
"""

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from strategies import pages
from stub_encoder import STUB

from duizhao.align import pair_records
from duizhao.corpora import Document, Pair, Record, Termbase, Unit, shipped_termbase
from duizhao.corpora.errors import InputError
from duizhao.corpora.exports import EXPORTS, units_of_segments, write_units
from duizhao.corpora.extraction import extract_document
from duizhao.corpora.reading import read_documents
from duizhao.metrics import Finding, audit
from duizhao.reports import Result
from duizhao.reports.formats import FORMATS, write_report

DATA = Path(__file__).resolve().parent / "data"
ROWS = [json.loads(line) for line in (DATA / "planted_en_zh.jsonl").read_text("utf-8").split("\n") if line]
WRONG, CLEAN = ([(row["en"], row[name]) for row in ROWS] for name in ("wrong", "clean"))
few = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])

Texts = Sequence[tuple[str, str]]
Corpus = tuple[list[Document], list[Record], list[Pair]]


def corpus(*documents: Texts, above: str = "") -> Corpus:
    """Pages of which each text and its translation are a record of one pair; `above` stands before every record."""
    made: Corpus = ([], [], [])
    for number, texts in enumerate(documents):
        source, page = f"{number}.txt", ""
        for en, zh in texts:
            page += above
            span_en = (len(page), len(page) + len(en))
            span_zh = (span_en[1] + 1, span_en[1] + 1 + len(zh))
            page += f"{en}\n{zh}\n"
            name = f"{number}#{len(made[1]) + 1}"
            spans = {"text_en": (span_en,), "text_zh": (span_zh,)}
            made[1].append(Record(name, source, "segment", text_en=en, text_zh=zh, spans=spans))
            pair = Pair(f"{name}.1", name, source, "text", (en,), (zh,), (span_en,), (span_zh,), "1-1", 0.9)
            made[2].append(pair)
        made[0].append(Document(source, "0", "utf-8", page))
    return made


def findings(given_corpus: Corpus) -> tuple[Finding, ...]:
    """What the texts settle by themselves: without an encoder, which costs seconds and has its own tests."""
    return audit(*given_corpus, termbase(), locators=None).findings


@cache
def termbase() -> Termbase:
    """The shipped terms that any of the texts has: an index of all takes longer than an audit."""
    texts = "\n".join(row["en"] for row in ROWS).casefold()
    return Termbase(tuple(term for term in shipped_termbase().terms if term.en.casefold() in texts), "some")


def said(found: Sequence[Finding]) -> list[tuple[str, str, str]]:
    """What is found, wherever it stands."""
    return sorted((finding.fingerprint, finding.rule, finding.message) for finding in found)


def test_the_wrong_texts_have_findings() -> None:
    """Or the properties below would hold of nothing."""
    assert len(findings(corpus(WRONG))) > 20


some_wrong = st.lists(st.sampled_from(WRONG), unique=True, min_size=1, max_size=6)
some_clean = st.lists(st.sampled_from(CLEAN), unique=True, max_size=6)


@few
@given(some_wrong, some_clean, st.randoms(use_true_random=False))
def test_clean_texts_add_no_finding(wrong: Texts, clean: Texts, random: Callable[..., object]) -> None:
    mixed = [*wrong, *clean]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert said(findings(corpus(mixed))) == said(findings(corpus(wrong)))
    assert said(findings(corpus(wrong, clean))) == said(findings(corpus(wrong)))


@few
@given(st.lists(some_wrong, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(documents: list[Texts], random: Callable[..., object]) -> None:
    """Records and pairs are handed over in any order: places in the documents order the findings."""
    made, records, pairs = corpus(*documents)
    wanted = findings((made, records, pairs))
    for rows in (records, pairs):
        random.shuffle(rows)  # type: ignore[attr-defined]
    assert findings((made, records, pairs)) == wanted
    assert [(f.document, f.line, f.column) for f in wanted] == sorted((f.document, f.line, f.column) for f in wanted)


@few
@given(some_wrong, st.text("\n \t天", max_size=5).map(lambda text: text + "\n"))
def test_fingerprints_survive_inserted_lines(wrong: Texts, above: str) -> None:
    before, after = findings(corpus(wrong)), findings(corpus(wrong, above=above))
    assert said(after) == said(before)
    assert [f.line > g.line for f, g in zip(after, before, strict=True)] == [True] * len(before)
    assert [f.column for f in after] == [f.column for f in before]


@given(pages | st.lists(st.sampled_from(WRONG), max_size=5).map(lambda rows: "\n\n".join(map("\n".join, rows))))
def test_each_sentence_is_in_one_pair_in_order(text: str) -> None:
    """What stands in a paired field is in exactly one of its pairs, and the sides run forward through the document."""
    document = Document("a.txt", "0", "utf-8", text)
    made = pair_records(extract_document(document, "a").records, STUB)
    for record in made.records:
        for field in {pair.field for pair in made.pairs if pair.record == record.id}:
            for side in ("en", "zh"):
                spans = [
                    span
                    for pair in made.pairs
                    if pair.record == record.id and pair.field == field
                    for span in getattr(pair, f"spans_{side}")
                ]
                assert all(a[1] <= b[0] for a, b in pairwise(spans))
                whole = record.spans[f"{field}_{side}"]
                covered = {place for span in spans for place in range(*span)}
                left = [text[place] for span in whole for place in range(*span) if place not in covered]
                assert not "".join(left).strip()


odd = st.text("Ot,;\t\"'|&<>\\=+-\n\u2028\u200b\u3000é😀#%", max_size=12)
ends = st.sampled_from(["", '"', "=", "'"])
english = st.builds(lambda a, text, b: f"{a}An otter {text} sleeps.{b}", ends, odd, ends)
chinese = st.builds(lambda a, text, b: f"{a}一只海獭{text}在睡觉。{b}", ends, odd, ends)
units = st.lists(st.builds(Unit, english, chinese), min_size=1, max_size=4).map(
    lambda made: [replace(unit, id=f"u{number}") for number, unit in enumerate(made)]
)


@pytest.mark.parametrize("name", EXPORTS)
@few
@given(given_units=units)
def test_exported_pairs_come_back(name: str, given_units: list[Unit], tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every format gives back what was written, or refuses it before: blanks at the ends are nobody's text."""
    folder = tmp_path_factory.mktemp("pairs")
    try:
        write_units(given_units, name, folder / f"o{EXPORTS[name]}")
    except InputError:
        assert any(sign in unit.en + unit.zh for unit in given_units for sign in "\t\n")
        return
    documents = read_documents([str(folder)])
    records = [record for each in documents for record in extract_document(each, "u").records]
    back = list(units_of_segments(documents, records))
    assert [(unit.en, unit.zh) for unit in back] == [(unit.en, unit.zh) for unit in given_units]
    if name not in ("moses", "hf"):  # these have no place for ids
        assert [unit.id for unit in back] == [unit.id for unit in given_units]


@cache
def audited() -> Result:
    made, records, pairs = corpus([*WRONG, *CLEAN[:5]], WRONG[:6])
    return Result(tuple(made), tuple(records), (), tuple(pairs), findings((made, records, pairs)), (), ())


def of_xlsx(data: bytes) -> list[str]:
    sheet = load_workbook(io.BytesIO(data))["Findings"]
    head, *rows = sheet.iter_rows(values_only=True)
    return [str(row[head.index("fingerprint")]) for row in rows]


SHOWN: dict[str, Callable[[bytes], list[str]]] = {
    "json": lambda data: [row["fingerprint"] for row in json.loads(data)],
    "jsonl": lambda data: [json.loads(line)["fingerprint"] for line in data.split(b"\n") if line],
    "sarif": lambda data: [
        row["partialFingerprints"]["duizhao/v1"].partition(":")[0]
        for run in json.loads(data)["runs"]
        for row in run["results"]
    ],
    "csv": lambda data: [row["fingerprint"] for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))],
    "html": lambda data: re.findall(r'<article[^>]* id="[A-Z]\d{3}-([0-9a-f]{12})', data.decode()),
    "xlsx": of_xlsx,
}


@pytest.mark.parametrize("name", SHOWN)
def test_a_report_holds_every_finding_once(name: str) -> None:
    result, handle = audited(), io.BytesIO()
    write_report(handle, next(form for form in FORMATS if form.name == name), result, "report")
    wanted = Counter(finding.fingerprint for finding in result.findings)
    assert max(wanted.values()) > 1  # the same fault in two documents is two findings
    assert Counter(SHOWN[name](handle.getvalue())) == wanted
