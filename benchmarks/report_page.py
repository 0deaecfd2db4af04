"""What a report of 10,000 findings costs: to write it, and in a browser to open it, to filter and to scroll.

python benchmarks/report_page.py [--shared [../shared]] [--turns 7] [--keep FOLDER]

An invented result (7,600 pairs of 800 records in 40 documents, 600 terms, 5 scores); with --shared also the audit of
the first 2,015 records of the bulk file, which is made once and kept in /tmp. Each turn opens the page anew in headless
Chromium; median, fastest and slowest of the turns. "First answer" is a filter at once, from the start of navigation.
The other filters come 1.5 s after the load, for the page makes its later rows meanwhile, and are timed in the page,
without the wait after a key: "work" until layout is done, "shown" until after the next frame, which comes at most 60
times a second. Scrolling goes 2,000 pixels a frame, from the middle on.
"""

import argparse
import os
import pickle
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from invented_report import Invented
from playwright.sync_api import Browser, sync_playwright

from duizhao.pipeline import Options, audit_corpus, build_corpus
from duizhao.reports import Result, render_html

CHROMIUM = "/usr/bin/chromium"
SCROLLS = 40
REST = 1500  # milliseconds after the load; what a filter costs at once is in "first answer"

RECORDS = 2015  # of the bulk file: their audit has 10,000 findings

# Each is called in the page. A page without `duizhao.filter` filters at once where its form is sent off.
FILTER = """async (words) => {
  const box = document.getElementById("text"), before = document.getElementById("count").textContent;
  const begin = performance.now();
  box.value = words;
  box.dispatchEvent(new Event("input", {bubbles: true}));
  if (typeof duizhao === "object" && duizhao.filter) duizhao.filter();
  else document.getElementById("filters").dispatchEvent(new Event("submit", {cancelable: true}));
  document.body.getBoundingClientRect();
  const work = performance.now() - begin;
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return [work, performance.now() - begin, before !== document.getElementById("count").textContent];
}"""
SCROLL = """async (count) => {
  const gaps = [], middle = document.documentElement.scrollHeight / 2;
  let last = 0;
  for (let k = 0; k <= count; k++) {
    const now = await new Promise(done => requestAnimationFrame(done));
    if (k) gaps.push(now - last);
    last = now;
    window.scrollTo({top: middle + k * 2000, behavior: "instant"});
  }
  gaps.sort((a, b) => a - b);
  return [gaps[gaps.length >> 1], gaps[gaps.length - 1]];
}"""
NODES = """() => {
  const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
  let nodes = 1;
  while (walker.nextNode()) nodes++;
  return [nodes, document.getElementsByTagName("*").length];
}"""
TIMES = """async () => {
  const painted = () => performance.getEntriesByName("first-contentful-paint")[0];
  for (let k = 0; k < 200 && !painted(); k++) await new Promise(done => setTimeout(done, 10));
  return [performance.getEntriesByType("navigation")[0].loadEventEnd, painted() ? painted().startTime : NaN];
}"""
# The first moment at which the page answers: the load event is over, and a filter of one word has been shown.
ANSWER = """window.addEventListener("load", () => setTimeout(async () => {
  await (FILTER)("e");
  window.answered = performance.now();
}));""".replace("FILTER", FILTER)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", nargs="?", const="../shared", type=Path)
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="write the pages here and leave them")
    given = parser.parse_args()
    samples: dict[str, Callable[[], Result]] = {"invented": lambda: Invented().result()}
    if given.shared:
        samples["real"] = lambda: real(given.shared)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        home = given.keep or Path(folder)
        home.mkdir(parents=True, exist_ok=True)
        for name, make in samples.items():
            result = make()
            page, cpu = written(result, home / f"{name}.html", min(given.turns, 3))
            print(f"\n{name}: {len(result.findings):,} findings in {len(result.pairs):,} pairs, "
                  f"{len(result.entries):,} terms, {len(result.documents)} documents")  # fmt: skip
            print(f"{'file':>22} {page.stat().st_size / 1e6:9.2f} MB")
            print(row("Python, CPU", cpu))
            words = [around_share(result, share) for share in (0.07, 0.5)]
            print(f"{'filters':>22} {', '.join(f'{word!r} ({share:.1%})' for word, share in words)}, nothing")
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
            turns = [visit(browser, page, [word for word, _ in words]) for _ in range(given.turns)]
            browser.close()
            for what in turns[0]:
                print(row(what, [turn[what] for turn in turns]))
    print(f"\nload average {', '.join(f'{load:.2f}' for load in os.getloadavg())} on {os.cpu_count()} cores")


def written(result: Result, path: Path, turns: int) -> tuple[Path, list[float]]:
    """The page as a file, and the CPU milliseconds it took, after one warm-up."""
    text, used = "".join(render_html(result)), []
    for _ in range(turns):
        begin = time.process_time()
        again = "".join(render_html(result))
        used.append((time.process_time() - begin) * 1000)
        if again != text:
            sys.exit("the page differs from one writing to the next")
    path.write_text(text, encoding="utf-8", newline="\n")
    return path, used


def visit(browser: Browser, path: Path, words: list[str]) -> dict[str, float]:
    """One turn in a fresh context: milliseconds by what they were spent on, and how many nodes there are."""
    found: dict[str, float] = {}
    address = path.resolve().as_uri()
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(ANSWER)
    page = context.new_page()
    page.goto(address)
    while not page.evaluate("window.answered"):
        page.wait_for_timeout(20)
    answers = page.evaluate("window.answered")
    context.close()
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(address)
    found["load"], found["first paint"] = page.evaluate(TIMES)
    found["first answer"] = answers
    page.wait_for_timeout(REST)
    steps = [("A, 7 %", words[0]), ("B, half", words[1]), ("C, all again", "")]
    for name, word in steps:
        work, shown, changed = page.evaluate(FILTER, word)
        if not changed:
            sys.exit(f"the page did not filter by {word!r}")
        found[f"filter {name}: work"], found[f"filter {name}: shown"] = work, shown
        page.wait_for_timeout(100)
    found["scroll frame, median"], found["scroll frame, worst"] = page.evaluate(SCROLL, SCROLLS)
    nodes: tuple[int, int] = page.evaluate(NODES)
    found["nodes"], found["elements"] = nodes
    context.close()
    return found


def row(what: str, values: list[float]) -> str:
    if what in ("nodes", "elements"):
        return f"{what:>22} {statistics.median(values):9,.0f}"
    middle, low, high = statistics.median(values), min(values), max(values)
    return f"{what:>22} {middle:9.0f} ms  [{low:.0f}, {high:.0f}]"


def real(shared: Path) -> Result:
    """The audit of the bulk file's first records, as the command makes it; worked out once."""
    kept = Path(tempfile.gettempdir(), f"duizhao-report-page-{RECORDS}.pickle")
    if kept.exists():
        result: Result = pickle.loads(kept.read_bytes())  # our own
        return result
    lines = (shared / "bulk" / "abstract_pairs.jsonl").read_text("utf-8").split("\n")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bulk.jsonl")
        path.write_text("\n".join(lines[:RECORDS]), encoding="utf-8")
        result = audit_corpus(build_corpus([str(path)]), Options())
    kept.write_bytes(pickle.dumps(result))
    return result


def around_share(result: Result, share: float) -> tuple[str, float]:
    """A word that stands in about this share of the findings' sentences, and the share."""
    pairs = {pair.id: " ".join((*pair.en, *pair.zh)).lower() for pair in result.pairs}
    texts = [pairs.get(finding.pair, "") for finding in result.findings]
    counts = Counter(word for text in texts for word in set(re.findall(r"[a-z]{3,20}", text)))
    near = sorted(counts, key=lambda word: (abs(counts[word] - share * len(texts)), word))[:20]
    exact = {word: sum(word in text for text in texts) / len(texts) for word in near}
    best = min(near, key=lambda word: abs(exact[word] - share))
    return best, exact[best]


if __name__ == "__main__":
    main()
