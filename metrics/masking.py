"""What no rule of form reads: addresses, code and formulas, hidden without moving anything."""

import re

URL = re.compile(r"https?://(?:[\x21-\x27\x2a-\x7e]|\([\x21-\x27\x2a-\x7e]*\))+")  # brackets only in pairs
CODE = re.compile(r"`[^`\n]*`|\$(?!\d{1,3}[ ,]\d{3})[^$\n]{1,200}\$|\\\([^\n]{1,200}?\\\)")


def blanked(text: str, *patterns: re.Pattern[str]) -> str:
    """The text with every match replaced by as many U+FFFC, so that offsets stay.

    >>> len(blanked("see https://example.org", URL))
    23
    """
    for pattern in patterns:
        text = pattern.sub(lambda match: "\ufffc" * len(match[0]), text)
    return text
