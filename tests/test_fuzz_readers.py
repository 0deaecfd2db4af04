"""Each reader of bytes from outside gives a value or raises a DuizhaoError, whatever the bytes are.

The examples are the same in every run; `scripts/fuzz` looks for new ones, and what it finds becomes a file in
tests/data/fuzz/READER/, called by what was wrong with it.
With DUIZHAO_FUZZ_EXAMPLES=1000 this file tries as many, other ones each time.
"""

import os
from pathlib import Path

import pytest
from fuzz_changes import files
from fuzz_folders import FOLDERS
from fuzz_readers import READERS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duizhao.corpora import DuizhaoError

ALL = READERS | FOLDERS
EXAMPLES = int(os.environ.get("DUIZHAO_FUZZ_EXAMPLES", "0"))
FOUND = sorted((Path(__file__).resolve().parent / "data" / "fuzz").glob("*/*"))  # what a reader fell over once
LONGEST = 3000  # characters of a message; the lists in it are cut


def holds(name: str, data: bytes) -> None:
    """Whether one reader gives a value or one of our errors: a line that names a place and can be printed."""
    try:
        ALL[name].read(data)
    except DuizhaoError as error:
        said = str(error)
        assert "\n" not in said and error.where and error.found
        assert len(said) < LONGEST
        said.encode("utf-8")


@pytest.mark.parametrize("name", ALL)
def test_sound_files_are_read(name: str) -> None:
    for data in ALL[name].sound():
        ALL[name].read(data)


def tried(examples: int) -> settings:
    return settings(
        max_examples=EXAMPLES or examples, derandomize=not EXAMPLES, suppress_health_check=[HealthCheck.too_slow]
    )


@pytest.mark.parametrize("name", READERS)
@tried(25)
@given(data=st.data())
def test_any_bytes_give_a_value_or_our_error(name: str, data: st.DataObject) -> None:
    holds(name, data.draw(files(ALL[name].sound())))


@pytest.mark.parametrize("name", FOLDERS)
@tried(8)
@given(data=st.data())
def test_any_bytes_in_a_folder_give_a_value_or_our_error(name: str, data: st.DataObject) -> None:
    holds(name, data.draw(files(ALL[name].sound())))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_once_broke_a_reader_is_held(path: Path) -> None:
    holds(next(name for name in ALL if name.replace(" ", "-") == path.parent.name), path.read_bytes())
