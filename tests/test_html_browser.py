"""What a page's reader sees, as Chromium's innerText has it: the outside oracle for duizhao.corpora.html_page."""

import re
from typing import TYPE_CHECKING, Any

import pytest

from duizhao.corpora.html_page import read_html

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

PAGES = {
    "day page with contents": (
        """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>河边日报</title><style>p { color: green }</style>
<script>if (1 < 2) { var menu = "<p>no text</p>"; }</script></head>
<body class="river"><header><h1>河边日报  2031-04-01</h1></header>
<main><h2 id="toc"><a href="#toc"></a><div style="color:red">目录</div></h2><font size="4">
<div id="t1">
<b>1.</b> Otters  Count Bridges <a href="https://example.org/pdf/1" style="color:#00E">[PDF]</a> <a href="#p1">摘要</a>
<br></div>
<div id="t2">
<b>2.</b> Tea for Two Herons <a href="https://example.org/pdf/2">[PDF]</a> <a href="#p2">摘要</a><br></div>
</font><hr>
<h2>摘要</h2><div id="p1"> <b>1. Otters  Count Bridges</b>  <a href="https://example.org/pdf/1">[PDF]</a>
 <br>&nbsp;&nbsp;<a href="https://example.org/?a=1&b=2">A Lin</a>,
<a href="https://example.org/?a=3">B Meyer</a><br>Abstract: An otter counts every bridge
it swims under, and is right &gt; 90% of the time (error < 0.1 bridges).<br>摘要：水獭数它游过的每一座桥，
十次有九次是对的。</div><hr>
<div id="p2"><b>2. Tea for Two Herons</b><br>Abstract: We pour.<br>摘要：我们倒茶。</div></main></body></html>""",
        12,
    ),
    "nested sections": (
        """<div class="rich"><section><section style="margin:0"><section><p style="white-space:normal"><span
 style="font-size:15px"><strong><span>水獭</span></strong><span>把贝壳</span>带回家。</span></p></section></section>
<section><span>The otter </span><span>carries<em> shells</em> home.</span></section><section><br></section>
<section>第三段<section>第四段</section>第五段</section></section>
<section><img src="data:," alt=""><figure><figcaption>图一：一座桥</figcaption></figure></section><o:p></o:p>
<mp-profile data-x="a > b"></mp-profile><section>完</section></div>""",
        7,
    ),
    "tables and lists": (
        """<table><caption>表一</caption><thead><tr><th>作者<th>年份<tbody><tr><td>A Lin, B Meyer<td>2031
<tr><td>C Sato<td><p>2032</p><p>2033</p></table>
<ul><li>茶<li>Tea<ol><li>绿茶</li><li>Green <b>tea</b></ol><li><p>水</p><p>Water</p></ul>
<dl><dt>桥<dd>A bridge<dt>河<dd>A river</dl><address>河边路一号</address>after""",
        20,
    ),
    "unclosed and misplaced tags": (
        """<body><p>一<b>二<p>三</b>四<div>five<p>six</div>seven</div></div>
<p>a<span hidden>secret<p>shown</span><h2>Title<div>under it</div>
<p>x</i></u>y</section>z</p></p>last</body></html>""",
        11,
    ),
    "entities": (
        """<p>&amp;lt; &lt;b&gt; &quot;茶&quot; &copy 2031 &notit; &#x6C34;&#29549; AT&T &middot;&hellip;
&#8212;&#150;&#0;</p><p title="a > b &amp; c">R&D&nbsp;&nbsp;team &amp;amp; &unknown; &#xD800; &ampere</p>
<p>1 < 2, 3 <4 and 5<</p>""",
        3,
    ),
    "preformatted": (
        """<p>before</p><pre>
def tea():
    return "&lt;水>"

# two
</pre><p>after</p>mid<pre>one
two</pre>end<textarea hidden><p>no</p></textarea>""",
        9,
    ),
    "what nobody sees": (
        """<p>one<!-- <p>two --> <span style="color:red; display : none">three</span>four</p>
<div hidden>five<div>six</div>
seven</div><template><p>eight</p></template><p style="VISIBILITY:hidden">nine</p><!--><p>ten<!---><noscript><p>no
</noscript></p><style>p::before { color: red }</style><div aria-hidden="true">eleven</div><dialog>twelve</dialog>
<dialog open style="position:static">thirteen</dialog><svg width="9"><text y="9"></text></svg><object></object>""",
        4,
    ),
    "headings": (
        """<h1>一</h1><h3>Three <small>small</small></h2><h6><a href="https://example.org">six</a><br>sechs</h6>
<hgroup><h2>Two</h2><p>sub</p></hgroup><details open><summary>更多</summary>More tea</details><aside>边</aside>""",
        9,
    ),
}


@pytest.fixture(scope="module")
def blank(browser: Any) -> "Page":
    page: Page = browser.new_page()
    return page


def bare_lines(text: str) -> list[str]:
    """The lines, cells apart, without any blank."""
    lines = (re.sub(r"\s", "", line) for line in re.split(r"[\n\t]", text))
    return [line for line in lines if line]


@pytest.mark.parametrize("name", PAGES)
def test_the_lines_are_those_a_browser_shows(blank: "Page", name: str) -> None:
    source, count = PAGES[name]
    blank.set_content(source)
    shown = bare_lines(str(blank.evaluate("document.body.innerText")))
    ours = read_html(source, "page.html").text
    if name != "preformatted":  # there "# two" is a line of its own
        ours = re.sub(r"(?m)^#{1,6} ", "", ours)
    assert [line for line in bare_lines(ours) if line != "---"] == shown
    assert len(shown) == count
