"""The filter "meaning": pairs that are each other's counterpart, others, and values that do not hang on the batch."""

import numpy as np
import pytest

from duizhao.metrics import filter_meaning
from duizhao.metrics.filter_meaning import FEATURES, LEAST_MEANING, MODELS, WEIGHTS, expanded, meaning, meaning_features

PAIRS = [
    ("Otters swim across the wide river every morning.", "水獭每天早上游过宽阔的河流。"),
    ("The old bridge was built by three brothers in the spring.", "这座古桥是三兄弟在春天建成的。"),
    ("Tea from the hills is sold at the market near the station.", "山里的茶叶在车站附近的市场上出售。"),
    ("We measured the depth of the lake with a simple device.", "我们用一个简单的装置测量了湖的深度。"),
    ("The teacher asked the children to draw a boat.", "老师让孩子们画一条船。"),
    ("Thank you very much!", "非常感谢！"),
    ("Opening hours", "营业时间"),
]
LONG = (
    "Otters swim across the wide river every morning, they rest on warm stones under the old bridge at noon, "
    "and in the evening they return to the reeds where their young are waiting.",
    "水獭每天早上游过宽阔的河流，中午在古桥下温暖的石头上休息，傍晚回到幼崽等候的芦苇丛中。",
)


def test_counterparts_are_kept() -> None:
    found = meaning([en for en, _ in [*PAIRS, LONG]], [zh for _, zh in [*PAIRS, LONG]])
    assert found.dtype == np.float32
    assert (found >= LEAST_MEANING).all(), found


def test_other_sentences_are_not() -> None:
    whole = PAIRS[:5]
    others = [(en, zh) for i, (en, _) in enumerate(whole) for j, (_, zh) in enumerate(whole) if i != j]
    found = meaning([en for en, _ in others], [zh for _, zh in others])
    assert (found < LEAST_MEANING).all(), found


def test_cut_sides_are_not() -> None:
    en, zh = LONG
    cut = [(en[: en.index(",")] + ".", zh), (en, zh[: zh.index("，")] + "。"), (en, zh[: zh.index("，")])]
    found = meaning([left for left, _ in cut], [right for _, right in cut])
    assert (found < LEAST_MEANING).all(), found


def test_traditional_characters_are_read_like_simplified() -> None:
    traditional = "水獺每天早上游過寬闊的河流，中午在古橋下溫暖的石頭上休息，傍晚回到幼崽等候的蘆葦叢中。"
    assert meaning([LONG[0]], [traditional]).tolist() == meaning([LONG[0]], [LONG[1]]).tolist()


@pytest.mark.parametrize(("en", "zh"), [("", "水獭"), ("otters", ""), ("", ""), (" \n", "水獭"), ("otters", "\u3000")])
def test_empty_sides(en: str, zh: str) -> None:
    assert meaning([en, PAIRS[0][0]], [zh, PAIRS[0][1]])[0] == 0.0


def test_no_pairs_and_unequal_sides() -> None:
    assert meaning([], []).shape == (0,)
    assert meaning_features([], []).shape == (0, len(FEATURES))
    with pytest.raises(ValueError, match=r"^1 English and 2 Chinese texts$"):
        meaning(["a"], ["b", "c"])


def test_values_do_not_hang_on_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = [*PAIRS, LONG, ("", "水獭"), *((f"{en} {k}", f"{zh}{k}") for k, (en, zh) in enumerate(PAIRS))]
    en, zh = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    whole = meaning(en, zh)
    assert meaning(en, zh).tobytes() == whole.tobytes()
    alone = np.concatenate([meaning([left], [right]) for left, right in pairs])
    monkeypatch.setattr(filter_meaning, "_PAIRS", 3)
    for other in (alone, meaning(en, zh), meaning(en[::-1], zh[::-1])[::-1]):
        assert np.abs(other - whole).max() <= 0.00011
    assert (whole == np.round(whole, 4).astype(np.float32)).all()


def test_weights_fit_the_features() -> None:
    features = np.zeros((1, len(FEATURES)))
    assert list(WEIGHTS) == list(MODELS)
    assert [len(WEIGHTS[name]) - 1 for name in MODELS] == [expanded(features, name).shape[1] for name in MODELS]


@pytest.mark.parametrize("hostile", ["，" * 100_000, "\ud800" * 50_000, "水a" * 50_000, '"' * 100_000, "1" * 100_000])
def test_hostile_texts(hostile: str) -> None:
    found = meaning([hostile, "Otters swim."], ["水獭游泳。", hostile])
    assert (found < LEAST_MEANING).all()
    assert ((found >= 0) & (found <= 1)).all()
