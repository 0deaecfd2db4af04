"""The filters of a corpus: what each rejects, by which thresholds, and in which words.

Every default was chosen so that a filter loses at most about .2 % of pairs that people translated (abstracts, speeches,
reports, novels, verse, menus of programs) and keeps most of what its fault looks like; docs/scale.md has the figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["least", "most", "from"]
DUPLICATE, MEANING = "duplicate", "meaning"  # columns that are not signals: 1 for a duplicate row; the encoder's 0..1


class Threshold(NamedTuple):
    """A limit on some columns of signals.

    A pair is rejected where a column is below a "least" or above a "most". "from" rejects nothing: below it, the filter
    does not judge. A value that is null is no reason. `said` is the sentence, of {value} and {limit}, by column.
    """

    key: str  # in the settings; "" cannot be set
    kind: Kind
    default: float
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of pairs: its name, one sentence about what it rejects, and its thresholds."""

    name: str
    about: str
    thresholds: tuple[Threshold, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return tuple(dict.fromkeys(column for threshold in self.thresholds for column in threshold.said))

    def defaults(self) -> dict[str, float]:
        """The thresholds that can be set, with their defaults."""
        return {threshold.key: threshold.default for threshold in self.thresholds if threshold.key}


def _sides(name: str, said: str) -> dict[str, str]:
    """The same sentence for the columns of both sides."""
    return {f"{name}_en": f"English {said}", f"{name}_zh": f"Chinese {said}"}


def _least(key: str, default: float, said: Mapping[str, str], form: str = "{limit:,.0f}") -> Threshold:
    return Threshold(key, "least", default, {name: f"{each}; at least {form}" for name, each in said.items()})


def _most(key: str, default: float, said: Mapping[str, str], form: str = "{limit:,.0f}") -> Threshold:
    return Threshold(key, "most", default, {name: f"{each}; at most {form}" for name, each in said.items()})


def _from(key: str, default: float, *columns: str) -> Threshold:
    return Threshold(key, "from", default, dict.fromkeys(columns, ""))


_SHARE, _ONE, _TWO = "{limit:.0%}", "{limit:.1f}", "{limit:.2f}"
_LENGTH = _sides("length", "has {value:,.0f} characters")
_RATIO = {"ratio": "English is {value:.1f} characters for one of Chinese"}
_FILTERS = (
    Filter(
        "length",
        "A side is empty, or too long for a sentence or a paragraph.",
        (_least("least", 1, _LENGTH), _most("most", 2000, _LENGTH)),
    ),
    Filter(
        "ratio",
        "One side is far longer than the other.",
        (_least("least", 1.4, _RATIO, _ONE), _most("most", 9, _RATIO, _ONE)),
    ),
    Filter(
        "script",
        "The Chinese side is not in Chinese characters, simplified or traditional, or the English not Latin.",
        (
            _least("chinese", 0.15, {"han_zh": "{value:.0%} of the Chinese side is Chinese characters"}, _SHARE),
            _least("latin", 0.6, {"latin_en": "{value:.0%} of the English letters are Latin"}, _SHARE),
            _most(
                "foreign", 0.15, {"foreign_zh": "{value:.0%} of the Chinese side is kana, Hangul or the like"}, _SHARE
            ),
        ),
    ),
    Filter(
        "language",
        "The English side is in another language of Latin letters, or much of the Chinese side in English.",
        (
            _most("foreign", 0.1, {"foreign_en": "{value:.0%} of the English words are of another language"}, _SHARE),
            _most("unknown", 10, {"unknown_en": "none of the {value:,.0f} English words is a common English one"}),
            _most("english", 3, {"english_zh": "Chinese has {value:,.0f} words as the, of and and"}),
        ),
    ),
    Filter(
        "identical",
        "Both sides are the same but for case, width, blanks and signs: not translated.",
        (Threshold("", "most", 0, {"identical": "both sides are the same"}),),
    ),
    Filter(
        "numbers",
        "A number of one side is not on the other, in figures or in words.",
        (_most("most", 0.5, {"numbers": "a number has no counterpart, with {value:.2f} of certainty"}, _TWO),),
    ),
    Filter(
        "ending",
        "One side ends like a sentence, the other breaks off.",
        (
            _most(
                "most", 0.4, {"ending": "the sides end differently, one cut off with {value:.1f} of certainty"}, _ONE
            ),
            _from("short", 20, "length_en", "length_zh"),
        ),
    ),
    Filter(
        "repetition",
        "A side says the same words or signs over and over.",
        (
            _most("most", 0.33, _sides("repetition", "repeats {value:.0%} of its words"), _SHARE),
            _most("copies", 5, _sides("copies", "says the same {value:,.0f} times in a row")),
        ),
    ),
    Filter(
        "markup",
        "A side has HTML tags or entities, or much of it is LaTeX commands or wiki markup; formulas are text.",
        (
            _most("tags", 0, _sides("tags", "has {value:,.0f} HTML tags or entities")),
            _most("most", 0.2, _sides("markup", "is {value:.0%} markup"), _SHARE),
        ),
    ),
    Filter(
        "urls",
        "A side is little more than web or mail addresses.",
        (_most("most", 0.7, _sides("urls", "is {value:.0%} addresses"), _SHARE),),
    ),
    Filter(
        "boilerplate",
        "A line that web pages wrap around their text: cookies, log-in, menus, copyright, sharing.",
        (_most("most", 0.6, {"boilerplate": "{value:.0%} of a side is a phrase of web pages"}, _SHARE),),
    ),
    Filter(
        "glued",
        "English words have run together.",
        (
            _most("longest", 40, {"longest_en": "the longest English word has {value:,.0f} letters"}),
            _most("mean", 9, {"words_en": "English words have {value:.1f} letters each"}, _ONE),
            _most("stops", 0.15, {"stops_en": "{value:.0%} of the English words lack a blank after a sign"}, _SHARE),
        ),
    ),
    Filter(
        "caps",
        "The English side is in capitals all through, and no short heading.",
        (
            _most("most", 0.7, {"caps_en": "{value:.0%} of the English letters are capitals"}, _SHARE),
            _from("short", 50, "letters_en"),
        ),
    ),
    Filter(
        "controls",
        "A side has characters that no text should have: controls, U+FFFD, private ones, zero-width ones.",
        (
            _most("most", 0, _sides("controls", "has {value:,.0f} control, private or lost characters")),
            _most("hidden", 2, _sides("hidden", "has {value:,.0f} invisible characters")),
        ),
    ),
    Filter(
        "mojibake",
        "A side was decoded wrongly: Ã©, â€™, 锟斤拷, or Chinese characters that hardly occur.",
        (
            _most("most", 0.01, _sides("mojibake", "is {value:.1%} signs of a wrong decoding"), "{limit:.1%}"),
            _most("rare", 0.4, {"rare_zh": "{value:.0%} of the Chinese characters hardly occur in Chinese"}, _SHARE),
        ),
    ),
    Filter(
        "alignment",
        "The aligner, where it made the pair, was not sure of it.",
        (_least("least", 0.3, {"alignment": "the aligner is {value:.2f} sure of the pair"}, _TWO),),
    ),
    Filter(
        MEANING,
        "The sides do not mean the same, where the encoder was asked.",
        (_least("least", 0.5, {MEANING: "both sides mean the same with a probability of {value:.2f}"}, _TWO),),
    ),
    Filter(
        DUPLICATE,
        "The pair stands before, the same but for case, width, blanks and signs.",
        (Threshold("", "most", 0, {DUPLICATE: "the pair stands before in the corpus"}),),
    ),
)
FILTERS: dict[str, Filter] = {each.name: each for each in _FILTERS}
