"""A labelled set of Chinese–English pairs for filters: clean ones, Traditional ones, and fifteen kinds of noise.

The label of a row is the part of its id before the dash. Clean text is that of clean_pairs.py: invented, or taken from
a corpus that duizhao built (whose pairs are joined by twos to get enough different ones).
"""

import random
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from clean_pairs import Clean, Text

CLEAN, NOISE_SHARE, RESERVOIR = ("ok", "single", "traditional"), 0.025, 20_000

FOREIGN = [
    "Der alte Otter schwimmt jeden Morgen langsam durch den kalten Fluss und sucht nach kleinen Fischen.",
    "Die neue Brücke wurde im Herbst eröffnet, obwohl die Straße noch nicht fertig war.",
    "La loutre traverse la rivière tous les matins et ne regarde jamais les bateaux qui passent.",
    "Le vieux pont sera réparé avant l'hiver, mais personne ne sait combien cela va coûter.",
    "El puente de madera fue reparado por los vecinos del pueblo durante las vacaciones de verano.",
    "Старая выдра каждое утро медленно плывёт через холодную реку и ищет рыбу.",
    "古い橋は去年の秋に修理されましたが、まだ誰もそこを渡っていません。",
    "カワウソは毎朝ゆっくりと川を泳いで、小さな魚を探しています。",
    "수달은 매일 아침 천천히 강을 헤엄치며 작은 물고기를 찾습니다.",
]
BOILERPLATE = [
    ("This website uses cookies. Accept all cookies", "本网站使用 Cookie。接受所有 Cookie"),
    ("Home | About us | Contact us | Privacy policy", "首页 | 关于我们 | 联系我们 | 隐私政策"),
    ("Log in or sign up to continue", "请登录或注册以继续"),
    ("Share on Facebook  Share on Twitter", "分享到微博 分享到微信"),
    ("Copyright © 2021 Otter Press. All rights reserved.", "版权所有 © 2021 水獭出版社。保留所有权利。"),
    ("Previous page  Next page  Back to top", "上一页 下一页 返回顶部"),
    ("Subscribe to our newsletter", "订阅我们的电子报"),
    ("Add to cart  Buy now", "加入购物车 立即购买"),
    ("Click here to download the app", "点击此处下载应用程序"),
    ("All comments are subject to review before they appear", "所有评论须经审核后显示"),
]


def labelled(rows: int, seed: int = 9, corpus: Sequence[Text] = ()) -> Iterator[tuple[str, str, str]]:
    """Rows of id, English, Chinese; about 2.5 % of each kind of noise, 2.5 % Traditional, the rest clean."""
    rng = random.Random(seed)
    clean, earlier = Clean(rng, corpus), list[Text]()
    kinds = list(NOISE)
    for row in range(rows):
        at = rng.random() / NOISE_SHARE
        kind = kinds[int(at)] if at < len(kinds) else "ok"
        pair = clean.single() if kind == "ok" else None
        label = "single" if pair else kind
        if kind in ("duplicated", "near_duplicated") and not earlier:
            kind = label = "ok"
        if kind in ("duplicated", "near_duplicated"):
            pair = earlier[rng.randrange(len(earlier))]
        pair = pair or clean.pair()
        made = NOISE[kind](rng, pair, clean) if kind in NOISE else pair
        if kind == "ok":
            if len(earlier) < RESERVOIR:
                earlier.append(pair)
            elif rng.random() < 0.1:
                earlier[rng.randrange(RESERVOIR)] = pair
        yield f"{label}-{row}", *made


def _misaligned(rng: random.Random, pair: Text, clean: Clean) -> Text:
    for _ in range(20):  # of similar length, else the lengths alone would tell
        other = clean.pair()[1]
        if 0.7 < len(other) / max(1, len(pair[1])) < 1.4:
            break
    return pair[0], other


def _wrong_language(rng: random.Random, pair: Text, clean: Clean) -> Text:
    count = rng.randrange(1, 4)
    foreign = " ".join(rng.choice(FOREIGN) for _ in range(count))
    return (foreign, pair[1]) if rng.random() < 0.6 else (pair[0], foreign)


def _number_changed(rng: random.Random, pair: Text, clean: Clean) -> Text:
    """One digit of a number in the Chinese or English is another one."""
    for _ in range(200):
        side = rng.randrange(2)
        digits = [k for k, character in enumerate(pair[side]) if character in "0123456789"]
        alone = [k for k in digits if not _inside_word(pair[side], k)]
        if alone:
            k = rng.choice(alone)
            digit = str((int(pair[side][k]) + rng.randrange(1, 9)) % 10)
            if digit == "0" and (k == 0 or not pair[side][k - 1].isdigit()):
                digit = "9" if pair[side][k] != "9" else "8"
            changed = pair[side][:k] + digit + pair[side][k + 1 :]
            return (changed, pair[1]) if side == 0 else (pair[0], changed)
        pair = clean.pair()
    return pair


def _inside_word(text: str, k: int) -> bool:
    """Whether a digit belongs to a name or formula (GPT-4, x_2, 2D), where it says no quantity."""
    left = k
    while left and (text[left - 1].isdigit() or text[left - 1] in ".,"):
        left -= 1
    right = k
    while right < len(text) and (text[right].isdigit() or text[right] in ".,"):
        right += 1
    around = text[left - 1 : left] + text[right : right + 1]
    return any(c.isascii() and (c.isalpha() or c in "_-^{}$\\[]()/#~+") for c in around)


def _truncated(rng: random.Random, pair: Text, clean: Clean) -> Text:
    share = 0.3 + 0.3 * rng.random()
    if rng.random() < 0.5:
        return pair[0], pair[1][: max(1, int(len(pair[1]) * share))]
    return pair[0][: max(1, int(len(pair[0]) * share))], pair[1]


def _near_duplicated(rng: random.Random, pair: Text, clean: Clean) -> Text:
    en, zh = pair
    way = rng.randrange(5)
    if way == 0:
        return en.lower(), zh
    if way == 1:
        return en.replace(",", ""), zh.replace("，", "、")
    if way == 2:
        return en.rstrip(".?!”"), zh.rstrip("。？！”")
    if way == 3:
        return en.replace(" ", "  ", 1) + " ", zh.replace("，", ", ")
    return en[:1].swapcase() + en[1:], zh.replace("。", ".").replace("，", ",")


def _mojibake(rng: random.Random, pair: Text, clean: Clean) -> Text:
    way = rng.randrange(4)
    if way == 0:
        return pair[0], pair[1].encode("utf-8").decode("latin-1")
    if way == 1:
        return pair[0], pair[1].encode("gb18030").decode("latin-1")
    if way == 2:
        return pair[0], pair[1].encode("utf-8").decode("gb18030", "replace")
    return pair[0], pair[1].encode("gb18030").decode("utf-8", "replace")


def _markup(rng: random.Random, pair: Text, clean: Clean) -> Text:
    tag = rng.choice(["p", "div", "span", "td"])
    en, zh = (f'<{tag} class="c{rng.randrange(99)}">{side}</{tag}><br/>&nbsp;' for side in pair)
    return (en, zh) if rng.random() < 0.5 else (en, pair[1])


def _repeated(rng: random.Random, pair: Text, clean: Clean) -> Text:
    en, zh = pair[0].split()[:3], pair[1][:6]
    times = rng.randrange(6, 25)
    made = " ".join(en * times), zh * times
    return made if rng.random() < 0.6 else ((made[0], pair[1]) if rng.random() < 0.5 else (pair[0], made[1]))


def _bomb(rng: random.Random, pair: Text, clean: Clean) -> Text:
    many = [clean.pair() for _ in range(4)]
    times = rng.randrange(4, 12)
    return " ".join(en for en, _ in many * times), "".join(zh for _, zh in many * times)


def _controls(rng: random.Random, pair: Text, clean: Clean) -> Text:
    signs = [rng.choice("\x00\x01\x02\x07\x08\x0b\x1b\x7f\x85\x9d\ufffd\ue0a3") for _ in range(rng.randrange(2, 6))]
    changed_en = rng.random() < 0.5
    side = list(pair[0] if changed_en else pair[1])
    for sign in signs:
        side.insert(rng.randrange(len(side)), sign)
    return ("".join(side), pair[1]) if changed_en else (pair[0], "".join(side))


@cache
def _traditional() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")


Change = Callable[[random.Random, Text, Clean], Text]
NOISE: dict[str, Change] = {
    "misaligned": _misaligned,
    "swapped": lambda rng, pair, clean: (pair[1], pair[0]),
    "wrong_language": _wrong_language,
    "number_changed": _number_changed,
    "truncated": _truncated,
    "duplicated": lambda rng, pair, clean: pair,
    "near_duplicated": _near_duplicated,
    "mojibake": _mojibake,
    "markup": _markup,
    "boilerplate": lambda rng, pair, clean: rng.choice(BOILERPLATE),
    "caps": lambda rng, pair, clean: (pair[0].upper(), pair[1]),
    "repeated": _repeated,
    "untranslated": lambda rng, pair, clean: (pair[0], pair[0]),
    "traditional": lambda rng, pair, clean: (pair[0], _traditional().convert(pair[1])),
    "bomb": _bomb,
    "controls": _controls,
}
