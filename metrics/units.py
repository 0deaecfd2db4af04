"""Units beside numbers, and what one is worth in another of its dimension."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .quantity import Quantity, fold

_CALENDAR = 1000  # from here on 年 names a year, it does not count years


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its English name, its dimension, and how many of the dimension's base unit it is worth.

    `factor` is 0 where one can not be had from another by multiplication (currencies, temperatures). `zh` is what
    Chinese calls it, `rounded` true if conversions of it are rounded.
    """

    name: str
    dimension: str
    factor: float
    zh: str
    rounded: bool = False


# Dimension, then name | factor | English forms | Chinese forms. The first Chinese form is shown to users.
_TABLE = """
time
  ns | 1e-9 | ns nanosecond nanoseconds | 纳秒
  µs | 1e-6 | us µs μs microsecond microseconds | 微秒
  ms | 1e-3 | ms msec millisecond milliseconds | 毫秒
  s | 1 | s sec secs second seconds | 秒 秒钟
  min | 60 | min mins minute minutes m | 分钟 分
  h | 3600 | h hr hrs hour hours | 小时 钟头
  day | 86400 | day days | 天 日
  week | 604800 | week weeks | 周 星期 礼拜
  month | 2629800 | month months | 个月
  year | 31557600 | year years yr yrs | 年
  decade | 315576000 | decade decades | 个十年
  century | 3155760000 | century centuries | 个世纪
length
  nm | 1e-9 | nm nanometer nanometers nanometre nanometres | 纳米
  µm | 1e-6 | um µm μm micrometer micrometers micrometre micrometres micron microns | 微米
  mm | 1e-3 | mm millimeter millimeters millimetre millimetres | 毫米
  cm | 1e-2 | cm centimeter centimeters centimetre centimetres | 厘米 公分
  m | 1 | m meter meters metre metres | 米 公尺
  km | 1000 | km kilometer kilometers kilometre kilometres | 公里 千米
  mile! | 1609.344 | mile miles | 英里
  foot! | 0.3048 | foot feet ft | 英尺
  inch! | 0.0254 | inch inches | 英寸
  yard! | 0.9144 | yard yards | 码
mass
  µg | 1e-6 | ug µg μg microgram micrograms | 微克
  mg | 1e-3 | mg milligram milligrams | 毫克
  g | 1 | g gram grams | 克
  kg | 1000 | kg kilogram kilograms kilo kilos | 公斤 千克
  t | 1e6 | ton tons tonne tonnes | 吨
  pound! | 453.6 | pound pounds lb lbs | 磅
  ounce! | 28.35 | ounce ounces oz | 盎司
  jin! | 500 | jin catty catties | 斤
volume
  mL | 1e-3 | mL ml milliliter milliliters millilitre millilitres | 毫升
  L | 1 | liter liters litre litres | 升
  gallon! | 3.785 | gallon gallons | 加仑
area
  hectare! | 1e4 | hectare hectares | 公顷
  acre! | 4047 | acre acres | 英亩
frequency
  Hz | 1 | Hz hertz | 赫兹 赫
  kHz | 1e3 | kHz KHz kilohertz | 千赫兹 千赫
  MHz | 1e6 | MHz megahertz | 兆赫兹 兆赫
  GHz | 1e9 | GHz gigahertz | 吉赫兹 吉赫 千兆赫
  THz | 1e12 | THz terahertz | 太赫兹 太赫
storage
  B | 1 | byte bytes | 字节
  KB | 1e3 | kB KB kilobyte kilobytes KiB | 千字节
  MB | 1e6 | MB megabyte megabytes MiB | 兆字节 兆
  GB | 1e9 | GB gigabyte gigabytes GiB | 吉字节 千兆字节
  TB | 1e12 | TB terabyte terabytes TiB | 太字节
  PB | 1e15 | PB petabyte petabytes PiB | 拍字节
data rate
  Kbps | 1e3 | kbps Kbps kbit/s | 千比特每秒
  Mbps | 1e6 | Mbps Mbit/s | 兆比特每秒
  Gbps | 1e9 | Gbps Gbit/s | 吉比特每秒
power
  mW | 1e-3 | mW milliwatt milliwatts | 毫瓦
  W | 1 | W watt watts | 瓦 瓦特
  kW | 1e3 | kW kilowatt kilowatts | 千瓦
  MW | 1e6 | MW megawatt megawatts | 兆瓦
  GW | 1e9 | GW gigawatt gigawatts | 吉瓦
energy
  Wh | 3600 | Wh | 瓦时
  cal | 4.184 | calorie calories | 卡路里 卡
  kcal | 4184 | kcal kilocalorie kilocalories | 千卡 大卡
  J | 1 | joule joules | 焦耳 焦
  kJ | 1e3 | kJ kilojoule kilojoules | 千焦 千焦耳
  kWh | 3.6e6 | kWh | 千瓦时
  MWh | 3.6e9 | MWh | 兆瓦时
  eV | 1.602e-19 | eV | 电子伏 电子伏特
  keV | 1.602e-16 | keV | 千电子伏
  MeV | 1.602e-13 | MeV | 兆电子伏
  GeV | 1.602e-10 | GeV | 吉电子伏
voltage
  mV | 1e-3 | mV millivolt millivolts | 毫伏
  V | 1 | volt volts | 伏 伏特
  kV | 1e3 | kV kilovolt kilovolts | 千伏
pressure
  Pa | 1 | Pa pascal pascals | 帕 帕斯卡
  kPa | 1e3 | kPa | 千帕
  MPa | 1e6 | MPa | 兆帕
  GPa | 1e9 | GPa | 吉帕
temperature
  °C | 0 | °C ℃ celsius | 摄氏度
  °F | 0 | °F ℉ fahrenheit | 华氏度
  kelvin | 0 | kelvin kelvins | 开尔文
money
  USD | 0 | dollar dollars USD | 美元 美金
  EUR | 0 | euro euros EUR | 欧元
  GBP | 0 | pound pounds GBP | 英镑
  JPY | 0 | yen JPY | 日元 日圆
  CNY | 0 | yuan RMB CNY renminbi | 元 人民币 块钱
  HKD | 0 | HKD | 港元 港币
"""
# A Chinese unit is none before these: 分类 is a class, 年代 a decade.
_NOT_BEFORE = {
    "分": "之类别布为成段层组支数割解析辨位享开", "日": "本常志语", "天": "然空气线", "周": "期围边", "米": "饭尔",
    "克": "服拉隆里罗", "升": "级高至到温降",
    "年": "代级龄轻", "瓦": "片解", "码": "率字流本", "元": "素组件宇数语音文学模",
    "兆": "像", "赫": "尔", "伏": "特笔", "磅": "礴", "卡": "尔车片通路", "帕": "金尔斯累", "焦": "点虑距耳炭",
}  # fmt: skip
_SIGNS = {"US$": "USD", "$": "USD", "€": "EUR", "£": "GBP"}  # ¥ is of two countries


def _read() -> tuple[dict[str, tuple[Unit, ...]], dict[str, tuple[Unit, ...]]]:
    """Units by English and by Chinese form."""
    en: dict[str, tuple[Unit, ...]] = {}
    zh: dict[str, tuple[Unit, ...]] = {}
    dimension = ""
    for line in _TABLE.strip().split("\n"):
        if not line.startswith(" "):
            dimension = line
            continue
        name, factor, forms_en, forms_zh = (cell.strip() for cell in line.split("|"))
        first = forms_zh.split()[0]
        unit = Unit(name.rstrip("!"), dimension, float(factor), first, name.endswith("!"))
        for form in forms_en.split():
            en[form] = (*en.get(form, ()), unit)
        for form in forms_zh.split():
            zh[form] = (*zh.get(form, ()), unit)
    return en, zh


_EN, _ZH = _read()
_HAN = "|".join(
    form + (f"(?![{_NOT_BEFORE[form]}])" if form in _NOT_BEFORE else "")
    for form in sorted(_ZH, key=lambda form: (-len(form), form))
)
_LATIN = r"(?P<latin>[A-Za-zµμ°℃℉]{1,14}(?:/s(?![A-Za-z]))?)(?![A-Za-z0-9])"
_AFTER_EN = re.compile(rf"(?:[ -]|\\,|~)?(?:an?[ ]|degrees?[ ])?{_LATIN}")
_AFTER_ZH = re.compile(rf"[ ]?[多余来]?(?:个?(?P<han>{_HAN})|{_LATIN})")
_BEFORE = re.compile(r"(?<![A-Za-z$\\])(?:US\$|[$€£])$")
_FORMULA = re.compile(r"[^$]{0,60}\$(?![0-9])|[^$]{0,60}\\")  # what follows a number that a formula begins with


def units_en(text: str, quantities: Iterable[Quantity]) -> dict[Quantity, tuple[Unit, ...]]:
    """The units that each quantity of an English text may have, for those that have one.

    >>> from .quantities_en import quantities_en
    >>> text = "a pipe of 2,000 m for $30"
    >>> [[unit.name for unit in units] for units in units_en(text, quantities_en(text)).values()]
    [['min', 'm'], ['USD']]
    """
    found: dict[Quantity, tuple[Unit, ...]] = {}
    for quantity in quantities:
        end = quantity.span[1]
        units: tuple[Unit, ...] = ()
        if sign := _sign(text, quantity):
            units = _EN[sign]
        elif quantity.text.endswith("m"):  # "2,000 m" may be millions too
            units = _EN["m"]
        elif quantity.kind == "number" and (after := _AFTER_EN.match(text, end)):
            units = _latin(after["latin"])
        if units:
            found[quantity] = units
    return found


def units_zh(text: str, quantities: Iterable[Quantity]) -> dict[Quantity, tuple[Unit, ...]]:
    """The units that each quantity of a Chinese text may have, for those that have one.

    >>> from .quantities_zh import quantities_zh
    >>> [units[0].name for units in units_zh("两公里", quantities_zh("两公里")).values()]
    ['km']
    """
    found: dict[Quantity, tuple[Unit, ...]] = {}
    folded = fold(text)
    for quantity in quantities:
        end = quantity.span[1]
        units: tuple[Unit, ...] = ()
        if quantity.text.endswith("m"):
            units = _EN["m"]
        elif quantity.kind == "number" and (after := _AFTER_ZH.match(folded, end)):
            units = _ZH[after["han"]] if after["han"] else _latin(after["latin"])
        if not units and (sign := _sign(folded, quantity)):
            units = _EN[sign]
        if units and not (units[0].name == "year" and quantity.value >= _CALENDAR):
            found[quantity] = units
    return found


def _sign(text: str, quantity: Quantity) -> str:
    """The currency whose sign stands before the number, "" if there is none or a formula begins."""
    start, end = quantity.span
    sign = _BEFORE.search(text, max(0, start - 5), start) if quantity.kind == "number" else None
    return _SIGNS[sign[0]] if sign and not _FORMULA.match(text, end) else ""


def _latin(word: str) -> tuple[Unit, ...]:
    """The units a Latin word or symbol names; words may be capitalized, symbols may not."""
    return _EN.get(word) or (_EN.get(word.lower(), ()) if len(word) > 4 else ())
