"""Clean Chinese–English pairs, no two alike: invented from a small grammar, or joined from those of a corpus."""

import random
from collections.abc import Sequence

Text = tuple[str, str]  # English, Chinese

WHO = [
    ("the old otter", "老水獭"),
    ("our team", "我们的团队"),
    ("a young engineer", "一位年轻的工程师"),
    ("the river committee", "河流委员会"),
    ("the tea merchant", "茶商"),
    ("this library", "这座图书馆"),
    ("the bridge inspector", "桥梁检查员"),
    ("the new model", "新模型"),
    ("the ferry company", "渡轮公司"),
    ("a group of students", "一群学生"),
    ("the village school", "村里的学校"),
    ("the weather station", "气象站"),
]
DID = [
    ("has measured", "测量了"),
    ("describes", "描述了"),
    ("has repaired", "修复了"),
    ("wants to sell", "想要出售"),
    ("carefully compared", "仔细比较了"),
    ("has photographed", "拍摄了"),
    ("will replace", "将更换"),
    ("never mentioned", "从未提到"),
]
WHAT = [
    ("the wooden bridge", "那座木桥"),
    ("the water level of the northern lake", "北湖的水位"),
    ("the green tea from the hills", "来自山区的绿茶"),
    ("the old maps of the harbour", "港口的旧地图"),
    ("the results of the last experiment", "上次实验的结果"),
    ("the tracks in the snow", "雪地里的足迹"),
    ("the engine of the small boat", "小船的发动机"),
    ("the letters of the lighthouse keeper", "灯塔看守人的信件"),
    ("the training data", "训练数据"),
    ("the price of the tickets", "门票的价格"),
]
WHEN = [
    ("before the rain began", "在下雨之前"),
    ("during the winter", "在冬天"),
    ("because nobody else had time", "因为其他人都没有时间"),
    ("although the road was closed", "尽管道路已经封闭"),
    ("with great patience", "非常耐心地"),
    ("without asking anyone", "没有问任何人"),
    ("as soon as the harbour opened", "港口一开放"),
    ("for the second half of the year", "在下半年"),
]
COUNTED = [
    ("bridges", "座桥"),
    ("visitors", "名游客"),
    ("kilometres of road", "公里的道路"),
    ("cups of tea", "杯茶"),
    ("photographs", "张照片"),
    ("volunteers", "名志愿者"),
]


def invented(rng: random.Random) -> Text:
    """One clean pair of the grammar."""
    form = rng.randrange(6)
    (who, wer), (did, tat), (what, was), (when, wann) = (rng.choice(each) for each in (WHO, DID, WHAT, WHEN))
    number, (things, dinge) = rng.randrange(2, 9_999), rng.choice(COUNTED)
    if form == 0:
        return f"{who[0].upper()}{who[1:]} {did} {what} {when}.", f"{wann}，{wer}{tat}{was}。"
    if form == 1:
        return (
            f"In {1900 + number % 120}, {who} counted {number:,} {things} near {what}.",
            f"{1900 + number % 120}年，{wer}在{was}附近数到了{number}{dinge}。",
        )
    if form == 2:
        large = rng.randrange(11, 999)
        return (
            f"About {large * 10_000:,} {things} depend on {what}, says {who}.",
            f"{wer}说，大约{large}万{dinge}依赖于{was}。",
        )
    if form == 3:
        return f"Does {who} know that {number % 97 + 2}% of {what} was lost {when}?", (
            f"{wer}知道{was}的{number % 97 + 2}%{wann}丢失了吗？"
        )
    if form == 4:
        other, anders = rng.choice(WHAT)
        return f"{who[0].upper()}{who[1:]} {did} {what}, and {number} {things} of {other} were left {when}.", (
            f"{wer}{tat}{was}，{wann}还剩下{anders}的{number}{dinge}。"
        )
    return f"“{what[0].upper()}{what[1:]} cost {number} yuan,” said {who} {when}.", (
        f"“{was}花了{number}元，”{wer}{wann}说。"
    )


class Clean:
    """Different clean pairs, one after the other: of a corpus where there is one, else invented."""

    def __init__(self, rng: random.Random, corpus: Sequence[Text]) -> None:
        self._rng, self._corpus, self._next, self._seen = rng, corpus, 0, set[int]()

    def single(self) -> Text | None:
        """The next pair of the corpus by itself, None when all had their turn."""
        if self._next >= len(self._corpus):
            return None
        self._next += 1
        return self._corpus[self._next - 1]

    def pair(self) -> Text:
        """A pair that did not come before: of a corpus, two of its pairs joined."""
        while True:
            if self._corpus:
                many = [self._rng.choice(self._corpus) for _ in range(2)]
                made = " ".join(en for en, _ in many), "".join(zh for _, zh in many)
            else:
                many = [invented(self._rng) for _ in range(self._rng.randrange(1, 3))]
                made = " ".join(en for en, _ in many), "".join(zh for _, zh in many)
            if hash(made) not in self._seen:
                self._seen.add(hash(made))
                return made
