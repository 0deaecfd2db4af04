"""The page in a real browser: it loads alone, filters, obeys keys, fits, and needs no script to be read."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from opened_pages import Visit
from report_samples import sample

from duizhao.reports import render_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("page") / "报告.html"
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        handle.writelines(render_html(sample()))
    return path.as_uri()


@pytest.fixture
def visit(browser: "Browser", address: str) -> Iterator[Visit]:
    opened = Visit(browser, address)
    yield opened
    opened.context.close()


def test_loads_alone_and_in_silence(visit: Visit, address: str) -> None:
    assert visit.troubles == []
    assert [url for url in visit.requests if not url.startswith("data:")] == [address]
    assert visit.page.title() == "duizhao 对照: 80 errors, 80 warnings"  # no payload ran
    assert "onerror" in visit.page.inner_text("article")
    assert visit.page.inner_text("#count") == "All 240 shown"


def test_filters(visit: Visit) -> None:
    page = visit.page
    page.fill("#text", "OWL  17 ")  # a number of the text, or a line
    visit.wait_until_visible(14)
    assert page.inner_text("#count") == "14 of 240 shown"
    page.fill("#text", "evening.md n003 number")  # all of the words, in any order
    visit.wait_until_visible(40)
    page.fill("#text", "谷仓")
    visit.wait_until_visible(240)
    page.select_option("#rule", "T001")
    assert visit.visible() == 80
    seen = "Array.from(document.querySelectorAll('.row')).filter(row => row.checkVisibility()).length"
    assert page.evaluate(seen) == 80  # a row without a finding that passes goes too
    page.select_option("#where", "d1")
    assert visit.visible() == 40
    page.select_option("#where", "0")
    assert visit.visible() == 3
    page.fill("#text", "no such words")
    page.wait_for_selector("#nothing", state="visible")
    page.click("#clear")
    assert visit.visible() == 240


def test_a_rule_count_filters(visit: Visit) -> None:
    visit.page.click("a[data-rule=F002]")
    assert visit.visible() == 80


def test_keys(visit: Visit) -> None:
    page = visit.page
    ids = page.evaluate("Array.from(document.querySelectorAll('article'), a => a.id)")
    for key, expected in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)):
        page.keyboard.press(key)
        assert visit.active() == ids[expected]
    page.keyboard.press("1")  # the first card is an error: from where it was, on to the next that shows
    page.keyboard.press("j")
    assert visit.active() == ids[1]
    page.keyboard.press("1")
    page.keyboard.press("k")
    assert page.url.endswith("#" + ids[0])
    for _ in range(130):
        page.keyboard.press("j")
    box = page.evaluate("(b => [b.top, b.bottom])(document.activeElement.getBoundingClientRect())")
    assert box[0] >= 0 and box[1] <= 800
    page.keyboard.press("1")
    assert visit.visible() == 160
    page.keyboard.press("3")
    assert visit.visible() == 80
    page.keyboard.press("Escape")
    assert visit.visible() == 240
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("1")
    assert visit.visible() == 240
    page.keyboard.press("Escape")
    assert not page.is_visible("#help")
    page.keyboard.press("/")
    assert visit.active() == "text"
    page.keyboard.type("t1")
    assert visit.page.input_value("#text") == "t1"


def test_each_key_is_a_button_too(visit: Visit) -> None:
    page = visit.page
    page.click("#next")
    first = visit.active()
    page.click("#next")
    page.click("#previous")
    assert visit.active() == first
    page.click("button.toggle.warning")
    assert visit.visible() == 160 and page.get_attribute("button.toggle.warning", "aria-pressed") == "false"
    page.click("#help-open")
    page.click("#help-close")
    before = visit.ground()
    page.click("#theme")
    assert visit.ground() != before


def test_theme_is_kept(visit: Visit) -> None:
    light = visit.ground()
    visit.page.keyboard.press("t")
    dark = visit.ground()
    visit.page.reload()
    assert visit.ground() == dark != light


def test_dark_scheme(browser: "Browser", address: str) -> None:
    visit = Visit(browser, address, color_scheme="dark")
    assert visit.ground() == "rgb(21, 23, 27)"
    visit.page.keyboard.press("t")
    assert visit.ground() == "rgb(248, 247, 243)"
    visit.context.close()


@pytest.mark.parametrize("width", [320, 400, 700, 1280])
def test_no_sideways_scroll(browser: "Browser", address: str, width: int) -> None:
    visit = Visit(browser, address, viewport={"width": width, "height": 800})
    assert visit.width_over() == 0
    visit.context.close()


def test_without_script_all_is_there(browser: "Browser", address: str) -> None:
    visit = Visit(browser, address, java_script_enabled=False)
    page = visit.page
    cards = page.locator("article")
    assert cards.count() == 240
    cards.nth(239).scroll_into_view_if_needed()
    assert cards.nth(239).is_visible() and cards.nth(0).is_visible()
    for control in ("#filters", "#theme", "#help-open", "#help"):
        assert not page.is_visible(control)
    assert visit.troubles == []
    visit.context.close()


def test_without_storage(browser: "Browser", address: str) -> None:
    visit = Visit(browser, "about:blank")
    visit.context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })"
    )
    visit.page.goto(address)
    before = visit.ground()
    visit.page.keyboard.press("t")
    assert visit.troubles == [] and visit.ground() != before
    visit.context.close()


def test_a_link_shows_a_card_that_the_filter_hid(visit: Visit) -> None:
    page = visit.page
    target = page.evaluate("document.querySelectorAll('article.n')[50].id")
    page.keyboard.press("3")
    page.evaluate("id => { location.hash = id; }", target)
    visit.wait_until_visible(240)


def test_the_glossary_has_a_filter(visit: Visit) -> None:
    page = visit.page
    shown = (
        "Array.from(document.querySelectorAll('.term')).filter(t => t.checkVisibility())"
        ".map(t => t.querySelector('h3').textContent)"
    )
    assert page.evaluate(shown) == ["barn owl", "tawny owl"]  # the other sections are folded
    assert page.inner_text("#term-count") == "All 4 shown"
    page.fill("#term-text", "SNOWY")
    page.wait_for_selector("details.new[open]")
    assert page.evaluate(shown) == ["snowy owl"] and page.inner_text("#term-count") == "1 of 4 shown"
    assert not page.is_visible("details.mismatch") and visit.visible() == 240
    page.fill("#term-text", "kingfisher")
    page.wait_for_selector("#term-nothing", state="visible")
    page.click("#term-clear")
    assert page.evaluate(shown) == ["barn owl", "tawny owl"] and not page.is_visible("#term-nothing")
    assert visit.troubles == []


def test_the_glossary_filter_works_without_findings(browser: "Browser", tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("".join(render_html(replace(sample(), findings=()))), encoding="utf-8")
    visit = Visit(browser, (tmp_path / "a.html").as_uri())
    visit.page.fill("#term-text", "wood")
    visit.page.wait_for_selector("details.consistent[open]")
    assert visit.page.inner_text("#term-count") == "1 of 4 shown" and visit.troubles == []
    visit.context.close()


def test_the_glossary_without_script(browser: "Browser", address: str) -> None:
    visit = Visit(browser, address, java_script_enabled=False, viewport={"width": 400, "height": 800})
    assert visit.page.is_visible("details.mismatch .term") and not visit.page.is_visible("#term-filter")
    assert not visit.page.is_visible("details.consistent .term")
    visit.page.click("details.consistent summary")
    assert visit.page.text_content("details.consistent h3") == "<b>wood</b> owl"
    assert visit.width_over() == 0
    visit.context.close()


def test_print_leaves_the_findings_out(visit: Visit) -> None:
    visit.page.emulate_media(media="print")
    assert not visit.page.is_visible("#findings") and not visit.page.is_visible("nav")
    assert visit.page.is_visible("#first") and visit.page.is_visible("#rules")
