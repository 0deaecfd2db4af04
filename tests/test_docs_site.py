"""The site has every page, and loads nothing from elsewhere but what its build takes out."""

from typing import Any

import pytest
from doc_blocks import ROOT

yaml = pytest.importorskip("yaml")


class _Loader(yaml.SafeLoader):  # type: ignore[misc, name-defined]
    """Reads past the tags that only mkdocs understands."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)
SETTINGS: dict[str, Any] = yaml.load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"), _Loader)


def pages_in(nav: Any) -> list[str]:
    if isinstance(nav, str):
        return [nav]
    return [page for each in (nav.values() if isinstance(nav, dict) else nav) for page in pages_in(each)]


def test_every_page_is_in_the_navigation_and_is_there() -> None:
    named = pages_in(SETTINGS["nav"])
    assert sorted(set(named)) == sorted(named)
    ours = {page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")}
    others = {name for name in named if name.startswith("project/")}
    assert set(named) - others == ours
    assert [name for name in others if not (ROOT / name.removeprefix("project/")).is_file()] == []


def test_nothing_is_fetched() -> None:
    assert SETTINGS["theme"]["font"] is False
    assert not {"repo_url", "extra_javascript", "extra"} & SETTINGS.keys()
    assert [sheet for sheet in SETTINGS["extra_css"] if not (ROOT / "docs" / sheet).is_file()] == []
