"""Big documents in parts: nothing lost, every place of the source as before, and the whole again when joined."""

import json
import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import pages

from duizhao.corpora import Corpus, Document, InputError, Leftover, Pair, Record, document_from_bytes, extract_document
from duizhao.corpora.document_parts import is_continued, join, shifted, split
from duizhao.corpora.model import Layout
from duizhao.corpora.page import Place

ROWS = [
    ("Otters carry tea.", "海獭带着茶。"),
    ("The river is wide, and we cross it by a bridge.", "河很宽，我们从桥上过河。"),
    ("Tea.", "茶。"),
    ("We count 32 stones; none is lost.", "我们数了三十二块石头，一块也没有丢。"),
]


def tsv(rows: list[tuple[str, str]]) -> bytes:
    return "".join(f"{en}\t{zh}\n" for en, zh in [("en", "zh"), *rows]).encode()


def jsonl(rows: list[tuple[str, str]]) -> bytes:
    return "".join(
        json.dumps({"title": f"On {en}", "abstract_en": en, "abstract_zh": zh}) + "\n" for en, zh in rows
    ).encode()


def html(rows: list[tuple[str, str]]) -> bytes:
    items = (
        f"<h3>{k}、[LG] Otter Study {k}</h3>\n<p>海獭研究之{k}</p><p>Abstract: {en}</p>\n\n<p>摘要：{zh}</p>\n"
        for k, (en, zh) in enumerate(rows, 1)
    )
    return f"<html><body><div>{''.join(items)}</div></body></html>".encode()


def text(rows: list[tuple[str, str]]) -> bytes:
    items = (f"{k}、[LG] Otter Study {k}\n海獭研究之{k}\n{en}\n要点:\n{zh}\n" for k, (en, zh) in enumerate(rows, 1))
    return "\n".join(items).encode()


def tmx(rows: list[tuple[str, str]]) -> bytes:
    units = (
        f'<tu><tuv xml:lang="en"><seg>{en}</seg></tuv>\n <tuv xml:lang="zh"><seg>{zh}</seg></tuv></tu>\n'
        for en, zh in rows
    )
    return f'<tmx version="1.4"><header srclang="en"/><body>{"".join(units)}</body></tmx>'.encode()


WRITERS = {"rows.tsv": tsv, "rows.jsonl": jsonl, "page.html": html, "page.txt": text, "rows.tmx": tmx}


def corpus_of(document: Document) -> Corpus:
    """The document with its records and leftovers, and a made-up pair for each field of a record that has spans."""
    found = extract_document(document, "d")
    pairs = [
        Pair(f"{r.id}.{name}", r.id, r.document, name, ("x",) * len(r.spans[name]), (), r.spans[name], (), "1-0", 0.5)
        for r in found.records
        for name in sorted(r.spans)
    ]
    return Corpus((document,), found.records, found.leftovers, tuple(pairs))


def parts_of(corpus: Corpus, most: int) -> list[Corpus]:
    """The parts with the pairs of their records, as alignment of a part would make them."""
    made = []
    for part in split(corpus.documents[0], corpus.records, corpus.leftovers, most):
        own = {record.id: record for record in part.records}
        pairs = [replace(p, spans_en=own[p.record].spans[p.field]) for p in corpus.pairs if p.record in own]
        made.append(replace(part, pairs=tuple(pairs)))
    return made


def check(corpus: Corpus, most: int) -> list[Corpus]:
    """The parts, after all that must hold of them."""
    [document] = corpus.documents
    parts = parts_of(corpus, most)
    assert join(parts) == corpus
    slices = [part.documents[0] for part in parts]
    assert "".join(part.text for part in slices) == document.text
    assert [is_continued(part) for part in slices] == [False] + [True] * (len(parts) - 1)
    positions = [part.position(k) for part in slices for k in range(len(part.text))]
    assert positions == [document.position(k) for k in range(len(document.text))]
    assert [part.notes for part in slices] == [document.notes] + [()] * (len(parts) - 1)
    assert all(part.layout == Layout() for part in slices)
    there = {record.id: record for record in corpus.records}
    for part in parts:
        words = part.documents[0].text
        for record in part.records:
            for name, spans in record.spans.items():
                before = [document.text[a:b] for a, b in there[record.id].spans[name]]
                assert [words[a:b] for a, b in spans] == before
        assert all(words[slice(*left.span)] == left.text for left in part.leftovers)
    return parts


rows = st.lists(st.sampled_from(ROWS), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(WRITERS)), rows, st.integers(1, 300))
def test_parts_of_read_documents_join_to_the_whole(name: str, units: list[tuple[str, str]], most: int) -> None:
    document = document_from_bytes(WRITERS[name](units), name)
    corpus = corpus_of(document)
    assert len(corpus.records) > 0
    parts = check(corpus, most)
    assert all(len(part.documents[0].text) <= most or len(part.records) <= 1 for part in parts)


@settings(max_examples=60, deadline=None)
@given(pages.filter(str.strip), st.integers(1, 120))
def test_parts_of_odd_pages_join_to_the_whole(page: str, most: int) -> None:
    check(corpus_of(document_from_bytes(page.encode("utf-8", "replace"), "page.txt")), most)


@given(st.data())
def test_spans_in_any_order_are_never_cut(data: st.DataObject) -> None:
    words = data.draw(st.text("ab茶\n", max_size=60))
    offsets = st.integers(0, len(words))
    spans = st.tuples(offsets, offsets).map(lambda pair: (min(pair), max(pair)))
    places = data.draw(st.lists(st.builds(Place, offsets, st.integers(1, 9), st.integers(1, 9)), max_size=5))
    ordered = tuple(sorted({place.offset: place for place in places}.values()))
    document = Document("a", "0", "utf-8", words, ("a note",), places=ordered)
    records = [
        Record(f"a#{k}", "a", "passage", spans={"text_en": tuple(own)} if own else {})
        for k, own in enumerate(data.draw(st.lists(st.lists(spans, max_size=2), max_size=6)))
    ]
    lefts = [Leftover("a", "noise", span, words[slice(*span)]) for span in data.draw(st.lists(spans, max_size=6))]
    pairs = [
        Pair(f"{r.id}.1", r.id, "a", "text_en", (), (), r.spans["text_en"], (), "1-0", 0) for r in records if r.spans
    ]
    check(Corpus((document,), tuple(records), tuple(lefts), tuple(pairs)), data.draw(st.integers(1, 40)))


@pytest.mark.parametrize(
    ("most", "lengths"), [(1, [23] * 8), (45, [23] * 8), (46, [46] * 4), (80, [69, 69, 46]), (184, [184])]
)
def test_parts_are_as_long_as_allowed(most: int, lengths: list[int]) -> None:
    document = document_from_bytes(tsv([("Tea by the river", "河边的茶")] * 8), "tea.tsv")
    assert [len(part.documents[0].text) for part in split(document, *found(document), most)] == lengths


def found(document: Document) -> tuple[tuple[Record, ...], tuple[Leftover, ...]]:
    extraction = extract_document(document, "d")
    return extraction.records, extraction.leftovers


def test_a_label_stays_with_what_it_labels() -> None:
    words = "1、\nTea.\n2、\nRivers.\n"
    document = Document("a", "", "utf-8", words)
    records = [Record(f"a#{a}", "a", "missing_zh", spans={"text_en": ((a, b),)}) for a, b in [(3, 7), (11, 18)]]
    lefts = [Leftover("a", "label", (0, 2), "1、"), Leftover("a", "label", (8, 10), "2、")]
    parts = split(document, records, lefts, 1)
    assert [part.documents[0].text for part in parts] == ["1、\nTea.\n", "2、\nRivers.\n"]
    assert [part.leftovers[0].span for part in parts] == [(0, 2), (0, 2)]
    assert [part.records[0].spans for part in parts] == [{"text_en": ((3, 7),)}, {"text_en": ((3, 10),)}]
    assert parts[1].documents[0].places == (Place(0, 3, 1), Place(0, 3, 1))


def test_nothing_is_cut_within_a_line_or_out_of_order() -> None:
    one_line = Document("a", "", "utf-8", "Tea. Rivers.")
    records = [Record(f"a#{a}", "a", "missing_zh", spans={"text_en": ((a, b),)}) for a, b in [(0, 4), (5, 12)]]
    assert split(one_line, records, [], 1) == [Corpus((one_line,), tuple(records), (), ())]
    lines = replace(one_line, text="Tea.\nRivers.")
    assert len(split(lines, records, [], 1)) == 2
    assert len(split(lines, records[::-1], [], 1)) == 1
    assert len(split(lines, records, [Leftover("a", "noise", (3, 6), ".\nR")], 1)) == 1
    assert len(split(lines, [], [], 1)) == 1


def test_join_of_other_documents_keeps_them_apart() -> None:
    parts = [Corpus((Document(name, "", "utf-8", name),), (), (), ()) for name in ("a", "b", "a")]
    assert [document.text for document in join(parts).documents] == ["a", "b", "a"]
    assert join([]) == Corpus((), (), (), ())


def test_join_refuses_a_part_without_the_one_before() -> None:
    document = document_from_bytes(tsv(ROWS), "rows.tsv")
    first, second, *_ = split(document, *found(document), 60)
    other = Corpus((replace(document, sha256="other"),), (), (), ())
    for wrong in ([second], [other, second]):
        with pytest.raises(InputError, match=r"rows\.tsv: a run of its text without the one before it"):
            join(wrong)
    assert len(join([first, second]).documents) == 1


def test_shifted_moves_the_spans_of_one_document() -> None:
    record = Record("a#1", "a", "passage", spans={"text_en": ((1, 2), (4, 6))})
    pair = Pair("a#1.1", "a#1", "a", "text", ("b",), ("c",), ((1, 2),), ((3, 4),), "1-1", 0.5)
    part = Corpus((), (record, replace(record, document="b")), (Leftover("a", "noise", (0, 1), "x"),), (pair,))
    moved = shifted(part, 10, "a")
    assert [r.spans["text_en"] for r in moved.records] == [((11, 12), (14, 16)), ((1, 2), (4, 6))]
    assert (moved.leftovers[0].span, moved.pairs[0].spans_en, moved.pairs[0].spans_zh) == (
        (10, 11),
        ((11, 12),),
        ((13, 14),),
    )
    assert shifted(moved, -10, "a") == part
    assert shifted(part, 0) is part


def test_a_big_document_is_cut_without_a_copy_of_it_a_part() -> None:
    words = ("Otters carry tea over the bridge. " * 100 + "\n") * 400
    spans = [(k, k + 3_400) for k in range(0, len(words), 3_401)]
    records = [Record("a#1", "a", "missing_zh", spans={"text_en": (span,)}) for span in spans]
    tracemalloc.start()
    parts = split(Document("a", "", "utf-8", words), records, [], 13_604)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(parts) == 100
    assert peak < 2 * len(words)
