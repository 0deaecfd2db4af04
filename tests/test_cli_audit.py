"""The options of the audit on the command line: what each leaves, that files set them, that bad ones are refused."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from duizhao.main import main

TERMS = "en,zh,forbidden\notter,水獭,海狗=an animal with ears\n"
EN = (
    "Every otter drinks tea under the old bridge. Nobody counted the shells of the otters. "
    "The tea map is at https://example.org for everybody to see. Training a corrector takes tea too."
)
PAGE = f"""\
1、[CL] Otters Drink Tea Under Old Bridges
水獭在老桥下喝茶
A Lin, B Meyer…
[River Lab]
每只海狗都在老桥下喝茶。没有人数过海狗的贝壳。茶地图在https://example . org，谁都可以看看。训练纠正器器也要茶。
{EN}
https://example.org/otter
"""
SURE = ["T002", "T002", "F003", "F001"]  # in the order of the page
ONLY = ("--select", "T002,F001,F003")


class Shell:
    """Runs the command line in this process, in a folder of its own."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self.capture = capture
        self.more: tuple[str, ...] = ()

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main([*arguments, *(self.more if arguments[0] in ("audit", "run", "glossary") else ())])
            raise SystemExit(0)
        shown = self.capture.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, shown.out, shown.err

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        out = self("audit", "tea.txt", "--format", "jsonl", *arguments)[1]
        return [json.loads(line) for line in out.split("\n") if line]

    def rules(self, *arguments: str) -> list[str]:
        return [row["rule"] for row in self.rows(*arguments)]


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


@pytest.fixture
def sh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Shell]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers
    write("tea.txt", PAGE)
    write("terms.csv", TERMS)
    yield Shell(capsys)


@pytest.fixture
def settled(sh: Shell) -> Shell:
    """With a file of settings that names the termbase; the shipped one, which takes a while to index, is left out."""
    write("duizhao.toml", 'termbase = "terms.csv"\n')
    sh.more = ("--no-termbase",)
    return sh


def test_codes_choose(settled: Shell) -> None:
    assert settled.rules(*ONLY) == SURE
    assert settled.rules("--select", "T002", "--select", "f001, F003") == SURE
    assert settled.rules(*ONLY, "--ignore", "F") == SURE  # the longer code decides
    assert settled.rules("--select", "T002,F", "--ignore", "F003") == ["T002", "T002", "F001"]
    assert "F001" not in settled.rules("--ignore", "F") and "T002" in settled.rules("--ignore", "F")


def test_what_is_not_shown_is_counted_and_fails_nothing(settled: Shell) -> None:
    code, out, _ = settled("audit", "tea.txt", "--select", "T002", "-o", "out")
    assert code == 1 and " not shown: --select T002.\nSettings from duizhao.toml.\n" in out
    assert Path("out/findings.jsonl").read_text(encoding="utf-8").count("\n") == 2
    code, out, _ = settled("audit", "tea.txt", "--select", "Q003")
    assert code == 0 and out.startswith("No finding in ")


def test_run_takes_the_same_and_its_files_agree(settled: Shell) -> None:
    code, out, _ = settled("run", "tea.txt", "-o", "out", "--select", "F001", "--write-baseline", "known", "-q")
    assert code == 1 and " not shown: --select F001." in out and "Wrote 1 finding to known.\n" in out
    rows = Path("out/findings.jsonl").read_text(encoding="utf-8").strip().split("\n")
    assert [json.loads(row)["rule"] for row in rows] == ["F001"]
    report = Path("out/report.html").read_text(encoding="utf-8")
    assert "--select F001" in report and "duizhao.toml sha256:" in report
    # No finding that is reported speaks of a rendering.
    glossary = Path("out/glossary.csv").read_text(encoding="utf-8")
    assert ",海狗," in glossary and ",true,true," not in glossary
    code, out, _ = settled("run", "tea.txt", "-o", "out", "--select", "F001", "--baseline", "known")
    assert code == 0 and "1 finding known before, as known says." in out
    assert Path("out/findings.jsonl").read_bytes() == b""


def test_glossary_uses_the_settings_too(settled: Shell) -> None:
    flagged = "otter,水獭,海狗,2,"
    line = next(line for line in settled("glossary", "tea.txt")[1].split("\n") if line.startswith(flagged))
    assert ",true," in line
    write("duizhao.toml", 'termbase = "terms.csv"\nignore = ["T"]\n')
    line = next(line for line in settled("glossary", "tea.txt")[1].split("\n") if line.startswith(flagged))
    assert line.split(",")[7] == "false"
    assert flagged not in settled("glossary", "tea.txt", "--no-config")[1]


def test_the_command_line_wins_over_the_file(settled: Shell) -> None:
    write(
        "duizhao.toml",
        'termbase = ["terms.csv"]\nselect = ["F001"]\nignore = ["F003"]\nfail-on = "never"\nbaseline = "known"\n',
    )
    write("known", "")
    write("empty.csv", "en,zh\nbridge,桥\n")
    assert settled("audit", "tea.txt")[0] == 0
    assert settled("audit", "tea.txt", "--fail-on", "warning")[0] == 1
    assert settled.rules() == ["F001"]
    assert settled.rules("--select", "T002,F003") == ["T002", "T002"]
    assert settled.rules("--select", "T002", "--termbase", "empty.csv") == []
    settled("audit", "tea.txt", "--write-baseline", "other")
    assert settled.rules("--baseline", "other") == []
    assert settled.rules("--no-config", *ONLY) == ["F003", "F001"]


def test_settings_are_found_above_and_named(settled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("sub").mkdir()
    monkeypatch.chdir("sub")
    code, out, _ = settled("audit", "../tea.txt", *ONLY)
    assert code == 1 and out.count("T002 error") == 2 and out.endswith("Settings from ../duizhao.toml.\n")
    write("mine.toml", 'select = ["F001"]\n')
    out = settled("audit", "../tea.txt", "--config", "mine.toml")[1]
    assert out.count("tea.txt:5:") == 1 and out.endswith("Settings from mine.toml.\n")


def test_paths_have_their_own_ignores(settled: Shell) -> None:
    write("old/tea.txt", PAGE.replace("otter\n", "otter/old\n"))
    write("duizhao.toml", 'termbase = "terms.csv"\nselect = ["F001"]\nper-path-ignores = {"old/*" = ["F"]}\n')
    for inputs in (("tea.txt", "old/tea.txt"), (os.path.abspath("tea.txt"), os.path.abspath("old"))):
        out = settled("audit", *inputs)[1]
        assert out.count("tea.txt:5:") == 1 and "1 finding not shown: old/* ignores F.\n" in out


def test_findings_let_stand(settled: Shell) -> None:
    marks = [row["fingerprint"] for row in settled.rows(*ONLY)]
    write(".duizhao-ignore", f"# tea\n{marks[0]} T002 a name\n{marks[0]} F001 of no rule\n")
    code, out, _ = settled("audit", "tea.txt", *ONLY)
    assert code == 1 and out.count("tea.txt:5:") == 3
    assert "1 finding let stand, as .duizhao-ignore says.\n" in out
    assert "1 entry of .duizhao-ignore matches nothing in what was read.\n" in out
    write("mine", f"{marks[3]} F001 a joke")  # in place of the other
    assert settled.rules(*ONLY, "--ignore-file", "mine") == ["T002", "T002", "F003"]
    write(".duizhao-ignore", f"{marks[0]} T002\n")
    code, out, err = settled("audit", "tea.txt")
    assert (code, out) == (2, "") and err.startswith(".duizhao-ignore:1: no reason; wanted FINGERPRINT RULE reason")


def test_a_baseline_tells_new_from_known(settled: Shell) -> None:
    code, out, _ = settled("audit", "tea.txt", *ONLY, "--write-baseline", "known")
    assert code == 1 and out.endswith("Wrote 4 findings to known.\n")
    code, out, _ = settled("audit", "tea.txt", *ONLY, "--baseline", "known")
    assert code == 0 and "4 findings known before, as known says.\n" in out
    write("tea.txt", PAGE.replace("器器也", "器器也训练纠正器器").replace("海狗的贝壳", "水獭的贝壳"))
    code, out, _ = settled("audit", "tea.txt", *ONLY, "--baseline", "known")
    assert out.count("tea.txt:5:") == 1 and "F001 warning" in out
    assert "1 entry of known matches nothing in what was read.\n" in out
    settled("audit", "tea.txt", *ONLY, "--baseline", "known", "--write-baseline", "known")
    assert settled.rules(*ONLY, "--baseline", "known") == []  # with what was known and stands, and what is new
    assert Path("known").read_text(encoding="utf-8").count("\n") == 4


def test_the_shipped_termbase_and_the_encoder_can_be_left_out(settled: Shell) -> None:
    settled.more = ()
    write("gpt.txt", PAGE.replace("A Lin", "B Lin").replace("贝壳", "变压器").replace("the shells", "the Transformers"))
    shipped = settled("audit", "gpt.txt", "--select", "T002")[1]
    alone = settled("audit", "gpt.txt", "--select", "T002", "--no-termbase")[1]
    assert "变压器" in shipped and "变压器" not in alone and "海狗" in shipped and "海狗" in alone
    code, out, _ = settled("audit", "gpt.txt", "--select", "T", "--no-encoder")
    assert code == 1 and "“海狗”" in out and "T001" not in out and "T004" not in out
    assert "Without the encoder, only renderings that the termbase lists were looked for (--no-encoder).\n" in out


def test_no_encoder_locates_nothing(settled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr("duizhao.pipeline.corpus_locators", broken)
    assert settled("audit", "tea.txt")[0] == 3
    assert settled("audit", "tea.txt", "--no-encoder", *ONLY)[0] == 1


def test_fixed_copies_have_none_of_the_findings(settled: Shell) -> None:
    code, out, err = settled("audit", "tea.txt", *ONLY, "--fix", "-o", "out")
    assert (code, err) == (1, "")
    assert out.endswith("Fixed 4 findings in out: tea.txt; see fixes.diff there.\n")
    assert sorted(os.listdir("out")) == [".duizhao-remembered", "findings.jsonl", "fixes.diff", "tea.txt"]
    assert Path("tea.txt").read_text(encoding="utf-8") == PAGE
    fixed = PAGE.replace("海狗", "水獭").replace("器器", "器").replace("example . org", "example.org")
    assert Path("out/tea.txt").read_text(encoding="utf-8") == fixed
    code, out, _ = settled("audit", "out/tea.txt", *ONLY)
    assert code == 0 and out.startswith("No finding")


def test_only_what_is_reported_is_fixed(settled: Shell) -> None:
    out = settled("audit", "tea.txt", "--select", "F001", "--fix", "-o", "out")[1]
    assert "Fixed 1 finding in out" in out
    assert Path("out/tea.txt").read_text(encoding="utf-8") == PAGE.replace("器器", "器")


def test_rows_stay_rows_when_something_is_fixed(settled: Shell) -> None:
    code, out, err = settled(
        "audit", "tea.txt", *ONLY, "--fix", "-o", "out", "--format", "jsonl", "--write-baseline", "known"
    )
    assert code == 1 and out == Path("out/findings.jsonl").read_text(encoding="utf-8")
    assert err == "Fixed 4 findings in out: tea.txt; see fixes.diff there.\nWrote 4 findings to known.\n"


def test_a_corpus_leads_to_its_files(settled: Shell) -> None:
    settled("build", "tea.txt", "-o", "made")
    assert "Fixed 4 findings in out: tea.txt" in settled("audit", "made", *ONLY, "--fix", "-o", "out")[1]
    Path("tea.txt").unlink()
    out = settled("audit", "made", *ONLY, "--fix", "-o", "other")[1]
    assert "Not fixed: 4 with a file that is not there as it was read." in out
    assert sorted(os.listdir("other")) == [".duizhao-remembered", "findings.jsonl"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_copies_keep_encoding_and_line_ends(settled: Shell, encoding: str) -> None:
    page = PAGE.replace("\n", "\r\n")
    Path("tea.txt").write_bytes(page.encode(encoding))
    settled("audit", "tea.txt", *ONLY, "--fix", "-o", "out", "--encoding", encoding)
    fixed = page.replace("海狗", "水獭").replace("器器", "器").replace("example . org", "example.org")
    assert Path("out/tea.txt").read_bytes() == fixed.encode(encoding)


REFUSED = [
    (("--select", "T9"), "--select: no rule 'T9'; wanted codes of rules or their beginnings, as T002 or T. Did you"),
    (("--ignore", ""), "--ignore: no rule ''"),
    (("--ignore", "F,,T"), "--ignore: no rule ''"),
    (("--ignore-file", "no"), "no: cannot be read"),
    (("--baseline", "no"), "no: cannot be read"),
    (("--baseline", "terms.csv"), "terms.csv:1: no JSON"),
    (("--write-baseline", "no/known"), "no/known: no place for a file"),
    (("--write-baseline", "tea.txt"), "tea.txt: one of the inputs"),
    (("--config", "no.toml"), "no.toml: cannot be read"),
    (("--config", "terms.csv"), "terms.csv:1:3: broken TOML ("),
    (("--termbase", "no.csv"), "no.csv: cannot be read"),
]


@pytest.mark.parametrize(("arguments", "message"), REFUSED)
@pytest.mark.parametrize("command", [("audit",), ("run", "-o", "out")])
def test_bad_options_are_refused_before_the_work(
    sh: Shell, command: tuple[str, ...], arguments: tuple[str, ...], message: str
) -> None:
    before = sorted(os.listdir())
    code, out, err = sh(*command, "tea.txt", *arguments)
    assert (code, out) == (2, "") and err.startswith(message) and err.count("\n") == 1
    assert sorted(os.listdir()) == before


@pytest.mark.parametrize(
    "arguments",
    [("--fix",), ("--config", "x", "--no-config"), ("--direction", "zh"), ("--lang", "fr"), ("--fail-on", "x")],
)
def test_wrong_usage(sh: Shell, arguments: tuple[str, ...]) -> None:
    code, out, err = sh("audit", "tea.txt", *arguments)
    assert (code, out) == (2, "") and "Usage:" in err


def test_a_copy_never_overwrites(sh: Shell) -> None:
    code, out, err = sh("audit", "tea.txt", "--fix", "-o", ".")
    assert (code, out) == (2, "") and err.startswith("tea.txt: one of the inputs; wanted another place for its copy.")
    assert sorted(os.listdir()) == ["tea.txt", "terms.csv"]
    assert Path("tea.txt").read_text(encoding="utf-8") == PAGE


def test_broken_settings_are_refused_and_can_be_left_out(sh: Shell) -> None:
    write("pyproject.toml", "[tool.duizhao]\nslect = 1\n")
    code, out, err = sh("audit", "tea.txt")
    assert (code, out) == (2, "") and err.startswith("pyproject.toml: no setting 'slect'; wanted one of select,")
    assert sh("audit", "tea.txt", "--no-config", "--fail-on", "never")[0] == 0


def test_files_of_an_earlier_run_are_told_of(sh: Shell) -> None:
    sh("run", "tea.txt", "-o", "out")
    left = "report.html, glossary.csv, glossary.jsonl, glossary.xlsx in out: as an earlier run left them.\n"
    assert sh("audit", "tea.txt", "-o", "out")[1].endswith(left)
    assert sh("audit", "tea.txt", "-o", "out", "--format", "jsonl")[2].endswith(left)
    for name in ("glossary.csv", "glossary.jsonl", "glossary.xlsx"):
        Path("out", name).unlink()
    assert "report.html in out: as an earlier run left it." in sh("audit", "tea.txt", "-o", "out")[1]
    assert "earlier run" not in sh("audit", "tea.txt", "-o", "out", "-o", "out/report.html")[1]
