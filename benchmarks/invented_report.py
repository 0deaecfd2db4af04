"""An invented result of 10,000 findings and more: 7,600 pairs of 800 records in 40 documents, 600 terms, 5 scores."""

import random

from duizhao.corpora import Document, Pair, Record
from duizhao.metrics import Entry, Example, Finding, Rendering, Score, Section, Severity
from duizhao.metrics.messages import say
from duizhao.reports import Result

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
