"""Mining: n-grams counted exactly, renderings that compete, packs that add up."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mining_pile import pile
from stub_encoder import STUB

from duizhao.align import load_encoder
from duizhao.align.words import words_zh
from duizhao.corpora.knowledge import Knowledge, combine
from duizhao.corpora.pack import Floors
from duizhao.corpora.script import HAN
from duizhao.metrics.mining import EVERYTHING, Mined, Miner, thresholds_for
from duizhao.metrics.mining_grams import Grams, grams_of
from duizhao.metrics.mining_words import Stream, add_chinese, add_english


def mined(documents: list[tuple[str, str]]) -> Mined:
    miner = Miner()
    for en, zh in documents:
        miner.add(en, zh)
    return miner.mine(load_encoder(), "river")


@pytest.fixture(scope="module")
def river() -> Knowledge:
    return mined(pile()).knowledge


@pytest.mark.parametrize(
    ("term", "rendering"),
    [
        ("otter", "水獭"),
        ("otter colony", "水獭群"),
        ("stone bridge", "石桥"),
        ("suspension bridge", "吊桥"),
        ("tea house", "茶馆"),
        ("oolong tea", "乌龙茶"),
        ("ferry", "渡船"),
        ("lantern", "灯笼"),
        ("bamboo raft", "竹筏"),
        ("gps receiver", "接收机"),
    ],
)
def test_the_first_rendering(river: Knowledge, term: str, rendering: str) -> None:
    use = river.use(term)
    assert use
    assert next(iter(use.renderings)) == rendering


def test_counts_are_those_of_the_documents(river: Knowledge) -> None:
    documents = pile()
    use = river.use("stone bridge")
    assert use
    assert use.papers == sum("stone bridge" in en for en, _ in documents) == 11
    assert use.renderings["石桥"] == sum("石桥" in zh for en, zh in documents if "stone bridge" in en) == 11
    assert river.count("石桥") == sum("石桥" in zh for _, zh in documents) == 11
    assert river.count("水獭") == sum("水獭" in zh for _, zh in documents)
    assert river.papers == 60


def test_what_stays_in_latin_letters(river: Knowledge) -> None:
    use = river.use("gps")
    assert use
    assert use.papers == use.latin == sum("GPS" in zh for _, zh in pile())
    assert river.kept_latin("gps") == 1
    assert river.kept_latin("otter") == 0


def test_a_term_inside_a_longer_one_has_none_of_its_renderings(river: Knowledge) -> None:
    """ "colony", "oolong" and "bamboo" stand nowhere else."""
    assert [river.use(term) for term in ("colony", "oolong", "bamboo")] == [None, None, None]
    assert "水獭群" not in (river.use("otter") or pytest.fail()).renderings


def test_a_start_is_no_cold_start() -> None:
    boats = [
        (f"{en} {start}", f"{zh}{started}")
        for k, (en, zh) in enumerate(pile(40))
        for start, started in [[("They start.", "它们开始。"), ("A cold start!", "冷启动！"), ("", "")][k % 3]]
    ]
    knowledge = mined(boats).knowledge
    assert list((knowledge.use("cold start") or pytest.fail()).renderings) == ["冷启动"]
    assert list((knowledge.use("start") or pytest.fail()).renderings) == ["开始"]


def test_variants_are_one_string() -> None:
    ways = [
        "水獭的渡船停了。",
        "水獭渡船停了。",
        "水獭 渡船停了。",
        "水獺的渡船停了，這艘渡船屬於水獺們。",
        "水獭之渡船停了。",
    ]
    miner = Miner()
    for zh in ways:
        miner.add("The otter ferry stopped.", zh)
    knowledge = miner.mine(STUB, "ferry", EVERYTHING).knowledge
    assert knowledge.count("水獭渡船") == 5
    assert (knowledge.use("otter ferry") or pytest.fail()).renderings["水獭渡船"] == 5


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Otters sleep.", ["otter", "otters sleep", "sleep"]),
        ("The bag of teas", ["bag", "bag of tea", "tea"]),
        ("an otter's boat, its tea", ["boat", "otter", "otter boat", "tea"]),
        ("3D boats in 2024 at https://otter.example/tea", ["3d", "3d boat", "boat"]),
        (r"\emph{tea} $x$", ["tea"]),
        ("of the and", []),
        ("state-of-the-art boats", ["boat", "state-of-the-art", "state-of-the-art boat"]),
    ],
)
def test_english_terms(text: str, terms: list[str]) -> None:
    stream = Stream(" ")
    stream.begin()
    add_english(stream, text)
    assert grams_of(stream, 1).names == terms


@pytest.mark.parametrize(
    ("text", "strings"),
    [
        ("水獭睡觉。", ["水獭", "水獭睡觉", "睡觉"]),
        ("水獭和渡船", ["水獭", "渡船"]),
        ("水獭,渡船", ["水獭", "渡船"]),
        ("tea", []),
        ("渡船GPS水獭", ["水獭", "渡船"]),
    ],
)
def test_chinese_strings(text: str, strings: list[str]) -> None:
    stream = Stream("")
    stream.begin()
    add_chinese(stream, text)
    assert grams_of(stream, 1).names == strings


def naive(texts: list[str], fewest: int) -> dict[str, int]:
    """Chinese strings of one to four words of 2 to 10 characters, by document, in plain loops."""
    counts: Counter[str] = Counter()
    for text in texts:
        found: set[str] = set()
        for run in text.split("，"):
            cuts = [0, *(end for _, end in words_zh(run))]
            found |= {run[a:b] for k, a in enumerate(cuts) for b in cuts[k + 1 : k + 5] if 2 <= b - a <= 10}
        counts.update(found)
    return {zh: n for zh, n in counts.items() if n >= fewest}


def as_counts(grams: Grams) -> dict[str, int]:
    return dict(zip(grams.names, grams.counts.tolist(), strict=True))


WORDS = st.sampled_from(["水獭", "渡船", "茶馆", "大石桥", "灯笼", "睡觉", "，", "冷", "船"])
CHINESE = st.lists(WORDS, max_size=12).map("".join)


@given(st.lists(CHINESE, max_size=8), st.integers(1, 3))
def test_strings_are_counted_as_plain_loops_count_them(texts: list[str], fewest: int) -> None:
    """A string whose beginning is rarer than `fewest` would be is the same string cut in another way; none here."""
    stream = Stream("")
    for text in texts:
        stream.begin()
        add_chinese(stream, text)
    assert as_counts(grams_of(stream, fewest)) == naive(texts, fewest)


@given(st.lists(CHINESE, max_size=8))
def test_a_document_has_its_own_strings(texts: list[str]) -> None:
    stream = Stream("")
    for text in texts:
        stream.begin()
        add_chinese(stream, text)
    grams = grams_of(stream, 1)
    found = [{grams.names[i] for i in grams.ids[a:b].tolist()} for a, b in pairwise(grams.starts.tolist())]
    assert found == [set(naive([text], 1)) for text in texts]


ENGLISH = st.lists(
    st.sampled_from(
        ["otter", "otters", "tea", "house", "GPS", "the", "of", ",", "bridge", "other", "others", "does", "doe"]
    ),
    max_size=8,
).map(" ".join)
DOCUMENTS = st.lists(st.tuples(ENGLISH, st.one_of(CHINESE, CHINESE.map("GPS{}".format))), max_size=7)


def everything(documents: list[tuple[str, str]]) -> Knowledge:
    miner = Miner()
    for en, zh in documents:
        miner.add(en, zh)
    return miner.mine(STUB, "pile", EVERYTHING).knowledge


def numbers(knowledge: Knowledge) -> tuple[int, dict[str, int], dict[str, tuple[int, int, dict[str, int]]]]:
    uses = {}
    for term in knowledge.uses:
        use = knowledge.use(term)
        assert use
        uses[term] = (use.papers, use.latin, dict(use.renderings))
    return knowledge.papers, dict(knowledge.counts), uses


@given(DOCUMENTS, DOCUMENTS)
def test_packs_of_two_piles_add_up_to_that_of_both(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> None:
    assert numbers(combine([everything(one), everything(other)])) == numbers(everything(one + other))


@given(DOCUMENTS.flatmap(lambda documents: st.tuples(st.just(documents), st.permutations(documents))))
def test_the_order_of_documents_is_nothing(given: tuple[list[tuple[str, str]], list[tuple[str, str]]]) -> None:
    assert numbers(everything(given[0])) == numbers(everything(given[1]))


@pytest.mark.parametrize(("one", "several"), [("other", "others"), ("one", "ones"), ("doe", "does"), ("use", "uses")])
def test_a_word_may_do_the_same_whichever_form_is_seen_first(one: str, several: str) -> None:
    texts = [f"The {several} sleep", f"A {one} boat"]
    found = []
    for order in (texts, texts[::-1]):
        stream = Stream(" ")
        for text in order:
            stream.begin()
            add_english(stream, text)
        found.append(as_counts(grams_of(stream, 1)))
    assert found[0] == found[1]
    assert (f"{one} boat" in found[0], f"{several} sleep" in found[0]) == (
        one == "doe",
        several not in ("does", "uses"),
    )


def test_the_same_pile_gives_the_same_rows(river: Knowledge) -> None:
    again = mined(pile()).knowledge
    assert (again.uses, again.counts, again.signature) == (river.uses, river.counts, river.signature)
    assert river.signature == f"river 60 papers, {len(river.uses)} terms"


@pytest.mark.parametrize(
    ("documents", "floors"),
    [
        (0, Floors(2, 2, 2)),
        (99, Floors(2, 2, 2)),
        (100, Floors(3, 3, 3)),
        (3_000, Floors(3, 4, 4)),
        (63_000, Floors(3, 16, 4)),
    ],
)
def test_thresholds_rise_with_the_pile(documents: int, floors: Floors) -> None:
    assert thresholds_for(documents).floors == floors


def test_documents_in_one_language() -> None:
    miner = Miner()
    for en, zh in [
        *pile(10),
        ("An otter alone.", ""),
        ("", "水獭独自。"),
        ("", ""),
        (" ", "水獭。"),
        ("Otters.", "no Han"),
    ]:
        miner.add(en, zh)
    assert (miner.documents, miner.chinese, miner.english) == (10, 2, 2)
    both = everything(pile(10))
    knowledge = miner.mine(STUB, "river", EVERYTHING).knowledge
    assert knowledge.papers == 12
    assert knowledge.count("水獭") == both.count("水獭") + 2
    assert (knowledge.use("otter") or pytest.fail()).papers == (both.use("otter") or pytest.fail()).papers


def test_nothing_mined() -> None:
    done = Miner().mine(STUB, "none")
    assert (done.terms, done.renderings, numbers(done.knowledge)) == (0, 0, (0, {}, {}))


@given(st.lists(st.tuples(st.text(max_size=60), st.text(st.characters(), max_size=60)), max_size=4))
def test_any_text_can_be_mined(documents: list[tuple[str, str]]) -> None:
    assert everything(documents).papers == sum(bool(HAN.search(zh)) for _, zh in documents)
