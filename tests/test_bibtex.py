"""BibTeX: entries with their lines, what LaTeX spells, whom an author field names, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora.bibtex import Entry, comma_names, names_of, plain, read_bibtex, without_more
from duizhao.corpora.errors import DuizhaoError, InputError, LimitError

FILE = """\
Notes of the river school; write to ada@river.org, 100% sure.
% @article{old, title = {Never read}}
@String{sea = "Sea of " # {Stones}}
@string( tea = {Tea} )
@preamble{ "\\newcommand{\\otter}{o}" # sea }
@comment{ @article{inner, title = {Not read either}} }
@Article{lin:2020(1),
  Title   = "The {"}Otter{"} of " # sea,
  author  = {Lin, Ada and
             Bob Meyer},
  year    = 2020, month = mar # "~3",
  journal = tea # { and } # TEA,
}
@misc(b, note = {a (b) c}, title = mystery, title = {Second})  @book{c}
@article{d, title = {Brace in \\{ two \\}}}
"""


def test_a_file() -> None:
    assert read_bibtex(FILE, "a.bib") == [
        Entry(
            "article",
            "lin:2020(1)",
            {
                "title": 'The {"}Otter{"} of Sea of Stones',
                "author": "Lin, Ada and\n             Bob Meyer",
                "year": "2020",
                "month": "mar~3",
                "journal": "Tea and Tea",
            },
            7,
        ),
        Entry("misc", "b", {"note": "a (b) c", "title": "mystery"}, 14, ("title",), ("mystery",)),
        Entry("book", "c", {}, 14),
        Entry("article", "d", {"title": "Brace in \\{ two \\}"}, 15),
    ]


@pytest.mark.parametrize("text", ["", "only prose", "% @misc{a}", "@comment otters", "a@b.org", "@comment{x}"])
def test_files_without_entries(text: str) -> None:
    assert read_bibtex(text, "a.bib") == []


REFUSED = [
    ("\n@article{a, title = {Otters", "a.bib:2:21: a brace that is never closed; wanted } for every {"),
    ('@article{a, title = "Otters', "a.bib:1:21: a quotation mark that is never closed"),
    ('@article{a, title = "Ot}ters"}', "a.bib:1:21: a quotation mark that is never closed"),
    ("\n\n @misc{a, title = {x}", "a.bib:3:2: an entry that is never closed; wanted ','"),
    ("@misc{a title = {x}}", "a.bib:1:15: '= {x}}'; wanted ','"),
    ("@misc{a, title {x}}", "a.bib:1:16: '{x}}'; wanted '='"),
    ("@misc{a, title = }", "a.bib:1:18: '}'; wanted a value"),
    ("@misc{a, title = {x} {y}}", "a.bib:1:22: '{y}}'; wanted ','"),
    ("@misc{a, title = {x},, year = 1}", "a.bib:1:22: ', year = 1}'; wanted the name of a field"),
    ("@misc{a, title = {x} # }", "a.bib:1:24: '}'; wanted a value"),
    ("@misc{a\n@misc{b}", "a.bib:2:1: '@misc{b}'; wanted ','"),
    ("@misc a, title = {x}", "a.bib:1:1: an @ that opens no entry; wanted @article{key, …}"),
    ("@string{a = {x}", "a.bib:1:1: an entry that is never closed; wanted '}'"),
    ("@misc{a, title =", "a.bib:1:17: the end of the file; wanted a value"),
    ("@comment{ never", "a.bib:1:9: a brace that is never closed"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=[text for text, _ in REFUSED])
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bibtex(text, "a.bib")
    assert str(caught.value).startswith(message)


def test_strings_that_grow_without_end() -> None:
    text = "@string{a = {river stone}}\n" + "@string{a = a # a # a # a # a # a # a # a # a # a}\n" * 12
    with pytest.raises(LimitError) as caught:
        read_bibtex(text, "a.bib")
    assert str(caught.value).startswith("a.bib:7:") and "at most 10000000 characters" in str(caught.value)


# pylatexenc 2.11 (LatexNodes2Text) reads all alike, but for the lone $ and for \href, which it interprets.
SPELLED = [
    ("{O}tters of the {R}iver", "Otters of the River"),
    (r"G{\"o}del, G{\"{o}}del, G\"odel, {G\"{o}del}", "Gödel, Gödel, Gödel, Gödel"),
    (r"\`a \'e \^i \~n \=o \.z \u{g} \r{u} \H{o} \v{s} \c{c} \k{a} \d{t} \b{d}", "à é î ñ ō ż ğ ů ő š ç ą ṭ ḏ"),
    (r"\'{\i} \'\i{} {\'\i} \v{\j} \c c \v s", "í í í ǰ ç š"),
    (r"Nguy{\~{\^e}}n, Nguy\~{\^{e}}n", "Nguyễn, Nguyễn"),
    (r"{\ss}{\ae}{\AE}{\oe}{\OE}{\o}{\O}{\aa}{\AA}{\l}{\L}{\dh}{\th}", "ßæÆœŒøØåÅłŁðþ"),
    (r"Pawe{\l} \O stergaard \o{}rsted \ldots", "Paweł Østergaard ørsted …"),
    (r"Tea \& Stones, 50\% of \$5 \#1 a\_b", "Tea & Stones, 50% of $5 #1 a_b"),
    (r"\emph{Otters} {\it and} \textbf{\textit{tea}}", "Otters and tea"),
    ("1--2 --- ``tea'' a~b", "1–2 — “tea” a b"),
    ("Rivers\n   and\tStones", "Rivers and Stones"),
    (r"$O(n^{2})$ and $\alpha_{t}$ \{x\}", r"$O(n^{2})$ and $\alpha_{t}$ {x}"),
    (r"costs \$5 and \$6, {r}eally", "costs $5 and $6, really"),
    ("one $ sign {o}nly", "one $ sign only"),
    (r"\href{river.org}{tea} \alpha", r"\href{river.org}{tea} \alpha"),
    (r"Tea \\ Stone, \\o", "Tea Stone, o"),
    ("e\u0301", "é"),
    ("海獭{与}石头", "海獭与石头"),
    ("", ""),
]  # fmt: skip


@pytest.mark.parametrize(("value", "text"), SPELLED)
def test_plain(value: str, text: str) -> None:
    assert plain(value) == text


NAMES = [
    ("Lin, Ada and Bob Meyer", ("Ada Lin", "Bob Meyer"), False, False),
    ("Lin, Ada and Bob Meyer and others", ("Ada Lin", "Bob Meyer"), True, False),
    ("Lin, Ada AND\n Meyer,  Bob", ("Ada Lin", "Bob Meyer"), False, False),
    ("van der Berg, Jan and Roux, Jr., Eve", ("Jan van der Berg", "Eve Roux Jr."), False, False),
    ("{River Lab and Friends, Ltd} and Lin, A.", ("River Lab and Friends, Ltd", "A. Lin"), False, False),
    (r"M{\"u}ller, J{\'o}zef and {\O}yvind Sat{\o}", ("Józef Müller", "Øyvind Satø"), False, False),
    ("Brandy Anderson and Alexand Er", ("Brandy Anderson", "Alexand Er"), False, False),
    ("A. Lin, B. Meyer, C. Sato", ("A. Lin", "B. Meyer", "C. Sato"), False, True),
    ("Lin, A., Meyer, B., et al.", ("A. Lin", "B. Meyer"), True, True),
    ("Lin, et al.", ("Lin",), True, False),
    ("others", (), True, False),
    ("王一 and 李二等", ("王一", "李二"), True, False),
    ("and and", (), False, False),
    ("", (), False, False),
]


@pytest.mark.parametrize(("value", "names", "truncated", "guessed"), NAMES)
def test_names(value: str, names: tuple[str, ...], truncated: bool, guessed: bool) -> None:
    assert names_of(value) == (names, truncated, guessed)


@pytest.mark.parametrize(
    ("parts", "names", "guessed"),
    [
        (["Ada Lin", "Bob Meyer", "Jr."], ["Ada Lin", "Bob Meyer Jr."], False),
        (["Lin", "A. B.", "Meyer", "C.-D."], ["A. B. Lin", "C.-D. Meyer"], True),
        (["Lin", "AB", "Meyer", "C"], ["AB Lin", "C Meyer"], True),
        (["Lin", "A.", "Meyer"], ["Lin", "A.", "Meyer"], False),
        (["Lin"], ["Lin"], False),
        ([], [], False),
    ],
)
def test_names_between_commas(parts: list[str], names: list[str], guessed: bool) -> None:
    assert comma_names(parts) == (names, guessed)


@pytest.mark.parametrize(
    ("name", "bare", "more"),
    [
        ("Ada Lin et al", "Ada Lin", True),
        ("Ada Lin…", "Ada Lin", True),
        ("Ada Lin ...", "Ada Lin", True),
        ("Ada Lin and others", "Ada Lin", True),
        ("Ada Lin Jr.", "Ada Lin Jr.", False),
        ("Karl Metal", "Karl Metal", False),
        ("Eve Others", "Eve Others", False),
        ("王一等人", "王一", True),
        ("…", "", True),
    ],
)
def test_without_more(name: str, bare: str, more: bool) -> None:
    assert without_more(name) == (bare, more)


values = st.text(st.sampled_from("ab é海\\\"'#,=@%$~-\n"), max_size=20)
identifiers = st.text(st.sampled_from("abz"), min_size=1, max_size=4)


@given(st.lists(st.tuples(identifiers, st.dictionaries(identifiers, values, max_size=3)), max_size=4))
def test_entries_come_back(entries: list[tuple[str, dict[str, str]]]) -> None:
    text, lines = "", []
    for key, fields in entries:
        lines.append(text.count("\n") + 1)
        body = "".join(f",\n {name} = {{{value}}}" for name, value in fields.items())
        text += f"@misc{{{key}{body}\n}}\n"
    assert read_bibtex(text, "a") == [
        Entry("misc", key, fields, line) for (key, fields), line in zip(entries, lines, strict=True)
    ]


pieces = st.sampled_from(
    [
        "@",
        "@misc{a",
        "@string{",
        "@comment",
        ",",
        "{",
        "}",
        '"',
        "#",
        "=",
        "title",
        " = ",
        "\n",
        "%",
        "(",
        ")",
        "\\",
        "3",
    ]
)
bibtex_like = st.lists(pieces | st.text(max_size=3), max_size=30).map("".join)


@given(bibtex_like)
def test_any_text_gives_entries_or_our_error(text: str) -> None:
    try:
        entries = read_bibtex(text, "a")
    except DuizhaoError as error:
        assert str(error).startswith("a:")
    else:
        assert all(text.split("\n")[entry.line - 1].count("@") for entry in entries)


latex = st.lists(
    st.sampled_from(["\\", "\\'", '\\"', "{", "}", "$", "e", "\\i", "\\o", " ", "~", "-", "`", "'", " and ", ",", "Jr"])
    | st.text(max_size=3),
    max_size=20,
).map("".join)


@given(latex)
def test_any_text_gives_one_line_and_names(text: str) -> None:
    for line in (plain(text), *names_of(text).names):
        assert line == " ".join(line.split())
    assert all(names_of(text).names)


@pytest.mark.parametrize(
    "unit", ["@", "@a{", "{", '"', "\\'", "$", "\\{", " and ", ",", "% ", "\\a{", "-", "\n", "@ ", " "]
)
def test_long_text_is_read_in_one_go(unit: str) -> None:
    long = unit * (100_000 // len(unit))
    names_of(long), without_more(long)
    assert "\n" not in plain(long)
    with pytest.raises(InputError):
        read_bibtex("@misc{a, title = {" + long.replace("}", ""), "a")
