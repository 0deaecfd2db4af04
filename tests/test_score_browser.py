"""The page of scores in a real browser: it loads alone, filters, sorts, obeys keys, fits, and needs no script."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from opened_pages import Visit
from scoreboards import board

from duizhao.reports.score_page import scores_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

COUNT = 240
HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>\u202e'


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = board(COUNT, notes=(HOSTILE,), made_by={HOSTILE: HOSTILE})
    path = tmp_path_factory.mktemp("page") / "分数.html"
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        handle.writelines(scores_page(made))
    return path.as_uri()


@pytest.fixture
def visit(browser: "Browser", address: str) -> Iterator[Visit]:
    opened = Visit(browser, address)
    yield opened
    opened.context.close()


def all_of(visit: Visit) -> int:
    return int(visit.page.evaluate("document.querySelectorAll('article').length"))


def test_loads_alone_and_in_silence(visit: Visit, address: str) -> None:
    assert visit.troubles == []
    assert [url for url in visit.requests if not url.startswith("data:")] == [address]
    assert visit.page.title() == "duizhao 对照: scores of 3 systems"  # no payload ran
    assert "onerror" in visit.page.inner_text("#caveats")
    assert visit.page.inner_text("#count") == f"All {all_of(visit)} shown"
    assert all_of(visit) > 100  # more than one block


def test_filters(visit: Visit) -> None:
    page, every = visit.page, all_of(visit)
    number = max(int(name[1:]) for name in visit.ids() if int(name[1:]) % 5 == 3)  # every fifth counts leaves
    page.fill("#text", f"COUNTS {number - 1} LEAVES")
    visit.wait_until_visible(1)
    assert visit.ids() == [f"s{number}"] and page.inner_text("#count") == f"1 of {every} shown"
    page.fill("#text", "nobody at all")
    page.wait_for_selector("#nothing", state="visible")
    page.click("#clear")
    visit.wait_until_visible(every)
    page.fill("#text", "tale-2")
    visit.wait_until_visible(sum(str((int(name[1:]) - 1) // 10 + 1).startswith("2") for name in visit.ids()))
    page.keyboard.press("Escape")
    visit.wait_until_visible(every)
    assert visit.active() != "text"


def test_lists_and_order(visit: Visit) -> None:
    page, every = visit.page, all_of(visit)
    assert visit.ids() == sorted(visit.ids(), key=lambda name: int(name[1:]))
    page.select_option("#list", "2")
    listed = page.evaluate("Array.from(document.querySelectorAll('[data-list=\"2\"] a'), a => a.hash.slice(1))")
    assert visit.ids() == listed and len(listed) == 50
    page.select_option("#order", "1d")
    scores = "Array.from(document.querySelectorAll('article:not([hidden])'), a => +a.dataset.v.split(' ')[1])"
    values = page.evaluate(scores)
    assert values == sorted(values, reverse=True) and len(set(values)) > 5
    page.select_option("#list", "")
    page.select_option("#order", "1u")
    values = page.evaluate(scores)
    assert values == sorted(values) and len(values) == every
    page.keyboard.press("Escape")
    page.select_option("#order", "")
    assert visit.ids() == sorted(visit.ids(), key=lambda name: int(name[1:]))


def test_keys(visit: Visit) -> None:
    page, ids = visit.page, visit.ids()
    for key, expected in (("j", 0), ("j", 1), ("j", 2), ("k", 1), ("k", 0), ("k", 0)):
        page.keyboard.press(key)
        assert visit.active() == ids[expected]
    page.select_option("#list", "1")
    page.click("h2 >> nth=0")
    page.keyboard.press("j")
    assert visit.active() in visit.ids()
    for _ in range(3):
        page.keyboard.press("j")
    box = page.evaluate("(b => [b.top, b.bottom])(document.activeElement.getBoundingClientRect())")
    assert box[0] >= 0 and box[1] <= 801
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    assert not page.is_visible("#help")
    page.keyboard.press("/")
    assert visit.active() == "text"
    page.keyboard.type("t1")
    assert page.input_value("#text") == "t1"


def test_each_key_is_a_button_too(visit: Visit) -> None:
    page = visit.page
    page.click("#next")
    first = visit.active()
    page.click("#next")
    page.click("#previous")
    assert visit.active() == first == visit.ids()[0]
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
    visit.context.close()


def test_a_link_leads_to_a_segment(visit: Visit, browser: "Browser", address: str) -> None:
    one, other = visit.ids()[-9], visit.ids()[-3]  # in the second block, which is laid out late
    linked = Visit(browser, f"{address}#{one}")
    top = linked.page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", one)
    assert 0 <= top < 800
    linked.page.fill("#text", "nobody at all")
    linked.wait_until_visible(0)
    linked.page.evaluate("id => { location.hash = id; }", other)
    linked.wait_until_visible(all_of(visit))
    linked.context.close()


def test_a_row_of_a_list_leads_to_its_segment(visit: Visit) -> None:
    page = visit.page
    page.click("details.list summary")
    target = page.get_attribute("details.list a", "href")
    page.click("details.list a")
    assert page.url.endswith(str(target))
    top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", str(target)[1:])
    assert 0 <= top < 800


@pytest.mark.parametrize("width", [320, 400, 700, 1280])
def test_no_sideways_scroll(browser: "Browser", address: str, width: int) -> None:
    visit = Visit(browser, address, viewport={"width": width, "height": 800})
    visit.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert visit.width_over() == 0
    visit.context.close()


def test_without_script_all_is_there(browser: "Browser", address: str) -> None:
    visit = Visit(browser, address, java_script_enabled=False)
    page = visit.page
    cards = page.locator("article")
    assert cards.count() > 100
    cards.nth(cards.count() - 1).scroll_into_view_if_needed()
    assert cards.nth(cards.count() - 1).is_visible() and cards.nth(0).is_visible()
    for control in ("#filters", "#theme", "#help-open", "#help"):
        assert not page.is_visible(control)
    page.click("details.list summary")
    assert page.is_visible("details.list a")
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


def test_print_leaves_the_segments_out(visit: Visit) -> None:
    visit.page.emulate_media(media="print")
    assert not visit.page.is_visible("#segments") and not visit.page.is_visible("nav")
    assert visit.page.is_visible("#scores table") and visit.page.is_visible("#caveats")


def test_a_page_without_segments(browser: "Browser", tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("".join(scores_page(board(segments={}, flags=()))), encoding="utf-8")
    visit = Visit(browser, (tmp_path / "a.html").as_uri())
    before = visit.ground()
    visit.page.keyboard.press("j")
    visit.page.keyboard.press("t")
    visit.page.keyboard.press("Escape")
    assert visit.troubles == [] and visit.ground() != before
    visit.context.close()
