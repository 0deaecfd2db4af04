"""The page in a real browser: deciding, sorting, reading the whole text, both languages, and what axe-core says."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe import GRAVE, violations
from opened_pages import Visit
from report_samples import sample

from duizhao.decision_reading import read_decisions
from duizhao.metrics import Score
from duizhao.reports import Result, render_html
from duizhao.reports.site import render_site

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

SCORES = (Score("BLEU", 31.4, "nrefs:1|tok:zh", (29.0, 33.8), 240, "quality", "page", "human"),)


def result() -> Result:
    """Sixty findings, and in each document ten pairs without one."""
    return replace(sample(60, clean=10), scores=SCORES, adequacy=tuple(0.9 for _ in range(80)))


def write(made: Result, path: Path) -> str:
    path.write_text("".join(render_html(made)), encoding="utf-8", newline="\n")
    return path.as_uri()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write(result(), tmp_path_factory.mktemp("page") / "report.html")


@pytest.fixture
def visit(browser: "Browser", address: str) -> Iterator[Visit]:
    opened = Visit(browser, address, accept_downloads=True)
    yield opened
    opened.context.close()


def downloaded(visit: Visit, path: Path) -> dict[str, Any]:
    with visit.page.expect_download() as waiting:
        visit.page.click("#download")
    waiting.value.save_as(path)
    assert waiting.value.suggested_filename == "decisions.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def test_decisions_are_kept_downloaded_and_read(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    assert page.inner_text("#told") == "Nothing decided yet." and page.is_disabled("#download")
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.press("c")
    page.keyboard.type("a name, and r is no key here")
    page.keyboard.press("Enter")  # leaves the field, so that keys are keys again
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.locator(".renderings li").first.scroll_into_view_if_needed()
    page.locator(".renderings li .decide button[data-choice=reject]").first.click()
    page.reload()
    assert page.inner_text("#told") == "3 decided."
    content = downloaded(visit, tmp_path / "decisions.json")
    assert content["duizhao"] == "decisions" and content["version"] == 1
    first = next(row for row in content["decisions"] if row["decision"] == "reject" and row["kind"] == "finding")
    assert first == {
        "kind": "finding", "fingerprint": "000000000000", "rule": "N003", "decision": "reject",
        "comment": "a name, and r is no key here", "en": "The barn owl number 0 sleeps by day.",
        "zh": "第0只谷仓猫头鹰白天睡觉。", "wanted": "仓鸮",
    }  # fmt: skip
    read = read_decisions(str(tmp_path / "decisions.json"))
    assert [(d.kind, d.choice, d.term or d.fingerprint) for d in read.decisions] == [
        ("finding", "reject", "0" * 12),
        ("finding", "accept", "000000000001"),
        ("rendering", "reject", "barn owl"),
    ]
    assert visit.troubles == []


def test_a_comment_is_kept_as_it_is_typed(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.keyboard.type("unsure")
    page.wait_for_selector("#decisions.some")
    (row,) = downloaded(visit, tmp_path / "decisions.json")["decisions"]
    assert (row["decision"], row["comment"]) == ("", "unsure")


def test_a_decision_is_taken_back_and_filtered_by(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("j")
    page.keyboard.press("l")
    page.select_option("#decided", "later")
    assert visit.visible() == 1
    page.select_option("#decided", "open")
    assert visit.visible() == 59
    page.select_option("#decided", "")
    page.keyboard.press("l")
    assert page.inner_text("#told") == "Nothing decided yet."


def test_decisions_come_back_from_a_file(browser: "Browser", address: str, tmp_path: Path) -> None:
    rows = [{"kind": "finding", "fingerprint": "0" * 12, "rule": "N003", "decision": "accept", "comment": ""}]
    (tmp_path / "mine.json").write_text(json.dumps({"duizhao": "decisions", "version": 1, "decisions": rows}))
    (tmp_path / "other.json").write_text("[1]")
    visit = Visit(browser, address)
    visit.page.set_input_files("#upload", tmp_path / "other.json")
    visit.page.wait_for_selector("#told:text('holds no decisions')")
    visit.page.set_input_files("#upload", tmp_path / "mine.json")
    visit.page.wait_for_selector("#told:text('1 taken over from the file, 0 not.')")
    pressed = visit.page.get_attribute("article#N003-000000000000 button[data-choice=accept]", "aria-pressed")
    assert pressed == "true" and visit.troubles == []
    visit.context.close()


def test_sorts_and_goes_back(visit: Visit) -> None:
    page = visit.page
    before = visit.ids()
    page.select_option("#sort", "weight")
    levels = [name.split("-")[0] for name in visit.ids()]
    assert levels == ["N003"] * 20 + ["T001"] * 20 + ["F002"] * 20
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("j")
    assert visit.active() == visit.ids()[2]
    page.select_option("#sort", "rule")
    assert [name.split("-")[0] for name in visit.ids()] == ["F002"] * 20 + ["N003"] * 20 + ["T001"] * 20
    page.select_option("#rule", "T001")
    assert visit.visible() == 20
    page.select_option("#rule", "")
    page.select_option("#sort", "")
    assert visit.ids() == before and page.is_visible(".block h3")


def test_the_whole_text(visit: Visit) -> None:
    page = visit.page
    clean = "Array.from(document.querySelectorAll('.row.clean')).filter(r => r.checkVisibility()).length"
    assert page.evaluate(clean) == 0
    page.keyboard.press("w")
    assert page.evaluate(clean) == 20 and page.get_attribute("#whole", "aria-pressed") == "true"
    page.select_option("#where", "d1")
    assert page.evaluate(clean) == 10
    page.select_option("#rule", "T001")
    assert page.evaluate(clean) == 0
    page.click("#whole")
    assert page.get_attribute("#whole", "aria-pressed") == "false"


def test_a_mark_leads_to_its_finding_and_lights_up(visit: Visit) -> None:
    page = visit.page
    page.click("article#T001-000000000001 >> xpath=.. >> mark")
    assert visit.active() == "T001-000000000001" and page.url.endswith("#T001-000000000001")
    assert page.locator("mark.on").count() == 2  # both sides
    page.hover("article#N003-000000000000 >> xpath=.. >> p[lang=zh] mark")
    assert page.get_attribute("article#N003-000000000000", "class") == "e on"


def test_chinese_throughout(browser: "Browser", tmp_path: Path) -> None:
    visit = Visit(browser, write(replace(result(), lang="zh"), tmp_path / "a.html"))
    page = visit.page
    assert page.get_attribute("html", "lang") == "zh-Hans"
    assert page.inner_text("#count") == "共 60 条，全部显示"
    assert page.title() == "duizhao 对照：20 处错误，20 处警告"
    assert page.inner_text("#findings-h").startswith("问题")
    page.keyboard.press("j")
    page.keyboard.press("a")
    assert page.inner_text("#told") == "已决定 1 条。"
    # What is English here: names of standards and files, the texts themselves, signatures.
    words = page.evaluate(
        "Array.from(document.querySelectorAll('h2, label > span, button, option, th, dt, figcaption, summary'))"
        ".map(e => e.textContent).filter(t => /[a-z]{4}/.test(t))"
    )
    allowed = ("decisions.json", "SHA-256", "English", ".md", "owl", "Owls", "made by", "Esc", "human", "duizhao")
    assert [text for text in words if not any(each in text for each in allowed)] == []
    assert visit.troubles == []
    visit.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_grave_fault_of_accessibility(browser: "Browser", tmp_path: Path, lang: Any, scheme: Any) -> None:
    address = write(replace(result(), lang=lang), tmp_path / "a.html")
    visit = Visit(browser, address, color_scheme=scheme, bypass_csp=True)
    visit.page.keyboard.press("w")
    visit.page.keyboard.press("j")
    visit.page.keyboard.press("a")
    assert [each for each in violations(visit) if each.impact in GRAVE] == []
    visit.page.keyboard.press("?")
    assert [each for each in violations(visit) if each.impact in GRAVE] == []
    visit.context.close()


def test_prints_to_a_few_pages(visit: Visit) -> None:
    data = visit.page.pdf()
    assert data.startswith(b"%PDF") and 1 <= data.count(b"/Type /Page\n") <= 12


def test_pages_of_a_large_report_lead_to_each_other(browser: "Browser", tmp_path: Path) -> None:
    for name, pieces in render_site(result(), limit=50, per_page=20):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("".join(pieces), encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "report_pages").iterdir()) == [
        "0001.html", "0002.html", "0003.html", "0004.html",
    ]  # fmt: skip
    visit = Visit(browser, (tmp_path / "report.html").as_uri())
    page = visit.page
    assert page.locator("article").count() == 0 and page.locator("table.pages tbody tr").count() == 4
    with page.expect_navigation():
        page.click(".groups a")
    assert "report_pages/0001.html#N003-" in page.url and visit.visible() == 20
    assert page.evaluate("document.querySelector(':target').tagName") == "ARTICLE"
    with page.expect_navigation():
        page.click("header a[href='../report.html']")
    assert page.url.endswith("report.html") and visit.troubles == []
    visit.context.close()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """2,400 rows: the later ones come as text that the script makes rows of."""
    return write(sample(2400), tmp_path_factory.mktemp("large") / "report.html")


def test_later_rows_are_made_by_themselves(browser: "Browser", large: str) -> None:
    visit = Visit(browser, large)
    visit.wait_until_visible(2400)
    assert visit.page.locator("noscript").count() == 0 and visit.troubles == []
    visit.context.close()


def test_later_rows_are_there_when_asked_for(browser: "Browser", large: str) -> None:
    visit = Visit(browser, "about:blank")
    visit.context.add_init_script("window.requestIdleCallback = () => 0;")  # the browser is never idle
    visit.page.goto(large)
    assert visit.visible() == 300
    visit.page.select_option("#where", "d1")
    assert visit.visible() == 1200 and visit.page.inner_text("#count") == "1,200 of 2,400 shown"
    visit.context.close()


def test_a_link_leads_to_a_later_row(browser: "Browser", large: str) -> None:
    visit = Visit(browser, "about:blank")
    visit.context.add_init_script("window.requestIdleCallback = () => 0;")
    visit.page.goto(f"{large}#F002-100000001199")
    top = visit.page.evaluate("document.getElementById('F002-100000001199').getBoundingClientRect().top")
    assert 0 <= top < 800
    visit.page.goto(f"{large}#T001-000000000001")
    visit.page.keyboard.press("k")
    assert visit.active() == "N003-000000000000"
    visit.context.close()


def test_later_rows_are_made_when_they_come_near(browser: "Browser", large: str) -> None:
    visit = Visit(browser, "about:blank")
    visit.context.add_init_script("window.requestIdleCallback = () => 0;")
    visit.page.goto(large)
    visit.page.evaluate("document.querySelectorAll('#findings .block')[15].scrollIntoView()")
    visit.page.wait_for_selector("#findings .block:nth-of-type(16) article button", state="attached")
    assert visit.troubles == []
    visit.context.close()


def test_later_rows_without_script(browser: "Browser", large: str) -> None:
    visit = Visit(browser, large, java_script_enabled=False)
    assert visit.page.locator("article").count() == 2400
    visit.page.locator("article").nth(2399).scroll_into_view_if_needed()
    assert visit.page.locator("article").nth(2399).is_visible()
    visit.context.close()


def served(browser: "Browser", tmp_path: Path) -> tuple[Visit, list[dict[str, Any]], list[int]]:
    """The page as `duizhao review` serves it; what it sent and was accepted, and the answers to come (else 204)."""
    page = "".join(render_html(result(), decisions_at="decisions"))
    kept: list[dict[str, Any]] = []
    answers: list[int] = []

    def answer(route: Any) -> None:
        if route.request.method == "GET":
            route.fulfill(json={"duizhao": "decisions", "version": 1, "decisions": kept})
            return
        status = answers.pop(0) if answers else 204
        if status == 204:
            kept.append(route.request.post_data_json)
        route.fulfill(status=status, body="" if status == 204 else "the disk is full")

    visit = Visit(browser, "about:blank")
    visit.context.route("http://127.0.0.1:9/token/", lambda route: route.fulfill(body=page, content_type="text/html"))
    visit.context.route("http://127.0.0.1:9/token/decisions", answer)
    visit.page.goto("http://127.0.0.1:9/token/")
    return visit, kept, answers


def test_what_was_not_saved_is_sent_again(browser: "Browser", tmp_path: Path) -> None:
    visit, kept, answers = served(browser, tmp_path)
    answers.append(507)
    visit.page.keyboard.press("j")
    visit.page.keyboard.press("a")
    visit.page.wait_for_selector("#told:text('NOT SAVED: the disk is full')")
    visit.page.keyboard.press("j")
    visit.page.keyboard.press("r")
    visit.page.wait_for_selector("#told:text('2 decided. Saved.')")
    assert sorted((row["fingerprint"][-1], row["decision"]) for row in kept) == [("0", "accept"), ("1", "reject")]
    visit.context.close()


def test_another_window_is_heard(browser: "Browser", tmp_path: Path) -> None:
    visit, kept, _ = served(browser, tmp_path)
    row = {"kind": "finding", "rule": "N003", "fingerprint": "0" * 12, "decision": "reject", "comment": ""}
    kept.append(row)
    visit.page.evaluate("window.dispatchEvent(new Event('focus'))")
    visit.page.wait_for_selector("#told:text('1 decided.')")
    visit.page.keyboard.press("j")
    visit.page.keyboard.press("c")
    visit.page.keyboard.type("why")
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_selector("#told:text('Saved.')")
    assert (kept[-1]["decision"], kept[-1]["comment"]) == ("reject", "why")
    visit.context.close()


def test_what_failed_outlives_a_look_elsewhere(browser: "Browser", tmp_path: Path) -> None:
    visit, kept, answers = served(browser, tmp_path)
    page, chosen = visit.page, "document.getElementById('N003-000000000000').dataset.decision"
    row = {"kind": "finding", "rule": "N003", "fingerprint": "0" * 12, "decision": "later", "comment": ""}
    other = row | {"rule": "T001", "fingerprint": f"{1:012}"}
    kept.extend([row, other])
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_selector("#told:text('2 decided.')")
    answers.append(507)
    page.keyboard.press("j")
    page.keyboard.press("a")
    page.wait_for_selector("#told:text('NOT SAVED')")
    kept.remove(other)  # taken back in another window
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.wait_for_selector("article#T001-000000000001[data-decision='']", state="attached")
    assert page.evaluate(chosen) == "accept"
    visit.context.close()


# What another window of the page does, without the window: when Chromium passes it on is not ours to test.
STORED_ELSEWHERE = """row => localStorage.setItem("duizhao-decisions:" + location.pathname,
    JSON.stringify({ duizhao: "decisions", version: 1, decisions: [row] }))"""
ELSEWHERE = {"kind": "finding", "rule": "N003", "fingerprint": "0" * 12, "decision": "accept", "comment": ""}


@pytest.mark.parametrize("event", ["focus", "storage"])
def test_what_another_window_decided_is_shown(visit: Visit, event: str) -> None:
    visit.page.evaluate(STORED_ELSEWHERE, ELSEWHERE)
    visit.page.evaluate(f"window.dispatchEvent(new Event('{event}'))")
    assert visit.page.inner_text("#told") == "1 decided."
    assert visit.page.evaluate("document.getElementById('N003-000000000000').dataset.decision") == "accept"


def test_two_windows_of_one_page_keep_both_decisions(visit: Visit) -> None:
    visit.page.evaluate(STORED_ELSEWHERE, ELSEWHERE)  # and no event tells of it
    visit.page.keyboard.press("j")
    visit.page.keyboard.press("j")
    visit.page.keyboard.press("r")
    assert visit.page.inner_text("#told") == "2 decided."
    visit.page.reload()
    assert visit.page.inner_text("#told") == "2 decided."


def test_what_was_decided_here_goes_before_what_another_window_decided(visit: Visit) -> None:
    visit.page.evaluate(STORED_ELSEWHERE, ELSEWHERE)
    visit.page.keyboard.press("j")
    visit.page.keyboard.press("r")
    visit.page.reload()
    assert visit.page.evaluate("document.getElementById('N003-000000000000').dataset.decision") == "reject"


def test_keys_are_about_the_finding_that_was_clicked(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.click("article#T001-000000000001 button[data-choice=accept]")
    page.keyboard.press("l")
    chosen = "id => document.getElementById(id).dataset.decision"
    assert page.evaluate(chosen, "N003-000000000000") == "reject"
    assert page.evaluate(chosen, "T001-000000000001") == "later"


def test_rubbish_is_not_taken_from_a_file(visit: Visit, tmp_path: Path) -> None:
    rows: list[Any] = [
        {"kind": "finding", "decision": "banana"},
        {"kind": "rendering", "term": "owl", "rendering": 3, "decision": "accept"},
        {"kind": "finding", "rule": "N003", "fingerprint": "0" * 12, "decision": "later", "comment": 3},
        None,
        {"kind": "finding", "rule": "N003", "fingerprint": "0" * 12, "decision": "later"},
    ]
    for version, told in ((7, "That file holds no decisions."), (1, "1 taken over from the file, 4 not.")):
        content = {"duizhao": "decisions", "version": version, "decisions": rows}
        (tmp_path / "a.json").write_text(json.dumps(content))
        visit.page.set_input_files("#upload", tmp_path / "a.json")
        visit.page.wait_for_selector(f"#told:text('{told}')")


def test_the_buttons_are_no_text_to_look_for(visit: Visit) -> None:
    page = visit.page
    page.locator(".renderings li").first.scroll_into_view_if_needed()
    page.wait_for_selector(".renderings .decide")
    page.keyboard.press("j")
    page.wait_for_selector("#findings .decide")
    page.fill("#text", "alarm")  # as "False alarm" says
    page.wait_for_selector("#nothing", state="visible")
    page.fill("#term-text", "later")
    page.wait_for_selector("#term-nothing", state="visible")
