"""The wheel holds every file of the five folders, and nothing else."""

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FOLDERS: dict[str, str] = PROJECT["tool"]["setuptools"]["package-dir"]  # import name -> folder


def project_files() -> list[Path]:
    """Files git tracks or would track; skips where there is no git or no repository."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"git cannot list the files: {done.stderr.decode().strip()}")
    names = done.stdout.decode("utf-8").split("\0")
    return [Path(name) for name in names if name and (ROOT / name).is_file()]  # not those deleted since


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """The wheel, built from a copy so that no old build/ folder leaks into it."""
    copy = tmp_path_factory.mktemp("source")
    for file in project_files():
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, copy / file)
    out = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    done = subprocess.run(
        [*pip, "--no-build-isolation", "-w", str(out), str(copy)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return zipfile.Path(next(out.glob("*.whl")))


def names_in(wheel: zipfile.Path) -> set[str]:
    return {name for name in wheel.root.namelist() if not name.endswith("/")}


def test_wheel_equals_tracked_files(wheel: zipfile.Path) -> None:
    packages = {folder: name.replace(".", "/") for name, folder in FOLDERS.items()}
    wanted = {
        f"{packages[file.parts[0]]}/{'/'.join(file.parts[1:])}" for file in project_files() if file.parts[0] in packages
    }
    assert {name for name in names_in(wheel) if ".dist-info/" not in name} == wanted


def test_wheel_carries_licence_and_command(wheel: zipfile.Path) -> None:
    info = {name.partition(".dist-info/")[2]: name for name in names_in(wheel) if ".dist-info/" in name}
    for licence in PROJECT["project"]["license-files"]:
        assert f"licenses/{licence}" in info
    entry_points = wheel.root.read(info["entry_points.txt"]).decode("utf-8")
    assert "duizhao = duizhao.main:main" in entry_points


def test_every_package_is_listed() -> None:
    assert set(FOLDERS) == set(PROJECT["tool"]["setuptools"]["packages"])
