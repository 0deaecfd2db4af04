"""Every example in a docstring says the truth."""

import doctest
import importlib
import pkgutil

import pytest

PACKAGES = ["duizhao", "duizhao.corpora", "duizhao.align", "duizhao.metrics", "duizhao.reports"]
NAMES = [
    *PACKAGES,
    *(
        f"{package}.{module.name}"
        for package in PACKAGES
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__)
        if not module.ispkg and module.name != "__main__"  # importing __main__ runs it
    ),
]


@pytest.mark.parametrize("name", NAMES)
def test_doctests(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_all_five_folders_are_seen() -> None:
    assert {"duizhao.corpora.model", "duizhao.metrics.findings", "duizhao.reports.result"} <= set(NAMES)
