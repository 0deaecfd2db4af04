"""`--fix`: corrected copies of the inputs, a diff of what was changed, and a count of what was not."""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import NamedTuple

from duizhao.corpora import Document, InputError, is_corpus
from duizhao.corpora.durable import work_folder
from duizhao.corpora.files import file_bytes, input_files, shown
from duizhao.corpora.normal import to_nfc
from duizhao.metrics import Finding
from duizhao.metrics.fixes import MOVED, OVERLAPS, Fix, safe_fixes
from duizhao.reports.summary import counted

DIFF = "fixes.diff"
FORMATS = ("text", "Markdown", "HTML")  # whose text stands in the file as it is read, line and column known
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_CONTEXT = 3  # lines around a change, as diff has them
_WIDE = {b"\xff\xfe\0\0": "utf-32-le", b"\0\0\xfe\xff": "utf-32-be", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
FORMAT, GONE, BYTES = (
    "a file that is no plain text",
    "a file that is not there as it was read",
    "bytes that would change",
)


class Target(NamedTuple):
    """A file and the name of its copy, below the folder to write into."""

    path: Path
    name: PurePath


@dataclass(frozen=True, slots=True)
class Fixed:
    """What was written: names of copies; how many findings they answer; and of the others how many for which reason."""

    names: tuple[str, ...]
    findings: int
    refused: tuple[tuple[str, int], ...]

    def lines(self, folder: Path) -> list[str]:
        """What to tell."""
        said = []
        if self.names:
            said.append(
                f"Fixed {counted(self.findings, 'finding')} in {folder}: {', '.join(self.names)}; see {DIFF} there."
            )
        if self.refused:
            said.append(f"Not fixed: {', '.join(f'{count:,} with {reason}' for reason, count in self.refused)}.")
        return said


def fix_targets(inputs: Iterable[str], out: Path) -> dict[str, Target]:
    """The files of inputs by the documents' sources, with the names of their copies; a corpus has none here.

    Raises InputError where a copy would stand where an input stands, or would be read as an input the next time.
    """
    targets: dict[str, Target] = {}
    for given in inputs:
        if given == "-" or is_corpus(Path(given)):
            continue
        if os.path.isdir(given) and _is_inside(out, given):
            raise InputError(shown(out), f"inside the input {given}", "a folder apart", "Name another -o.")
        for path in input_files(given):
            name = path.relative_to(given) if os.path.isdir(given) else PurePath(path.name)
            targets[shown(path)] = Target(path, name)
    _check_apart(targets.values(), out)
    return targets


def fix_documents(
    documents: Iterable[Document], findings: Iterable[Finding], targets: Mapping[str, Target], out: Path
) -> Fixed:
    """Write a copy of each file of which a finding has a sure answer, in its encoding and with its line ends.

    The copies and `fixes.diff` (UTF-8) are written when all of them are made. Raises InputError where two copies would
    have one name, or one would overwrite an input.
    """
    by_document: dict[str, list[Finding]] = {}
    for finding in findings:
        by_document.setdefault(finding.document, []).append(finding)
    refused: Counter[str] = Counter()
    made: dict[PurePath, bytes] = {}
    used: list[Target] = []
    diff: list[str] = []
    count = 0
    for document in documents:
        here = by_document.get(document.source, [])
        safe = safe_fixes(here, document.text)
        refused.update(reason for _, reason in safe.refused)
        if not safe.fixes:
            continue
        path = Path(document.source)  # a corpus knows its files by their paths
        target = targets.get(document.source) or Target(path, PurePath(path.name))
        copy = _copy(document, safe.fixes, target.path)
        refused.update(copy.refused)
        if copy.data is None:
            continue
        if target.name.as_posix().casefold() in {name.as_posix().casefold() for name in (*made, PurePath(DIFF))}:
            raise InputError(document.source, f"a second copy called {target.name}", "one of a name", "Fix it alone.")
        made[target.name] = copy.data
        used.append(target)
        count += copy.findings
        diff += _diff(copy.old, copy.new, document.source, shown(out / target.name))
    _check_apart(used, out)
    if made:
        _write(out, {**made, PurePath(DIFF): "".join(diff).encode("utf-8", "backslashreplace")})
    names = tuple(name.as_posix() for name in made)
    return Fixed(names, count, tuple(sorted(refused.items(), key=lambda item: (-item[1], item[0]))))


class _Copy(NamedTuple):
    """The bytes of a copy, None where nothing could be changed; the lines before and after; reasons, one a finding."""

    data: bytes | None
    old: Sequence[str]
    new: Sequence[str]
    findings: int
    refused: Sequence[str]


def _copy(document: Document, fixes: Sequence[Fix], path: Path) -> _Copy:
    """The file with these fixes; each is made only where its words stand in the file at the place of the finding."""
    nothing = _Copy(None, (), (), 0, ())
    told = sum(len(fix.findings) for fix in fixes)
    if document.format not in FORMATS:
        return nothing._replace(refused=[FORMAT] * told)
    if not path.is_file():
        return nothing._replace(refused=[GONE] * told)
    data = file_bytes(path)
    if hashlib.sha256(data).hexdigest() != document.sha256:
        return nothing._replace(refused=[GONE] * told)
    codec = next((name for mark, name in _WIDE.items() if data.startswith(mark)), document.encoding)
    text = _decoded(data, codec)
    if text is None:
        return nothing._replace(refused=[BYTES] * told)
    marks = len(text) - len(text.removeprefix("\ufeff").removeprefix("\ufeff"))
    old = [match[0] for match in _LINE.finditer(text, marks) if match[0]]
    edits: list[tuple[int, int, Fix]] = []
    refused: list[str] = []
    composed: dict[int, bool] = {}
    for fix in fixes:
        line, column = document.position(fix.span[0])
        if line not in composed:
            composed[line] = line <= len(old) and to_nfc(old[line - 1]) == old[line - 1]
        if not composed[line]:
            refused += [MOVED] * len(fix.findings)  # a column counts composed letters
        elif not _stands(old[line - 1], column - 1, fix, document):
            refused += [MOVED] * len(fix.findings)
        elif not _encodes(fix.new, codec):
            refused += [BYTES] * len(fix.findings)
        else:
            edits.append((line - 1, column - 1, fix))
    new = list(old)
    count, free = 0, (len(old), 0)
    for row, begin, fix in sorted(edits, key=lambda edit: edit[:2], reverse=True):  # so that columns before stay
        end = begin + len(fix.found)
        if (row, end) > free:  # two places of the text that are one in the file
            refused += [OVERLAPS] * len(fix.findings)
            continue
        new[row] = new[row][:begin] + fix.new + new[row][end:]
        free = (row, begin)
        count += len(fix.findings)
    if not count:
        return nothing._replace(refused=refused)
    return _Copy((text[:marks] + "".join(new)).encode(codec), old, new, count, refused)


def _decoded(data: bytes, codec: str) -> str | None:
    """The text of these bytes, marks and line ends kept; None where writing it would not give the same bytes."""
    try:
        text = data.decode(codec)
        return text if text.encode(codec) == data else None
    except (ValueError, LookupError):  # not only UnicodeError: a corpus may name any codec
        return None


def _encodes(text: str, codec: str) -> bool:
    try:
        text.encode(codec)
    except UnicodeError:
        return False
    return True


def _stands(line: str, begin: int, fix: Fix, document: Document) -> bool:
    """Whether the words of a fix stand in this line of the file, at this column, as the document has them."""
    end = begin + len(fix.found)
    if line[begin:end] != fix.found:
        return False
    if document.format != "HTML":
        return True
    # A page may spell a character otherwise (&amp;), so what stands beside the words must be the same too.
    text, (first, last) = document.text, fix.span
    before, after = text[max(0, first - 2) : first].rpartition("\n")[2], text[last : last + 2].partition("\n")[0]
    return line[:begin].endswith(before) and line[end:].startswith(after)


def _diff(old: Sequence[str], new: Sequence[str], source: str, target: str) -> Iterator[str]:
    """A unified diff of as many lines as before."""
    changed = [k for k, line in enumerate(old) if line != new[k]]
    yield f"--- {source}\n+++ {target}\n"
    at = 0
    while at < len(changed):
        last = at
        while last + 1 < len(changed) and changed[last + 1] - changed[last] <= 2 * _CONTEXT:
            last += 1
        begin, end = max(0, changed[at] - _CONTEXT), min(len(old), changed[last] + _CONTEXT + 1)
        yield f"@@ -{begin + 1},{end - begin} +{begin + 1},{end - begin} @@\n"
        run: list[str] = []
        for k in range(begin, end):
            if old[k] == new[k]:
                yield from (*run, _marked(" ", old[k]))
                run = []
            else:
                minus = [line for line in run if line.startswith("-")] + [_marked("-", old[k])]
                run = [*minus, *(line for line in run if line.startswith("+")), _marked("+", new[k])]
        yield from run
        at = last + 1


def _marked(sign: str, line: str) -> str:
    return f"{sign}{line}" if line.endswith("\n") else f"{sign}{line}\n\\ No newline at end of file\n"


def _is_inside(folder: Path, outer: str) -> bool:
    real, wide = os.path.realpath(folder), os.path.realpath(outer)
    return real != wide and os.path.commonpath([real, wide]) == wide if _same_drive(real, wide) else False


def _same_drive(one: str, other: str) -> bool:
    return os.path.splitdrive(one)[0] == os.path.splitdrive(other)[0]


def _check_apart(targets: Iterable[Target], out: Path) -> None:
    """Raise InputError where a copy would overwrite one of the files, or a folder stands in its place."""
    targets = list(targets)
    read = {os.path.realpath(target.path) for target in targets}
    for name in (*(target.name for target in targets), PurePath(DIFF)):
        if os.path.realpath(out / name) in read:
            raise InputError(shown(out / name), "one of the inputs", "another place for its copy", "Name another -o.")
        if (out / name).is_dir():
            raise InputError(shown(out / name), "a folder", "room for a file", "Name another -o.")


def _write(out: Path, files: Mapping[PurePath, bytes]) -> None:
    """All of the files, each whole."""
    out.mkdir(exist_ok=True)
    with work_folder(out) as folder:
        for k, data in enumerate(files.values()):
            (folder / str(k)).write_bytes(data)
        for k, name in enumerate(files):
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            os.replace(folder / str(k), out / name)
