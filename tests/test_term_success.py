"""Terms of sources against what stands in hypotheses: counts of occurrences, and of the words around them."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import ConfigError, Term, Termbase
from duizhao.corpora.termbase import Forbidden
from duizhao.metrics.folding import fold
from duizhao.metrics.metric import Metric, signature
from duizhao.metrics.occurrences import _places
from duizhao.metrics.term_lookup import TermLookup, termbase_part
from duizhao.metrics.term_success import TermSuccess, TermWindow
from duizhao.metrics.wanted_terms import Place, good_places

TERMS = [
    Term("river otter", "水獭", ("河獭",), (Forbidden("水怪", "a monster", False), Forbidden("水獭机", "", False))),
    Term("sea otter", "海獭", taiwan=("海獺仔",)),
    Term("otter", "獭"),
    Term("tea bridge", "茶桥", ("茶水桥",), also=("TBM", "bridge of tea")),
    Term("large tea bridge", "大茶桥"),
    Term("stone bridge", "石桥"),
    Term("large stone bridge", "大石桥"),
    Term("OtterNet", "OtterNet", domain="names"),
    Term("ferry policy", "摆渡策略"),
    Term("ferry strategy", "摆渡策略", ("摆渡战略",)),
    Term("colour vision", "色觉", (), (Forbidden("颜色视觉", "", False),)),
    Term("nameless", ""),
]
INTO_CHINESE = TermLookup(TERMS, "zh")
INTO_ENGLISH = TermLookup(TERMS, "en")


def success(source: str, hypothesis: str, *references: str, terms: TermLookup = INTO_CHINESE) -> list[int]:
    metric = TermSuccess(terms)
    return metric.statistics([hypothesis], [[text] for text in references], [source]).tolist()[0]


# Source, hypothesis, found and wanted, where no reference says what the human did.
CHINESE = [
    ("A river otter.", "一只水獭。", [1, 1]),
    ("A river otter.", "一只河獭。", [1, 1]),
    ("Three River-Otters.", "三只水獭。", [1, 1]),
    ("A river otter.", "一只水怪。", [0, 1]),  # forbidden
    ("A river otter.", "一台水獭机。", [0, 1]),  # a forbidden rendering hides the approved one inside it
    ("A river otter.", "一台水獭机和一只水獭。", [1, 1]),
    ("A river otter.", "一只 river otter。", [0, 1]),  # left standing
    ("A river otter.", "", [0, 1]),
    ("A river otter meets a river otter.", "水獭遇见它。", [1, 2]),
    ("A river otter meets a river otter.", "水獭遇见河獭。", [2, 2]),
    ("A river otter.", "水獭遇见水獭。", [1, 1]),  # found at most as often as wanted
    ("A river otter and a sea otter.", "水獭和海獭。", [2, 2]),
    ("A river otter and an otter.", "水獭。", [1, 2]),  # 獭 of 水獭 is no rendering of its own
    ("A river otter and an otter.", "水獭和獭。", [2, 2]),
    ("An otter.", "水獭。", [1, 1]),  # but is one where the source has no river otter
    ("A large stone bridge.", "一座石桥。", [0, 1]),  # the longest term of the source counts, and it alone
    ("A large stone bridge, a stone bridge.", "大石桥，石桥。", [2, 2]),
    ("A large stone bridge, a stone bridge.", "大石桥，大石桥。", [1, 2]),
    ("The tea bridge (TBM).", "茶桥（TBM）。", [2, 2]),  # an acronym of the source may stay
    ("The TBMs.", "茶桥。", [1, 1]),
    ("The TBMs.", "TBMs。", [1, 1]),
    ("The tea bridge.", "TBM。", [0, 1]),  # where the source has none, it may not
    ("The bridge of tea.", "茶 水 桥。", [1, 1]),  # blanks do not count
    ("OtterNet, otternet", "OtterNet", [1, 1]),
    ("Many OtterNets.", "许多OtterNets。", [1, 1]),
    ("Many OtterNets.", "许多獭网。", [0, 1]),
    ("The ferry policy and the ferry strategy.", "摆渡策略。", [2, 2]),  # one string, two terms: both have theirs
    ("Color vision.", "色覺與茶。", [1, 1]),  # either spelling, either script
    ("Color vision.", "顏色視覺。", [0, 1]),
    ("A sea otter.", "一隻海獺仔。", [1, 1]),
    ("A nameless cup.", "无名杯。", [0, 0]),
    ("", "水獭。", [0, 0]),
]


@pytest.mark.parametrize(("source", "hypothesis", "found"), CHINESE)
def test_success_in_chinese(source: str, hypothesis: str, found: list[int]) -> None:
    assert success(source, hypothesis) == found


# The same for English hypotheses.
ENGLISH = [
    ("一只水獭。", "A river otter.", [1, 1]),
    ("一只水獭。", "Two river-otters.", [1, 1]),
    ("一只河獭。", "A river otter.", [1, 1]),
    ("一只水獭。", "An otter of the river.", [0, 1]),  # exact: no other order of words
    ("一只水獭。", "A water rat.", [0, 1]),
    ("水獭遇见水獭。", "A river otter meets it.", [1, 2]),
    ("大茶桥和茶桥。", "A large tea bridge.", [1, 2]),  # the tea bridge inside it is no other one
    ("大茶桥和茶桥。", "A large tea bridge and a tea bridge.", [2, 2]),
    ("茶桥。", "A large tea bridge.", [1, 1]),
    ("茶桥。", "The bridge of tea.", [1, 1]),
    ("茶桥。", "The TBM.", [1, 1]),
    ("茶桥。", "The tbm.", [0, 1]),
    ("摆渡策略。", "A ferry strategy.", [1, 1]),
    ("摆渡策略。", "Ferry policies.", [1, 1]),
    ("摆渡策略，摆渡战略。", "A ferry strategy.", [2, 2]),
    ("彩色世界的色觉。", "Colour vision in colour.", [1, 1]),
    ("這個彩色世界裡的色覺。", "Color vision in colour.", [1, 1]),
    ("水怪。", "A river otter.", [0, 0]),  # forbidden renderings are no terms of the source
    ("", "A river otter.", [0, 0]),
]


@pytest.mark.parametrize(("source", "hypothesis", "found"), ENGLISH)
def test_success_in_english(source: str, hypothesis: str, found: list[int]) -> None:
    assert success(source, hypothesis, terms=INTO_ENGLISH) == found


# Source, hypothesis, references, found and wanted: what no reference renders so is not wanted.
REFERENCES = [
    ("A river otter meets a river otter.", "水獭遇见它。", ["水獭遇见它。"], [1, 1]),
    ("A river otter meets a river otter.", "水獭遇见水獭。", ["水獭遇见它。"], [1, 1]),
    ("A river otter.", "一只水獭。", ["一头小兽。"], [0, 0]),
    ("A river otter.", "一只小兽。", ["一头小兽。", "一只河獭。"], [0, 1]),
    ("A river otter meets a river otter.", "水獭。", ["水獭。", "水獭和河獭。"], [1, 2]),
    ("A river otter on a stone bridge.", "水獭在石桥上。", ["水獭在桥上。", "小兽在石桥上。"], [2, 2]),
    ("A river otter.", "水怪。", ["水怪。"], [0, 0]),
    # A longer term that the reference does not use hides nothing.
    ("A large stone bridge, a stone bridge.", "大石桥。", ["石桥。"], [1, 1]),
    ("A large stone bridge, a stone bridge.", "大石桥。", ["大石桥，石桥。"], [1, 2]),
]


@pytest.mark.parametrize(("source", "hypothesis", "references", "found"), REFERENCES)
def test_what_references_render_is_wanted(
    source: str, hypothesis: str, references: list[str], found: list[int]
) -> None:
    assert success(source, hypothesis, *references) == found


def test_all_occurrences_count_where_asked() -> None:
    metric = TermSuccess(INTO_CHINESE, in_reference=False)
    assert metric.statistics(["小兽"], [["小兽"]], ["A river otter"]).tolist() == [[0, 1]]


def test_a_segment_may_lack_a_reference() -> None:
    metric = TermSuccess(INTO_CHINESE)
    references = [["水獭", None], [None, None]]
    assert metric.statistics(["水獭", "水獭"], references, ["River otter", "River otter"]).tolist() == [[1, 1], [0, 0]]


def test_forbidden_forms_of_taiwan_depend_on_the_script() -> None:
    lookup = TermLookup([Term("otter", "獭", (), (Forbidden("獭仔", "", False),), taiwan=("獺仔",))], "zh")
    assert success("An otter.", "獭仔", terms=lookup) == [0, 1]
    assert success("An otter.", "這隻獺仔", terms=lookup) == [1, 1]


def test_the_script_of_a_short_segment_is_that_of_the_whole() -> None:
    metric = TermSuccess(TermLookup([Term("otter boat", "獭艇", taiwan=("獺艇子",))], "zh"))
    sources = ["An otter boat.", "An otter boat."]
    assert metric.statistics(["獺艇子", "這裡還沒有說過機器學習與電腦"], [], sources).tolist() == [[1, 1], [0, 1]]


PIECES = [
    "水獭",
    "河獭",
    "海獭",
    "獭",
    "水怪",
    "水獭机",
    "茶桥",
    "TBM",
    "tea bridge",
    "石桥",
    "大石桥",
    "OtterNet",
    "大",
    " ",
    "和",
    "Ｔ",
]
WORDS = [
    "river otter",
    "sea otters",
    "otter",
    "TBM",
    "tea-bridge",
    "large stone bridge",
    "stone bridge",
    "OtterNet",
    "and",
    ",",
]
chinese = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
english = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
any_text = st.one_of(chinese, st.text(max_size=30))


@given(any_text)
def test_places_are_those_of_the_audit(zh: str) -> None:
    statuses = {"preferred": "approved", "admitted": "approved", "latin": "kept", "forbidden": "forbidden"}
    for term in TERMS:
        if term.zh and not term.is_name:  # of names the audit's plural is no rendering
            lookup = TermLookup([term], "zh")
            (text,) = lookup.texts([zh])
            (found,) = lookup.segments([term.en])[0].find(text)
            wanted = _places(term, fold(text.text), text.hant)
            assert [(p.span, p.status) for p in found] == [(span, statuses[status]) for span, status, _ in wanted]


RENDERINGS = {
    "river otter": ("水獭", "河獭"),
    "sea otters": ("海獭",),
    "otter": ("獭",),
    "stone bridge": ("石桥",),
    "large stone bridge": ("大石桥",),
}


def brute(source: Counter[str], pieces: list[str], reference: list[str] | None) -> list[int]:
    """Success counted piece by piece; every piece is parted from the next."""

    def found(pieces: list[str], wanted: Counter[str]) -> Counter[str]:
        whole = {rendering for term in wanted for rendering in RENDERINGS[term]}
        counts: Counter[str] = Counter()
        for term, n in wanted.items():
            own = RENDERINGS[term]
            has = [piece in own or (piece not in whole and any(zh in piece for zh in own)) for piece in pieces]
            counts[term] = min(n, sum(has))
        return +counts

    wanted = source if reference is None else found(reference, source)
    return [found(pieces, wanted).total(), wanted.total()]


parted = st.lists(st.sampled_from(["水獭", "河獭", "海獭", "獭", "水怪", "石桥", "大石桥", "茶"]), max_size=8)
terms_en = st.lists(st.sampled_from(list(RENDERINGS)), max_size=8)


@given(terms_en, parted, st.none() | parted)
def test_success_is_what_counting_by_hand_gives(words: list[str], zh: list[str], reference: list[str] | None) -> None:
    references = [] if reference is None else ["，".join(reference)]
    assert success(", ".join(words), "，".join(zh), *references) == brute(Counter(words), zh, reference)


@given(
    english, chinese, st.none() | chinese, st.sampled_from(["水獭", "河獭", "海獭", "獭", "茶桥", "大石桥", "OtterNet"])
)
def test_a_right_term_more_never_lowers_success(source: str, zh: str, reference: str | None, more: str) -> None:
    references = [] if reference is None else [reference]
    before, wanted = success(source, zh, *references)
    after, still = success(source, zh + "。" + more, *references)
    assert before <= after <= wanted == still


@given(st.lists(st.tuples(english, any_text, st.none() | any_text), min_size=1, max_size=5))
def test_segments_sum_to_the_corpus(rows: list[tuple[str, str, str | None]]) -> None:
    sources, hypotheses, references = map(list, zip(*rows, strict=True))
    for metric in (TermSuccess(INTO_CHINESE), TermWindow(INTO_CHINESE)):
        together = metric.statistics(hypotheses, [references], sources)
        assert together.dtype == np.int64
        assert np.all(together >= 0) and np.all(together[:, 0] <= together[:, 1])
        hant = any(text.hant for text in INTO_CHINESE.texts(hypotheses) + INTO_CHINESE.texts(references))
        if not hant:  # the script is told from all segments
            alone = [metric.statistics([h], [[r]], [s])[0] for s, h, r in rows]
            assert together.tolist() == [row.tolist() for row in alone]
        itself = metric.statistics([text or "" for text in references], [references], sources)
        assert np.array_equal(itself[:, 0], itself[:, 1])


def test_one_lookup_serves_systems_and_test_sets_in_turn() -> None:
    sets = [(["River otter"], [["水獭"]]), (["Sea otter"], [["海獭吃茶"]]), (["River otter"], [["海獭"]])]
    hypotheses = [["水獭"], ["海獭吃鱼"]]
    lookup = TermLookup(TERMS, "zh")
    kept = TermSuccess(lookup), TermWindow(lookup), TermSuccess(lookup, in_reference=False)
    for sources, references in sets * 2:
        for texts in hypotheses:
            fresh = TermLookup(TERMS, "zh")
            others = TermSuccess(fresh), TermWindow(fresh), TermSuccess(fresh, in_reference=False)
            for metric, other in zip(kept, others, strict=True):
                found = metric.statistics(texts, references, sources).tolist()
                assert found == other.statistics(texts, references, sources).tolist()


def test_texts_may_change_under_a_lookup() -> None:
    metric = TermSuccess(TermLookup(TERMS, "zh"))
    sources, texts = ["River otter"], ["水獭"]
    assert metric.statistics(texts, [], sources).tolist() == [[1, 1]]
    sources[0], texts[0] = "Sea otter and sea otter", "海獭"
    assert metric.statistics(texts, [], sources).tolist() == [[1, 2]]


# Source, hypothesis, reference, words in common and of the reference; two characters are a word.
WINDOWS = [
    ("The river otter.", "小水獭吃鱼", "大水獭吃虾", [1, 3]),
    ("The river otter.", "大水獭吃虾", "大水獭吃虾", [3, 3]),
    ("The river otter.", "虾吃水獭大", "大水獭吃虾", [3, 3]),  # in any order
    ("The river otter.", "小兽吃虾", "大水獭吃虾", [0, 3]),  # no rendering: nothing in common
    ("The river otter.", "甲乙丙丁戊水獭己庚辛壬癸", "甲乙丙丁戊水獭己庚辛壬癸", [8, 8]),
    ("The river otter.", "戊甲丙丁戊水獭癸", "甲乙丙丁戊水獭己庚辛壬癸", [3, 8]),  # the four nearest
    ("The river otter.", "鱼鱼水獭", "鱼水獭鱼茶", [2, 3]),  # each as often as in both
    ("The river otter.", "鱼的水獭，和茶", "鱼水獭茶", [2, 2]),  # no marks, no words of grammar
    ("The river otter.", "水獭GPT 42", "水獭GPT 42", [2, 2]),
    ("The river otter.", "水獭gpt４２", "水獭GPT 42", [1, 2]),
    ("The river otter.", "鱼水獭", "鱼小兽", [0, 0]),  # not wanted
    ("A river otter, a river otter.", "茶水獭。鱼吃喝玩虾水獭", "鱼吃喝玩水獭。茶水獭", [5 + 1, 7 + 4]),
    ("River otter", "水獭", "水獭", [0, 0]),
]


@pytest.mark.parametrize(("source", "hypothesis", "reference", "found"), WINDOWS)
def test_windows(source: str, hypothesis: str, reference: str, found: list[int]) -> None:
    assert TermWindow(INTO_CHINESE).statistics([hypothesis], [[reference]], [source]).tolist() == [found]


ENGLISH_WINDOWS = [
    ("水獭。", "A big river otter eats the fish.", "The big River Otter can eat fish.", [2, 3]),
    (
        "水獭。",
        "Old big grey river otters eat sweet cold fish.",
        "Old big grey river otters eat sweet cold fish.",
        [4, 4],
    ),
    ("水獭。", "It isn't the river otter's tea.", "It isn't the river otter's tea.", [2, 2]),
]


@pytest.mark.parametrize(("source", "hypothesis", "reference", "found"), ENGLISH_WINDOWS)
def test_windows_in_english(source: str, hypothesis: str, reference: str, found: list[int]) -> None:
    assert TermWindow(INTO_ENGLISH).statistics([hypothesis], [[reference]], [source]).tolist() == [found]


def test_the_window_can_be_wider() -> None:
    metric = TermWindow(INTO_ENGLISH, 3)
    hypothesis = reference = "Old big grey river otters eat sweet cold fish."
    assert metric.statistics([hypothesis], [[reference]], ["水獭。"]).tolist() == [[6, 6]]
    assert metric.settings.startswith("terms:in-reference|window:3|tok:word|lang:zh-en|termbase:given-")


def test_scores() -> None:
    metric = TermSuccess(INTO_CHINESE)
    sums = np.array([[1, 2], [0, 0], [3, 3]])
    assert metric.scores(sums).tolist() == [50.0, 0.0, 100.0]
    assert np.isnan(metric.segment_scores(sums)).tolist() == [False, True, False]
    assert metric.segment_scores(sums)[[0, 2]].tolist() == [50.0, 100.0]
    assert metric.defined(sums).tolist() == [True, False, True]
    assert float(metric.scores(sums.sum(0))) == 80.0
    assert metric.higher_is_better and not metric.is_sacrebleu


def test_no_segments() -> None:
    for metric in (TermSuccess(INTO_CHINESE), TermWindow(INTO_CHINESE)):
        assert metric.statistics([], [[]], []).shape == (0, 2)


def test_what_is_needed_is_asked_for() -> None:
    with pytest.raises(ConfigError, match=r"term success: no sources; wanted the source of each segment\."):
        TermSuccess(INTO_CHINESE).statistics(["水獭"], [["水獭"]])
    with pytest.raises(ConfigError, match=r"term window: no sources"):
        TermWindow(INTO_CHINESE).statistics(["水獭"], [["水獭"]])
    with pytest.raises(ConfigError, match=r"term window: no references"):
        TermWindow(INTO_CHINESE).statistics(["水獭"], [], ["River otter"])


def test_signatures() -> None:
    termbase = Termbase(
        tuple(TERMS), "terms.csv (shipped) 11 terms sha256:0123456789ab + my/o|tters.csv 2 terms sha256:ba9876543210"
    )
    metrics: list[Metric] = [
        TermSuccess(TermLookup(termbase, "zh")),
        TermSuccess(TermLookup(termbase, "en"), in_reference=False),
        TermWindow(TermLookup(termbase, "zh")),
    ]
    part = "termbase:terms.csv-0123456789ab+o_tters.csv-ba9876543210"
    assert [metric.settings for metric in metrics] == [
        f"terms:in-reference|match:exact|lang:en-zh|{part}",
        f"terms:all|match:exact|lang:zh-en|{part}",
        f"terms:in-reference|window:4|tok:char|lang:en-zh|{part}",
    ]
    assert signature(metrics[0], 1).startswith(f"nrefs:1|terms:in-reference|match:exact|lang:en-zh|{part}|duizhao:")
    assert [(metric.name, metric.key) for metric in metrics[1:]] == [
        ("term success", "terms"),
        ("term window", "terms-window"),
    ]


def test_terms_without_a_file_are_hashed() -> None:
    one, other = termbase_part(TERMS), termbase_part(TERMS[:-1])
    assert one == termbase_part(Termbase(tuple(TERMS), "none")) == termbase_part(tuple(TERMS))
    assert one.startswith("termbase:given-") and len(one) == len("termbase:given-") + 12 and one != other
    assert termbase_part(()) == "termbase:none"


def test_places_tell_what_stands_there() -> None:
    segment = INTO_CHINESE.segments(["The TBM and a river otter"])[0]
    assert [(one.key, one.times, one.short) for one in segment.wanted] == [("tea bridge", 1, 1), ("river otter", 1, 0)]
    tea, otter = segment.find(INTO_CHINESE.texts(["TBM tea bridge 茶桥，水怪"])[0])
    assert [(place.rendering, place.status) for place in tea] == [
        ("tbm", "acronym"),
        ("teabridge", "kept"),
        ("茶桥", "approved"),
    ]
    assert otter == [Place((18, 20), "水怪", "forbidden")]
    assert [place.rendering for place in good_places(tea)] == ["tbm", "茶桥"]


odd = st.text(alphabet="aAB1 -+.水獭机器學模型·\u3000Ａİß\n(", max_size=8)
odd_terms = st.builds(
    Term,
    odd,
    odd,
    st.lists(odd, max_size=2).map(tuple),
    st.lists(st.builds(Forbidden, odd, odd, st.booleans()), max_size=2).map(tuple),
    st.sampled_from(["", "names", "ml"]),
    st.lists(odd, max_size=2).map(tuple),
    taiwan=st.lists(odd, max_size=1).map(tuple),
    case=st.booleans(),
    pattern=st.booleans(),
)


@given(st.lists(odd_terms, max_size=4), odd, odd, odd)
def test_odd_terms_give_counts_or_are_refused(terms: list[Term], source: str, hypothesis: str, reference: str) -> None:
    sources = [" ".join([source, *(term.en for term in terms), *(term.zh for term in terms)])]
    for target in ("zh", "en"):
        try:
            lookup = TermLookup(terms, "zh" if target == "zh" else "en")
            for metric in (TermSuccess(lookup), TermSuccess(lookup, in_reference=False), TermWindow(lookup)):
                ((found, wanted),) = metric.statistics([hypothesis], [[reference]], sources).tolist()
                assert 0 <= found <= wanted
            itself = TermSuccess(lookup).statistics([reference], [[reference]], sources)
            assert itself[0, 0] == itself[0, 1]
        except ConfigError as error:
            assert error.where.startswith("pattern ")
