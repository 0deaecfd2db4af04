"""Options with several values are the same as the option said again."""

import click
import pytest
from click.testing import CliRunner

from duizhao.several import SeveralValues, spread

CASES = [
    ([], []),
    (["--hyp", "a"], ["--hyp", "a"]),
    (["in.tsv", "--hyp", "a", "b", "c", "--ref", "r"], ["in.tsv", *"--hyp a --hyp b --hyp c --ref r".split()]),
    (["--hyp", "a", "--hyp", "b", "c"], "--hyp a --hyp b --hyp c".split()),
    (["--hyp", "a", "-", "--seed", "1", "in"], ["--hyp", "a", "--hyp", "-", "--seed", "1", "in"]),
    (["--hyp=a", "b"], ["--hyp=a", "--hyp", "b"]),
    (["--hyp", "a", "--", "b", "--hyp"], ["--hyp", "a", "--", "b", "--hyp"]),
    (["--hyp"], ["--hyp"]),
]


@pytest.mark.parametrize(("args", "wanted"), CASES)
def test_spread(args: list[str], wanted: list[str]) -> None:
    assert spread(args, {"--hyp", "--ref"}) == wanted


def test_a_command_gets_them_all() -> None:
    @click.command(cls=SeveralValues)
    @click.argument("inputs", nargs=-1)
    @click.option("--hyp", multiple=True)
    @click.option("--seed", type=int)
    def row(inputs: tuple[str, ...], hyp: tuple[str, ...], seed: int) -> None:
        click.echo(repr((inputs, hyp, seed)))

    result = CliRunner().invoke(row, ["otter", "--hyp", "a", "b", "--seed", "7"])
    assert result.output == "(('otter',), ('a', 'b'), 7)\n"
