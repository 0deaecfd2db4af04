"""Traditional Chinese is judged through a simplified copy of the same length: rules and counts know one script."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from opencc import OpenCC

from ..corpora import Pair
from ..corpora.script import chinese_script


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs as the rules see them, in the order given, and of those in traditional Chinese the words of the mainland.

    `mainland` maps the id of such a pair to its Chinese with Taiwan's words replaced (軟體 by 软件): what stands
    there is no error. Its offsets are its own.
    """

    pairs: tuple[Pair, ...]
    mainland: Mapping[str, str]


def judged(pairs: Iterable[Pair]) -> Judged:
    """The pairs with their traditional Chinese simplified, character by character; all others as they are.

    The script is told record by record: a title alone may be too short.
    """
    pairs = list(pairs)
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        texts[pair.record] += pair.zh
    traditional = {record for record, found in texts.items() if is_traditional("".join(found))}
    seen: list[Pair] = []
    mainland: dict[str, str] = {}
    for pair in pairs:
        if pair.record in traditional:
            mainland[pair.id] = _converter("tw2sp").convert("".join(pair.zh))
            pair = replace(pair, zh=tuple(simplified(sentence) for sentence in pair.zh))
        seen.append(pair)
    return Judged(tuple(seen), mainland)


def is_traditional(zh: str) -> bool:
    """Whether a text is written in traditional characters.

    >>> is_traditional("機器學習"), is_traditional("机器学习")
    (True, False)
    """
    return chinese_script(zh) == "Hant"


def simplified(zh: str) -> str:
    """The text in simplified characters, of the same length.

    >>> simplified("機器學習的演算法")
    '机器学习的演算法'
    """
    text = str(_converter("t2s").convert(zh))
    if len(text) == len(zh):
        return text
    return "".join(one if len(one := _converter("t2s").convert(character)) == 1 else character for character in zh)


def traditional(zh: str) -> str:
    """The text in traditional characters.

    >>> traditional("机器学习")
    '機器學習'
    """
    return str(_converter("s2t").convert(zh))


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)
