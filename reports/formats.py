"""The formats of a report: by name, by the ending of a file, and what writes each.

The writers are imported when they are asked for: --help knows every format and loads none.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import BinaryIO, NamedTuple, TextIO

from .result import Result

Marks = Mapping[tuple[str, str], tuple[str, str]]  # decisions and comments of an earlier workbook
NO_MARKS: Marks = MappingProxyType({})


class Format(NamedTuple):
    """A format: its name, the endings of its files (the first is the usual one), and whether it is text to print."""

    name: str
    endings: tuple[str, ...]
    printed: bool = True


FORMATS = (
    Format("text", (".txt",)),
    Format("full", ()),
    Format("json", (".json",)),
    Format("jsonl", (".jsonl",)),
    Format("sarif", (".sarif", ".sarif.json")),
    Format("github", ()),
    Format("junit", (".xml",)),
    Format("csv", (".csv",)),
    Format("md", (".md",)),
    Format("html", (".html", ".htm")),
    Format("xliff", (".xlf", ".xliff")),
    Format("xlsx", (".xlsx",), printed=False),
)
PRINTED = tuple(form.name for form in FORMATS if form.printed)
ENDINGS = tuple(ending for form in FORMATS for ending in form.endings)

# How a "#" and a ":" are written where they would make a line a command to GitHub's runner: as itself to whoever reads
# the format, as a code point where it has no such way. No line of JSON begins with a colon.
_IN_JSON, _IN_XML, _IN_WORDS = ("\\u0023", ":"), ("&#35;", "&#58;"), ("⟨U+0023⟩", "⟨U+003A⟩")
_SIGNS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("json", "jsonl", "sarif"), _IN_JSON),
    **dict.fromkeys(("junit", "html", "xliff"), _IN_XML),
    **dict.fromkeys(("csv", "md"), _IN_WORDS),
}
# Code is no text of a document, references mean nothing in it, and the page allows its script by hash.
_CODE = re.compile("(<script.*?</script>|<style.*?</style>)", re.DOTALL)


def format_of(name: str) -> Format | None:
    """The format that the ending of a file's name stands for, in any case; None for other names and bare endings.

    >>> format_of("out/R.SARIF.JSON").name, format_of("report.pdf"), format_of(".csv")
    ('sarif', None, None)
    """
    last = name.rpartition("/")[2].casefold()
    if last in ENDINGS:
        return None
    fitting = [(ending, form) for form in FORMATS for ending in form.endings if last.endswith(ending)]
    return max(fitting, key=lambda pair: len(pair[0]))[1] if fitting else None


def write_report(handle: BinaryIO, form: Format, result: Result, name: str, marks: Marks = NO_MARKS) -> None:
    """Write a result in one format, in UTF-8; the same bytes for the same result, and `handle` stays open.

    `name` is what the file will be called, `marks` what somebody wrote into the workbook that it replaces.
    """
    if form.name in _AS_BYTES:
        _AS_BYTES[form.name](handle, result)
    elif form.name == "xlsx":
        from .glossary_xlsx import write_glossary_xlsx

        write_glossary_xlsx(handle, result, name, marks=marks)
    else:
        with _text(handle) as text:
            _AS_TEXT[form.name](text, result)


def report_text(form: Format, result: Result, *, color: bool = False) -> str:
    """What `write_report` writes, as text for standard output; text and full in colours where asked.

    No line is a command to GitHub's runner, but in github those that are meant: JSON, XML and HTML spell a sign of such
    a line in another way and read back the same, csv and md show it as a code point.

    Raises ValueError for a format that is no text.
    """
    if not form.printed:
        raise ValueError(f"{form.name} is no text; wanted one of {', '.join(PRINTED)}.")
    if form.name in _LINES:
        return "".join(f"{line}\n" for line in _LINES[form.name](result, color))
    data = io.BytesIO()
    write_report(data, form, result, f"report{form.endings[0] if form.endings else ''}")
    text = data.getvalue().decode("utf-8")
    if form.name != "html":
        return _without_commands(text, *_SIGNS[form.name])
    pieces = _CODE.split(text)
    pieces[::2] = [_without_commands(piece, *_SIGNS["html"]) for piece in pieces[::2]]
    return "".join(pieces)


def html_pages(result: Result, name: str) -> Iterator[tuple[str, Iterator[str]]]:
    """The pages of the report called `name`: the path of each beside it, itself first, and its text in pieces."""
    from .site import render_site

    yield from render_site(result, name)


def _without_commands(text: str, hash_sign: str, colon: str) -> str:
    from .workflow_commands import hashes_of_commands, no_command

    lines = text.split("\n")
    for number, line in enumerate(lines):
        if (guarded := no_command(line)) != line:
            signs = list(line)
            for at in hashes_of_commands(line):
                signs[at] = hash_sign
            if guarded.startswith("|") and not line.startswith("|"):
                signs[line.index(":")] = colon
            lines[number] = "".join(signs)
    return "\n".join(lines)


@contextmanager
def _text(handle: BinaryIO) -> Iterator[TextIO]:
    """Text written to `handle`, line ends as they are."""
    text = io.TextIOWrapper(handle, encoding="utf-8", newline="")
    try:
        yield text
    finally:
        text.detach()  # flushes; closing is for whoever opened it


def _text_lines(result: Result, color: bool) -> Iterable[str]:
    from .text import text_lines

    return text_lines(result, color=color)


def _full_lines(result: Result, color: bool) -> Iterable[str]:
    from .full_text import full_lines

    return full_lines(result, color=color)


def _github_lines(result: Result, color: bool) -> Iterable[str]:
    from .github import github_lines

    return github_lines(result)


def _lines(name: str) -> Callable[[TextIO, Result], object]:
    return lambda handle, result: handle.writelines(f"{line}\n" for line in _LINES[name](result, False))


def _json(handle: TextIO, result: Result) -> None:
    from .findings_json import write_findings_json

    write_findings_json(handle, result)


def _jsonl(handle: TextIO, result: Result) -> None:
    from .jsonl import write_jsonl

    write_jsonl(handle, result.findings)


def _sarif(handle: TextIO, result: Result) -> None:
    from .sarif import write_sarif

    write_sarif(handle, result)


def _csv(handle: TextIO, result: Result) -> None:
    from .findings_csv import write_findings_csv

    write_findings_csv(handle, result)


def _markdown(handle: TextIO, result: Result) -> None:
    from .findings_markdown import write_findings_markdown

    write_findings_markdown(handle, result)


def _html(handle: TextIO, result: Result) -> None:
    from .html import render_html  # one page, however much there is: a stream has no second file

    handle.writelines(render_html(result))


def _junit(handle: BinaryIO, result: Result) -> None:
    from .junit import write_junit

    write_junit(handle, result)


def _xliff(handle: BinaryIO, result: Result) -> None:
    from .xliff_findings import write_xliff

    write_xliff(handle, result)


_LINES: Mapping[str, Callable[[Result, bool], Iterable[str]]] = {
    "text": _text_lines,
    "full": _full_lines,
    "github": _github_lines,
}
_AS_TEXT: Mapping[str, Callable[[TextIO, Result], object]] = {
    **{name: _lines(name) for name in _LINES},
    "json": _json,
    "jsonl": _jsonl,
    "sarif": _sarif,
    "csv": _csv,
    "md": _markdown,
    "html": _html,
}
_AS_BYTES: Mapping[str, Callable[[BinaryIO, Result], object]] = {"junit": _junit, "xliff": _xliff}
