"""Quantities of a Chinese text: figures and Han numerals with 万 and 亿, per cent, 倍, 成, 分之, ordinals."""

import math
import re

from .quantities_en import SCALES
from .quantity import FIGURE, NOISE, SCIENTIFIC, SIGN, TIMES, Quantity, Reader, Reading, figure, read, scientific

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "壹": 1}
_STEPS = {"十": 10.0, "百": 100.0, "千": 1e3, "万": 1e4, "亿": 1e8}
_DIGIT = "[零〇一二两三四五六七八九壹]"
# 两 is a digit only in front: 五十两 is fifty taels. 廿 and 卅 are 二十 and 三十.
_HAN = (
    "(?:[零〇一二两三四五六七八九十百千万亿壹廿卅]"
    "(?:[零〇一二三四五六七八九十千万亿]|百(?!分[位点比])|两(?=[百千万亿])|[多余几](?=[万亿])|点(?=[零〇一二三四五六七八九])){0,24})"
)
# Not followed by what would make the last step part of another word: 三千米 is three kilometres, 百分 per cent.
_STEP = r"(?:[十百千万亿]|(?<=[0-9])[ ](?:万|亿|百万|千万))"
_MIXED = rf"{FIGURE}[余多几+]?{_STEP}{{1,3}}(?!分之)(?:{FIGURE}{_STEP}{{1,2}}){{0,3}}"
_AFTER = r"[多余几来]?[ ]?"
# A Han numeral claims a count only before one of these.
_CLASSIFIERS = (
    "(?:大|小)?(?:[个种项类组步层次名位篇条款套只台辆张幅段句轮代级维年天日周秒米倍家座场门部本]"
    "|节|章|件|支|颗|届|阶段|小时|分钟|公里|千米|千克|公斤|吨|毫秒|方面|任务|数据集|模型|基准|语言|领域|模块|指标|挑战|人|岁|月|份)"
)
# Words that bear a Han numeral and state no quantity. (一 is left out: it never claims anything.)
_IDIOMS = (
    "统一|唯一|单一|同一|万一|十分|三星|三角|三明治|三者|三元|四元|五角|四川|四面八方|四舍五入|五花八门|七上八下|乱七八糟|千变万化|千差万别"
    "|成千上万|成百上千|百科|百度|百分位|百姓|千兆|千方百计|万能|万物|万维|万圣|万花筒|百万富翁|千禧|双三次|一成不变|二进制|十进制"
    "|十六进制|八进制|二次|二元|二分|二叉|二值|二阶|二者|二手|二维码|两者|两极|双十一|十字|十足|十四行诗|九宫|四季|三次元|二次元|三体|三方"
    "|四周|一二三|三三两两|再三|九牛|九州|八卦|六西格玛|五官|零样本|零次|零和|零日|零售|零件|归零|零散|零碎|点云"
)

# Where something may begin: a figure, a Han numeral, an idiom, a name (see NOISE), a list mark.
_FIRST = "零〇一二两三四五六七八九十百千万亿壹廿卅世上首第数几多个成翻加双半民好" + "".join(
    word[0] for word in _IDIOMS.split("|")
)

_GRAMMAR = re.compile(
    rf"""
    (?:(?=[0-9.+[({_FIRST}-])|(?<![A-Za-z0-9\\])(?=[A-Za-z])|(?m:^)(?=[ ]))(?:
    (?P<era>(?:(?P<century>(?:{FIGURE}|{_HAN}))[ ]?世纪|上个?世纪|世纪)(?P<tens>[0-9]0|[二三四五六七八九]?十)[ ]?年代)
  | (?P<decade>(?:(?<![0-9])[0-9]{{2,4}}|[二三四五六七八九]十)(?=[ ]?年代))
  | (?P<sci>{SIGN}{SCIENTIFIC})
  | (?P<skip>{NOISE})
  | (?P<magnitude>(?:{FIGURE}|{_HAN}|[数几])?[ ]?(?:多)?个?[ ]?数量级)
  | (?P<month>(?<![0-9.])(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])(?=[ ]?(?:[-/、至到][0-9]{{1,2}})?月))
  | (?P<republic>民国(?P<since>元|{FIGURE}|{_HAN})[ ]?年)
  | (?P<share>百分之百|百分百|(?P<below>{_MIXED}|{FIGURE}|{_HAN})[ ]?分之[ ]?(?P<above>{FIGURE}|{_HAN}))
  | (?P<tenths>(?:(?<![统唯单同归合融任])一|[二两三四五六七八九])成(?:[一二三四五六七八九半](?![个种项]))?
      (?!不变|[为了功本员果分熟立长像对就人千百型形组交名见群套品绩因份效语年图]))
  | (?P<vague>(?:数以|好几|几
      |(?<![参函整指系个多人次维变总基倍无复约实常计])数|(?<![以之])上(?!十))[ ]?[十百千万亿]{{1,3}}(?!分)计?
      |成千上万|成百上千|[十百千万亿](?=[几余]))
  | (?P<idiom>{_IDIOMS}|{_DIGIT}{{1,3}}(?:面体|边形|角形|行诗|分位|重奏)|十[一二三四五六七八九](?:面体|边形|行诗))
  | (?P<rank>第[ ]?(?P<place>{FIGURE}|{_HAN}))
  | (?P<first>首[次个先批篇届创款])
  | (?P<ratio>(?<![\w./]){FIGURE}/{FIGURE}(?![/A-Za-z0-9]|\.[0-9]))
  | (?P<figure>(?P<digits>{SIGN}(?:{_MIXED}|{FIGURE}))
      (?:[ -]?(?P<by>(?i:thousand|million|billion|trillion|bn|tn)(?![A-Za-z]))
        |(?P<gap>[ ]?)(?P<letter>[kKMBTm])(?![A-Za-z0-9]))?
      (?:(?P<percent>{_AFTER}(?:\$?[ ]?\\?%|个?百分点|个?百分比|percent\b))
        |(?P<times>{_AFTER}(?:倍|{TIMES}(?![A-Za-z0-9*])(?![ ]?[0-9])))
        |(?=(?P<glued>[A-Za-z]{{1,12}}))|(?=[ ]?(?P<year>年)))?)
  | (?P<off>(?<![零〇一二两三四五六七八九十])[一二三四五六七八九])(?=折(?![叠痕射线中磨腾算旧断扣交]))
  | (?P<words>(?P<han>{_HAN})(?:(?P<plus>个半(?=多?小时|钟头|月|星期|世纪|[^\u4e00-\u9fff]|$)
      |(?=(?:[年天周倍杯]|个月)半))
      |(?P<han_percent>{_AFTER}个?百分[点比])|(?P<han_times>{_AFTER}倍)
      |(?=(?P<counted>{_AFTER}{_CLASSIFIERS})))?)
  | (?P<double>翻了?(?:(?P<doublings>[一两二三四])番|[番倍])|加倍|双倍|成倍)
  | (?P<half>半(?![监结导径球透]))
    )""",
    re.VERBOSE,
)
_TAIL = re.compile("([百千万亿])([一二三四五六七八九])$")
_TWINS = re.compile("(?<![零〇一二三四五六七八九])[一二两三四五六七八九]{2}(?![零〇一二三四五六七八九点])")
_LINK = re.compile(r"[ ]?(?:-|~|,|/|、|到|至|和|或|与|及|to)[ ]?")


def _han(text: str) -> float:
    """The value of a Han numeral, in steps (二十六) or digit by digit (二〇一五)."""
    text = re.sub("[多余几]", "", text.replace("廿", "二十").replace("卅", "三十"))
    whole, _, decimals = text.partition("点")
    if decimals:
        tail = decimals.rstrip("十百千万亿")
        value = _han(whole) + float("0." + "".join(str(_DIGITS.get(char, 0)) for char in tail))
        return value * math.prod(_STEPS[step] for step in decimals[len(tail) :])
    if all(char in _DIGITS for char in text):
        return float("".join(str(_DIGITS[char]) for char in text) or 0)
    total = part = digit = 0.0  # whole 万 and 亿; the thousands after them; a digit that awaits its step
    for char in text:
        step = _STEPS.get(char, 0.0)
        if not step:
            digit = float(_DIGITS[char])
        elif step < 1e4:
            part, digit = part + (digit or 1.0) * step, 0.0
        elif step == 1e4:
            total, part, digit = total + (part + digit or 1.0) * step, 0.0, 0.0
        else:
            total, part, digit = (total + part + digit or 1.0) * step, 0.0, 0.0
    return total + part + digit


def _value(text: str) -> float:
    """The value of a figure, a Han numeral, or a figure with Chinese steps (1亿2000万)."""
    if text.isdigit():
        return float(text)
    if not re.search("[0-9]", text):
        return _han(text)
    terms = re.findall(rf"([-+]?{FIGURE})[余多几+ ]?([十百千万亿]*)", text)
    return sum(figure(number) * math.prod(_STEPS[step] for step in steps) for number, steps in terms)


def _figure(match: re.Match[str]) -> Reading:
    """A figure with what is attached to it: 万 or 亿, an English scale, per cent, 倍."""
    value, scale = _value(match["digits"]), 1.0
    also: tuple[float, ...] = ()
    if match["digits"][-1] in _STEPS and (steps := re.search("[十百千万亿]{1,4}$", match["digits"])):
        scale = math.prod(_STEPS[step] for step in steps[0])
    elif match["year"] and 10 <= value < 100:
        also = (1900 + value, 2000 + value)
    elif match["letter"] == "m":  # metres, or millions
        also = (value * 1e6,)
    elif name := match["by"] or match["letter"]:
        scale = SCALES[name.lower()]
        also = (value,) if match["gap"] or match["letter"] == "K" else ()  # "3K" may be kelvin
        also += (value * 1024,) if match["letter"] in ("k", "K") else ()
        value *= scale
    if match["percent"]:
        return Reading("percent", value)
    if match["times"]:
        return Reading("multiple", value)
    return Reading("number", value, bool(match["glued"]) and match["glued"][-1:] == "D", also, scale)


def _words(match: re.Match[str]) -> Reading:
    """A Han numeral. It claims a count only with a classifier, or if it is built of several characters."""
    text = match["han"]
    value = _han(text)
    if match["han_percent"]:
        return Reading("percent", value)
    if match["han_times"]:
        return Reading("multiple", value)
    if match["plus"] is not None:  # 三个半, 三年半
        return Reading("number", value + 0.5, True, (value,))
    if twins := _TWINS.search(text):  # 三四个: three or four; 十七八: 17 or 18; but 九五年 is a year
        either = [_han(text[: twins.start()] + char + text[twins.end() :]) for char in twins[0]]
        return Reading("number", value, True, (*either, 1900 + value, 2000 + value))
    built = len(text) > 1 and any(char in _STEPS for char in text)
    claims = value > 2 and text[0] not in "百千万亿" and (built or bool(match["counted"]))
    scale = _STEPS[text[-1]] if text[-1] in "万亿" and len(text) > 1 else 1.0
    tail = _TAIL.search(text)  # 一万二 is 12000
    also = (value + _DIGITS[tail[2]] * (_STEPS[tail[1]] / 10 - 1),) if tail else ()
    return Reading("number", value, not claims, also, scale)


def _off(match: re.Match[str]) -> Reading:
    """A price of so many tenths: 八折 is 80 per cent, or 20 per cent off; 五折 is also fivefold."""
    tenths = float(_DIGITS[match["off"]])
    return Reading("number", tenths, True, (10 * tenths, 100 - 10 * tenths, tenths / 10, 1 - tenths / 10))


def _share(match: re.Match[str]) -> Reading | None:
    """A fraction, or per cent if it is of a hundred."""
    if not match["below"]:
        return Reading("percent", 100.0)
    below, above = _value(match["below"]), _value(match["above"])
    if not below:
        return None
    if match["below"] == "百":
        return Reading("percent", above)
    return Reading("number", above / below, False, (round(above / below, 2), round(above / below, 3)))


def _tenths(match: re.Match[str]) -> Reading:
    """三成 is thirty per cent, 三成五 thirty-five."""
    whole, _, rest = match["tenths"].partition("成")
    return Reading("percent", 10.0 * _DIGITS[whole] + (5 if rest == "半" else _DIGITS.get(rest, 0)))


def _era(match: re.Match[str]) -> Reading:
    """A decade with its century: 20世纪90年代 is 1990, and 90."""
    century = _value(match["century"]) if match["century"] else 20.0
    tens = _value(match["tens"])
    return Reading("number", 100 * (century - 1) + tens, False, (tens,))


def _decade(match: re.Match[str]) -> Reading:
    """A decade: 90年代 is 90, 1990年代 is 1990, and 90."""
    year = _value(match["decade"])
    return Reading("number", year, year < 100, (year % 100,))


def _republic(match: re.Match[str]) -> Reading:
    """A year of the Republic: 民国六十四年 is 1975."""
    year = 1.0 if match["since"] == "元" else _value(match["since"])
    return Reading("number", 1911 + year, False, (year,))


def _rank(match: re.Match[str]) -> Reading:
    """An ordinal; the first three are too idiomatic (第三方) to claim anything."""
    place = _value(match["place"])
    return Reading("ordinal", place, place <= 3 or _TWINS.search(match["place"]) is not None)


def _ratio(match: re.Match[str]) -> Reading:
    """A fraction in figures."""
    above, below = match["ratio"].split("/")
    return Reading("number", figure(above) / figure(below) if figure(below) else 0.0)


_READERS: dict[str, Reader] = {
    "era": _era,
    "decade": _decade,
    "sci": lambda m: Reading("number", scientific(m["sci"])),
    "magnitude": lambda m: Reading("vague", 10.0),
    "month": lambda m: Reading("number", _value(m["month"]), True),
    "republic": _republic,
    "share": _share,
    "tenths": _tenths,
    "vague": lambda m: Reading("vague", _han("".join(char for char in m["vague"] if char in _STEPS))),
    "rank": _rank,
    "first": lambda m: Reading("ordinal", 1.0, True),
    "ratio": _ratio,
    "figure": _figure,
    "words": _words,
    "double": lambda m: Reading("multiple", 2.0 ** _DIGITS[m["doublings"] or "一"]),
    "off": _off,
    "half": lambda m: Reading("number", 0.5, True),
}


def quantities_zh(text: str) -> list[Quantity]:
    """The quantities a Chinese text states, in text order, without overlap.

    >>> [(q.kind, q.value, q.text) for q in quantities_zh("用3.2万张图像训练，快三倍，统一评测")]
    [('number', 32000.0, '3.2万'), ('multiple', 3.0, '三倍')]
    """
    return read(text, _GRAMMAR, _READERS, _LINK)
