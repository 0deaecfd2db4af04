"""Catalogues: the formats they come in, the links that lead to a paper, and what is said of the rest."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora.catalog import Catalog, CatalogEntry, read_catalog
from duizhao.corpora.errors import DuizhaoError, InputError
from duizhao.corpora.paper_keys import paper_key

DUMP = {
    "id": "2301.00001",
    "submitter": "Ada Lin",
    "authors": 'A. Lin (River Lab), J. M\\"uller and C. Sato',
    "title": "Otters Carry\n  Fresh Shells",
    "doi": "10.1000/ABC.1 10.1000/abc.2",
    "abstract": "  We watch otters.\nThey sleep.\n",
    "versions": [{"version": "v1"}],
    "authors_parsed": [["Lin", "A.", ""], ['M\\"uller', "J.", "Jr"], ["Sato", "C.", "", "Sea School"]],
}
DUMPED = CatalogEntry(
    "Otters Carry Fresh Shells",
    ("A. Lin", "J. Müller Jr", "C. Sato"),
    False,
    "We watch otters. They sleep.",
    ("arxiv:2301.00001", "doi:10.1000/abc.1", "doi:10.1000/abc.2"),
    1,
)
API = {
    "id": "http://arxiv.org/abs/2301.00002v2",
    "title": "Caf\u0065\u0301 of Stones",
    "summary": "Tea.\tStones.",
    "authors": [{"name": "Ada Lin"}, {"name": "Bob Meyer"}],
}
API_READ = CatalogEntry("Café of Stones", ("Ada Lin", "Bob Meyer"), False, "Tea. Stones.", ("arxiv:2301.00002",), 1)
SCHOLAR = {
    "paperId": "0123456789abcdef0123456789abcdef01234567",
    "externalIds": {"ArXiv": "cs/0112017", "DOI": "10.1000/Tea", "CorpusId": 17},
    "url": "https://www.semanticscholar.org/paper/0123456789abcdef0123456789abcdef01234567",
    "title": "Tea for Bridges",
    "abstract": None,
    "authors": [{"authorId": "1", "name": "C. Sato"}],
}
SCHOLAR_READ = CatalogEntry(
    "Tea for Bridges",
    ("C. Sato",),
    False,
    None,
    ("s2:0123456789abcdef0123456789abcdef01234567", "arxiv:cs/0112017", "doi:10.1000/tea"),
    1,
)


def at_line(entry: CatalogEntry, line: int) -> CatalogEntry:
    return CatalogEntry(entry.title_en, entry.authors, entry.authors_truncated, entry.abstract_en, entry.ids, line)


def entries_of(text: str) -> tuple[CatalogEntry, ...]:
    catalog = read_catalog(text, "a")
    assert catalog.notes == ()
    return catalog.entries


def test_json_lines() -> None:
    lines = [json.dumps(DUMP), "", json.dumps(API, ensure_ascii=False), json.dumps(SCHOLAR), ""]
    expected = (DUMPED, at_line(API_READ, 3), at_line(SCHOLAR_READ, 4))
    assert entries_of("\n".join(lines)) == expected
    assert entries_of("\ufeff" + "\r\n".join(lines)) == expected


TWO = '{"title": "Tea"},\n{"title":\n"Stones"}'
WHOLE = [
    (f"[{TWO}]", (1, 2)),
    (f" \n[\n{TWO}\n]\n", (3, 4)),
    (f'{{"papers":\n[\n{TWO}]}}', (3, 4)),
    ('{"total": 2, "data": [\n{"title": "Tea"}],\n"offset": 0, "articles": [\n\n{"title": "Stones"}]}', (2, 5)),
    (f'{{"feed": {{"title": "otters",\n"entry": [\n{TWO}]}}}}', (3, 4)),
    ('{"a":\n{"title": "Tea"},\n"b": {"title": "Stones"}}', (2, 3)),
    ('{"title": "Tea"}\n\n{"title": "Stones"}', (1, 3)),
]


@pytest.mark.parametrize(("text", "lines"), WHOLE, ids=[text for text, _ in WHOLE])
def test_lines_of_json(text: str, lines: tuple[int, int]) -> None:
    found = [(entry.title_en, entry.line) for entry in read_catalog(text, "a").entries]
    assert found == [("Tea", lines[0]), ("Stones", lines[1])]


def test_one_object_is_one_paper() -> None:
    assert entries_of(json.dumps(API)) == (API_READ,)
    assert entries_of("\n" + json.dumps(SCHOLAR, indent=2)) == (at_line(SCHOLAR_READ, 2),)


def test_a_name_in_a_table_is_an_id() -> None:
    assert entries_of('{"2301.00001": {"title": "Otters"}}')[0].ids == ("arxiv:2301.00001",)


BIBTEX = r"""
@article{lin, title = {{O}tters and {\'E}toiles}, author = {Lin, Ada and M{\"u}ller, Bob and others},
  journal = {arXiv preprint arXiv:2301.00001}, abstract = {Tea --
  and stones.}}
@article{a, title = {Tea}, eprint = {2301.00002}, archivePrefix = {arXiv}, url = {https://river.org/a\_b}}
@article{b, title = {Stone}, eprint = {2301.00003}, eprinttype = {jstor}, doi = {https://doi.org/10.1000/S\_1}}
@article{c, title = {Bridge}, journal = {CoRR}, volume = {abs/2301.00004}, note = {extends arXiv:2301.00001}}
@misc{d, title = {Shell}, howpublished = {\url{https://www.river.org/shell}}, author = {Lin, A., Meyer, B.}}
"""


def test_bibtex() -> None:
    catalog = read_catalog(BIBTEX, "a.bib")
    assert catalog.notes == ('1 author lists without "and" or ";" were cut at their commas (line 8)',)
    assert catalog.entries == (
        CatalogEntry(
            "Otters and Étoiles", ("Ada Lin", "Bob Müller"), True, "Tea – and stones.", ("arxiv:2301.00001",), 2
        ),
        CatalogEntry("Tea", (), False, None, ("url:river.org/a_b", "arxiv:2301.00002"), 5),
        CatalogEntry("Stone", (), False, None, ("doi:10.1000/s_1",), 6),
        CatalogEntry("Bridge", (), False, None, ("arxiv:2301.00004",), 7),
        CatalogEntry("Shell", ("A. Lin", "B. Meyer"), False, None, ("url:river.org/shell",), 8),
    )


def test_csv() -> None:
    text = (
        "\nID, Title ,Authors,URL,DOI,Abstract,stars\n"
        '2301.00001,"Otters,\nand Tea","Lin, Ada; Meyer, Bob",,,"Say ""tea"".",5\n'
        "\n17,Stones,Ada Lin,http://river.org/a/,10.1000/A,,NA\n"
    )
    assert entries_of(text) == entries_of(text.replace("\n", "\r\n"))
    assert entries_of(text) == (
        CatalogEntry("Otters, and Tea", ("Ada Lin", "Bob Meyer"), False, 'Say "tea".', ("arxiv:2301.00001",), 3),
        CatalogEntry("Stones", ("Ada Lin",), False, None, ("url:river.org/a", "doi:10.1000/a"), 6),
    )


AUTHORS: list[tuple[Any, tuple[str, ...], bool]] = [
    ("A. Lin, B. Meyer and C. Sato", ("A. Lin", "B. Meyer", "C. Sato"), False),
    ("A. Lin, B. Meyer, and C. Sato", ("A. Lin", "B. Meyer", "C. Sato"), False),
    ("A. Lin (1), B. Meyer (2 (x)) ((1) River Lab, (2) Sea School)", ("A. Lin", "B. Meyer"), False),
    ("A. Lin & B. Meyer", ("A. Lin", "B. Meyer"), False),
    ("A. Lin, B. Meyer and C. Sato, Jr.", ("A. Lin", "B. Meyer", "C. Sato Jr."), False),
    ("Lin, Ada and Meyer, Bob", ("Ada Lin", "Bob Meyer"), False),
    ("Lin, Ada and others", ("Ada Lin",), True),
    ("Lin, Ada; Bob Meyer; et al.", ("Ada Lin", "Bob Meyer"), True),
    ("Ada Lin, Bob Meyer, …", ("Ada Lin", "Bob Meyer"), True),
    ("Ada Lin et al.", ("Ada Lin",), True),
    ('M\\"uller', ("Müller",), False),
    (["Ada Lin", "Bob Meyer", "others"], ("Ada Lin", "Bob Meyer"), True),
    ([{"given": "Ada", "family": "Lin"}, {"family": "Meyer"}], ("Ada Lin", "Meyer"), False),
    ([], (), False),
    (None, (), False),
    ("", (), False),
]


@pytest.mark.parametrize(("given_authors", "names", "truncated"), AUTHORS, ids=[str(row[0]) for row in AUTHORS])
def test_authors(given_authors: Any, names: tuple[str, ...], truncated: bool) -> None:
    (entry,) = entries_of(json.dumps({"id": "2301.00001", "title": "Otters", "authors": given_authors}))
    assert (entry.authors, entry.authors_truncated) == (names, truncated)


KEYS = [
    ("arxiv:2301.00001", """
        2301.00001
        2301.00001v12
        arXiv:2301.00001
        ARXIV:2301.00001v2[cs.CL]
        arXiv: 2301.00001 [cs.CL]
        2301.00001.pdf
        http://arxiv.org/abs/2301.00001
        https://www.arxiv.org/abs/2301.00001/
        HTTPS://ArXiv.org/ABS/2301.00001V1
        arxiv.org/abs/2301.00001v2
        https://arxiv.org/pdf/2301.00001v2.pdf
        https://arxiv.org/pdf/2301.00001.pdf#page=2
        https://arxiv.org/html/2301.00001v1
        https://export.arxiv.org/abs/2301.00001?utm_source=tea
        https://ar5iv.labs.arxiv.org/html/2301.00001
        https://ar5iv.org/abs/2301.00001
        https://www.alphaxiv.org/abs/2301.00001v1
        https://alphaxiv.org/zh/overview/2301.00001
        https://huggingface.co/papers/2301.00001
        https://hf.co/papers/2301.00001
        https://www.arxiv-vanity.com/papers/2301.00001/
        https://arxiv . org/abs/2301.00001
        https : / / arxiv.org/abs/ 2301.00001 v2
        https:arxiv.org/abs/2301.00001
        <https://arxiv.org/abs/2301.00001>。
        https://arxiv.org/abs/2301.00001\u200b
        https://doi.org/10.48550/arXiv.2301.00001
        10.48550/arXiv.2301.00001v2
     """),
    ("arxiv:0704.0001", "0704.0001\nhttps://arxiv.org/abs/0704.0001v1"),
    ("arxiv:cs/0112017", """
        cs/0112017
        cs.CL/0112017v1
        https://arxiv.org/abs/cs/0112017
        http://arxiv.org/pdf/cs/0112017v1.pdf
        arXiv:cs.CL/0112017
        https://arxiv.org/abs/cs%2F0112017
     """),
    ("arxiv:hep-th/9901001", "hep-th/9901001\nhttps://arxiv.org/abs/hep-th/9901001"),
    ("doi:10.1000/abc(1)", """
        10.1000/ABC(1)
        doi:10.1000/abc(1)
        DOI: 10.1000/abc(1).
        https://doi.org/10.1000/abc(1)
        http://dx.doi.org/10.1000/ABC%281%29
        https://dl.acm.org/doi/10.1000/abc(1)
        https://dl.acm.org/doi/pdf/10.1000/abc(1)?download=true
     """),
    ("s2:0123456789abcdef0123456789abcdef01234567", """
        0123456789ABCDEF0123456789abcdef01234567
        https://www.semanticscholar.org/paper/Tea-for-Two/0123456789abcdef0123456789abcdef01234567
        https://api.semanticscholar.org/0123456789abcdef0123456789abcdef01234567
     """),
    ("url:river.org/A/b", """
        http://river.org/A/b
        https://WWW.River.org/A/b/
        river.org/A/b#top
        https://river.org/A/b?utm_source=tea&UTM_medium=x
        https://river . org/A/b
     """),
    ("url:river.org/a?id=1&b=2", "https://river.org/a?id=1&utm_campaign=x&b=2\nhttps://river.org/a/?id=1&b=2"),
    ("url:river.org", "https://river.org\nhttps://www.river.org/"),
    ("url:huggingface.co/otter/2301.00001", "https://huggingface.co/otter/2301.00001"),
    ("url:arxiv.org.river.org/abs/2301.00001", "https://arxiv.org.river.org/abs/2301.00001"),
    ("url:arxiv.org/list/cs.CL/recent", "https://arxiv.org/list/cs.CL/recent"),
    ("url:river.org/%ff", "https://river.org/%ff"),
    (None, "17\notters\na/b\nabs\nhttps://\n2301.000012\n2301.00001x\n10.1000\n#\n?"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "link"), [(key, link.strip()) for key, links in KEYS for link in links.strip().split("\n")]
)
def test_keys(key: str | None, link: str) -> None:
    assert paper_key(link) == key


def test_blank_links_have_no_key() -> None:
    assert [paper_key(link) for link in ("", " \n", "\u200b", "。")] == [None] * 4


def catalog_of(*records: dict[str, Any]) -> Catalog:
    return read_catalog("\n".join(map(json.dumps, records)) + "\n", "a.jsonl")


def test_find() -> None:
    catalog = catalog_of(DUMP, SCHOLAR)
    first, second = catalog.entries
    assert catalog.find("https://arxiv . org/abs/2301.00001v7") is first
    assert catalog.find("https://doi.org/10.1000/ABC.2") is first
    assert catalog.find("https://arxiv.org/abs/cs/0112017") is second
    assert catalog.find("https://arxiv.org/abs/2301.00009") is None
    assert catalog.find("") is None


TITLES = [
    ("Pre-training of Otters: A Study", "pretraining of otters – a study."),
    ("E\ufb03cient Tea", "efficient  TEA"),
    ("Schr\\\"odinger's Otter", "Schrödinger’s otter"),
    ("Straße", "STRASSE"),
    ("C++ for Otters", "C++ for otters"),
]


@pytest.mark.parametrize(("title", "asked"), TITLES)
def test_find_title(title: str, asked: str) -> None:
    catalog = catalog_of({"id": "2301.00001", "title": title}, {"id": "2301.00002", "title": "C for Otters"})
    assert catalog.find_title(asked) is catalog.entries[0]


def test_titles_that_are_not_found() -> None:
    catalog = catalog_of({"id": "2301.00001", "title": "Tea"}, {"id": "2301.00002", "title": "TEA!"})
    assert [catalog.find_title(title) for title in ("tea", "", "…", "otter")] == [None] * 4
    assert catalog.notes == ("1 titles belong to several papers; these are found by id only",)


def test_one_id_with_two_titles() -> None:
    catalog = catalog_of(
        {"id": "2301.00001", "title": "Tea"},
        {"id": "2301.00001v2", "title": "Stones", "doi": "10.1000/a"},
        {"id": "2301.00001", "title": "tea."},
    )
    first, second = catalog.entries
    assert catalog.find("2301.00001") is first and catalog.find("10.1000/a") is second
    assert catalog.find_title("stones") is second
    assert catalog.notes == (
        "1 entries repeat an earlier one, which is used (line 3)",
        "1 ids stand at different titles, the first is used: arxiv:2301.00001 (lines 1 and 2)",
    )


def test_a_repeated_paper_is_found_by_the_ids_of_both() -> None:
    catalog = catalog_of({"id": "2301.00001", "title": "Tea"}, {"id": "2301.00001", "title": "Tea", "doi": "10.1000/a"})
    (entry,) = catalog.entries
    assert catalog.find("10.1000/a") is catalog.find_title("tea") is entry


def test_what_is_left_out_is_said() -> None:
    catalog = catalog_of(
        {"id": "2301.00001", "title": "海獭与石头"},
        {"id": "2301.00002", "title": " "},
        {"id": "2301.00003"},
        {"id": 2301.4, "title": "Tea", "abstract": "海獭每天都要喝茶。"},
        {"id": "2301.00005", "title": "Stones", "authors": [" ", "Ada Lin"]},
    )
    assert [entry.title_en for entry in catalog.entries] == ["Tea", "Stones"]
    assert catalog.entries[0].abstract_en is None and catalog.entries[1].authors == ("Ada Lin",)
    assert catalog.notes == (
        "1 entries with a Chinese title were left out (line 1)",
        "2 entries without a title were left out (lines 2, 3)",
        "1 Chinese abstracts were left out (line 4)",
        "1 entries have no id; they are found by title only (line 4)",
        "1 entries have authors without a name; these were left out (line 5)",
    )


def test_long_lists_of_lines_are_cut() -> None:
    catalog = catalog_of(*({"title": f"Tea {k}"} for k in range(7)))
    assert catalog.notes == ("7 entries have no id; they are found by title only (lines 1, 2, 3, 4, 5 …)",)


def test_assumptions_about_bibtex_are_said() -> None:
    catalog = read_catalog("@misc{a, title = {Tea}, url = {river.org/a}, month = Juni, title = {T}}", "a")
    assert catalog.notes == (
        "1 fields of BibTeX stand twice in an entry; the first is used (line 1)",
        "1 names of BibTeX have no @string; read as they stand (line 1)",
    )


GOOD = '{"id": "2301.00001", "title": "Tea"}\n'
REFUSED = [
    ("", "a: an empty catalogue; wanted JSON Lines, JSON, BibTeX or CSV"),
    (" \n\u3000", "a: an empty catalogue"),
    ("Otters like tea.", "a: no catalogue; wanted"),
    ("[]", "a: no papers; wanted"),
    ("{}", "a: no papers; 1 entries without a title were left out (line 1); wanted"),
    ("title,id\n", "a: no papers; wanted"),
    ("@comment{x}\n", "a: no papers; wanted"),
    (GOOD + '{"title": "Tea"', "a:2:16: not strict JSON (Expecting ',' delimiter)"),
    (GOOD + "[1]\n", "a:2: a JSON list; wanted an object"),
    (GOOD + GOOD.strip() + GOOD, "a:2:37: more than one value in a line"),
    (GOOD + '\n{"title": "a", "title": "b"}', "a:3:1: not strict JSON (an object with two members of one name)"),
    (GOOD + '{"title": "a", "n": NaN}', "a:2:1: not strict JSON (NaN is no number)"),
    (GOOD + '{"title": "a", "n": ' + "9" * 5000 + "}", "a:2:1: not strict JSON (Exceeds the limit"),
    (GOOD + '{"n": ' + "[" * 100_000, "a:2:1: not strict JSON (nested too deep)"),
    ("[" * 100_000, "a:1:2: not strict JSON (nested too deep)"),
    (GOOD + '{"id": "2301.00002", "title": "\\ud800"}', "a:2: half a character (a lone surrogate)"),
    (GOOD + '{"title": 5}', "a:2: a value of 'title' that is no text; wanted text"),
    (GOOD + '{"title": "a", "authors": 5}', "a:2: authors that are no names"),
    (GOOD + '{"title": "a", "authors": [5]}', "a:2: an author that is no name"),
    (GOOD + '{"title": "a", "authors": [{"name": 5}]}', "a:2: an author that is no name"),
    (GOOD + '{"title": "a", "authors_parsed": ["Lin"]}', "a:2: authors_parsed that are no names"),
    (GOOD + '{"title": "a", "authors_parsed": [["Lin", 5]]}', "a:2: authors_parsed that are no names"),
    ('[\n{"title": "a"},\n5]', "a:3: a JSON int; wanted an object"),
    ('[\n{"title": "a"},\n]', "a:3:1: not strict JSON (Expecting value)"),
    ('[{"title": "a"}\n{"title": "b"}]', "a:2:1: not strict JSON (expecting ',' or ']')"),
    ('[{"title": "a"}', "a:1:16: not strict JSON (expecting ',' or ']')"),
    ('[{"title": "a"}]\n]', "a:2:1: not strict JSON (text after its end)"),
    ('{"title": "a",\n "title": "b"}', "a:2:2: not strict JSON (expecting a name of its own and a colon)"),
    ('{"title"\n"a"}', "a:1:2: not strict JSON (expecting a name of its own and a colon)"),
    ("{5: 6}", "a:1:2: not strict JSON (expecting a name of its own and a colon)"),
    ("{", "a:1:2: not strict JSON (Expecting value)"),
    ("title,id\na,1,2\n", "a:2: 3 fields; wanted 2, as in the first line"),
    ("title,id\na,1\n\nb\n", "a:4: 1 fields; wanted 2"),
    ('title,id\na,1\n"b,2\n', "a:3: not CSV (unexpected end of data)"),
    ('title,id\n"a"b,1\n', "a:2: not CSV (',' expected after '\"')"),
    ("title,Title\na,b\n", "a:1: two columns called 'title'; wanted a name for each"),
    ("@misc{a, title = {Tea}", "a:1:1: an entry that is never closed"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[text[:40] for text, _ in REFUSED])
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_catalog(text, "a")
    assert str(caught.value).startswith(message)


words = st.text(st.sampled_from("abcXYZ éß-:’"), min_size=1, max_size=12).filter(lambda t: any(map(str.isalnum, t)))


@given(st.lists(st.tuples(st.integers(1, 99999), words), min_size=1, max_size=6))
def test_every_paper_is_found_by_its_id_in_three_formats(papers: list[tuple[int, str]]) -> None:
    papers = list(dict(papers).items())
    records = [{"id": f"2301.{number:05}", "title": title} for number, title in papers]
    jsonl = "\n".join(json.dumps(record) for record in records)
    table = "id,title\n" + "".join(f'{r["id"]},"{r["title"]}"\n' for r in records)
    bib = "\n".join(
        f"@misc{{k, eprint = {{{r['id']}}}, title = {{{r['title'].replace('-', '{-}')}}}}}" for r in records
    )
    for text, first in ((jsonl, 1), (table, 2), (bib, 1)):
        catalog = read_catalog(text, "a")
        for line, (number, title) in enumerate(papers, first):
            found = catalog.find(f"https://arxiv.org/pdf/2301.{number:05}v3.pdf")
            assert found and (found.title_en, found.line) == (" ".join(title.split()), line)
            assert catalog.find_title(title) in (found, None)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["2301.00001", "Tea", "10.1/x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["title", "id", "authors", "authors_parsed", "name", "doi", "externalIds", "feed", "data"])
            | st.text(max_size=2),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
json_texts = st.lists(json_values.map(json.dumps), max_size=3).map("\n".join)
scraps = st.lists(
    st.sampled_from(
        ['{"title": "Tea"}', "{", "}", "[", "]", '"', ",", ":", "title", "id", "\n", "\\ud800", "@misc{", "="]
    )
    | st.text(max_size=3),
    max_size=15,
).map("".join)


@given(st.one_of(json_texts, scraps, scraps.map(lambda t: "title,id,doi\n" + t), st.text(st.characters(), max_size=30)))
def test_any_text_gives_a_catalogue_or_our_error(text: str) -> None:
    try:
        catalog = read_catalog(text, "a")
    except DuizhaoError as error:
        assert str(error).startswith("a:")
    else:
        assert catalog.entries
        for entry in catalog.entries:
            entry.title_en.encode("utf-8")
            assert entry.title_en == " ".join(entry.title_en.split())
            assert all(catalog.find(key) for key in entry.ids if key.startswith(("arxiv:", "doi:")))


links = st.lists(
    st.sampled_from(
        ["http://", "arxiv.org/", "abs/", "2301.00001", "doi.org/", "10.1000/", "%", "%2F", " ", "?", "#", "v1"]
    )
    | st.text(max_size=3),
    max_size=10,
).map("".join)


@given(links)
def test_any_link_has_one_key_whatever_its_blanks(link: str) -> None:
    key = paper_key(link)
    assert paper_key("\n".join(link)) == paper_key(link + " ") == key
    assert key is None or key == "".join(key.split())
    if key and key.startswith(("arxiv:", "doi:")):
        assert paper_key(key) == key


@pytest.mark.parametrize(
    "unit", ["a", "a.", "a/", "a-", "/", "%2F", ".", "www.", "http://", "1", " ", "?a&", "(", ")", "é"]
)
def test_long_text_is_looked_at_once(unit: str) -> None:
    long = unit * (100_000 // len(unit))
    for link in (long, f"https://arxiv.org/{long}", f"https://doi.org/10.1000/{long}", f"https://river.org/{long}"):
        assert paper_key(link + "x!") == paper_key(link + "x")
    record = {"title": "Tea", "authors": long, "url": long}
    assert read_catalog(json.dumps(record), "a").find_title(long) is None
