"""Quantities of an English text: figures, numerals, per cent, multiples, fractions, ordinals."""

import re

from .quantity import FIGURE, NOISE, SCIENTIFIC, SIGN, TIMES, Quantity, Reader, Reading, figure, read, scientific
from .word_patterns import any_of, starts_of

_CARDINALS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_RANKS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth"
)
_DECADES = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNITS = {word: value for value, word in enumerate(_CARDINALS.split())}
_TENS = {word: 10 * tens for tens, word in enumerate(_DECADES.split(), start=2)}
_ORDINALS = {word: value for value, word in enumerate(_RANKS.split(), start=1)} | {
    tens.removesuffix("y") + "ieth": value for tens, value in _TENS.items()
}
SCALES = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "quadrillion": 1e15, "lakh": 1e5,
    "crore": 1e7, "bn": 1e9, "tn": 1e12, "mn": 1e6, "k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12,
}  # fmt: skip
_ROUND = {"hundredth": 100, "thousandth": 1000, "millionth": 1_000_000}
_DENOMINATORS = {"half": 2, "halve": 2, "quarter": 4, **_ROUND} | _ORDINALS
_VERBS = {
    "twice": 2, "double": 2, "doubled": 2, "doubles": 2, "doubling": 2, "twofold": 2, "thrice": 3, "triple": 3,
    "tripled": 3, "triples": 3, "tripling": 3, "threefold": 3, "quadruple": 4, "quadrupled": 4, "quadruples": 4,
    "fourfold": 4, "fivefold": 5, "sixfold": 6, "sevenfold": 7, "eightfold": 8, "ninefold": 9, "tenfold": 10,
    "hundredfold": 100, "thousandfold": 1000,
}  # fmt: skip
# Words that may answer a Chinese number and state none themselves.
_HINTS = {"decade": 10, "decades": 10, "dozen": 12, "century": 100, "centuries": 100, "fortnight": 14, "score": 20,
          "trio": 3, "triad": 3, "triplet": 3, "triplets": 3, "quartet": 4, "quarterly": 4, "quarter": 0.25,
          "triangle": 3, "triangular": 3, "quadrant": 4, "quadrants": 4, "trilogy": 3}  # fmt: skip
_HINTS |= {tens.removesuffix("y") + "ies": value for tens, value in _TENS.items()}  # "in the eighties"
_GROUPS = {"decade": 10, "centur": 100, "dozen": 12}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_SCALE = r"(?:thousand|million|billion|trillion|quadrillion|lakh|crore)"
_UNIT = "(?:" + any_of(w for w, v in _UNITS.items() if 0 < v < 10) + ")"
_SMALL = rf"(?:(?:{any_of(_TENS)})(?:[ -]?{_UNIT}\b)?|{any_of(_UNITS)})"
_HUNDRED = rf"(?:(?:{_SMALL}|an?)[ -]hundred\b(?:(?:[ -]and)?[ -]{_SMALL}\b)?|{_SMALL}\b)"
_SPELT = rf"(?:(?:{_HUNDRED}|an?)[ -]{_SCALE}\b(?:,?(?:[ ]and)?[ -]{_HUNDRED}(?:[ -]{_SCALE}\b)?){{0,3}}|{_HUNDRED})"
_OTHERS = (
    "few,no one,no-one,no shot,no-shot,several,many,order,half,halv,hundred,part,type,war,phase,stage,level,class,"
    "volume,chapter,table,grade"
)
_LONG = [scale for scale in SCALES if len(scale) > 2]
_AFTER_A = ["hundred", "order", *_LONG, *_DENOMINATORS]
_WITH_A = [article + blank + word for article in ("a", "an") for blank in " -" for word in _AFTER_A]
_WORDS = starts_of([*_UNITS, *_TENS, *_LONG, *_ORDINALS, *_VERBS, *_HINTS, *_OTHERS.split(","), *_WITH_A])
_PART = any_of(set(_DENOMINATORS) - {"first", "second", "halve"})
_PARTS = any_of(word + "s" for word in set(_DENOMINATORS) - {"first", "second"})
_PERCENT = r"[ -]?(?:\$?[ ]?\\?%|(?:percent|per[ -]cent|percentage|pct|pp)\b)(?:[ -]points?\b)?"
_MULTIPLE = rf"[ ]?{TIMES}(?![A-Za-z0-9*])(?![ ]?[0-9])|[ ]?X\b|[ -]?(?:times|folds?)\b"

_GRAMMAR = re.compile(
    rf"""
    (?:(?=[0-9.+'’[(-])|(?<![A-Za-z])(?=[A-Za-z])|(?m:^)(?=[ ]))(?:  # few places can begin anything
    (?=[0-9.+'’-])(?:
      (?P<round>(?<![0-9.,])10{{1,6}}'?s\b(?=[ ](?:of|or)\b))
    | (?P<decade>(?<![\w.])(?:1[0-9]|20)[0-9]0[’']?s\b|(?<![\w.])[’']?[2-9]0[’']?s\b)
    | (?P<sci>{SIGN}{SCIENTIFIC})
    )
  | (?P<skip>{NOISE})
  | (?=[0-9.+-])(?:
      (?P<tens>{FIGURE}[ -]orders?[ -]of[ -]magnitudes?\b)
    | 24/7\b | 24[ -]hours?[ ]a[ ]day\b | 9/11\b | (?P<ratio>(?<![\w./]){FIGURE}/{FIGURE}(?![\w/]|\.[0-9]))
    | (?P<rank>(?<![\w.,])[0-9]{{1,6}}[ -]?(?:st|nd|rd|th)\b)
    | (?P<share_of>(?<![0-9.,])(?P<some>1(?=[ ]in)|[0-9]{{1,3}}(?=[ ](?:in[ ]every|in[ ]10+|out[ ]of)[ ]?))
      [ ](?:in|out[ ]of)[ ](?:every[ ])?(?P<every>[0-9]{{1,6}}\b))
    | (?P<power>(?<![\w.^])(?P<base>[1-9][0-9]{{0,2}})\^(?:\{{[ ]?)?(?P<exponent>[0-9]{{1,2}})(?![0-9])[ ]?\}}?)
    | (?P<figure>(?P<digits>{SIGN}{FIGURE})(?:[+]?[ -]?(?P<by>(?i:{_SCALE}s?|hundreds?|(?:bn|tn|mn)\b))
      | (?P<gap>[ ]?)(?P<letter>[kKMBm]|(?<=[0-9])T)(?![A-Za-z0-9]))?
      (?:(?P<percent>{_PERCENT})|(?P<times>{_MULTIPLE})|(?=[ ]?(?P<pm>[pP]\.?[mM]\b))|(?=(?P<glued>[A-Za-z]{{1,12}}))
      |(?=[ -](?P<era>(?i:decade|centur|dozen))))?)
    )
  | (?<![A-Za-z])(?={_WORDS})(?:
      (?P<idiom>(?i:(?:zero|one|few|no)[ -](?:shots?|hot|one)\b|fifty[ -]fifty\b
      |one[ -]to[ -](?:one|many)\b|one[ ](?:of|another|or)\b))
    | (?P<magnitude>(?i:(?:(?:{_SPELT}|several|many|an?)[ -])?orders?[ -]of[ -]magnitudes?\b))
    | (?P<vague>(?i:\b(?:tens|dozens|hundreds|thousands|millions|billions|trillions)\b
      (?:[ ]of[ ](?:hundreds|thousands|millions|billions|trillions)\b)?
      | \b(?:several|few|many)[ ](?:dozen|hundred|thousand|million|billion|trillion)\b))
    | (?P<share>(?i:(?:an?|one)[ -](?:{_PART})\b(?![ ](?:person|party|parties|order|world))
      | {_UNIT}[ -](?:{_PARTS})\b))
    | (?P<andhalf>(?i:(?P<whole>{_SPELT})[ -]and[ -]a[ -]half\b))
    | (?P<ordinal>(?i:(?:(?:{any_of(_TENS)})[ -])?(?:{any_of(_ORDINALS)})\b | {_SMALL}[ -](?:{any_of(_ROUND)})\b))
    | (?P<halfof>(?i:\bhalf(?:[ ]of)?[ ]an?[ ](?:million|billion|trillion|thousand|dozen)\b))
    | (?P<half>(?i:\b(?:half|halves|halved|halving)\b))
    | (?P<onein>(?i:(?P<heads>one(?=[ ]in\b)|{_SPELT}(?=[ ]out\b|[ ]in[ ](?:ten|every)\b))
      [ ](?:in|out[ ]of)[ ](?:every[ ])?(?P<of>{_SPELT})))
    | (?P<words>\b(?P<spelt>(?i:{_SPELT}))(?:(?P<spelt_percent>{_PERCENT})|(?P<spelt_times>[ -]?(?:times|fold)\b)
      |(?=[ -](?P<age>(?i:decade|centur|dozen))))?)
    | (?P<scale>(?i:\b(?:hundred(?:[ ]{_SCALE})?|{_SCALE})\b))
    | (?P<verb>(?i:\b(?:{any_of(_VERBS)})\b))
    | (?P<hint>(?i:\b(?:{any_of(_HINTS)})\b))
    | \b(?i:part|type|war|phase|stage|level|class|volume|chapter|table|grade)[ -](?P<roman>[IVX]{{1,4}})\b
    ))
    """,
    re.VERBOSE,
)
_LINK = re.compile(r"[ ]?(?:-|~|,|/|to|and|or|,[ ]and|,[ ]or)[ ]?")


def _spelt(text: str) -> float:
    """The value of an English numeral in words ("two hundred and five thousand" is 205000)."""
    total = part = 0.0
    for word in re.findall(r"[a-z]+", text.lower()):
        if word == "hundred":
            part = (part or 1) * 100
        elif word in SCALES:
            total, part = total + (part or 1) * SCALES[word], 0
        else:
            glued = next((tens for tens in _TENS if word.startswith(tens)), "")  # "twentyfive"
            part += (_TENS[glued] if glued else 0) + _UNITS.get(word.removeprefix(glued), 0)
    return total + part


def _figure(match: re.Match[str]) -> Reading:
    """A figure with what is attached to it: a scale, per cent, times."""
    value, scale = figure(match["digits"]), 1.0
    also: tuple[float, ...] = ()
    if match["by"]:
        word = match["by"].lower().rstrip("s")
        scale = 100.0 if word == "hundred" else SCALES[word]
    elif match["letter"] == "m":  # metres, or millions
        also = (value * 1e6,)
    elif match["letter"]:
        scale = SCALES[match["letter"].lower()]
        also = (value,) if match["gap"] else ()  # "300 K" may be kelvin
        also += (value * 1024,) if match["letter"] in "kK" else ()  # a context of 4K tokens
    elif match["era"]:
        also = (value * _GROUPS[match["era"].lower()],)
    elif match["pm"]:
        also = (value + 12,)
    if match["percent"]:
        return Reading("percent", value * scale)
    if match["times"]:
        return Reading("multiple", value * scale)
    name = bool(match["glued"]) and any(letter.isupper() for letter in match["glued"][:-2])  # 20NewsGroups
    weak = name or match["glued"] == "D"
    return Reading("number", value * scale, weak, also, scale)


def _words(match: re.Match[str]) -> Reading:
    """A numeral in words; "one" and its like claim nothing."""
    value = _spelt(match["spelt"])
    if match["spelt_percent"]:
        return Reading("percent", value)
    weak = match["spelt"].lower() in ("one", "zero") or match["spelt"].lower().startswith(("a ", "an "))
    also = (value * _GROUPS[match["age"].lower()],) if match["age"] else ()
    return Reading("multiple" if match["spelt_times"] else "number", value, weak, also)


def _onein(match: re.Match[str]) -> Reading:
    """A share told by heads: "one in three" is a third, "nine out of ten" 0.9."""
    heads, below = _spelt(match["heads"]), _spelt(match["of"])
    return Reading("number", heads / below if below else 0.0, False, (heads, below))


def _share_of(match: re.Match[str]) -> Reading:
    """A share told by heads in figures: "1 in 5" is a fifth."""
    some, every = float(match["some"]), max(float(match["every"]), 1.0)
    return Reading("number", some / every, False, (some, every))


def _power(match: re.Match[str]) -> Reading:
    """A power of a small number: "2^16" is 65536, and may stand as 2 and 16."""
    base, exponent = int(match["base"]), int(match["exponent"])
    return Reading("number", float(base**exponent), False, (float(base), float(exponent)))


def _share(match: re.Match[str]) -> Reading:
    """A fraction in words: "three quarters", "a third" (which claims nothing: it may be an ordinal)."""
    count, _, part = re.sub("-", " ", match["share"].lower()).partition(" ")
    part = {"halves": "half"}.get(part, part.removesuffix("s"))
    weak = count in ("a", "an") or part == "half"
    value = _UNITS.get(count, 1) / _DENOMINATORS[part]
    also = (float(_DENOMINATORS[part]),) if weak else ()
    return Reading("number", value, weak, (*also, round(value, 2), round(value, 3)))


def _ratio(match: re.Match[str]) -> Reading:
    """A fraction in figures."""
    above, below = match["ratio"].split("/")
    return Reading("number", figure(above) / figure(below) if figure(below) else 0.0)


def _decade(match: re.Match[str]) -> Reading:
    """A decade: "1990s" is 1990, and 90; a whole century ("1900s") is the next century's number too."""
    year = float(re.sub("[^0-9]", "", match["decade"]))
    century = (year // 100 + 1,) if year % 100 == 0 else ()
    return Reading("number", year, year < 100, (year % 100, *century))


def _ordinal(match: re.Match[str]) -> Reading:
    """An ordinal in words ("forty-eighth"); the first three are too idiomatic to claim anything."""
    before, _, last = re.sub("-", " ", match["ordinal"].lower()).rpartition(" ")
    if last in _ROUND:
        return Reading("ordinal", _spelt(before) * _ROUND[last])
    value = float(_TENS.get(before, 0) + _ORDINALS[last])
    return Reading("ordinal", value, value <= 3)


_READERS: dict[str, Reader] = {
    "round": lambda m: Reading("vague", figure(re.sub("[^0-9]", "", m["round"]))),
    "decade": _decade,
    "sci": lambda m: Reading("number", scientific(m["sci"])),
    "magnitude": lambda m: Reading("vague", 10.0),
    "tens": lambda m: Reading("vague", 10.0),
    "share_of": _share_of,
    "ratio": _ratio,
    "rank": lambda m: Reading("ordinal", float(re.sub("[^0-9]", "", m["rank"]))),
    "figure": _figure,
    "vague": lambda m: Reading("vague", SCALES.get(m["vague"].lower().split()[0].rstrip("s"), 100.0)),
    "share": _share,
    "halfof": lambda m: Reading("number", 0.5 * SCALES.get(m["halfof"].lower().split()[-1], 12), True),
    "half": lambda m: Reading("number", 0.5, True),
    "onein": _onein,
    "words": _words,
    "scale": lambda m: Reading("number", _spelt(m["scale"]), True),
    "andhalf": lambda m: Reading("number", _spelt(m["whole"]) + 0.5, False, (_spelt(m["whole"]),)),
    "power": _power,
    "verb": lambda m: Reading("multiple", float(_VERBS[m["verb"].lower()])),
    "ordinal": _ordinal,
    "hint": lambda m: Reading("number", float(_HINTS[m["hint"].lower()]), True),
    "roman": lambda m: Reading("number", float(_ROMAN.get(m["roman"], 0)), True),
}


def quantities_en(text: str) -> list[Quantity]:
    """The quantities an English text states, in text order, without overlap.

    >>> [(q.kind, q.value, q.text) for q in quantities_en("GPT-2 has 1.5B weights, four times as many")]
    [('number', 1500000000.0, '1.5B'), ('multiple', 4.0, 'four times')]
    """
    return read(text, _GRAMMAR, _READERS, _LINK)
