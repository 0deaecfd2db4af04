"""Which translations in a corpus can score each other, or be scored against a reference the user names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from ..corpora import InputError, Record
from .score import Score
from .scoring import score_texts

_FIELDS = ("title_zh", "abstract_zh", "text_zh")


def score_agreement(records: Iterable[Record]) -> list[Score]:
    """Scores between documents that translate the same papers: agreement, not quality.

    The same paper is one with the same link, else with the same English. One block a pair of documents and field,
    sorted; empty where no paper occurs twice.

    >>> score_agreement([])
    []
    """
    same: defaultdict[int, dict[str, Record]] = defaultdict(dict)  # by paper, then by document: its first there
    records = list(records)
    order = {document: k for k, document in enumerate(dict.fromkeys(record.document for record in records))}
    papers: dict[str, int] = {}
    for record in sorted(records, key=lambda record: (order[record.document], record.id)):
        keys = paper_names(record)
        paper = next((papers[key] for key in keys if key in papers), len(papers))
        for key in keys:
            papers.setdefault(key, paper)
        if keys:
            same[paper].setdefault(record.document, record)
    blocks: defaultdict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for _, group in sorted(same.items()):
        for first, other in combinations(group.values(), 2):
            for field in _FIELDS:
                a, b = getattr(first, field), getattr(other, field)
                if a and b and (field != "abstract_zh" or first.kind == other.kind == "abstract"):
                    blocks[first.document, other.document, field].append((b, a))
    scores: list[Score] = []
    for (first_source, other_source, field), texts in sorted(blocks.items()):
        scores += score_texts(
            [b for b, _ in texts],
            [a for _, a in texts],
            hypothesis=f"{other_source} {field}",
            reference=f"{first_source} {field}",
            kind="agreement",
        )
    return scores


def score_against(records: Sequence[Record], references: Sequence[Record], name: str) -> list[Score]:
    """Scores of the Chinese of records against that of reference records of the same papers.

    Papers are matched by link, else by English title. Raises InputError where none matches.
    """
    known = {key: record for record in references for key in _keys(record)}
    scores: list[Score] = []
    for field in _FIELDS:
        texts = []
        for record in records:
            match = next((known[key] for key in _keys(record) if key in known), None)
            if match is not None and getattr(record, field) and getattr(match, field):
                texts.append((getattr(record, field), getattr(match, field)))
        if texts:
            scores += score_texts(
                [a for a, _ in texts], [b for _, b in texts], hypothesis=f"corpus {field}", reference=f"{name} {field}"
            )
    if not scores:
        raise InputError(name, "no paper of the corpus", "the same links or English titles, with Chinese")
    return scores


def link_key(url: str) -> str:
    """What makes two links the same paper: no scheme, no arXiv version, pdf as abs.

    >>> link_key("https://arxiv.org/pdf/2211.00053v2.pdf") == link_key("http://arxiv.org/abs/2211.00053")
    True
    """
    key = re.sub(r"^https?://(?:www\.)?", "", url.strip().rstrip("/…").casefold())
    return re.sub(r"^(arxiv\.org)/(?:pdf|abs)/(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?$", r"\1/\2", key)


def paper_names(record: Record) -> list[str]:
    """What two records of one paper may share: the link, then the English without its case and blanks, title last.

    >>> paper_names(Record("1", "page.md", "abstract", 0, url="https://arxiv.org/abs/1", title_en="River  Otters"))
    ['arxiv.org/abs/1', 'river otters']
    """
    texts = (record.abstract_en, record.text_en, record.title_en)
    return [*([link_key(record.url)] if record.url else ()), *(_bare(text) for text in texts if text)]


def _keys(record: Record) -> Iterator[str]:
    if record.url:
        yield link_key(record.url)
    if record.title_en:
        yield _bare(record.title_en)


def _bare(text: str) -> str:
    return " ".join(text.casefold().split())
