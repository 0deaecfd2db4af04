"""What a command leaves in its output folder: every file whole, or the folder as it was."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duizhao.corpora import Corpus, InputError, write_corpus
from duizhao.reports import Result, as_row, json_line, render_html, write_glossary, write_jsonl

PARTS = ("corpus", "records", "findings", "glossary", "scores", "report")


def write_outputs(folder: Path, result: Result, parts: tuple[str, ...] = PARTS) -> list[str]:
    """Write these parts of a result into `folder` and return the names of what was written.

    The folder is made if there is none; what it held under the same names is replaced, all else in it is kept.
    """
    with _published(folder) as new:
        if "corpus" in parts:
            (new / "corpus").mkdir()
            write_corpus(Corpus(result.documents, result.records, result.leftovers, result.pairs), new / "corpus")
        rows = {
            "records.jsonl": result.records if "records" in parts else None,
            "pairs.jsonl": result.pairs if "records" in parts else None,
            "leftovers.jsonl": result.leftovers if "records" in parts else None,
            "findings.jsonl": result.findings if "findings" in parts else None,
        }
        for name, items in rows.items():
            if items is not None:
                with (new / name).open("w", encoding="utf-8", newline="\n") as handle:
                    write_jsonl(handle, items)
        if "glossary" in parts:
            with (new / "glossary.csv").open("w", encoding="utf-8", newline="\n") as handle:
                write_glossary(handle, result.renderings)
        if "scores" in parts:
            lines = ",\n  ".join(json_line(as_row(score)) for score in result.scores)
            text = f'{{"scores": [\n  {lines}\n]}}\n' if lines else '{"scores": []}\n'
            (new / "scores.json").write_text(text, encoding="utf-8", newline="\n")
        if "report" in parts:
            with (new / "report.html").open("w", encoding="utf-8", newline="\n") as handle:
                handle.writelines(render_html(result))
        return sorted(item.name for item in new.iterdir())


@contextmanager
def _published(folder: Path) -> Iterator[Path]:
    """An empty folder beside the target; on leaving the block its contents move there, on an error they vanish."""
    target = Path(os.path.realpath(folder))
    if target.exists() and not target.is_dir():
        raise InputError(str(folder), "a file", "a folder to write into", "Name another -o.")
    if not target.parent.is_dir():
        raise InputError(str(folder.parent), "no such folder", "a folder to write into", "Make it first.")
    new = Path(tempfile.mkdtemp(prefix=".duizhao-", dir=target.parent))
    try:
        yield new
        target.mkdir(exist_ok=True)
        for item in sorted(new.iterdir()):
            place = target / item.name
            if place.is_dir() and not place.is_symlink():
                shutil.rmtree(place)  # a corpus of an earlier run: renaming cannot replace a full folder
            os.replace(item, place)
    finally:
        shutil.rmtree(new, ignore_errors=True)
