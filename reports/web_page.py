"""What all web pages have in common: templates that escape, style and script inside the page, the script by hash."""

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple, TypeVar

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template
from markupsafe import Markup

from .marks import shown
from .visible import labelled, shortened

BLOCK = 100  # rows that the browser lays out, or skips, at a time
T = TypeVar("T")


class Script(NamedTuple):
    """The text of a script, and the source that the page's policy allows for it."""

    text: Markup
    allowed: str


def page_template(
    name: str, filters: Mapping[str, Callable[..., object]], names: Mapping[str, Callable[..., object]]
) -> Template:
    """The template of this file and those it includes; all is escaped, and names that are not given are refused."""
    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_part),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"shown": shown, "labelled": labelled, "shortened": shortened, "blocks": blocks, **filters}
    environment.globals |= names
    return environment.get_template(name)


def page_style(*names: str) -> Markup:
    """The style sheets of these files, one after the other."""
    return Markup("".join(map(_part, names)))


def page_script(*names: str) -> Script:
    """The scripts of these files, one after the other, after the one that every page has."""
    text = "".join(map(_part, ("page.js", *names)))
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return Script(Markup(text), f"sha256-{digest}")


def blocks(rows: Sequence[T], size: int = BLOCK) -> list[Sequence[T]]:
    """The rows in stretches of `size`.

    >>> blocks([1, 2, 3], 2)
    [[1, 2], [3]]
    """
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def _part(name: str) -> str:
    return (files(__name__.rpartition(".")[0]) / "templates" / name).read_text(encoding="utf-8")
