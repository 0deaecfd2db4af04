"""filters.yaml: what it says, and that every mistake is told with its place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import ConfigError, DuizhaoError, InputError, LimitError
from duizhao.filter_config import default_config, read_config
from duizhao.metrics.filter_rules import FILTERS, Settings, read_settings


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def read(text: str | bytes) -> Settings:
    path = Path("f.yaml")
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return read_config(path)


def test_what_is_printed_reads_back_as_the_defaults() -> None:
    assert read(default_config()) == read_settings({}, "")
    assert [line.partition(":")[0] for line in default_config().split("\n")[1:-1] if line[0] != " "] == [*FILTERS]


@pytest.mark.parametrize("text", ["", "# tea\n", "---\n", "\ufeff", "length:\n", "length: true\n", "{}"])
def test_what_is_left_out_keeps_its_default(text: str) -> None:
    assert read(text) == read_settings({}, "")


def test_thresholds_and_filters_that_are_off() -> None:
    made = read("\ufefflength: {most: 300}\r\nending: false\r\nratio:\r\n  least: 1.25\r\nnumbers: 0.8 # tea\r\n")
    assert made.limits["length"] == {"least": 1, "most": 300}
    assert made.limits["ratio"] == {"least": 1.25, "most": 9}
    assert made.limits["numbers"] == {"most": 0.8}
    assert "ending" not in made.limits
    assert len(made.limits) == len(FILTERS) - 1


ALL = ", ".join(FILTERS)
FROM_0 = "wanted a number from 0 on. To turn a filter off, give false for its name"
LINES = "wanted name: value, a filter a line"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("lenght: {most: 3}", f"f.yaml:1:1: no filter 'lenght'; wanted one of {ALL}. Did you mean length?"),
        (
            "ratio: {}\nlength:\n  moast: 3",
            "f.yaml:3:3: length: no threshold 'moast'; wanted one of least, most. Did you mean most?",
        ),
        (
            "length: {least: 1, most: 'x'}",
            f"f.yaml:1:20: length: most: a text, 'x'; {FROM_0}",
        ),
        (
            "\nnumbers: -1",
            f"f.yaml:2:1: numbers: most: a number, -1; {FROM_0}",
        ),
        (
            "numbers: .nan",
            f"f.yaml:1:1: numbers: most: a number, nan; {FROM_0}",
        ),
        ("length: [1]", "f.yaml:1:1: length: a list; wanted thresholds, least: 1, most: 2000, or true or false"),
        ("length:\n  most: 3\n  most: 4", "f.yaml:3:3: 'most' twice; wanted each name once"),
        ("caps: true\nurls: true\ncaps: false", "f.yaml:3:1: 'caps' twice; wanted each name once"),
        ("numbers: &tea 1\nurls: *tea", "f.yaml:2:7: an alias (*); wanted the value itself"),
        ("? [a]\n: 1", "f.yaml:1:3: a key that is no name; wanted the name of a filter"),
        ("<<: {length: 1}", "f.yaml:1:1: a key that is no name; wanted the name of a filter"),
        ("length: [[[[[[[[1]]]]]]]]", f"f.yaml:1:16: brackets in brackets; {LINES}"),
        ("length: {", f"f.yaml:1:10: broken YAML (expected the node content, but found '<stream end>'); {LINES}"),
        ("caps: 1\n---\nurls: 2", f"f.yaml:2:1: broken YAML (but found another document); {LINES}"),
        ("- length", "f.yaml: a list; wanted names of filters with thresholds, as in length: {most: 1000}"),
        ("caps: " + "9" * 5000, f"f.yaml: a value that YAML cannot hold; {LINES}"),
        ("caps: !!int ''", f"f.yaml: a value that YAML cannot hold; {LINES}"),
        (b"caps: \xff", "f.yaml: not UTF-8 (byte 6); wanted a YAML file in UTF-8"),
    ],
)
def test_mistakes(text: str | bytes, said: str) -> None:
    with pytest.raises(ConfigError) as error:
        read(text)
    assert str(error.value).rstrip(".") == said.rstrip(".")
    assert error.value.exit_code == 2


def test_a_file_that_is_missing_or_too_large() -> None:
    with pytest.raises(InputError, match=r"^none\.yaml: "):
        read_config(Path("none.yaml"))
    with pytest.raises(LimitError, match=r"^f\.yaml: 40,001 bytes; wanted at most 40,000"):
        read("#" * 40_001)


@pytest.mark.parametrize("text", ["[" * 39_000, "{" * 39_000, "- " * 19_000, "? " * 19_000, "a: " + "1:1" * 13_000])
def test_hostile_texts_are_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        read(text)


@given(
    st.text(st.sampled_from("length: most\n {}[]'\"#&*!|>-?%@`~0.9e<\ttruefals"), max_size=60)
    | st.text(max_size=30)
    | st.binary(max_size=30).map(lambda data: data.decode("latin-1"))
)
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        made = read(text.encode("utf-8", "surrogatepass"))
    except DuizhaoError as error:
        assert "\n" not in str(error)
    else:
        assert set(made.limits) <= set(FILTERS)
