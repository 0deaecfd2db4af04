"""Charts of rows: a name, its count and a bar under both."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..corpora import Document, Pair
from ..metrics import SEVERITIES, Finding, Severity
from ..metrics.messages import Language
from .figures_drawing import WIDTH, boxes, breadth, escaped, figure, fitted, key_words, text, title_name
from .figures_words import numbered, words
from .summary import counted, rule_name
from .tally_alignment import Aligned, aligned_in
from .tally_findings import Found, found_in

MOST_ROWS = 15
_PITCH = 33.0  # from row to row
_BASE, _TOP, _THICK = 13.0, 18.5, 8.5  # base line of the words, upper edge and thickness of the bar
_GAP = 1.0  # between the parts of a bar
_LEAST = 2.0  # units a part takes at least, so that one finding beside thousands still shows
_SIGNS = {"error": "◆", "warning": "▲", "note": "●"}


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    counts: tuple[int, ...]  # by severity, worst first

    @property
    def total(self) -> int:
        return sum(self.counts)


def rule_figure(findings: Sequence[Finding] | Found, lang: Language) -> Markup:
    """The findings by rule, the most frequent first, bars split by severity; after 15 rules the others as one row.

    >>> rule_figure([], "en")
    Markup('')
    """
    found = findings if isinstance(findings, Found) else found_in(findings)
    rows = [_Row(rule_name(code, lang), counts) for code, counts in found.rules.items()]
    # Equal ones by name, which begins with the code.
    rows.sort(key=lambda row: (-row.total, row.name))
    if len(rows) > MOST_ROWS:
        others = rows[MOST_ROWS:]
        counts = tuple(map(sum, zip(*(row.counts for row in others), strict=True)))
        rows = [*rows[:MOST_ROWS], _Row(numbered("rules.others", len(others), lang), counts)]
    return _stacked("rules", rows, lang, [])


def document_figure(findings: Sequence[Finding], documents: Sequence[Document], lang: Language) -> Markup:
    """The findings by document, the 15 worst by errors, then warnings; nothing for one document or no finding.

    >>> document_figure([], [], "en")
    Markup('')
    """
    found = found_in(findings)
    return documents_drawn(found, len({document.source for document in documents} - found.documents.keys()), lang)


def documents_drawn(counted_findings: Found, clean: int, lang: Language) -> Markup:
    """The same of findings in counts, `clean` being how many documents have none."""
    found, (unnamed, theirs) = counted_findings.documents, counted_findings.more
    if clean + len(found) + unnamed < 2:
        return Markup("")
    short = [name.replace("\\", "/").rpartition("/")[2] for name in found]
    unique = len(set(short)) == len(short)
    rows = [_Row(name if unique and name else source, found[source]) for source, name in zip(found, short, strict=True)]
    rows.sort(key=lambda row: ([-count for count in row.counts], row.name))
    notes = []
    if others := len(rows[MOST_ROWS:]) + unnamed:
        rest = sum(row.total for row in rows[MOST_ROWS:]) + theirs
        notes.append(numbered("documents.others", others, lang, m=f"{rest:,}"))
    if clean:
        notes.append(numbered("documents.clean", clean, lang))
    return _stacked("documents", rows[:MOST_ROWS], lang, notes)


def bead_figure(pairs: Sequence[Pair] | Aligned, lang: Language) -> Markup:
    """The types of pairs ("1-1", "1-2", "1-0") with their counts and shares, the most frequent first.

    >>> bead_figure([], "en")
    Markup('')
    """
    aligned = pairs if isinstance(pairs, Aligned) else aligned_in(pairs)
    total = len(aligned)
    if not total:
        return Markup("")
    rows = sorted(aligned.types.items(), key=lambda item: (-item[1], item[0]))
    if len(rows) > MOST_ROWS:
        rows = [
            *rows[:MOST_ROWS],
            (words("beads.others", lang), sum(count for _, count in rows[MOST_ROWS:])),
        ]
    most = max(count for _, count in rows)
    drawing: list[Markup] = []
    places, said = [], []
    for k, (kind, count) in enumerate(rows):
        share = 100 * count / total
        value = words("beads.row" if share >= 0.05 else "beads.small", lang, n=f"{count:,}", share=f"{share:.1f}")
        drawing.append(_named(k, kind, value))
        places.append((0.0, k * _PITCH + _TOP, max(_LEAST, WIDTH * count / most), _THICK))
        said.append(f"{title_name(kind)} {value}")
    drawing.append(boxes("plain", places))
    caption = [words("beads.what", lang, pairs=counted(total, "pair", lang))]
    if aligned.lone:
        caption.append(words("beads.lone", lang, lone=counted(aligned.lone, "pair", lang)))
    title = words("beads", lang) + words("colon", lang) + words("and", lang).join(said)
    return figure("beads", lang, len(rows) * _PITCH, drawing, title, caption)


def _stacked(key: str, rows: Sequence[_Row], lang: Language, notes: Sequence[str]) -> Markup:
    """Rows with bars split by severity: one path for each severity keeps the drawing small."""
    if not rows:
        return Markup("")
    most = max(row.total for row in rows)
    scale = (WIDTH - 2 * (_LEAST + _GAP)) / most
    places: dict[Severity, list[tuple[float, float, float, float]]] = {severity: [] for severity in SEVERITIES}
    drawing: list[Markup] = []
    said = []
    for k, row in enumerate(rows):
        x = 0.0
        shown = []
        for severity, count in zip(SEVERITIES, row.counts, strict=True):
            if count:
                long = max(_LEAST, scale * count - _GAP)
                places[severity].append((x, k * _PITCH + _TOP, long, _THICK))
                x += long + _GAP
                shown.append((severity, f"{_SIGNS[severity]} {count:,}"))
        drawing.append(_named(k, row.name, *shown))
        parts = [
            numbered(severity, count, lang) for severity, count in zip(SEVERITIES, row.counts, strict=True) if count
        ]
        said.append(f"{title_name(row.name)} {('、' if lang == 'zh' else ', ').join(parts)}")
    drawing += [drawn for severity in SEVERITIES if (drawn := boxes(severity, places[severity]))]
    present = [severity for severity in SEVERITIES if places[severity]]
    caption = [escaped(words(f"{key}.what", lang, keys="{keys}"), keys=key_words(present, lang)), *notes]
    title = words(key, lang) + words("colon", lang) + words("and", lang).join([*said, *notes])
    return figure(key, lang, len(rows) * _PITCH, drawing, title, caption)


def _named(k: int, name: str, *values: str | tuple[Severity, str]) -> Markup:
    """The words of row k: its name on the left, and its counts, coloured where they are of a severity, on the right."""
    said = "  ".join(value if isinstance(value, str) else value[1] for value in values)
    inside = Markup(" ").join(
        value if isinstance(value, str) else Markup('<tspan class="%s">%s</tspan>') % value for value in values
    )
    y = k * _PITCH + _BASE
    label = fitted(name, WIDTH - breadth(said) - 8)
    return Markup("").join([text(label, 0, y), text("", WIDTH, y, "end", inside=inside)])
