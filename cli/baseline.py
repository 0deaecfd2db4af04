"""The baseline: findings that are known, so that only new ones are reported."""

import json
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from duizhao.corpora import InputError
from duizhao.corpora.durable import whole_file
from duizhao.corpora.files import same_files, shown
from duizhao.corpora.reading import read_text
from duizhao.metrics import Finding
from duizhao.metrics.selection import Key
from duizhao.reports.summary import counted
from duizhao.whole_files import check_target

_FINGERPRINT = re.compile("[0-9a-f]{12}")


def read_baseline(path: str) -> Counter[Key]:
    """How often each fingerprint and rule stands in a file of JSON lines with both; findings.jsonl is one too.

    Raises InputError, with its line, at the first line that lacks one of them.
    """
    known: Counter[Key] = Counter()
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _broken(path, number, "no JSON") from error
        if not isinstance(row, dict):
            raise _broken(path, number, "no object")
        fingerprint, rule = row.get("fingerprint"), row.get("rule")
        if not isinstance(fingerprint, str) or not isinstance(rule, str) or not _FINGERPRINT.fullmatch(fingerprint):
            raise _broken(path, number, "no fingerprint and rule")
        known[fingerprint, rule] += 1
    return known


def write_baseline(path: Path, findings: Iterable[Finding]) -> int:
    """The number of lines written, one a finding, sorted by rule so that versions compare; the file whole or not."""
    rows = sorted((finding.rule, finding.fingerprint) for finding in findings)
    with whole_file(path) as made:
        text = "".join(json.dumps({"fingerprint": fingerprint, "rule": rule}) + "\n" for rule, fingerprint in rows)
        made.write_text(text, encoding="utf-8", newline="\n")
    return len(rows)


def wrote_baseline(path: Path, findings: Iterable[Finding]) -> str:
    """What to tell once the baseline is written."""
    return f"Wrote {counted(write_baseline(path, findings), 'finding')} to {shown(path)}."


def check_baseline_target(path: Path, inputs: Iterable[str]) -> None:
    """Raise InputError, before the work, where no baseline can be written or an input stands."""
    check_target(path)
    if same_files((given for given in inputs if os.path.lexists(given)), [path]):
        raise InputError(shown(path), "one of the inputs", "another file to write", "Name another.")


def _broken(path: str, line: int, found: str) -> InputError:
    wanted = 'a line such as {"fingerprint": "3f2a5c7e9b01", "rule": "T002"}'
    return InputError(f"{path}:{line}", found, wanted, "Make it with --write-baseline.")
