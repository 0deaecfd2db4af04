"""Corrected copies: what is mended in which files, byte for byte, and what is never written."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import InputError, read_documents
from duizhao.corpora.model import Document
from duizhao.fix import BYTES, DIFF, FORMAT, GONE, Fixed, fix_documents, fix_targets
from duizhao.metrics import Finding
from duizhao.metrics.fixes import MOVED, UNSURE

LINE = "每只海狗都在桥下喝茶。"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def seals(document: Document, expected: str = "水獭", found: str = "海狗") -> list[Finding]:
    """A T002 for each place of a rendering."""
    findings = []
    at = document.text.find(found)
    while at >= 0:
        line, column = document.position(at)
        findings.append(
            Finding(
                "T002", "error", 0.9, document.source, "", "", "", found, None, (at, at + len(found)), expected, found,
                "", line, column, "0" * 12,
            )
        )  # fmt: skip
        at = document.text.find(found, at + len(found))
    return findings


def fixed(
    *inputs: str, encoding: str | None = None, expected: str = "水獭", found: str = "海狗", out: str = "out"
) -> Fixed:
    documents = read_documents(inputs, encoding)
    findings = [finding for document in documents for finding in seals(document, expected, found)]
    return fix_documents(documents, findings, fix_targets(inputs, Path(out)), Path(out))


TEXT = f"{LINE}\nAn otter drinks tea.\n海狗和海狗数贝壳。\n"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("codec", "mark", "named"),
    [
        ("utf-8", b"", None),
        ("utf-8", b"\xef\xbb\xbf", None),
        ("utf-16-le", b"\xff\xfe", None),
        ("utf-16-be", b"\xfe\xff", None),
        ("utf-32-le", b"\xff\xfe\0\0", None),
        ("gb18030", b"", "gb18030"),
        ("gb18030", b"", "gbk"),
        ("utf-16-le", b"", "utf-16-le"),
        ("hz", b"", "hz"),
    ],
)
def test_the_encoding_and_the_line_ends_stay(ends: str, codec: str, mark: bytes, named: str | None) -> None:
    Path("tea.txt").write_bytes(mark + TEXT.replace("\n", ends).encode(codec))
    made = fixed("tea.txt", encoding=named)
    assert made == Fixed(("tea.txt",), 3, ())
    assert Path("out/tea.txt").read_bytes() == mark + TEXT.replace("海狗", "水獭").replace("\n", ends).encode(codec)
    assert Path("tea.txt").read_bytes() == mark + TEXT.replace("\n", ends).encode(codec)
    assert sorted(os.listdir("out")) == [DIFF, "tea.txt"]


@given(
    st.lists(
        st.sampled_from(["海狗", "茶", "tea ", "\n", "\r\n", "\r", "😀", "𠀀", "e\u0301", "\u2028", "\x85", "\ufeff"])
    )
)
def test_any_mixture_of_line_ends_and_signs(parts: list[str]) -> None:
    data = ("水獭。\n" + "".join(parts) + "茶").encode()
    Path("mix.txt").write_bytes(data)
    made = fixed("mix.txt", out="out")
    lines = data.decode().replace("\r\n", "\n").replace("\r", "\n").split("\n")
    wanted = [line.count("海狗") for line in lines]
    decomposed = sum(n for n, line in zip(wanted, lines, strict=True) if "e\u0301" in line)
    assert made.findings == sum(wanted) - decomposed
    assert dict(made.refused) == ({MOVED: decomposed} if decomposed else {})
    if made.names:
        copy = Path("out/mix.txt").read_bytes()
        assert copy.count("海狗".encode()) == decomposed
        assert copy.replace("水獭".encode(), "海狗".encode()).replace("海狗。".encode(), "水獭。".encode(), 1) == data


def test_a_rendering_that_the_encoding_lacks_is_not_written() -> None:
    Path("tea.txt").write_bytes(TEXT.encode("gb2312"))
    assert fixed("tea.txt", encoding="gb2312", expected="水獭😀").findings == 3  # read as gb18030, which has all
    Path("old.txt").write_bytes("海狗在水中喝茶。\n".encode("big5"))
    assert fixed("old.txt", encoding="big5", expected="水獭").refused == ((BYTES, 1),)
    assert fixed("old.txt", encoding="big5", expected="水獺").names == ("old.txt",)
    assert Path("out/old.txt").read_bytes() == "水獺在水中喝茶。\n".encode("big5")


@pytest.mark.parametrize(
    ("name", "text", "after"),
    [
        ("tea.md", "# 茶\n\n> 每只**海狗**都喝[海狗茶](https://tea.org)。\n", "# 茶\n\n> 每只**水獭**都喝[水獭茶](https://tea.org)。\n"),
        ("tea.html", "<html><body><p>每只海狗都喝茶。</p><p>a &amp; 海狗</p></body></html>", None),
    ],
)  # fmt: skip
def test_formats_with_marks_are_mended_where_the_place_is_sure(name: str, text: str, after: str | None) -> None:
    Path(name).write_text(text, encoding="utf-8")
    made = fixed(name)
    copy = Path("out", name).read_text(encoding="utf-8")
    if after is not None:
        assert (made, copy) == (Fixed((name,), 2, ()), after)
    else:  # &amp; is one character of the text and five of the file: the second place is doubtful
        assert copy.replace("水獭", "海狗") == text and "每只水獭都喝茶" in copy
        assert made.findings + sum(count for _, count in made.refused) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tea.csv", f"en,zh\nEvery otter drinks tea.,{LINE}\n"),
        ("tea.json", '[{"en": "Every otter drinks tea.", "zh": "' + LINE + '"}]'),
        ("tea.tex", "\\documentclass{article}\\begin{document}\n" + LINE + "\n\\end{document}\n"),
    ],
)
def test_other_formats_are_counted_not_mended(name: str, content: str) -> None:
    Path(name).write_text(content, encoding="utf-8")
    assert fixed(name) == Fixed((), 0, ((FORMAT, 1),))
    assert not Path("out").exists()


def test_a_file_that_changed_or_went_is_not_mended() -> None:
    Path("tea.txt").write_text(TEXT, encoding="utf-8")
    documents = read_documents(["tea.txt"])
    Path("tea.txt").write_text(TEXT + "茶\n", encoding="utf-8")
    assert fix_documents(documents, seals(documents[0]), {}, Path("out")).refused == ((GONE, 3),)
    Path("tea.txt").unlink()
    assert fix_documents(documents, seals(documents[0]), {}, Path("out")).refused == ((GONE, 3),)
    assert not Path("out").exists()


def test_what_was_mended_on_reading_is_not_mended_again() -> None:
    Path("tea.txt").write_bytes((LINE + "\n").encode().decode("latin-1").encode() * 3)
    documents = read_documents(["tea.txt"])
    assert documents[0].text == (LINE + "\n") * 3  # the file holds other characters
    assert fix_documents(documents, seals(documents[0]), {}, Path("out")).refused == ((MOVED, 3),)


def test_the_diff_is_one_that_patch_reads() -> None:
    lines = [f"第{k}行。" for k in range(30)]
    for k in (2, 3, 9, 20):
        lines[k] = f"海狗{k}"
    lines[29] = "海狗在最后"
    Path("tea.txt").write_text("\n".join(lines), encoding="utf-8")
    fixed("tea.txt")
    diff = Path("out", DIFF).read_text(encoding="utf-8").split("\n")
    assert diff[:2] == ["--- tea.txt", "+++ out/tea.txt"]
    assert [line for line in diff if line.startswith("@@")] == [
        "@@ -1,13 +1,13 @@",
        "@@ -18,7 +18,7 @@",
        "@@ -27,4 +27,4 @@",
    ]
    assert diff[4:8] == [" 第1行。", "-海狗2", "-海狗3", "+水獭2"]
    assert diff[-3:] == ["+水獭在最后", "\\ No newline at end of file", ""]
    old, new = patched(diff)
    assert all(line in lines for line in old) and [line.replace("海狗", "水獭") for line in old] == new


def patched(diff: list[str]) -> tuple[list[str], list[str]]:
    body = [line for line in diff[2:] if line and not line.startswith(("@@", "\\"))]
    return [line[1:] for line in body if line[0] in " -"], [line[1:] for line in body if line[0] in " +"]


def test_folders_keep_their_shape_and_only_changed_files_are_copied() -> None:
    for name in ("pages/tea.txt", "pages/a/tea.txt", "pages/a/calm.txt"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text("水獭喝茶。\n" if "calm" in name else TEXT, encoding="utf-8")
    assert fixed("pages").names == ("a/tea.txt", "tea.txt")
    assert fixed("pages").names == ("a/tea.txt", "tea.txt")  # over the copies of before
    found = sorted(path.as_posix() for path in Path("out").rglob("*") if path.is_file())
    assert found == ["out/a/tea.txt", f"out/{DIFF}", "out/tea.txt"]


@pytest.mark.parametrize(
    ("inputs", "out", "message"),
    [
        (["tea.txt"], ".", "tea.txt: one of the inputs; wanted another place for its copy. Name another -o."),
        (["pages/tea.txt"], "pages", "pages/tea.txt: one of the inputs"),
        (["tea.txt"], "link", "link/tea.txt: one of the inputs"),
        (["pages"], "pages", "pages/tea.txt: one of the inputs"),
        (["pages"], "pages/fixed", "pages/fixed: inside the input pages; wanted a folder apart. Name another -o."),
        ([DIFF], ".", f"{DIFF}: one of the inputs"),
        (["tea.txt"], "odd", "odd/tea.txt: a folder; wanted room for a file. Name another -o."),
        (["no.txt"], "out", "no.txt: no such file or folder"),
    ],
)
def test_no_input_is_overwritten(inputs: list[str], out: str, message: str) -> None:
    Path("pages").mkdir()
    Path("odd/tea.txt").mkdir(parents=True)
    Path("link").symlink_to(".")
    for name in ("tea.txt", "pages/tea.txt", DIFF):
        Path(name).write_text(TEXT, encoding="utf-8")
    with pytest.raises(InputError) as error:
        fix_targets(inputs, Path(out))
    assert str(error.value).startswith(message)
    assert Path("tea.txt").read_text(encoding="utf-8") == TEXT


def test_an_input_known_from_a_corpus_only_is_not_overwritten_either() -> None:
    Path("tea.txt").write_text(TEXT, encoding="utf-8")
    documents = read_documents(["tea.txt"])
    with pytest.raises(InputError, match=r"^tea\.txt: one of the inputs"):
        fix_documents(documents, seals(documents[0]), {}, Path("."))
    assert Path("tea.txt").read_text(encoding="utf-8") == TEXT
    assert fix_documents(documents, seals(documents[0]), {}, Path("out")).names == ("tea.txt",)


def test_two_copies_of_one_name_are_refused() -> None:
    for name in ("a/tea.txt", "b/Tea.txt"):
        Path(name).parent.mkdir()
        Path(name).write_text(TEXT, encoding="utf-8")
    with pytest.raises(InputError, match=r"^b/Tea\.txt: a second copy called Tea\.txt; wanted one of a name"):
        fixed("a/tea.txt", "b/Tea.txt")
    assert not Path("out").exists()


def test_what_is_told() -> None:
    said = Fixed(("a.txt", "b.txt"), 3, ((UNSURE, 1_200), (FORMAT, 1))).lines(Path("out"))
    assert said == [
        "Fixed 3 findings in out: a.txt, b.txt; see fixes.diff there.",
        "Not fixed: 1,200 with no answer that is sure, 1 with a file that is no plain text.",
    ]
    assert Fixed((), 0, ()).lines(Path("out")) == []


@pytest.mark.skipif(shutil.which("patch") is None, reason="no patch here")
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_patch_makes_the_same_copy(ends: str) -> None:
    Path("tea.txt").write_bytes((TEXT * 3 + "茶。\n" * 9 + "海狗").replace("\n", ends).encode())
    fixed("tea.txt")
    subprocess.run(["patch", "--binary", "-s", "-o", "made.txt", "tea.txt", f"out/{DIFF}"], check=True)
    assert Path("made.txt").read_bytes() == Path("out/tea.txt").read_bytes()
