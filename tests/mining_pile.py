"""Documents about a river for tests of mining: English, and Chinese that tells of the same things in its own way."""

_THINGS = [
    ("otter", "水獭"),
    ("otter colony", "水獭群"),
    ("stone bridge", "石桥"),
    ("suspension bridge", "吊桥"),
    ("tea house", "茶馆"),
    ("oolong tea", "乌龙茶"),
    ("ferry", "渡船"),
    ("lantern", "灯笼"),
    ("bamboo raft", "竹筏"),
    ("GPS receiver", "GPS 接收机"),
]
_SAID_EN = [
    "The {} was painted yesterday.",
    "Nobody, they say, sold a {}!",
    "Each {} (in the morning) smells of mint.",
    "Grandmother dreams about every {}.",
    "Rain fell on the {}, then stopped.",
]
_SAID_ZH = [
    "昨天刷了{}，很好看。",
    "听说{}不卖。",
    "早晨的空气里，{}，薄荷味。",
    "奶奶梦见{}。",
    "雨落在{}上，停了。",
    "{}，真好。",
]


def pile(size: int = 60) -> list[tuple[str, str]]:
    """Documents of three things each, always the same ones; the two sides say what they say independently."""
    made = []
    for k in range(size):
        chosen = [(k * k + 3 * k) % 10, (k // 2 + 4) % 10, (7 * k + k // 5) % 10]
        en = [_SAID_EN[(k + i) % 5].format(_THINGS[i][0]) for i in chosen]
        zh = [_SAID_ZH[(5 * k + 2 * i) % 6].format(_THINGS[i][1]) for i in reversed(chosen)]
        made.append((" ".join(en), "".join(zh)))
    return made
