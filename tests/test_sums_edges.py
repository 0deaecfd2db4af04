"""What the readers and the checks make of some 700 pairs of texts, in sums: where one reads otherwise, a sum differs.

The texts are those of tests/data: sound translations, the same with planted errors, the same spoilt by rule, and texts
that do not belong together. The sums say that something changed and in which part, not whether it is worse: for that
see test_planted.py, and the tables of each part. Where a change is meant, put in what the failing test prints.
"""

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from test_confidence_edges import ALONE, PAIRS

from duizhao.align import sentences_en, sentences_zh, words_zh
from duizhao.align.lexicon import load_lexicon, stems_of
from duizhao.align.span_candidates import candidate_spans
from duizhao.align.tokens import tokens_en, tokens_zh
from duizhao.corpora import Termbase
from duizhao.corpora.knowledge import EMPTY, shipped_knowledge
from duizhao.metrics.acronyms import check_definitions, defined_acronyms
from duizhao.metrics.claims import check_claims
from duizhao.metrics.doubling import check_doubled, check_doubled_en
from duizhao.metrics.english_form import check_form_en, check_form_pair
from duizhao.metrics.english_names import check_names_en
from duizhao.metrics.english_numbers import check_numbers_en
from duizhao.metrics.english_side import check_chinese_left, check_pinyin_left
from duizhao.metrics.findings import Draft
from duizhao.metrics.folding import fold, fold_word
from duizhao.metrics.footnotes import check_footnote_sequence, check_footnotes
from duizhao.metrics.formulas import check_formulas
from duizhao.metrics.glued import check_glued
from duizhao.metrics.invisible import check_invisible
from duizhao.metrics.latin_names import check_latin_names
from duizhao.metrics.links import check_links
from duizhao.metrics.markup import check_markup
from duizhao.metrics.name_forms import check_names_alone
from duizhao.metrics.name_lists import name_lists
from duizhao.metrics.name_matching import agreement
from duizhao.metrics.names_en import capital_runs, people_in
from duizhao.metrics.numbering import check_numbering
from duizhao.metrics.numbers import check_numbers
from duizhao.metrics.person_names import check_names_in_pair
from duizhao.metrics.phonetics import likeness, sounds_latin, sounds_zh
from duizhao.metrics.punctuation_en import check_chinese_punctuation
from duizhao.metrics.quantities_en import quantities_en
from duizhao.metrics.quantities_zh import quantities_zh
from duizhao.metrics.quantity import Quantity
from duizhao.metrics.quotes import check_quotes, check_quotes_en
from duizhao.metrics.romanised import check_romanised
from duizhao.metrics.source_terms import same_word
from duizhao.metrics.symbols import check_norm
from duizhao.metrics.term_candidates import find_candidates
from duizhao.metrics.term_words import is_general, is_trade_noun, may_begin, may_end, may_stand
from duizhao.metrics.torn_names import check_name_signs, check_torn_names
from duizhao.metrics.units import units_en, units_zh
from duizhao.metrics.untranslated import check_source_words, check_untranslated

DATA = Path(__file__).parent / "data"
# What those lack: lists of people, of points and of notes, names in either script, addresses, bounds and units.
ODD = [
    (
        "Anna Berg, Bo Cole, Konrad Żak, Wei Zhang and Eva Lind (2019) met Prof. Wang Xiaohe et al.",
        "作者：安娜·贝格、波·科尔、、康拉德·Żak、张薇、湖畔·里德与安娜·贝尔格等人（2019）见了王小河教授。",
    ),
    ("1. water\n2. tea\n2. bridge\n\n1) otter\n2) river", "1. 水\n2. 茶\n2。 桥\n4、 獭\n\n一、河\n二、桥\n（3） 茶馆"),
    (
        "the T5⁸ model, CLIP [10] and GPT-4³ of OtterNet++",
        "水獭⁴。T⁵⁸模型、CLIP 10、GPT-4³，heron⁴. river mind，TEA E 2，OtterNet",
    ),
    ("see https://a.org/Otter, www.b.org and otter@c.org", "见https：//a.org/otter、http:/b.org/c… 和 otter @ c.org。"),
    (
        "At least 12 and at most 30 km, about 1,200 m², under 5%, over 3x, x ≤ 5, -4 °C, $3 million, 20 ms, 7 GB, L8",
        "最多12，至少30米，大约1200平方米，5%以上，三倍，x<5，零下4度，三百万元，20秒，7MB，L∞范数，约三四十个，一半",
    ),
    (
        "The grip force sensor (GFS) of $x^2$ and \\alpha <b>holds</b> `tea` **cups** [a](b) {name} %s.",
        "全球预报系统（GFS）的＄x^2＄与\\ alpha <b>拿</ b>茶** 杯 **[a] (b) {名} % s。",
    ),
    ('It is the the one, not “said, ‘tea’ (of the "river.', "它它不是”所说“的的茶，，（河「桥。\u200b\u202e"),
]
# Figures go up by one, quotes turn, Chinese marks become Western ones, and letters that look alike are exchanged.
SPOILT = str.maketrans("0123456789一二三四五六七八九万亿“”（，α∞≤", "1234567890二三四五六七八九一亿万”“(,a8<")


@cache
def pairs() -> list[tuple[str, str]]:
    """English and Chinese: what belongs together, what does not, and what was spoilt."""
    rows: list[dict[str, str]] = []
    for name in ("good_pairs", "planted_en_zh", "planted_zh_en"):
        text = (DATA / f"{name}.jsonl").read_text(encoding="utf-8")
        rows += [json.loads(line) for line in text.split("\n") if line]
    both = [(row.get("en") or row["wrong"], row.get("zh") or row["wrong"]) for row in rows]
    both = both[::2] + [(en, zh) for en, zh, _, _ in PAIRS] + [(text, text) for text, _, _ in ALONE] + ODD
    shifted = [(en, both[k - 1][1]) for k, (en, _) in enumerate(both)]
    return [*both, *shifted, *((spoilt(en), spoilt(zh)) for en, zh in both)]


def spoilt(text: str) -> str:
    """The text with signs exchanged, every 40th character doubled, every 90th lost and a blank before every 150th."""
    signs = list(text.translate(SPOILT))
    for k in range(len(signs)):
        signs[k] = "" if k % 90 == 89 else f" {signs[k]}" if k % 150 == 149 else signs[k] * (1 + (k % 40 == 39))
    return "".join(signs)


def test_of_the_texts() -> None:
    assert (len(pairs()), sum(len(en) for en, _ in pairs()), sum(len(zh) for _, zh in pairs())) == TEXTS


def said(drafts: Iterable[Draft]) -> list[int]:
    """How many, how sure in hundredths, where, and how much they quote."""
    sums = [0, 0, 0, 0]
    for draft in drafts:
        places = [*(draft.span_en or ()), *(draft.span_zh or ())]
        parts = (1, round(100 * draft.confidence), sum(places), len(draft.found) + 3 * len(draft.expected))
        sums = [a + b for a, b in zip(sums, parts, strict=True)]
    return sums


OF_PAIRS: dict[str, Callable[[str, str], Iterable[Draft]]] = {
    check.__name__: check
    for check in (
        check_numbers, check_numbers_en, check_claims, check_untranslated, check_source_words, check_chinese_left,
        check_pinyin_left, check_footnotes, check_formulas, check_links, check_markup, check_name_signs, check_form_en,
        check_form_pair, check_names_en, check_names_in_pair, check_latin_names, check_norm,
    )
}  # fmt: skip
OF_PAIRS["check_doubled"] = lambda en, zh: check_doubled(zh, en)
OF_PAIRS["check_quotes"] = lambda en, zh: check_quotes(zh, en)
OF_PAIRS["check_romanised"] = lambda en, zh: check_romanised(zh, en)
OF_PAIRS["check_definitions"] = lambda en, zh: check_definitions(en, zh, EMPTY, {})
OF_TEXTS: dict[str, Callable[[str], Iterable[Draft]]] = {
    check.__name__: check
    for check in (check_doubled_en, check_glued, check_quotes_en, check_chinese_punctuation, check_footnote_sequence,
                  check_names_alone, check_numbering, check_torn_names)
}  # fmt: skip
OF_TEXTS["check_invisible"] = lambda text: check_invisible(text, zh=True)


@pytest.mark.parametrize("check", OF_PAIRS)
def test_checks_of_pairs(check: str) -> None:
    assert said(draft for en, zh in pairs() for draft in OF_PAIRS[check](en, zh)) == SAID[check]


@pytest.mark.parametrize("check", OF_TEXTS)
def test_checks_of_texts(check: str) -> None:
    assert said(draft for pair in pairs() for text in pair for draft in OF_TEXTS[check](text)) == SAID[check]


def spans(found: Iterable[tuple[int, int]]) -> list[int]:
    kept = list(found)
    return [len(kept), sum(a for a, _ in kept), sum(b for _, b in kept)]


def quantities(found: Iterable[Quantity]) -> list[int]:
    kept = list(found)
    values = sum(round(abs(q.value) * 100) % 9973 + 7 * len(q.also) + round(10 * sum(q.also)) % 997 for q in kept)
    return [len(kept), sum(q.weak for q in kept), sum(q.span[1] for q in kept), values]


def units(found: dict[Quantity, Any]) -> list[int]:
    return [
        len(found),
        sum(len(each) for each in found.values()),
        sum(len(u.zh) for each in found.values() for u in each),
    ]


def candidates(en: str) -> list[int]:
    found = [c for k in (EMPTY, shipped_knowledge()) for c in find_candidates([("1", en)], Termbase((), ()), k)]
    return [len(found), sum(round(1000 * c.termhood) for c in found), sum(c.count for c in found)]


def words(text: str) -> list[int]:
    tests = (may_stand, may_begin, may_end, is_general, is_trade_noun)
    found = sorted({text[slice(*span)].lower() for span in tokens_en(text)})
    alike = sum(same_word(a, b) for a in found for b in found)
    return [sum(test(word) for word in found) for test in tests] + [sum(len(fold_word(word)) for word in found), alike]


def sounds(en: str, zh: str) -> list[int]:
    latin, chinese = capital_runs(en)[:6], [zh[slice(*span)] for span in words_zh(zh)][:6]
    both = [(a, b) for a in latin for b in chinese]
    return [
        sum(len(sounds_latin(a)) for a in latin),
        sum(len(sounds_zh(b)) for b in chinese),
        sum(round(100 * likeness(sounds_latin(a), sounds_zh(b))) for a, b in both),
        sum(round(100 * agreement(a, b)) for a, b in both),
    ]


READERS: dict[str, Callable[[str, str], list[int]]] = {
    "quantities": lambda en, zh: quantities(quantities_en(en)) + quantities(quantities_zh(zh)),
    "units": lambda en, zh: units(units_en(en, quantities_en(en))) + units(units_zh(zh, quantities_zh(zh))),
    "sentences": lambda en, zh: spans(sentences_en(en)) + spans(sentences_zh(zh)),
    "tokens": lambda en, zh: spans(tokens_en(en)) + spans(token.span for token in tokens_zh(zh)),
    "words": lambda en, zh: [*spans(words_zh(zh)), len(stems_of(en)), sum(map(len, stems_of(en)))],
    "candidate spans": lambda en, zh: spans(candidate_spans(zh)),
    "dictionary words": lambda en, zh: spans(load_lexicon().words(zh)),
    "people": lambda en, zh: [*spans(person.span for person in people_in(en)), len(capital_runs(en))],
    "lists of names": lambda en, zh: [
        sum(len(one.items) for one in name_lists(zh)),
        sum(one.gaps for one in name_lists(zh)),
    ],
    "acronyms": lambda en, zh: [sum(len(part) for pair in defined_acronyms(en) for part in pair)],
    "folding": lambda en, zh: [len(fold(zh).text), len(fold(en).text)],
    "candidates": lambda en, zh: candidates(en),
    "words of terms": lambda en, zh: words(en[:160]),
    "sounds": sounds,
}


def added(reader: Callable[[str, str], list[int]]) -> list[int]:
    return [sum(column) for column in zip(*(reader(en, zh) for en, zh in pairs()), strict=True)]


@pytest.mark.parametrize("reader", READERS)
def test_readers(reader: str) -> None:
    assert added(READERS[reader]) == READ[reader]


# A line each: what the tests above found when this was written.
TEXTS = (690, 93098, 30157)
SAID = {
    "check_numbers": [621, 39635, 107754, 4057],
    "check_numbers_en": [626, 40195, 108739, 5732],
    "check_claims": [6, 480, 581, 0],
    "check_untranslated": [8, 670, 342, 312],
    "check_source_words": [18, 1180, 654, 132],
    "check_chinese_left": [69, 6075, 2385, 543],
    "check_pinyin_left": [7, 595, 552, 66],
    "check_footnotes": [6, 530, 86, 160],
    "check_formulas": [20, 1550, 790, 415],
    "check_links": [19, 1550, 546, 1009],
    "check_markup": [47, 3705, 2436, 899],
    "check_name_signs": [3, 240, 128, 114],
    "check_form_en": [68, 5345, 6944, 2065],
    "check_form_pair": [23, 1815, 770, 1234],
    "check_names_en": [25, 1910, 2240, 798],
    "check_names_in_pair": [2, 150, 18, 46],
    "check_latin_names": [5, 425, 1183, 123],
    "check_norm": [1, 90, 106, 8],
    "check_doubled": [100, 7830, 8819, 563],
    "check_quotes": [26, 1680, 799, 436],
    "check_romanised": [1, 75, 259, 45],
    "check_definitions": [0, 0, 0, 0],
    "check_doubled_en": [12, 960, 446, 192],
    "check_glued": [19, 1520, 3958, 729],
    "check_quotes_en": [43, 2820, 1959, 678],
    "check_chinese_punctuation": [20, 1710, 398, 1448],
    "check_footnote_sequence": [6, 510, 102, 72],
    "check_names_alone": [42, 3360, 1077, 384],
    "check_numbering": [9, 630, 234, 72],
    "check_torn_names": [12, 900, 258, 210],
    "check_invisible": [3, 270, 117, 18],
}
READ = {
    "quantities": [897, 106, 116760, 1921742, 1136, 389, 46342, 1976132],
    "units": [187, 196, 321, 234, 237, 354],
    "sentences": [1220, 66415, 158980, 1212, 19293, 49411],
    "tokens": [18532, 2079785, 2157991, 18401, 632002, 661775],
    "words": [18242, 626673, 656446, 9735, 53930],
    "candidate spans": [42731, 1368012, 1618774],
    "dictionary words": [14938, 507740, 531443],
    "people": [24, 1229, 1515, 1479],
    "lists of names": [57, 6],
    "acronyms": [166],
    "folding": [29740, 78002],
    "candidates": [14659, 5003659, 15144],
    "words of terms": [5430, 4978, 4752, 841, 417, 51114, 12167],
    "sounds": [6311, 13045, 31456, 37420],
}
