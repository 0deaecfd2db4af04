"""The command line: its commands, and what its exit codes mean.

0 clean; 1 findings; 2 bad input, usage or output; 3 a fault of duizhao's own; 130, 143 interrupted; 141 closed pipe.
"""

import contextlib
import errno
import io
import os
import signal
import sys
from importlib import import_module
from inspect import cleandoc
from types import FrameType
from typing import TextIO

# One thread: two are slower on a busy machine, and sums in one order give the same bytes everywhere. Before numpy.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import click  # noqa: E402
from click.shell_completion import CompletionItem  # noqa: E402

from duizhao import __version__  # noqa: E402
from duizhao.corpora import DuizhaoError  # noqa: E402

# Commands, the main one first, with the first line of their help. A command's module is loaded when it is called: the
# list of them all, and completion of their names, load none. A test holds the lines equal.
_COMMANDS = {
    "run": "Build a corpus, audit it, list its terms, write reports.",
    "build": "Turn documents into records and aligned sentence pairs.",
    "audit": "Find wrong terms, names, numbers, omissions and slips.",
    "glossary": "List every source term with its renderings.",
    "terms": "Check, merge, convert and count termbases; mine text for terms.",
    "score": "Score translations as sacrebleu does, with intervals and tests.",
    "filter": "Find the pairs that do not belong in a parallel corpus.",
    "align": "Align the sentences of a Chinese and an English file.",
    "convert": "Write sentence pairs as TMX, XLIFF 2, CSV, Parquet and others.",
    "review": "Decide on findings and terms, and take over what was decided.",
    "diff": "Say what got better and worse from OLD to NEW.",
    "status": "Say how far the run into OUT is, and what ended the last.",
    "rule": "Explain a rule, or list them all.",
}


_CACHE = "Cache: what `score --mt` translated is kept in ~/.cache/duizhao; DUIZHAO_CACHE names another folder."


def _limits() -> str:
    """The sizes that a user may meet, in a sentence."""
    from duizhao.corpora.files import LIMIT_BYTES, LIMIT_UNIT
    from duizhao.corpora.zip_door import LIMIT_RATIO, LIMIT_UNPACKED

    return (
        f"Limits: {LIMIT_BYTES // 2**20} MiB a document, {LIMIT_UNIT:,} characters a line or cell (--max-unit); "
        f"workbooks and Word documents unpack to at most {LIMIT_UNPACKED // 2**20} MiB and {LIMIT_RATIO} times their "
        "size. The number of documents is not limited, nor is the size of sentence pairs for `filter`."
    )


class _Lazy(click.Group):
    """A group whose commands are imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, the main one first."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in _COMMANDS:
            return None
        module = import_module(f"duizhao.{cmd_name}_command")
        command = getattr(module, cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the program is for, and what it takes at most."""
        text = "\n\n".join((cleandoc(self.help or ""), _limits(), _CACHE))
        click.Command(self.name, help=text).format_help_text(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, none of them loaded."""
        room = formatter.width - 6 - max(map(len, _COMMANDS))  # as click has it: a line each
        with formatter.section("Commands"):
            known = [click.Command(name, help=line) for name, line in _COMMANDS.items()]
            formatter.write_dl([(each.name or "", each.get_short_help_str(room)) for each in known])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, or options, for the shell."""
        options = click.Command.shell_complete(self, ctx, incomplete)
        begun = [CompletionItem(name, help=line) for name, line in _COMMANDS.items() if name.startswith(incomplete)]
        return begun + options


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, asked: _show_version(context) if asked else None,
    help="Show the version, and hashes of models and data, and exit.",
)
def cli() -> None:
    """Set Chinese and English side by side: build a parallel corpus, audit the translation, list its terms.

    \b
    Start with:  duizhao run page.txt -o out/

    Exit codes: 0 clean, 1 findings, 2 bad input or usage, 3 internal error.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit."""
    signal.signal(signal.SIGTERM, _terminated)
    sys.stdout = sys.stdout or io.StringIO()  # None where the shell closed it (>&-)
    sys.stderr = sys.stderr or io.StringIO()
    out = sys.stdout
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # never the locale: text is UTF-8, whatever LC_ALL says
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        cli.main(args=arguments, prog_name="duizhao", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        error.show()
        _leave(2)
    except DuizhaoError as error:
        _say(str(error))
        _leave(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        _leave(130)
    except SystemExit:
        if sys.stdout is not out:  # click's mark of a closed pipe; it leaves with 1, which here means findings
            _leave(141)
        raise
    except BrokenPipeError:
        _silence(out)  # nobody reads any more: no message
        _leave(141)
    except click.ClickException as error:
        error.show()
        _leave(2)
    except OSError as error:
        _say(f"{error.filename or 'output'}: {error.strerror or error}; wanted a place to write.")
        if error.errno == errno.ENOSPC:
            _silence(out)
        _leave(2)
    except Exception:
        import traceback

        traceback.print_exc()
        click.echo(f"duizhao {__version__}: a fault of ours. Please report the lines above.", err=True)
        _leave(3)


def _show_version(context: click.Context) -> None:
    from duizhao.version import version_lines  # not at the top: --help needs none of it

    click.echo("\n".join(version_lines()))
    context.exit()


def _say(message: str) -> None:
    """One line on stderr, whatever characters a file's name has."""
    from duizhao.reports.visible import on_one_line  # not at the top: --help needs none of it

    click.echo(on_one_line(message), err=True)


def _silence(stream: TextIO) -> None:
    """Leave Python nothing to flush into a closed pipe or a full disk when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _leave(code: int) -> None:
    sys.exit(code)


def _terminated(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)
