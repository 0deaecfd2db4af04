"""The page of scores: what it says, that no text can forge a part of it, and that its bytes are stable."""

import base64
import hashlib
import re
import subprocess
import sys
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from opened_pages import Parts
from scoreboards import board

from duizhao.metrics.score import BucketScore, Comparison, Flag, Score
from duizhao.metrics.scoreboard import Scoreboard
from duizhao.metrics.testset import TestSet
from duizhao.reports.marks import shown
from duizhao.reports.score_charts import histograms, interval_charts
from duizhao.reports.score_page import scores_page, scores_title

PAYLOADS = [
    "<script>pwn=1</script>",
    '"><svg onload=pwn=1>',
    "</script><script>pwn=1</script>",
    "</style></title></textarea></pre><img src=x onerror=pwn=1>",
    "' onmouseover='pwn=1",
    "javascript:pwn=1",
    "{{ 7*7 }}{% raw %}{# #}",
    "=1+1",
    "https://example.org/x",
    "&lt;b&gt;&#60;",
    "-->]]><!--",
    "::error::x%0A\u001b[31m\u202e\u2066\u200b\x00\x0b\x9b",
    "\ud800\udc80",
]
PLAIN = "plain"


def page_of(made: Scoreboard) -> str:
    return "".join(scores_page(made))


def with_text(text: str) -> Scoreboard:
    """The text in every field, of two systems and one metric."""
    names = [f"{text}a", f"{text}b"]
    testset = TestSet(
        {names[0]: (text, "茶"), names[1]: ("桥", text)}, ((text, "茶"), (None, text)), (text, text), "zh", (text, ""),
        (text, text), (text, text), (text, text), (text,),
    )  # fmt: skip
    scores = tuple(
        Score(text, 40.0 + n, text, (39.0, 43.0), 2, "quality", name, text, text) for n, name in enumerate(names)
    )
    return Scoreboard(
        testset,
        (text,),
        scores,
        (Comparison(text, names[1], names[0], 1.0, 0.01, 0.02, 1, 0, 1, text),),
        tuple(BucketScore(text, text, text, name, 40.0, 2, text) for name in names),
        {(text, name): np.array([10.0 + n, 20.0 - n]) for n, name in enumerate(names)},
        tuple(Flag(name, n, text, text, 0.5, 0.25) for n, name in enumerate(names)),
        notes=(text,),
        made_by={text: text},
    )


# Which words differ is no matter of safety, and depends on the words.
LOOSE = ("bdi", "mark", "i")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_makes_a_tag_or_an_attribute(payload: str) -> None:
    plain, hostile = Parts(page_of(with_text(PLAIN))), Parts(page_of(with_text(payload)))
    assert [tag for tag in hostile.tags if tag[0] not in LOOSE] == [tag for tag in plain.tags if tag[0] not in LOOSE]
    assert hostile.comments == [] == plain.comments
    assert {(tag, name) for tag, name, _ in hostile.values} <= {(tag, name) for tag, name, _ in plain.values}
    ours = {value for value in plain.values if PLAIN not in value[2]}
    forged = {value for value in hostile.values if value not in ours}
    # What is left are the few attributes that do hold data: what regions and cells are called.
    assert {(tag, name) for tag, name, _ in forged} <= {("div", "aria-label"), ("td", "data-label")}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_shown_as_text(payload: str) -> None:
    text = "".join(Parts(page_of(with_text(payload))).text)
    assert shown(payload).unescape() in text
    for character in "\x00\x0b\x1b\x9b\u202e\u2066\u200b\ud800":
        assert character not in text


def test_no_address_leaves_the_page() -> None:
    html = page_of(with_text("https://example.org/x"))
    for tag, name, value in Parts(html).values:
        if name in ("src", "href", "action", "srcset", "data", "poster", "xlink:href"):
            assert value.startswith("#") or (tag, value) == ("link", "data:,"), (tag, name, value)
    assert "url(" not in page_of(board()) and "@import" not in page_of(board())


def test_template_quotes_every_attribute() -> None:
    template = (files("duizhao.reports") / "templates" / "scores.html.j2").read_text(encoding="utf-8")
    assert not re.search(r"=\{[{%]", template) and "|safe" not in template
    assert "<script>{{ script }}</script>" in template and template.count("<script") == 1


def test_policy_holds_the_hash_of_the_script() -> None:
    html = page_of(board()).replace("&#39;", "'")
    (script,) = re.findall("<script>(.*?)</script>", page_of(board()), re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in html


@pytest.mark.parametrize("made", [board(), board(400), with_text("tea")], ids=["40", "400", "2"])
def test_links_lead_somewhere_and_ids_are_one_of_a_kind(made: Scoreboard) -> None:
    parts = Parts(page_of(made))
    ids = [value for _, name, value in parts.values if name == "id"]
    assert len(ids) == len(set(ids))
    assert {value[1:] for tag, name, value in parts.values if tag == "a" and name == "href"} <= set(ids)


def test_what_the_page_says() -> None:
    text = " ".join(" ".join(Parts(page_of(board())).text).split())
    for words in (
        "harbour is better than ferry-2, the next of 3: BLEU 80.6, +48.1, p = .004 after Holm.",
        "3 systems, 40 segments, against teahouse.zh. What the figures do not say .",
        "harbour 80.6 ± 2.4 23.3 ± 2.4 ferry-2 32.5 ± 2.4 ** 81.0 ± 2.4 **",
        "BLEU: harbour 80.6 (78.1 to 82.9), ferry-2 32.5 (30.0 to 34.8), 小舟 17.0 (14.5 to 19.3)",
        "nrefs:1|bs:1000|seed:12345|case:mixed|eff:no|tok:zh|smooth:exp|version:2.6.0|duizhao:0.0",
        "ferry-2 −48.1 ** worse, p = .004 2 / 38 / 0 +57.7 ** worse, p = .004 2 / 38 / 0",
        "BLEU by tag 2 buckets",
        "river 20 81.6 33.4 17.3",
        "BLEU of the segments of harbour: 25 to 30: 1 segment;",
        "7 to look at; they rank nothing",
        "empty 97% right on planted defects; by length alone 50% 0 0 4",
        "40 of 40 are shown",
        "ferry-2 better than harbour 2",
        "小舟 BLEU 0.0 TER 120.0 empty: nothing here (empty)",
        "There is one reference.",
        "小舟: 4 hypotheses are empty (lines 1, 14, 27, 40); scored as written.",
        "duizhao 0.0 target zh",
        "\\begin{tabular}{lrr} \\toprule System & BLEU $\\uparrow$",
        "| harbour | **80.6 ± 2.4** | **23.3 ± 2.4** |",
    ):
        assert words in text, words
    assert scores_title(board()) == "duizhao 对照: scores of 3 systems"


def test_a_segment_whole() -> None:
    (card,) = re.findall(r'<article class="segment" id="s3".*?</article>', page_of(board()), re.DOTALL)
    assert (
        'data-v="85.7143 66.6667 6.8966"' in card
        and '<a href="#s3">3</a> <span>tale-1</span> <span>river</span>' in card
    )
    assert '<p lang="en">At dawn, the tea merchant counts 2 leaves on the river.</p>' in card
    assert '<p lang="zh">黎明时分，茶商数着河上的2片叶子。</p>' in card
    assert '<p lang="zh"><mark>早上</mark>，<mark>茶老板</mark>数着河上的2片叶子。</p>' in card
    assert card.count("<h4>") == 5


def test_what_is_absent_has_no_section() -> None:
    made = board()
    bare = replace(made, comparisons=(), buckets=(), segments={}, flags=(), notes=(), made_by={})
    ids = {value for _, name, value in Parts(page_of(bare)).values if name == "id"}
    assert not ids & {"comparisons", "buckets", "histograms", "flags", "segments", "filters"}
    assert {"scores", "copy", "caveats", "made"} <= ids
    html = page_of(Scoreboard(TestSet({}, (), (), "en"), (), ()))
    assert "Nothing was scored." in html and "<table" not in html
    only_flags = page_of(replace(made, segments={}))
    assert "Flagged: empty" in only_flags and only_flags.count("<article") == 7


def test_all_pairs_make_a_matrix() -> None:
    made = board()
    names = list(made.testset.systems)
    extra = Comparison("BLEU", names[2], names[1], -15.5, 0.2, 0.4, 10, 20, 10, made.comparisons[0].signature)
    html = page_of(replace(made, comparisons=(*made.comparisons, extra)))
    text = " ".join(" ".join(Parts(html).text).split())
    assert "ferry-2 −48.1 ** worse, p = .004 2 / 38 / 0 +15.5 not sure, p = .40 20 / 10 / 10" in text
    assert html.count('<table class="matrix">') == 2


def test_many_buckets_are_cut_to_the_largest() -> None:
    made = board()
    buckets = tuple(BucketScore("record", f"r{n}", "BLEU", "harbour", 50.0, n, "x") for n in range(1, 41))
    html = page_of(replace(made, buckets=buckets))
    assert "The 30 with most segments are shown; the JSON output holds all." in html
    rows = [int(n) for n in re.findall(r'<th scope="row">r(\d+)</th>', html)]
    assert rows == list(range(11, 41))


def test_of_many_segments_those_worth_reading_are_shown() -> None:
    html = page_of(board(3000))
    (shown_count, left) = re.findall(r"([\d,]+) of 3,000 are shown, ([\d,]+) left out", html)[0]
    assert int(shown_count) + int(left.replace(",", "")) == 3000 and html.count("<article") == int(shown_count)
    assert len(html.encode("utf-8")) < 1_000_000


def test_long_texts_leave_the_page_small() -> None:
    made = board(300)
    long = {name: tuple(text * 400 for text in texts) for name, texts in made.testset.systems.items()}
    testset = replace(made.testset, systems=long, references=(tuple("水獭喝茶" * 900 for _ in range(300)),))
    html = page_of(replace(made, testset=testset))
    assert len(html.encode("utf-8")) < 3_000_000
    assert "Not every list is as long as it could be" in html


def test_charts() -> None:
    chart, lower = interval_charts(board())
    assert [dot.label for dot in chart.dots] == ["harbour", "ferry-2", "小舟"] and lower.lower_is_better
    assert [dot.best for dot in chart.dots] == [True, False, False]
    assert all(130 <= dot.start <= dot.x <= dot.end <= 330 for dot in (*chart.dots, *lower.dots))
    assert chart.dots[0].x > chart.dots[1].x > chart.dots[2].x
    assert [text for _, text in chart.ticks] == ["20", "40", "60", "80"]
    assert all(a[0] < b[0] for a, b in pairwise(chart.ticks))
    made = board()
    flat = replace(made, scores=tuple(replace(score, value=50.0, interval=None) for score in made.scores))
    assert len(interval_charts(flat)[0].ticks) >= 2


def test_histograms() -> None:
    made = board()
    values = np.array([0.0, 4.9, 5.0, 99.0, 100.0, 250.0, np.nan])
    (only,) = histograms(replace(made, segments={("BLEU", "harbour"): values}), "BLEU")
    assert [bar.title for bar in only.bars] == [
        "0 to 5: 2 segments",
        "5 to 10: 1 segment",
        "95 to 100 or more: 3 segments",
    ]
    assert [bar.height for bar in only.bars] == [46.7, 23.3, 70.0]
    (empty,) = histograms(replace(made, segments={("BLEU", "harbour"): np.array([np.nan])}), "BLEU")
    assert empty.bars == ()


def test_same_bytes_under_two_hash_seeds() -> None:
    code = (
        "import hashlib, sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from scoreboards import board\n"
        "from duizhao.reports.score_page import scores_page\n"
        "sys.stdout.write(hashlib.sha256(''.join(scores_page(board(300))).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, env={"PYTHONHASHSEED": seed, "PATH": ""}, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(seen) == 1 and len(seen.pop()) == 64
