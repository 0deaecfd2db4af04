"""A corpus of nine invented documents, for tests of what works part by part: its terms, its faults, its parts."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from duizhao.corpora import Corpus, Document, Forbidden, Pair, Record, Term, Termbase
from duizhao.corpora.knowledge import Knowledge

TERMBASE = Termbase(
    (
        Term("river otter", "水獭", ("河獭",), (Forbidden("水怪", "a monster", False),)),
        Term("arch bridge", "拱桥", (), (Forbidden("弯桥", "no word", False),)),
        Term("tea ceremony", "茶道", ("茶礼",)),
        Term("weir", "堰"),
    ),
    "sample",
)
KNOWLEDGE = Knowledge(
    500,
    {"水车": 90, "水轮": 1, "渡船": 80, "码头": 60, "水獭": 70},
    {"water wheel": "80\t1\t水车:60", "ferry": "60\t0\t渡船:45", "landing stage": "40\t0\t码头:30"},
    "rivers 500 papers",
)

# What stands in for the places of a sentence: the rendering of each term, the usual one first.
_OTTER = ("水獭", "河獭", "水怪", "河里的动物")
_BRIDGE = ("拱桥", "弯桥", "石拱桥")
_LANTERN = ("石灯", "石头灯笼", "岩石灯具")
_WHEEL = ("水车", "水轮", "转动的轮子")
_SENTENCES = (
    ("The river otter swims under the arch bridge at night.", "{otter}夜里在{bridge}下面游泳。"),
    ("A stone lantern stands beside the water wheel near the village.", "村子附近的{wheel}旁边有一座{lantern}。"),
    ("OtterNet counts every river otter that passes the stone lantern.", "{net}统计每一只经过{lantern}的{otter}。"),
    ("The tea ceremony begins when the ferry reaches the landing stage.", "渡船到达码头时，{tea}开始。"),
    ("We measured {n} water wheels along the river in spring.", "春天我们沿河测量了{m}个{wheel}。"),
    ("The stone lantern of the arch bridge was repaired last year.", "{bridge}的{lantern}去年修好了。"),
)
_TITLES = (("Two Otters and a Bridge", "两只水獭和一座桥"), ("Tea at the Weir", "堰边的茶"))
_RETOLD = (("Two  otters and a bridge", "双獭与桥"), ("Tea at the Weir", "在堰旁喝茶"))


class _Page:
    """A document while its records are written down."""

    def __init__(self, source: str) -> None:
        self.source, self.text = source, ""
        self.records: list[Record] = []
        self.pairs: list[Pair] = []

    def put(self, line: str) -> tuple[int, int]:
        begin = len(self.text)
        self.text += line + "\n"
        return begin, begin + len(line)

    def record(self, title: tuple[str, str], sentences: Sequence[tuple[str, str]]) -> None:
        name = f"{self.source.partition('.')[0]}#{len(self.records) + 1}"
        spans = {"title_en": (self.put(title[0]),), "title_zh": (self.put(title[1]),)}
        en, zh = " ".join(one for one, _ in sentences), "".join(one for _, one in sentences)
        begin_en, begin_zh = self.put(en)[0], self.put(zh)[0]
        spans |= {"abstract_en": ((begin_en, begin_en + len(en)),), "abstract_zh": ((begin_zh, begin_zh + len(zh)),)}
        given = {"title_en": title[0], "title_zh": title[1], "abstract_en": en, "abstract_zh": zh}
        self.records.append(Record(name, self.source, "abstract", **given, spans=spans))
        self.pair(name, "title", title, (spans["title_en"][0][0], spans["title_zh"][0][0]), 1)
        for k, (one, other) in enumerate(sentences, 1):
            self.pair(name, "abstract", (one, other), (begin_en, begin_zh), k)
            begin_en, begin_zh = begin_en + len(one) + 1, begin_zh + len(other)

    def pair(self, record: str, field: str, texts: tuple[str, str], begins: tuple[int, int], number: int) -> None:
        en, zh = texts
        spans = [((begin, begin + len(text)),) for begin, text in zip(begins, texts, strict=True)]
        place = f"{record}.{field}.{number}"
        self.pairs.append(Pair(place, record, self.source, field, (en,), (zh,), spans[0], spans[1], "1-1", 0.7))

    def chinese(self, text: str) -> None:
        name = f"{self.source.partition('.')[0]}#{len(self.records) + 1}"
        self.records.append(
            Record(name, self.source, "zh_only", summary_zh=text, spans={"summary_zh": (self.put(text),)})
        )

    def digest(self, en: str, zh: str) -> None:
        name = f"{self.source.partition('.')[0]}#{len(self.records) + 1}"
        spans = {"abstract_en": (self.put(en),), "summary_zh": (self.put(zh),)}
        self.records.append(Record(name, self.source, "summary", abstract_en=en, summary_zh=zh, spans=spans))


def _sentence(k: int) -> tuple[str, str]:
    en, zh = _SENTENCES[k % len(_SENTENCES)]
    n = 100 + k
    # The usual rendering at most places; the others at some, by numbers that share no factor.
    return en.format(n=n), zh.format(
        otter=_OTTER[(k % 7 == 2) + 2 * (k % 11 == 3)],
        bridge=_BRIDGE[(k % 13 == 6) + 2 * (k % 17 == 5)],
        lantern=_LANTERN[(k % 5 == 2) + (k % 15 == 2)],
        wheel=_WHEEL[(k % 8 == 1) + (k % 16 == 1)],
        tea="茶礼" if k % 9 == 3 else "茶道",
        net="獭网" if k % 4 == 0 else "OtterNet",
        n=n,
        m=n if k % 10 else n + 1000,
    )


@cache
def sample() -> Corpus:
    """The corpus; its documents are not in the order of their names."""
    pages = [_Page(f"{name}.txt") for name in ("m", "c", "x", "a", "t", "e", "q", "b", "k")]
    k = 0
    for number, page in enumerate(pages):
        for size in (2, 3, 2, 3):
            title = f"Otters of valley {k}", f"第{k}谷的水獭"
            if size == 3 and number % 4 == 0:
                title = (_TITLES if number < 4 else _RETOLD)[k % 2]
            page.record(title, [_sentence(k + i) for i in range(size)])
            k += size
    pages[1].chinese("昨天的拱桥下有水怪。水獭不怕水怪，堰边也有水怪和水獭。")
    pages[6].chinese("河獭在茶道开始前来到堰边，看见一座弯桥。")
    pages[4].digest("A river otter builds a weir.", "河獭筑堰，很有趣。")
    pages[7].digest("The tea ceremony ends at noon.", "茶礼在中午结束。")
    return Corpus(
        tuple(Document(page.source, "0", "utf-8", page.text) for page in pages),
        tuple(record for page in pages for record in page.records),
        (),
        tuple(pair for page in pages for pair in page.pairs),
    )


def parts_of(corpus: Corpus, number: int) -> list[Corpus]:
    """The corpus in parts of whole documents, in order."""
    cuts = [len(corpus.documents) * k // number for k in range(number + 1)]
    made = []
    for begin, end in pairwise(cuts):
        documents = corpus.documents[begin:end]
        here = {document.source for document in documents}
        records, pairs = (tuple(one for one in rows if one.document in here) for rows in (corpus.records, corpus.pairs))
        made.append(Corpus(documents, records, (), pairs))
    return made
