"""Progress on a terminal, silence elsewhere."""

import sys
import time
from types import TracebackType
from typing import Self

import click


class Progress:
    """A line on stderr that says what is being done; nothing where stderr is no terminal."""

    def __init__(self) -> None:
        """Look whether anybody watches."""
        self._shown = sys.stderr.isatty()
        self._count: dict[str, int] = {}
        self._last = 0.0

    def __call__(self, step: str, item: str) -> None:
        """Count one item of a step; the line is redrawn ten times a second at most."""
        self._count[step] = self._count.get(step, 0) + 1
        now = time.monotonic()
        if self._shown and now - self._last > 0.1:
            self._last = now
            click.echo(f"\r\x1b[K{step} {self._count[step]}: {item[:60]!r}", nl=False, err=True)

    def clear(self) -> None:
        """Leave a clean line, so that something can be printed."""
        if self._shown:
            click.echo("\r\x1b[K", nl=False, err=True)

    def __enter__(self) -> Self:
        """Start."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave a clean line."""
        self.clear()
