"""JSON feeds of the shapes that programs write, read whole: every record, and what the notes say of the keys."""
# ruff: noqa: E501

import json
from typing import Any

import pytest

from duizhao.corpora import InputError, Reading, document_from_bytes, extract

STONE_EN = "Sea otters keep one stone for most of their lives. We followed twelve otters through a winter and filmed every meal. Nine of them never lent their stone to a neighbour."
STONE_ZH = "海獭一生中大部分时间只用一块石头。我们跟踪了十二只海獭一整个冬天，拍下了它们的每一顿饭。其中九只从未把石头借给邻居。"
TEA_EN = "Green tea cools at a rate that depends on the shape of the cup. We measured forty cups in three tea houses. A simple model predicts the moment of the first sip."
TEA_ZH = "绿茶冷却的速度取决于茶杯的形状。我们在三家茶馆里测量了四十只茶杯。一个简单的模型可以预测第一口的时刻。"
WRAPPED = STONE_EN.replace(". ", ".\n")
LINK = "https://arxiv.org/abs/2105.0000"

FIELDS = (
    "title_en", "title_zh", "authors", "url", "abstract_en", "abstract_zh", "key_points_zh", "summary_zh",
    "commentary_zh", "text_en", "text_zh",
)  # fmt: skip
STONE = {"kind": "abstract", "title_en": "On the Stones of Otters", "abstract_en": STONE_EN, "abstract_zh": STONE_ZH}
TEA = {"kind": "abstract", "title_en": "How Hot Is the Tea", "abstract_en": TEA_EN, "abstract_zh": TEA_ZH}
STONE_T, TEA_T = {"title_zh": "论海獭的石头"}, {"title_zh": "茶有多烫"}
STONE_A, TEA_A = {"authors": ("Anna Berg", "Bert Kolk")}, {"authors": ("Carla Dane",)}
STONE_U, TEA_U = {"url": f"{LINK}1"}, {"url": f"{LINK}2"}


def read(data: Any, **fields: str) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The kind of each record and those of the fields that it has; the document's notes."""
    if isinstance(data, list) and all(isinstance(line, str) for line in data):
        spelt = "\n".join(data)
    else:
        spelt = json.dumps(data, ensure_ascii=False, indent=1)
    document = document_from_bytes(spelt.encode(), "feed.json", reading=Reading(fields=fields))
    records = extract([document]).records
    for record in records:
        for name, spans in record.spans.items():
            value = getattr(record, name)
            pieces = [document.text[a:b] for a, b in spans]
            assert "\n".join(pieces) == value or tuple(pieces) == value
    found = [{"kind": r.kind, **{name: value for name in FIELDS if (value := getattr(r, name))}} for r in records]
    return found, document.notes


def lines(*rows: dict[str, Any], ascii: bool = False) -> list[str]:
    """JSON Lines."""
    return [json.dumps(row, ensure_ascii=ascii) for row in rows]


TRANSLATION = [
    {
        "title": "On the Stones\n  of Otters",
        "summary": WRAPPED,
        "translation": f"标题：论海獭的石头\n\n摘要：{STONE_ZH}",
        "url": "https://feed.example/papers/1",
        "arxiv_url": f"{LINK}1",
    },
    {
        "title": "How Hot Is the Tea",
        "summary": TEA_EN,
        "translation": f"标题：茶有多烫\n\n摘要：{TEA_ZH}",
        "url": "https://feed.example/papers/2",
        "arxiv_url": f"{LINK}2",
    },
]
SUMMARY_ZH = [
    {"id": "2105.00001", "title": "On the Stones of Otters", "authors": ["Anna Berg", "Bert Kolk"], "summary": STONE_EN,
     "summary_zh": STONE_ZH, "categories": ["cs.RV"], "pdf_url": f"{LINK}1"},
    {"id": "2105.00002", "title": "How Hot Is the Tea", "authors": ["Carla Dane"], "summary": TEA_EN,
     "summary_zh": TEA_ZH, "categories": ["cs.TE", "cs.CU"], "pdf_url": f"{LINK}2"},
]  # fmt: skip
BY_LANGUAGE = {
    "count": 2,
    "papers": [
        {"title": {"en": "On the Stones of Otters", "zh": "论海獭的石头"}, "abstract": {"en": STONE_EN, "zh": STONE_ZH},
         "authors": [{"name": "Anna Berg", "affiliation": "River Lab"}, {"name": "Bert Kolk"}], "link": f"{LINK}1"},
        {"title": {"en": "How Hot Is the Tea", "zh": "茶有多烫"}, "abstract": {"en": TEA_EN, "zh": TEA_ZH},
         "authors": [{"name": "Carla Dane", "affiliation": "Tea House"}], "link": f"{LINK}2"},
    ],
}  # fmt: skip
BY_ID = {
    "2105.00001": {"title_en": "On the Stones of Otters", "title_zh": "论海獭的石头", "abstract_en": STONE_EN,
                   "abstract_zh": STONE_ZH, "authors": "Anna Berg, Bert Kolk"},
    "2105.00002": {"title_en": "How Hot Is the Tea", "title_zh": "茶有多烫", "abstract_en": TEA_EN,
                   "abstract_zh": TEA_ZH, "authors": "Carla Dane"},
}  # fmt: skip
CAMEL = {
    "code": 200,
    "data": {
        "list": [
            {"titleCn": "论海獭的石头", "titleEn": "On the Stones of Otters", "abstractCn": STONE_ZH, "abstractEn": STONE_EN,
             "authorList": ["Anna Berg", "Bert Kolk"]},
            {"titleCn": "茶有多烫", "titleEn": "How Hot Is the Tea", "abstractCn": TEA_ZH, "abstractEn": TEA_EN,
             "authorList": ["Carla Dane"]},
        ]
    },
}  # fmt: skip
TWO_OBJECTS = [
    {"paper": {"title": "On the Stones of Otters", "summary": STONE_EN, "authors": [{"name": "Anna Berg"}, {"name": "Bert Kolk"}]},
     "translation": {"title": "论海獭的石头", "summary": STONE_ZH}},
    {"paper": {"title": "How Hot Is the Tea", "summary": TEA_EN, "authors": [{"name": "Carla Dane"}]},
     "translation": {"title": "茶有多烫", "summary": TEA_ZH}},
]  # fmt: skip
BY_DAY = {
    "2021-05-03": [{"title": "On the Stones of Otters", "abstract": STONE_EN, "abstract_cn": STONE_ZH}],
    "2021-05-04": [{"title": "How Hot Is the Tea", "abstract": TEA_EN, "abstract_cn": TEA_ZH}],
}
UNKNOWN = [
    {"a": "On the Stones of Otters", "b": STONE_EN, "c": STONE_ZH, "d": f"{LINK}1", "e": 7},
    {"a": "How Hot Is the Tea", "b": TEA_EN, "c": TEA_ZH, "d": f"{LINK}2", "e": 3},
]
CHINESE_KEYS = [
    {
        "论文标题": "On the Stones of Otters",
        "中文标题": "论海獭的石头",
        "英文摘要": STONE_EN,
        "中文摘要": STONE_ZH,
        "作者": "Anna Berg、Bert Kolk",
    },
    {
        "论文标题": "How Hot Is the Tea",
        "中文标题": "茶有多烫",
        "英文摘要": TEA_EN,
        "中文摘要": TEA_ZH,
        "作者": "Carla Dane",
    },
]
JSON_ALL = "JSON: title_en → title_en, title_zh → title_zh, abstract_en → abstract_en, abstract_zh → abstract_zh, authors → authors"

# The feed, its records, its notes.
FEEDS: dict[str, tuple[Any, list[dict[str, Any]], tuple[str, ...]]] = {
    "a translation with labels": (
        TRANSLATION,
        [
            STONE | STONE_T | STONE_U | {"title_en": "On the Stones\n  of Otters", "abstract_en": WRAPPED},
            TEA | TEA_T | TEA_U,
        ],
        (
            "JSON: arxiv_url → url, title → title_en, summary → abstract_en, translation → abstract_zh",
            "columns not used: url",
        ),
    ),
    "summary_zh, JSON Lines": (
        lines(*SUMMARY_ZH),
        [STONE | STONE_A | STONE_U, TEA | TEA_A | TEA_U],
        (
            "JSON Lines: pdf_url → url, title → title_en, summary → abstract_en, summary_zh → abstract_zh, authors → authors",
            "columns not used: id, categories",
        ),
    ),
    "summary_zh, escaped": (
        lines(*SUMMARY_ZH, ascii=True),
        [STONE | STONE_A | STONE_U, TEA | TEA_A | TEA_U],
        (
            "JSON Lines: pdf_url → url, title → title_en, summary → abstract_en, summary_zh → abstract_zh, authors → authors",
            "columns not used: id, categories",
        ),
    ),
    "languages as keys": (
        BY_LANGUAGE,
        [STONE | STONE_T | STONE_A | STONE_U, TEA | TEA_T | TEA_A | TEA_U],
        (
            "JSON: link → url, title.en → title_en, title.zh → title_zh, abstract.en → abstract_en, abstract.zh → abstract_zh, authors → authors",
            "not read: count",
        ),
    ),
    "papers by id": (
        BY_ID,
        [STONE | STONE_T | STONE_A, TEA | TEA_T | TEA_A],
        (JSON_ALL, "not read: the keys that hold rows"),
    ),
    "in camel case, deep inside": (
        CAMEL,
        [STONE | STONE_T | STONE_A, TEA | TEA_T | TEA_A],
        (
            "JSON: titleCn → title_zh, titleEn → title_en, abstractCn → abstract_zh, abstractEn → abstract_en, authorList → authors",
            "not read: code",
        ),
    ),
    "paper and translation as objects": (
        TWO_OBJECTS,
        [STONE | STONE_T | STONE_A, TEA | TEA_T | TEA_A],
        (
            "JSON: paper.title → title_en, translation.title → title_zh, paper.summary → abstract_en, translation.summary → abstract_zh, paper.authors → authors",
        ),
    ),
    "papers by day": (
        BY_DAY,
        [STONE, TEA],
        (
            "JSON: title → title_en, abstract → abstract_en, abstract_cn → abstract_zh",
            "not read: the keys that hold rows",
        ),
    ),
    "keys that say nothing": (
        UNKNOWN,
        [STONE | STONE_U, TEA | TEA_U],
        ("JSON: d → url, b → abstract_en, c → abstract_zh, a → title_en", "columns not used: e"),
    ),
    "Chinese keys": (
        CHINESE_KEYS,
        [STONE | STONE_T | STONE_A, TEA | TEA_T | TEA_A],
        (
            "JSON: 论文标题 → title_en, 中文标题 → title_zh, 英文摘要 → abstract_en, 中文摘要 → abstract_zh, 作者 → authors",
        ),
    ),
}


@pytest.mark.parametrize(("feed", "wanted", "notes"), FEEDS.values(), ids=FEEDS)
def test_feeds(feed: Any, wanted: list[dict[str, Any]], notes: tuple[str, ...]) -> None:
    assert read(feed) == (wanted, notes)


# ---------------------------------------------------------------------------------------------------------------------
# What was written about a paper is no translation of it

AI = {
    "tldr": "海獭一生只用一块石头，从不外借。",
    "motivation": "人们一直不知道海獭怎样挑选石头。",
    "method": "跟踪并拍摄了十二只海獭一整个冬天。",
    "result": "九只海獭从不把石头借给别人。",
    "conclusion": "海獭很珍惜自己心爱的石头。",
}
TITLED = {"kind": "summary", "title_en": "On the Stones of Otters", "abstract_en": STONE_EN}
MISSING = {"kind": "missing_zh", "title_en": "How Hot Is the Tea", "abstract_en": TEA_EN}
TEA_ONLY = {"title": "How Hot Is the Tea", "summary": TEA_EN}
ABOUT = [
    (
        [{"title": "On the Stones of Otters", "summary": STONE_EN, "AI": AI}, TEA_ONLY],
        [TITLED | {"commentary_zh": "\n".join(AI.values())}, MISSING],
    ),
    (
        [{"title": "On the Stones of Otters", "summary": STONE_EN, "tldr": AI["tldr"]}, TEA_ONLY],
        [TITLED | {"summary_zh": AI["tldr"]}, MISSING],
    ),
    (
        [{"title": "On the Stones of Otters", "summary": STONE_EN, "点评": "这块石头真不错，可惜实验只做了一个冬天。"}, TEA_ONLY],
        [TITLED | {"commentary_zh": "这块石头真不错，可惜实验只做了一个冬天。"}, MISSING],
    ),
    (
        [{"title": "On the Stones of Otters", "summary": STONE_EN, "要点": ["每只海獭有一块石头；", "石头从不外借。"]}, TEA_ONLY],
        [TITLED | {"key_points_zh": ("每只海獭有一块石头；", "石头从不外借。")}, MISSING],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("feed", "wanted"), ABOUT)
def test_what_was_written_about_a_paper(feed: Any, wanted: list[dict[str, Any]]) -> None:
    assert read(feed)[0] == wanted
    assert read(lines(*feed))[0] == wanted


# ---------------------------------------------------------------------------------------------------------------------
# Keys by name

REMARKED = [
    {
        "a": "On the Stones of Otters",
        "b": STONE_EN,
        "c": "这块石头真不错，可惜实验只做了一个冬天，还要再做一个夏天，然后再请邻居们来评一评到底是谁的石头最好看，最后写成一本厚厚的书送给河边所有的海獭。",
        "d": STONE_ZH,
    },
]


def test_keys_set_by_name() -> None:
    found, notes = read(REMARKED, c="commentary_zh", d="abstract_zh")
    assert found == [STONE | {"commentary_zh": REMARKED[0]["c"]}]
    assert notes == ("JSON: c → commentary_zh, d → abstract_zh, b → abstract_en, a → title_en",)


def test_keys_skipped_by_name() -> None:
    found, notes = read(REMARKED, c="skip")
    assert found == [STONE]
    assert notes == ("JSON: b → abstract_en, d → abstract_zh, a → title_en", "columns not used: c")


def test_a_nested_key_set_by_name() -> None:
    feed = [{"title": "On the Stones of Otters", "summary": STONE_EN, "AI": {"translation": STONE_ZH}}]
    assert read(feed)[0] == [TITLED | {"commentary_zh": STONE_ZH}]
    assert read(feed, **{"AI.translation": "abstract_zh"})[0] == [STONE]


# ---------------------------------------------------------------------------------------------------------------------
# What is no feed

ROW = '{"title": "Tea", "summary": "We drink tea."}'
REFUSED = [
    (f"[{ROW},\n {ROW[:-1]}]", r"feed\.json:2:45: broken JSON \(Expecting ',' delimiter\); wanted an object or a list"),
    (f"{ROW}\n{ROW}\n{{'title': 1}}", r"feed\.json:3:2: broken JSON \(Expecting property name enclosed in double quotes\)"),
    (f'{ROW}\n{{"title": "Tea", "title": "Cup"}}', r"feed\.json:2:1: the key 'title' twice in one object; wanted each key once"),
    (f'{ROW}\n{{"title": "Tea", "n": NaN}}', r"feed\.json:2:1: NaN, which is no JSON; wanted a number or null"),
    (f'{ROW}\n{{"title": "Tea", "n": -Infinity}}', r"feed\.json:2:1: -Infinity, which is no JSON"),
    (f'{ROW}\n{{"title": "T\\ud83d"}}', r"feed\.json:2:13: half a character \(a lone surrogate\); wanted whole text"),
    (f'{ROW}\n{{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", r"feed\.json:2:1: nested more than 100 levels deep"),
    ('{"count": 2, "papers": []}', r"feed\.json: JSON without an object that holds text; wanted papers or sentence pairs"),
    ("[1, 2]", r"feed\.json: JSON without an object that holds text; wanted papers or sentence pairs"),
    (f'[{ROW}', r"feed\.json:1:46: broken JSON \(Expecting ',' delimiter\)"),
    (f'[{ROW}] tea', r"feed\.json:1:48: broken JSON \(Extra data\)"),
]  # fmt: skip


@pytest.mark.parametrize(("spelt", "message"), REFUSED)
def test_no_feed(spelt: str, message: str) -> None:
    with pytest.raises(InputError, match=f"^{message}"):
        document_from_bytes(spelt.encode(), "feed.json")


def test_a_number_of_5000_digits_is_kept_as_it_is_written() -> None:
    feed = f'[{{"title": "On the Stones of Otters", "summary": "{STONE_EN}", "summary_zh": "{STONE_ZH}", "n": {"7" * 5000}}}]'
    document = document_from_bytes(feed.encode(), "feed.json")
    assert document.notes[-1] == "columns not used: n"
    assert [record.abstract_zh for record in extract([document]).records] == [STONE_ZH]
