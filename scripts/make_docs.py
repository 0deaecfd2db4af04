"""Writes the pages of docs/ that say what the program says: rules, commands, filters, the Python API.

.venv/bin/python scripts/make_docs.py           writes them
.venv/bin/python scripts/make_docs.py --check   names those that are not as they would be written, and fails
"""

import ast
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from inspect import cleandoc
from pathlib import Path

import click
from rule_examples import ENGLISH_JUDGED, EXAMPLES

from duizhao.main import cli
from duizhao.metrics import RULES, Rule
from duizhao.metrics.filter_table import FILTERS, Threshold
from duizhao.metrics.rule_words import measured_words
from duizhao.metrics.rules import CHINESE_ONLY_RULES, ENGLISH_ONLY_RULES

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
MADE = "<!-- Written by scripts/make_docs.py; change it there, or in what the program says. -->\n\n"
FAMILIES = {"T": "Terms", "N": "Names", "Q": "Quantities", "C": "Coverage", "F": "Form"}
# Package to its folder; of the command line's own modules the one that a notebook calls.
PACKAGES = ("corpora", "align", "metrics", "reports")
_AS_IT_STANDS = "\b\n"  # click's mark of a paragraph that is not to be wrapped
PIPELINE = ("Options", "build_corpus", "audit_corpus", "score_corpus")

RULES_HEAD = """# Rules

What the audit can say, rule by rule. `duizhao rule T002` prints the same in short, `duizhao rule T002 --lang zh` in
Chinese. The codes are stable. How to hear less of them: [What the audit says](audit.md).

The examples are invented, and a test audits them: of each wrong one the rule speaks, of a right one none.

**Measured** is how many of a rule's findings were true, as judged by language models that saw the texts and the
message, neither code nor rules; of machine-translated abstracts, unless said otherwise. "Style" is right as said, and
a matter of taste. Where few findings came up the figure says little, and says so. It tells how far to trust a finding,
not how much is missed: for that see the limits in the [README](../README.md#limits).

**Standards** are the names that translation tools read: the path in the [MQM](https://themqm.org) error typology, and
the value of ITS 2.0 `locQualityIssueType`.
"""
COMMANDS_HEAD = """# Commands

Every command with its options, as `--help` has it. Exit codes: **0** clean, **1** findings, **2** wrong usage or
unreadable input, **3** an error of duizhao's own.
"""
FILTERS_HEAD = """# Filters

What `duizhao filter` rejects a pair for, with the thresholds that `--config` sets (`duizhao filter --print-config`
prints them as a file to change). A pair is rejected where a value is below a *least* or above a *most*; *from* rejects
nothing: below it, the filter does not judge. A value that could not be measured is no reason. Nothing is deleted: what
is rejected keeps its reasons. What the filters lose and let through is measured in
[From a page to an archive](scale.md#the-filters).
"""
API_HEAD = """# Python

Each step of the command line is a function. `duizhao.pipeline` has the walk through the house in four names, the same
that the commands call; the packages below it have the parts. A package loads a name when it is asked for.

Names that are not listed here are not public: they may change without notice.
"""


def main(arguments: list[str]) -> int:
    """Write the pages, or name the stale ones; the exit code."""
    pages = dict(all_pages())
    stale = [name for name, text in pages.items() if _read(DOCS / name) != text]
    if arguments == ["--check"]:
        for name in stale:
            print(f"docs/{name}: not what the program says; wanted it made anew. Run scripts/make_docs.py.")
        return 1 if stale else 0
    for name in stale:
        (DOCS / name).parent.mkdir(exist_ok=True)
        (DOCS / name).write_text(pages[name], encoding="utf-8", newline="\n")
        print(f"Wrote docs/{name}.")
    return 0


def all_pages() -> Iterator[tuple[str, str]]:
    """Name and text of each page that is made."""
    yield "rules.md", MADE + rules_page()
    yield "commands.md", MADE + commands_page()
    yield "filters.md", MADE + filters_page()
    yield "api/index.md", MADE + api_index()
    yield "api/pipeline.md", MADE + pipeline_page()
    for package in PACKAGES:
        yield f"api/{package}.md", MADE + api_page(package)


def rules_page() -> str:
    """The reference of the rules, family by family."""
    parts = [RULES_HEAD]
    for letter, family in FAMILIES.items():
        parts.append(f"## {letter}: {family}\n")
        parts += [_rule(rule) for rule in RULES.values() if rule.code.startswith(letter)]
    return "\n".join(parts)


def _rule(rule: Rule) -> str:
    example = EXAMPLES[rule.code]
    lines = [f"### {rule.code} {rule.slug}\n", f"**{rule.severity}.** {rule.what} {rule.why}\n"]
    if example.wrong:
        source = "Chinese" if rule.code in ENGLISH_JUDGED else "English"
        lines += [f"- {source}: {_shown(example.en)}"] if example.en else []
        lines += [f"- Wrong: {_shown(example.wrong)}", f"- Right: {_shown(example.right)}"]
    else:
        lines += [f"- Example: {_shown(rule.example)}"]
    lines += [f"- To mend: {rule.fix}", f"- Silent: {_silent(rule.code, example.silent)}"]
    lines += [f"- Measured: {measured_words(rule.code, 'en')}"]
    lines += [f"- Standards: MQM `{rule.mqm}`, ITS 2.0 `{rule.its}`\n"]
    return "\n".join(lines)


def _silent(code: str, said: str) -> str:
    if code in CHINESE_ONLY_RULES:
        return f"{said} With `--direction zh-en`: it looks at Chinese only."
    return f"{said} Without `--direction zh-en`: it looks at English only." if code in ENGLISH_ONLY_RULES else said


def _shown(text: str) -> str:
    """A text as code, with what nobody sees as its code point."""
    text = re.sub(r"[\u200b-\u202e]", lambda found: f"⟨U+{ord(found[0]):04X}⟩", text.replace("\n", " ⏎ "))
    return f"``{text}``" if "`" in text else f"`{text}`"


def commands_page() -> str:
    """The reference of the commands."""
    parts = [COMMANDS_HEAD]
    context = click.Context(cli, info_name="duizhao")
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        if command is not None:
            parts += _command(command, click.Context(command, info_name=name, parent=context), "##")
    return "\n".join(parts)


def _command(command: click.Command, context: click.Context, level: str) -> Iterator[str]:
    """The section of a command, and those of its own commands below it."""
    yield f"{level} {context.command_path}\n"
    yield f"```text\n{context.command_path} {' '.join(command.collect_usage_pieces(context))}\n```\n"
    for paragraph in cleandoc(command.help or "").split("\n\n"):
        if paragraph.startswith(_AS_IT_STANDS):
            yield f"```text\n{paragraph.removeprefix(_AS_IT_STANDS).strip()}\n```\n"
        else:
            yield " ".join(_escaped(paragraph).split()) + "\n"
    given = [each for each in command.get_params(context) if isinstance(each, click.Option)]
    records = [option.get_help_record(context) for option in given]
    options = [record for record in records if record is not None and not record[0].endswith("--help")]
    if options and not isinstance(command, click.Group):
        yield "".join(f"- `{names}`: {_escaped(about)}\n" for names, about in options)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _command(below, click.Context(below, info_name=name, parent=context), level + "#")


def _escaped(text: str) -> str:
    """Help as Markdown: what it would take for its own signs stays as it stands."""
    return re.sub(r"([<\[\]*_`\\])", r"\\\1", re.sub(r"\s+", " ", text))


def filters_page() -> str:
    """The reference of the filters."""
    parts = [FILTERS_HEAD]
    for each in FILTERS.values():
        parts.append(f"## {each.name}\n\n{each.about}\n")
        rows = [_threshold(threshold) for threshold in each.thresholds]
        parts.append("\n".join(["| threshold | | default | said of a pair |", "|---|---|--:|---|", *rows]) + "\n")
    return "\n".join(parts)


def _threshold(threshold: Threshold) -> str:
    key = f"`{threshold.key}`" if threshold.key else "(cannot be set)"
    said = "; ".join(dict.fromkeys(_sentence(each) for each in threshold.said.values() if each))
    return f"| {key} | {threshold.kind} | {threshold.default:g} | {said} |"


def _sentence(said: str) -> str:
    """What a filter says, without the numbers of a pair and the limit that the table has already."""
    said = re.sub(r"; at (?:least|most) \{limit[^}]*\}", "", said)
    return re.sub(r"\{value[^}]*\}", "…", said)


def public_names(package: str) -> dict[str, list[str]]:
    """Module to the public names that it gives, as the package's `__init__.py` imports them."""
    tree = ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8"))
    body = [each for node in tree.body for each in (node.body if isinstance(node, ast.If) else [node])]
    public = set(import_module(f"duizhao.{package}").__all__)
    found = {
        str(node.module): [alias.name for alias in node.names if alias.name in public]
        for node in body
        if isinstance(node, ast.ImportFrom) and node.level == 1
    }
    return {module: names for module, names in found.items() if names}


def _about(package: str, module: str) -> str:
    """The first line of a module's docstring."""
    return (ast.get_docstring(_parsed(package, module)) or "").split("\n")[0]


def _parsed(package: str, module: str) -> ast.Module:
    return ast.parse((ROOT / package / f"{module}.py").read_text(encoding="utf-8"))


def api_page(package: str) -> str:
    """The page of a package: its public names by the module they come from."""
    about = (import_module(f"duizhao.{package}").__doc__ or "").split("\n")[0]
    parts = [f"# duizhao.{package}\n\n{about}\n"]
    for module, names in public_names(package).items():
        parts.append(f"## {module.replace('_', ' ')}\n\n{_about(package, module)}\n")
        parts += [f"::: duizhao.{package}.{name}\n" for name in names]
    return "\n".join(parts)


def pipeline_page() -> str:
    """The page of what the commands call."""
    names = "\n".join(f"::: duizhao.pipeline.{name}\n" for name in PIPELINE)
    return f"# duizhao.pipeline\n\n{_about('cli', 'pipeline')}\n\n{names}"


def api_index() -> str:
    """The list of all public names."""
    parts = [API_HEAD, "## [duizhao.pipeline](pipeline.md)\n\n" + ", ".join(f"`{name}`" for name in PIPELINE) + "\n"]
    for package in PACKAGES:
        parts.append(f"## [duizhao.{package}]({package}.md)\n")
        parts.append("| from | names |\n|---|---|")
        for module, names in public_names(package).items():
            parts.append(f"| {module.replace('_', ' ')} | {', '.join(f'`{name}`' for name in names)} |")
        parts.append("")
    return "\n".join(parts)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
