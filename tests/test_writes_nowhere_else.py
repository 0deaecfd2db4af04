"""No command writes outside its output folder, the cache and the folder for temporary files.

Two witnesses: Python's audit events tell each file that is opened for writing, made, moved or removed; and a listing of
the home folder, the current one and the package, before and after, tells what libraries in C would have left there.
"""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from duizhao.main import main

PAGE = """1、[CL] Otters Carry Fresh Shells Home Today
水獭把新鲜的贝壳带回家
A Lin, B Meyer…
[River Lab]
海獭今天把四十七个新鲜的贝壳带回了家。
The otters carried 32 fresh shells home today.
https://example.org/otter
"""
PACKAGES = ("align", "cli", "corpora", "metrics", "reports")
MACHINE = "sed s/.*/海獭走了。/"
COMMANDS = [
    ("build", "page.txt", "-o", "{out}/built"),
    ("run", "page.txt", "-o", "{out}/run", "--fail-on", "never"),
    ("run", "page.txt", "-o", "{out}/run", "-o", "{out}/report.xlsx", "--fail-on", "never"),  # again, from what it kept
    ("audit", "page.txt", "--fail-on", "never"),
    ("audit", "page.txt", "-o", "{out}/a.html", "-o", "{out}/a.sarif", "--write-baseline", "{out}/known.jsonl"),
    ("audit", "page.txt", "--fix", "-o", "{out}/fixed", "--fail-on", "never"),
    ("glossary", "page.txt"),
    ("glossary", "page.txt", "-o", "{out}/glossary"),
    ("terms", "check", "house.csv"),
    ("terms", "convert", "house.csv", "-o", "{out}/house.xlsx"),
    ("terms", "merge", "house.csv", "-o", "{out}/all.tbx"),
    ("score", "--hyp", "made.txt", "--ref", "zh.txt", "-o", "{out}/scores.json"),
    ("score", "--src", "en.txt", "--ref", "zh.txt", "--hyp", "made.txt", "--mt", MACHINE, "-o", "{out}/scores.html"),
    ("align", "zh.txt", "en.txt"),
    ("align", "zh.txt", "en.txt", "-o", "{out}/beads.jsonl"),
    ("convert", "{out}/built", "-o", "{out}/pairs.tmx"),
    ("convert", "{out}/built", "-o", "{out}/pairs.parquet"),
    ("convert", "{out}/built", "-o", "{out}/pairs", "--format", "moses"),
    ("filter", "rows.tsv", "-o", "{out}/filtered", "--executor", "inline", "--export", "tsv"),
    ("status", "{out}/filtered"),
    ("diff", "page.txt", "page.txt", "-o", "{out}/changes.md"),
    ("review", "decided.json", "--termbase", "{out}/house.csv", "--ignore-file", "{out}/ignored"),
    ("rule",),
]
DECIDED = '{"duizhao": "decisions", "version": 1, "decisions": []}'
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {  # event to which of its arguments are paths
    **{f"os.{name}": (0,) for name in ("mkdir", "remove", "rmdir", "truncate", "chmod", "chown", "utime", "mkfifo")},
    **{f"os.{name}": (0, 1) for name in ("rename", "link")},
    "os.symlink": (1,),
    **{f"shutil.{name}": (1,) for name in ("copyfile", "copymode", "copystat", "copytree", "move")},
    "shutil.rmtree": (0,),
}
WRITTEN: list[str] = []
WATCHING = [False]


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if not WATCHING[0]:
        return
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITES:
        paths = arguments[:1]
    elif event in ("os.remove", "os.rmdir") and arguments[-1] != -1:
        return  # below a folder that is removed whole, of which an event of its own has told
    else:
        paths = tuple(arguments[k] for k in CHANGES.get(event, ()))
    WRITTEN.extend(os.path.abspath(os.fsdecode(path)) for path in paths if isinstance(path, str | bytes | os.PathLike))


sys.addaudithook(_watch)


def listing(*folders: Path) -> dict[str, tuple[int, int, str]]:
    """Size, time and hash of all files and folders there; not what Python itself keeps of a module."""
    found = {}
    for path in (path for folder in folders for path in (folder, *folder.rglob("*"))):
        if "__pycache__" not in path.parts:
            state = path.lstat()
            content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            # A folder changes when Python keeps modules in it; what else is new or gone there is in the listing anyway.
            found[str(path)] = (0, 0, "") if path.is_dir() else (state.st_size, state.st_mtime_ns, content)
    return found


class Places:
    """The folders of a machine, all empty."""

    def __init__(self, folder: Path) -> None:
        self.home, self.here, self.out, self.cache, self.temporary = (
            folder / name for name in ("home", "here", "out", "cache", "temporary")
        )
        for place in (self.home, self.here, self.out, self.temporary):
            place.mkdir()

    def are_right(self, path: str) -> bool:
        """Whether it may be written there."""
        inside = (self.out, self.cache, self.temporary)
        return path == os.devnull or any(Path(path).is_relative_to(place) for place in inside)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    made = Places(tmp_path_factory.mktemp("machine"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made.here)
        for name in ("DUIZHAO_CACHE", "GITHUB_STEP_SUMMARY"):
            patch.delenv(name, raising=False)
        patch.setenv("HOME", str(made.home))
        patch.setenv("XDG_CACHE_HOME", str(made.cache))
        patch.setenv("TMPDIR", str(made.temporary))
        patch.setattr(tempfile, "tempdir", None)
        patch.setattr(sys, "dont_write_bytecode", True)
        patch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers
        files = {"page.txt": PAGE, "house.csv": "en,zh\notter,海獭\n", "decided.json": DECIDED}
        files |= {"zh.txt": "海獭回了家。\n", "made.txt": "海獭回家了。\n", "en.txt": "The otters went home.\n"}
        files["rows.tsv"] = "en\tzh\n" + "".join(f"Otter {n} swims home.\t{n}号水獭游回家。\n" for n in range(9))
        for name, text in files.items():
            (made.here / name).write_text(text, encoding="utf-8")
        yield made


@pytest.mark.skipif(os.name != "posix", reason="folders as POSIX has them")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_command_writes_elsewhere(
    places: Places, root: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """In order: later commands read what earlier ones wrote."""
    watched = (places.home, places.here, *(root / name for name in PACKAGES))
    before = listing(*watched)
    WRITTEN.clear()
    WATCHING[0] = True
    try:
        with pytest.raises(SystemExit) as left:
            main([each.format(out=places.out) for each in arguments])
            raise SystemExit(0)
    finally:
        WATCHING[0] = False
    assert left.value.code in (0, 1), capsys.readouterr().err
    assert [path for path in WRITTEN if not places.are_right(path)] == []
    assert listing(*watched) == before
    assert list(places.temporary.iterdir()) == []
    if any("{out}" in each for each in arguments[1:]) and arguments[0] not in ("status", "review"):
        assert any(Path(path).is_relative_to(places.out) for path in WRITTEN)  # the witness sees


@pytest.mark.skipif(os.name != "posix", reason="folders as POSIX has them")
def test_a_write_elsewhere_is_seen(places: Places) -> None:
    """Both witnesses would speak."""
    before = listing(places.home)
    WRITTEN.clear()
    WATCHING[0] = True
    try:
        (places.home / "otter").write_text("tea", encoding="utf-8")
        (places.home / "otter").rename(places.home / "heron")
    finally:
        WATCHING[0] = False
    assert [Path(path).name for path in WRITTEN if not places.are_right(path)] == ["otter", "otter", "heron"]
    assert listing(places.home) != before
    (places.home / "heron").unlink()


@pytest.mark.skipif(os.name != "posix", reason="folders as POSIX has them")
def test_the_cache_is_its_owner_s_alone(places: Places) -> None:
    """Written by `score --mt` above, or here; it holds translations and nothing else."""
    with pytest.raises(SystemExit):
        main(["score", "--src", "en.txt", "--ref", "zh.txt", "--hyp", "made.txt", "--mt", MACHINE])
        raise SystemExit(0)
    held = [path for path in places.cache.rglob("*") if path.is_file()]
    assert held == [places.cache / "duizhao" / "mt" / "translations.jsonl"]
    assert (places.cache / "duizhao" / "mt").stat().st_mode & 0o777 == 0o700
    assert held[0].stat().st_mode & 0o077 == 0
