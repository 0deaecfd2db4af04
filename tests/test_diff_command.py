"""`duizhao diff`: two versions of a translation, in the three forms."""

import json
from pathlib import Path

import pytest

from duizhao.main import main

PAGE = """\
1、[CL] Otters Drink Tea Under Old Bridges
水獭在老桥下喝茶
A Lin, B Meyer…
[River Lab]
水獭在老桥下喝茶。训练{shells}也要茶。
The otter drinks tea under the old bridge. Training a {english} takes tea too.
https://example.org/otter
"""
OLD = PAGE.format(shells="纠正器器", english="corrector")


def run(capture: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(["diff", *arguments, "--no-encoder"])
    shown = capture.readouterr()
    assert isinstance(left.value.code, int)
    return left.value.code, shown.out, shown.err


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.txt").write_text(OLD, encoding="utf-8")
    Path("new.txt").write_text(OLD.replace("器器", "器"), encoding="utf-8")


def test_a_slip_mended_is_better_and_turned_round_it_is_worse(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "old.txt", "new.txt")
    lines = out.split("\n")
    assert code == 0
    assert lines[:3] == [
        "Better: 1 gone, 0 findings new, 0 staying.",
        "1 record in both, 1 of 3 passages rewritten; 0 records only in the old, 0 in the new.",
        "  F001 doubled warning: 1 gone, 0 new, 0 staying",
    ]
    assert lines[4] == "Findings gone (1):"
    assert lines[5].startswith("old.txt:5:14: F001 warning “器器” → “器” ")
    assert lines[8] == "new#1.abstract.2: 训练纠正器[-器-]也要茶。"
    code, out, _ = run(capsys, "new.txt", "old.txt")
    assert (code, out.partition("\n")[0]) == (1, "Worse: 0 gone, 1 finding new (1 warning), 0 staying.")
    assert run(capsys, "new.txt", "old.txt", "--fail-on", "error")[0] == 0


def test_the_same_twice_differs_in_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "old.txt", "old.txt")[:2] == (
        0,
        "No finding came or went, 1 staying.\n"
        "1 record in both, 0 of 3 passages rewritten; 0 records only in the old, 0 in the new.\n"
        "\nWithout the encoder, only renderings that the termbase lists were looked for (--no-encoder).\n",
    )


def test_markdown_and_json_into_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "old.txt", "new.txt", "--format", "md", "-o", "c.md")[:2] == (0, "")
    text = Path("c.md").read_text(encoding="utf-8").split("\n")
    assert text[0] == "**Better: 1 gone, 0 findings new, 0 staying.**"
    assert "| F001 doubled | warning | 1 | 0 | 0 |" in text
    assert "- new\\#1.abstract.2: 训练纠正器~~器~~也要茶。" in text
    run(capsys, "old.txt", "new.txt", "--format", "json", "-o", "c.json")
    content = json.loads(Path("c.json").read_text(encoding="utf-8"))
    assert content["verdict"] == text[0].strip("*")
    assert [finding["rule"] for finding in content["gone"]] == ["F001"]
    assert content["rewritten"][0]["pieces"] == [["训练纠正器", "训练纠正器"], ["器", ""], ["也要茶。", "也要茶。"]]
    assert sorted(path.name for path in Path().iterdir()) == ["c.json", "c.md", "new.txt", "old.txt"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("old.txt", "other.txt"),
            "other.txt: no record that old.txt has too; wanted two versions of the same texts\n",
        ),
        (("old.txt", "new.txt", "-o", "new.txt"), "new.txt: one of the inputs; wanted another file to write."),
        (("old.txt", "new.txt", "-o", "no/c.md"), "no/c.md: no place for a file"),
        (("old.txt", "none.txt"), "none.txt: no such file or folder"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    other = PAGE.format(shells="桥", english="bridge").replace("Otters", "Rivers").replace("org/otter", "org/river")
    Path("other.txt").write_text(other, encoding="utf-8")
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(message)
