"""The counts of a field: how they are asked, and that the shipped ones are whole."""

import pytest

from duizhao.corpora import Knowledge, Use, shipped_knowledge
from duizhao.corpora.knowledge import EMPTY

SMALL = Knowledge(10, {"海獭": 7}, {"otter": "8\t2\t海獭:5\t比:例:1", "shell": "3\t0"}, "small")


def test_questions() -> None:
    assert (SMALL.count("海獭"), SMALL.count("石头")) == (7, 0)
    assert SMALL.use("otter") == Use(8, 2, {"海獭": 5, "比:例": 1})
    assert SMALL.use("shell") == Use(3, 0, {})
    assert SMALL.use("stone") is None
    assert SMALL.kept_latin("otter") == 0.25
    assert SMALL.kept_latin("stone") == SMALL.kept_latin("shell") == 0


def test_none_known() -> None:
    assert (EMPTY.count("海獭"), EMPTY.use("otter"), EMPTY.kept_latin("otter")) == (0, None, 0)


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    return shipped_knowledge()


def test_the_shipped_counts_are_whole(shipped: Knowledge) -> None:
    assert shipped.signature == f"field_ai {shipped.papers:,} papers, {len(shipped.uses):,} terms"
    assert all(zh and 3 <= n <= shipped.papers for zh, n in shipped.counts.items())
    assert shipped_knowledge() is shipped


def test_every_shipped_term_can_be_asked(shipped: Knowledge) -> None:
    for term in shipped.uses:
        use = shipped.use(term)
        assert use and 0 <= use.latin <= use.papers <= shipped.papers, term
        assert term == " ".join(term.lower().split())
        assert all(zh and 0 < n <= use.papers for zh, n in use.renderings.items()), term
