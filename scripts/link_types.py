"""Make .types/duizhao: links that let type checkers see the folders under their installed names."""

import os
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def wanted_links(root: Path) -> dict[Path, Path]:
    """Link to target: a folder for each sub-package, single files for the package they stand in."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    folders: dict[str, str] = settings["tool"]["setuptools"]["package-dir"]
    links: dict[Path, Path] = {}
    for name, folder in folders.items():
        link = root / ".types" / name.replace(".", "/")
        if "." in name:
            links[link] = root / folder
        else:
            links |= {link / file.name: file for file in (root / folder).iterdir() if file.is_file()}
    return links


def link_types(root: Path) -> None:
    """Bring the links up to date; a link whose target is gone goes too."""
    links = wanted_links(root)
    for old in (root / ".types").glob("**/*"):  # does not walk into links
        if old.is_symlink() and old not in links:
            old.unlink()
    for link, target in links.items():
        text = os.path.relpath(target, link.parent)  # relative, so that the project can be moved
        if link.is_symlink():
            if os.readlink(link) == text:
                continue
            link.unlink()
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(text, target_is_directory=target.is_dir())


if __name__ == "__main__":
    link_types(ROOT)
