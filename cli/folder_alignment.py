"""Folders of loose Chinese and English files: paired, aligned, and written as one table of beads a pair."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from duizhao.align import Bead, load_encoder, sentences_en, sentences_zh
from duizhao.align.alignment import Alignment
from duizhao.align.chunks import align_chunks
from duizhao.align.documents import NamedText, pair_documents
from duizhao.align.encoder import Encoder
from duizhao.corpora import Document, DuizhaoError, InputError, LimitError, language
from duizhao.corpora.files import input_files, shown
from duizhao.corpora.reading import read_file
from duizhao.publishing import check_folder, published
from duizhao.reports.alignment import tsv_text
from duizhao.reports.summary import counted

_LOOKED_AT = 20_000  # characters that tell the language of a file
PAIRS = "pairs.tsv"
_COLUMNS = ("status", "zh", "en", "score", "reason", "file")


@dataclass(frozen=True, slots=True)
class FolderLine:
    """One line of pairs.tsv; `file` names the table of beads.

    `status` is "paired"; "alone" where no partner was found; "unread", with the path in `zh` unless it came from the
    English folder, where a file cannot be read or is no text in one of the languages. `reason` says what speaks for
    the pair, or what was wrong.
    """

    status: str
    zh: str
    en: str
    score: float | None
    reason: str
    file: str = ""


@dataclass(frozen=True, slots=True)
class FolderAlignment:
    """What was written: a line for each pair and each file without one, and how many beads there are of each type."""

    lines: tuple[FolderLine, ...]
    beads: tuple[tuple[str, int], ...]
    notes: tuple[str, ...]  # names that the content overruled


@dataclass(frozen=True, slots=True)
class _Text:
    """A file in one language, its path below the folder named, and its sentences."""

    document: Document
    below: str
    sentences: list[str]


def align_folders(
    zh_folder: str,
    en_folder: str | None,
    out: Path,
    encoding: str | None = None,
    encoder: Encoder | None = None,
    progress: Callable[[str, str], None] = lambda step, item: None,
) -> FolderAlignment:
    """Write a table of beads for each pair of files of one folder or two, and pairs.tsv; all of it or nothing.

    A file's language is that of its text, in whichever folder it lies. A file that cannot be read costs the others
    nothing: it has its line in pairs.tsv. The tables are those of `duizhao align --format tsv`; pairs.tsv has
    a header too. Files of other names in `out` are kept. Raises InputError where there is nothing to pair.
    """
    check_folder(out)
    encoder = encoder or load_encoder()
    zh, en, unread = _read(zh_folder, en_folder, out, encoding)
    if not zh or not en:
        where = ", ".join(folder for folder in (zh_folder, en_folder) if folder is not None)
        found = f"{len(zh)} Chinese and {len(en)} English files"
        lost = f"Not read: {counted(len(unread), 'file')}, such as {unread[0].reason}" if unread else ""
        raise InputError(where, found, "at least one of each", lost)
    pairing = pair_documents(
        [NamedText(t.below, t.sentences) for t in zh], [NamedText(t.below, t.sentences) for t in en], encoder
    )
    names = _file_names([zh[pair.zh].below for pair in pairing.pairs])
    counts: dict[str, int] = {}
    lines: list[FolderLine] = []
    with published(out) as new:
        for pair, name in zip(pairing.pairs, names, strict=True):
            one, other = zh[pair.zh], en[pair.en]
            beads = _aligned(one, other, encoder)
            alignment = Alignment(
                tuple(other.sentences),
                tuple(one.sentences),
                tuple(beads),
                document=f"{other.document.source} + {one.document.source}",
            )
            (new / name).write_text(tsv_text(alignment), encoding="utf-8", newline="\n")
            for bead in beads:
                counts[bead.type] = counts.get(bead.type, 0) + 1
            reason = f"{pair.reason}; {pair.note}" if pair.note else pair.reason
            lines.append(FolderLine("paired", one.document.source, other.document.source, pair.score, reason, name))
            progress("aligned", one.below)
        lines += [
            FolderLine("alone", zh[k].document.source, "", None, "no English file fits") for k in pairing.alone_zh
        ]
        lines += [
            FolderLine("alone", "", en[k].document.source, None, "no Chinese file fits") for k in pairing.alone_en
        ]
        lines += unread
        _write(new / PAIRS, [_COLUMNS, *map(_pair_row, lines)])
    return FolderAlignment(tuple(lines), tuple(sorted(counts.items())), pairing.notes)


def _read(
    zh_folder: str, en_folder: str | None, out: Path, encoding: str | None
) -> tuple[list[_Text], list[_Text], list[FolderLine]]:
    """The Chinese and the English texts, and the files that are neither."""
    target = os.path.realpath(out)
    texts: dict[str, list[_Text]] = {"zh": [], "en": []}
    unread: list[FolderLine] = []
    seen: set[str] = set()
    for folder in (zh_folder, en_folder):
        if folder is None:
            continue
        if os.path.realpath(folder) == target:
            raise InputError(folder, "both read and written", "another folder to write into", "Name another -o.")
        for path in input_files(folder):
            real = os.path.realpath(path)
            if real in seen or real.startswith(target + os.sep):  # what an earlier run wrote
                continue
            seen.add(real)
            try:
                document = read_file(path, encoding)
                side = _side(document)
            except DuizhaoError as error:
                name, reason = shown(path), str(error)
                first = folder == zh_folder
                unread.append(FolderLine("unread", name if first else "", "" if first else name, None, reason))
                continue
            split = sentences_zh if side == "zh" else sentences_en
            sentences = [document.text[a:b] for a, b in split(document.text)]
            below = shown(path.relative_to(folder) if path != Path(folder) else Path(path.name))
            texts[side].append(_Text(document, below, sentences))
    return texts["zh"], texts["en"], unread


def _side(document: Document) -> str:
    """ "zh" or "en"; raises InputError for what is neither, and for tables, whose rows are pairs by themselves."""
    if document.layout.rows is not None:
        raise InputError(document.source, f"a table ({document.format})", "prose", "Use duizhao convert.")
    side = language(document.text[:_LOOKED_AT])
    if side not in ("zh", "en"):
        found = "Chinese mixed with English" if side == "mixed" else "no words"
        raise InputError(document.source, found, "a text in one language", "Use duizhao build for bilingual pages.")
    return side


def _aligned(zh: _Text, en: _Text, encoder: Encoder) -> list[Bead]:
    try:
        return align_chunks(en.sentences, zh.sentences, encoder)
    except LimitError as error:  # the aligner knows no names
        raise LimitError(f"{zh.document.source}, {en.document.source}", error.found, error.wanted, error.do) from error


def _file_names(paths: Sequence[str]) -> list[str]:
    """A name for each table, after the Chinese file; folders become dots."""
    names: list[str] = []
    taken = {PAIRS}
    for path in paths:
        stem = ".".join(PurePath(path).with_suffix("").parts).lstrip(".") or "text"
        stem = stem.encode()[:200].decode("utf-8", "ignore")  # a file system takes 255 bytes
        name, k = f"{stem}.tsv", 2
        while name.casefold() in taken:
            name, k = f"{stem}-{k}.tsv", k + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _pair_row(line: FolderLine) -> tuple[str, ...]:
    score = "" if line.score is None else f"{line.score:.3f}"
    return line.status, line.zh, line.en, score, line.reason, line.file


def _write(path: Path, rows: Sequence[Sequence[str]]) -> None:
    """A table without quotes: each run of blanks in a cell becomes one blank."""
    text = "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8", newline="\n")
