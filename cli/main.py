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
from types import FrameType
from typing import TextIO

# One thread: two are slower on a busy machine, and sums in one order give the same bytes everywhere. Before numpy.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import click  # noqa: E402

from duizhao import __version__  # noqa: E402
from duizhao.corpora import DuizhaoError  # noqa: E402

# Command to its module: a module is loaded when its command is called, so that --help is quick.
_COMMANDS = (
    *("run", "build", "audit", "glossary", "terms", "score", "filter", "align", "convert", "review", "diff", "status"),
    "rule",
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


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="duizhao")
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
