"""Translations of source lines by any command of the user's, each line asked for once and kept.

The command gets the lines on its standard input, one a line in UTF-8, and gives as many lines back. It is run as it
is, without a shell. What it said is kept in a JSONL file, by the hash of command and line.
"""

import hashlib
import json
import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from duizhao.corpora import ConfigError, InputError
from duizhao.corpora.cache_folder import cache_folder, check_private, make_private
from duizhao.corpora.files import file_bytes

_SHOWN = 200  # characters of a command or of its complaint in a message
_NAME = "translations.jsonl"
_LIMIT_BYTES = 1 << 30  # of that file; a larger one is begun anew


@dataclass(frozen=True, slots=True)
class Translated:
    """The translations, one for each source line; `cached` counts the lines that were known, `note` says what is odd.

    `note` is "" or a sentence: that nothing could be kept, or that lines of the cache were broken and dropped.
    """

    lines: list[str]
    cached: int
    note: str = ""


def default_folder() -> Path | None:
    """Where translations are kept: "mt" in the folder for caches; None without a home.

    >>> folder = default_folder()
    >>> folder is None or folder.name == "mt"
    True
    """
    folder = cache_folder()
    return folder and folder / "mt"


def translate(
    lines: Sequence[str], command: str, *, cache: Path | None = None, timeout_seconds: float | None = None
) -> Translated:
    """Each line as the command translates it; only distinct lines not known from the folder `cache` are sent to it.

    A line is known where the same words, with program and script unchanged, translated it. A model that changes behind
    them is not noticed: delete the folder then.

    `cache` is `default_folder()` where None. Raises InputError where a line holds a line break, where the command
    can not be run, fails, takes longer than the timeout, or gives another number of lines back than it got.
    """
    for number, line in enumerate(lines, 1):
        if "\n" in line or "\r" in line:
            raise InputError(f"--mt:{number}", "a line break inside a segment", "one line for each segment")
    words = _words(command)
    folder = cache or default_folder()
    notes: list[str] = []
    if folder is None:
        notes = ["No folder for translations: HOME is not set; nothing was kept."]
    elif found := _unfit(folder):
        notes = [f"Translations were neither taken from {folder} nor kept there: {found}."]
        folder = None
    program = _identity(words)
    keys = {line: _key(program, line) for line in dict.fromkeys(lines)}
    known, broken = _read(folder / _NAME) if folder else ({}, 0)
    missing = [line for line in keys if keys[line] not in known]
    cached = sum(keys[line] in known for line in lines)
    if broken:
        notes.append(f"{broken:,} broken lines of {_NAME} were dropped.")
    if missing:
        made = _run(words, missing, timeout_seconds)
        known |= {keys[line]: text for line, text in zip(missing, made, strict=True)}
    if folder and (missing or broken):
        try:
            _write(folder, known)
        except (OSError, ConfigError) as error:
            found = error.found if isinstance(error, ConfigError) else error.strerror or str(error)
            notes.append(f"The translations could not be kept in {folder}: {found}.")
    return Translated([known[keys[line]] for line in lines], cached, " ".join(notes))


def _unfit(folder: Path) -> str:
    """Why a folder is not to be trusted: somebody else could have put translations there; "" where it is."""
    try:
        check_private(folder)
    except ConfigError as error:
        return error.found
    return ""


def _words(command: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError as error:  # a quote that does not close
        raise _refused(command, str(error).lower()) from error
    if not words or any("\0" in word for word in words):
        raise _refused(command, "no command")
    return words


def _refused(command: str, found: str, wanted: str = "a command that translates lines", do: str = "") -> InputError:
    return InputError(f"--mt {_cut(command)}".rstrip(), found, wanted, do)


def _run(words: Sequence[str], lines: Sequence[str], timeout_seconds: float | None) -> list[str]:
    command = shlex.join(words)
    try:
        sent = "".join(f"{line}\n" for line in lines).encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError("--mt", "a lone surrogate in a segment", "text that UTF-8 can hold") from error
    try:
        done = subprocess.run(words, input=sent, capture_output=True, timeout=timeout_seconds, check=False)
    except FileNotFoundError as error:
        raise _refused(command, "no such command", do="Check its name and path.") from error
    except subprocess.TimeoutExpired as error:
        raise _refused(command, f"not done after {timeout_seconds:g} s", do="Nothing was kept.") from error
    except KeyboardInterrupt as error:
        raise _refused(command, "interrupted", do="Nothing was kept.") from error
    except (OSError, ValueError) as error:
        raise _refused(command, f"can not be run ({getattr(error, 'strerror', None) or error})") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2].strip()
        how = f"exit code {done.returncode}" if done.returncode > 0 else f"killed by signal {-done.returncode}"
        raise _refused(command, f"{how}: {_cut(said)}" if said else how, "exit code 0")
    try:
        text = done.stdout.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _refused(command, f"output that is not UTF-8 at byte {error.start}", "UTF-8") from error
    made = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")] if text else []
    if len(made) != len(lines):
        raise _refused(command, f"{len(made)} lines back for {len(lines)} sent", "as many lines as were sent")
    return made


def _identity(words: Sequence[str]) -> str:
    """What tells a command from another of the same words: of the program and of its script, place, size, time.

    Other files may be what it writes.
    """
    parts = list(words)
    script = next((word for word in words[1:] if not word.startswith("-")), "")
    for word in (shutil.which(words[0]) or words[0], script):
        if os.path.isfile(word):
            state = os.stat(word)
            parts.append(f"{os.path.realpath(word)} {state.st_size} {state.st_mtime_ns}")
    return "\0".join(parts)


def _key(program: str, line: str) -> str:
    return hashlib.sha256(f"{program}\n{line}".encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: Path) -> tuple[dict[str, str], int]:
    """What is known, by key, and how many lines were broken; nothing where there is no file to be read."""
    known: dict[str, str] = {}
    broken = 0
    try:
        data = file_bytes(path, _LIMIT_BYTES)
    except InputError:
        return known, broken
    for line in data.split(b"\n"):
        if line.strip():
            try:
                row = json.loads(line)
                key, text = row["key"], row["text"]
                if not (isinstance(key, str) and isinstance(text, str) and row["check"] == _check(key, text)):
                    raise ValueError
                known[key] = text
            except (ValueError, TypeError, KeyError, RecursionError):
                broken += 1
    return known, broken


def _write(folder: Path, known: dict[str, str]) -> None:
    """Replace the file by renaming; a run that stops midway leaves the old one.

    What another run has added since is kept too.
    """
    make_private(folder)
    path = folder / _NAME
    rows = _read(path)[0] | known
    handle, name = tempfile.mkstemp(dir=folder, prefix=".translations-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            for key, text in rows.items():
                row = {"key": key, "text": text, "check": _check(key, text)}
                out.write(json.dumps(row) + "\n")  # ASCII: a torn line breaks no other
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _check(key: str, text: str) -> str:
    return hashlib.sha256(f"{key}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
