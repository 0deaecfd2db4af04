"""Give each reader broken inputs by the thousand: every one must yield records or a plain refusal.

python benchmarks/survival.py [INPUTS [FORMAT…]]

Takes a sound little document of each format, changes it at random (bytes flipped, cut out, doubled, swapped with
pieces of other formats, cut short) and reads what comes out, up to its records. 10,000 inputs a format by default; the
seed is fixed. Prints what was read and refused, and every input that ended otherwise.
"""

# ruff: noqa: E501 (documents whose lines are as long as real ones)
import io
import random
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from duizhao.corpora import DuizhaoError, Unit, document_from_bytes, extract_document, write_units

EN = "We watch the otters of the river for a year. They keep their stones under the left arm (87.5%)."
ZH = "我们用一年时间观察河里的海獭。它们把石头夹在左臂下(87.5%)。"
TEXTS: dict[str, str] = {
    "txt": f"1、[CL] Otters at Dusk\nA Lin, B Meyer…\n[River Lab]\n黄昏的海獭。{ZH}\n{EN}\nhttps://example.org/otter\n",
    "md": f"---\ntitle: x\n---\n# Otters | 海獭\n\n**作者**: A Lin, B Meyer\n\n> {EN}\n\n## 摘要（中文）\n\n{ZH}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "html": f"<!DOCTYPE html><html><body><h2>Otters</h2><p><a href='https://a.org/x'>A Lin</a><br>Abstract: {EN}</p><p>摘要：{ZH}</p></body></html>",
    "json": f'[{{"title": "Otters", "summary": "{EN}", "translation": "标题：海獭\\n\\n摘要：{ZH}", "n": 1.5, "a": ["x", {{"name": "Y"}}]}}]',
    "jsonl": f'{{"en": "{EN}", "zh": "{ZH}"}}\n{{"en": "a \\u6d77", "zh": "b"}}\n',
    "tex": f"\\documentclass{{a}}\n\\title{{Otters}}\n\\begin{{document}}\n\\begin{{cabstract}}\n{ZH}%c\n\\end{{cabstract}}\n\\begin{{eabstract}}\n\\emph{{{EN}}} $x^2$\n\\end{{eabstract}}\n\\end{{document}}\n",
    "csv": f'id,en,zh\n1,"{EN}","{ZH}"\n2,"a ""b""\nc",丁\n',
    "tsv": f"en\tzh\n{EN}\t{ZH}\nTwo.\t二。\n",
    "po": f'msgid ""\nmsgstr "Language: zh\\n"\n\n#, fuzzy\nmsgid "{EN}"\nmsgstr "{ZH}"\n',
    "srt": f"1\n00:00:01,000 --> 00:00:02,500\n{EN}\n{ZH}\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo.\n二。\n",
}


def seeds() -> dict[str, bytes]:
    """A sound document of each format."""
    made = {name: text.encode() for name, text in TEXTS.items()}
    units = [Unit(EN, ZH, "u1", {"document": "a.txt"}), Unit("Two otters.", "两只海獭。", "u2")]
    with tempfile.TemporaryDirectory() as folder:
        for name, ending in (("tmx", "tmx"), ("xliff", "xlf"), ("parquet", "parquet")):
            (path,) = write_units(units, name, Path(folder) / f"a.{ending}")
            made[ending] = path.read_bytes()
    made["docx"] = _zip({"word/document.xml": _DOCX})
    made["xlsx"] = _xlsx()
    made["gb.html"] = TEXTS["html"].replace("<body>", "<head><meta charset=gb2312></head><body>").encode("gb18030")
    made["utf16.txt"] = TEXTS["txt"].encode("utf-16")
    made["mojibake.txt"] = TEXTS["txt"].encode().decode("latin-1").encode()
    return made


_DOCX = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>'
    f"{EN}</w:t><w:br/><w:t>{ZH}</w:t></w:r></w:p></w:body></w:document>"
)


def _zip(parts: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def _xlsx() -> bytes:
    import xlsxwriter

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data)
    sheet = book.add_worksheet()
    for row, cells in enumerate((("en", "zh"), (EN, ZH), ("Two.", "二。"))):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    book.close()
    return data.getvalue()


def changed(data: bytes, others: list[bytes], chosen: random.Random) -> bytes:
    """The bytes with one to six changes; those of a text mostly stay UTF-8, so that its reader is reached."""
    if data.startswith(b"PK") and chosen.random() < 0.7:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:  # inside the archive, or its checksums refuse it all
            parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
        name = chosen.choice([name for name in parts if "document" in name or "sheet" in name or "shared" in name])
        text = _changed_text(parts[name], chosen).encode("utf-8", "replace").decode("utf-8")
        return _zip(parts | {name: text})
    if chosen.random() < 0.7:
        try:
            return _changed_text(data.decode("utf-8"), chosen).encode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            pass
    made = bytearray(data)
    for _ in range(chosen.randint(1, 6)):
        at = chosen.randrange(len(made) + 1)
        length = min(chosen.choice((1, 1, 2, 4, 16, 200)), len(made) - at)
        way = chosen.randrange(8)
        if way == 0 and length:
            made[at] = chosen.randrange(256)
        elif way == 1:
            del made[at : at + length]
        elif way == 2:
            made[at:at] = made[at : at + length] * chosen.choice((1, 1, 5, 300))
        elif way == 3:
            other = chosen.choice(others)
            begin = chosen.randrange(len(other))
            made[at : at + length] = other[begin : begin + chosen.choice((1, 8, 100))]
        elif way == 4:
            del made[at:]
        elif way == 5:
            made[at:at] = chosen.choice(
                (b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b"<", b'"', b"{", b"\\", b"\xed\xa0\x80")
            )
        elif way == 6:
            made[at:at] = chosen.choice(("海", "é", "\u202e", "\u2028", "👩\u200d🔬", "𠀀", "１")).encode()
        else:
            begin = chosen.randrange(len(made) + 1)
            made[at:at] = made[begin : begin + length]
    return bytes(made)


def _changed_text(text: str, chosen: random.Random) -> str:
    """The text with one to six changes."""
    for _ in range(chosen.randint(1, 6)):
        at, begin = chosen.randrange(len(text) + 1), chosen.randrange(len(text) + 1)
        length = chosen.choice((1, 1, 2, 4, 16, 100))
        piece = text[begin : begin + length]
        text = chosen.choice(
            (
                text[:at] + text[at + length :],
                text[:at] + piece + text[at:],
                text[:at] + piece * 300 + text[at:],
                text[:at] + chosen.choice(_SIGNS) + text[at:],
                text[:at] + chosen.choice(_SIGNS) + text[at + length :],
                text[:at] if length == 1 else text[:at] + "\n" + text[at:],
                text[:at] + "\n" + chosen.choice(tuple(TEXTS.values()))[begin : begin + 200] + text[at:],
            )
        )
    return text


_SIGNS = "\n|\t|\r|\x00|<|>|</p>|\"|'|{|}|[|]|\\|#|# |**|:|：|,|，|---|>|- |1. |[CL] |Abstract: |摘要：|\ud800|\u202e|\u2028|é|ﬁ|𠀀|&lt;|%|$".split(
    "|"
)


def main(inputs: int, wanted: list[str], say: Callable[[str], None] = print) -> int:
    """Run all formats; 1 where an input ended otherwise than it should."""
    documents = seeds()
    others = list(documents.values())
    failed = 0
    for name, data in documents.items():
        if wanted and name not in wanted:
            continue
        chosen = random.Random(name)
        ends: Counter[str] = Counter()
        slowest, worst, begin = 0.0, b"", time.process_time()
        extract_document(document_from_bytes(data, f"a.{name}"), "a")  # the sound one is read
        for _ in range(inputs):
            broken = changed(data, others, chosen)
            start = time.process_time()
            try:
                found = extract_document(document_from_bytes(broken, f"a.{name}"), "a")
                ends["read" if found.records else "read, no record"] += 1
            except DuizhaoError as error:
                ends["refused"] += 1
                if not str(error).startswith(f"a.{name}") or "; " not in str(error):
                    ends["refused without saying enough"] += 1
                    say(f"  {name}: {error}")
            except Exception as error:
                ends["FAILED"] += 1
                failed = 1
                if ends["FAILED"] <= 3:
                    say(f"  {name}: {type(error).__name__}: {error}\n    {broken[:3000]!r}")
            spent = time.process_time() - start
            if spent > slowest:
                slowest, worst = spent, broken
        counts = ", ".join(f"{count:,} {end}" for end, count in sorted(ends.items()))
        if slowest > 1:
            say(f"  {name}: slow: {worst[:300]!r} … {len(worst):,} bytes")
            Path(tempfile.gettempdir(), f"slow.{name}").write_bytes(worst)
        say(f"{name:13} {counts}; {time.process_time() - begin:.0f} CPU s, slowest {1000 * slowest:.0f} ms")
    return failed


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000, sys.argv[2:]))
