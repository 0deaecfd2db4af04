"""`duizhao status`: how far the run in an output folder is."""

import json
from pathlib import Path

import click

from duizhao.run_state import RunState, StepState, read_state
from duizhao.shard_tasks import AGAIN


@click.command("status")
@click.argument("folder", metavar="OUT", type=click.Path(path_type=Path))
@click.option(
    "--format", "shape", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print."
)
def status(folder: Path, shape: str) -> None:
    """Say how far the run into OUT is, and what ended the last.

    \b
    Examples:
      duizhao status out/
      duizhao status out/ --format json
    """
    state = read_state(folder)
    if shape == "json":
        steps = [step._asdict() for step in state.steps]
        click.echo(json.dumps(state._asdict() | {"steps": steps}, ensure_ascii=False))
        return
    for step in state.steps:
        click.echo(_line(step))
    click.echo(_closing(state))


def _line(step: StepState) -> str:
    known = step.shards if step.shards is not None else "?"
    line = f"{step.step}: {step.done} of {known} shards done"
    return line + (f", {step.earlier} of an earlier run yet to be looked at" if step.earlier else "")


def _closing(state: RunState) -> str:
    if state.process is not None:
        return f"At work: process {state.process}." if state.process else "At work."
    if state.finished:
        return "Finished."
    return f"Failed: {state.failed}" if state.failed else f"Stopped. {AGAIN}"
