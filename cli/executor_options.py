"""Options that say who does the shards; commands that work in shards share them."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

import click

from duizhao.executor import Executor
from duizhao.executors import NAMES, executor_for
from duizhao.options import Command


@dataclass(frozen=True, slots=True)
class Running:
    """Who does the shards, as the command line has it: one of `executors.NAMES`, the tasks at once, a cluster."""

    name: str = "pool"
    jobs: int | None = None
    address: str | None = None

    def executor(self) -> Executor:
        """The executor, to be used in a `with` block; raises as `executor_for` does."""
        return executor_for(self.name, self.jobs, self.address)


_OPTIONS = (
    click.option(
        "--executor",
        "executor_name",
        type=click.Choice(NAMES),
        default="pool",
        show_default=True,
        help="Who does the shards: this process, processes beside it, or a Ray cluster. The output is the same.",
    ),
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Shards done at once.  [default: one a processor]",
    ),
    click.option("--address", metavar="TEXT", help="Ray cluster to use, e.g. auto.  [default: one started here]"),
)


def executor_options(command: Command) -> Command:
    """The three options; the command gets them as `running`."""

    @wraps(command)
    def called(*, executor_name: str, jobs: int | None, address: str | None, **rest: Any) -> Any:
        return command(running=Running(executor_name, jobs, address), **rest)

    for option in reversed(_OPTIONS):
        called = option(called)
    return called
