"""vecalign's notation of beads: what is read, what is refused and where, and that writing loses nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.align.bead_file import Sides, check_indices, format_beads, read_beads
from duizhao.corpora import DuizhaoError, InputError

# Text, the beads as (Chinese, English) with the Chinese first in the file.
READ = [
    ("", []),
    ("\n \n", []),
    ("[0]:[0]", [((0,), (0,))]),
    ("[0, 1]:[0]\n[2]:[]\n[]:[1]\n", [((0, 1), (0,)), ((2,), ()), ((), (1,))]),
    ("[0,1] : [ 0 ]\r\n", [((0, 1), (0,))]),
    ("[0]:[0]:0.123\n[1]:[1]:\n[2]:[2]:a:b\n", [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]),
    ("[7]:[9]\n[2]:[1, 3]\n", [((7,), (9,)), ((2,), (1, 3))]),  # any order, and a sentence left out between
    ("[]:[]\n[0]:[0]\n", [((0,), (0,))]),
    ("[ ]:[007]\n", [((), (7,))]),
]


@pytest.mark.parametrize(("text", "beads"), READ)
def test_read(text: str, beads: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> None:
    assert [(bead.zh, bead.en) for bead in read_beads(text, "otter.beads", first="zh")] == beads
    assert [(bead.en, bead.zh) for bead in read_beads(text, "otter.beads", first="en")] == beads


LIKE = "wanted beads like [0, 1]:[0], sentences counted from 0"
REFUSED = [
    ("[0]:[0]\n[1]\n", f"otter.beads:2: '[1]'; {LIKE}"),
    ("0:0\n", f"otter.beads:1: '0'; {LIKE}"),
    ("[0]:1\n", f"otter.beads:1: '1'; {LIKE}"),
    ("\n[:]:[0]\n", f"otter.beads:2: '['; {LIKE}"),
    ("[0, ]:[0]\n", f"otter.beads:1: the index ''; {LIKE}"),
    ("[-1]:[0]\n", f"otter.beads:1: the index '-1'; {LIKE}"),
    ("[1.5]:[0]\n", f"otter.beads:1: the index '1.5'; {LIKE}"),
    ("[二]:[0]\n", f"otter.beads:1: the index '二'; {LIKE}"),
    ("[٣]:[0]\n", f"otter.beads:1: the index '٣'; {LIKE}"),
    (f"[{'9' * 5000}]:[0]\n", f"otter.beads:1: the index '{'9' * 39}…'; {LIKE}"),
    ("水獭在河边。\n", f"otter.beads:1: '水獭在河边。'; {LIKE}"),
    ("[0]:[0]\n[0]:[1]\n", "otter.beads:2: sentence 0 again, after line 1; wanted each sentence of a side once"),
    ("[0]:[4, 4]\n", "otter.beads:1: sentence 4 again, after line 1; wanted each sentence of a side once"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_beads(text, "otter.beads")
    assert str(caught.value) == message


INDICES = st.lists(st.integers(0, 40), unique=True, max_size=12)


@st.composite
def partitions(draw: st.DrawFn) -> list[Sides]:
    """Beads in which no sentence comes twice and none is empty on both sides."""
    left, right = draw(INDICES), draw(INDICES)
    beads = []
    while left or right:
        a = draw(st.integers(0, min(3, len(left))))
        b = draw(st.integers(0 if a or not right else 1, min(3, len(right)))) if right else 0
        a = a or (0 if b else 1)
        beads.append(Sides(tuple(left[:a]), tuple(right[:b])))
        left, right = left[a:], right[b:]
    return beads


@given(partitions(), st.sampled_from(["en", "zh"]))
def test_what_is_written_is_read_again(beads: list[Sides], first: str) -> None:
    side = "en" if first == "en" else "zh"
    assert read_beads(format_beads(beads, side), "b", side) == beads
    other = "zh" if side == "en" else "en"
    assert read_beads(format_beads(beads, side), "b", other) == [Sides(bead.zh, bead.en) for bead in beads]


def test_written_as_vecalign_does() -> None:
    beads = [Sides((0, 1), (0,)), Sides((), (1,)), Sides((2,), ())]
    assert format_beads(beads, first="en") == "[0, 1]:[0]\n[]:[1]\n[2]:[]\n"
    assert format_beads(beads) == "[0]:[0, 1]\n[1]:[]\n[]:[2]\n"
    assert format_beads([]) == ""


@given(st.text("[]0123:, \n\r-a一", max_size=60) | st.text(max_size=60))
def test_any_text_is_beads_or_refused(text: str) -> None:
    try:
        beads = read_beads(text, "b")
    except DuizhaoError:
        return
    assert read_beads(format_beads(beads), "b") == beads


def test_beads_of_another_text() -> None:
    beads = [Sides((0, 1), (0,)), Sides((4,), ())]
    check_indices(beads, "otter.beads", count_en=5, count_zh=1)
    check_indices([], "otter.beads", count_en=0, count_zh=0)
    do = "wanted beads of these two texts. Are the sides the other way round?"
    with pytest.raises(InputError, match=r"^otter\.beads: English sentence 4, where the text has 4; ") as caught:
        check_indices(beads, "otter.beads", count_en=4, count_zh=1)
    assert str(caught.value).endswith(do)
    with pytest.raises(InputError, match=r"^otter\.beads: Chinese sentence 0, where the text has 0; "):
        check_indices(beads, "otter.beads", count_en=5, count_zh=0)
