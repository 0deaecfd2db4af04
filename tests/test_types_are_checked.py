"""mypy sees the folders under their installed names: an error planted across two of them is found.

A checker that does not follow the links would pass over anything.
"""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ["align", "cli", "corpora", "metrics", "reports"]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A project with our settings and our link script, and next to no code."""
    (tmp_path / "scripts").mkdir()
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    shutil.copyfile(ROOT / "scripts" / "link_types.py", tmp_path / "scripts" / "link_types.py")
    for folder in FOLDERS:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "corpora" / "width.py").write_text("WIDTH = 80\n", encoding="utf-8")
    return tmp_path


def link(project: Path) -> None:
    subprocess.run([sys.executable, "scripts/link_types.py"], cwd=project, check=True)


def test_mypy_finds_a_planted_error(tiny: Path) -> None:
    if importlib.util.find_spec("mypy") is None:
        pytest.skip("mypy is not installed (pip install .[lint])")
    planted = tiny / "metrics" / "planted.py"
    planted.write_text("from ..corpora.width import WIDTH\n\ntext: str = WIDTH\n", encoding="utf-8")
    link(tiny)
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "-p", "duizhao"], cwd=tiny, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "planted.py:3" in done.stdout
    assert '(expression has type "int", variable has type "str")' in done.stdout


def test_links_follow_the_folders(tiny: Path) -> None:
    (tiny / "cli" / "old.py").write_text("", encoding="utf-8")
    link(tiny)
    types = tiny / ".types" / "duizhao"
    assert (types / "old.py").is_file()
    assert (types / "corpora" / "width.py").is_file()
    (tiny / "cli" / "old.py").unlink()
    (tiny / "cli" / "new.py").write_text("", encoding="utf-8")
    link(tiny)
    assert {path.name for path in types.iterdir()} == {
        "__init__.py",
        "new.py",
        "align",
        "corpora",
        "metrics",
        "reports",
    }
