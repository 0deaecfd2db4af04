"""Where duizhao keeps what takes long to make, and whether a folder is fit for it: nobody else may write there."""

import os
import stat
import sys
from pathlib import Path

from .errors import ConfigError

VARIABLE = "DUIZHAO_CACHE"
_WANTED, _DO = "a folder of your own (mode 700)", f"Name another folder in {VARIABLE}."


def cache_folder() -> Path | None:
    """The folder for caches: what DUIZHAO_CACHE names, or duizhao in the platform's own; None without a home.

    The platform's is XDG_CACHE_HOME or ~/.cache, on macOS ~/Library/Caches, on Windows LOCALAPPDATA. It need not be
    there. Source: the XDG base directory specification 0.8, which says that a relative path does not count.

    >>> folder = cache_folder()
    >>> folder is None or folder.is_absolute()
    True
    """
    if own := os.environ.get(VARIABLE):
        return Path(own).absolute()
    bases = [os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", "")]
    if sys.platform == "darwin":
        bases = ["~/Library/Caches"]
    bases.append("~/AppData/Local" if sys.platform == "win32" else "~/.cache")
    home = os.environ.get("USERPROFILE" if sys.platform == "win32" else "HOME", "")
    for base in bases:
        if base.startswith("~/") and os.path.isabs(home):
            return Path(home) / base[2:] / "duizhao"
        if os.path.isabs(base):
            return Path(base) / "duizhao"
    return None


def check_private(folder: Path) -> None:
    """Raise ConfigError where others can write in a folder, it is somebody else's, a link, or no folder; an absent one
    is fine."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise ConfigError(str(folder), error.strerror or "no folder", _WANTED, _DO) from error
    if not stat.S_ISDIR(found.st_mode):
        raise ConfigError(str(folder), "not a folder", _WANTED, _DO)
    if sys.platform != "win32" and (found.st_uid != os.geteuid() or found.st_mode & 0o022):
        raise ConfigError(str(folder), "others can write there", _WANTED, _DO)


def make_private(folder: Path) -> None:
    """Make the folder, for its owner alone, where it is not there; raises ConfigError as `check_private` does."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        if not folder.exists():
            raise ConfigError(str(folder), error.strerror or "no folder", _WANTED, _DO) from error
    check_private(folder)
