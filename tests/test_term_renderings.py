"""Places of a term: by links, and by what they agree on."""

from duizhao.align.word_links import train_links
from duizhao.metrics.folding import fold
from duizhao.metrics.rendering_clusters import cluster_key, rendering_fingerprint, spellings
from duizhao.metrics.term_renderings import LinkedPair, Place, agree, latin_span

LINKS = train_links([("two otters", "两只水獭"), ("otters swim", "水獭游泳"), ("a bridge", "一座桥梁")])


def place(pair: int, span: tuple[int, int] | None, confidence: float = 0.5, settled: bool = False) -> Place:
    return Place(pair, (0, 1), span, confidence, "unlisted" if span else "absent", settled)


def test_links_place_a_term() -> None:
    linked = LinkedPair("The otters cross the bridge.", "水獭走过桥梁。", LINKS)
    assert [span for span, _ in (linked.locate((4, 10)) or (None, 0),)] == [(0, 2)]
    assert [span for span, _ in (linked.locate((21, 27)) or (None, 0),)] == [(4, 6)]


def test_nothing_is_placed_in_marks_or_in_nothing() -> None:
    assert LinkedPair("otter", "。！", LINKS).locate((0, 5)) is None
    assert LinkedPair("otter", "", LINKS).locate((0, 5)) is None
    assert LinkedPair("", "水獭", LINKS).locate((0, 0)) is None


def test_a_lone_string_gives_way_to_the_one_that_most_support() -> None:
    chinese = {0: "用海狸鼠识别", 1: "海狸鼠", 2: "海狸鼠", 3: "海狸"}
    places = [place(0, (1, 3)), place(1, (0, 3), 0.9), place(2, (0, 3), 0.9), place(3, (0, 2))]
    assert [p.span_zh for p in agree(places, chinese, {})] == [(1, 4), (0, 3), (0, 3), (0, 2)]


def test_a_place_without_any_takes_a_string_of_good_support_once() -> None:
    chinese = {0: "水獭和水獭", 1: "水獭", 2: "水獭", 3: "没有"}
    places = [place(0, None), place(0, None), place(0, None), *(place(k, (0, 2), 0.9) for k in (1, 2)), place(3, None)]
    assert [p.span_zh for p in agree(places, chinese, {})] == [(0, 2), (3, 5), None, (0, 2), (0, 2), None]


def test_what_was_settled_stays() -> None:
    chinese = {0: "海狸鼠", 1: "海狸鼠", 2: "海狸鼠"}
    settled = place(0, (0, 2), 0.3, settled=True)
    assert agree([settled, place(1, (0, 3), 1.0), place(2, (0, 3), 1.0)], chinese, {})[0] == settled


def test_the_field_alone_is_no_place() -> None:
    assert agree([place(0, None)], {0: "水獭"}, {"水獭": 0.5}) == [place(0, None)]


def test_latin_letters() -> None:
    assert latin_span(fold("用 OtterNet 模型"), ["OtterNet"]) == (2, 10)
    assert latin_span(fold("用 OtterNets 模型"), ["OtterNet"]) is None


def test_spellings_of_one_rendering() -> None:
    assert len({cluster_key(zh) for zh in ("知识蒸馏", "知识的蒸馏", "知識 蒸餾", "知识之蒸馏")}) == 1
    assert cluster_key("的士") != cluster_key("士")
    assert cluster_key("OtterNets") == cluster_key("otternet")
    assert spellings(["桥", "桥梁", "桥梁", "桥"]) == (("桥", 2), ("桥梁", 2))


def test_fingerprints_know_a_rendering_in_any_spelling() -> None:
    assert rendering_fingerprint("Otter Bridge", "水獭的桥") == rendering_fingerprint("otter-bridge", "水獺橋")
    assert rendering_fingerprint("otter", "水獭") != rendering_fingerprint("otter", "海獭")
    assert rendering_fingerprint("otter", "水獭") == "c02a1b4a9ed7"
