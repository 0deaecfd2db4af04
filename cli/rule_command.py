"""`duizhao rule`: what a rule means."""

import click

from duizhao.corpora import ConfigError
from duizhao.metrics import RULES
from duizhao.metrics.rules import MEASURED


@click.command("rule")
@click.argument("code", required=False)
def rule(code: str | None) -> None:
    """Explain a rule, or list them all.

    \b
    Examples:
      duizhao rule
      duizhao rule T002
    """
    if code is None:
        for each in RULES.values():
            click.echo(f"{each.code}  {each.severity:7}  {each.slug:18}  {each.what}")
        return
    found = RULES.get(code.upper())
    if found is None:
        raise ConfigError(code, "no such rule", f"one of {' '.join(RULES)}")
    click.echo(f"{found.code} {found.slug} ({found.severity})\n\n{found.what}\n{found.why}\n")
    click.echo(f"Example: {found.example}\nTo fix:  {found.fix}\nMeasured: {MEASURED[found.code]}")
    click.echo(f"MQM: {found.mqm}   ITS 2.0: {found.its}")
