"""The walk through the house: inputs → corpus → audit → result. Commands and Python users call the same functions."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from duizhao.align import pair_records
from duizhao.corpora import Corpus as Corpus
from duizhao.corpora import (
    Document,
    Extraction,
    InputError,
    Joined,
    Leftover,
    Record,
    extract,
    is_corpus,
    join_catalog,
    join_original,
    load_knowledge,
    load_termbase,
    read_catalog,
    read_corpus,
    read_documents,
)
from duizhao.corpora.files import foreign_file
from duizhao.corpora.reading import read_text
from duizhao.handling import handle
from duizhao.histories import load_history
from duizhao.locating import corpus_links, corpus_locators
from duizhao.metrics import Finding, Score, audit, build_glossary, score_against, score_agreement
from duizhao.metrics.messages import in_language
from duizhao.metrics.pair_adequacy import pair_adequacy
from duizhao.metrics.remembered import Remembered
from duizhao.metrics.row_steps import with_drift
from duizhao.provenance import about, applied, made_by
from duizhao.reports import Result
from duizhao.run_options import Options as Options
from duizhao.run_options import checked as checked

Progress = Callable[[str, str], None]  # what is done, and on what
DEFAULTS = Options()
_UNITS = ("segment", "missing_zh", "zh_only")


def _silent(step: str, item: str) -> None:
    """No progress shown."""


def read_one(given: str, encoding: str | None = None) -> Document:
    """The only document of an input; raises InputError where it is a folder of several."""
    documents = read_documents([given], encoding)
    if len(documents) != 1:
        raise InputError(given, f"a folder with {len(documents)} documents", "one file")
    return documents[0]


def build_corpus(inputs: Sequence[str], options: Options = DEFAULTS, progress: Progress = _silent) -> Corpus:
    """The corpus of documents, folders, "-", or corpora built before (these may stand alone or among the others)."""
    made = [read_corpus(Path(given)) for given in inputs if is_corpus_input(given)]
    fresh = [given for given in inputs if not is_corpus_input(given)]
    if fresh:
        documents = read_documents(fresh, reading=options.reading)
        extraction = extract(documents) if any(d.text for d in documents) else Extraction((), ())
        documents = [with_drift(d, (r for r in extraction.records if r.document == d.source)) for d in documents]
        joined = _with_english(documents, extraction, options)
        paired = pair_records(joined.records, progress=lambda record: progress("aligned", record))
        leftovers = (*extraction.leftovers, *joined.leftovers)
        made.append(Corpus(joined.documents, paired.records, leftovers, paired.pairs))
    sources = Counter(d.source for corpus in made for d in corpus.documents)
    ids = Counter(r.id for corpus in made for r in corpus.records)
    twice = [name for name, n in [*sources.items(), *ids.items()] if n > 1]
    if twice:
        raise InputError(", ".join(inputs), f"{twice[0]} comes twice", "each document once", "Build them in one go.")
    return Corpus(
        tuple(d for corpus in made for d in corpus.documents),
        tuple(r for corpus in made for r in corpus.records),
        tuple(left for corpus in made for left in corpus.leftovers),
        tuple(p for corpus in made for p in corpus.pairs),
    )


def read_segments(inputs: Sequence[str], options: Options) -> tuple[list[Document], tuple[Record, ...]] | None:
    """Documents and records of inputs that are bilingual files all through; None where anything is to be aligned."""
    if any(is_corpus_input(given) for given in inputs) or options.source or options.catalogs or "-" in inputs:
        return None
    documents = read_documents(inputs, reading=options.reading)
    if any(document.layout.rows is None or not document.layout.segments for document in documents):
        return None
    records = extract(documents).records
    return (documents, records) if all(record.kind in _UNITS for record in records) else None


def _with_english(documents: Sequence[Document], extraction: Extraction, options: Options) -> Joined:
    """The records with what the original and the catalogues know of them; raises InputError where neither fits any."""
    joined = Joined(tuple(documents), extraction.records, (), 0)
    leftovers: tuple[Leftover, ...] = ()
    if options.source:
        original = read_one(options.source, options.encoding)
        english = extract([original]).records
        joined = join_original(joined.documents, joined.records, original, english)
        leftovers += joined.leftovers
        if not joined.matched:
            found = "no Chinese record that it could be the original of"
            raise InputError(options.source, found, "the English of the inputs", "Name one Chinese document with it.")
    for path in options.catalogs:
        catalog = read_catalog(read_text(path, options.encoding), path)
        joined = join_catalog(joined.documents, joined.records, catalog, path)
        leftovers += joined.leftovers
        if not joined.matched:
            raise InputError(path, "no paper of the inputs", "papers that their links lead to", "Is it the right file?")
    return replace(joined, leftovers=leftovers)


def is_corpus_input(given: str) -> bool:
    """Whether an input is a corpus built before; a folder of pages with an `out` of its own inside is pages."""
    folder = Path(given)
    if given == "-" or not is_corpus(folder):
        return False
    page = foreign_file(folder)
    if page:
        found = f"both a corpus and pages ({page})"
        raise InputError(given, found, "one of them", "Name the pages, or the folder corpus in it.")
    return True


def audit_corpus(
    corpus: Corpus, options: Options = DEFAULTS, progress: Progress = _silent, remembered: Remembered | None = None
) -> Result:
    """Findings and glossary of a corpus, without scores; `remembered` as for `audit_present`."""
    return audit_present(corpus, options, progress, remembered)[0]


def audit_present(
    corpus: Corpus, options: Options = DEFAULTS, progress: Progress = _silent, remembered: Remembered | None = None
) -> tuple[Result, tuple[Finding, ...]]:
    """The same, and the findings reported together with those of the baseline: what a new baseline is made of.

    What is `remembered` of an earlier audit of the same corpus is not worked out again.
    """
    termbase = load_termbase(options.termbases, shipped=options.shipped_termbase)
    knowledge, history = load_knowledge(options.knowledge), load_history(options.histories)
    links = corpus_links(corpus, load_termbase((), shipped=options.shipped_termbase), knowledge)
    audited = audit(
        corpus.documents,
        corpus.records,
        corpus.pairs,
        termbase,
        knowledge,
        locators=corpus_locators(links, termbase, knowledge) if options.encoder else None,
        progress=lambda pair: progress("audited", pair),
        direction=options.direction,
        lang=options.lang,
        remembered=remembered,
        history=history,
    )
    handled = handle(audited.findings, options.choice)
    wrong = handled.present  # a wrong rendering that is known is wrong all the same
    entries = build_glossary(audited.occurrences, wrong, corpus.records, corpus.pairs, termbase, knowledge, links)
    rules, ignored = applied((document.source for document in corpus.documents), options)
    result = Result(
        documents=corpus.documents,
        records=corpus.records,
        leftovers=corpus.leftovers,
        pairs=corpus.pairs,
        findings=handled.findings,
        entries=tuple(entries),
        scores=(),
        made_by=made_by(termbase, knowledge.signature, history.signature, options),
        notes=tuple(
            in_language(note, options.lang)
            for note in (*termbase.notes, *audited.notes, *handled.notes, *about(options))
        ),
        lang=options.lang,
        rules=rules,
        adequacy=tuple(pair_adequacy(corpus.pairs)),
        direction=options.direction,
        ignored=ignored,
    )
    return result, handled.present


def score_corpus(corpus: Corpus, options: Options = DEFAULTS) -> list[Score]:
    """Scores against `options.reference`, or between documents of the corpus that translate the same papers."""
    if options.reference is None:
        return score_agreement(corpus.records)
    references = extract(read_documents([options.reference], options.encoding)).records
    return score_against(corpus.records, references, options.reference)
