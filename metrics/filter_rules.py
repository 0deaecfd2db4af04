"""The settings of the filters, and why a filter rejects a pair."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from math import inf, isnan

import numpy as np

from ..corpora.errors import ConfigError
from .filter_table import FILTERS, Filter, Threshold

_ENDLESS = 2**31
__all__ = ["FILTERS", "Filter", "Settings", "Threshold", "beyond", "read_settings", "reason"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The filters that are on, in the order of FILTERS, each with its thresholds by key."""

    limits: Mapping[str, Mapping[str, float]]

    def as_json(self) -> dict[str, dict[str, float] | bool]:
        """What `read_settings` makes the same settings of: every filter, false where it is off.

        >>> read_settings({"ending": False}, "filters.yaml").as_json()["ending"]
        False
        """
        return {name: dict(self.limits[name]) or True if name in self.limits else False for name in FILTERS}


def read_settings(given: object, where: str) -> Settings:
    """The settings that a file gives: a mapping of filters' names to thresholds, true, or false for off.

    `given` is what YAML or JSON makes of it, None for an empty file. Filters and thresholds it does not name keep their
    defaults. A filter of a single threshold may be given the number alone. Raises ConfigError at `where` for unknown
    names and for values that are no numbers from 0 on, with the nearest name.

    >>> read_settings({"length": {"most": 1000}, "numbers": 0.8}, "filters.yaml").limits["length"]
    {'least': 1, 'most': 1000}
    """
    if given is None:
        given = {}
    if not isinstance(given, Mapping):
        raise ConfigError(where, _kind(given), "names of filters with thresholds, as in length: {most: 1000}")
    for name in given:
        if name not in FILTERS:
            known = ", ".join(FILTERS)
            raise ConfigError(where, f"no filter {str(name)[:40]!r}", f"one of {known}", _nearest(name, list(FILTERS)))
    limits = {name: _limits(each, given.get(name, True), f"{where}: {name}") for name, each in FILTERS.items()}
    return Settings({name: each for name, each in limits.items() if each is not None})


def _limits(each: Filter, given: object, where: str) -> dict[str, float] | None:
    """The thresholds of one filter, None where it is off."""
    limits = each.defaults()
    if given is False:
        return None
    if given is True or given is None:
        return limits
    if not isinstance(given, Mapping):
        if len(limits) != 1:
            keys = (
                f"thresholds, {', '.join(f'{key}: {value:g}' for key, value in limits.items())}, or " if limits else ""
            )
            raise ConfigError(where, _kind(given), f"{keys}true or false")
        given = {next(iter(limits)): given}
    for key, value in given.items():
        if key not in limits:
            known = f"one of {', '.join(limits)}" if limits else "none: it is on (true) or off (false)"
            raise ConfigError(where, f"no threshold {str(key)[:40]!r}", known, _nearest(key, list(limits)))
        limits[key] = _number(value, f"{where}: {key}")
    return limits


def _number(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < _ENDLESS:
        off = "To turn a filter off, give false for its name."
        raise ConfigError(where, _kind(value), "a number from 0 on", off)
    return value


def _kind(value: object) -> str:
    """What a value is, in words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"a number, {value:g}" if not _ENDLESS <= abs(value) < inf else "a number, too great"
    kinds = {str: "a text", list: "a list", dict: "a table", type(None): "nothing"}
    return kinds.get(type(value), "a date") + (f", {value[:40]!r}" if isinstance(value, str) else "")


def _nearest(name: object, names: list[str]) -> str:
    nearest = get_close_matches(str(name)[:40].lower(), names, n=1, cutoff=0.4)
    return f"Did you mean {nearest[0]}?" if nearest else ""


def reason(name: str, row: Mapping[str, float | None], settings: Settings) -> str:
    """Why a filter rejects a pair, one sentence for a translator; "" if it does not. `row`: signals by column.

    The columns `meaning` and `duplicate` (1 or 0) belong to the row where there are any.

    >>> reason("ratio", {"ratio": 9.14}, read_settings({}, ""))
    'English is 9.1 characters for one of Chinese; at most 9.0'
    """
    given = settings.limits.get(name)
    if given is None:
        return ""
    said = ""
    for threshold in FILTERS[name].thresholds:
        limit = given.get(threshold.key, threshold.default)
        for column, sentence in threshold.said.items():
            value = row.get(column)
            if value is None or isnan(value) or not beyond(value, limit, threshold):
                continue
            if threshold.kind == "from":
                return ""
            said = said or sentence.format(value=value, limit=limit)
    return said


def beyond(value: float, limit: float, threshold: Threshold) -> bool:
    """Whether a value is on the wrong side of a limit, as float32: the signals are kept so.

    >>> beyond(np.float32(0.3), 0.3, FILTERS["repetition"].thresholds[0])
    False
    """
    signal, bound = np.float32(value), np.float32(limit)
    return bool(signal > bound if threshold.kind == "most" else signal < bound)
