"""A report for the browser: two documents about owls, with findings of each level, and a glossary."""

from duizhao.corpora import Document, Pair, Record
from duizhao.metrics import Entry, Example, Finding, Rendering, Section, Severity, Status
from duizhao.reports import Result

LEVELS: tuple[tuple[str, Severity], ...] = (("N003", "error"), ("T001", "warning"), ("F002", "note"))
HOSTILE = '<img src=x onerror="document.title=1"><script>document.title=2</script>\u202e'

TERMS: dict[Section, list[str]] = {"mismatch": ["barn", "tawny"], "new": ["snowy"], "consistent": ["<b>wood</b>"]}


def sample(count: int = 240, clean: int = 0) -> Result:
    """`count` findings in two documents, a third of each level, and in each `clean` pairs without one at the end."""
    documents, records, pairs, findings = [], [], [], []
    for number, name in enumerate(["夜/morning.md", "evening.md"]):
        text = ""
        for item in range(count // 2):
            record, pair = f"{number}.{item // 10}", f"{number}.{item}"
            if item % 10 == 0:
                records.append(Record(record, name, "abstract", item // 10 + 1, None, "Owls", f"猫头鹰{item}"))
            en, zh = f"The barn owl number {item} sleeps by day.", f"第{item}只谷仓猫头鹰白天睡觉。"
            at = len(text)
            text += f"{en}\n{zh}\n"
            span_en, span_zh = (at, at + len(en)), (at + len(en) + 1, at + len(en) + 1 + len(zh))
            pairs.append(Pair(pair, record, name, "abstract", (en,), (zh,), (span_en,), (span_zh,), "1-1", 0.9))
            rule, level = LEVELS[item % 3]
            start = span_zh[0] + zh.index("谷仓")
            message = f"Wanted another name {HOSTILE if item == 0 else ''}"
            findings.append(
                Finding(rule, level, 0.9, name, record, pair, "barn owl", "谷仓猫头鹰", (at + 4, at + 12),
                        (start, start + 5), "仓鸮", "谷仓猫头鹰", message, item * 2 + 2, 3, f"{number}{item:011}")
            )  # fmt: skip
        for item in range(count // 2, count // 2 + clean):
            en, zh = f"The fen is quiet at hour {item}.", f"第{item}个钟头沼泽很静。"
            at = len(text)
            text += f"{en}\n{zh}\n"
            span_en, span_zh = (at, at + len(en)), (at + len(en) + 1, at + len(en) + 1 + len(zh))
            pairs.append(Pair(f"{number}.{item}", record, name, "abstract", (en,), (zh,), (span_en,), (span_zh,), "1-1",
                              0.6, 0.7))  # fmt: skip
        documents.append(Document(name, "0" * 64, "utf-8", text))
    entries = tuple(term(f"{word} owl", section) for section, words in TERMS.items() for word in words)
    return Result(
        tuple(documents), tuple(records), (), tuple(pairs), tuple(findings), entries, (), {"made by": "a test"}
    )


def term(en: str, section: Section) -> Entry:
    example = Example("0.0", f"The {en} sleeps by day.", "谷仓猫头鹰白天睡觉。", (4, 4 + len(en)), (0, 5))
    found: tuple[tuple[str, int, Status], ...] = (("谷仓猫头鹰", 3, "forbidden"), ("仓鸮", 1, "preferred"))
    rows = tuple(
        Rendering(en, zh, count, ("0.0", "1.1"), status, "仓鸮", "", count == 3, status == "forbidden",
                  forms=((zh, 2), (zh[:1] + "的" + zh[1:], 1)), examples=(example,))
        for zh, count, status in found
    )  # fmt: skip
    return Entry(en, section, "仓鸮", "", 4, 2, 0.9, ((en, 4),), rows)
