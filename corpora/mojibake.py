"""Mojibake: text that was decoded wrongly before it came here, and its undoing where that is sure."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ftfy.badness import is_bad

from .script import HAN, evidence
from .strict_decoding import attempt

# A character that Latin-1 or Windows-1252 makes of a byte, back to that byte.
_BYTE_OF = {ord(bytes((n,)).decode("cp1252", "replace")): n for n in range(0x80, 0xA0)}
del _BYTE_OF[0xFFFD]  # the five bytes that Windows-1252 leaves out
_NO_BYTE = re.compile("[^\x00-\xff" + "".join(map(chr, _BYTE_OF)) + "]")
_ACCENTED_RUN = re.compile(r"[^\x00-\x7f]+")
_GBK_SIGNS = frozenset("£¬ ¡£ ¡¢ £º £» £¡ £¿ £¨ £©".split())  # ，。、：；！？（） as Latin-1 shows them
# Other code pages that UTF-8 is taken for. "sloppy" (registered by ftfy): unassigned bytes stand for themselves.
_CODE_PAGES = ("macroman", "sloppy-windows-1251", "sloppy-windows-1250", "sloppy-windows-1254", "cp437")
_BEGIN = 60  # characters of a line that show what it is


class _Fault(NamedTuple):
    """One way to misread text, and how sure its undoing must be.

    `bonus` is the nats that each character is worth for having come out of a strict decoder of UTF-8.
    """

    name: str
    bonus: float
    least: float
    least_each: float = 0.5

    def surety(self, before: str, after: str) -> float:
        """Nats for `after` being what was written; 0 unless they suffice."""
        new = evidence(after)
        nats = new.nats + self.bonus * new.characters - evidence(before).nats
        return nats if new.distinct >= 2 and nats >= max(self.least, self.least_each * new.characters) else 0.0


_UTF_8_AS_LATIN_1 = _Fault("UTF-8 taken for Latin-1", 3.0, 4.0)
_UTF_8_AS_GBK = _Fault("UTF-8 taken for GBK", 1.0, 4.0)
_GBK_AS_LATIN_1 = _Fault("GBK taken for Latin-1", 0.0, 2.0, 0.75)


class _Best(NamedTuple):
    text: str
    faults: tuple[_Fault, ...]  # the last misreading first


def repair(text: str) -> tuple[str, tuple[str, ...]]:
    """The text with mojibake undone where that is sure, and what was done, with counts of lines.

    Known are UTF-8 taken for Latin-1, Windows-1252 or another code page, GBK taken for Latin-1, and UTF-8
    taken for GBK, each up to three times over. A re-decoding counts only if it is strict and gives Chinese of common
    characters out of what was none (see `evidence`). The whole text is tried first, then each line alone.

    >>> repair("otter: å¯¹ç…§")
    ('otter: 对照', ('read as mojibake: UTF-8 taken for Latin-1; repaired 1 line',))
    """
    if text.isascii():
        return text, ()
    whole = _best(text)
    if whole and (whole.faults != (_GBK_AS_LATIN_1,) or all(map(_is_paired, text.split("\n")))):
        changed = sum(a != b for a, b in zip(text.split("\n"), whole.text.split("\n"), strict=True))
        return whole.text, (_said(whole.faults, changed),)
    lines = text.split("\n")
    repaired = {n: best for n, line in enumerate(lines) if not line.isascii() and (best := _best(line))}
    ways = {best.faults for best in repaired.values()}
    for n, line in enumerate(lines):  # short lines, in the company of sure ones
        if n not in repaired and not line.isascii() and (best := _in_company(line, ways)):
            repaired[n] = best
    lost = sum(n not in repaired and _is_cut(line) for n, line in enumerate(lines))
    counts = Counter(best.faults for _, best in sorted(repaired.items()))
    for n, best in repaired.items():
        lines[n] = best.text
    notes = [_said(faults, count) for faults, count in counts.items()]
    if lost:
        notes.append(f"read as mojibake: UTF-8 taken for GBK, with bytes lost; kept {lost} line{'s'[: lost > 1]}")
    return "\n".join(lines), tuple(notes)


def _best(text: str) -> _Best | None:
    """The surest text that up to three undoings give, None if none is sure."""
    best, most = None, 0.0
    level = [_Best(text, ())]
    for _ in range(3):
        deeper: list[_Best] = []
        for before in level:
            for fault, after in _undone(before.text):
                deeper.append(_Best(after, (*before.faults, fault)))
                if (nats := fault.surety(before.text, after)) > most:
                    best, most = deeper[-1], nats
        level = deeper
    return best


def _undone(text: str) -> Iterator[tuple[_Fault, str]]:
    """The texts that undoing one misreading gives, each strictly decoded."""
    if HAN.search(text):
        if not _is_written(text) and (after := _from_gbk(text)):
            yield _UTF_8_AS_GBK, after
        return
    accented = "".join(runs := _ACCENTED_RUN.findall(text))
    data = b""
    if accented and not _NO_BYTE.search(accented):
        data = text.translate(_BYTE_OF).encode("latin-1")
        if after := attempt(data, "utf-8"):
            if after != text:
                yield _UTF_8_AS_LATIN_1, after
            return  # accents do not fall into UTF-8 by chance, but they do fall into GBK
    for codec in _CODE_PAGES:
        try:
            after = text.encode(codec).decode("utf-8")
        except UnicodeError:
            continue
        if HAN.search(after):
            yield _Fault(f"UTF-8 taken for {codec.removeprefix('sloppy-')}", 3.0, 4.0), after
            return
    # é and ÇÃ are letters of words, ¶ÔÕÕ and £¬ are none
    paired = 2 * sum(len(run) for run in runs if len(run) >= 4 or run in _GBK_SIGNS) >= len(accented)
    if data and paired and (after := attempt(data, "gb18030")):
        yield _GBK_AS_LATIN_1, after


def _from_gbk(text: str) -> str | None:
    for euro in (b"\x80", b"\xa2\xe3"):  # Windows shows the lone byte 0x80 as €, as in 涓€ for 一
        if (after := attempt(_gbk_bytes(text, euro), "utf-8")) or "€" not in text:
            return after
    return None


def _gbk_bytes(text: str, euro: bytes) -> bytes:
    return euro.join(part.encode("gb18030", "replace") for part in text.split("€"))


def _is_written(text: str) -> bool:
    """Whether the first characters show that this is not UTF-8 taken for GBK; spares decoding it all."""
    begin = text[:24]
    try:
        begin.encode("gb18030", "replace").decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start < 6 and "€" not in begin and "\ufffd" not in text
    return False


def _is_cut(line: str) -> bool:
    """Whether a line is UTF-8 taken for GBK that has lost bytes."""
    if line.isascii() or not HAN.search(line) or _is_written(line) or evidence(line[:_BEGIN]).nats >= 0:
        return False
    found = evidence(_gbk_bytes(line.replace("\ufffd", ""), b"\x80").decode("utf-8", "ignore"))
    return found.distinct >= 2 and found.nats >= 2 and evidence(line).nats < 0


def _in_company(line: str, ways: set[tuple[_Fault, ...]]) -> _Best | None:
    """The line as other lines of its text were repaired, where it says too little to be sure alone."""
    for way in sorted(ways, key=str):
        before, after = line, line
        for fault in way:
            before, after = after, dict(_undone(after)).get(fault, "")
        if not after:
            continue
        if way[0] in (_GBK_AS_LATIN_1, _UTF_8_AS_GBK):
            sure = evidence(after).nats - evidence(before).nats >= 1
        else:
            sure = is_bad(line) or evidence(after).nats >= 2  # the first is ftfy's test for what no one writes
        if sure:
            return _Best(after, way)
    return None


def _is_paired(line: str) -> bool:
    """Whether each run of accented letters could be whole characters of GB2312, two bytes each."""
    return all(len(run) % 2 == 0 for run in _ACCENTED_RUN.findall(line)) or _best(line) is not None


def _said(faults: tuple[_Fault, ...], count: int) -> str:
    """The note on lines repaired in one way; the first misreading comes first."""
    names = [fault.name for fault in reversed(faults)]
    times = ("", ", twice", ", three times")[len(names) - 1]
    what = names[0] + times if len(set(names)) == 1 else ", then ".join(names)
    return f"read as mojibake: {what}; repaired {count} line{'s'[: count > 1]}"
