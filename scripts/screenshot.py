"""Takes the pictures of the README: the report of the examples in headless Chromium.

.venv/bin/python scripts/screenshot.py [docs/images]

Writes report.png (first screen), report-findings.png and report-glossary.png, 1280×800 each. The report is made anew
from examples/, so run it when the page, or what the audit says of the examples, has changed. Fonts are those of the
machine: another machine's pictures differ by some pixels.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PAGES = ["examples/digest.txt", "examples/keypoints.txt", "examples/newsletter.txt"]
CHROMIUM = "/usr/bin/chromium"
SIZE = ViewportSize(width=1280, height=800)  # pixels
SHOWN = {  # picture: what stands at its upper edge, "" for the first screen
    "report.png": "",
    "report-findings.png": "h3:has-text('Streaming Speech')",  # the paper that the README quotes
    "report-glossary.png": "#glossary",
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as out, sync_playwright() as player:
        report = made_report(Path(out))
        browser = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        # Light, still, in one language: whatever the machine prefers.
        page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce", locale="en-GB")
        page.goto(report.as_uri())
        for name, top in SHOWN.items():
            show(page, top)
            page.screenshot(path=folder / name, animations="disabled", caret="hide")
            print(folder / name, (folder / name).stat().st_size, "bytes")
        browser.close()


def made_report(out: Path) -> Path:
    command = [sys.executable, "-m", "duizhao", "run", *PAGES, "-o", str(out)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    if done.returncode != 1:  # the examples are full of planted errors
        raise SystemExit(f"duizhao run ended with {done.returncode}; wanted 1. See above.")
    return out / "report.html"


def show(page: Page, top: str) -> None:
    for _ in range(3 if top else 0):  # what is far below has its true height only when it comes near
        page.locator(top).first.evaluate("part => part.scrollIntoView()")
        page.wait_for_timeout(100)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "docs" / "images"))
