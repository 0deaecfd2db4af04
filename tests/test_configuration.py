"""Settings in files: which file is found, what it says, and that every mistake is told."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duizhao.configuration import KEYS, Settings, find_settings, read_settings
from duizhao.corpora import DuizhaoError

HERE = "duizhao.toml"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(text: str, name: str = HERE) -> Settings:
    Path(name).write_text(text, encoding="utf-8")
    return read_settings(Path(name))


def test_all_keys() -> None:
    made = read(
        'select = ["t", "F001"]\nignore = ["F002"]\nper-path-ignores = {"old/*.txt" = ["F"], tea = ["T003", "Q"]}\n'
        'fail-on = "error"\ntermbase = ["a.csv", "../b.csv"]\nbaseline = "known.jsonl"\ndirection = "zh-en"\n'
        'lang = "zh"\n'
    )
    folder = os.getcwd()
    assert made.source.startswith("duizhao.toml sha256:") and len(made.source) == 32
    assert (made.select, made.ignore) == (("T", "F001"), ("F002",))
    assert made.path_ignores == ((f"{folder}/old/*.txt", ("F",)), (f"{folder}/tea", ("T003", "Q")))
    assert (made.fail_on, made.direction, made.lang) == ("error", "zh-en", "zh")
    assert (made.termbases, made.baseline) == (("a.csv", "../b.csv"), "known.jsonl")


@pytest.mark.parametrize("text", ["", "# tea\n", "\ufeff\r\n"])
def test_a_silent_file_says_nothing(text: str) -> None:
    made = read(text)
    assert made == Settings(source=made.source)


def test_a_single_termbase_needs_no_list() -> None:
    assert read('termbase = "a.csv"').termbases == ("a.csv",)


def test_paths_count_from_the_folder_of_the_file() -> None:
    Path("sub/[x]").mkdir(parents=True)
    made = read('termbase = ["../a.csv"]\nbaseline = "b"\nper-path-ignores = {"*.txt" = ["F"]}', "sub/[x]/duizhao.toml")
    assert (made.termbases, made.baseline) == (("sub/a.csv",), "sub/[x]/b")
    assert made.path_ignores[0][0] == f"{os.getcwd()}/sub/[[]x]/*.txt"
    assert made.source.startswith("sub/[x]/duizhao.toml sha256:")


def test_the_nearest_file_is_found_and_ours_first() -> None:
    Path("a/b/c").mkdir(parents=True)
    far, deep = Path.cwd(), Path.cwd() / "a/b/c"
    (far / "duizhao.toml").write_text("")
    assert find_settings(deep) == far / "duizhao.toml"
    (far / "a/pyproject.toml").write_text("[tool.other]\n")  # no table of ours: passed over
    assert find_settings(deep) == far / "duizhao.toml"
    (far / "a/b/pyproject.toml").write_text("[tool.duizhao]\n")
    assert find_settings(deep) == far / "a/b/pyproject.toml"
    (far / "a/b/duizhao.toml").write_text("")
    assert find_settings(deep) == far / "a/b/duizhao.toml"
    (deep / "duizhao.toml").mkdir()  # a folder is no file
    assert find_settings(deep) == far / "a/b/duizhao.toml"


def test_the_table_of_a_pyproject() -> None:
    made = read('[project]\nname = "tea"\n[tool.duizhao]\nselect = ["T"]\n', "pyproject.toml")
    assert made.select == ("T",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('slect = ["T"]', f": no setting 'slect'; wanted one of {', '.join(KEYS)}. Did you mean select?"),
        ('fail_on = "error"', f": no setting 'fail_on'; wanted one of {', '.join(KEYS)}. Did you mean fail-on?"),
        ('"水獭" = 1', f": no setting '水獭'; wanted one of {', '.join(KEYS)}"),
        ('[tool.duizhao]\nselect = ["T"]', ": no setting 'tool'; wanted one of "),
        ('select = "T"', ": select: a text; wanted a list of texts in quotes"),
        ("select = [1]", ": select: a number in the list; wanted texts in quotes"),
        ('select = ["T09"]', ": select: no rule 'T09'; wanted codes of rules or their beginnings, as T002 or T. Did"),
        ('ignore = ["X"]', ": ignore: no rule 'X'"),
        ('per-path-ignores = ["F"]', ": per-path-ignores: a list; wanted a table, as"),
        ('per-path-ignores = {"*" = "F"}', ": *: a text; wanted a list of texts"),
        ('per-path-ignores = {"*" = ["水"]}', ": *: no rule '水'"),
        ('fail-on = "errors"', ": fail-on: 'errors'; wanted one of error, warning, note, never. Did you mean error?"),
        ("fail-on = true", ": fail-on: true or false; wanted one of error"),
        ('direction = "en-cn"', ": direction: 'en-cn'; wanted one of en-zh, zh-en. Did you mean en-zh?"),
        ("lang = 2026-01-01", ": lang: a date; wanted one of en, zh"),
        ("termbase = 1.5", ": termbase: a number; wanted a list of texts"),
        ('termbase = ["a\\u0000"]', ": termbase: a text in the list; wanted texts in quotes"),
        ("baseline = {}", ": baseline: a table; wanted the name of a file"),
        ('baseline = "\\u0000"', ": baseline: a text; wanted the name of a file"),
        ("select = [", ":1:11: broken TOML ("),
        ("lang = 'en'\n\nselect", ":3:7: broken TOML ("),
        ("lang = en", ":1:8: broken TOML ("),
        ("lang = 'en'\n" + "a." * 50_000 + "a = 1", ":2: a key of too many parts; wanted at most 100. Mend it"),
        ("a = {" + "b." * 50_000 + "c = 1}", ":1: a key of too many parts"),
        ("a = " + "[" * 5000, ": broken TOML (nested too deep); wanted a well-formed file"),
    ],
)
def test_mistakes_are_told_with_their_place(text: str, message: str) -> None:
    with pytest.raises(DuizhaoError) as error:
        read(text)
    assert str(error.value).startswith(f"duizhao.toml{message}")
    assert error.value.exit_code == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "pyproject.toml: no table [tool.duizhao]; wanted one, or a file called duizhao.toml"),
        ("tool = 1", "pyproject.toml: no table [tool.duizhao]"),
        ("[tool]\nduizhao = 1", "pyproject.toml: tool.duizhao: a number; wanted a table"),
    ],
)
def test_a_pyproject_named_must_have_the_table(text: str, message: str) -> None:
    with pytest.raises(DuizhaoError) as error:
        read(text, "pyproject.toml")
    assert str(error.value).startswith(message)


def test_bytes_that_are_no_text() -> None:
    Path(HERE).write_bytes(b"lang = '\xff'")
    with pytest.raises(DuizhaoError, match=r"^duizhao\.toml: not UTF-8 \(byte 8\); wanted TOML, which is UTF-8\."):
        read_settings(Path(HERE))
    with pytest.raises(DuizhaoError, match=r"^no\.toml: cannot be read"):
        read_settings(Path("no.toml"))


VALUES = st.recursive(
    st.sampled_from(['"T"', '"水獭"', "1", "true", '"a.csv"', '"error"', "''", "1979-05-27", "inf"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | inner.map(lambda item: f"{{a = {item}}}")
    ),
    max_leaves=4,
)
LINES = st.tuples(st.sampled_from([*KEYS, "tea", "tool.duizhao"]), VALUES).map(" = ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=60) | st.lists(LINES, max_size=4).map(lambda lines: "\n".join(lines).encode()))
def test_any_bytes_are_settings_or_refused(data: bytes) -> None:
    for name in (HERE, "pyproject.toml"):
        Path(name).write_bytes(data)
        try:
            made = read_settings(Path(name))
        except DuizhaoError:
            continue
        assert made.source.startswith(f"{name} sha256:")
