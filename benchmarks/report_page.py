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
import random
import re
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from duizhao.corpora import Document, Pair, Record
from duizhao.metrics import Entry, Example, Finding, Rendering, Score, Section, Severity
from duizhao.metrics.messages import say
from duizhao.pipeline import Options, audit_corpus, build_corpus
from duizhao.reports import Result, render_html

CHROMIUM = "/usr/bin/chromium"
SCROLLS = 40
REST = 1500  # milliseconds after the load; what a filter costs at once is in "first answer"

RECORDS = 2015  # of the bulk file: their audit has 10,000 findings
DOCUMENTS, PAPERS, TERMS = 40, 800, 600
LEVELS: tuple[tuple[str, Severity], ...] = (
    ("T002", "error"), ("T001", "warning"), ("T003", "warning"), ("Q001", "warning"), ("T004", "note"),
    ("C001", "note"),
)  # fmt: skip
EN = """the otter river bridge tea crosses under over slowly while morning fog stone lantern heron we measure show that
a of and in with between boats current depth reeds is are by each seven arches paths banks water leaves steam cups
further results improve large small cold warm evening ferry wooden nets counting quiet""".split()
ZH = list(
    "水獭河桥茶我们在表明这一与的了和中对于雾石灯鹭船流深芦苇七座拱路岸叶汽杯结果进大小冷暖晚渡木网数静清晨慢过下"
)
FIRST = "tidal woven mossy hollow silver drifting lower amber paired nested silent twofold".split()
SECOND = "otter ferry lantern heron bridge kettle current reed arch paddle".split()
THIRD = "model graph field layer kernel".split()

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


class Invented:
    """10,000 findings and more, of the size of real ones; the same ones each time."""

    def __init__(self) -> None:
        self.chance = random.Random(8)
        self.pairs: list[Pair] = []
        self.findings: list[Finding] = []
        self.places: dict[int, list[tuple[Pair, int, int]]] = {}  # of each term: pair, place in English and in Chinese

    def result(self) -> Result:
        documents, records = [], []
        for number in range(DOCUMENTS):
            name, text = f"river/digest-{number:02}.md", ""
            for item in range(PAPERS // DOCUMENTS):
                title_en, title_zh = " ".join(self.chance.choices(EN, k=8)), "".join(self.chance.choices(ZH, k=12))
                record = Record(f"{number}.{item}", name, "abstract", item + 1, "cs.RV", title_en, title_zh)
                records.append(record)
                for _ in range(9 + item % 2):
                    text += self.add_pair(record, len(text))
            documents.append(Document(name, f"{number:064x}", "utf-8", text))
        signature = "nrefs:1|bs:1000|seed:12345|case:mixed|tok:zh|metric:{}|version:2.6.0|duizhao:0.1.0"
        scores = [
            Score(metric, 41.5, signature.format(metric), (40.1, 42.9), 7600, "quality", "otter.zh", "human.zh")
            for metric in ("BLEU", "chrF2", "TER", "terms", "names")
        ]
        entries = [self.entry(term) for term in sorted(self.places)]
        made_by = {"duizhao": "0.1.0", "termbase": "600 terms"}
        return Result(
            tuple(documents), tuple(records), (), tuple(self.pairs), tuple(self.findings), tuple(entries),
            tuple(scores), made_by,
        )  # fmt: skip

    def add_pair(self, record: Record, at: int) -> str:
        """The text of a pair that begins at `at` of its document."""
        term, left, right = self.chance.randrange(TERMS), self.chance.randint(2, 12), self.chance.randint(3, 16)
        start, end = " ".join(self.chance.choices(EN, k=left)), " ".join(self.chance.choices(EN, k=24 - left))
        en = f"{start} {term_en(term)} {end}."
        before, after = ("".join(self.chance.choices(ZH, k=count)) for count in (right, 35 - right))
        zh = f"{before}{term_zh(term)}{after}。"
        span_en, span_zh = (at, at + len(en)), (at + len(en) + 1, at + len(en) + 1 + len(zh))
        score, probability = round(self.chance.uniform(0.5, 0.98), 6), round(1 - self.chance.random() ** 6, 6)
        pair = Pair(
            f"{record.id}.{len(self.pairs)}", record.id, record.document, "abstract", (en,), (zh,), (span_en,),
            (span_zh,), "1-1", score, probability,
        )  # fmt: skip
        self.pairs.append(pair)
        self.places.setdefault(term, []).append((pair, len(start) + 1, right))
        for number in range(self.chance.choice((0, 1, 1, 1, 2, 3))):
            self.findings.append(self.finding(pair, term, (len(start) + 1, right), number))
        return f"{en}\n{zh}\n"

    def finding(self, pair: Pair, term: int, spot: tuple[int, int], number: int) -> Finding:
        rule, severity = self.chance.choice(LEVELS)
        source, found = term_en(term), term_zh(term)
        wanted = ZH[number] + found[1:]
        message = {
            "T001": say("T001.became", source=source, found=found, approved=f"“{wanted}”", figures=""),
            "T002": say("T002.forbidden", source=source, found=found, why=" (literal translation)", wanted=wanted),
            "T003": say("T003.renderings", name=source, here=found, n=2, there=wanted, most=17, where="in this record"),
            "T004": say("T004.became", source=source, found=found, figures=" 0 of 62,953 papers write it so."),
            "Q001": say("Q001.changed", source="7.5 million", found="75万"),
            "C001": say("C001.clause", clause=source),
        }[rule]
        en, zh = pair.spans_en[0][0] + spot[0], pair.spans_zh[0][0] + spot[1]
        return Finding(
            rule, severity, round(self.chance.uniform(0.4, 0.99), 6), pair.document, pair.record, pair.id, source,
            found, (en, en + len(source)), (zh, zh + len(found)), "" if rule == "C001" else wanted, found,
            str(message), len(self.pairs), spot[1] + 1, f"{self.chance.getrandbits(48):012x}", source,
        )  # fmt: skip

    def entry(self, term: int) -> Entry:
        """A term of the glossary; every third has two renderings."""
        source, zh, wrong = term_en(term), term_zh(term), term % 3 == 0
        places = self.places[term]
        parts = [(zh, places[:-2]), (ZH[(term + 1) % 12] + zh[1:], places[-2:])] if wrong else [(zh, places)]
        made = []
        for form, some in parts:
            examples = tuple(
                Example(pair.id, pair.en[0], pair.zh[0], (en, en + len(source)), (at, at + len(zh)))
                for pair, en, at in some[:3]
            )
            ids = tuple(sorted(pair.id for pair, _, _ in some))
            made.append(
                Rendering(
                    source, form, len(some), ids, "forbidden" if wrong else "unlisted", zh, "rivers", form == zh,
                    wrong, len(some), 0.9, ((form, len(some)),), examples, f"{term:06x}{len(made):06x}",
                )
            )  # fmt: skip
        section: Section = "mismatch" if wrong else "new" if term % 3 == 1 else "consistent"
        forms = ((source, len(places)),)
        return Entry(source, section, zh, "rivers", len(places), len(places), 0.9, forms, tuple(made))


def term_en(term: int) -> str:
    return f"{FIRST[term % 12]} {SECOND[term // 12 % 10]} {THIRD[term // 120]}"


def term_zh(term: int) -> str:
    return ZH[term % 12] + ZH[13 + term // 12 % 10] + ZH[24 + term // 120] + "型"


if __name__ == "__main__":
    main()
