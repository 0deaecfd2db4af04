"""The frame of a chart and its parts: hand-written SVG, coloured by class, that reads without seeing it."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from ..metrics.messages import Language
from .figures_words import words
from .score_columns import cut
from .visible import labelled

WIDTH = 340  # units; a screen of 400 px shows them at about their size, so that 13 units of text are 12 px or more
_LONGEST = 160  # characters of a name that are looked at: marks that take no room could go on for ever
# Widths of characters of 13 units in the fonts of the page, on the wide side.
_NARROW, _BROAD = frozenset("ijlt.,:;'|!()[]f-· "), frozenset("mwMWGOQ@%&")


def figure(
    key: str,
    lang: Language,
    height: float,
    drawing: Iterable[str],
    title: str,
    caption: Iterable[str],
    rows: Sequence[tuple[str, str]] = (),
) -> Markup:
    """A chart: heading, drawing with its content in words as `title`, caption, and the numbers as a table of `rows`.

    `key` names it: the figure has the id `fig-key`, its heading and the head of the table come from the words of that
    key. What is Markup in `drawing` and `caption` stays, other text is escaped.
    """
    table = ""
    if rows:
        body = Markup("").join(Markup('<tr><th scope="row">%s</th><td>%s</td></tr>') % row for row in rows)
        table = Markup(
            '<details class="numbers"><summary>%s</summary><table class="bins"><thead><tr><th scope="col">%s</th>'
            '<th scope="col">%s</th></tr></thead><tbody>%s</tbody></table></details>\n'
        ) % (words("numbers", lang), words(f"{key}.bins", lang), words("pairs", lang), body)
    return Markup(
        '<figure class="drawn" id="fig-%s"><h3>%s</h3>\n<svg class="drawing" role="img" aria-labelledby="fig-%s-t" '
        'viewBox="0 0 %s %s"><title id="fig-%s-t">%s</title>\n%s</svg>\n<figcaption>%s</figcaption>\n%s</figure>\n'
    ) % (
        key,
        words(key, lang),
        key,
        WIDTH,
        number(height),
        key,
        labelled(title),
        Markup("\n").join(drawing) + "\n",
        Markup(words("sentence", lang)).join(caption),
        table,
    )


def number(value: float) -> str:
    """A length of the drawing, to a tenth of a unit.

    >>> number(3.0), number(2.25), number(1200)
    ('3', '2.2', '1200')
    """
    return f"{value:.1f}".removesuffix(".0")


def text(words_shown: str, x: float, y: float, *classes: str, inside: Markup | None = None) -> Markup:
    """Text that begins at `x` on the base line `y`; with the class "end" it ends there, with "mid" it is centred."""
    kind = Markup(' class="%s"') % " ".join(classes) if classes else ""
    place = Markup(' x="%s"') % number(x) if x else ""
    return Markup('<text%s%s y="%s">%s</text>') % (
        kind,
        place,
        number(y),
        inside if inside is not None else labelled(words_shown),
    )


def boxes(kind: str, places: Iterable[tuple[float, float, float, float]]) -> Markup:
    """Rectangles (x, y, width, height) of one class as one path; nothing where there are none."""
    drawn = "".join(
        f"M{number(x)} {number(y)}h{number(width)}v{number(height)}h-{number(width)}z" for x, y, width, height in places
    )
    return Markup('<path class="%s" d="%s"/>') % (kind, drawn) if drawn else Markup("")


def line(kind: str, x: float, y: float, x2: float, y2: float) -> Markup:
    """A straight line of one class."""
    return Markup('<path class="%s" d="M%s %sL%s %s"/>') % (kind, number(x), number(y), number(x2), number(y2))


def breadth(shown: str) -> float:
    """About how many units a text takes, rather more than fewer.

    >>> breadth("水獭ij") > breadth("ijij")
    True
    """
    return sum(map(_breadth, shown))


def fitted(name: str, room: float) -> str:
    """A name of a document, rule or system on one line and in at most `room` units, hidden characters shown.

    >>> fitted("otters/of/the/long/river.md", 100)
    'otter…ver.md'
    """
    if len(name) > _LONGEST:
        name = f"{name[: _LONGEST // 2]}…{name[-_LONGEST // 2 :]}"
    shown = " ".join(labelled(name).split())
    columns = len(shown) * 2
    while breadth(shown) > room and columns > 1:
        columns = min(columns - 1, int(room / 4) + 1)
        shown = cut(shown, columns)
    return shown


def title_name(name: str) -> str:
    """A name for the words of a drawing: on one line, and of a very long one both ends."""
    return cut(" ".join(labelled(name[:_LONGEST]).split()) + ("…" if len(name) > _LONGEST else ""), 40)


def key_words(kinds: Sequence[str], lang: Language) -> Markup:
    """What the colours and signs of severities mean; the sign before each comes from the page's style."""
    return Markup("、" if lang == "zh" else ", ").join(
        Markup('<span class="level %s">%s</span>') % (kind, words(f"key.{kind}", lang)) for kind in kinds
    )


def escaped(sentence: str, **fields: Markup) -> Markup:
    """A sentence with Markup in its fields."""
    return Markup(escape(sentence)).format(**fields)


def _breadth(character: str) -> float:
    if character < "\x7f":
        if character in _NARROW:
            return 5.0
        return 11.5 if character in _BROAD else 9.0 if character.isupper() else 7.6
    return 13.0 if character >= "\u1100" else 9.0
