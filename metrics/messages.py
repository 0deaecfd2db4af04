"""What the audit says, each sentence in English and in Chinese; a rule's sentences have keys that begin with its code.

The English is what tests and pages quote. Both say the same with the same fields, so that neither can be forgotten.
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal, Self

from .messages_content import COVERAGE, NOTES, QUANTITIES
from .messages_form import FORM
from .messages_terms import NAMES, TERMS
from .reason_words import REASONS

Language = Literal["en", "zh"]

MESSAGES: Mapping[str, tuple[str, str]] = MappingProxyType(TERMS | NAMES | QUANTITIES | COVERAGE | FORM | NOTES)

_EXCHANGED = {"English": "Chinese", "Chinese": "English", "英文": "中文", "中文": "英文"}
_SIDE = re.compile(f"“[^”]{{0,200}}”|{'|'.join(_EXCHANGED)}")  # what is quoted stays; few quote more
# What the shipped termbase says most against a rendering: these are three quarters of all.
_REASONS = (
    (re.compile(r"the fixed term is ([\u3400-\u9fff]+)"), "固定译法是“{}”"),
    (re.compile(r"([A-Za-z' -]{1,40}?) here is ([\u3400-\u9fff]+)"), "此处“{}”应为“{}”"),
    (re.compile(r"([A-Za-z' -]{1,40}?) is ([\u3400-\u9fff]+)"), "“{}”应为“{}”"),
    (re.compile("keep the Latin name"), "保留原名"),
    (re.compile("literal translation"), "逐字直译"),
)


class Message(str):
    """A sentence in English, as a string, and the same in Chinese as `zh`; where that is not known, the English.

    >>> Message("An otter.", "水獭。").zh, Message("An otter.").zh
    ('水獭。', 'An otter.')
    """

    __slots__ = ("zh",)
    zh: str

    def __new__(cls, en: str, zh: str = "") -> Self:
        """Both at once."""
        self = super().__new__(cls, en)
        self.zh = zh or en
        return self

    def requoted(self, old: str, new: str) -> "Message":
        """The same with another word where `old` stands in quotes, in both languages.

        >>> Message("not “代币”", "不是“代币”").requoted("代币", "代幣").zh
        '不是“代幣”'
        """
        old, new = f"“{old}”", f"“{new}”"
        return Message(self.replace(old, new), self.zh.replace(old, new))

    def exchanged(self) -> "Message":
        """The same of the other side: English for Chinese and Chinese for English, but for what is quoted.

        >>> Message("The English “English” is odd.", "英文的“英文”不对。").exchanged().zh
        '中文的“英文”不对。'
        """
        return Message(*(_SIDE.sub(lambda match: _EXCHANGED.get(match[0], match[0]), text) for text in (self, self.zh)))


def message_of(text: str) -> Message:
    """The text as a message; a bare string is English in both languages."""
    return text if isinstance(text, Message) else Message(text)


def in_language(text: str, lang: Language) -> str:
    """The text in that language, as a bare string.

    >>> in_language(say("Q001.missing", number="7"), "zh")
    '“7”在中文里没有对应。'
    """
    return message_of(text).zh if lang == "zh" else str(text)


def say(key: str, /, **fields: object) -> Message:
    """The message of that key with its fields filled in; a field that is a message is filled in by language.

    >>> say("Q001.missing", number="7")
    '“7” has no counterpart in the Chinese.'
    """
    en, zh = MESSAGES[key]
    chinese = {name: value.zh if isinstance(value, Message) else value for name, value in fields.items()}
    return Message(en.format(**fields), zh.format(**chinese))


def joined(parts: Iterable[str], en: str = "", zh: str = "") -> Message:
    """The parts one after another, with `en` or `zh` between two of them.

    >>> joined(["“a”", "“b”"], " or ", "或").zh
    '“a”或“b”'
    """
    messages = [message_of(part) for part in parts]
    return Message(en.join(messages), zh.join(message.zh for message in messages))


def because(why: str) -> Message:
    """A termbase's reason in brackets, in Chinese where its wording is known; "" where it gives none.

    >>> because("bank here is 河岸").zh
    '（此处“bank”应为“河岸”）'
    """
    if not why:
        return Message("")
    found = ((pattern.fullmatch(why), zh) for pattern, zh in _REASONS)
    reason = next((zh.format(*match.groups()) for match, zh in found if match), REASONS.get(why, why))
    return say("T002.why", why=Message(why, reason))
