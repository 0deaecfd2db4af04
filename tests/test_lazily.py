"""Packages give their names when asked, and load nothing before."""

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from duizhao.corpora.lazily import lazily

PACKAGES = ["corpora", "metrics", "reports"]


@pytest.mark.parametrize("name", PACKAGES)
def test_every_public_name_is_given_and_typed(name: str) -> None:
    package = importlib.import_module(f"duizhao.{name}")
    homes = {name: home for home, names in package._HOMES.items() for name in names.split()}
    tree = ast.parse(Path(str(package.__file__)).read_text(encoding="utf-8"))
    guarded = [node for block in tree.body if isinstance(block, ast.If) for node in block.body]
    typed = {alias.name: n.module for n in guarded if isinstance(n, ast.ImportFrom) for alias in n.names}
    assert homes == typed
    assert sorted(homes) == sorted(package.__all__)
    assert all(getattr(package, given) is not None for given in package.__all__)


def test_a_name_that_no_module_gives() -> None:
    with pytest.raises(AttributeError, match=r"module 'duizhao\.corpora' has no attribute 'Otter'"):
        importlib.import_module("duizhao.corpora").Otter  # noqa: B018


def test_a_module_that_would_hide_a_name_is_refused() -> None:
    with pytest.raises(ImportError, match="otter names a module too"):
        lazily("duizhao.corpora", {"otter": "otter"})


def test_scores_need_no_reader_and_no_encoder() -> None:
    code = "import sys, duizhao.metrics.score; print(*sorted(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pandas", "openpyxl", "lxml", "ftfy", "sentencepiece", "jieba", "numpy"} & set(loaded)
