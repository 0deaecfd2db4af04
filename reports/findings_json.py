"""The findings as one JSON array, for programs that read a file whole."""

from typing import TextIO

from .jsonl import as_row, json_line
from .result import Result


def write_findings_json(handle: TextIO, result: Result) -> int:
    r"""The number of findings written: one array, a finding an object a line, in their order in the result.

    The fields are those of findings.jsonl. Raises ValueError on a number that is not finite.

    >>> import io
    >>> out = io.StringIO()
    >>> write_findings_json(out, Result((), (), (), (), (), (), ())), out.getvalue()
    (0, '[]\n')
    """
    if not result.findings:
        handle.write("[]\n")
        return 0
    for number, finding in enumerate(result.findings):
        handle.write(",\n" if number else "[\n")
        handle.write(json_line(as_row(finding)))
    handle.write("\n]\n")
    return len(result.findings)
