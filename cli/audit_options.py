"""Options of the commands that judge: what is judged by, and which findings are reported. A file may set them."""

import os
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

import click

from duizhao.choice import Choice
from duizhao.configuration import Settings, find_settings, read_settings
from duizhao.ignore_file import sidecars
from duizhao.metrics import SEVERITIES
from duizhao.metrics.selection import check_codes
from duizhao.options import Command
from duizhao.pipeline import Options


def _codes(context: click.Context, option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return check_codes([code for value in values for code in value.split(",")], f"--{option.name}")


_JUDGING = (
    click.option(
        "--termbase",
        "termbases",
        multiple=True,
        metavar="FILE",
        help="Termbase (CSV, TSV, XLSX, TBX) beside the shipped one; the last named wins. Repeatable.",
    ),
    click.option(
        "--knowledge",
        "packs",
        multiple=True,
        metavar="PACK",
        help="What a field writes (duizhao terms mine), beside the shipped pack for AI. Repeatable.",
    ),
    click.option(
        "--history",
        "histories",
        multiple=True,
        metavar="PATH",
        help="Earlier work to agree with: its glossary.jsonl, or the folder that has one. Repeatable.",
    ),
    click.option("--no-termbase", is_flag=True, help="Leave the shipped termbase out; those named count."),
    click.option(
        "--no-encoder", is_flag=True, help="Look for no renderings but those that the termbase lists: quicker, blinder."
    ),
    click.option("--direction", type=click.Choice(["en-zh", "zh-en"]), help="What was translated.  [default: en-zh]"),
    click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of the messages.  [default: en]"),
    click.option(
        "--config",
        metavar="FILE",
        help="Settings.  [default: the nearest duizhao.toml, or pyproject.toml with [tool.duizhao]]",
    ),
    click.option("--no-config", is_flag=True, help="Look for no settings."),
)
_REPORTING = (
    click.option(
        "--select",
        multiple=True,
        metavar="CODES",
        callback=_codes,
        help="Report these rules only: codes or their beginnings, as T,F001. Repeatable.",
    ),
    click.option(
        "--ignore",
        multiple=True,
        metavar="CODES",
        callback=_codes,
        help="Do not report these rules; the longer of two codes that fit decides. Repeatable.",
    ),
    click.option(
        "--ignore-file",
        metavar="FILE",
        help="Findings to let stand, with reasons.  [default: .duizhao-ignore beside the inputs]",
    ),
    click.option("--baseline", metavar="FILE", help="Findings known before: report others only."),
    click.option(
        "--write-baseline",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write the findings there, as a baseline for later.",
    ),
    click.option(
        "--fail-on",
        type=click.Choice([*SEVERITIES, "never"]),
        help="Exit 1 from this severity up.  [default: warning]",
    ),
)


def judging(command: Command) -> Command:
    """What findings are judged by; goes below `options.reading`, and the command gets all of it as `chosen`."""
    return _with(command, _JUDGING)


def reporting(command: Command) -> Command:
    """The same, and which findings are reported; the command gets `fail_on` and `write_baseline` too."""
    return _with(command, (*_JUDGING, *_REPORTING))


def _with(command: Command, options: tuple[Any, ...]) -> Command:
    @wraps(command)
    def called(
        chosen: Options,
        termbases: tuple[str, ...],
        packs: tuple[str, ...],
        histories: tuple[str, ...],
        no_termbase: bool,
        no_encoder: bool,
        direction: Any,
        lang: Any,
        config: str | None,
        no_config: bool,
        select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
        ignore_file: str | None = None,
        baseline: str | None = None,
        fail_on: str | None = None,
        **rest: Any,
    ) -> Any:
        settings = _settings(config, no_config)
        choice = Choice(
            select=select or settings.select or (),
            ignore=ignore or settings.ignore or (),
            path_ignores=settings.path_ignores,
            ignore_files=sidecars(rest["inputs"]) if ignore_file is None else (ignore_file,),
            baseline=settings.baseline if baseline is None else baseline,
        )
        chosen = replace(
            chosen,
            termbases=termbases or settings.termbases or (),
            knowledge=packs or settings.knowledge or (),
            histories=histories or settings.histories or (),
            shipped_termbase=not no_termbase,
            encoder=not no_encoder,
            direction=direction or settings.direction or "en-zh",
            lang=lang or settings.lang or "en",
            choice=choice,
            settings=settings.source,
        )
        if len(options) > len(_JUDGING):
            rest["fail_on"] = fail_on or settings.fail_on or "warning"
        return command(chosen=chosen, **rest)

    made: Command = called
    for option in reversed(options):
        made = option(made)
    return made


def _settings(config: str | None, no_config: bool) -> Settings:
    """The settings to use; raises ConfigError for a file that makes no sense."""
    if config is not None:
        if no_config:
            raise click.UsageError("--config and --no-config contradict each other.")
        return read_settings(Path(config))
    if no_config:
        return Settings()
    try:
        folder = Path(os.getcwd())
    except OSError:  # it was removed
        return Settings()
    found = find_settings(folder)
    return read_settings(found) if found else Settings()
