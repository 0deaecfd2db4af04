"""Triage without references: what each defect is called, what stays unflagged, and that no text makes it fail."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text
from stub_encoder import STUB

from duizhao.align import load_encoder
from duizhao.corpora import InputError
from duizhao.metrics.adequacy import Triage, triage
from duizhao.metrics.adequacy_figures import HUMAN, KINDS
from duizhao.metrics.adequacy_signals import count_words, encode_texts, linked_words, pair_signals
from duizhao.metrics.omissions import FEATURES, LIMITS, features
from duizhao.metrics.score import Flag

EN = (
    "Otters sleep on their backs. They hold hands so that the river does not carry them apart.",
    "The old bridge was built of stone and rope.",
    "She drank two cups of green tea before breakfast, and then she painted the river.",
    "Herons wait for fish in the shallow water.",
    "The museum keeps nine hundred teapots, and the oldest one has no lid.",
    "In winter the village sells smoked fish and paper lamps.",
    "A young engineer measured the bridge every morning for a year.",
    "The rain stopped at noon. The children went back to the boats, and nobody counted the umbrellas.",
)
ZH = (
    "水獭仰面睡觉。它们手拉着手，以免被河水冲散。",
    "这座老桥是用石头和绳子建成的。",
    "早餐前她喝了两杯绿茶，然后画了那条河。",
    "苍鹭在浅水里等鱼。",
    "博物馆收藏了九百把茶壶，最古老的一把没有盖子。",
    "冬天，村子里卖熏鱼和纸灯。",
    "一位年轻的工程师每天早上测量这座桥，持续了一年。",
    "中午雨停了。孩子们回到船上，没有人去数雨伞。",
)
TARGETS = ("zh", "en")


def flagged(target: str, changed: dict[int, str]) -> list[tuple[int, str, str]]:
    """Segment, kind and reason where some hypotheses of the eight are others."""
    sources, hypotheses = (EN, list(ZH)) if target == "zh" else (ZH, list(EN))
    for i, text in changed.items():
        hypotheses[i] = text
    found = triage(sources, hypotheses, "zh" if target == "zh" else "en")
    return [(flag.segment, flag.kind, flag.reason) for flag in found]


@pytest.mark.parametrize("target", TARGETS)
def test_sound_translations_are_not_flagged(target: str) -> None:
    assert flagged(target, {}) == []


# The direction, what stands in place of some hypotheses, and what is said.
DEFECTS: list[tuple[str, dict[int, str], list[tuple[int, str, str]]]] = [
    ("zh", {3: ""}, [(3, "empty", "There is no text.")]),
    ("en", {3: " … \u3000"}, [(3, "empty", "There is no text.")]),
    ("zh", {5: EN[5]}, [(5, "untranslated", "It is the source, copied.")]),
    ("en", {5: ZH[5]}, [(5, "untranslated", "It is the source, copied.")]),
    ("zh", {5: "The village sells smoked fish in winter."}, [(5, "untranslated", "It is English, as the source is.")]),
    ("en", {5: "冬天卖熏鱼和纸灯。"}, [(5, "untranslated", "It is Chinese, as the source is.")]),
    (
        "zh",
        {0: "水獭仰面睡觉。"},
        [(0, "omission", "It seems to lack “They hold hands so that the river does not carry them apart.”.")],
    ),
    (
        "en",
        {0: "Otters sleep on their backs."},
        [(0, "omission", "It seems to lack “它们手拉着手，以免被河水冲散。”.")],
    ),
    (
        "zh",
        {6: ZH[6] + "市场上的猫不喜欢音乐。"},
        [(6, "addition", "Nothing in the source seems to say “市场上的猫不喜欢音乐。”.")],
    ),
    (
        "en",
        {6: EN[6] + " The cats of the market dislike music."},
        [(6, "addition", "Nothing in the source seems to say “The cats of the market dislike music.”.")],
    ),
    (
        "zh",
        {1: ZH[3], 3: ZH[1]},
        [
            (1, "wrong sentence", "It is nearer to the source of segment 4, 2 later, than to its own."),
            (3, "wrong sentence", "It is nearer to the source of segment 2, 2 earlier, than to its own."),
        ],
    ),
]


@pytest.mark.parametrize(("target", "changed", "wanted"), DEFECTS)
def test_defects(target: str, changed: dict[int, str], wanted: list[tuple[int, str, str]]) -> None:
    assert flagged(target, changed) == wanted


@pytest.mark.parametrize("target", TARGETS)
def test_a_run_that_is_off_by_one(target: str) -> None:
    texts = ZH if target == "zh" else EN
    found = flagged(target, {i: texts[i + 1] for i in range(1, 6)})
    assert [(i, kind) for i, kind, _ in found] == [(i, "wrong sentence") for i in range(1, 6)]
    assert all(reason.endswith("1 later, than to its own.") for _, _, reason in found)


# Sources and hypotheses into Chinese where nothing, or text, is as it should be.
KEPT = [
    ("BERT", "BERT"),
    ("Anna Otter, Ben Meyer", "Anna Otter, Ben Meyer"),
    ("https://example.org/tea", "https://example.org/tea"),
    ("42.5 %", "42.5 %"),
    ("…", ""),
    ("", ""),
    ("Tea.", "茶。"),
]


@pytest.mark.parametrize(("source", "hypothesis"), KEPT)
def test_what_may_stay_as_it_is(source: str, hypothesis: str) -> None:
    assert triage([source], [hypothesis], "zh") == []


def figures(kind: str) -> tuple[float, float]:
    return KINDS[kind].precision, KINDS[kind].length_precision


def test_text_where_the_source_has_none() -> None:
    assert triage([""], ["水獭"], "zh", system="a") == [
        Flag(
            "a",
            0,
            "addition",
            "There is text where the source has none.",
            KINDS["addition"].precision,
            KINDS["addition"].length_precision,
        )
    ]


def test_a_flag_carries_what_was_measured_of_its_kind() -> None:
    (flag,) = triage(EN, (*ZH[:-1], ""), "zh", system="river.txt")
    assert flag == Flag(
        "river.txt", 7, "empty", "There is no text.", KINDS["empty"].precision, KINDS["empty"].length_precision
    )
    for kind, figures in KINDS.items():
        assert 0 < figures.precision <= 1 and 0 <= figures.length_precision <= 1
        assert figures.false_alarms <= 5, kind


def test_the_documentation_has_these_figures() -> None:
    """The table of docs/scores.md: precision and recall, precision by length; of machines, then of people."""
    text = (Path(__file__).parents[1] / "docs" / "scores.md").read_text(encoding="utf-8")
    for kind, machine in KINDS.items():
        figures = [
            f"{each.precision:.2f}, {each.recall:.2f} | {each.length_precision:.2f}" for each in (machine, HUMAN[kind])
        ]
        (row,) = (line for line in text.split("\n") if line.startswith((f"| {kind} |", f"| {kind} (")))
        assert row.split("|", 2)[2] == f" {' | '.join(figures)} |".replace(" 0.", " .")


def test_the_sources_are_read_once() -> None:
    class Counting:
        """The encoder, counting the texts it reads."""

        def __init__(self) -> None:
            self.read = 0

        def __getattr__(self, name: str) -> object:
            return getattr(load_encoder(), name)

        def totals(self, texts: list[str]) -> object:
            self.read += len(texts)
            return load_encoder().totals(texts)

    encoder = Counting()
    judge = Triage(EN, "zh", encoder)  # type: ignore[arg-type]
    assert encoder.read == 10
    assert judge.flags(ZH, "a") == judge.flags(ZH, "b") == []
    assert encoder.read == 10 + 2 * 10


def test_as_many_hypotheses_as_sources() -> None:
    with pytest.raises(InputError, match=r"^a: 1 hypotheses for 8 sources; wanted one for each$"):
        triage(EN, ["水獭"], "zh", system="a")
    assert triage([], [], "zh") == [] == triage([], [], "en")


def test_linked_words_and_signals() -> None:
    en, zh = linked_words("The otter sleeps on the bridge", "水獭在桥上跳舞")
    assert [("The otter sleeps on the bridge"[a:b], sure > 0.5) for (a, b), sure in en] == [
        ("otter", True), ("sleeps", False), ("bridge", True)
    ]  # fmt: skip
    assert ("跳舞", False) in [("水獭在桥上跳舞"[a:b], sure > 0.5) for (a, b), sure in zh]
    assert linked_words("", "水獭") == ([], []) == linked_words("otter", "")
    left, right = (
        encode_texts([text], "en" if text in EN else "zh", load_encoder()) for text in (EN[0], "水獭仰面睡觉。")
    )
    signals = pair_signals(left, right, 0)
    assert signals.words == 17 and signals.ratio == pytest.approx(np.log(7 / 18))
    assert signals.en.sentence == (29, 89) and signals.en.lowest < 0.5 < signals.zh.lowest + 0.1
    found = features([signals], "en")
    assert found.shape == (1, 1 + len(FEATURES)) and found[0, 0] == -signals.ratio
    assert features([signals], "zh")[0, 0] == signals.ratio and set(LIMITS) == {"en", "zh"}


@pytest.mark.parametrize(
    ("text", "language", "count"), [("两只otters 3", "zh", 4), ("two otters", "en", 2), ("", "zh", 0)]
)
def test_lengths(text: str, language: str, count: int) -> None:
    assert count_words(text, "zh" if language == "zh" else "en") == count


LONG = [
    "a" * 100_000,
    "啊。" * 50_000,
    "otter, " * 14_000,
    "(" * 100_000,
    "." * 100_000,
    " " * 100_000,
    "\ud800" * 100_000,
]


@pytest.mark.parametrize("text", LONG)
def test_long_texts_are_asked_only_for_what_letters_show(text: str) -> None:
    kinds = {flag.kind for flag in triage([text, EN[1]], [text, ZH[1]], "zh")}
    assert kinds <= {"untranslated", "empty"}


@given(st.lists(st.tuples(odd_text, odd_text), max_size=6), st.sampled_from(TARGETS))
def test_any_texts_give_flags_in_order(pairs: list[tuple[str, str]], target: str) -> None:
    sources, hypotheses = [a for a, _ in pairs], [b for _, b in pairs]
    found = triage(sources, hypotheses, "zh" if target == "zh" else "en", STUB, "a")
    assert [flag.segment for flag in found] == sorted(flag.segment for flag in found)
    assert len({(flag.segment, flag.kind) for flag in found}) == len(found)
    for flag in found:
        assert flag.system == "a" and flag.kind in KINDS and flag.reason.endswith(".") and "\n" not in flag.reason
        if flag.kind == "empty":
            assert not any(map(str.isalnum, hypotheses[flag.segment]))
