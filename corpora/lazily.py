"""A package whose names are loaded when they are asked for: a command starts with what it needs."""

from collections.abc import Callable, Mapping
from importlib import import_module


def lazily(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """A module's `__getattr__` (PEP 562): `homes` is module to the names it gives, parted by blanks.

    A module that has the same name as one of these would hide it, and is refused.

    >>> lazily("duizhao.corpora", {"errors": "InputError"})("InputError").__name__
    'InputError'
    """
    home = {name: module for module, names in homes.items() for name in names.split()}
    hidden = sorted(home.keys() & homes.keys())
    if hidden:
        raise ImportError(f"{package}: {', '.join(hidden)} names a module too; wanted names of their own.")

    def get(name: str) -> object:
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{home[name]}"), name)

    return get
