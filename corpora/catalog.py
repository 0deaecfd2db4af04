"""Catalogues of papers: English titles, authors and abstracts for newsletters that name a paper by its link only."""

import csv
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, NoReturn
from urllib.parse import unquote

from .bibtex import Entry, Names, comma_names, names_of, plain, read_bibtex, without_more
from .errors import InputError
from .script import language

_WANTED = "JSON Lines, JSON, BibTeX or CSV with titles of papers"
_TITLE, _ABSTRACT = ("title_en", "title"), ("abstract_en", "abstract", "summary")
_IDS = ("id", "arxiv", "arxiv_id", "arxivid", "entry_id", "url", "link", "paperid")
_WRAPPERS = ("feed", "entry", "entries", "papers", "data", "results", "records", "items", "articles")
_LINK = re.compile(r"(?i:arxiv): ?[^\s,;\]]+|https?://\S+")
_ESCAPED = re.compile(r"\\([_%&#~$])")
_ODD_BLANKS = "\t\r\x0b\x0c\x1c\x1d\x1e\x1f"
_JSON_BLANKS = re.compile(r"[ \t\n\r]*+")
_LAST_FIRST = re.compile(r"(?![^\W\d_]\.)[^,]+, (?!(?i:Jr|Sr)\.?$|I{2,3}$|IV$)[^,]+")
_BIBTEX = re.compile(r"(?m)^[ \t]*+@[ \t]*+[A-Za-z]++\s*+[{(]")
_DEPTH = 3  # objects in objects that are searched for papers
_SHOWN = 5  # lines or ids that a note names

_INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff]")
_ENDS = ".,;:!?'\"，。；：！？、）】》”’"  # what ends a sentence ends no link
_SCHEME = re.compile(r"(?i:https?):/{0,3}|//")
# https://info.arxiv.org/help/arxiv_identifier.html: archive/YYMMNNN until March 2007, then YYMM.NNNN, then YYMM.NNNNN
_ARXIV = re.compile(
    r"(?:^|(?<=/))(?:(?P<new>[0-9]{4}\.[0-9]{4,5})"
    r"|(?P<archive>[a-z]{1,10}+(?:-[a-z]{1,10}+)?)(?:\.[a-z-]{2,20}+)?/(?P<number>[0-9]{7}))(?:v[0-9]{1,3})?(?![0-9a-z])",
    re.IGNORECASE,
)
_ARXIV_HOSTS = {"arxiv.org", "ar5iv.org", "alphaxiv.org"}
_PAPERS_HOSTS = {"huggingface.co", "hf.co", "arxiv-vanity.com"}  # arXiv ids stand below /papers/ there
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,4}/.")
_DOI_PATH = re.compile(r"doi/(?:[a-z]{1,10}/)?(?=10\.)", re.IGNORECASE)
_ARXIV_DOI = "10.48550/arxiv."
_SCHOLAR = re.compile(r"(?:^|(?<=/))([0-9a-f]{40})$", re.IGNORECASE)
_COMPARED = re.compile(r"[\w+=<>#]++")  # what titles are compared by: C++ and C are two


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """A paper: texts are NFC on one line; `ids` are keys ("arxiv:2301.00001", "doi:10.1000/x", "url:river.org/a").

    `line` is where it begins in the catalogue, from 1.
    """

    title_en: str
    authors: tuple[str, ...]
    authors_truncated: bool
    abstract_en: str | None
    ids: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Catalog:
    """The papers of a file in order; `notes` say what reading assumed or left out, one sentence each, with counts."""

    entries: tuple[CatalogEntry, ...]
    notes: tuple[str, ...]
    _by_key: Mapping[str, CatalogEntry] = field(repr=False)
    _by_title: Mapping[str, CatalogEntry | None] = field(repr=False)  # None: the title of several papers

    def find(self, url: str) -> CatalogEntry | None:
        """The paper that a link or id leads to, None where the catalogue has none.

        >>> catalog = read_catalog('{"id": "2301.00001", "title": "Otters"}', "a.jsonl")
        >>> found = catalog.find("http://www.arxiv . org/pdf/2301.00001v2.pdf")
        >>> found.title_en if found else None
        'Otters'
        """
        key = paper_key(url)
        return self._by_key.get(key) if key else None

    def find_title(self, title: str) -> CatalogEntry | None:
        """The one paper of this English title, whatever its case, punctuation and blanks; None if there are several.

        >>> catalog = read_catalog('{"id": "2301.00001", "title": "River-Side  Otters!"}', "a.jsonl")
        >>> found = catalog.find_title("riverside otters")
        >>> found.ids if found else None
        ('arxiv:2301.00001',)
        """
        return self._by_title.get(_folded(title))


def read_catalog(text: str, source: str) -> Catalog:
    """The papers of a catalogue: JSON Lines, JSON, BibTeX or CSV, known by its content.

    JSON may have the fields of arXiv's metadata dump, of its API, or of Semantic Scholar; CSV names its columns id,
    arxiv, url, link, doi, title, authors, abstract. Raises InputError with the line of what cannot be read, and for
    a catalogue without papers.

    >>> read_catalog('@misc{a, title = {On {O}tters}, eprint = {2301.00001}}', "a.bib").entries[0].title_en
    'On Otters'
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    builder = _Builder(source)
    begin = text.lstrip()[:1]
    header = [_column(name) for name in text.lstrip().partition("\n")[0].split(",")]
    if begin and begin in "{[":
        for line, record in _json_records(text, source):
            builder.add(_draft_of_record(record, f"{source}:{line}"), line)
    elif not set(_TITLE).isdisjoint(header):
        for line, record in _csv_records(text, source):
            builder.add(_draft_of_record(record, f"{source}:{line}"), line)
    elif _BIBTEX.search(text):
        for entry in read_bibtex(text, source):
            for _ in entry.doubled:
                builder.say("fields of BibTeX stand twice in an entry; the first is used", entry.line)
            for _ in entry.undefined:
                builder.say("names of BibTeX have no @string; read as they stand", entry.line)
            builder.add(_draft_of_bibtex(entry), entry.line)
    else:
        raise InputError(source, "no catalogue" if begin else "an empty catalogue", _WANTED)
    return builder.catalog()


def paper_key(link: str) -> str | None:
    """The key of the paper that a link or id names, the same for all its spellings; None where it names none.

    >>> paper_key("https://arxiv . org/abs/2301.00001v3"), paper_key("https://DOI.org/10.1000/ABC")
    ('arxiv:2301.00001', 'doi:10.1000/abc')
    >>> paper_key("http://www.river.org/otters/?utm_source=tea#top"), paper_key("17")
    ('url:river.org/otters', None)
    """
    text = _tidy(link)
    scheme = _SCHEME.match(text)
    if not scheme:
        prefix, _, rest = text.partition(":")
        bare = rest if prefix.lower() in ("arxiv", "doi") else text
        arxiv = _ARXIV.match(bare)
        if arxiv and (bare[arxiv.end() :].lower() in ("", ".pdf") or bare[arxiv.end()] == "["):
            return _arxiv_key(arxiv)
        if _DOI.match(bare):
            return _doi_key(bare)
        if _SCHOLAR.fullmatch(bare):
            return f"s2:{bare.lower()}"
    address, _, query = text[scheme.end() if scheme else 0 :].partition("#")[0].partition("?")
    host, _, path = address.partition("/")
    host = host.lower().removeprefix("www.")
    return _known_key(host, _unquoted(path)) or _url_key(host, path, query, known=scheme is not None)


def _known_key(host: str, path: str) -> str | None:
    """The key of a paper at a place whose links hold arXiv ids, DOIs or Semantic Scholar's ids."""
    papers = host in _PAPERS_HOSTS and path.startswith("papers/")
    if papers or host in _ARXIV_HOSTS or host.endswith(".arxiv.org"):
        arxiv = _ARXIV.search(path)
        return _arxiv_key(arxiv) if arxiv else None
    inside = 0 if host in ("doi.org", "dx.doi.org") else None
    if inner := _DOI_PATH.match(path):  # publishers: dl.acm.org/doi/pdf/10.1145/1.2
        inside = inner.end()
    if inside is not None and _DOI.match(path, inside):
        return _doi_key(path[inside:])
    scholar = _SCHOLAR.search(path) if host.endswith("semanticscholar.org") else None
    return f"s2:{scholar[1].lower()}" if scholar else None


def _url_key(host: str, path: str, query: str, known: bool) -> str | None:
    """The key of any other address; without "http" it must look like one."""
    if not host or not (known or ("." in host and path)):
        return None
    kept = "&".join(part for part in query.split("&") if part and not part.lower().startswith("utm_"))
    return f"url:{host}/{path}".rstrip("/") + (f"?{kept}" if kept else "")


def _tidy(link: str) -> str:
    text = "".join(link.split())
    text = text if text.isascii() else unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    return text.strip("<>").rstrip(_ENDS)


def _unquoted(path: str) -> str:
    try:
        return path if "%" not in path else _tidy(unquote(path, errors="strict"))
    except UnicodeDecodeError:
        return path


def _arxiv_key(match: re.Match[str]) -> str:
    return "arxiv:" + (match["new"] or f"{match['archive']}/{match['number']}").lower()


def _doi_key(doi: str) -> str:
    doi = doi.lower().rstrip(_ENDS + "/")
    arxiv = _ARXIV.match(doi.removeprefix(_ARXIV_DOI)) if doi.startswith(_ARXIV_DOI) else None
    return _arxiv_key(arxiv) if arxiv else f"doi:{doi}"


def _folded(title: str) -> str:
    title = plain(title) if "\\" in title else title
    return "".join(_COMPARED.findall(unicodedata.normalize("NFKC", title).casefold().replace("_", "")))


class _Draft(NamedTuple):
    """What a catalogue says of one paper, not looked at yet."""

    title: str
    names: Sequence[str]
    truncated: bool
    guessed: bool
    abstract: str
    ids: Sequence[str]


class _Builder:
    """Collects the entries of a catalogue, and what there is to say about them."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._entries: list[CatalogEntry] = []
        self._by_key: dict[str, CatalogEntry] = {}
        self._by_title: dict[str, CatalogEntry | None] = {}
        self._lines: dict[str, list[int]] = {}  # what happened, and where
        self._clashes: dict[str, str] = {}

    def say(self, what: str, line: int) -> None:
        """Remember for the notes that this happened at this line."""
        self._lines.setdefault(what, []).append(line)

    def add(self, draft: _Draft, line: int) -> None:
        """Take a paper in, unless it has no English title or stands here already."""
        title, abstract, folded = draft.title, draft.abstract, _folded(draft.title)
        keys = tuple(dict.fromkeys(key for given in draft.ids if (key := paper_key(given))))
        chinese = not title.isascii() and language(title) == "zh"
        if not abstract.isascii() and language(abstract) == "zh":
            self.say("Chinese abstracts were left out", line)
            abstract = ""
        for part in (title, abstract, *draft.names, *keys):
            if not part.isascii():
                _refuse_half_characters(part, f"{self._source}:{line}")
        if not folded or chinese:
            self.say(f"entries {'with a Chinese' if chinese else 'without a'} title were left out", line)
            return
        if draft.guessed:
            self.say('author lists without "and" or ";" were cut at their commas', line)
        names = tuple(filter(None, draft.names))
        if len(names) < len(draft.names):
            self.say("entries have authors without a name; these were left out", line)
        entry = CatalogEntry(title, names, draft.truncated, abstract or None, keys, line)
        same: CatalogEntry | None = None
        for key in keys:
            first = self._by_key.get(key)
            if first and _folded(first.title_en) == folded:
                same = same or first
            elif first:
                self._clashes.setdefault(key, f"{key} (lines {first.line} and {line})")
        for key in keys:
            self._by_key.setdefault(key, same or entry)
        if same:
            self.say("entries repeat an earlier one, which is used", line)
            return
        self._by_title[folded] = None if folded in self._by_title else entry
        self._entries.append(entry)
        if not keys:
            self.say("entries have no id; they are found by title only", line)

    def catalog(self) -> Catalog:
        """The catalogue as collected; raises InputError where nothing was."""
        notes = [f"{len(lines)} {what} ({_shown(lines)})" for what, lines in self._lines.items()]
        if not self._entries:
            raise InputError(self._source, "no papers" + "".join(f"; {note}" for note in notes), _WANTED)
        if self._clashes:
            some = ", ".join([*self._clashes.values()][:_SHOWN])
            notes.append(f"{len(self._clashes)} ids stand at different titles, the first is used: {some}")
        if several := sum(entry is None for entry in self._by_title.values()):
            notes.append(f"{several} titles belong to several papers; these are found by id only")
        return Catalog(tuple(self._entries), tuple(notes), self._by_key, self._by_title)


def _shown(lines: Sequence[int]) -> str:
    some = ", ".join(map(str, lines[:_SHOWN])) + (" …" if len(lines) > _SHOWN else "")
    return f"line {some}" if len(lines) == 1 else f"lines {some}"


def _refuse_half_characters(text: str, where: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError(where, "half a character (a lone surrogate)", "whole text") from error


def _draft_of_record(record: Mapping[str, Any], where: str) -> _Draft:
    """What an object of JSON or a row of CSV says; its names are in lower case."""
    given = record.get("authors") or record.get("author") or ""
    parsed = record.get("authors_parsed")
    if isinstance(parsed, list) and parsed:
        given = [_of_parts(name, where) for name in parsed]
    guessed = False
    if isinstance(given, str):
        names, truncated, guessed = _split_authors(given)
    elif isinstance(given, list):
        cut = [without_more(plain(_name_of(name, where))) for name in given]
        names, truncated = tuple([name for name, more in cut if name or not more]), any([more for _, more in cut])
    else:
        raise InputError(where, "authors that are no names", "a text or a list of names")
    ids = [value for name in _IDS if isinstance(value := record.get(name), str)]
    if isinstance(doi := record.get("doi"), str):
        several = doi.split()  # in arXiv's dump
        ids += several if all(map(_DOI.match, several)) else [doi]
    external = record.get("externalids")
    if isinstance(external, dict):
        ids += [v for name, v in external.items() if name.lower() in ("arxiv", "doi") and isinstance(v, str)]
    title, abstract = _text(record, _TITLE, where), _text(record, _ABSTRACT, where)
    return _Draft(title, names, truncated, guessed, abstract, ids)


def _text(record: Mapping[str, Any], names: Sequence[str], where: str) -> str:
    for name in names:
        value = record.get(name)
        if isinstance(value, str):
            return _one_line(value)
        if value is not None:
            raise InputError(where, f"a value of {name!r} that is no text", "text")
    return ""


def _one_line(text: str) -> str:
    if text.isascii() and not any(map(text.__contains__, _ODD_BLANKS)):
        text = text.replace("\n", " ").strip()  # splitting a long abstract takes five times as long
        return " ".join(text.split()) if "  " in text else text
    return unicodedata.normalize("NFC", " ".join(text.split()))


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


def _split_authors(text: str) -> Names:
    """The names in "A. Lin, B. Meyer and C. Sato", "Lin, Ada; Meyer, Bob" or "Lin, Ada and Meyer, Bob"."""
    text = " ".join(_without_brackets(text).split())
    people = text.split(" and ")
    if ";" in text:
        return names_of(" and ".join(text.split(";")))
    if len(people) > 1 and all(_LAST_FIRST.fullmatch(person) or person == "others" for person in people):
        return names_of(text)
    text, truncated = without_more(text)
    parts = [part.strip() for part in text.replace(" and ", ",").replace(" & ", ",").split(",")]
    names, guessed = comma_names([part for part in parts if part])
    return Names(tuple(map(plain, names)), truncated, guessed)


def _without_brackets(text: str) -> str:
    """The text without what stands in round brackets: arXiv puts affiliations there."""
    depth, kept = 0, []
    for piece in re.split(r"([()])", text):
        depth += {"(": 1, ")": -1 if depth else 0}.get(piece, 0)
        if not depth and piece not in ("(", ")"):
            kept.append(piece)
    return "".join(kept)


def _draft_of_bibtex(entry: Entry) -> _Draft:
    fields = entry.fields
    names, truncated, guessed = names_of(fields.get("author", ""))
    ids = [_verbatim(fields[name]) for name in ("url", "doi") if name in fields]
    if fields.get("archiveprefix", fields.get("eprinttype", "arxiv")).lower() == "arxiv":
        ids.append(_verbatim(fields.get("eprint", "")))
    ids += _LINK.findall(_verbatim(fields.get("journal", fields.get("journaltitle", ""))))
    volume = fields.get("volume", "")
    ids += [volume[4:]] if volume.startswith("abs/") else []  # DBLP: journal CoRR, volume abs/2301.00001
    if not any(map(paper_key, ids)):  # a note may tell of other papers too
        ids += _LINK.findall(_verbatim(fields.get("howpublished", fields.get("note", ""))))[:1]
    return _Draft(plain(fields.get("title", "")), names, truncated, guessed, plain(fields.get("abstract", "")), ids)


def _verbatim(value: str) -> str:
    """A link or id as it reads, without the signs that LaTeX puts before some characters."""
    return _ESCAPED.sub(r"\1", value.replace("\\url", "")).replace("{", "").replace("}", "")


def _csv_records(text: str, source: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The rows below the first, by the names in it, each with its line."""
    rows = csv.reader((line + "\n" for line in text.split("\n")), strict=True)
    header: list[str] = []
    begin = 1
    try:
        for row in rows:
            line, begin = begin, rows.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            if not header:
                header = [_column(name) for name in row]
                if double := next((name for name in header if name and header.count(name) > 1), None):
                    raise InputError(f"{source}:{line}", f"two columns called {double!r}", "a name for each")
            elif len(row) != len(header):
                raise InputError(f"{source}:{line}", f"{len(row)} fields", f"{len(header)}, as in the first line")
            else:
                yield line, dict(zip(header, row, strict=True))
    except csv.Error as error:
        raise InputError(f"{source}:{begin}", f"not CSV ({error})", "fields in quotation marks that close") from error


def _column(name: str) -> str:
    return name.strip(' \t"').lower().replace(" ", "_")


def _json_records(text: str, source: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of JSON Lines, or those in a JSON list or object, each with its line."""
    first, _, rest = text.lstrip().partition("\n")
    if first.startswith("{") and rest.strip() and _is_whole(first):
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                value, end = _decoded(line, len(line) - len(line.lstrip()), source, number)
                if line[end:].strip():
                    raise InputError(
                        f"{source}:{number}:{end + 1}", "more than one value in a line", "an object a line"
                    )
                yield number, _object(value, f"{source}:{number}")
        return
    counted, number = 0, 1
    start = len(text) - len(text.lstrip())
    for at, value in _objects(text, start, source):
        number += text.count("\n", counted, at)
        counted = at
        yield number, _object(value, f"{source}:{number}")


def _objects(text: str, at: int, source: str, depth: int = 0) -> Iterator[tuple[int, Any]]:
    """Where each paper begins in the JSON list or object at this place, and the paper."""
    members = _members(text, at, source, whole=not depth)
    if text[at] == "[":
        yield from ((begin, item) for begin, _, item in members)
        return
    places = {name: (begin, item) for begin, name, item in members}
    inner = [begin for name, (begin, item) in places.items() if _holds_papers(name.lower(), item)]
    if inner and depth < _DEPTH:  # {"feed": {"entry": [ … ]}}
        for begin in inner:
            yield from _objects(text, begin, source, depth + 1)
    elif places and all(isinstance(item, dict) for _, item in places.values()):
        yield from ((begin, {"id": name, **item}) for name, (begin, item) in places.items())
    else:
        yield at, {name: item for name, (_, item) in places.items()}


def _holds_papers(name: str, value: Any) -> bool:
    if isinstance(value, list):
        return name in _WRAPPERS and all(isinstance(item, dict) for item in value)
    return name in ("feed", "entry") and isinstance(value, dict)


def _members(text: str, at: int, source: str, whole: bool) -> Iterator[tuple[int, str, Any]]:
    """Where the value of each member of a JSON list or object begins, its name ("" in a list) and the value.

    Where it is the `whole` text, nothing may follow it.
    """
    close = "}" if text[at] == "{" else "]"
    seen: set[str] = set()
    name, at = "", _ahead(text, at + 1)
    more = text[at : at + 1] != close
    while more:
        if close == "}":
            begin = at
            name, at = _decoded(text, at, source)
            at = _ahead(text, at)
            if not isinstance(name, str) or name in seen or text[at : at + 1] != ":":
                raise _not_json(text, begin, source, "expecting a name of its own and a colon")
            seen.add(name)
            at = _ahead(text, at + 1)
        value, end = _decoded(text, at, source)
        yield at, name, value
        at = _ahead(text, end)
        more = text[at : at + 1] == ","
        at = _ahead(text, at + 1) if more else at
    if text[at : at + 1] != close:
        raise _not_json(text, at, source, f"expecting ',' or '{close}'")
    if whole and (end := _ahead(text, at + 1)) < len(text):
        raise _not_json(text, end, source, "text after its end")


def _ahead(text: str, at: int) -> int:
    match = _JSON_BLANKS.match(text, at)
    return match.end() if match else at


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError(where, f"a JSON {type(value).__name__}", 'an object with a "title"')
    if all(map(str.islower, value)):
        return value
    return {name.lower(): item for name, item in reversed(value.items())}  # of two spellings the first


def _is_whole(line: str) -> bool:
    try:
        return not line[_decoded(line, 0, "")[1] :].strip()
    except InputError:
        return False


def _decoded(text: str, at: int, source: str, line: int | None = None) -> tuple[Any, int]:
    """The JSON value that begins here, and its end; `line` where the text is one line of many."""
    try:
        return _JSON.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise _not_json(text, error.pos, source, error.msg, line) from error
    except RecursionError as error:
        raise _not_json(text, at, source, "nested too deep", line) from error
    except ValueError as error:
        raise _not_json(text, at, source, str(error), line) from error


def _not_json(text: str, at: int, source: str, why: str, line: int | None = None) -> InputError:
    line = line or text.count("\n", 0, at) + 1
    where = f"{source}:{line}:{at - text.rfind(chr(10), 0, at)}"
    return InputError(where, f"not strict JSON ({why})", "one JSON object a line, or one JSON list")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("an object with two members of one name")
    return members


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


_JSON = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)
