"""Fuzz one reader of tests/fuzz_readers.py with atheris, guided by what its changes cover. Started by scripts/fuzz.

Seeds and what covers more are kept in build/fuzz/READER/, bytes that break the reader in build/fuzz/crashes/READER/.
To keep such bytes: mend the reader, make them small, and copy them to tests/data/fuzz/READER/, where
tests/test_fuzz_readers.py finds them; the file is called by what was wrong with it.
"""

import hashlib
import sys
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build" / "fuzz"
LONGEST = 8192  # bytes of an input: no fault found so far took more
SLOWEST, MOST = 20, 2048  # seconds of one input, MiB of the process


def main(arguments: list[str]) -> int:
    sys.path[:0] = [str(ROOT / "tests"), str(BUILD / "atheris")]
    import atheris

    loading = atheris.instrument_imports(include=["duizhao"])
    loading.__enter__()
    from fuzz_changes import NASTY
    from fuzz_folders import FOLDERS
    from fuzz_readers import READERS

    from duizhao.corpora import DuizhaoError

    readers = READERS | FOLDERS
    if len(arguments) != 2 or arguments[0] not in readers or not arguments[1].isdecimal():
        print("Usage: scripts/fuzz READER SECONDS. Readers:", *readers, sep="\n  ", file=sys.stderr)
        return 2
    name, seconds = arguments
    reader, folder = readers[name], BUILD / name.replace(" ", "-")
    crashes = BUILD / "crashes" / folder.name
    for each in (folder, crashes):
        each.mkdir(parents=True, exist_ok=True)
    for seed in reader.sound():
        (folder / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    words = BUILD / "words"
    words.write_text("".join(f'"{_spelt(token)}"\n' for token in NASTY), encoding="ascii")
    warnings.simplefilter("error")

    def one(data: bytes) -> None:
        try:
            reader.read(data)
        except DuizhaoError as error:
            if "\n" in str(error):
                raise AssertionError(f"a message of several lines: {error!r}") from error

    for seed in reader.sound():  # what is loaded when it is needed is loaded here, and then no input is slow for that
        one(seed)
    loading.__exit__(None, None, None)
    limits = [
        f"-max_len={LONGEST}",
        "-len_control=0",
        f"-timeout={SLOWEST}",
        f"-rss_limit_mb={MOST}",
        f"-max_total_time={seconds}",
    ]
    atheris.Setup([sys.argv[0], *limits, f"-dict={words}", f"-artifact_prefix={crashes}/", str(folder)], one)
    atheris.Fuzz()
    return 0


def _spelt(token: bytes) -> str:
    """A word of libFuzzer's dictionary."""
    return "".join(chr(b) if 32 <= b < 127 and b not in b'"\\' else f"\\x{b:02x}" for b in token)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
