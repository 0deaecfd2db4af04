"""`duizhao rule`: what a rule means."""

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from duizhao.configuration import Lang, find_settings, read_settings
from duizhao.corpora import ConfigError, DuizhaoError
from duizhao.metrics import RULES
from duizhao.metrics.rule_words import measured_words, rule_words, severity_word


@click.command("rule")
@click.argument("code", required=False, shell_complete=lambda _c, _p, begun: _codes(begun))
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of the words.  [default: the settings', or en]")
def rule(code: str | None, lang: Lang | None) -> None:
    """Explain a rule, or list them all.

    \b
    Examples:
      duizhao rule
      duizhao rule T002
      duizhao rule T002 --lang zh
    """
    if code is not None and code.upper() not in RULES:
        raise ConfigError(code, "no such rule", f"one of {' '.join(RULES)}")
    lang = lang or _lang_of_settings()
    if code is None:
        say = _row_zh if lang == "zh" else _row
        click.echo("\n".join(say(each) for each in RULES))
    else:
        say = _page_zh if lang == "zh" else _page
        click.echo(say(code.upper()))


def _codes(begun: str) -> list[CompletionItem]:
    """The rules whose code begins so, for the shell, with what they find."""
    return [CompletionItem(code, help=found.slug) for code, found in RULES.items() if code.startswith(begun.upper())]


def _lang_of_settings() -> Lang:
    try:
        found = find_settings(Path.cwd())
        return (read_settings(found).lang if found else None) or "en"
    except (DuizhaoError, OSError):  # what is wrong with the file or folder, the audit says; this only explains
        return "en"


def _row(code: str) -> str:
    found = RULES[code]
    return f"{code}  {found.severity:7}  {found.slug:18}  {found.what}"


def _row_zh(code: str) -> str:
    words = rule_words(code, "zh")
    name = words.name + "  " * (8 - len(words.name))  # a Chinese character is as wide as two blanks
    return f"{code}  {severity_word(RULES[code].severity, 'zh')}  {name}  {words.what}"


def _page(code: str) -> str:
    found = RULES[code]
    return (
        f"{code} {found.slug} ({found.severity})\n\n{found.what}\n{found.why}\n\n"
        f"Example: {found.example}\nTo fix:  {found.fix}\nMeasured: {measured_words(code, 'en')}\n"
        f"MQM: {found.mqm}   ITS 2.0: {found.its}"
    )


def _page_zh(code: str) -> str:
    found, words = RULES[code], rule_words(code, "zh")
    return (
        f"{code} {words.name}（{severity_word(found.severity, 'zh')}，{found.slug}）\n\n{words.what}\n{words.why}\n\n"
        f"例子：{words.example}\n改法：{words.fix}\n实测：{measured_words(code, 'zh')}\n"
        f"MQM：{found.mqm}   ITS 2.0：{found.its}"
    )
