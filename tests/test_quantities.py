"""Quantities read from both languages, and the findings of their comparison."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.metrics.findings import Draft
from duizhao.metrics.numbers import check_numbers
from duizhao.metrics.quantities_en import quantities_en
from duizhao.metrics.quantities_zh import quantities_zh
from duizhao.metrics.quantity import Quantity, figure, fold, scientific
from duizhao.metrics.symbols import check_norm

# English, Chinese, the findings: (rule, text in the English or "", text in the Chinese or "").
PAIRS = [
    # --- scales: thousand and million against 万 and 亿
    ("two hundred million", "两亿", []),
    ("15B parameters", "150亿个参数", []),
    ("617 million", "6.17亿", []),
    ("225 million", "2.25亿", []),
    ("80billion frames", "近800亿帧", []),
    ("trillions of tokens", "数万亿 Token", []),
    ("7B to 65B", "从7B到65B", []),
    ("7-13 billion weights", "70-130亿个权重", []),
    ("between 7 and 13 billion weights", "70亿至130亿个权重", []),
    ("26, 000 pages", "26,000页", []),
    ("26, 000 pages", "2.6万页", []),
    ("1,773.4 points", "1773.4分", []),
    ("1 000 000 rows", "一百万行", []),
    ("12,500 rows", "1.25万行", []),
    ("12,500 rows", "12，500行", []),
    ("$3.2bn", "32亿美元", []),
    ("1.2M clips", "120万个片段", []),
    ("7k questions", "7000个问题", []),
    ("7k questions", "七千个问题", []),
    ("a corpus of 1.5 trillion words", "1.5万亿词的语料库", []),
    ("three million users", "300万用户", []),
    ("half a million users", "50万用户", []),
    ("120 million people", "1亿2000万人", []),
    ("one hundred and five rivers", "105条河", []),
    ("twenty-six letters", "二十六个字母", []),
    ("twenty six letters", "26个字母", []),
    ("thirty-five thousand letters", "三点五万封信", []),
    ("10 million cells", "１０００万个细胞", []),
    ("10 million cells", "一千萬個細胞", []),
    ("6 million", "6 million", []),
    ("5+ million visits", "500多万次访问", []),
    ("ten billion years", "一百多亿年", []),
    ("over 30 million", "三千余万", []),
    ("three-K radiation", "3K辐射", []),
    ("over 400 wells", "400余口井", []),
    ("42.70M images", "427万张图像", [("Q002", "42.70M", "427万")]),
    ("42.70M images", "4270万张图像", []),
    ("80 billion frames", "80亿帧", [("Q002", "80 billion", "80亿")]),
    ("617 million proteins", "617亿个蛋白质", [("Q002", "617 million", "617亿")]),
    ("2.5 trillion tokens", "2.5亿个词元", [("Q002", "2.5 trillion", "2.5亿")]),
    ("36 million readers", "36万读者", [("Q002", "36 million", "36万")]),
    ("12,500 rows", "12.5万行", [("Q002", "12,500", "12.5万")]),
    ("three million users", "三亿用户", [("Q002", "three million", "三亿")]),
    ("gains 3.2%", "提高32%", [("Q002", "3.2%", "32%")]),
    ("60x faster", "快6倍", [("Q002", "60x", "6倍")]),
    ("11.25M weights", "11.25个权重", [("Q002", "11.25M", "11.25")]),
    # --- per cent, shares, fractions
    (">99% win-rate", "超过99%的胜率", []),
    ("up 3.2 percentage points", "上升3.2个百分点", []),
    ("up 3.2 points", "上升3.2%", []),
    ("ten percent of them", "其中的百分之十", []),
    ("35 per cent", "百分之三十五", []),
    ("30% of the rows", "三成的行", []),
    ("35% of the rows", "三成五的行", []),
    ("50% of the rows", "一半的行", []),
    ("an accuracy of 0.5", "准确率为50%", []),
    ("three quarters of the runs", "四分之三的运行", []),
    ("three-quarters of the runs", "75%的运行", []),
    ("two thirds of the votes", "三分之二的票", []),
    ("a third of the votes", "三分之一的票", []),
    ("nine out of ten adults", "九成的成年人", []),
    ("24/7 service", "全天候服务", []),
    ("4K tokens", "4096个词元", []),
    ("one in five adults", "五分之一的成年人", []),
    ("1/200 of the cost", "成本的200分之一", []),
    ("20-30% less", "减少20%到30%", []),
    ("91,1% of cases", "91.1%的病例", []),
    ("33.0 % of it", "其中的33％", []),
    (r"a gain of $33\%$", "提高33%", []),
    ("100% of them", "百分之百", []),
    ("from 33.0% to 42.3%", "从33.0%提高到43.2%", [("Q001", "42.3%", "43.2%")]),
    ("by 15% overall", "总体上有所提高", [("Q001", "15%", "")]),
    ("a gain overall", "总体上提高了15%", [("Q001", "", "15%")]),
    ("three quarters of the runs", "大部分运行", [("Q001", "three quarters", "")]),
    # --- multiples
    ("60x faster", "快60倍", []),
    ("200x faster", "快200倍", []),
    ("200-fold reduction", "200分之一", []),
    ("200-fold reduction", "降到1/200", []),
    ("10× smaller", "缩小为十分之一", []),
    (r"$10\times$ smaller", "小10倍", []),
    ("five times as many", "五倍之多", []),
    ("five times as many", "多四倍", []),
    ("tenfold growth", "增长十倍", []),
    ("twice as fast", "快一倍", []),
    ("the price doubled", "价格翻了一番", []),
    ("a 2x speedup", "两倍加速", []),
    ("a factor of 16", "16倍", []),
    ("triple the size", "三倍大小", []),
    ("8x larger", "大12倍", [("Q001", "8x", "12倍")]),
    ("8x larger", "更大", [("Q001", "8x", "")]),
    # --- counts in words and figures
    ("three quantitative criteria", "三个定量标准", []),
    ("26 attention heads grouped into 7 main classes", "26个注意力头,分为7个主要类别", []),
    ("three-dimensional structure", "3D结构", []),
    ("3D structure", "三维结构", []),
    ("four key components", "四个关键部分", []),
    ("all 57 games", "所有57个游戏", []),
    ("two-stage", "两阶段", []),
    ("three diverse generation tasks", "三种不同的生成任务", []),
    ("a trilingual corpus", "三种语言的语料库", []),
    ("four seasons", "四季", []),
    ("eight-sided solids", "八面体", []),
    ("three or four attempts", "三四次尝试", []),
    ("fourteen or fifteen years old", "十四五岁", []),
    ("twelve taels", "十二两", []),
    ("28 towns", "廿八个镇", []),
    ("a dozen eggs", "十二个鸡蛋", []),
    ("four benchmarks", "多个基准", [("Q001", "four", "")]),
    ("four benchmarks", "基准", [("Q004", "four", "基准")]),
    ("four benchmarks", "三个基准", [("Q001", "four", "三")]),
    ("eleven models", "12个模型", [("Q001", "eleven", "12")]),
    ("256 filters", "滤波器", [("Q001", "256", "")]),
    ("256 filters", "265个滤波器", [("Q001", "256", "265")]),
    ("five tests and nine labs", "若干测试和实验室", [("Q001", "five", ""), ("Q001", "nine", "")]),
    ("several tests", "七项测试", [("Q001", "", "七")]),
    ("some tests", "做了48次测试", [("Q001", "", "48")]),
    ("5 tests, 5 labs, 5 days", "五项", []),
    ("17 tests and 17 labs", "测试", [("Q001", "17", "")]),
    # --- small words, pronouns, idioms: never findings
    ("one of the best", "最好的模型", []),
    ("no one knows", "无人知晓", []),
    ("two models", "若干模型", []),
    ("zero errors", "没有错误", []),
    ("zero-shot transfer", "零样本迁移", []),
    ("few-shot learning", "少样本学习", []),
    ("one-to-one maps", "一一对应", []),
    ("first, we train", "我们训练", []),
    ("a unified view", "统一的视角", []),
    ("just in case", "以防万一", []),
    ("very strong", "十分强大", []),
    ("Samsung phones", "三星手机", []),
    ("a sonnet", "十四行诗", []),
    ("percentiles", "百分位", []),
    ("binary code", "二进制代码", []),
    ("ever-changing", "千变万化", []),
    ("quadratic growth", "二次增长", []),
    ("some further series", "进一步的一些系列", []),
    ("bicubic resampling", "双三次重采样", []),
    ("point clouds", "点云", []),
    ("the surroundings", "四周", []),
    ("immutable", "一成不变", []),
    ("a million-scale set", "百万级数据集", []),
    ("half-precision", "半精度", []),
    # --- vague: never compared by value
    ("order of magnitude", "一个数量级", []),
    ("two orders of magnitude", "几个数量级", []),
    ("millions", "数以百万计", []),
    ("hundreds of pages", "数十页", []),
    ("tens of thousands", "上万", []),
    ("several hundred rows", "若干行", []),
    ("a row", "成千上万行", []),
    ("one thousand or so", "千余", []),
    # --- names, versions, citations, list marks
    ("GPT-2 and ResNet-50", "语言模型与图像模型", []),
    ("Agent57 beats it", "该智能体胜出", []),
    ("the L2-norm", "范数", []),
    ("pass@1 and F1", "指标", []),
    ("JFT-300M, CIFAR-10, T5, v2", "数据集与模型", []),
    ("see https://example.org/a/2024/17", "见链接", []),
    ("see example.org/2024/17", "见链接", []),
    ("arXiv:1234.56789", "预印本", []),
    ("as shown in [12]", "如前所示", []),
    ("as shown in [3, 14, 15]", "如前所示", []),
    ("Li et al. (2017) say", "他们说", []),
    ("(1) we read (2) we write", "我们读，我们写", []),
    ("we 1) read, and 2) write", "我们读和写", []),
    ("we read and write", "我们（1）读（2）写", []),
    ("version 4.12.0 is out", "新版已发布", []),
    ("22.05kHz", "22.05kHz", []),
    ("an image of 224x224", "224×224的图像", []),
    ("the interval [37,43]", "区间[37,43]", []),
    ("the interval [37,43]", "区间[37,34]", [("Q001", "43", "34")]),
    ("level-4 autonomy", "GPT-4自动驾驶", []),
    # --- ordinals
    ("the first model", "首个模型", []),
    ("the 1st of them", "第一个", []),
    ("the forty-eighth session", "第四十八届会议", []),
    ("the twentieth day", "第20天", []),
    ("a third party", "第三方", []),
    ("the seventh day", "第七天", []),
    ("the six hundredth year", "第六百年", []),
    ("the fifth day", "第八天", [("Q001", "fifth", "第八")]),
    ("the 21st day", "那一天", [("Q001", "21st", "")]),
    # --- dates, decades, centuries
    ("in 2015", "2015年", []),
    ("in 1998", "一九九八年", []),
    ("in 1995", "九五年", []),
    ("3 May 2020", "2020年5月3日", []),
    ("2017-19", "2017年至2019年", []),
    ("the 1990s", "20世纪90年代", []),
    ("the 1990s", "九十年代", []),
    ("the eighties", "上世纪八十年代", []),
    ("the 19th century", "十九世纪", []),
    ("two decades", "二十年", []),
    ("the past decade", "过去十年", []),
    ("in 1975", "民国六十四年", []),
    ("in 2015", "2016年", [("Q001", "2015", "2016")]),
    # --- signs, powers
    ("a change of -4.5", "变化为−4.5", []),
    ("+1.1 BLEU", "提高1.1 BLEU", []),
    ("+1.1 BLEU", "提高1.\u200b1 BLEU", []),
    ("a rate of 1e-4", "学习率为0.0001", []),
    ("a rate of 10^{-4}", "学习率为10⁻⁴", []),
    ("3x10^{5} steps", "30万步", []),
    ("10^{6} steps", "步数为10^{9}", [("Q002", "10^{6}", "10^{9}")]),
    ("10^{6} steps", "步数为106", [("Q005", "10^{6}", "106")]),
    # --- units, bounds, symbols: quantities.tsv has many more
    ("a walk of 12 km", "走了12米", [("Q003", "12", "12")]),
    ("up to 12 km", "12公里", [("Q004", "12", "12")]),
    ("at least 12 km", "不到约12公里", [("Q004", "12", "不到约12")]),
    ("the L∞ norm", "L8-norm", [("Q005", "∞", "L8")]),
    ("weight σ", "权重o", [("Q005", "σ", "o")]),
    ("if x ≤ 5", "若x＜5", [("Q005", "≤ 5", "＜5")]),
    ("a change of −5", "变化为5", [("Q005", "−5", "5")]),
    ("∼10 otters", "-10只", [("Q005", "10", "-10")]),
    ("let $x_i$ be", "令$x_j$为", [("Q005", "$x_i$", "$x_j$")]),
    # --- nothing at all
    ("", "", []),
    ("no numbers here", "这里没有数字", []),
]  # fmt: skip

# Text, the quantities: (kind, value, text), weak ones left out.
READ_EN = [
    ("7 to 13 billion", [("number", 7e9, "7"), ("number", 13e9, "13 billion")]),
    ("GPT-2, 1.5B, four times", [("number", 1.5e9, "1.5B"), ("multiple", 4.0, "four times")]),
    ("two three-layer nets", [("number", 2.0, "two"), ("number", 3.0, "three")]),
    ("10-20%", [("percent", 10.0, "10"), ("percent", 20.0, "20%")]),
    ("dozens of 1990s songs", [("vague", 100.0, "dozens"), ("number", 1990.0, "1990s")]),
    ("3 x 10^4, 1/4, 16x16", [("number", 3e4, "3 x 10^4"), ("number", 0.25, "1/4"), ("number", 16.0, "16"),
                              ("number", 16.0, "16")]),
    ("Part III of one", []),
]  # fmt: skip
READ_ZH = [
    ("70-130亿", [("number", 70e8, "70"), ("number", 130e8, "130亿")]),
    ("数万亿，１．５％", [("vague", 1e12, "数万亿"), ("percent", 1.5, "１．５％")]),
    ("统一的三星十四行诗", []),
    ("三五倍与五百万", [("multiple", 35.0, "三五倍"), ("number", 5e6, "五百万")]),
    ("第十二届，三千两百人", [("ordinal", 12.0, "第十二"), ("number", 3200.0, "三千两百")]),
    ("一亿二千万零五", [("number", 120000005.0, "一亿二千万零五")]),
    ("函数千变", []),
]


TABLE = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "quantities.tsv").read_text(encoding="utf-8").split("\n")
    if line and not line.startswith("#")
]


def texts(draft: Draft, en: str, zh: str) -> tuple[str, str, str]:
    """The finding as a row of PAIRS has it."""
    return (
        draft.rule,
        en[slice(*draft.span_en)] if draft.span_en else "",
        zh[slice(*draft.span_zh)] if draft.span_zh else "",
    )


def strong(quantities: list[Quantity]) -> list[tuple[str, float, str]]:
    """The quantities that claim something, as rows of READ_EN have them."""
    return [(quantity.kind, quantity.value, quantity.text) for quantity in quantities if not quantity.weak]


def test_there_are_enough_pairs() -> None:
    assert len(PAIRS) >= 150


@pytest.mark.parametrize(("en", "zh", "expected"), PAIRS)
def test_pair(en: str, zh: str, expected: list[tuple[str, str, str]]) -> None:
    assert [texts(draft, en, zh) for draft in check_numbers(en, zh)] == expected


def test_the_table_is_large_and_no_case_stands_twice() -> None:
    assert len(TABLE) >= 220
    assert {len(row) for row in TABLE} == {3}
    assert len({row[:2] for row in TABLE}) == len(TABLE)


@pytest.mark.parametrize(("en", "zh", "expected"), TABLE)
def test_table(en: str, zh: str, expected: str) -> None:
    drafts = list(check_numbers(en, zh))
    told = sorted(f"({draft.rule})" if draft.severity == "note" else draft.rule for draft in drafts)
    assert (" ".join(told) or "-") == expected


@pytest.mark.parametrize(("text", "expected"), READ_EN)
def test_english(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert strong(quantities_en(text)) == expected


@pytest.mark.parametrize(("text", "expected"), READ_ZH)
def test_chinese(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert strong(quantities_zh(text)) == expected


@pytest.mark.parametrize(
    ("en", "zh", "severity", "confidence", "wanted"),
    [
        ("42.70M", "427万", "error", 0.9, "4270万"),
        ("6.17 billion", "6.17亿", "error", 0.9, "61.7亿"),
        ("33.0% of it", "33.1%", "warning", 0.85, "33.0%"),
        ("nothing", "", "", 0.0, ""),
        ("256 of them", "它们", "warning", 0.7, "256"),
        ("four of them", "它们", "warning", 0.6, "四"),
        ("60x of it", "它", "warning", 0.7, "60倍"),
        ("the fifth", "它", "warning", 0.6, "第5"),
        ("1/200 of it", "它", "warning", 0.7, "1/200"),
        ("it", "7.5%", "note", 0.5, ""),
        ("some lakes", "48个湖", "warning", 0.75, ""),
        ("12 km", "12米", "error", 0.9, "12公里"),
        ("$30", "30元", "warning", 0.8, "30美元"),
        ("6.9 percentage points", "6.9%", "warning", 0.8, "6.9个百分点"),
        ("6.9%", "6.9个百分点", "note", 0.5, "6.9%"),
        ("6.9%", "6.9只", "warning", 0.85, "6.9%"),
        ("a dam 5 km away", "500米外的水坝", "warning", 0.8, ""),
        ("up to 12", "12", "warning", 0.8, "最多12"),
        ("about 12", "12", "note", 0.6, "约12"),
        ("at least 12", "最多12", "warning", 0.85, "至少12"),
        ("four models", "模型", "warning", 0.8, ""),
        ("10^6 of it", "106", "error", 0.9, "10^6"),
        ("L∞ norm", "L8范数", "error", 0.9, "L∞"),
        ("let α be", "令β为", "warning", 0.8, "α"),
        ("n ≥ 3", "n > 3", "error", 0.9, "n ≥ 3"),
    ],
)
def test_grade_and_wanted_form(en: str, zh: str, severity: str, confidence: float, wanted: str) -> None:
    drafts = list(check_numbers(en, zh))
    assert [(d.severity, d.confidence, d.expected) for d in drafts] == (
        [(severity, confidence, wanted)] if severity else []
    )
    assert all(d.message.count(".") >= 1 and d.message.endswith(".") for d in drafts)


MESSAGES = [
    ("a walk of 12 km", "走了12米", "“12 km” of the English is “12米” in the Chinese: the unit is another."),
    ("it costs $30", "它要30元", "“$30” of the English is “30元” in the Chinese: the currency is another."),
    ("a dam 5 km away", "500米外的坝", "“5 km” of the English and “500米” of the Chinese are not the same measure."),
    ("fits up to 12 otters", "容纳12只", "“up to 12” of the English is a bare “12” in the Chinese."),
    ("12 or more otters", "有12只", "“12 or more” of the English is a bare “12” in the Chinese."),
    ("at least 12", "最多12", "“at least 12” of the English is “最多12” in the Chinese: the bound is turned round."),
    ("four river models", "模型", "“four river models” of the English is “模型” in the Chinese: how many is lost."),
    ("x ≤ 5", "x<5", "“x ≤ 5” of the English is “x < 5” in the Chinese: the relation is another."),
]  # fmt: skip


@pytest.mark.parametrize(("en", "zh", "message"), MESSAGES)
def test_message(en: str, zh: str, message: str) -> None:
    assert [draft.message for draft in check_numbers(en, zh)] == [message]


def test_a_norm_of_eight_is_told_without_the_english() -> None:
    assert [(d.span_en, d.span_zh) for d in check_norm("", "用L8范数，不用L2范数")] == [(None, (1, 3))]
    assert list(check_norm("the L8 norm", "L8范数")) == []


def test_figures() -> None:
    assert figure("1,00,000") == 100000
    assert figure("10{,}000") == 10000
    assert figure("91,1") == 91.1
    assert scientific("2.5×10⁻³") == 0.0025


LINES = [
    "1,", "1.", "1 000 ", "[1,", "1/", "a-1", "a.", "two ", "one hundred and ", "百分之", "十两", "-", " ", "10^",
    "\u200b", "up to 5 ", "at least ", "over 5", "5 km ", "$", "$x$", "$5", "x < ", "≤", "α", "\\sigma", "5 m",
    "-5 ", "10^6 ", "four very ", "四个任务", "5个", "最多", "to over ", "5\\", "L8",
    "5+", "a a ", "or more", "个半", "三个半",
]  # fmt: skip
WORDS = (
    "one two twenty hundred million and a half third fifth 1990s of 10 7 to , - 1/2 percent times B x in decades "
    "orders up to at least over km ms $ $5 $x_i$ ≤ < > - ~ σ o \\alpha L∞ L8 norm 10^6 106 2^16 benchmarks absolute "
    "points dozen pm 最多 至少 超过 公里 毫秒 元 个任务 基准 半 折 番 % 个百分点 十二 5 12"
)
QUANTITY_TEXT = st.text(
    alphabet="0123456789.,%-+/^{}[]() xXkKMBT$×⁻⁴eEandfirst"
    "一二三四五十百千万亿两点零第成倍半分之个年月世纪数几余约廿％，１２\u200b\n",
    max_size=60,
) | st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join)


@given(st.text(max_size=80) | QUANTITY_TEXT)
def test_spans_slice_back_and_do_not_overlap(text: str) -> None:
    for quantities in (quantities_en(text), quantities_zh(text)):
        assert [text[slice(*quantity.span)] for quantity in quantities] == [quantity.text for quantity in quantities]
        ends = [0, *(place for quantity in quantities for place in quantity.span)]
        assert ends == sorted(ends)


@given(st.text(max_size=80) | QUANTITY_TEXT, st.text(max_size=80) | QUANTITY_TEXT)
def test_never_raises(en: str, zh: str) -> None:
    for draft in check_numbers(en, zh):
        assert draft.rule in ("Q001", "Q002", "Q003", "Q004", "Q005")
        assert draft.span_en or draft.span_zh
        for span, text in ((draft.span_en, en), (draft.span_zh, zh)):
            assert span is None or 0 <= span[0] < span[1] <= len(text)


@given(QUANTITY_TEXT)
def test_a_text_has_the_symbols_of_itself(text: str) -> None:
    assert [draft.rule for draft in check_numbers(text, text) if draft.rule == "Q005"] == []


@given(st.text(alphabet="0123456789 .,", max_size=60))
def test_figures_agree_with_themselves(text: str) -> None:
    assert list(check_numbers(text, text)) == []


@given(st.text(max_size=50))
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize("unit", LINES)
def test_long_lines_are_read(unit: str) -> None:  # how fast: benchmarks/long_lines.py
    line = (unit * 2_000)[:2_000]
    for draft in check_numbers(line, line):
        for begin, end in filter(None, (draft.span_en, draft.span_zh)):
            assert 0 <= begin < end <= len(line)


def test_many_different_numbers_are_told() -> None:
    en, zh = (" ".join(map(str, range(start, 30_000, 37))) for start in (3, 4))
    assert len(list(check_numbers(en, zh))) > 1_000


@pytest.mark.parametrize(
    "name",
    [
        "quantity",
        "quantities_en",
        "quantities_zh",
        "numbers",
        "units",
        "measures",
        "bounds",
        "scope",
        "symbols",
    ],
)
def test_docstrings(name: str) -> None:
    assert doctest.testmod(import_module(f"duizhao.metrics.{name}")).failed == 0
