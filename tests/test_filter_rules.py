"""Settings of the filters, what is refused in them, and the sentences that say why a pair is rejected."""

import json
import re

import pytest
import yaml

from duizhao.corpora.errors import ConfigError
from duizhao.metrics.filter_meaning import LEAST_MEANING
from duizhao.metrics.filter_rules import FILTERS, read_settings, reason
from duizhao.metrics.filter_signals import COUNTS, SHARES
from duizhao.metrics.filter_table import DUPLICATE, MEANING

NAMES = (
    "length ratio script language identical numbers ending repetition markup urls boilerplate glued caps controls "
    "mojibake alignment meaning duplicate"
).split()


def test_the_table() -> None:
    assert list(FILTERS) == NAMES
    assert {column for each in FILTERS.values() for column in each.columns} == {*COUNTS, *SHARES, MEANING, DUPLICATE}
    for each in FILTERS.values():
        assert re.fullmatch(r"[A-Z][^\n]*\.", each.about)
        for threshold in each.thresholds:
            assert all(bool(said) == (threshold.kind != "from") for said in threshold.said.values())
    assert FILTERS["meaning"].defaults() == {"least": LEAST_MEANING}


@pytest.mark.parametrize(
    ("given", "name", "wanted"),
    [
        ("", "length", {"least": 1, "most": 2000}),
        ("length: {most: 1000}", "length", {"least": 1, "most": 1000}),
        ("length: true", "length", {"least": 1, "most": 2000}),
        ("length:", "length", {"least": 1, "most": 2000}),
        ("length: false", "length", None),
        ("numbers: 0.8", "numbers", {"most": 0.8}),
        ("identical: true", "identical", {}),
        ("identical: {}", "identical", {}),
        ("identical: false", "identical", None),
        ("script: {chinese: 0.4}", "script", {"chinese": 0.4, "latin": 0.6, "foreign": 0.15}),
    ],
)
def test_settings(given: str, name: str, wanted: dict[str, float] | None) -> None:
    found = read_settings(yaml.safe_load(given), "filters.yaml")
    assert found.limits.get(name) == wanted
    assert [each for each in NAMES if each in found.limits] == list(found.limits)
    assert read_settings(json.loads(json.dumps(found.as_json())), "filters.json") == found


KNOWN = f"wanted one of {', '.join(NAMES)}"
SECOND = "wanted thresholds, least: 1, most: 2000, or true or false"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("lenght: {most: 9}", f"f.yaml: no filter 'lenght'; {KNOWN}. Did you mean length?"),
        ("qqqq: 1", f"f.yaml: no filter 'qqqq'; {KNOWN}"),
        ("3: 1", f"f.yaml: no filter '3'; {KNOWN}"),
        ("length: {mots: 9}", "f.yaml: length: no threshold 'mots'; wanted one of least, most. Did you mean most?"),
        ("length: 9", f"f.yaml: length: a number, 9; {SECOND}"),
        ("length: [9]", f"f.yaml: length: a list; {SECOND}"),
        ("identical: 1", "f.yaml: identical: a number, 1; wanted true or false"),
        ("identical: {most: 1}", "f.yaml: identical: no threshold 'most'; wanted none: it is on (true) or off (false)"),
        ("length: {most: many}", "f.yaml: length: most: a text, 'many'; wanted a number from 0 on. {off}"),
        ("length: {most: true}", "f.yaml: length: most: true; wanted a number from 0 on. {off}"),
        ("length: {most: }", "f.yaml: length: most: nothing; wanted a number from 0 on. {off}"),
        ("length: {most: -1}", "f.yaml: length: most: a number, -1; wanted a number from 0 on. {off}"),
        ("length: {most: .nan}", "f.yaml: length: most: a number, nan; wanted a number from 0 on. {off}"),
        ("length: {most: .inf}", "f.yaml: length: most: a number, inf; wanted a number from 0 on. {off}"),
        ("length: {most: 2020-01-01}", "f.yaml: length: most: a date; wanted a number from 0 on. {off}"),
        ("- length", "f.yaml: a list; wanted names of filters with thresholds, as in length: {{most: 1000}}"),
        ("length", "f.yaml: a text, 'length'; wanted names of filters with thresholds, as in length: {{most: 1000}}"),
    ],
)
def test_settings_refused(given: str, wanted: str) -> None:
    with pytest.raises(ConfigError) as error:
        read_settings(yaml.safe_load(given), "f.yaml")
    assert str(error.value) == wanted.format(off="To turn a filter off, give false for its name.")


def test_a_huge_number_is_refused() -> None:
    with pytest.raises(ConfigError, match="most: a number, "):
        read_settings({"length": {"most": 10**5000}}, "f.yaml")


@pytest.mark.parametrize(
    ("name", "row", "wanted"),
    [
        ("length", {"length_en": 0, "length_zh": 5}, "English has 0 characters; at least 1"),
        ("length", {"length_en": 5, "length_zh": 2001}, "Chinese has 2,001 characters; at most 2,000"),
        ("length", {"length_en": 5, "length_zh": 2000}, ""),
        ("ratio", {"ratio": 0.5}, "English is 0.5 characters for one of Chinese; at least 1.4"),
        ("script", {"han_zh": 0.0, "latin_en": 1.0}, "0% of the Chinese side is Chinese characters; at least 15%"),
        ("script", {"han_zh": None, "latin_en": 1.0}, ""),
        ("script", {"han_zh": float("nan")}, ""),
        ("identical", {"identical": 1.0}, "both sides are the same"),
        ("markup", {"tags_zh": 2}, "Chinese has 2 HTML tags or entities; at most 0"),
        ("mojibake", {"mojibake_en": 0.025}, "English is 2.5% signs of a wrong decoding; at most 1.0%"),
        ("ending", {"ending": 1.0, "length_en": 19, "length_zh": 50}, ""),
        ("caps", {"caps_en": 0.9, "letters_en": 49}, ""),
        ("caps", {"caps_en": 0.9, "letters_en": 50}, "90% of the English letters are capitals; at most 70%"),
        ("alignment", {"alignment": 0.1}, "the aligner is 0.10 sure of the pair; at least 0.30"),
        ("meaning", {"meaning": 0.2}, "both sides mean the same with a probability of 0.20; at least 0.50"),
        ("duplicate", {"duplicate": 1.0}, "the pair stands before in the corpus"),
        ("duplicate", {}, ""),
    ],
)
def test_reasons(name: str, row: dict[str, float | None], wanted: str) -> None:
    assert reason(name, row, read_settings(None, "")) == wanted


def test_no_reason_where_a_filter_is_off() -> None:
    assert reason("ratio", {"ratio": 99.0}, read_settings({"ratio": False}, "")) == ""
