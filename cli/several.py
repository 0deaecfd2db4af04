"""Options that take several values, one after the other: `--hyp a.txt b.txt --ref r.txt`."""

import click


class SeveralValues(click.Command):
    """A command whose repeatable options take every value up to the next option.

    `--hyp a b` is read as `--hyp a --hyp b`, so that a shell's `--hyp systems/*.txt` works. What is no value of an
    option comes before the options, or after "--".
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments with each repeatable option spread over its values."""
        repeatable = {
            name
            for option in self.params
            if isinstance(option, click.Option) and option.multiple
            for name in option.opts
        }
        return super().parse_args(ctx, spread(args, repeatable))


def spread(args: list[str], repeatable: set[str]) -> list[str]:
    """The arguments with the name of a repeatable option before each of its values.

    >>> spread(["--hyp", "a", "b", "--ref", "r"], {"--hyp", "--ref"})
    ['--hyp', 'a', '--hyp', 'b', '--ref', 'r']
    """
    made: list[str] = []
    option = ""  # whose values these are
    for number, arg in enumerate(args):
        if arg == "--":
            return [*made, *args[number:]]
        if arg.startswith("-") and arg != "-":
            option = arg.partition("=")[0]
            option = option if option in repeatable else ""
            made.append(arg)
        elif option and made[-1] != option:  # not its first value: that one stands beside it
            made += [option, arg]
        else:
            made.append(arg)
    return made
