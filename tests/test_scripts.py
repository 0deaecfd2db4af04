"""The scripts parse, and say in one line what a machine lacks."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SH = shutil.which("sh")
SCRIPTS = [
    "scripts/demo",
    "scripts/test",
    "scripts/check",
    "scripts/docs",
    "scripts/fuzz",
    "scripts/coverage",
    "scripts/environment.sh",
]
STARTED = SCRIPTS[:6]
FAKES = {  # what the fake python3 does, and what the line must then say
    "none": ("", "No python3 found: install Python 3.11"),
    "old": ("exit 1", "older than 3.11"),
    "no venv": ('case "$2" in *ensurepip*) exit 1 ;; esac', "install python3-venv"),
}

pytestmark = pytest.mark.skipif(SH is None, reason="no POSIX shell here")


@pytest.mark.parametrize("script", SCRIPTS)
def test_shell_reads_it(script: str) -> None:
    subprocess.run(["sh", "-n", str(ROOT / script)], check=True)


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_bash_reads_the_ci_script() -> None:
    subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=True)


@pytest.mark.parametrize("script", STARTED)
@pytest.mark.parametrize("case", FAKES)
def test_missing_prerequisite_gets_one_line(script: str, case: str, tmp_path: Path) -> None:
    body, wanted = FAKES[case]
    project = tmp_path / "a folder with blanks"
    shutil.copytree(ROOT / "scripts", project / "scripts")
    shutil.copyfile(ROOT / "pyproject.toml", project / "pyproject.toml")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("cat", "ls", "sh"):
        (programs / name).symlink_to(os.path.realpath(str(shutil.which(name))))
    if body:
        (programs / "python3").write_text(f"#!{programs}/sh\n{body}\n", encoding="utf-8")
        (programs / "python3").chmod(0o755)
    done = subprocess.run(
        [str(SH), str(project / script)],
        cwd=tmp_path,
        env={"PATH": str(programs)},  # and no HOME
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert wanted in done.stderr
    assert done.stderr.count("\n") == 1
