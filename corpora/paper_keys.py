"""Keys by which papers are known: one for all the spellings of a link, one for all those of a title."""

import re
import unicodedata
from urllib.parse import unquote

from .bibtex import plain
from .normal import LIMIT_MARKS, to_nfc

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
DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]{1,9}){0,4}/.")
_DOI_PATH = re.compile(r"doi/(?:[a-z]{1,10}/)?(?=10\.)", re.IGNORECASE)
_ARXIV_DOI = "10.48550/arxiv."
_SCHOLAR = re.compile(r"(?:^|(?<=/))([0-9a-f]{40})$", re.IGNORECASE)
_COMPARED = re.compile(r"[\w+=<>#]++")  # what titles are compared by: C++ and C are two


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
        if DOI.match(bare):
            return _doi_key(bare)
        if _SCHOLAR.fullmatch(bare):
            return f"s2:{bare.lower()}"
    address, _, query = text[scheme.end() if scheme else 0 :].partition("#")[0].partition("?")
    host, _, path = address.partition("/")
    host = host.lower().removeprefix("www.")
    return _known_key(host, _unquoted(path)) or _url_key(host, path, query, known=scheme is not None)


def folded_title(title: str) -> str:
    """What two titles share that differ in case, punctuation and blanks only; "" for a title of nothing else.

    >>> folded_title("River-Side  Otters!") == folded_title("riverside otters")
    True
    """
    title = plain(title) if "\\" in title else title
    pieces = (title[at : at + LIMIT_MARKS] for at in range(0, len(title), LIMIT_MARKS))  # a row of ﾞ takes its square
    folded = "".join(unicodedata.normalize("NFKC", piece) for piece in pieces).casefold()
    return "".join(_COMPARED.findall(folded.replace("_", "")))


def _known_key(host: str, path: str) -> str | None:
    """The key of a paper at a place whose links hold arXiv ids, DOIs or Semantic Scholar's ids."""
    papers = host in _PAPERS_HOSTS and path.startswith("papers/")
    if papers or host in _ARXIV_HOSTS or host.endswith(".arxiv.org"):
        arxiv = _ARXIV.search(path)
        return _arxiv_key(arxiv) if arxiv else None
    inside = 0 if host in ("doi.org", "dx.doi.org") else None
    if inner := _DOI_PATH.match(path):  # publishers: dl.acm.org/doi/pdf/10.1145/1.2
        inside = inner.end()
    if inside is not None and DOI.match(path, inside):
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
    text = text if text.isascii() else to_nfc(_INVISIBLE.sub("", text))
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
