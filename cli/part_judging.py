"""What a corpus in parts is judged by: told to a task as JSON, and loaded from it once a process."""

import json
import os
from collections.abc import Callable
from contextlib import chdir
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from duizhao.align import WordLinks, WordSenses, load_encoder, senses_of
from duizhao.align.spans import locators
from duizhao.align.word_links import links_from
from duizhao.corpora import Knowledge, Termbase, load_knowledge, load_termbase
from duizhao.histories import load_history
from duizhao.metrics.auditing import Judging
from duizhao.metrics.history import History
from duizhao.metrics.occurrences import Locators
from duizhao.pipeline import Options

_NAMES = ("termbases", "knowledge", "histories", "shipped_termbase", "encoder", "direction", "lang")


class Resources(NamedTuple):
    """Terms and counts: `base` is the shipped termbase, or none, that links are learned with."""

    base: Termbase
    termbase: Termbase
    knowledge: Knowledge
    history: History


def judging_settings(options: Options) -> dict[str, Any]:
    """What tasks are told of the options that judge; what the named files hold is in it as their signatures."""
    told = {name: getattr(options, name) for name in _NAMES}
    found = resources(told | {"cwd": os.getcwd()})
    signatures = [found.termbase.signature, found.knowledge.signature, found.history.signature]
    encoder = load_encoder().signature if options.encoder else "none"
    return told | {"cwd": os.getcwd(), "signatures": [*signatures, encoder]}


def resources(settings: dict[str, Any]) -> Resources:
    """The terms and counts that settings name, loaded once a process."""
    return _loaded(_told(settings))


def judging(settings: dict[str, Any], links: Path | None) -> Judging:
    """What the audit of a part rests on, with the links that the corpus shows, where they were learned."""
    found, encoder = resources(settings), settings["encoder"]
    english = settings["direction"] == "zh-en"
    known = links_of(settings | {"all_terms": english}, links) if links else None
    return Judging(
        found.termbase,
        found.knowledge,
        _locators(known, settings | {"all_terms": True}) if encoder and known else None,
        settings["direction"],
        settings["lang"],
        found.history,
        known if english and encoder else None,
        " ".join(settings["signatures"]),
    )


def links_of(settings: dict[str, Any], path: Path) -> Callable[[], WordLinks]:
    """What gives the links in a file, read when first asked for."""

    @cache
    def links() -> WordLinks:
        return links_from(path.read_bytes(), senses(settings), path.name)

    return links


def senses(settings: dict[str, Any]) -> WordSenses:
    """The dictionaries with all terms, where settings say so, else with the shipped ones alone."""
    found = _loaded(_told(settings))
    return senses_of(found.termbase if settings.get("all_terms") else found.base, found.knowledge)


def _locators(links: Callable[[], WordLinks], settings: dict[str, Any]) -> Locators:
    """As `locating.corpus_locators`, with dictionaries that are made once a process."""

    @cache
    def known() -> WordLinks:
        return links().with_senses(senses(settings))

    return lambda texts: locators(texts, known())


def _told(settings: dict[str, Any]) -> str:
    names = (*(name for name in _NAMES if name not in ("lang", "direction", "encoder")), "cwd", "signatures")
    return json.dumps({name: settings.get(name) for name in names}, sort_keys=True)


@lru_cache(maxsize=1)
def _loaded(told: str) -> Resources:
    settings = json.loads(told)
    with chdir(settings["cwd"]):
        return Resources(
            load_termbase((), shipped=settings["shipped_termbase"]),
            load_termbase(settings["termbases"], shipped=settings["shipped_termbase"]),
            load_knowledge(settings["knowledge"]),
            load_history(settings["histories"]),
        )
