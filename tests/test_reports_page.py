"""The page: what it says, that nothing in a document can forge a part of it, and that its bytes are stable."""

import base64
import hashlib
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from opened_pages import Parts

from duizhao.corpora import Document, Leftover, Pair, Record
from duizhao.metrics import RULES, Entry, Example, Finding, Rendering, Score
from duizhao.reports import Result, page_title, render_html
from duizhao.reports.marks import document_side, marked, pair_side, shown

PAYLOADS = [
    "<script>pwn=1</script>",
    '"><svg onload=pwn=1>',
    "</script><script>pwn=1</script>",
    "</style></title></textarea><img src=x onerror=pwn=1>",
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
RULE_NAMES = {"T002", "C001", "F002"}


def build(word: str = PLAIN, count: int = 1, rule: str = "T002") -> Result:
    """A result with `word` in every text that comes from a document, a termbase or a file name."""
    en, zh = f"An otter {word} swims.", f"一只{word}水獭𠀀😀游泳。"
    text = f"{word}\n{en}\n{zh}\n"
    at_en, at_zh = len(word) + 1, len(word) + 1 + len(en) + 1
    span_en = (at_en + 9, at_en + 9 + len(word))
    span_zh = (at_zh + 2, at_zh + 2 + len(word))
    name = f"{word}.md"
    findings = [
        Finding(
            rule, "error", 0.9, name, word, word, word, word, span_en, span_zh, word, word, word, 2, 3, "aaaabbbbcccc"
        )
        for _ in range(count)
    ]
    findings += [
        Finding("C001", "warning", 0.5, name, word, "", "", word, None, (0, 1), "", word, word, 1, 1, "1" * 12),
        Finding("F002", "note", 0.2, name, word, "", "", "", None, None, "", "", word, 1, 1, "2" * 12),
    ]
    example = Example(word, en, f"一只{word}水獭𠀀😀游泳。", (9, 9 + len(word)), (2, 2 + len(word)))
    forms = ((word, 2), (f"{word}s", 1))
    rendering = Rendering(
        *(word, word, 3, (word, "elsewhere"), "forbidden", word, word, True, True, 2, 0.9, forms, (example,), word)
    )
    entry = Entry(word, "mismatch", word, word, 4, 2, 0.9, forms, (rendering,))
    return Result(
        (Document(name, word, word, text, (word,)),),
        (Record(word, name, "abstract", 7, word, word, word, (word,), affiliation=word, url=word),),
        (Leftover(name, "noise", (0, 1), word), Leftover(name, "unparsed", (0, 1), word)),
        (
            Pair(word, word, name, word, (en,), (zh,), ((at_en, at_en + len(en)),), ((at_zh, at_zh + len(zh)),),
                 "1-1", 0.83),
        ),
        tuple(findings),
        (entry,),
        (Score(word, 40.0, word, (39.0, 41.0), 3, "agreement", word, word, word),),
        {word: word},
        (word,),
    )  # fmt: skip


def page_of(result: Result, **options: int) -> str:
    return "".join(render_html(result, **options))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_makes_a_tag_or_an_attribute(payload: str) -> None:
    plain, hostile = Parts(page_of(build())), Parts(page_of(build(payload)))
    assert [tag for tag in hostile.tags if tag[0] != "bdi"] == plain.tags
    assert hostile.comments == [] == plain.comments
    ours = Counter(value for value in plain.values if PLAIN not in value[2])
    assert not {(tag, name) for tag, name, _ in hostile.values} - {(tag, name) for tag, name, _ in plain.values}
    forged = Counter(hostile.values) - ours
    # What is left are the few attributes that do hold data: the boxes' labels, and drawings that make room for words.
    drawn = {(tag, name) for tag, name, value in forged if re.fullmatch(r"[\w .,-]+", value, re.ASCII)}
    assert {(tag, name) for tag, name, _ in forged} - {("path", "class"), ("path", "d"), ("text", "x")} <= {
        ("optgroup", "label"),
        ("a", "href"),
    }
    assert {(tag, name) for tag, name, _ in forged if tag in ("path", "text")} <= drawn
    assert all(value.startswith("#") for tag, _, value in forged if tag == "a")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_rule_code_forges_nothing(payload: str) -> None:
    plain, hostile = Parts(page_of(build(rule="X900"))), Parts(page_of(build(rule=payload)))
    # Rows are sorted by code, so that their order may differ.
    assert Counter(tag for tag in hostile.tags if tag[0] != "bdi") == Counter(plain.tags)
    for tag, name, value in hostile.values:
        if name in ("id", "href", "data-rule") and tag != "link":
            assert re.fullmatch(r"#?[A-Za-z0-9_.-]+", value), (tag, name, value)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_payload_is_shown_as_text(payload: str) -> None:
    text = "".join(Parts(page_of(build(payload))).text)
    assert shown(payload).unescape() in text or payload in ("https://example.org/x",)
    for character in "\x00\x0b\x1b\x9b\u202e\u2066\u200b\ud800":
        assert character not in text


def test_no_address_leaves_the_page() -> None:
    parts = Parts(page_of(build("https://example.org/x")))
    for tag, name, value in parts.values:
        if name in ("src", "href", "action", "srcset", "data", "poster", "xlink:href"):
            assert value.startswith("#") or (tag, value) == ("link", "data:,"), (tag, name, value)
    assert "url(" not in page_of(build()) and "@import" not in page_of(build())


def test_template_quotes_every_attribute() -> None:
    from importlib.resources import files

    folder = files("duizhao.reports") / "templates"
    templates = {item.name: item.read_text(encoding="utf-8") for item in folder.iterdir() if item.name.endswith(".j2")}
    assert len(templates) > 10
    for template in templates.values():
        assert not re.search(r"=\{\{", template) and "|safe" not in template
    words = '<script type="application/json" id="words">{{ t.of_script|tojson }}</script>'
    page = templates["report.html.j2"]
    assert "<script>{{ script }}</script>" in page and words in page and page.count("<script") == 2


def test_policy_holds_the_hash_of_the_script() -> None:
    page = page_of(build())
    (script,) = re.findall("<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    assert f"script-src 'sha256-{digest}'" in page.replace("&#39;", "'")
    assert "default-src 'none'" in page.replace("&#39;", "'")


def test_every_finding_has_one_id_of_its_own() -> None:
    result = build(count=250)
    ids = [value for tag, name, value in Parts(page_of(result)).values if tag == "article" and name == "id"]
    assert len(ids) == len(set(ids)) == 252
    assert {"T002-aaaabbbbcccc", "T002-aaaabbbbcccc-2", "T002-aaaabbbbcccc-250", "C001-" + "1" * 12} <= set(ids)
    every = [value for _, name, value in Parts(page_of(result)).values if name == "id"]
    assert len(every) == len(set(every))


def test_links_inside_the_page_lead_somewhere() -> None:
    parts = Parts(page_of(build(count=3)))
    ids = {value for _, name, value in parts.values if name == "id"}
    assert {value[1:] for tag, name, value in parts.values if tag == "a" and name == "href"} <= ids


def test_what_the_page_says() -> None:
    text = " ".join(" ".join(Parts(page_of(build())).text).split())
    for words in (
        "duizhao 对照",
        "1 error, 1 warning in 1 sentence pair and elsewhere; mend plain → plain first.",
        "Mend these first",
        "error T002 term-forbidden · 0.90 · 2:3",
        "How sure: 1 of 1 error with high confidence, 0 of 1 warning with high confidence.",
        "№ 7 plain plain plain.md",
        RULES["T002"].what,
        "neither is the truth",
        "40.0 39.0 to 41.0",
        "Not understood: please look",
        "How alike the two sides of 1 pair are",
        "No finding from: T001 term-absent",
    ):
        assert words in text, words
    assert page_title(build()) == "duizhao 对照: 1 error, 1 warning"


def test_spans_are_marked_on_both_sides() -> None:
    page = page_of(build())
    assert '<p lang="en">An otter <mark class="e">plain</mark> swims.<p' in page
    assert '<p lang="zh">一只<mark class="e">plain</mark>水獭𠀀😀游泳。<article' in page
    assert '<p lang="zh" class="all"><mark class="w">p</mark>lain<article' in page  # no pair: the line of the document
    two = page_of(build(count=2))
    assert two.count('<mark class="e" data-f="0 1">plain</mark>') == 2  # both findings are about these words


@pytest.mark.parametrize(
    ("found", "expected", "message", "html"),
    [
        ("手套", "GloVe", "“GloVe” became “手套”; the field writes “GloVe”.",
         "“GloVe” became “手套”; the field writes “<ins>GloVe</ins>”."),
        ("渡船", "轮渡", "“ferry” became “渡船”; write “轮渡”, as 9 papers write “轮渡”.",
         "“ferry” became “渡船”; write “<ins>轮渡</ins>”, as 9 papers write “轮渡”."),
        ("渡船", "轮渡", "“ferry” became “渡船”.", "<b>渡船 → <ins>轮渡</ins></b>“ferry” became “渡船”."),
        ("", "<i>", "Write “<i>”.", "Write “<ins>&lt;i&gt;</ins>”."),
    ],
)  # fmt: skip
def test_what_is_wanted_is_said_once(found: str, expected: str, message: str, html: str) -> None:
    made = build()
    finding = replace(made.findings[0], found=found, expected=expected, message=message)
    page = page_of(replace(made, findings=(finding,)))
    card = page[page.index("<article") : page.index("</article>")]
    assert card.endswith(f"</h4>{html}") or card.endswith(f"</h4>\n{html}")


def test_marks() -> None:
    assert marked("𠀀术语😀", [(1, 3)]) == "𠀀<mark>术语</mark>😀"
    assert marked("abcdef", [(1, 3), (2, 4), (9, 12)]) == "a<mark>bcd</mark>ef"
    assert marked("<a>", [(0, 1)]) == "<mark>&lt;</mark>a&gt;"
    assert shown("שלום") == "<bdi>שלום</bdi>"
    long = marked("x" * 5000 + "term" + "y" * 5000, [(5000, 5004)])
    assert long.startswith("…x") and "<mark>term</mark>" in long and long.endswith("y…") and len(long) < 1600
    assert pair_side(("ab", "cd"), ((10, 12), (20, 22)), (11, 21), "") == "a<mark>b</mark> <mark>c</mark>d"
    assert pair_side(("a b c",), ((10, 19),), (12, 15), "b") == "a <mark>b</mark> c"  # joined lines: by words
    document = Document("a", "", "", "one\ntwo three\nfour")
    assert document_side(document, (4, 7)) == "<mark>two</mark> three"
    assert document_side(document, (900, 901)) == "four"
    assert document_side(replace(document, text="x" * 999), (500, 501)).count("…") == 2


def test_nothing_found_and_nothing_read() -> None:
    clean = page_of(replace(build(), findings=(), entries=(), scores=()))
    assert "No finding in 1 sentence pair of 1 record." in clean and "<article" not in clean
    assert "Nothing was read." in page_of(Result((), (), (), (), (), (), ()))


def test_chinese_alone() -> None:
    page = page_of(replace(build(), pairs=()))
    assert "1 error, 1 warning in 1 record without sentence pairs" in page
    assert "of pairs without error" not in page and 'class="chart histogram"' not in page
    assert '<p lang="en">' in page  # the line of the document stands in for the pair


def test_beyond_the_limit_the_worst_are_kept() -> None:
    page = page_of(build(count=5), limit=5)
    assert page.count("<article") == 5 == page.count('<article class="e"')
    assert "The worst 5 of 7 are shown" in page
    parts = Parts(page)
    ids = {value for _, name, value in parts.values if name == "id"}
    assert {value[1:] for tag, name, value in parts.values if tag == "a" and name == "href"} <= ids


def test_same_bytes_under_two_hash_seeds() -> None:
    code = (
        "import importlib.util as u, hashlib, sys\n"
        f"s = u.spec_from_file_location('page', {__file__!r}); m = u.module_from_spec(s); s.loader.exec_module(m)\n"
        "sys.stdout.write(hashlib.sha256(m.page_of(m.build(count=3)).encode()).hexdigest())"
    )
    seen = set()
    environment = {"PATH": "", "PYTHONPATH": str(Path(__file__).parent)}  # of opened_pages
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, env=environment | {"PYTHONHASHSEED": seed}, check=True
        )
        seen.add(run.stdout)
    assert len(seen) == 1 and len(seen.pop()) == 64


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1, 2])
def test_contrast(scheme: int) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1 for every ink on every ground it is used on."""
    style = re.findall("<style>(.*?)</style>", page_of(build()), re.DOTALL)[0]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", re.findall(r"--bg:[^}]*", style)[scheme]))
    pairs = [(ink, ground) for ink in ("ink", "soft", "link", "error", "warning", "note", "good")
             for ground in ("bg", "card", "field")]  # fmt: skip
    pairs += [("ink", f"{level}-bg") for level in ("error", "warning", "note")]
    for ink, ground in pairs:
        light, dark = sorted((luminance(colours[ink]), luminance(colours[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (scheme, ink, ground)
