"""What is odd about a test set: in which words it is refused, what is told of it, and where lines part."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text

from duizhao.corpora.errors import DuizhaoError, InputError
from duizhao.metrics.testset import TestSet
from duizhao.metrics.testset_checks import check_testset
from duizhao.metrics.testset_refusals import count_mismatch
from duizhao.metrics.testset_streams import listed

WHO = "海獭 河狸 白鹭 老渔夫 茶商 石匠 小船 桥上的猫 邮差 磨坊主".split()
DOES = "在岸边数石头 把热茶倒进壶里 等雨停了才过河 给木桥刷上红漆".split()
WHEN = ("，直到第三天早上。", "，因为水位涨了二十厘米！", "；谁也没有看见。")
ZH = tuple(who + does + when for when, does, who in product(WHEN, DOES, WHO))  # 120, no two alike
EN_WHO = "otter beaver heron fisherman merchant mason boat cat postman miller".split()
EN_DOES = ("counts pebbles", "pours hot tea", "waits for the rain", "paints a bridge")
EN_WHEN = ("until morning on day three.", "since water rose by twenty inches!", "while nobody looked.")
EN = tuple(f"The {who} {does} {when}" for when, does, who in product(EN_WHEN, EN_DOES, EN_WHO))
HYP = tuple(text[:-1] + "吧" + text[-1] for text in ZH)
HYP_EN = tuple(text.replace("The", "One") for text in EN)
SMALL = TestSet({"a": ("一只海獭在睡觉。",)}, (("海獭睡着了。",),), ("r",), "zh")


def made(hyp: tuple[str, ...] = HYP, ref: tuple[str | None, ...] = ZH, **rest: object) -> TestSet:
    testset = TestSet({"a": hyp}, (ref,), ("r",), "zh")
    return replace(testset, **rest)  # type: ignore[arg-type]


def changed(texts: tuple[str, ...], new: dict[int, str]) -> tuple[str, ...]:
    return tuple(new.get(k, text) for k, text in enumerate(texts))


def test_nothing_odd_nothing_said() -> None:
    assert len(set(ZH)) == len(set(EN)) == 120
    assert check_testset(made()) == ()
    assert check_testset(made(sources=EN, records=("d",) * 120, tags=("t",) * 120)) == ()
    assert check_testset(TestSet({"a": HYP_EN}, (EN, (*EN[:119], "An end.")), ("r", "s"), "en")) == ()


REFUSED = [
    (TestSet({}, (), (), "zh"), "test set: no segments; wanted at least one"),
    (TestSet({"a": (), "b": ()}, ((),), ("r",), "zh"), "a and b: no segments; wanted at least one"),
    (
        made(HYP[:2], ZH[:3]),
        "a: 2 segments; wanted 3, as r has. Score what matches one by one.",
    ),
    (made(sources=EN[:1]), "sources: 1 segment; wanted 120, as r has. Score what matches one by one."),
    (made(records=("d",)), "records: 1 segment; wanted 120, as r has. Score what matches one by one."),
    (made(tags=()), "tags: 0 segments; wanted 120, as r has. Score what matches one by one."),
    (
        made(("", " ") * 60),
        "a: all 120 segments empty; wanted hypotheses. Is it the right file or column?",
    ),
    (
        made(ref=("",) * 120),
        "r: all 120 segments empty; wanted references. Is it the right file or column?",
    ),
    (
        TestSet({"a": HYP}, (ZH, (None,) * 120), ("r", "s"), "zh"),
        "s: all 120 segments empty; wanted references. Is it the right file or column?",
    ),
    (
        made(HYP_EN),
        "a: English in 120 of 120 segments; wanted Chinese, as the references are. Is one of the two the source?",
    ),
    (
        made(systems={"a": HYP_EN[:70] + HYP[70:], "b": HYP_EN[:61] + HYP[61:], "c": HYP_EN[:60] + HYP[60:]}),
        "a and b: English in at least 61 of 120 segments; wanted Chinese, as the references are. "
        "Is one of the two the source?",
    ),
    (
        TestSet({"a": HYP}, (EN,), ("r",), "en"),
        "a: Chinese in 120 of 120 segments; wanted English, as the references are. Is one of the two the source?",
    ),
    (
        made(HYP_EN, sources=EN),
        "a: English in 120 of 120 segments; wanted Chinese, as the references are. "
        "That is the language of --src: are --ref and --src swapped, or is it not translated?",
    ),
    (
        made(EN, sources=EN),
        "a: English in 120 of 120 segments; wanted Chinese, as the references are. "
        "It is the text of --src: name the translation.",
    ),
    (
        made(HYP_EN, sources=HYP),
        "a: English in 120 of 120 segments; wanted Chinese, as the references are. "
        "--src is in Chinese: are --hyp and --src swapped?",
    ),
    (
        TestSet({"a": HYP}, (EN,), ("r",), "zh"),
        "r: English in 120 of 120 segments; wanted Chinese, the target language. Is it the source?",
    ),
    (
        made(HYP, sources=ZH[:61] + EN[61:]),
        "r: the text of the source in 61 of 120 segments; wanted its translation. Are --ref and --src the same?",
    ),
]


@pytest.mark.parametrize(("testset", "message"), REFUSED)
def test_refused(testset: TestSet, message: str) -> None:
    with pytest.raises(InputError) as caught:
        check_testset(testset)
    assert str(caught.value) == message


def test_half_is_not_over_half() -> None:
    assert check_testset(made(HYP_EN[:60] + HYP[60:])) == ()
    told = check_testset(made(sources=ZH[:60] + EN[60:]))
    assert told == ("References equal to their source (untranslated?): 60 of 120 in r (at 1, 2, 3, 4, 5 and 55 more).",)


def test_no_pattern_hides_the_other_language() -> None:
    many = made(HYP * 10, ZH * 10)
    mixed = tuple(EN[0] if k % 4 != 3 else text for k, text in enumerate(HYP * 10))
    with pytest.raises(InputError, match="English in 900 of 1,200 segments"):
        check_testset(replace(many, systems={"a": mixed}))
    prime = 7919  # the step of the sample that is looked at first
    with pytest.raises(InputError, match="English in 7,918 of 7,919 segments"):
        check_testset(TestSet({"a": (ZH[0], *EN[:1] * (prime - 1))}, ((ZH * 66)[:prime],), ("r",), "zh"))


MOJIBAKE = "这条河里有水獭。".encode().decode("latin-1")
AS_GBK = "瀵圭収娴风嵀銆傛渤"
HANT = "這個河狸為了過河對海獺說：我們開關進來時會點實現還學國體。"
NOTES = [
    (SMALL, ["Fewer than 10 segments: too few for a corpus score."]),
    (made(HYP[:9], ZH[:9]), ["Fewer than 10 segments: too few for a corpus score."]),
    (made(HYP[:10], ZH[:10]), ["Only 10 segments: intervals are wide."]),
    (made(HYP[:99], ZH[:99]), ["Only 99 segments: intervals are wide."]),
    (made(HYP[:100], ZH[:100]), []),
    (
        made(tuple("甲乙丙丁茶"[k % 5] * 2 + str(k) for k in range(100)), tuple(f"茶{k}"[:3] for k in range(100))),
        ["100 of 100 references have fewer than 4 tokens: BLEU counts runs of 4 and says little of them."],
    ),
    (
        made(changed(HYP, {6: "", 9: "\u3000"}), changed(ZH, {2: ""})),
        [
            "Empty hypotheses, scored as written: 2 of 120 in a (at 7, 10).",
            "Empty references, scored as written: 1 of 120 in r (at 3).",
        ],
    ),
    (
        made(systems={"a": changed(HYP, {6: ""}), "b": changed(HYP, {6: "", 7: "水獭。"}), "c": changed(ZH, {})}),
        [
            "Empty hypotheses, scored as written: 1 of 120 in a and b (at 7).",
            "Hypotheses equal to a reference: all in c.",
            "Nearly the same text: a and b (all but 1 segments).",
        ],
    ),
    (
        made(changed(HYP, {k: EN[k] for k in range(6)} | {50: ZH[50]}), sources=EN),
        [
            "Hypotheses equal to their source (untranslated?): 6 of 120 in a (at 1, 2, 3, 4, 5 and 1 more).",
            "Hypotheses equal to a reference: 1 of 120 in a (at 51).",
        ],
    ),
    (made(systems=dict.fromkeys("abc", HYP)), ["a, b and c are the same text."]),
    (
        made(changed(HYP, {3: HYP[0]}), changed(ZH, {3: ZH[0]})),
        ["Repeated references: 1 (at 4)."],
    ),
    (
        made(HYP, changed(ZH, {3: ZH[0]})),
        ["Repeated references: 1 (at 4), translated otherwise than the first time: 1 in a."],
    ),
    (
        made(sources=changed(EN, {3: EN[0], 9: EN[0]}), systems={"a": HYP, "b": changed(HYP, {3: HYP[0]})}),
        [
            "Nearly the same text: a and b (all but 1 segments).",
            "Repeated sources: 2 (at 4, 10), translated otherwise than the first time: 2 in r and a, 1 in b.",
        ],
    ),
    (
        made(changed(HYP, {1: "海\ufffd獭", 2: "锟斤拷海獭", 3: "\ufeff海獭", 4: "海\n獭", 5: AS_GBK})),
        [
            "Characters lost before this was read (U+FFFD): 1 of 120 in a (at 2).",
            "Characters lost before this was read (锟斤拷): 1 of 120 in a (at 3).",
            "A byte-order mark inside: 1 of 120 in a (at 4).",
            "A line end inside: 1 of 120 in a (at 5).",
            "Mojibake, scored as written: 1 of 120 in a (at 6).",
        ],
    ),
    (
        made(changed(HYP, {7: MOJIBAKE})),
        ["Mojibake, scored as written: 1 of 120 in a (at 8)."],
    ),
    (made(changed(HYP, {7: "海獭在 Café’s 门口。"})), []),
    (
        made((AS_GBK,) * 501 + (HYP * 5)[501:], ZH * 5),
        [
            "Repeated references: 480 (at 121, 122, 123, 124, 125 and 475 more), "
            "translated otherwise than the first time: 99 in a.",
            "Mojibake, scored as written (of the first 500 that may be it): "
            "500 of 600 in a (at 1, 2, 3, 4, 5 and 495 more).",
        ],
    ),
    (
        made(changed(HYP, {7: "海獭去 cafe\u0301。", 8: "獭" + "\u0301" * 1001})),
        ["Not in Unicode's form NFC, scored as written: 2 of 120 in a (at 8, 9)."],
    ),
    (
        made(changed(HYP, {k: " ".join(HYP[k]) for k in range(13)})),
        [
            "Tokenised, as it looks, and scored as written: 13 of 120 in a (at 1, 2, 3, 4, 5 and 8 more).",
        ],
    ),
    (made(changed(HYP, {k: " ".join(HYP[k]) for k in range(12)})), []),
    (
        TestSet({"a": tuple(f"{text[:-1]} {text[-1]}" for text in EN)}, (EN,), ("r",), "en"),
        ["Tokenised, as it looks, and scored as written: all in a."],
    ),
    (
        made(changed(HYP, dict.fromkeys(range(90), HANT)), changed(ZH, {0: "这个国家来了，说：我们学会过河。"})),
        ["a is in traditional characters, the references in simplified ones; scored as written."],
    ),
    (
        made(tuple(text.replace("，", ",").replace("！", "!") for text in HYP)),
        [
            "Punctuation in ASCII: 75% in a, 0% in the references. "
            "Full-width signs are others to BLEU; scored as written."
        ],
    ),
    (
        made(references=(ZH, (*ZH[:118], None, None)), reference_names=("r", "s")),
        ["The number of references differs by segment: 1 for 2, 2 for 118 of 120."],
    ),
    (
        made(changed(HYP, {6: ""}), places=tuple(f"news\n{k}" + "x" * 50 for k in range(120))),
        [f"Empty hypotheses, scored as written: 1 of 120 in a (at news 6{'x' * 34})."],
    ),
]


@pytest.mark.parametrize(("testset", "notes"), NOTES)
def test_notes(testset: TestSet, notes: list[str]) -> None:
    assert list(check_testset(testset)) == notes


STEPS = [
    (HYP[1:] + HYP[:1], "a is out of step with r from 1 on: the match stands 1 further on."),
    (HYP[-2:] + HYP[:-2], "a is out of step with r from 1 on: the match stands 2 before."),
    (
        HYP[:30] + HYP[31:80] + HYP[30:31] + HYP[80:],
        "a is out of step with r from 31 to 79: the match stands 1 further on.",
    ),
    (
        HYP[:30] + HYP[79:80] + HYP[30:79] + HYP[80:],
        "a is out of step with r from 31 to 80: the match stands 1 before.",
    ),
    (HYP[:30] + HYP[31:33] + HYP[30:31] + HYP[33:], ""),  # too short to be sure
    (HYP[::-1], ""),
]


@pytest.mark.parametrize(("hyp", "note"), STEPS)
def test_out_of_step(hyp: tuple[str, ...], note: str) -> None:
    assert list(check_testset(made(hyp))) == ([note] if note else [])
    if note:
        both = made(systems={"a": hyp, "b": tuple(text + "呢" for text in hyp)})
        assert check_testset(both) == (note.replace("a is", "a and b are"),)


def test_sources_out_of_step() -> None:
    numbered = tuple(f"{text[:-1]} {k * 37 + 1000} times." for k, text in enumerate(EN))
    ref = tuple(f"{text[:-1]}{k * 37 + 1000}次。" for k, text in enumerate(ZH))
    hyp = tuple(text[:-1] + "吧。" for text in ref)
    assert check_testset(made(hyp, ref, sources=numbered)) == ()
    told = check_testset(made(hyp, ref, sources=numbered[:40] + numbered[41:] + numbered[40:41]))
    assert told == ("the source is out of step with r from 41 on: the match stands 1 further on.",)


LOOK = "on (length and numbers stop matching): look there."
PARTED = [
    (HYP[:41] + HYP[42:], ZH, f"a.zh: 119 lines; wanted 120, as r.zh has. The two drift apart from line 42 {LOOK}"),
    (HYP[1:], ZH, f"a.zh: 119 lines; wanted 120, as r.zh has. The two drift apart from line 1 {LOOK}"),
    (HYP, ZH[:70] + ZH[73:], f"a.zh: 120 lines; wanted 117, as r.zh has. The two drift apart from line 71 {LOOK}"),
    (
        HYP[:41] + HYP[42:80] + HYP[81:],
        ZH,
        f"a.zh: 118 lines; wanted 120, as r.zh has. The two drift apart from line 42 {LOOK}",
    ),
    (
        HYP_EN[:41] + HYP_EN[42:],
        EN,
        f"a.zh: 119 lines; wanted 120, as r.zh has. The two drift apart from line 42 {LOOK}",
    ),
    (
        HYP[:118],
        ZH,
        "a.zh: 118 lines; wanted 120, as r.zh has. "
        "They are in step to the end of the shorter: r.zh goes on from line 119.",
    ),
    (
        (*HYP, *HYP),
        ZH,
        "a.zh: 240 lines; wanted 120, as r.zh has. "
        "They are in step to the end of the shorter: a.zh goes on from line 121.",
    ),
    ((*HYP, ""), ZH, "a.zh: 121 lines; wanted 120, as r.zh has. The last line is blank in a.zh: cut there."),
    (
        HYP,
        (*ZH, None, " "),
        "a.zh: 120 lines; wanted 122, as r.zh has. The last 2 lines are blank in r.zh: cut there.",
    ),
    (HYP[::-1][:100], ZH, "a.zh: 100 lines; wanted 120, as r.zh has. Score what matches one by one."),
    (("茶",) * 1000, ("茶",) * 1, "a.zh: 1,000 lines; wanted 1, as r.zh has. Score what matches one by one."),
    (("茶",), (), "a.zh: 1 line; wanted 0, as r.zh has. Score what matches one by one."),
]


@pytest.mark.parametrize(("texts", "wanted", "message"), PARTED)
def test_where_lines_part(texts: tuple[str, ...], wanted: tuple[str | None, ...], message: str) -> None:
    assert str(count_mismatch("a.zh", texts, "r.zh", wanted)) == message


@pytest.mark.parametrize(
    "hostile", ["茶 " * 50_000, "é" * 100_000, "e" + "\u0301" * 100_000, "锛" * 100_000, " " * 100_000]
)
def test_long_texts_are_checked_all_the_same(hostile: str) -> None:
    told = check_testset(made(changed(HYP, {5: hostile})))
    assert len(told) <= 1
    assert str(count_mismatch("a", (hostile,) * 20, "b", (hostile,) * 21)).startswith(
        "a: 20 lines; wanted 21, as b has. "
    )


def test_listed() -> None:
    assert [listed(list("abcdefg"[:k])) for k in (0, 1, 2, 5, 6)] == [
        "",
        "a",
        "a and b",
        "a, b, c, d and e",
        "a, b, c, d, e and 1 more",
    ]


texts = st.one_of(st.sampled_from([*ZH[:20], *EN[:20], "", HANT, "茶 茶 茶 ."]), odd_text)


@st.composite
def odd_sets(draw: st.DrawFn) -> TestSet:
    n = draw(st.integers(0, 18))
    rows = st.lists(texts, min_size=n, max_size=n).map(tuple)
    systems = draw(st.dictionaries(st.sampled_from("abcé"), rows, max_size=3))
    references = tuple(draw(st.lists(rows, max_size=2)))
    sources = draw(st.none() | rows)
    target = draw(st.sampled_from(["zh", "en"]))
    return TestSet(systems, references, tuple("rs"[: len(references)]), target, sources)


@given(odd_sets())
def test_any_testset_is_told_of_or_refused(testset: TestSet) -> None:
    try:
        notes = check_testset(testset)
    except DuizhaoError as error:
        assert error.where
        return
    assert len(notes) == len(set(notes))
    assert all(note.endswith(".") and "\n" not in note for note in notes)
    assert notes == check_testset(testset)


@given(st.lists(texts, max_size=30), st.lists(texts, max_size=30))
def test_any_counts_make_an_error(first: list[str], second: list[str]) -> None:
    error = count_mismatch("a", first, "b", second)
    assert (error.where, error.wanted) == ("a", f"{len(second)}, as b has")
