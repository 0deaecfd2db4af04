"""How names sound: one alphabet of sounds for Latin spellings and for Chinese characters.

Both are turned into short strings over the same letters, in which spellings that Chinese transliteration does not
tell apart are one letter (b and p, l and r). Two such strings are compared by a weighted edit distance. Method: the
weighted edit distance of Levenshtein, with costs by class after Kondrak 2000 (ALINE), set by hand on tests/names.tsv.
"""

import unicodedata
from functools import lru_cache

_VOWELS = "aeiou"
_WEAK = "x"  # the vowel that only carries a consonant: 特 is a t

# Latin spellings, longest first. Signs: B=b,p M F D=d,t T=th N R=l,r K=g,k G=g before e,i H J=j,zh C=ch S=s,sh
# Z=z,c,ts V Y W; "-" stands for nothing.
_SPELLINGS = {
    "tsch": "C", "tch": "C", "sch": "S", "dzh": "J", "shch": "SC", "eaux": "o", "zsch": "C",
    "eau": "o", "oeu": "e", "igh": "ai", "dge": "J", "szcz": "SC", "augh": "o", "ough": "o",
    "chr": "KR", "ch": "C", "sh": "S", "zh": "J", "ph": "F", "th": "T", "ck": "K", "kh": "H", "wh": "W", "ts": "Z",
    "tz": "Z", "cs": "C", "sz": "S", "cz": "C", "dj": "J", "dz": "Z", "gh": "h", "rh": "R", "bh": "B", "dh": "D",
    "gn": "gN", "kn": "kN", "wr": "R", "qu": "KW", "ll": "R", "lh": "RY", "nh": "NY", "sc": "SK", "sq": "SK",
    "ee": "i", "oo": "u", "ou": "u", "au": "o", "aw": "o", "ie": "i", "oe": "u", "ei": "ai", "ey": "i", "eu": "oi",
    "ay": "ei", "ai": "ai", "aa": "a", "ea": "i", "uy": "ai", "ij": "ai", "oi": "ua", "ow": "ou", "ew": "iu",
    "ng": "Nh", "nge": "NGe", "ngi": "NGi",
    "ge": "Ge", "gi": "Gi", "gy": "Gi", "gu": "Ku", "ce": "Ze", "ci": "Zi", "cy": "Zi",
    "b": "B", "p": "B", "m": "M", "f": "F", "d": "D", "t": "D", "n": "N", "l": "R", "r": "R", "g": "K", "k": "K",
    "c": "K", "q": "K", "h": "H", "j": "J", "z": "Z", "s": "S", "v": "V", "w": "W", "x": "KS",
    "č": "C", "ć": "C", "ç": "S", "š": "S", "ś": "S", "ş": "S", "ș": "S", "ž": "J", "ź": "Z", "ż": "J", "ř": "J",
    "ł": "W", "ñ": "NY", "ń": "N", "ğ": "h", "ß": "S", "ø": "e", "ö": "e", "ő": "e", "œ": "e", "ä": "e", "æ": "e",
    "å": "o", "ü": "i", "ű": "i", "ı": "e", "đ": "D", "ð": "D", "þ": "T", "ă": "e", "ą": "on", "ę": "eN", "ţ": "Z",
    "ț": "Z", "ð̵": "D",
    "a": "a", "e": "e", "i": "i", "o": "o", "u": "u",
}  # fmt: skip
_LONGEST = max(map(len, _SPELLINGS))

_INITIALS = (
    ("zh", "J"), ("ch", "C"), ("sh", "S"), ("b", "B"), ("p", "B"), ("m", "M"), ("f", "F"), ("d", "D"), ("t", "D"),
    ("n", "N"), ("l", "R"), ("r", "r"), ("g", "K"), ("k", "K"), ("h", "H"), ("j", "j"), ("q", "q"), ("x", "X"),
    ("z", "Z"), ("c", "Z"), ("s", "S"), ("y", "Y"), ("w", "w"),
)  # fmt: skip
# Initials after which "i" is no vowel (四, 石), and syllables whose vowel only carries the consonant.
_NO_I = frozenset(("zh", "ch", "sh", "r", "z", "c", "s"))
_CARRIERS = frozenset("te de bu pu ke ge fu mu he le".split())
_FINALS = {
    "ao": "au", "iao": "iau", "uo": "o", "v": "u", "ve": "ue", "er": "R", "iu": "iu", "ui": "ui", "un": "uN",
}  # fmt: skip
# What the characters of names are read as where dictionaries begin with another reading.
_READ = {
    "茜": "xi", "佛": "fo", "翟": "zhai", "勒": "le", "什": "shi", "曾": "zeng", "单": "shan", "柏": "bo", "仇": "qiu",
    "解": "xie", "朴": "piao", "盖": "gai", "查": "zha", "乐": "le", "任": "ren", "华": "hua", "车": "che",
}  # fmt: skip

# What a sound costs to leave out, and to take for another.
_WEIGHTS = {_WEAK: 0.08, "h": 0.15, **dict.fromkeys(_VOWELS, 0.3), "H": 0.5, "Y": 0.3, "W": 0.35, "w": 0.35, "R": 0.55}
_CONSONANT = 0.85
_ALIKE = (
    ("aeiou", 0.25), ("SXZCJqj", 0.3), ("SX", 0.1), ("SZ", 0.12), ("TS", 0.15), ("TD", 0.05), ("TZ", 0.3), ("TX", 0.3),
    ("Jj", 0.05), ("Jq", 0.15), ("Cq", 0.05), ("Cj", 0.2), ("CJ", 0.2), ("JY", 0.3), ("Jr", 0.1), ("jY", 0.3),
    ("Gj", 0.05), ("GK", 0.05), ("GJ", 0.1), ("Gr", 0.1), ("GH", 0.3), ("GY", 0.3), ("Gq", 0.2), ("Gh", 0.1),
    ("Kj", 0.4), ("Kq", 0.4), ("KC", 0.5), ("KH", 0.3), ("HX", 0.15), ("HF", 0.35), ("KX", 0.6), ("HJ", 0.4),
    ("Vw", 0.03), ("VF", 0.1), ("VB", 0.5), ("VW", 0.1), ("Ww", 0.03), ("WF", 0.3), ("WH", 0.5), ("wF", 0.3),
    ("wB", 0.6), ("MN", 0.2), ("Rr", 0.2), ("rY", 0.3), ("BF", 0.6), ("DS", 0.6), ("DZ", 0.5), ("DC", 0.6),
    ("DJ", 0.6), ("DN", 0.8), ("RN", 0.8), ("Yi", 0.1), ("Wu", 0.1), ("wu", 0.1), ("wo", 0.15), ("Wo", 0.2),
    ("Rx", 0.4),
    ("xe", 0.1), ("xa", 0.2), ("xi", 0.15), ("xo", 0.15), ("xu", 0.12), ("hx", 0.1), ("hH", 0.1), ("hK", 0.15),
    ("hF", 0.3), ("Fu", 0.6), ("Vu", 0.4), ("XS", 0.1),
)  # fmt: skip


def _costs() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}
    for group, cost in _ALIKE:
        for a in group:
            for b in group:
                if a != b:
                    costs[a, b] = cost
    return costs


_TAKEN_FOR = _costs()


@lru_cache(maxsize=8192)
def readings(char: str) -> tuple[str, ...]:
    """All readings of a Chinese character in pinyin without tones, ü as v, the usual one first; () where it has none.

    >>> readings("单")[:2], readings("q")
    (('shan', 'dan'), ())
    """
    # Loading takes 0.1 s and 30 MB, and most runs meet no name.
    from pypinyin import Style, pinyin

    found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    usual = (_READ[char],) if char in _READ else ()
    return tuple(dict.fromkeys([*usual, *(found[0] if found else ())]))


@lru_cache(maxsize=8192)
def sounds_latin(word: str) -> str:
    """The sounds of a name in Latin letters; other characters are silent.

    >>> sounds_latin("Schmidt"), sounds_latin("Ćosić")
    ('SMiD', 'CoSiC')
    """
    text = unicodedata.normalize("NFC", word).casefold()
    sounds: list[str] = []
    i = 0
    while i < len(text):
        for n in range(min(_LONGEST, len(text) - i), 0, -1):
            sound = _SPELLINGS.get(text[i : i + n])
            if sound is not None:
                sounds.append(sound)
                i += n
                break
        else:
            sounds.append(_base(text, i))
            i += 1
    return _once("".join(sounds))


def _base(text: str, i: int) -> str:
    """The sound of a letter without its mark, or of y by its neighbours."""
    if text[i] == "y":
        follows = text[i + 1 : i + 2]
        return "Y" if follows and follows in "aeiouáéíóúö" else "i"
    plain = unicodedata.normalize("NFD", text[i])[0]
    return _SPELLINGS.get(plain, "i" if plain == "y" else "")


def _once(sounds: str) -> str:
    """Each sound that follows itself once only."""
    return "".join(c for k, c in enumerate(sounds) if not k or sounds[k - 1] != c)


@lru_cache(maxsize=8192)
def sounds_zh(text: str) -> str:
    """The sounds of a name in Chinese characters; other characters are silent.

    >>> sounds_zh("施密特"), sounds_zh("高斯")
    ('SxMiDx', 'KauSx')
    """
    return _once("".join(_syllable(found[0]) for c in text if (found := readings(c))))


def _syllable(pinyin: str) -> str:
    """The sounds of one syllable of pinyin without tone."""
    initial, sound = next(((text, c) for text, c in _INITIALS if pinyin.startswith(text)), ("", ""))
    final = pinyin[len(initial) :]
    if pinyin in _CARRIERS or (final == "i" and initial in _NO_I):
        return sound + _WEAK
    if initial == "y" and final in ("i", "in", "ing", "u"):
        sound = ""  # yi, yu: the y is no sound of its own
    if initial == "w" and final == "u":
        return "u"
    nasal = final.endswith(("n", "ng")) and len(final) > 1
    vowel = final.rstrip("ng") if nasal else final
    return sound + _FINALS.get(vowel, vowel).replace("v", "u") + ("N" if nasal else "")


@lru_cache(maxsize=65536)
def likeness(a: str, b: str) -> float:
    """How alike two strings of sounds are, 0..1; 0 where one of them is empty.

    >>> likeness("SMiDD", "SMiDD"), likeness("Ka", "")
    (1.0, 0.0)
    """
    if not a or not b:
        return 0.0
    row = [0.0]
    for c in b:
        row.append(row[-1] + _weight(c))
    for x in a:
        lost = _weight(x)
        above, row = row, [row[0] + lost]
        for j, y in enumerate(b):
            change = above[j] + (0.0 if x == y else _TAKEN_FOR.get((x, y), 1.4))
            row.append(min(change, above[j + 1] + lost, row[j] + _weight(y)))
    whole = sum(map(_weight, a)) + sum(map(_weight, b))
    return max(0.0, 1.0 - 2.0 * row[-1] / whole)


def _weight(sound: str) -> float:
    return _WEIGHTS.get(sound, _CONSONANT)
