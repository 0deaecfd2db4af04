"""Numbers and names that must not change: which are wanted, and which of them stand in the hypothesis."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import ConfigError, Term
from duizhao.corpora.knowledge import Knowledge
from duizhao.metrics.literal_accuracy import NameAccuracy, NumberAccuracy
from duizhao.metrics.metric import Metric
from duizhao.metrics.numbers import check_numbers

# English, Chinese, quantities kept and wanted of the English and of the Chinese.
NUMBERS = [
    ("9.6 million otters, three times as fast.", "960万只水獭，快两倍", [2, 2], [1, 1]),
    ("9.6 million otters", "96万只水獭", [0, 1], [0, 1]),
    ("1.2 billion otters", "1.2亿只水獭", [0, 1], [0, 1]),  # the same figures, another magnitude
    ("50% of them", "半数水獭", [1, 1], [0, 0]),  # 半 answers, and claims nothing
    ("30% of the tea", "三成的茶", [1, 1], [1, 1]),
    ("two thirds", "三分之二", [1, 1], [1, 1]),
    ("in 2019, on 2020-05-17", "2019年", [1, 1], [1, 1]),  # a date in figures is none
    ("12, 12 and 13 cups", "12杯和13杯", [2, 2], [2, 2]),  # a value counts once
    ("5 cups and 7 cups", "7杯茶", [1, 2], [1, 1]),
    ("the fourth bridge", "第四座桥", [1, 1], [1, 1]),
    ("the fourth bridge", "第五座桥", [0, 1], [0, 1]),
    ("one or two otters", "几只水獭", [0, 0], [0, 0]),
    ("thousands of cups", "几千杯茶", [0, 0], [0, 0]),
    ("GPT-4 has 12 teeth", "GPT-4有牙", [0, 1], [0, 0]),  # digits of names are none
    ("40 otters", "ResNet-40", [1, 1], [0, 0]),  # but they acquit
    ("a river of 10 km", "10000米的河", [1, 1], [1, 1]),
    ("a river of 10 km", "3000米的河", [0, 1], [0, 1]),  # surely not converted
    ("a river of 10 km", "50公里的河", [0, 1], [0, 1]),
    ("26 bridges", "二十六座桥", [1, 1], [1, 1]),
    ("26 bridges", "", [0, 1], [0, 0]),
    ("26 bridges", "26座桥与99杯茶", [1, 1], [1, 2]),  # what is added is lost on the way back
    ("", "", [0, 0], [0, 0]),
]


@pytest.mark.parametrize(("en", "zh", "into_chinese", "into_english"), NUMBERS)
def test_numbers(en: str, zh: str, into_chinese: list[int], into_english: list[int]) -> None:
    assert NumberAccuracy("zh").statistics([zh], [], [en]).tolist() == [into_chinese]
    assert NumberAccuracy("en").statistics([en], [], [zh]).tolist() == [into_english]


# Reference, hypothesis, quantities kept and wanted, without a source.
OF_REFERENCE = [
    ("zh", "960万只水獭", "九百六十万只水獭", [1, 1]),
    ("zh", "960万只水獭", "96万只水獭", [0, 1]),
    ("zh", "三成的茶", "30%的茶", [1, 1]),
    ("en", "9.6 million otters and two cups", "9,600,000 otters", [1, 1]),
    ("en", "half a cup of 26", "26", [1, 1]),
    ("en", "10 km", "10,000 m", [0, 1]),  # the translator chose the unit
]


@pytest.mark.parametrize(("target", "reference", "hypothesis", "found"), OF_REFERENCE)
def test_numbers_of_references(target: str, reference: str, hypothesis: str, found: list[int]) -> None:
    metric = NumberAccuracy("zh" if target == "zh" else "en", against="reference")
    assert metric.statistics([hypothesis], [[None], [reference], ["7"]]).tolist() == [found]


TERMS = [
    Term("river otter network", "水獭网", also=("RON",)),
    Term("GloVe", "GloVe", domain="names"),
    Term("Transformer", "Transformer", domain="ml"),
]

# Source, references, hypothesis, names kept and wanted.
INTO_CHINESE = [
    ("Otters read GloVe and BERT.", ["水獭读GloVe和BERT。"], "水獭读手套和BERT。", [1, 2]),
    ("Otters read GloVe.", ["水獭读手套。"], "水獭读GloVe。", [0, 0]),  # only what the reference keeps
    ("Otters read.", ["水獭读GloVe。"], "水獭读。", [0, 0]),  # and the source has
    ("GloVe and BERT", ["GloVe和BERT", "GloVe和伯特"], "GloVe", [1, 1]),  # all references
    ("GloVe and RON.", ["GloVe与RON。"], "GloVe与水獭网。", [1, 1]),  # the termbase translates RON
    ("A Transformer for GANs", ["用于GANs的Transformer"], "GAN的transformers", [2, 2]),
    ("OtterNet-5", ["OtterNet-5"], "Otter Net5", [1, 1]),
    ("OtterNet-5", ["OtterNet-5"], "OtterNet-51", [0, 1]),
    ("OtterNet", ["OtterNet"], "SeaOtterNet", [0, 1]),
    ("OtterNet", ["ＯtterNet"], "ＯｔｔｅｒＮｅｔ", [1, 1]),
    ("OtterNet, OtterNet", ["OtterNet，OtterNet"], "OtterNet", [1, 1]),  # once a segment
    ("tea of otters", ["tea的otters"], "茶", [0, 0]),  # no capital, no name
    ("see https://otter.org/OtterNet", ["见https://otter.org/OtterNet"], "见", [0, 0]),
    ("$XY$ cups", ["$XY$杯"], "杯", [0, 0]),
    ("As Anna Berg (2019) says", ["正如安娜·贝格(2019)所说"], "正如安娜·贝格所说", [1, 1]),
    ("As Anna Berg (2019) says", ["正如安娜·贝格(2019)所说"], "正如Berg所说", [1, 1]),
    ("As Anna Berg (2019) says", ["正如安娜·贝格(2019)所说"], "正如伊万·库图佐夫所说", [0, 1]),
    ("As Anna Berg (2019) says", ["正如她所说"], "正如安娜·贝格所说", [0, 0]),
    ("As Anna Berg (2019) says", ["正如Berg所说"], "正如她所说", [0, 1]),
    ("OtterNet", [""], "OtterNet", [0, 0]),
    ("", ["OtterNet"], "", [0, 0]),
]


@pytest.mark.parametrize(("source", "references", "hypothesis", "found"), INTO_CHINESE)
def test_names_in_chinese(source: str, references: list[str], hypothesis: str, found: list[int]) -> None:
    metric = NameAccuracy(TERMS, "zh")
    assert metric.statistics([hypothesis], [[text] for text in references], [source]).tolist() == [found]


INTO_ENGLISH = [
    ("水獭读GloVe和BERT。", ["Otters read GloVe and BERT."], "Otters read gloves and BERT.", [1, 2]),
    ("水獭读GloVe。", ["Otters read gloves."], "Otters read.", [0, 0]),
    ("水獭读RON。", ["Otters read RON."], "Otters read.", [0, 0]),
]


@pytest.mark.parametrize(("source", "references", "hypothesis", "found"), INTO_ENGLISH)
def test_names_in_english(source: str, references: list[str], hypothesis: str, found: list[int]) -> None:
    metric = NameAccuracy(TERMS, "en")
    assert metric.statistics([hypothesis], [[text] for text in references], [source]).tolist() == [found]


def test_names_without_sources() -> None:
    assert NameAccuracy(TERMS, "zh").statistics(["手套"], [["GloVe与otter"]]).tolist() == [[0, 1]]
    english = NameAccuracy(TERMS, "en")
    assert english.statistics(["OtterNet and gloves"], [["Otters read GloVe and OtterNet"]]).tolist() == [[1, 2]]


def test_names_without_references() -> None:
    field = Knowledge(100, {}, {"kelp": "20\t18"}, "otters 100 papers sha256:0123456789ab")
    source = "Kelp and OtterNet are no Transformer of a RON."
    plain, knowing = (
        NameAccuracy(TERMS, "zh", against="source", knowledge=k) for k in (Knowledge(0, {}, {}, ""), field)
    )
    assert plain.statistics(["OtterNet"], [], [source]).tolist() == [[1, 2]]  # Transformer is the termbase's
    assert knowing.statistics(["OtterNet"], [], [source]).tolist() == [[1, 3]]  # the field writes Kelp
    assert knowing.settings.endswith("|field:0123456789ab") and "field" not in plain.settings
    signs = NameAccuracy([Term("O++", "O++"), Term("Poincaré", "Poincaré")], "zh", against="source")
    sources = ["The O++ of Poincaré.", "The O++ of Poincaré."]
    assert signs.statistics(["O++与Poincaré", "O+与Poincar"], [], sources).tolist() == [[2, 2], [0, 2]]
    assert NameAccuracy(TERMS, "en", against="source").statistics(["Otter"], [], ["读OtterNet和RON"]).tolist() == [
        [0, 1]
    ]


def test_a_segment_may_lack_a_reference() -> None:
    metric = NameAccuracy(TERMS, "zh")
    references = [["GloVe", None], [None, None]]
    assert metric.statistics(["GloVe", "GloVe"], references, ["GloVe", "GloVe"]).tolist() == [[1, 1], [0, 0]]


def test_what_depends_on_the_test_set_is_read_anew() -> None:
    numbers, names = NumberAccuracy("zh"), NameAccuracy(TERMS, "zh")
    for source, wanted in (["12 GloVe", [1, 1]], ["13 BERT", [0, 1]], ["12 GloVe", [1, 1]]):
        assert numbers.statistics(["12 GloVe"], [], [str(source)]).tolist() == [wanted]
        assert names.statistics(["12 GloVe"], [[str(source)]], [str(source)]).tolist() == [wanted]


def test_what_is_needed_is_asked_for() -> None:
    for metric, said in [
        (NumberAccuracy("zh"), "numbers: no sources; wanted the source of each segment"),
        (NumberAccuracy("zh", against="reference"), "numbers: no references; wanted a reference of each segment"),
        (NameAccuracy(TERMS, "zh"), "names: no references"),
        (NameAccuracy(TERMS, "zh", against="source"), "names: no sources"),
    ]:
        with pytest.raises(ConfigError, match=said):
            metric.statistics(["茶"], [])


def test_settings() -> None:
    metrics: list[Metric] = [
        NumberAccuracy("zh"),
        NumberAccuracy("en", against="reference"),
        NameAccuracy((), "zh"),
        NameAccuracy((), "en", against="source"),
    ]
    assert [metric.settings for metric in metrics] == [
        "numbers:of-source|match:value|lang:en-zh",
        "numbers:of-reference|match:value|lang:zh-en",
        "names:in-reference|lang:en-zh|termbase:none",
        "names:of-source|lang:zh-en|termbase:none",
    ]
    assert [(metric.name, metric.key) for metric in metrics[1:3]] == [("numbers", "numbers"), ("names", "names")]
    assert all(metric.higher_is_better and not metric.is_sacrebleu for metric in metrics)


def test_scores() -> None:
    metric = NumberAccuracy("zh")
    statistics = metric.statistics(["12杯", "茶"], [], ["12 cups of 13", "tea"])
    assert statistics.tolist() == [[1, 2], [0, 0]]
    assert metric.scores(statistics).tolist() == [50.0, 0.0]
    assert metric.defined(statistics).tolist() == [True, False]
    assert metric.statistics([], [], []).shape == (0, 2)


cups = st.lists(st.integers(3, 9999), min_size=1, max_size=5)


@given(cups, cups)
def test_numbers_are_kept_where_they_stand(wanted: list[int], there: list[int]) -> None:
    en, zh = (" and ".join(f"{n} cups" for n in wanted), "，".join(f"{n}杯茶" for n in there))
    tens = {
        n
        for n in set(wanted) - set(there)
        for m in set(there) - set(wanted)
        if f"{n}".rstrip("0") == f"{m}".rstrip("0")
    }
    kept, all_of_them = NumberAccuracy("zh").statistics([zh], [], [en])[0]
    assert all_of_them == len(set(wanted))
    if not tens:
        assert kept == len(set(wanted) & set(there))


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40), st.text(max_size=40)), min_size=1, max_size=4))
def test_segments_sum_to_the_corpus(rows: list[tuple[str, str, str]]) -> None:
    sources, hypotheses, references = map(list, zip(*rows, strict=True))
    for target in ("zh", "en"):
        for metric in (
            NumberAccuracy("zh" if target == "zh" else "en"),
            NumberAccuracy("zh" if target == "zh" else "en", against="reference"),
            NameAccuracy(TERMS, "zh" if target == "zh" else "en"),
            NameAccuracy(TERMS, "zh" if target == "zh" else "en", against="source"),
        ):
            together = metric.statistics(hypotheses, [references], sources)
            alone = [metric.statistics([h], [[r]], [s])[0].tolist() for s, h, r in rows]
            assert together.tolist() == alone
            assert np.all(together >= 0) and np.all(together[:, 0] <= together[:, 1])


@given(st.text(max_size=60), st.sampled_from(["12 cups", "9.6 million", "30%", "第四", "960万"]))
def test_a_text_keeps_its_own_numbers_and_names(text: str, more: str) -> None:
    for target in ("zh", "en"):
        language = "zh" if target == "zh" else "en"
        texts = [f"{text} {more}"]
        for metric in (NumberAccuracy(language, against="reference"), NameAccuracy(TERMS, language)):
            kept, wanted = metric.statistics(texts, [texts])[0]
            assert kept == wanted


@given(
    st.sampled_from(["12 cups of tea", "9.6 million otters", "26 bridges, 7 cups", "30% of 40 cups"]),
    st.text(max_size=30),
)
def test_the_audit_misses_a_number_only_where_it_is_lost(en: str, zh: str) -> None:
    kept, wanted = NumberAccuracy("zh").statistics([zh], [], [en])[0]
    missed = [d for d in check_numbers(en, zh) if d.rule in ("Q001", "Q002") and d.span_en is not None]
    assert len(missed) <= wanted - kept
