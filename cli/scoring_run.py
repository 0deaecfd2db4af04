"""What `duizhao score` does with a test set: its checks, its metrics, and what is told beside the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import version

from duizhao.corpora.errors import ConfigError
from duizhao.metrics.choosing import CONTENT, Terms, choose_metrics, usual_metrics
from duizhao.metrics.metric import SACREBLEU
from duizhao.metrics.score import Flag
from duizhao.metrics.scoreboard import Scoreboard
from duizhao.metrics.scoring import Paired, consistency_scores, score_testset
from duizhao.metrics.significance import SEED
from duizhao.metrics.testset import TestSet
from duizhao.metrics.testset_checks import check_testset
from duizhao.mt import Translated, default_folder, translate


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to work out; see the options of the same names. `baseline` counts where `paired` is set."""

    metrics: tuple[str, ...] = ()
    tokenize: str | None = None
    lowercase: bool = False
    termbases: tuple[str, ...] = ()
    shipped_termbase: bool = True
    comet: str | None = None
    confidence: bool = True
    paired: Paired | None = None
    baseline: str | None = None
    all_pairs: bool = False
    trials: int | None = None
    seed: int = SEED
    buckets: tuple[str, ...] = ()
    triage: bool = False


def score_wanted(testset: TestSet, wanted: Wanted, kind: str = "quality") -> Scoreboard:
    """The scoreboard of a test set, checked first; raises InputError and ConfigError as its parts do."""
    checked = check_testset(testset)
    names = wanted.metrics or usual_metrics(testset)
    if not names:
        do = "Name it with --ref; with --src alone, terms, numbers and names are scored."
        raise ConfigError("score", "no references and no sources", "something to compare with", do)
    if wanted.triage and testset.sources is None:
        raise ConfigError("--triage", "no sources", "what was translated", "Name it with --src.")
    terms = _terms(testset, wanted) if {*names} & {*CONTENT} - {"numbers"} or "term" in wanted.buckets else None
    metrics = choose_metrics(
        names, testset, tokenize=wanted.tokenize, lowercase=wanted.lowercase, terms=terms, comet=wanted.comet
    )
    board = score_testset(
        replace(testset, notes=(*testset.notes, *checked)),
        metrics,
        confidence=wanted.confidence,
        paired=wanted.paired,
        baseline=_baseline(testset, wanted),
        trials=wanted.trials,
        seed=wanted.seed,
        buckets=wanted.buckets,
        terms_of=terms and (lambda sources: _terms_of(terms, sources)),
        kind=kind,
    )
    consistency = consistency_scores(testset, terms.lookup) if terms and "terms" in names else []
    return replace(
        board,
        metrics=(*board.metrics, *dict.fromkeys(score.metric for score in consistency)),
        scores=(*board.scores, *consistency),
        flags=_flags(testset) if wanted.triage else (),
        notes=(*board.notes, *(terms.termbase.notes if terms else ())),
        made_by=_made_by(testset, wanted, terms),
    )


def with_machine(testset: TestSet, command: str) -> TestSet:
    """The test set with a system more, called as its command: what that makes of the sources."""
    if testset.sources is None:
        raise ConfigError("--mt", "no sources", "what is to be translated", "Name it with --src.")
    if command in testset.systems:
        raise ConfigError("--mt", f"a system called {command!r} is there", "another name", "Rename its file or column.")
    made = translate(testset.sources, command)
    systems = {**testset.systems, command: tuple(made.lines)}
    return replace(testset, systems=systems, notes=(*testset.notes, *_on_cache(command, made, len(testset.sources))))


def back_translated(testset: TestSet, command: str) -> TestSet:
    """The hypotheses as the command translates them back, with their sources as the reference."""
    if testset.sources is None:
        raise ConfigError("--mt", "no sources", "what the translation back is compared with", "Name it with --src.")
    systems, notes = {}, list(testset.notes)
    for system, hypotheses in testset.systems.items():
        made = translate(hypotheses, command)
        systems[f"{system} back"] = tuple(made.lines)
        notes += _on_cache(f"{system} back", made, len(hypotheses))
    notes.append("Translated back: the figures tell of both translations, there and back, not of the first alone.")
    return replace(
        testset,
        systems=systems,
        references=(testset.sources,),
        reference_names=("sources",),
        target="en" if testset.target == "zh" else "zh",
        sources=None,
        notes=tuple(notes),
    )


def _on_cache(system: str, made: Translated, lines: int) -> list[str]:
    known = f"{system}: {made.cached:,} of {lines:,} segments were translated earlier (kept in {default_folder()})."
    said = [known] if made.cached else []
    return [*said, *([made.note] if made.note else [])]


def _baseline(testset: TestSet, wanted: Wanted) -> str | None:
    """The system the others are tested against: the first unless another is named; None for every pair."""
    if wanted.all_pairs:
        return None
    return wanted.baseline if wanted.baseline is not None else next(iter(testset.systems), None)


def _terms(testset: TestSet, wanted: Wanted) -> Terms:
    from duizhao.corpora import load_termbase, shipped_knowledge  # not at the top: BLEU needs neither
    from duizhao.corpora.knowledge import EMPTY
    from duizhao.metrics.term_lookup import TermLookup

    termbase = load_termbase(wanted.termbases, shipped=wanted.shipped_termbase)
    knowledge = EMPTY if testset.references else shipped_knowledge()
    return Terms(termbase, TermLookup(termbase, testset.target), knowledge)


def _terms_of(terms: Terms, sources: Sequence[str]) -> list[frozenset[str]]:
    """The terms of each source."""
    return [frozenset(one.key for one in segment.wanted) for segment in terms.lookup.segments(sources)]


def _flags(testset: TestSet) -> tuple[Flag, ...]:
    """What a person should look at in each system; the sources are read once."""
    from duizhao.metrics.adequacy import Triage  # loads the encoder

    asked = Triage(testset.sources or (), testset.target)
    return tuple(flag for system, texts in testset.systems.items() for flag in asked.flags(texts, system))


def _made_by(testset: TestSet, wanted: Wanted, terms: Terms | None) -> Mapping[str, str]:
    made = {"duizhao": version("duizhao"), "definitions": f"sacrebleu {SACREBLEU}", "target language": testset.target}
    for name, texts in testset.systems.items():
        made[f"system {name}"] = _hash(texts)
    for name, stream in zip(testset.reference_names, testset.references, strict=True):
        made[f"reference {name}"] = _hash(stream)
    if testset.sources is not None:
        made["sources"] = _hash(testset.sources)
    if terms is not None:
        made["termbase"] = terms.termbase.signature
    if wanted.confidence or wanted.paired:
        made["seed"] = str(wanted.seed)
    return made


def _hash(texts: Sequence[str | None]) -> str:
    """What tells these texts from others: their number and a hash."""
    digest = sha256()
    for text in texts:
        digest.update(f"{text or ''}\n".encode("utf-8", "surrogatepass"))
    return f"{len(texts):,} segments, sha256:{digest.hexdigest()[:12]}"
