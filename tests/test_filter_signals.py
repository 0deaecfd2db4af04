"""The filters on pairs that they must reject and pairs that they must keep, and signals that hold for any text."""

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from opencc import OpenCC
from strategies import odd_text

from duizhao.corpora.errors import InputError
from duizhao.metrics.filter_rules import read_settings
from duizhao.metrics.filter_signals import COUNTS, SHARES, signals
from duizhao.metrics.filter_verdict import verdicts

EN = "The otters carried their stones across the river, and the bridge was still wet when the tea house opened."
ZH = "水獭们带着石头渡过了河，茶馆开门的时候，那座桥还是湿的。"

GOOD = [  # must be kept
    (EN, ZH),
    ("OK", "好的"),
    ("Yes.", "是。"),
    ("No, no, no!", "不，不，不！"),
    ("Ha ha ha ha!", "哈哈哈哈！"),
    ("Chapter 3", "第三章"),
    ("Otter", "水獭"),
    ("75%", "75%"),
    ("12:30", "12:30"),
    ("- How many stones?\n- Seven.", "- 有几块石头？\n- 七块。"),
    ('"I will cross the bridge tomorrow," she said.', "“我明天过桥。”她说。"),
    ("The OtterNet model uses BERT, LSTM and CRF layers.", "OtterNet模型使用BERT、LSTM和CRF层。"),
    ("Fine-tuning GPT-2 with LoRA on SQuAD and GLUE", "在SQuAD和GLUE上用LoRA微调GPT-2"),
    ("Analysis of the novel 红楼梦", "《红楼梦》小说分析"),
    ("Rivers: (1) width; (2) depth; (3) speed.", "河流：（1）宽度；（2）深度；（3）速度。"),
    ("The water was 25°C ± 1°C, about 3 × 10 µm of mud.", "水温25°C±1°C，泥约3×10µm。"),
    ("Let $\\alpha \\in A$ and $\\beta_{i} < 3$ for x < y > z.", "令$\\alpha \\in A$，$\\beta_{i} < 3$，x < y > z。"),
    ("Code is at https://otter.example/river/stones.", "代码见https://otter.example/river/stones。"),
    ("Contact: otter@river.example", "联系方式：otter@river.example"),
    ("GENERAL PROVISIONS ON RIVERS", "河流总则"),
    ("The otter Zoë had café au lait near São Paulo.", "水獭佐伊在圣保罗附近喝了欧蕾咖啡。"),
    ("La Vie en Rose", "玫瑰人生"),
    ("Rio de Janeiro", "里约热内卢"),
    ("Albania, Andorra, Austria, Belgium, Croatia", "阿尔巴尼亚、安道尔、奥地利、比利时、克罗地亚"),
    ("I didn't see you at the river bank this morning.", "今天早上我没在河边看见你"),  # subtitles have no signs
    ("And he took the stones of that place,", "他就拾起那地方的石头。"),  # verse goes on
    ("Otter rescued at bridge after storm", "暴雨过后水獭在桥边获救"),
    ("The cookies were baked by the otter for tea.", "水獭烤了曲奇配茶吃。"),
    ("Otters share fish on the bank of the river.", "水獭在河岸上分享鱼。"),
    ("See otter.py of Node.js, e.g. the U.S. one.", "见Node.js的otter.py，例如美国的那个。"),
    ("The benzene, toluene and pyridine rings", "苯、甲苯和吡啶环"),
    ("The Lord of the Otters is a good book.", "《The Lord of the Otters》是一本好书。"),
    ("Joined\u200b by one invisible sign.", "由一个看不见的符号连在一起。"),
    (
        "The family \U0001f468\u200d\U0001f469\u200d\U0001f467 went to the river.",
        "一家人\U0001f468\u200d\U0001f469\u200d\U0001f467去了河边。",
    ),
]
BAD = [  # the filters that must reject
    ("", ZH, {"length", "ratio"}),
    (EN, "", {"length", "ratio"}),
    (EN, " \t", {"length", "ratio"}),
    (EN * 25, ZH * 25, {"length", "repetition"}),
    (EN, "水獭。", {"ratio"}),
    ("Otters.", ZH, {"ratio"}),
    (ZH, EN, {"script", "ratio", "language"}),
    (EN, "川に橋があって、カワウソがお茶を飲んでいます。石はまだ濡れています。", {"script"}),
    (EN, "수달들이 돌을 들고 강을 건넜고 찻집이 문을 열었을 때 다리는 아직 젖어 있었다.", {"script"}),
    (EN, "Выдры несли камни через реку, и мост был ещё мокрым.", {"script"}),
    ("Выдры несли камни через реку, и мост был ещё мокрым.", ZH, {"script"}),
    ("Les loutres ont porté leurs pierres à travers la rivière, et le pont était mouillé.", ZH, {"language"}),
    ("Die Otter trugen ihre Steine über den Fluss, und die Brücke war noch nass.", ZH, {"language"}),
    ("Las nutrias llevaron sus piedras por el río, y el puente estaba mojado.", ZH, {"language"}),
    ("Berang berang membawa batu menyeberangi sungai ketika jembatan masih basah sekali pagi", ZH[:-1], {"language"}),
    (EN, EN, {"script", "identical", "language"}),
    ("Otter River", "ＯＴＴＥＲ－river", {"script", "identical"}),
    (EN, "水獭们带着石头 across the river, and the bridge was still wet when it opened.", {"language"}),
    (EN[:60], ZH, {"ending"}),
    (EN, "水獭们带着石头渡过了河，茶馆开门的时候那座", {"ending"}),
    ("The otters of the river like stones and the", "河里的水獭喜欢石头，也喜欢在桥上晒太阳。", {"ending"}),
    ("the tea " * 6 + EN, ZH, {"repetition"}),
    (EN, "石头" * 6 + ZH, {"repetition"}),
    (f"{EN} {EN}", ZH + ZH, {"repetition"}),
    (f"<p class='a'>{EN}</p>", ZH, {"markup"}),
    (EN, f"{ZH}&nbsp;", {"markup"}),
    (EN.replace(", ", ",<br>"), ZH, {"markup"}),
    ("[[Otter|otters]] {{cite web|title=Stones|year=x}} swim", "水獭游泳", {"markup"}),
    ("https://otter.example/river https://otter.example/tea", "https://otter.example/河", {"urls"}),
    ("We use cookies to improve your visit to the river", "我们使用cookies来改善您的河流之旅", {"boilerplate"}),
    ("Log in | Sign up", "登录 | 注册", {"boilerplate"}),
    ("Copyright © Otter Ltd. All rights reserved.", "版权所有 © 水獭公司。", {"boilerplate"}),
    ("Share this page on Facebook", "分享到微信", {"boilerplate"}),
    (EN.replace(" ", ""), ZH, {"glued"}),
    ("It swam.The river rose,the bank fell.Then it slept.", "它游了。河涨了，岸塌了。然后它睡了。", {"glued"}),
    (EN.upper(), ZH, {"caps"}),
    (EN, f"{ZH}\x07", {"controls"}),
    (EN, f"水\ufffd{ZH}", {"controls"}),
    (f"\ue001{EN}", ZH, {"controls"}),
    (f"\ufeff\u200b\u202e{EN}", ZH, {"controls"}),
    (EN, ZH.encode().decode("latin-1"), {"script", "controls", "mojibake"}),
    (EN, ZH.encode("gbk").decode("latin-1"), {"script", "mojibake"}),
    (EN, "姘寸嵀浠甫鐫€鐭冲ご娓¤繃浜嗘渤锛岃尪棣嗗紑闂ㄧ殑鏃跺€欙紝閭ｅ骇妗ヨ繕鏄箍鐨勩€", {"mojibake"}),
    (EN.replace("the bridge", "the otterâ€™s bridge"), ZH, {"mojibake"}),
    (EN, f"锟斤拷{ZH}", {"mojibake"}),
]


def reasons(en: str | None, zh: str | None) -> list[str]:
    found = signals(pa.table({"en": pa.array([en], pa.string()), "zh": pa.array([zh], pa.string())}))
    named: list[str] = verdicts(found, None, None, read_settings(None, ""))["reasons"][0].as_py()
    return named


@pytest.mark.parametrize(("en", "zh"), GOOD)
def test_kept(en: str, zh: str) -> None:
    assert reasons(en, zh) == []


@pytest.mark.parametrize(("en", "zh"), [*GOOD[:20]])
def test_traditional_is_kept(en: str, zh: str) -> None:
    assert reasons(en, OpenCC("s2t").convert(zh)) == []


@pytest.mark.parametrize(("en", "zh", "wanted"), BAD)
def test_rejected(en: str, zh: str, wanted: set[str]) -> None:
    assert set(reasons(en, zh)) - {"numbers"} == wanted


def test_null_is_empty() -> None:
    assert reasons(None, None) == reasons("", "") == ["length"]


def test_columns_and_types() -> None:
    found = signals(pa.table({"en": ["Otter", ""], "zh": ["水獭", "…"], "probability": [0.25, None]}))
    assert found.column_names == [*COUNTS, *SHARES]
    assert {str(found[name].type) for name in COUNTS} == {"int32"}
    assert {str(found[name].type) for name in SHARES} == {"float"}
    assert found["alignment"].to_pylist() == [0.25, None]
    assert found["latin_en"].to_pylist() == [1.0, None]  # no letters to have a share of
    assert found["ratio"].to_pylist() == pytest.approx([17 / 6, 12 / 4.3], abs=1e-4)


def test_no_rows() -> None:
    found = signals(pa.table({"en": pa.array([], pa.string()), "zh": pa.array([], pa.string())}))
    assert (len(found), found.column_names) == (0, [*COUNTS, *SHARES])


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        ({"en": ["otter"]}, "pairs: columns en; wanted one column zh"),
        ({"en": ["otter"], "zh": [7]}, "pairs, column zh: values of type int64; wanted texts"),
        (
            {"en": ["a"], "zh": ["b"], "probability": ["c"]},
            "pairs, column probability: values of type string; wanted numbers",
        ),
    ],
)
def test_malformed_tables(table: dict[str, list[object]], wanted: str) -> None:
    with pytest.raises(InputError) as error:
        signals(pa.table(table))
    assert str(error.value) == wanted


def test_broken_utf8() -> None:
    broken = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")])
    with pytest.raises(InputError, match=r"pairs, .*broken UTF-8"):
        signals(pa.table({"en": broken, "zh": ["水獭"]}))


HOSTILE = [
    "<",
    "<a ",
    "&",
    "[[",
    "](",
    "{{",
    "\\a",
    "\\begin{",
    "$",
    "@",
    "a@",
    "a.",
    "www.",
    "://",
    "é",
    "Ã",
    "“",
    ")",
    " ",
]
HOSTILE += [
    "we use cookies by continuing ",
    "cookie",
    "分享到",
    "the ",
    "の",
    "好",
    "\u0301",
    "\U0001f600",
    "\n",
    "0",
    "锟",
    "#",
    '="',
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_texts_have_signals(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert "length" in reasons(text, text)
    short = piece * (150 // len(piece))
    assert signals(pa.table({"en": [short], "zh": [short[:60]]}))["length_en"].to_pylist() == [len(short.strip())]


texts = st.one_of(odd_text, st.sampled_from([*(side for pair in GOOD for side in pair), *(row[1] for row in BAD)]))
sides = st.lists(st.tuples(texts, texts), min_size=1, max_size=12)


@given(sides, st.data())
@settings(max_examples=25, deadline=None)
@example([("a", "水"), ("", ""), (EN, ZH), ("the otter " * 40, "")], None)
def test_signals_of_slices(pairs: list[tuple[str, str]], data: st.DataObject | None) -> None:
    table = pa.table({"en": [en for en, _ in pairs], "zh": [zh for _, zh in pairs]})
    cut = data.draw(st.integers(0, len(pairs))) if data else 2
    assert signals(table) == pa.concat_tables([signals(table[:cut]), signals(table[cut:])])


def test_slices_of_a_long_table(monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.table({"en": [row[0] for row in BAD], "zh": [row[1] for row in BAD]})
    whole = signals(table)
    monkeypatch.setattr("duizhao.metrics.filter_signals._SLICE", 300)
    assert signals(table) == whole
