"""Every place where bytes from outside come in, as a function of bytes: it gives a value or raises a DuizhaoError.

`tests/test_fuzz_readers.py` tries each with a few changed files, `scripts/fuzz` with as many as there is time for.
"""

import atexit
import gzip
import io
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import fuzz_own_files as own
import fuzz_seeds as seeds
import numpy as np

from duizhao.align.bead_file import read_beads
from duizhao.align.vector_cache import VectorStore
from duizhao.align.word_links import links_from
from duizhao.baseline import read_baseline
from duizhao.completion import RUN, read_marker
from duizhao.configuration import read_settings
from duizhao.corpora.catalog import read_catalog
from duizhao.corpora.decoding import decode
from duizhao.corpora.extraction import extract_document
from duizhao.corpora.formats import Reading, document_from_bytes
from duizhao.corpora.knowledge import read_pack
from duizhao.corpora.model import Document
from duizhao.corpora.reading import read_documents
from duizhao.corpora.term import Term
from duizhao.corpora.termbase import read_term_file, read_termbase
from duizhao.corpora.termbase_check import check_terms
from duizhao.decision_reading import decisions_and_notes
from duizhao.filter_config import default_config, read_config
from duizhao.ignore_file import read_ignore_file
from duizhao.metrics.chosen_terms import chosen_from, proposals_from
from duizhao.metrics.corpus_counts import counts_from
from duizhao.metrics.draft_rows import drafts_from
from duizhao.metrics.history_reading import read_history
from duizhao.metrics.remembered import Remembered
from duizhao.metrics.term_index import TermIndex
from duizhao.mt import translate
from duizhao.reports.tally import Tally, tally_of
from duizhao.reports.tally_json import from_json, json_bytes
from duizhao.run_state import read_state
from duizhao.termbase_edit import edited_termbase

Read = Callable[[bytes], object]


class Reader(NamedTuple):
    """What reads bytes, and sound bytes to begin with."""

    read: Read
    seeds: tuple[bytes | Callable[[], bytes], ...]

    def sound(self) -> list[bytes]:
        return [seed if isinstance(seed, bytes) else seed() for seed in self.seeds]


@cache
def place(name: str) -> Path:
    """The folder of this name for what is read from disk; it goes with the process."""
    folder = Path(_all().name) / name
    folder.mkdir(parents=True)
    return folder


@cache
def _all() -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="duizhao-fuzz-")
    atexit.register(folder.cleanup)
    return folder


def at(name: str, read: Callable[[str], object]) -> Read:
    """A reader of a path, fed with bytes; `name` is that of the file."""

    def reads(data: bytes) -> object:
        path = place("files") / name
        path.write_bytes(data)
        return read(str(path))

    return reads


def parts(read: Read) -> Read:
    """A reader of archives, fed with their parts: else most changes would break a check sum and nothing more."""
    return lambda data: read(seeds.zipped(data))


def gzipped(read: Read) -> Read:
    """A reader of gzip, fed with what is in it."""
    return lambda data: read(gzip.compress(data, 1, mtime=0))


def text_of(read: Callable[[str, str], object]) -> Read:
    """A reader of text, fed with bytes as commands are."""
    return lambda data: read(decode(data, "a").text, "a")


def document(ending: str, reading: Reading | None = None) -> Read:
    """A document and its records, with every span in the text and at a place of the source."""

    def read(data: bytes) -> object:
        return sound_document(document_from_bytes(data, f"a.{ending}", reading=reading))

    return read


def sound_document(document: Document) -> Document:
    document.text.encode("utf-8")
    found = extract_document(document, "a")
    spans = [span for record in found.records for each in record.spans.values() for span in each]
    for begin, end in [*spans, *(left.span for left in found.leftovers)]:
        assert 0 <= begin <= end <= len(document.text), (begin, end)
        assert min(document.position(begin)) >= 1
    return document


def two_files(data: bytes) -> object:
    """Two files of one text, parted by a line `===`."""
    en, _, zh = data.partition(b"\n=== \n")
    folder = place("two")
    for name, part in (("a.en", en), ("a.zh", zh)):
        (folder / name).write_bytes(part)
    return [sound_document(document) for document in read_documents([str(folder)])]


def termbase(ending: str) -> Read:
    """A termbase as each command takes it: its entries, what is wrong with them, and their forms in a text."""

    def read(data: bytes) -> object:
        check_terms(read_term_file(data, f"t.{ending}").terms)
        base = read_termbase(data, f"t.{ending}")
        assert all(term.en and term.zh and all(wrong.zh for wrong in term.forbidden) for term in base.terms)
        return TermIndex(base.terms).matches("An otter's river-stones, otters and language models.")

    return read


def edited(data: bytes) -> object:
    terms = read_termbase(data, "t.csv").terms
    return edited_termbase(data, "t.csv", {terms[0].en: terms[0]} if terms else {}, [Term("tea cup", "茶杯")])


def knowledge(data: bytes) -> object:
    pack = read_pack(data, "p")
    assert all(pack.use(term) for term in pack.uses)
    return pack


def known(path: str) -> object:
    found = read_baseline(path)
    assert all(len(mark) == 12 for mark, _ in found)
    return found


def ignored(path: str) -> object:
    entries = read_ignore_file(path)
    assert all(len(entry.fingerprint) == 12 and len(entry.rule) == 4 and entry.reason for entry in entries)
    return entries


def in_run(name: str, read: Callable[[Path], object]) -> Read:
    """A file of a run's own folder."""

    def reads(data: bytes) -> object:
        folder = place(f"run {name}")
        (folder / RUN / "count").mkdir(parents=True, exist_ok=True)
        (folder / RUN / "plan.json").write_text('{"steps": {"count": 3}}', encoding="ascii")
        (folder / RUN / name).write_bytes(data)
        return read(folder)

    return reads


def translations(data: bytes) -> object:
    """A cache never stops a run, whatever stands in it."""
    (place("mt") / "translations.jsonl").write_bytes(data)
    return translate([], "cat", cache=place("mt"))


def vectors(data: bytes) -> object:
    """Nor does a cache of vectors, whose every fault is a miss."""
    path = place("vectors") / "a.sqlite"
    path.write_bytes(data)
    return VectorStore(path, 10_000).get([b"otter"])


def vectors_kept() -> bytes:
    path = place("vectors kept") / "a.sqlite"
    VectorStore(path, 10_000).put({b"otter": np.ones(4, dtype=np.float32)})
    return path.read_bytes()


def remembered(data: bytes) -> object:
    return Remembered(data.decode("ascii", "replace").split("\n"), "none")


DOCUMENTS: dict[str, Sequence[bytes | Callable[[], bytes]]] = {
    "txt": (seeds.PAGE.encode(), seeds.PAGE.encode("utf-16")),
    "md": (seeds.MARKDOWN.encode(),),
    "html": (seeds.HTML.encode(), seeds.HTML.replace("utf-8", "gbk").encode("gbk")),
    "json": (seeds.FEED.encode(),),
    "jsonl": (seeds.JSONL, seeds.HF),
    "tex": (seeds.LATEX.encode(),),
    "csv": (seeds.CSV, seeds.CSV.replace(b",", b";")),
    "tsv": (seeds.TSV,),
    "po": (seeds.PO.encode(),),
    "srt": (seeds.SRT.encode(),),
    "tmx": (seeds.TMX,),
    "xlf": (seeds.XLIFF, seeds.XLIFF_2.encode()),
    "parquet": (seeds.parquet,),
    "docx": (lambda: seeds.zipped(seeds.DOCX.encode()),),
    "xlsx": (lambda: seeds.zipped(seeds.xlsx("en", "zh", "number")),),
}

READERS: dict[str, Reader] = {
    **{f"document {ending}": Reader(document(ending), tuple(given)) for ending, given in DOCUMENTS.items()},
    "document gb18030": Reader(document("txt", Reading("gb18030")), (seeds.PAGE.encode("gb18030"),)),
    "document replaced": Reader(document("txt", Reading(errors="replace", allow_empty=True)), (seeds.PAGE.encode(),)),
    "document docx parts": Reader(parts(document("docx")), (seeds.DOCX.encode(),)),
    "document xlsx parts": Reader(parts(document("xlsx")), (seeds.xlsx("en", "zh", "number"),)),
    "document two files": Reader(two_files, (seeds.MOSES, seeds.SRT.encode() + b"\n=== \n" + seeds.SRT.encode())),
    "termbase csv": Reader(termbase("csv"), (seeds.TERMS_CSV, b"en,zh,flags\nott.r,\xe6\xb0\xb4,regex\n")),
    "termbase tsv": Reader(termbase("tsv"), (seeds.TERMS_CSV.replace(b",", b"\t"),)),
    "termbase list": Reader(termbase("txt"), ("otter 水獭\nstone = 石头\ntea: 茶;茗\n".encode(),)),
    "termbase tbx": Reader(termbase("tbx"), (seeds.TERMS_TBX, seeds.TBX.encode(), seeds.MARTIF.encode())),
    "termbase xlsx": Reader(termbase("xlsx"), (seeds.termbase_xlsx,)),
    "termbase xlsx parts": Reader(parts(termbase("xlsx")), (seeds.xlsx("en", "zh", "domain"),)),
    "termbase edited": Reader(edited, (seeds.TERMS_CSV,)),
    "catalog json": Reader(text_of(read_catalog), (seeds.FEED[11:-1].encode(), seeds.FEED[12:-2].encode() + b"\n")),
    "catalog csv": Reader(text_of(read_catalog), (own.CATALOG_CSV,)),
    "catalog bibtex": Reader(text_of(read_catalog), (seeds.BIBTEX.encode(),)),
    "beads": Reader(text_of(read_beads), (b"[0, 1]:[0]\n[]:[1]:0.71\n",)),
    "decisions json": Reader(at("d.json", decisions_and_notes), (own.DECISIONS,)),
    "decisions log": Reader(at("d.jsonl", decisions_and_notes), (own.HEAD + own.DECIDED + b"\n" + own.FOUND,)),
    "decisions csv": Reader(
        at("d.csv", decisions_and_notes), ("term,rendering,decision\notter,水獭,接受\ntea,茶,later\n".encode(),)
    ),
    "decisions xlsx": Reader(
        parts(at("d.xlsx", decisions_and_notes)), (seeds.xlsx("term", "rendering", "decision", "accept"),)
    ),
    "baseline": Reader(at("b.jsonl", known), (own.LINE * 2,)),
    "ignore file": Reader(at("ignore", ignored), (b"# ours\n3f2a5c7e9b01 T002 a name\n",)),
    "settings": Reader(at("duizhao.toml", lambda path: read_settings(Path(path))), (own.TOML,)),
    "settings of a project": Reader(
        at("pyproject.toml", lambda path: read_settings(Path(path))), (b"[tool.duizhao]\n" + own.TOML,)
    ),
    "filter config": Reader(
        at("filters.yaml", lambda path: read_config(Path(path))),
        (default_config().encode(), b"length: {most: 100}\nnumbers: false\n"),
    ),
    "history": Reader(lambda data: read_history(io.BytesIO(data), "old.jsonl"), (own.ENTRY * 2,)),
    "knowledge": Reader(knowledge, (seeds.packed(own.PACK),)),
    "knowledge lines": Reader(gzipped(knowledge), (own.PACK,)),
    "translations kept": Reader(translations, (b'{"key": "a", "text": "b", "check": "c"}\n',)),
    "vectors kept": Reader(vectors, (cache(vectors_kept),)),
    "audit remembered": Reader(remembered, (b'{"version": 1, "added": [], "gone": []}\n[[], []]\n',)),
    "run marker": Reader(
        in_run("count/0000000.json", lambda folder: read_marker(folder / RUN / "count" / "0000000.json")),
        (b'{"key": "a", "counts": {"b": 1}, "outputs": [["c", "d"]]}',),
    ),
    "run plan": Reader(in_run("plan.json", read_state), (b'{"steps": {"count": 3, "b": null}, "finished": true}',)),
    "run progress": Reader(in_run("progress", read_state), (b"count 0\ncount 2\nco",)),
    "part tally": Reader(lambda data: from_json(Tally, data, "a"), (lambda: json_bytes(tally_of(own.SCORED)),)),
    "part links": Reader(lambda data: links_from(data, source="a"), (b'{"otter": {"\\u6c34\\u736d": 0.75}}',)),
    "part counts": Reader(gzipped(counts_from), (own.COUNTS,)),
    "part proposals": Reader(gzipped(proposals_from), (own.PROPOSALS,)),
    "part chosen terms": Reader(gzipped(chosen_from), (own.CHOSEN,)),
    "part drafts": Reader(gzipped(drafts_from), (own.DRAFTS,)),
}
