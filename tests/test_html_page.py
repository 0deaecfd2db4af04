"""HTML to a page: text, places, links, and a note for whatever was left out, mended or read against the letter."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora.errors import DuizhaoError, InputError
from duizhao.corpora.html_page import looks_like_html, read_html
from duizhao.corpora.page import Link, Page, Place

TEXTS = [
    ("paragraphs", "<p>茶<p>Tea</p>水", "茶\n\nTea\n\n水\n"),
    ("blocks", "<div>a<div>b</div>c</div><section>d</section>", "a\nb\nc\n\nd\n"),
    ("breaks end the line only", "a<br>b<br/>c</br>d<BR>", "a\nb\nc\nd\n"),
    ("spans are inline", "<section><span>水</span><span>獭</span></section><section>河</section>", "水獭\n\n河\n"),
    ("unknown inline elements", "wa<x-y>ter</x-y> <o:p>tea</o:p>", "water tea\n"),
    ("headings", "<h1>A</h1><H2>B</H2><h3>C</h3><h6>D</h6>", "# A\n\n## B\n\n### C\n\n###### D\n"),
    ("heading around blocks", "<h2><a></a><div>摘要</div></h2>x", "## 摘要\n\nx\n"),
    ("heading of two lines", "<h2>茶<br>Tea</h2>x", "## 茶\n## Tea\n\nx\n"),
    ("heading not closed", "<h2>茶<p>Tea</p>", "## 茶\n\nTea\n"),
    ("heading closed by another", "<h2>茶</h3>Tea", "## 茶\n\nTea\n"),
    ("empty heading", "<h2> </h2><p>Tea", "Tea\n"),
    ("rule", "a<hr>b", "a\n\n---\n\nb\n"),
    ("cells", "<table><tr><td>作者<td>A Lin, B Meyer</table>", "作者\nA Lin, B Meyer\n"),
    ("items", "<ul><li>one<li>two</ul>", "one\ntwo\n"),
    ("details", "<details><summary>更多</summary>茶</details>", "更多\n茶\n"),
    ("figure", "<figure><img src=a.png><figcaption>A bridge</figcaption></figure>", "A bridge\n"),
    ("sub and sup", "H<sub>2</sub>O, x<sup>2</sup>", "H2O, x2\n"),
    ("mark", "\ufeff<p>a", "a\n"),
    ("line break", "<p>one\n  two \n", "one two\n"),
    ("line break between Han", "水\n 獭，\n“河”\n。", "水獭，“河”。\n"),
    ("line break beside Latin", "用\nBERT\n模型 “\nx", "用 BERT 模型 “ x\n"),
    ("line break inside a tag pair", "a <b>\n b</b>", "a b\n"),
    ("line breaks of old systems", "a\rb\r\n\tc", "a b c\n"),
    ("blanks within a line stay", "a  b <b> c</b>\td", "a  b  c\td\n"),
    ("blanks at both ends go", "<p> \t a \n", "a\n"),
    ("NBSP and the ideographic blank stay", "<p>\xa0a\u3000", "\xa0a\u3000\n"),
    ("other line ends are characters", "a\u2028b\x85c\x0bd", "a\u2028b\x85c\x0bd\n"),
    ("pre", "<pre>\n one\n\n\n  two  <b>x</b>\n</pre>y", "one\n\ntwo  x\n\ny\n"),
    ("decoded once", "&amp;lt; &lt;b&gt;", "&lt; <b>\n"),
    ("names without semicolon", "&copy 1 &notit; AT&T &unknown;", "© 1 ¬it; AT&T &unknown;\n"),
    ("numbers", "&#29549;&#x6C34;&#150;&#0;&#xD800;&#x110000;", "獭水–\ufffd\ufffd\ufffd\n"),
    ("numbers of many digits", f"a&#{'0' * 5000}65;&#{'9' * 5000};&#x{'0' * 50}41;", "aA\ufffdA\n"),
    ("no numbers", "&#; &#x; &# 1", "&#; &#x; &# 1\n"),
    ("coded line break", "a&#10;b&NewLine;c", "a b c\n"),
    ("coded line break in pre", "<pre>a&#10;b", "a\nb\n"),
    ("composed across a reference", "caf<b>e</b>&#769;<i>\u0323s", "caf\u1eb9\u0301s\n"),
    ("composed across tags", "\u1112<b>\u1161\u11ab</b>", "한\n"),
    ("known tags need their whole name", "d<font size=2>e</font> p<a|b>c", "de p<a|b>c\n"),
    ("tags of a model are words", "<mask> <s>x</s> </think> <gpt-4> <search>", "<mask> x </think> <gpt-4> <search>\n"),
    ("quoted >", "<p title=\"a > b\" id='c>d'>e", "e\n"),
    ("quote in a bare value", "<p title=it's>e</p>f'", "e\n\nf'\n"),
    ("comments", "a<!-- <p> -- > -->b<!-->c<!--->d<!-- --!>e", "abcde\n"),
    ("declarations", "<?xml version='1.0'?><!DOCTYPE html>a<![CDATA[ x > ]]>b<![if !IE]>c", "abc\n"),
    ("script", "a<script>'</p>'; x<b></SCRIPT >b", "ab\n"),
    ("script to the end", "a<script>b", "a\n"),
    ("furniture", "<nav>a<div>b</div></nav><p>c</p><footer>d</footer>", "c\n"),
    ("hidden", "a<span hidden>b<span>c</span>d</span>e", "ae\n"),
    ("hidden block", "<div hidden>b<div>c</div>d</div>e", "e\n"),
    ("hidden by style", "<p STYLE='color:red;Display : NONE'>a</p><p style='visibility:hidden'>b</p>c", "c\n"),
    ("not hidden", "<p class=hidden data-hidden style='display:nonesuch' aria-hidden=true>a", "a\n"),
    ("hidden void", "<img hidden>a<br hidden>b<hr hidden>c", "a\nb\n\nc\n"),
    ("hidden paragraph not closed", "<p hidden>a<p>b<p hidden>c<hr>d", "b\n\n---\n\nd\n"),
    ("hidden span not closed", "<p>a<span hidden>b</p>c", "a\n\nc\n"),
    ("hidden to the end of its parent", "<div><span hidden>a<p>b</p></div>c", "c\n"),
    ("article that a script shows", '<div id="js_content" style="visibility: hidden;">茶</div>', "茶\n"),
    ("form", "<label>Name <input value=x></label><select><option>a</select><button>Go</button>.", "Name .\n"),
    ("embedded", "<svg><text>a</text><svg/></svg>b<iframe><p></iframe><svg/>c<object>d</object>", "bc\n"),
    ("ruby", "<ruby>獭<rp>(</rp><rt>tǎ</rt><rp>)</rp></ruby><ruby>河<rt>hé<rb>水<rt>shuǐ</ruby>", "獭河水\n"),
    (
        "formula",
        '<math><mi>q</mi><annotation encoding="application/x-tex"> x&lt;\ny </annotation></math>!',
        "$x< y$!\n",
    ),
    ("formula without TeX", '<math><mi>x</mi><annotation encoding="MathML-C">y</annotation></math>', "x\n"),
    ("formula drawn twice", '<math><mi>x</mi></math><span class="katex-html" aria-hidden="true">x</span>', "x\n"),
    ("depth", "<div>" * 20_000 + "a" + "</div>" * 20_000 + "b", "a\nb\n"),
]


@pytest.mark.parametrize(("source", "text"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
def test_text(source: str, text: str) -> None:
    assert read_html(source, "a.html").text == text


NOTES = [
    ("nothing", "<p>茶</p>", ()),
    ("bare signs", "rate (< 0.1 bpp), x<y and a < font>", ("3 bare < signs read as text",)),
    ("one bare sign", "<p>1<2", ("1 bare < sign read as text",)),
    (
        "left out",
        "<title>t</title><script></script><script></script><style></style><noscript></noscript><!-- -->茶"
        "<template></template><button></button><textarea></textarea><video></video><rt>x</rt><img alt=x><img alt>&#1;"
        "<span class=katex-html aria-hidden=true></span><annotation>x</annotation>"
        "<nav> ab&amp;\n</nav><footer>d</footer>",
        (
            "left out: 2 scripts, 1 style sheet, 1 fallback for scripts, 1 comment, 1 page title, 1 template, "
            "2 form controls, 1 embedded object, 1 drawn formula, 1 formula annotation, 1 ruby reading, "
            "1 image description, 1 reference to no character, navigation and footers of 4 characters",
        ),
    ),
    ("hidden", "<p hidden>a b<p>c<i hidden>d&lt;</i>", ("left out: 2 hidden elements of 5 characters",)),
    ("one hidden", "<p hidden>a<p>c", ("left out: 1 hidden element of 1 character",)),
    ("nothing counted inside what is left out", "<nav><!-- --><script></script>1<2</nav>a",
     ("left out: navigation and footers of 3 characters",)),
    ("open quote", '<p title="a>b</p>', ("1 tag with an open quote read to its first >",)),
    ("open comment", "a<!-- b> c", ("left out: 1 comment", "1 comment never closed, read to its first >")),
    ("open span", "a<span hidden>b<p>c</p>", (
        "left out: 1 hidden element of 1 character",
        "1 element never closed, left out to the next block only",
    )),
    ("open title", "<title>a", ("1 element never closed, left out to the next block only",)),
    ("shown", "<p id=js_content style=visibility:hidden>a", ("1 element that is hidden until a script runs was read",)),
]  # fmt: skip


@pytest.mark.parametrize(("source", "notes"), [row[1:] for row in NOTES], ids=[row[0] for row in NOTES])
def test_notes(source: str, notes: tuple[str, ...]) -> None:
    assert read_html(source, "a.html").notes == notes


NEVER_CLOSED = [
    ("inline", "a<span hidden>b<p>c</p>d", "a\n\nc\n\nd\n"),
    ("menu", "<body><nav>menu<div>x</div><p>shown</p></body></html>", "x\n\nshown\n"),
    ("twice", "<b hidden>a<p>b</p><i hidden>c<p>d</p>", "b\n\nd\n"),
    ("more often than is looked for", "x" + "<i hidden>a<div>b</div>" * 9, "x" + "\nb" * 9 + "\n"),
    ("footer, which is last anyway", "a<footer>b<p>c", "a\n"),
    ("title", "<title>a<p>b", "a\n\nb\n"),
    ("quote", '<a href="https://example.org>茶</a><p class="x">b</p>', "茶\n\nb\n"),
    ("quote and tag", '<p title="a <b>c</b>', '<p title="a c\n'),
    ("comment", "a<!-- b>c", "ac\n"),
    ("section of another kind", "a<![CDATA[ b>c", "ac\n"),
    ("tag", "a<p", "a<p\n"),
    ("tag before a tag", "a<p <b>c</b>", "a<p c\n"),
    ("comment without any >", "a<!-- b", "a<!-- b\n"),
    ("link", '<p><a href="http://example.org">a<p>b', "a\n\nb\n"),
]


@pytest.mark.parametrize(("source", "text"), [row[1:] for row in NEVER_CLOSED], ids=[row[0] for row in NEVER_CLOSED])
def test_what_is_never_closed_does_not_swallow_the_page(source: str, text: str) -> None:
    assert read_html(source, "a.html").text == text


LINKS = [
    ("inline", 'See <a href="https://example.org/茶">the  tea</a>.', [(4, 12, "https://example.org/茶")]),
    ("blanks are outside", "a<a href=HTTP://example.org> b </a>c", [(2, 3, "HTTP://example.org")]),
    ("decoded as in attributes", '<a href=" http://o.cn/?a=1&amp;b=2&copy=3&lt;&#65;">x</a>',
     [(0, 1, "http://o.cn/?a=1&b=2&copy=3<A")]),
    ("broken address", '<a href="https://exam\nple.org">x</a>', [(0, 1, "https://example.org")]),
    ("first of two", '<a href="https://a.cn" HREF="https://b.cn">x</a>', [(0, 1, "https://a.cn")]),
    ("no links", '<a>a</a><a href="javascript:x//http://">b</a><a href="#c">c</a><a href="mailto:d@http.cn">d</a>'
     '<a href="/e">e</a><a href="//http.cn">f</a><a href="httpx://g">g</a><a href=https:>h</a>', []),
    ("empty", '<a href="https://example.org"><img src=x> </a>a', []),
    ("one a line", '<a href="https://example.org"><div>a</div>b<br>c</a>', [
        (0, 1, "https://example.org"),
        (2, 3, "https://example.org"),
        (4, 5, "https://example.org"),
    ]),
    ("the next ends the last", "<a href=http://a.cn>a<a href=http://b.cn>b</a>c",
     [(0, 1, "http://a.cn"), (1, 2, "http://b.cn")]),
    ("the block ends it", "<p><a href=http://a.cn>a<p>b", [(0, 1, "http://a.cn")]),
    ("a line break after it", "<a href=http://a.cn>a</a>\nb<a href=http://b.cn>\nc\n</a>\nd",
     [(0, 1, "http://a.cn"), (4, 5, "http://b.cn")]),
    ("in a heading", "<h2>水<a href=http://a.cn>獭</a></h2>", [(4, 5, "http://a.cn")]),
    ("open quote", '<a href="https://a.cn>a</a>', [(0, 1, "https://a.cn")]),
    ("hidden", "<a hidden href=http://a.cn>a</a>b", []),
    ("longer once composed", "\u0958<a href=http://a.cn>a</a>", [(2, 3, "http://a.cn")]),
]  # fmt: skip


@pytest.mark.parametrize(("source", "links"), [row[1:] for row in LINKS], ids=[row[0] for row in LINKS])
def test_links(source: str, links: list[tuple[int, int, str]]) -> None:
    assert read_html(source, "a.html").links == tuple(Link(*link) for link in links)


PLACES = [
    ("runs", "<p>a<b>b</b>\n<p>c", [(0, 1, 4), (1, 1, 8), (4, 2, 4)]),
    ("blanks before", "<div>\n\n   a b\n</div>", [(0, 3, 4)]),
    ("each line of the source", "one\n  two\n三", [(0, 1, 1), (4, 2, 3), (8, 3, 1)]),
    ("a blank that is no part of the link before", "<a href=http://a.cn>a</a>\nb", [(0, 1, 21), (1, 1, 22), (2, 2, 1)]),
    ("behind a reference", "a&amp;b", [(0, 1, 1), (1, 1, 2), (2, 1, 7)]),
    ("heading", "x\n<h3>\ny</h3>", [(0, 1, 1), (3, 2, 1), (7, 3, 1)]),
    ("rule", "a\n <hr>", [(0, 1, 1), (3, 2, 2)]),
    ("bare sign", "<p>a < b", [(0, 1, 4)]),
    ("after a mark", "\ufeffa", [(0, 1, 2)]),
    ("old line ends count as characters", "a\rb", [(0, 1, 1), (2, 1, 3)]),
]


@pytest.mark.parametrize(("source", "places"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_places(source: str, places: list[tuple[int, int, int]]) -> None:
    assert read_html(source, "a.html").places == tuple(Place(*place) for place in places)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "a.html: an HTML page without text; wanted text in its body."),
        ("<p> \n</p>", "a.html: an HTML page without text; wanted text in its body."),
        ("<script>x</script>", "a.html: an HTML page without text; left out: 1 script; wanted text in its body."),
    ],
)
def test_a_page_without_text_is_refused(source: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        read_html(source, "a.html")
    assert str(error.value) == message + " Open it in a browser and save the page it shows."


LOOKS = [
    ("doctype", "<!DOCTYPE html>", True),
    ("old doctype", '\ufeff \n<!doctype HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">', True),
    ("after comments", "<?xml version='1.0'?>\n<!-- saved -->\n<html lang=zh>", True),
    ("Markdown in a page", "<html>\n# tea\n**x**", True),
    ("part of a page", "<div class=x>茶</div>", True),
    ("head only", "<meta charset=utf-8><title>茶</title>", True),
    ("text before the body", "saved on Monday\n<body>\n茶", True),
    ("ten blocks", "茶" + "<p>水</p>" * 5, True),
    ("nine blocks", "茶" + "<p>水</p>" * 4 + "<p>", False),
    ("ten spans", "茶" + "<span>水</span>" * 5, False),
    ("ten blocks far on", "茶" * 20_000 + "<p>水</p>" * 5, False),
    ("named in a line", "the <html> and the <body> tag", False),
    ("prose", "An otter\n\n水獭", False),
    ("bare sign", "< 5 otters" + "<p>水</p>" * 5, False),
    ("front matter", "---\ntitle: 茶\n---\n" + "<p>水</p>" * 9, False),
    ("Markdown with blocks", "<div align=center>\n\n# 茶\n\n" + "<details><p>x</p></details>" * 9, False),
    ("Markdown with a fence", "```html\n<html>\n```\n", False),
    ("Markdown in bold", "<p>\n**作者**: A Lin", False),
    ("translation memory", "<tmx version='1.4'>\n<body>" + "<p>水</p>" * 9, False),
    ("other doctype", "<!DOCTYPE tmx SYSTEM 'x'>\n<tmx>\n<body>", False),
    ("JSON", '{"html": "' + "<p>水</p>" * 9, False),
    ("comment without end", "<!-- <html>", False),
    ("nothing", "", False),
    ("blanks", " \n\ufeff", False),
]


@pytest.mark.parametrize(("text", "is_html"), [row[1:] for row in LOOKS], ids=[row[0] for row in LOOKS])
def test_looks_like_html(text: str, is_html: bool) -> None:
    assert looks_like_html(text) is is_html


_PARTS = [part.replace("_", " ") for part in """
<p> </p> <div> </div> <span> <span_hidden> </span> <a_href="https://o.cn/x"> <a_href=http://t.cn> </a> <h1> </h1> <h3>
</h2> <br> <hr> <li> <ul> </ul> <td> <tr> <table> </table> <nav> </nav> <footer> </footer> <script> </script> <style>
<title> <!-- --> <![CDATA[ ]]> <pre> </pre> <math> </math> <annotation_encoding="application/x-tex"> </annotation>
<ruby> <rt> </ruby> <select> <option> </select> <svg/> <svg> </svg> <body> </body> <p_hidden> <p_a="> <img_alt="x">
<div_style="display:none"> <p_id=js_content_style="visibility:hidden"> &amp; &lt; &amp;lt; &nbsp; &#10; &#0; &#1; &#769;
&notit; &# < > " ' = otter 水獭 e \u0316 \u0301 ， \r\n
""".split()]  # fmt: skip
marked_up = st.lists(
    st.sampled_from(_PARTS) | st.sampled_from([" ", "  ", "\n", "\t", "\xa0"]) | st.text(max_size=3), max_size=30
).map("".join)


def page_of(source: str) -> Page | None:
    looks_like_html(source)
    try:
        return read_html(source, "a.html")
    except DuizhaoError:
        return None


@given(marked_up)
def test_whatever_the_tags_the_page_is_in_order(source: str) -> None:
    page = page_of(source)
    if page is None:
        return
    lines = page.text.split("\n")
    assert unicodedata.is_normalized("NFC", page.text)
    assert lines[-1] == "" and lines[0] != "" and "\n\n\n" not in page.text
    assert [line.strip(" \t\n\f\r") for line in lines] == lines
    offsets = [place.offset for place in page.places]
    assert offsets[0] == 0 and offsets == sorted(set(offsets))
    rows = source.split("\n")
    assert all(1 <= line <= len(rows) and 1 <= column <= len(rows[line - 1]) + 1 for _, line, column in page.places)
    end = 0
    for link in page.links:
        assert end <= link.begin < link.end and "\n" not in page.text[link.begin : link.end]
        end = link.end


@given(st.binary(max_size=200))
def test_any_bytes_give_a_page_or_our_error(data: bytes) -> None:
    page = page_of(data.decode("utf-8", "replace"))
    assert page is None or page.text.strip(" \n")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "M"], exclude_characters="&<>"), min_size=1))
def test_text_without_markup_is_kept(text: str) -> None:
    assert read_html(f"<p>{text}", "a.html").text == unicodedata.normalize("NFC", text) + "\n"


@given(st.lists(st.sampled_from("otter 水獭 河， a<b & tea &lt; “茶” < 1".split(" ")), min_size=1).map(" ".join))
def test_escaped_text_comes_back_at_its_place(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    page = read_html(f"<div>\n <b>{escaped}</b>", "a.html")
    assert (page.text, page.places[0]) == (text + "\n", Place(0, 2, 5))
    for place in page.places:  # each stretch begins with its own character, or with the reference that spells it
        assert escaped[place.column - 5] in (page.text[place.offset], "&")
