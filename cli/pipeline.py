"""The walk through the house: inputs → corpus → audit → result. Commands and Python users call the same functions."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from duizhao.align import load_encoder, pair_records
from duizhao.corpora import Corpus as Corpus
from duizhao.corpora import (
    Document,
    Extraction,
    InputError,
    Joined,
    Leftover,
    Reading,
    Record,
    Termbase,
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
from duizhao.corpora.formats import LIMIT_UNIT
from duizhao.corpora.reading import read_text
from duizhao.handling import Choice, check_choice, handle, path_fits
from duizhao.histories import load_history
from duizhao.locating import corpus_links, corpus_locators
from duizhao.metrics import RULES, Finding, Score, audit, build_glossary, score_against, score_agreement
from duizhao.metrics.messages import in_language, say
from duizhao.metrics.pair_adequacy import pair_adequacy
from duizhao.metrics.remembered import Remembered
from duizhao.metrics.rules import CHINESE_ONLY_RULES, ENGLISH_ONLY_RULES
from duizhao.metrics.selection import Selection, check_codes
from duizhao.reports import Result

Progress = Callable[[str, str], None]  # what is done, and on what


_UNITS = ("segment", "missing_zh", "zh_only")


def _silent(step: str, item: str) -> None:
    """No progress shown."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may choose; the defaults are the command line's."""

    encoding: str | None = None
    termbases: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()  # packs of other fields, beside the shipped one
    histories: tuple[str, ...] = ()  # glossaries of earlier work
    reference: str | None = None
    fields: tuple[tuple[str, str], ...] = ()  # column → field, for tables
    sheet: str | None = None
    source: str | None = None  # the English original of Chinese inputs
    catalogs: tuple[str, ...] = ()
    errors: Literal["strict", "replace"] = "strict"
    limit_unit: int = LIMIT_UNIT
    allow_empty: bool = False
    shipped_termbase: bool = True
    encoder: bool = True  # whether renderings are looked for that the text does not settle
    direction: Literal["en-zh", "zh-en"] = "en-zh"
    lang: Literal["en", "zh"] = "en"  # of the messages
    choice: Choice = field(default=Choice())  # which findings are reported
    settings: str = ""  # the file that options came from, with its hash

    @property
    def reading(self) -> Reading:
        """How the inputs are to be read."""
        return Reading(
            self.encoding, dict(self.fields), self.sheet, self.errors, self.allow_empty, limit_unit=self.limit_unit
        )


def checked(options: Options) -> Options:
    """The same options, once the files they name have been read: a bad one is refused before the work, not after."""
    for path in options.termbases:
        if Path(path).exists() and not Path(path).is_file():
            raise InputError(path, "not a file", "a termbase in CSV")
    load_termbase(options.termbases, shipped=options.shipped_termbase)
    load_knowledge(options.knowledge)
    load_history(options.histories)
    check_codes(options.choice.select, "--select")
    check_codes(options.choice.ignore, "--ignore")
    check_choice(options.choice)
    for name in (options.source, *options.catalogs):
        if name is not None and not Path(name).is_file():
            raise InputError(name, "no such file", "a file")
    if options.reference not in (None, "-"):  # standard input can be read once only
        read_documents([str(options.reference)], options.encoding)
    return options


def read_one(given: str, encoding: str | None = None) -> Document:
    """The only document of an input; raises InputError where it is a folder of several."""
    documents = read_documents([given], encoding)
    if len(documents) != 1:
        raise InputError(given, f"a folder with {len(documents)} documents", "one file")
    return documents[0]


def build_corpus(inputs: Sequence[str], options: Options = Options(), progress: Progress = _silent) -> Corpus:
    """The corpus of documents, folders, "-", or corpora built before (these may stand alone or among the others)."""
    made = [read_corpus(Path(given)) for given in inputs if is_corpus_input(given)]
    fresh = [given for given in inputs if not is_corpus_input(given)]
    if fresh:
        documents = read_documents(fresh, reading=options.reading)
        extraction = extract(documents) if any(d.text for d in documents) else Extraction((), ())
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
    corpus: Corpus, options: Options = Options(), progress: Progress = _silent, remembered: Remembered | None = None
) -> Result:
    """Findings and glossary of a corpus, without scores; `remembered` as for `audit_present`."""
    return audit_present(corpus, options, progress, remembered)[0]


def audit_present(
    corpus: Corpus, options: Options = Options(), progress: Progress = _silent, remembered: Remembered | None = None
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
    rules, ignored = applied((document.source for document in corpus.documents), options)
    result = Result(
        documents=corpus.documents,
        records=corpus.records,
        leftovers=corpus.leftovers,
        pairs=corpus.pairs,
        findings=handled.findings,
        entries=tuple(
            build_glossary(
                audited.occurrences,
                handled.present,  # a wrong rendering that is known is wrong all the same
                corpus.records,
                corpus.pairs,
                termbase,
                knowledge,
                links,
            )
        ),
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


def applied(sources: Iterable[str], options: Options) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """The codes of the rules that these options leave in force somewhere, and those of them taken out, by document."""
    chosen = Selection(options.choice.select, options.choice.ignore)
    silent = CHINESE_ONLY_RULES if options.direction == "zh-en" else ENGLISH_ONLY_RULES
    codes = [code for code in RULES if chosen.takes(code) and code not in silent]
    patterns = [(pattern, Selection(ignore=ignored)) for pattern, ignored in options.choice.path_ignores]
    # Chinese alone, and the word before an approved rendering, are judged by T004 without an encoder too.
    located = {"T001", "T004"} if options.direction == "zh-en" else {"T001"}
    out: dict[str, set[str]] = {}
    for source in sources:
        here = [selection for pattern, selection in patterns if path_fits(source, pattern)]
        out[source] = {code for code in codes if not all(selection.takes(code) for selection in here)}
        if not options.encoder:
            out[source] |= located
    everywhere = set.intersection(*out.values()) if out else set[str]()
    rules = tuple(code for code in codes if code not in everywhere)
    ignored = {source: tuple(code for code in rules if code in gone) for source, gone in out.items()}
    return rules, {source: gone for source, gone in ignored.items() if gone}


def about(options: Options) -> list[str]:
    """What to know of a run with these options."""
    said: list[str] = []
    if not options.encoder:
        said.append(say("note.no_encoder"))
    if options.settings:
        said.append(say("note.settings", file=options.settings.partition(" sha256:")[0]))
    return said


def score_corpus(corpus: Corpus, options: Options = Options()) -> list[Score]:
    """Scores against `options.reference`, or between documents of the corpus that translate the same papers."""
    if options.reference is None:
        return score_agreement(corpus.records)
    references = extract(read_documents([options.reference], options.encoding)).records
    return score_against(corpus.records, references, options.reference)


def made_by(termbase: Termbase, knowledge: str, history: str, options: Options) -> dict[str, str]:
    """What findings and glossary rest on, name to text; `knowledge` and `history` are signatures."""
    made = {
        "duizhao": version("duizhao"),
        "encoder": load_encoder().signature,
        "termbase": termbase.signature,
        "field knowledge": knowledge,
        "sentence splitter": f"duizhao {version('duizhao')}",
        "Chinese words": f"jieba {version('jieba')}",
        "scores": f"sacrebleu {version('sacrebleu')}",
    }
    choice = options.choice
    given = {
        "--no-termbase": not options.shipped_termbase,
        "--no-encoder": not options.encoder,
        f"--direction {options.direction}": options.direction != "en-zh",
        f"--lang {options.lang}": options.lang != "en",
        f"--select {','.join(choice.select)}": choice.select,
        f"--ignore {','.join(choice.ignore)}": choice.ignore,
        f"--baseline {choice.baseline}": choice.baseline,
    }
    if any(given.values()):
        made["options"] = " ".join(option for option, is_given in given.items() if is_given)
    if options.settings:
        made["settings"] = options.settings
    if options.histories:
        made["history"] = history
    return made
