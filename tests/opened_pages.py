"""Pages for tests: opened in a real browser, or taken apart into tags and text."""

import os
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser

BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
CHROMIUM = os.environ.get("DUIZHAO_CHROMIUM") or next((path for path in BROWSERS if Path(path).exists()), None)
# Names and addresses of other machines lead nowhere, and the browser asks nothing of its own accord.
SWITCHES = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


class Visit:
    """One opened page, with what it complained of and what it asked for."""

    def __init__(self, browser: "Browser", address: str, **options: Any) -> None:
        self.troubles: list[str] = []
        self.requests: list[str] = []
        self.context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.troubles.append(message.text))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(address)

    def ids(self) -> list[str]:
        """The cards that are not hidden."""
        return list(self.page.evaluate("Array.from(document.querySelectorAll('article:not([hidden])'), a => a.id)"))

    def visible(self) -> int:
        return len(self.ids())

    def wait_until_visible(self, count: int) -> None:
        # Playwright's own wait needs eval, which the page's policy forbids.
        end = time.monotonic() + 5
        while self.visible() != count and time.monotonic() < end:
            self.page.wait_for_timeout(20)
        assert self.visible() == count

    def active(self) -> str:
        return str(self.page.evaluate("document.activeElement.id"))

    def width_over(self) -> int:
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def ground(self) -> str:
        return str(self.page.evaluate("getComputedStyle(document.body).backgroundColor"))


class Parts(HTMLParser):
    """Every tag with its attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.values: list[tuple[str, str, str]] = []
        self.text: list[str] = []
        self.comments: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))
        self.values += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)
