"""What is said of the filters: on a terminal, as a page, for programs."""

import json
from typing import Any

import pytest

from duizhao.metrics.filter_counts import Counts, FilterCounts, Sample
from duizhao.metrics.filter_rules import FILTERS, read_settings
from duizhao.reports.filter_report import MOST_SOURCES, filter_json, filter_lines, filter_markdown

SETTINGS = read_settings({"caps": False, "length": {"most": 1500}}, "")


def about(*sources: tuple[str, int, list[str]], by: str = "normal", encoder: bool = False) -> dict[str, Any]:
    rows = [{"source": name, "rows": rows, "sha256": "", "notes": notes} for name, rows, notes in sources]
    return {"sources": rows, "duplicates": by, "encoder": encoder}


def counts(*samples: Sample, kept: int = 7, pairs: int = 12_000) -> Counts:
    return Counts(
        pairs,
        kept,
        {"length": FilterCounts(2, 1), "ratio": FilterCounts(1200, 30, samples), "duplicate": FilterCounts(5, 0)},
    )


def test_lines_on_a_terminal() -> None:
    lines = list(filter_lines(counts(), SETTINGS, about(("tea.tsv", 12_000, ["two otters"]))))
    assert lines == [
        "Kept 7 of 12,000 pairs (0.1%). Nothing is deleted: flags/ says what is rejected, and why.",
        "  filter            rejects       alone   thresholds",
        "  ratio               1,200          30   least 1.4, most 9",
        "  duplicate               5           0   by normal",
        "  length                  2           1   least 1, most 1,500",
        "  alone: pairs that no other filter rejects.",
        "Off: caps.",
        "Not judged: meaning, for which there is --encoder.",
        "tea.tsv: two otters.",
    ]


def test_where_all_is_kept_there_is_no_table() -> None:
    lines = list(filter_lines(Counts(3, 3), read_settings({}, ""), about(encoder=True)))
    assert lines == ["Kept 3 of 3 pairs (100.0%). Nothing is deleted: flags/ says what is rejected, and why."]


@pytest.mark.parametrize(
    ("kept", "pairs", "share"),
    [
        (0, 0, "0 of 0 pairs."),
        (99_999, 100_000, "(99.9%)"),
        (1, 100_000, "(0.1%)"),
        (0, 9, "(0.0%)"),
        (1, 2, "(50.0%)"),
    ],
)
def test_all_and_none_are_said_of_all_and_none(kept: int, pairs: int, share: str) -> None:
    assert share in next(filter_lines(Counts(pairs, kept), SETTINGS, about()))


def test_many_notes_and_sources_are_counted_and_not_shown() -> None:
    many = about(*((f"{number}.tsv", 1, ["tea", "bridges"]) for number in range(MOST_SOURCES + 20)))
    lines = list(filter_lines(Counts(3, 3), SETTINGS, many))
    assert sum(line.endswith(".tsv: tea.") for line in lines) == 5
    assert lines[-1] == "And 230 more notes on the inputs, in filters.json."
    page = filter_markdown(Counts(3, 3), SETTINGS, many)
    assert "| 99.tsv | 1 | tea; bridges |" in page
    assert "100.tsv" not in page
    assert "And 20 more inputs, in filters.json." in page


def test_the_page() -> None:
    sample = Sample("tea#4", "Tea | <b>`x`</b>\n# www.otters.example", "茶\x1b[31m\u202e", "one side is *longer*")
    page = filter_markdown(counts(sample), SETTINGS, about(("a|b\x07.tsv", 12_000, ["[x](y)"])))
    assert page.startswith(
        "# Filtered pairs\n\nKept 7 of 12,000 pairs (0.1%).\n\n| input | pairs | read as |\n|---|--:|---|\n"
        "| a\\|b␇.tsv | 12,000 | \\[x\\](y) |\n"
    )
    assert "\n| caps | off |  |  | The English side is in capitals" in page
    assert "\n| meaning | not judged |  | least 0.5 |" in page
    assert "\n| markup | 0 | 0 | tags 0, most 0.2 |" in page
    assert "\n| ratio | 1,200 | 30 | least 1.4, most 9 | One side is far longer than the other. |\n" in page
    assert page.count("\n## ") == 1
    assert page.endswith(
        "\n## ratio\n\nThe first 1 of 1,200 pairs:\n\n| pair | English | Chinese | why |\n|---|---|---|---|\n"
        "| tea\\#4 | Tea \\| \\<b\\>\\`x\\`\\</b\\> \\# www\\.otters.example "
        "| 茶␛\\[31m⟨U+202E⟩ | one side is \\*longer\\* |\n"
    )


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("exact", "the same text on both sides."),
        ("normal", "the same on both sides but for case, width, blanks and signs."),
        ("en", "the same English but for case, width, blanks and signs."),
        ("zh", "the same Chinese but for width, blanks and signs."),
        ("near", "nearly the same letters on both sides."),
    ],
)
def test_what_duplicates_are_is_said_as_it_was_asked(by: str, said: str) -> None:
    page = filter_markdown(counts(), SETTINGS, about(by=by))
    assert f"\n| duplicate | 5 | 0 | by {by} | The pair stands before: {said} |\n" in page


def test_lone_surrogates_and_long_hostile_texts() -> None:
    sample = Sample("\udcff", "[" * 100_000, "*_" * 50_000, "\\" * 100_000)
    page = filter_markdown(counts(sample), SETTINGS, about(("\udcff.tsv", 1, [])))
    assert "⟨U+DCFF⟩" in page
    page.encode("utf-8")
    assert [line.count("\n") for line in filter_lines(counts(), SETTINGS, about(("\udcff\n", 1, ["a\nb"])))][-1] == 0


def test_json_has_all_and_is_ascii() -> None:
    text = filter_json(counts(Sample("a", "tea", "茶", "why")), SETTINGS, about(("水.tsv", 3, ["n"]), by="en"))
    row = json.loads(text)
    assert text.isascii()
    assert {name: row[name] for name in ("pairs", "kept", "duplicates", "encoder")} == {
        "pairs": 12_000,
        "kept": 7,
        "duplicates": "en",
        "encoder": False,
    }
    assert row["sources"] == [{"source": "水.tsv", "rows": 3, "sha256": "", "notes": ["n"]}]
    assert row["filters"]["ratio"] == {
        "rejected": 1200,
        "alone": 30,
        "samples": [{"id": "a", "en": "tea", "zh": "茶", "reason": "why"}],
    }
    assert [*row["settings"]] == sorted(FILTERS)
    assert row["settings"]["caps"] is False
    assert row["settings"]["length"] == {"least": 1, "most": 1500}
