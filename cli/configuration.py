"""Settings from duizhao.toml, or the [tool.duizhao] table of pyproject.toml, for the options of the audit."""

import os
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from glob import escape
from hashlib import sha256
from pathlib import Path
from typing import Literal, TypeVar, get_args

from duizhao.corpora import ConfigError, LimitError
from duizhao.corpora.files import file_bytes, shown
from duizhao.metrics.selection import check_codes

OWN, SHARED = "duizhao.toml", "pyproject.toml"
FailOn = Literal["error", "warning", "note", "never"]
Lang = Literal["en", "zh"]
Direction = Literal["en-zh", "zh-en"]
KEYS = (
    *("select", "ignore", "per-path-ignores", "fail-on", "termbase", "knowledge", "history"),
    *("baseline", "direction", "lang"),
)
_Choice = TypeVar("_Choice", bound=str)
_PARTS = 100  # of a key
_PLACE = re.compile(r" ?\(at (?:line (\d{1,9}), column (\d{1,9})|end of document)\)$")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a file says; None where it is silent. Paths in it count from its folder and are given from here.

    `source` names the file and hashes it, "" where there is none. `path_ignores` are patterns of whole paths, each
    with the codes of rules.
    """

    source: str = ""
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    path_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    fail_on: FailOn | None = None
    termbases: tuple[str, ...] | None = None
    knowledge: tuple[str, ...] | None = None
    histories: tuple[str, ...] | None = None
    baseline: str | None = None
    direction: Direction | None = None
    lang: Lang | None = None


def find_settings(folder: Path) -> Path | None:
    """The file of settings nearest to `folder`, there or above; duizhao.toml before pyproject.toml.

    A pyproject.toml without the table is passed over. Raises ConfigError for one that cannot be read.
    """
    for here in (folder, *folder.parents):
        if os.path.isfile(here / OWN):
            return here / OWN
        if os.path.isfile(here / SHARED) and _table(here / SHARED)[0] is not None:
            return here / SHARED
    return None


def read_settings(path: Path) -> Settings:
    """The settings of a file; raises ConfigError, naming the nearest right one, for keys and values unknown."""
    table, data = _table(path)
    name = _near(path)
    if table is None:
        raise ConfigError(name, "no table [tool.duizhao]", "one, or a file called duizhao.toml")
    for key in table:
        if key not in KEYS:
            raise ConfigError(name, f"no setting {key[:40]!r}", f"one of {', '.join(KEYS)}", _nearest(key, KEYS))
    folder = path.absolute().parent
    baseline = table.get("baseline")
    if baseline is not None and (not isinstance(baseline, str) or "\0" in baseline):
        raise ConfigError(f"{name}: baseline", _kind(baseline), "the name of a file")
    paths = table.get("per-path-ignores", {})
    if not isinstance(paths, dict):
        raise ConfigError(f"{name}: per-path-ignores", _kind(paths), 'a table, as {"old/*.txt" = ["F"]}')
    return Settings(
        source=f"{name} sha256:{sha256(data).hexdigest()[:12]}",
        select=_codes(table.get("select"), f"{name}: select"),
        ignore=_codes(table.get("ignore"), f"{name}: ignore"),
        path_ignores=tuple(
            (_pattern(folder, pattern), _codes(codes, f"{name}: {pattern[:40]}") or ())
            for pattern, codes in paths.items()
        ),
        fail_on=_choice(table.get("fail-on"), get_args(FailOn), f"{name}: fail-on"),
        termbases=_files(table.get("termbase"), folder, f"{name}: termbase"),
        knowledge=_files(table.get("knowledge"), folder, f"{name}: knowledge"),
        histories=_files(table.get("history"), folder, f"{name}: history"),
        baseline=None if baseline is None else _near(folder / baseline),
        direction=_choice(table.get("direction"), get_args(Direction), f"{name}: direction"),
        lang=_choice(table.get("lang"), get_args(Lang), f"{name}: lang"),
    )


def _files(value: object, folder: Path, where: str) -> tuple[str, ...] | None:
    """The files that a setting names, one or a list of them."""
    if value is None:
        return None
    return tuple(_near(folder / each) for each in _texts([value] if isinstance(value, str) else value, where))


def _table(path: Path) -> tuple[dict[str, object] | None, bytes]:
    """The table of settings in a file, None where a pyproject.toml has none, and the bytes of the file."""
    data = file_bytes(path)
    name = _near(path)
    do = "Mend it, or leave it out with --no-config."
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(name, f"not UTF-8 (byte {error.start})", "TOML, which is UTF-8", do) from error
    for number, line in enumerate(text.split("\n"), 1):
        # tomllib takes minutes for a key of 50,000 parts: its time grows with their square.
        if line.partition("=")[0].count(".") > _PARTS or line.count(".") > 20 * _PARTS:
            raise LimitError(f"{name}:{number}", "a key of too many parts", f"at most {_PARTS}", do)
    try:
        content: object = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        message = str(error) if isinstance(error, ValueError) else "nested too deep"
        place = _PLACE.search(message)
        where = name
        if place:
            end = (text.count("\n") + 1, len(text) - text.rfind("\n"))
            where = ":".join(map(str, (name, *(place.groups() if place[1] else end))))
        found = f"broken TOML ({_PLACE.sub('', message)[:80]})"
        raise ConfigError(where, found, "a well-formed file", do) from error
    for key in ("tool", "duizhao") if path.name == SHARED else ():
        content = content.get(key) if isinstance(content, dict) else None
    if path.name == SHARED and content is not None and not isinstance(content, dict):
        raise ConfigError(f"{name}: tool.duizhao", _kind(content), "a table")
    return (content if isinstance(content, dict) else None), data


def _codes(value: object, where: str) -> tuple[str, ...] | None:
    return None if value is None else check_codes(_texts(value, where), where)


def _texts(value: object, where: str) -> list[str]:
    if not isinstance(value, list):
        raise ConfigError(where, _kind(value), "a list of texts in quotes")
    for each in value:
        if not isinstance(each, str) or "\0" in each:
            raise ConfigError(where, f"{_kind(each)} in the list", "texts in quotes")
    return [each for each in value if isinstance(each, str)]


def _choice(value: object, choices: tuple[_Choice, ...], where: str) -> _Choice | None:
    if value is None:
        return None
    for choice in choices:
        if value == choice:
            return choice
    found = repr(value[:40]) if isinstance(value, str) else _kind(value)
    raise ConfigError(
        where, found, f"one of {', '.join(choices)}", _nearest(value, choices) if isinstance(value, str) else ""
    )


def _pattern(folder: Path, pattern: str) -> str:
    """The pattern of whole paths that a pattern below a folder means, with / between their parts."""
    return os.path.normpath(os.path.join(escape(str(folder)), pattern)).replace(os.sep, "/")


def _nearest(name: str, names: Sequence[str]) -> str:
    nearest = get_close_matches(name[:40].lower().replace("_", "-"), names, n=1, cutoff=0.4)
    return f"Did you mean {nearest[0]}?" if nearest else ""


def _near(path: Path) -> str:
    """A path as it is written from here."""
    try:
        return shown(Path(os.path.relpath(path)))
    except (OSError, ValueError):  # no folder to be in, or another drive; a NUL in the name
        return shown(path)


def _kind(value: object) -> str:
    kinds = {str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "a table"}
    return kinds.get(type(value), "a date")
