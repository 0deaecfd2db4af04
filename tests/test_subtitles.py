"""SRT: cues and their places, two languages in one file, two files matched by time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora.errors import DuizhaoError, InputError
from duizhao.corpora.rows import Table
from duizhao.corpora.subtitles import read_srt, read_srt_pair


def texts_of(table: Table) -> list[dict[str, str]]:
    return [{cell.name: cell.text for cell in row} for row in table.rows]


BOTH = """1
00:00:01,000 --> 00:00:02,500
<i>一只海獭</i>
{\\an8}An otter

2
00:00:03.000 --> 00:00:04.500  X1:10 X2:20
It sleeps
by the river
它在河边
睡着了
"""


def test_both_languages_in_one_file() -> None:
    table = read_srt(BOTH, "a.srt")
    assert [[tuple(cell) for cell in row] for row in table.rows] == [
        [
            ("en", "An otter", 4, 1),
            ("zh", "一只海獭", 3, 1),
            ("start", "00:00:01,000", 2, 1),
            ("end", "00:00:02,500", 2, 18),
        ],
        [
            ("en", "It sleeps by the river", 8, 1),
            ("zh", "它在河边睡着了", 10, 1),
            ("start", "00:00:03.000", 7, 1),
            ("end", "00:00:04.500", 7, 18),
        ],
    ]
    assert (table.format, table.notes) == ("SRT", ("3 formatting tags were removed",))
    assert read_srt(BOTH.replace("\n", "\r\n"), "a.srt") == table


def cue(lines: str) -> str:
    return f"1\n00:00:01,000 --> 00:00:02,000\n{lines}\n"


SIDES = [
    ("An otter\n海獭", {"en": "An otter", "zh": "海獭"}, []),
    ("海獭", {"zh": "海獭"}, ["1 cues are in one language only"]),
    ("Otter", {"en": "Otter"}, ["1 cues are in one language only"]),
    ("42!", {"en": "42!"}, ["1 cues are in one language only"]),
    ("- 你好\n...\n- Hello\n...", {"zh": "- 你好...", "en": "- Hello ..."}, []),
    ("...\n你好\nHello", {"zh": "...你好", "en": "Hello"}, []),
    ("My name is 獭\n我的名字是海獭", {"en": "My name is 獭", "zh": "我的名字是海獭"}, []),
    ("Hello there\n獭 Mr Otter is here", {"en": "Hello there", "zh": "獭 Mr Otter is here"}, []),
    ("a < b > c\n甲", {"en": "a < b > c", "zh": "甲"}, []),
    ('<FONT color="#ff0">Tea</FONT>\n<b>茶</b>', {"en": "Tea", "zh": "茶"}, ["4 formatting tags were removed"]),
    ("Tea\n\n茶", {"en": "Tea", "zh": "茶"}, []),
    ("a\u2028b\n甲\x0b乙", {"en": "a\u2028b", "zh": "甲\x0b乙"}, []),
]


@pytest.mark.parametrize(("lines", "texts", "notes"), SIDES)
def test_sides(lines: str, texts: dict[str, str], notes: list[str]) -> None:
    table = read_srt(cue(lines), "a.srt")
    assert texts_of(table) == [texts | {"start": "00:00:01,000", "end": "00:00:02,000"}]
    assert list(table.notes) == notes


LENIENT = [
    "1\n00:00:01,000 --> 00:00:02,000\nTea\n\n2\n00:00:03,000 --> 00:00:04,000\nBridge\n",
    "00:00:01,000 --> 00:00:02,000\nTea\n00:00:03,000 --> 00:00:04,000\nBridge",
    "\n\n7\n00:00:01,000 --> 00:00:02,000\nTea\n\n\n\n7\n00:00:03,000 --> 00:00:04,000\n\nBridge\n\n",
    "1\n00:00:01,000 --> 00:00:02,000\nTea\n2\n00:00:03,000 --> 00:00:04,000\nBridge\n",
    "  1 \n00:00:01,000 --> 00:00:02,000 \n  Tea  \n\n2\n00:00:03,000 --> 00:00:04,000\nBridge\n",
]


@pytest.mark.parametrize("text", LENIENT)
def test_sloppy_files_read_the_same(text: str) -> None:
    assert texts_of(read_srt(text, "a.srt")) == [
        {"en": "Tea", "start": "00:00:01,000", "end": "00:00:02,000"},
        {"en": "Bridge", "start": "00:00:03,000", "end": "00:00:04,000"},
    ]


def test_cues_without_text_are_counted() -> None:
    table = read_srt(cue("<i></i>\n") + "\n2\n0:0:3 --> 0:0:4\nTea\n茶\n", "a.srt")
    assert texts_of(table) == [{"en": "Tea", "zh": "茶", "start": "0:0:3", "end": "0:0:4"}]
    assert table.notes == ("2 formatting tags were removed", "1 cues without text were skipped")


REFUSED = [
    ("", "a.srt: no cue; wanted times as in 00:00:01,000 --> 00:00:02,500"),
    ("An otter\n海獭\n", "a.srt: no cue"),
    (
        "Otters\n1\n00:00:01,000 --> 00:00:02,000\nTea\n",
        "a.srt:1: text before the first cue; wanted a number and times",
    ),
    ("1\n00:00:01,000 --> soon\nTea\n", "a.srt:2: times '00:00:01,000 --> soon'; wanted times as in"),
    ("1\n00:01,000 --> 00:02,000\nTea\n", "a.srt:2: times '00:01,000 --> 00:02,000'"),
    ("1\n00:00:02,000 --> 00:00:01,000\nTea\n", "a.srt:2: a cue that ends before it begins (00:00:02,000"),
    (cue("Tea") + "\n2\nBridge\n", "a.srt:5: cue 2 without times; wanted times below the number"),
    (cue("Tea") + "\n2\n", "a.srt:5: cue 2 without times"),
    (cue("Tea\nif a --> b"), "a.srt:4: times 'if a --> b'"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_srt(text, "a.srt")
    assert str(caught.value).startswith(message)
    with pytest.raises(InputError) as caught:
        read_srt_pair(cue("Tea"), text, "en.srt", "a.srt")
    assert str(caught.value).startswith(message)


def stamp(milliseconds: int) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02},{rest:03}"


Cues = list[tuple[int, int, str]]


def srt(cues: Cues) -> str:
    return "\n".join(f"{n}\n{stamp(a)} --> {stamp(b)}\n{text}\n" for n, (a, b, text) in enumerate(cues, 1)) or "\n"


A, B, C = (0, 1000, "one"), (1000, 2000, "two"), (2000, 3000, "three")
GROUPS: list[tuple[str, Cues, Cues, list[tuple[str, str]]]] = [
    ("same times", [A, B], [(0, 1000, "一"), (1000, 2000, "二")], [("one", "一"), ("two", "二")]),
    ("a shift of 0.4 s", [A, B], [(400, 1400, "一"), (1400, 2400, "二")], [("one", "一"), ("two", "二")]),
    ("a shift of 0.6 s", [A, B], [(600, 1600, "一")], [("one", ""), ("two", "一")]),
    ("one to two", [(0, 2000, "one two")], [(0, 1000, "一"), (1000, 2000, "二")], [("one two", "一二")]),
    ("two to one", [A, B], [(0, 2000, "一二")], [("one two", "一二")]),
    ("two to two", [(0, 1500, "one"), (1500, 3000, "two")], [(0, 700, "一"), (700, 3000, "二")], [("one two", "一二")]),
    ("one missing", [A, B, C], [(0, 1000, "一"), (2000, 3000, "三")], [("one", "一"), ("two", ""), ("three", "三")]),
    ("one too many", [A, C], [(0, 1000, "一"), (1000, 2000, "二")], [("one", "一"), ("", "二"), ("three", "")]),
    ("other order in the file", [B, A], [(0, 1000, "一"), (1000, 2000, "二")], [("one", "一"), ("two", "二")]),
    ("no time at all", [(500, 500, "one")], [(0, 1000, "一")], [("one", "一")]),
    ("a sign over three", [(0, 3000, "SIGN"), A, B, C], [(0, 3000, "一二三")], [("one SIGN two three", "一二三")]),
]  # fmt: skip


@pytest.mark.parametrize(("en", "zh", "rows"), [row[1:] for row in GROUPS], ids=[row[0] for row in GROUPS])
def test_cues_matched_by_time(en: Cues, zh: Cues, rows: list[tuple[str, str]]) -> None:
    table = read_srt_pair(srt(en), srt(zh), "en.srt", "zh.srt")
    assert [(row.get("en", ""), row.get("zh", "")) for row in texts_of(table)] == rows


def test_rows_of_a_pair_of_files() -> None:
    english = srt([(0, 1000, "<i>one\ntwo</i>"), (1000, 2000, "three"), (8000, 9000, "four")])
    chinese = srt([(5000, 6000, "五"), (100, 2100, "一\n二")])
    table = read_srt_pair(english, chinese, "en.srt", "zh.srt")
    assert [[tuple(cell) for cell in row] for row in table.rows] == [
        [
            ("en", "one two three", 3, 1),
            ("zh", "一二", 7, 1),
            ("start", "00:00:00,000", 2, 1),
            ("end", "00:00:02,100", 6, 18),
        ],
        [("zh", "五", 3, 1), ("start", "00:00:05,000", 2, 1), ("end", "00:00:06,000", 2, 18)],
        [("en", "four", 12, 1), ("start", "00:00:08,000", 11, 1), ("end", "00:00:09,000", 11, 18)],
    ]
    assert table.notes == (
        "en.srt: 2 formatting tags were removed",
        "1 English and 1 Chinese cues have no partner in time",
    )


TIMES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6)), max_size=7)


@given(TIMES, TIMES)
def test_groups_are_what_they_are_said_to_be(en: list[tuple[int, int]], zh: list[tuple[int, int]]) -> None:
    """The sweep against the definition: join what contains the other's middle until nothing changes."""
    spans = [[(a * 1000, (a + d) * 1000) for a, d in side] for side in (en, zh)]
    groups = [{(side, n)} for side in (0, 1) for n in range(len(spans[side]))]
    for n, (a, b) in enumerate(spans[0]):
        for m, (c, d) in enumerate(spans[1]):
            if 2 * c <= a + b < 2 * d or 2 * a <= c + d < 2 * b:
                one = next(group for group in groups if (0, n) in group)
                two = next(group for group in groups if (1, m) in group)
                if one is not two:
                    one |= two
                    groups.remove(two)
    wanted = sorted(sorted(f"{'ab'[side]}{n}" for side, n in group) for group in groups)
    files = [srt([(*span, f"{'ab'[side]}{n}" + " 獭"[side]) for n, span in enumerate(spans[side])]) for side in (0, 1)]
    if not (en and zh):
        return
    found = texts_of(read_srt_pair(files[0], files[1], "en", "zh"))
    assert (
        sorted(sorted((row.get("en", "") + " " + row.get("zh", "").replace("獭", " ")).split()) for row in found)
        == wanted
    )


PIECES = st.sampled_from(
    ["1\n", "2\n", "00:00:01,000 --> 00:00:02,000\n", "0:0:1.5 --> 0:0:1\n", "-->", "\n", "\r\n", "Tea\n"]
)
PIECES |= st.sampled_from(["茶\n", "<i>", "</i>", "{\\an8}", "\ufeff", "٣\n", "²\n", "00:00:٣,000 --> 00:00:05,000\n"])


@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60))
def test_any_text_gives_a_table_or_our_error(text: str) -> None:
    for read in (lambda: read_srt(text, "a"), lambda: read_srt_pair(text, text, "a", "a")):
        try:
            table = read()
        except DuizhaoError as error:
            assert str(error).startswith("a:")
        else:
            lines = text.count("\n") + 1
            assert all(1 <= cell.line <= lines and cell.text for row in table.rows for cell in row)
