"""Build the release of the last commit into dist/: sdist, wheel, SBOM, and their hashes.

    sh scripts/release

What is released is the commit, not the working tree. sdist and wheel are built twice, in two folders, and must be the
same bytes; time stamps are the commit's. Then twine and check-wheel-contents look at them, and the wheel is installed
into an empty environment, without compiler and home, where `duizhao` audits the examples. Takes two minutes or so.
"""

import gzip
import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = ("build>=1.2", "check-wheel-contents>=0.6", "cyclonedx-bom>=7", "setuptools>=77", "twine>=6")
EXAMPLES = ("digest.txt", "keypoints.txt", "newsletter.txt")
FOUND = 1  # the exit code of an audit that found something, as it must in the examples


def main() -> int:
    """Do all of it; the exit code is 1 where something is not as it must be."""
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        try:
            made = release(work)
        except subprocess.CalledProcessError as error:
            print(f"{error.stdout or ''}{error.stderr or ''}", file=sys.stderr)
            print(f"release: {' '.join(error.cmd)}: ended with {error.returncode}", file=sys.stderr)
            return 1
        except ValueError as error:
            print(f"release: {error}", file=sys.stderr)
            return 1
        dist = ROOT / "dist"
        shutil.rmtree(dist, ignore_errors=True)
        dist.mkdir()
        for path in made:
            shutil.copyfile(path, dist / path.name)
    lines = [f"{hashlib.sha256((dist / path.name).read_bytes()).hexdigest()}  {path.name}\n" for path in made]
    (dist / "SHA256SUMS").write_text("".join(lines), encoding="ascii")
    print("".join(lines), end="")
    return 0


def release(work: Path) -> list[Path]:
    """sdist, wheel and SBOM of the last commit, made and checked in a folder; raises ValueError for what is wrong."""
    epoch = said("git", "log", "-1", "--format=%ct").strip()
    if said("git", "status", "--porcelain"):
        print("release: the working tree differs from the last commit, which is what is built", file=sys.stderr)
    step("tools")
    tools = made_environment(work / "tools", "--quiet", *TOOLS)
    step("build, twice")
    first, second = (built(work / name, tools, epoch) for name in ("one", "another"))
    for a, b in zip(first, second, strict=True):
        if a.name != b.name or a.read_bytes() != b.read_bytes():
            raise ValueError(f"{a.name}: two builds differ")
    step("twine, check-wheel-contents")
    print(said(tools, "-m", "twine", "check", "--strict", *first), end="")
    print(said(tools, "-m", "check_wheel_contents", first[1]), end="")
    step("install and try")
    bare = made_environment(work / "bare", "--quiet", first[1])
    tried(bare, work)
    step("SBOM")
    bom = work / "duizhao.cdx.json"
    said(tools, ROOT / "scripts" / "release_sbom.py", bare, bom, epoch)
    return [*first, bom]


def built(folder: Path, tools: Path, epoch: str) -> tuple[Path, Path]:
    """sdist and wheel of the last commit; the wheel comes from the sdist, so that the sdist is known to be whole."""
    folder.mkdir()
    archive = subprocess.run(["git", "archive", "--format=tar", "HEAD"], cwd=ROOT, check=True, capture_output=True)
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        tar.extractall(folder / "source", filter="data")
    settings = {**os.environ, "SOURCE_DATE_EPOCH": epoch}
    build = (tools, "-m", "build", "--no-isolation", "--outdir", folder)
    said(*build, "--sdist", folder / "source", env=settings)
    (sdist,) = folder.glob("*.tar.gz")
    sdist.write_bytes(with_one_time(sdist.read_bytes(), int(epoch)))
    with tarfile.open(sdist) as tar:
        tar.extractall(folder / "unpacked", filter="data")
    said(*build, "--wheel", folder / "unpacked" / sdist.name.removesuffix(".tar.gz"), env=settings)
    (wheel,) = folder.glob("*.whl")
    return sdist, wheel


def with_one_time(packed: bytes, epoch: int) -> bytes:
    """A tar.gz with the same files, sorted, all of one time and of nobody: setuptools writes the clock and the user."""
    out = io.BytesIO()
    with (
        tarfile.open(fileobj=io.BytesIO(packed)) as old,
        gzip.GzipFile(fileobj=out, mode="wb", filename="", mtime=epoch) as zipped,
        tarfile.open(fileobj=zipped, mode="w:", format=tarfile.PAX_FORMAT) as new,
    ):
        for member in sorted(old.getmembers(), key=lambda member: member.name):
            member.mtime, member.uid, member.gid, member.uname, member.gname = epoch, 0, 0, "", ""
            member.mode, member.pax_headers = 0o755 if member.isdir() or member.mode & 0o100 else 0o644, {}
            new.addfile(member, old.extractfile(member))
    return out.getvalue()


def made_environment(folder: Path, *wanted: str | Path) -> Path:
    """The Python of a new environment with what is wanted, and without pip."""
    said(sys.executable, "-m", "venv", "--without-pip", folder)
    python = folder / "bin" / "python"
    # No compiler on the path: what would have to be compiled fails here, as it would on a user's machine.
    kept = {name: text for name, text in os.environ.items() if name.startswith(("PIP_", "SSL_")) or "_proxy" in name}
    pip = ("-m", "pip", "--python", python, "--disable-pip-version-check", "install", "--no-cache-dir")
    said(pip_python(), *pip, *wanted, env={**kept, "PATH": str(folder / "bin"), "HOME": "/nonexistent"})
    return python


def pip_python() -> Path:
    """A Python that has pip: this one, or that of .venv."""
    for python in (Path(sys.executable), ROOT / ".venv" / "bin" / "python"):
        if python.exists() and not subprocess.run([python, "-c", "import pip"], capture_output=True).returncode:
            return python
    raise ValueError("no pip found; install python3-pip, or run sh scripts/test once")


def tried(python: Path, work: Path) -> None:
    """Run what was installed, in an empty environment and an empty folder; raises ValueError for a wrong outcome."""
    duizhao, away = python.with_name("duizhao"), work / "away"
    away.mkdir()
    bare = {"HOME": "/nonexistent"}
    print(said(duizhao, "--version", env=bare, cwd=away), end="")
    pages = [ROOT / "examples" / name for name in EXAMPLES]
    done = subprocess.run(
        [duizhao, "run", *pages, "-o", away / "out"], env=bare, cwd=away, capture_output=True, encoding="utf-8"
    )
    if done.returncode != FOUND or not (away / "out" / "report.html").is_file():
        raise ValueError(
            f"duizhao run ended with {done.returncode}, not {FOUND}, or without report: {done.stderr[-2000:]}"
        )
    print(*(line for line in (done.stdout + done.stderr).split("\n") if line.startswith("Found ")), sep="\n")
    if left := sorted(path.name for path in away.iterdir() if path.name != "out"):
        raise ValueError(f"duizhao run left {left} beside its output")


def said(*command: str | Path, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> str:
    """What a command prints; raises CalledProcessError where it fails."""
    words = [str(part) for part in command]
    return subprocess.run(words, env=env, cwd=cwd, check=True, capture_output=True, encoding="utf-8").stdout


def step(name: str) -> None:
    print(f"== {name}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    os.umask(0o022)
    sys.exit(main())
