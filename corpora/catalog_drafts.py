"""What one entry of a catalogue says of its paper: an object of JSON, a row of CSV or an entry of BibTeX."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from .bibtex import Names, comma_names, names_of, plain, without_more
from .bibtex_entries import Entry
from .errors import InputError
from .normal import to_nfc
from .paper_keys import DOI, paper_key

TITLE_FIELDS, ABSTRACT_FIELDS = ("title_en", "title"), ("abstract_en", "abstract", "summary")
_IDS = ("id", "arxiv", "arxiv_id", "arxivid", "entry_id", "url", "link", "paperid")
_LINK = re.compile(r"(?i:arxiv): ?[^\s,;\]]+|https?://\S+")
_ESCAPED = re.compile(r"\\([_%&#~$])")
_ODD_BLANKS = "\t\r\x0b\x0c\x1c\x1d\x1e\x1f"
_LAST_FIRST = re.compile(r"(?![^\W\d_]\.)[^,]+, (?!(?i:Jr|Sr)\.?$|I{2,3}$|IV$)[^,]+")


class Draft(NamedTuple):
    """What a catalogue says of one paper, not looked at yet."""

    title: str
    names: Sequence[str]
    truncated: bool
    guessed: bool
    abstract: str
    ids: Sequence[str]


def draft_of_record(record: Mapping[str, Any], where: str) -> Draft:
    """What an object of JSON or a row of CSV says; its names are in lower case.

    Raises InputError at `where` for values that are no texts or names, LimitError as `draft_of_bibtex` does.

    >>> draft_of_record({"title": "On  Otters", "authors": "A. Lin and B. Meyer"}, "a.json:1").names
    ('A. Lin', 'B. Meyer')
    """
    given = record.get("authors") or record.get("author") or ""
    parsed = record.get("authors_parsed")
    if isinstance(parsed, list) and parsed:
        given = [_of_parts(name, where) for name in parsed]
    guessed = False
    if isinstance(given, str):
        names, truncated, guessed = _split_authors(given, where)
    elif isinstance(given, list):
        cut = [without_more(plain(_name_of(name, where), where)) for name in given]
        names, truncated = tuple([name for name, more in cut if name or not more]), any([more for _, more in cut])
    else:
        raise InputError(where, "authors that are no names", "a text or a list of names")
    ids = [value for name in _IDS if isinstance(value := record.get(name), str)]
    if isinstance(doi := record.get("doi"), str):
        several = doi.split()  # in arXiv's dump
        ids += several if all(map(DOI.match, several)) else [doi]
    external = record.get("externalids")
    if isinstance(external, dict):
        ids += [v for name, v in external.items() if name.lower() in ("arxiv", "doi") and isinstance(v, str)]
    title, abstract = _text(record, TITLE_FIELDS, where), _text(record, ABSTRACT_FIELDS, where)
    return Draft(title, names, truncated, guessed, abstract, ids)


def draft_of_bibtex(entry: Entry, where: str) -> Draft:
    """What an entry of BibTeX says; raises LimitError for a text with more than 1,000 combining marks in a row.

    >>> draft_of_bibtex(Entry("misc", "a", {"title": "On {O}tters", "author": "Lin, Ada"}, 1), "a.bib:1").names
    ('Ada Lin',)
    """
    fields = entry.fields
    names, truncated, guessed = names_of(fields.get("author", ""), where)
    ids = [_verbatim(fields[name]) for name in ("url", "doi") if name in fields]
    if fields.get("archiveprefix", fields.get("eprinttype", "arxiv")).lower() == "arxiv":
        ids.append(_verbatim(fields.get("eprint", "")))
    ids += _LINK.findall(_verbatim(fields.get("journal", fields.get("journaltitle", ""))))
    volume = fields.get("volume", "")
    ids += [volume[4:]] if volume.startswith("abs/") else []  # DBLP: journal CoRR, volume abs/2301.00001
    if not any(map(paper_key, ids)):  # a note may tell of other papers too
        ids += _LINK.findall(_verbatim(fields.get("howpublished", fields.get("note", ""))))[:1]
    title, abstract = (plain(fields.get(name, ""), where) for name in ("title", "abstract"))
    return Draft(title, names, truncated, guessed, abstract, ids)


def _text(record: Mapping[str, Any], names: Sequence[str], where: str) -> str:
    for name in names:
        value = record.get(name)
        if isinstance(value, str):
            return _one_line(value, where)
        if value is not None:
            raise InputError(where, f"a value of {name!r} that is no text", "text")
    return ""


def _one_line(text: str, where: str) -> str:
    if text.isascii() and not any(map(text.__contains__, _ODD_BLANKS)):
        text = text.replace("\n", " ").strip()  # splitting a long abstract takes five times as long
        return " ".join(text.split()) if "  " in text else text
    return to_nfc(" ".join(text.split()), where)


def _of_parts(name: object, where: str) -> str:
    """A name of arXiv's dump: last, first, suffix, affiliations."""
    try:
        if isinstance(name, list):
            return " ".join([*name[1:2], *name[:1], *name[2:3]])
    except TypeError:
        pass
    raise InputError(where, "authors_parsed that are no names", '[["Last", "First", ""], …]')


def _name_of(name: object, where: str) -> str:
    """A name in a list of authors: a text, {"name": …} or {"given": …, "family": …}."""
    if isinstance(name, dict):
        parts = [name.get("given"), name.get("family")] if name.get("name") is None else [name["name"]]
        name = " ".join(part or "" for part in parts) if all(p is None or isinstance(p, str) for p in parts) else None
    if not isinstance(name, str):
        raise InputError(where, "an author that is no name", 'a text or {"name": …}')
    return name


def _split_authors(text: str, where: str) -> Names:
    """The names in "A. Lin, B. Meyer and C. Sato", "Lin, Ada; Meyer, Bob" or "Lin, Ada and Meyer, Bob"."""
    text = " ".join(_without_brackets(text).split())
    people = text.split(" and ")
    if ";" in text:
        return names_of(" and ".join(text.split(";")), where)
    if len(people) > 1 and all(_LAST_FIRST.fullmatch(person) or person == "others" for person in people):
        return names_of(text, where)
    text, truncated = without_more(text)
    parts = [part.strip() for part in text.replace(" and ", ",").replace(" & ", ",").split(",")]
    names, guessed = comma_names([part for part in parts if part])
    return Names(tuple(plain(name, where) for name in names), truncated, guessed)


def _without_brackets(text: str) -> str:
    """The text without what stands in round brackets: arXiv puts affiliations there."""
    depth, kept = 0, []
    for piece in re.split(r"([()])", text):
        depth += {"(": 1, ")": -1 if depth else 0}.get(piece, 0)
        if not depth and piece not in ("(", ")"):
            kept.append(piece)
    return "".join(kept)


def _verbatim(value: str) -> str:
    """A link or id as it reads, without the signs that LaTeX puts before some characters."""
    return _ESCAPED.sub(r"\1", value.replace("\\url", "")).replace("{", "").replace("}", "")
