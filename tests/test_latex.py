"""LaTeX in, prose out: what TeX would print of it, what is left out, and where each stretch stood."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from duizhao.corpora.latex import read_latex

TEXT = [
    ("hard wraps", "海獭吃\n贝壳，\n  每天\n都吃。\nOtters eat\nshells", "海獭吃贝壳，每天都吃。 Otters eat shells"),
    ("wraps between scripts", "使用\nBERT\n模型", "使用 BERT 模型"),
    ("wraps at quotes", "他说\n“河”\n是\n——\n好\nthe\n“river”", "他说“河”是——好 the “river”"),
    ("blanks in a line", "海 獭  and\t tea", "海 獭 and tea"),
    (
        "paragraphs",
        "one\n\ntwo\n \n\t\n\nthree\\par four\\\\five\\\\[2pt]six\\newline seven",
        "one\n\ntwo\n\nthree\n\nfour\n\nfive\n\nsix\n\nseven",
    ),
    ("emphasis", r"\emph{a} \textbf{b} \textit{\underline{c}} {\bf d} {\em e} \texttt{f}{\large g}", "a b c d e fg"),
    ("escapes", r"3.5\% \& \_ \# \$ \{x\}", "3.5% & _ # $ {x}"),
    ("dashes and quotes", "``tea''---1--2 a-b `c' 甲''", "“tea”—1–2 a-b `c' 甲”"),
    ("blanks with names", r"a~b\ c\,d\;e\quad f\qquad\quad g\!h\/i\-j", "a b c d e f ghij"),
    ("names of symbols", r"\LaTeX{} \LaTeX\ \TeX is\ldots{} \ss\ae \o. \textendash", "LaTeX LaTeX TeXis… ßæø. –"),
    ("a name takes the blank behind it", "\\LaTeX\n使用 \\LaTeX 的", "LaTeX使用 LaTeX的"),
    (
        "accents",
        r"M\"uller na\"{\i}ve caf\'{e} \~n \c{c}a \v s \H{o} \=a \.z \^\i \`A \u{g} \k a",
        "Müller naïve café ñ ça š ő ā ż îÀ ğ ą",
    ),
    ("accents alone", r"\~{}otter \^{}", "~otter ^"),
    ("accent on the first of two", r"\'{ab}c", "ábc"),
    (
        "links",
        r"\href{https://example.org/%20a\_b}{the \emph{river}} \url{https://example.org}",
        "the river https://example.org",
    ),
    (
        "inline formula",
        "当 $x^2\n + y_1$ 时，$\\$5 \\% z$ 与 \\(a\n b\\)。",
        "当 $x^2 + y_1$ 时，$\\$5 \\% z$ 与 \\(a b\\)。",
    ),
    (
        "displayed formula",
        "So\n\\[ a % why\n = b \\]\nand $$c\n=d$$\n\\begin{align*}\n e &= f \\\\\n g\n\\end{align*} hold",
        "So \\[ a = b \\] and $$c =d$$ \\begin{align*} e &= f \\\\ g \\end{align*} hold",
    ),
    ("verbatim words", r"\verb|a{%b| and \verb+\c+", "a{%b and \\c"),
    (
        "headings",
        "\\chapter{河}\\label{c}\n\\section*{结 论}\n\\subsection[s]{Tea {\\em and}\n  Shells}x\\subsubsection{y}"
        "\\paragraph{z}",
        "# 河\n\n## 结 论\n\n### Tea and Shells\n\nx\n\n#### y\n\n##### z",
    ),
    (
        "metadata",
        "\\ctitle{海獭的石头\\\\与贝壳}\n"
        "\\etitle{Otters \\& \\LaTeX{} Shells}\n\\author{A Lin \\and B Roux}\\keywords*{a; b}",
        "ctitle: 海獭的石头与贝壳\netitle: Otters & LaTeX Shells\nauthor: A Lin, B Roux\nkeywords*: a; b",
    ),
    (
        "abstracts",
        "\\begin{cabstract}\n一。\n\n二。\n\\end{cabstract}\n\\begin{abstract*}One.\\end{abstract*}After",
        "## cabstract\n\n一。\n\n二。\n\n## abstract*\n\nOne.\n\nAfter",
    ),
    (
        "abstracts as macros",
        "\\cabstract{一。\n\n二。}\n\\eabstract{One.} after",
        "## cabstract\n\n一。\n\n二。\n\n## eabstract\n\nOne.\n\nafter",
    ),
    (
        "other names of abstracts",
        "\\begin{zhaiyao}a\\end{zhaiyao}\\begin{keywords}b\\end{keywords}\\begin{enabstract}c\\end{enabstract}",
        "## zhaiyao\n\na\n\n## keywords\n\nb\n\n## enabstract\n\nc",
    ),
    (
        "lists",
        "Otters:\n\\begin{itemize}[leftmargin=*]\n \\item dive\n \\item[\\bf b)] eat\n"
        "  shells\n\n more\n\\end{itemize}\nend",
        "Otters:\n\n- dive\n- b) eat shells\n\nmore\n\nend",
    ),
    (
        "prose environments",
        "a\\begin{quote}b\\end{quote}\\begin{minipage}[t]{3cm}c\\end{minipage}\nd",
        "a\n\nb\n\nc\n\nd",
    ),
    (
        "arguments by role",
        r"\textcolor{red}{a} \parbox{2cm}{b} \texorpdfstring{c}{d} \hspace*{1em}e \setlength{\x}{1pt}f",
        "a b c e f",
    ),
    ("quoted", r"\enquote{tea \emph{time}}", "“tea time”"),
    ("verbatim environment without end", "\\item a", "- a"),
    ("CRLF", "a\r\nb\r\n\r\nc\rd", "a b\n\nc d"),
    ("full-width blanks stay", "\u3000\u3000河\n\u3000\u3000水", "\u3000\u3000河\u3000\u3000水"),
    ("line separators are no line ends", "a\u2028b\x0cc", "a\u2028b\x0cc"),
    ("NFC over groups", "cafe{}\u0301", "café"),
    ("nothing", "", ""),
    ("blanks", " \n \n", ""),
    ("groups only", "{}{{}}", ""),
]


@pytest.mark.parametrize(("source", "text"), [row[1:] for row in TEXT], ids=[row[0] for row in TEXT])
def test_text(source: str, text: str) -> None:
    page = read_latex(source, "a.tex")
    assert page.text == (text + "\n" if text else "")
    assert all(note.startswith("left out: ") for note in page.notes)


UNKNOWN = "macros not known, of which only the text of their arguments was kept: "
NOTED = [
    ("comments", "海獭% a\n  吃 100\\% % b\n% c\n贝壳。%d", "海獭吃 100% 贝壳。", ["left out: 4 comments"]),
    ("a comment before a blank line", "a % b\n\nc", "a\n\nc", ["left out: 1 comment"]),
    ("a comment is no blank line", "a\n% b\nc", "a c", ["left out: 1 comment"]),
    (
        "citations",
        "河~\\cite{a,b}，水\\citep[see][p.~2]{c} tea \\cite{d}.\n\\upcite{e}\\nocite{*}",
        "河，水 tea.",
        ["left out: 5 citations"],
    ),
    (
        "references",
        "第~\\ref{a} 章 (\\eqref{b}) Figure~\\ref{c} shows\\label{d} it",
        "第 章 () Figure shows it",
        ["left out: 3 references, 1 label"],
    ),
    (
        "footnotes",
        "海獭\\footnote{它们\n住河里\\emph{。}}吃\n贝壳。\n\nend",
        "海獭吃贝壳。\n\n它们住河里。\n\nend",
        ["1 footnote moved below the paragraph"],
    ),
    (
        "footnote in a footnote",
        "a\\footnote{b\\footnote{c}}d",
        "ad\n\nc\n\nb",
        ["2 footnotes moved below the paragraph"],
    ),
    (
        "figures",
        "one\n\\begin{figure}[htbp]\\centering\\includegraphics{x}\\caption[s]{An otter\\label{f}}\n\n"
        "no\\end{figure}\ntwo",
        "one two\n\nAn otter",
        ["left out: 1 label", "left out but for their captions: figure (1)"],
    ),
    (
        "tables",
        "\\begin{table}\\caption{茶}\\begin{tabular}{lc}a & b \\\\ c\\end{tabular}\\bicaption{河}{River}\\end{table}",
        "茶\n\n河\n\nRiver",
        ["left out but for their captions: table (1)"],
    ),
    (
        "code",
        "a\\begin{lstlisting}\nint { $ % \\section{x}\n\\end{lstlisting}b\\begin{verbatim}}\\end{verbatim}c",
        "a\n\nb\n\nc",
        ["left out but for their captions: lstlisting (1), verbatim (1)"],
    ),
    (
        "macros not known",
        "\\zap a \\foo[x]{b}{c}\\foo{\\bar{海}{獭}} \\zap",
        "a b c海獭",
        ["left out: 1 option", UNKNOWN + "foo (2), zap (2), bar (1)"],
    ),
    (
        "macros of one's own",
        "\\newcommand{\\ours}{\\textsc{OtterNet}\\xspace}\\def\\x{河}\\newcommand{\\y}[1]{no #1}"
        "We use \\ours to \\x\\ours. \\y{a}",
        "We use OtterNet to 河OtterNet. a",
        [UNKNOWN + "y (1)", "macros of the document's own, replaced by their text: ours (2), x (1)"],
    ),
    (
        "environments not known",
        "\\begin{raft}a\\end{raft}b",
        "a\n\nb",
        ["environments not known, whose text was kept: raft (1)"],
    ),
    (
        "other files",
        "\\input{river}\\include{tea}\\input{tea}",
        "",
        ["files that were named but not read: tea (2), river (1)"],
    ),
    (
        "settings",
        "a\\thusetup{\n title = {河},\n date={2020}, info = {keywords* = {tea, {\\em cup}}}}b",
        "a\n\ntitle: 河\nkeywords*: tea, cup\n\nb",
        ["left out: 1 setting"],
    ),
    ("no settings", "\\dataset{Otter}", "Otter", [UNKNOWN + "dataset (1)"]),
    (
        "preamble",
        "\\documentclass{x}% \\begin{document}\n\\newcommand{\\z}[1]{$}\n\\title{Tea}\nlost\n"
        "\\begin{document}\n\\maketitle\n茶\n\\end{document}\nafter",
        "title: Tea\n\n茶",
        [
            "of the preamble (lines 1 to 5) only the metadata was read",
            "5 characters after \\end{document} were left out",
            "left out: 1 comment",
        ],
    ),
    ("opening braces", "a\n{b {c} \\emph{d", "a b c d", ["2 opening braces without a partner, the first in line 2"]),
    (
        "cite without end",
        "a \\cite{b\n\nc",
        "a b\n\nc",
        ["left out: 1 citation", "1 opening brace without a partner, the first in line 1"],
    ),
    ("closing braces", "a\n\nb}c}", "a\n\nbc", ["2 closing braces without a partner, the first in line 3"]),
    (
        "environments without partner",
        "a\\begin{figure}b\n\\end{itemize}c",
        "a\n\nb c",
        ["1 \\end without a partner, the first in line 2", "1 \\begin without a partner, the first in line 1"],
    ),
    ("dollar without partner", "a $5\n\nb $x$", "a $5\n\nb $x$", ["1 $ without a partner, the first in line 1"]),
    (
        "displayed formula without end",
        "a \\[ b\n\nc \\]",
        "a b\n\nc",
        [UNKNOWN + "] (1)", "1 \\[ without a partner, the first in line 1"],
    ),
]


@pytest.mark.parametrize(("source", "text", "notes"), [row[1:] for row in NOTED], ids=[row[0] for row in NOTED])
def test_what_is_left_out_is_noted(source: str, text: str, notes: list[str]) -> None:
    page = read_latex(source, "a.tex")
    assert page.text == (text + "\n" if text else "")
    assert list(page.notes) == notes


def test_many_names_are_cut_short() -> None:
    names = [f"q{a}{b}" for a in "abcde" for b in "abcde"]
    (note,) = read_latex("\\" + " \\".join(names), "a").notes
    assert note.endswith("qdd (1), qde (1) and 5 others")


LINKS = [
    ("\\href{https://example.org/%20a\\_b}{the \\emph{river}} end", [("the river", "https://example.org/%20a_b")]),
    ("see \\url{http://example.org/\\#x}.", [("http://example.org/#x", "http://example.org/#x")]),
    ("\\href{mailto:otter}{a} \\url{example.org} \\href{https://example.org}{}", []),
    (
        "a\\footnote{b \\url{https://b.example}} \\url{https://c.example}",
        [("https://c.example", "https://c.example"), ("https://b.example", "https://b.example")],
    ),
    ("\\section{A \\href{https://example.org}{b}}", [("b", "https://example.org")]),
    ("x \\href{https://example.org}{a\n\nb}", [("b", "https://example.org")]),
]


@pytest.mark.parametrize(("source", "links"), LINKS)
def test_links(source: str, links: list[tuple[str, str]]) -> None:
    page = read_latex(source, "a.tex")
    assert [(page.text[link.begin : link.end], link.url) for link in page.links] == links


def test_places() -> None:
    source = "% a\n\\section{Tea}\n河 \\emph{水} x\n  y\\footnote{z}\n"
    page = read_latex(source, "a.tex")
    assert page.text == "## Tea\n\n河 水 x y\n\nz\n"
    assert [(page.text[place.offset], place.line, place.column) for place in page.places] == [
        ("#", 2, 1),
        ("T", 2, 10),
        ("河", 3, 1),
        (" ", 3, 2),
        ("水", 3, 9),
        (" ", 3, 11),
        ("x", 3, 12),
        (" ", 3, 13),
        ("y", 4, 3),
        ("z", 4, 14),
    ]


@pytest.mark.parametrize("depth", [1000, 100_000])
def test_deep_nesting_is_read(depth: int) -> None:
    page = read_latex("{" * depth + "海獭" + "}" * depth, "a.tex")
    assert (page.text, page.notes) == ("海獭\n", ())
    page = read_latex("\\footnote{" * depth + "a" + "}" * depth + "b", "a.tex")
    assert (page.text, page.notes) == ("b\n\na\n", (f"{depth} footnotes moved below the paragraph",))


words = st.text(st.sampled_from("海獭茶河abcé，。"), min_size=1, max_size=6)


@given(st.lists(st.lists(words, min_size=1, max_size=6), max_size=5), st.sampled_from([" ", "~", "\\ ", "\t", "\\,"]))
def test_plain_paragraphs_come_back(paragraphs: list[list[str]], blank: str) -> None:
    page = read_latex("\n\n".join(blank.join(words) for words in paragraphs), "a")
    assert page.text == "".join(f"{' '.join(words)}\n\n" for words in paragraphs)[:-1]
    assert page.notes == ()


@given(st.lists(words, min_size=1, max_size=8))
def test_markup_does_not_change_the_words(words: list[str]) -> None:
    plain = read_latex(" ".join(words), "a").text
    for wrapped in ("\\emph{%s}", "{\\bf %s}", "{%s}", "\\zap{%s}", "\\textcolor{red}{%s}", "%s\\label{x}"):
        assert read_latex(" ".join(wrapped % word for word in words), "a").text == plain


PIECES = r"""
\begin{abstract} \end{abstract} \begin{figure} \end{figure} \caption{ \section{ \title{ \footnote{ { } } { $ $$ \[ \] \(
\) % ~ \\ \par \item \item[ ] [ \cite{a} \ref{b} \href{http://a}{ \url{http://b%c} \verb|{| \begin{verbatim}
\end{verbatim} \newcommand{\x}{otter\xspace} \def\y{x} \x \y \'e \"{o} \c{c} \v \' \thusetup{title={ keywords= \foo
\foo{a}{b} \foo[x]{ --- `` '' & # _ ^ \begin{document} \end{document} \begin{equation} \end{equation} \begin{itemize}
\end{itemize} \begin{raft} \end{raft} \emph{ \cabstract{ \textcolor{red}{ \LaTeX \quad \and \, \% \input{x} \enquote{
海獭 石头， otters “ ” é \i \begin{comment} \end{comment}
""".split()
pieces = st.sampled_from(
    [*PIECES, "\n", "\n\n", " ", "\t", "\\", "\r\n", "\\\n", "% c\n", "\u0301", "\u1112", "\u1161"]
)
scrambled = st.tuples(st.sampled_from(["", " ", "\n"]), st.lists(pieces, max_size=40)).map(lambda x: x[0].join(x[1]))


@given(st.one_of(scrambled, st.text(max_size=100)))
@example("\\begin{figure}\\caption{\\end{figure}}otter")
@example("$\\\n$")
def test_anything_gives_a_sound_page(source: str) -> None:
    page = read_latex(source, "a.tex")
    assert unicodedata.is_normalized("NFC", page.text) and "\n\n\n" not in page.text
    lines = re.split("\r\n|\r|\n", source)
    offsets = [place.offset for place in page.places]
    assert offsets == sorted(set(offsets)) and all(offset < len(page.text) for offset in offsets)
    assert all(1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1 for _, line, column in page.places)
    assert all(begin < end <= len(page.text) and "\n" not in page.text[begin:end] for begin, end, _ in page.links)
    assert not any("\n" in note for note in page.notes)


@given(scrambled)
def test_what_follows_is_never_lost(source: str) -> None:
    """Whatever stands before, a paragraph behind it is read, unless a sign is open that hides it by right."""
    hiding = r"verb|begin\{(?:verbatim|comment|equation|document)\}|\\[\[(]|\$"
    if not re.search(hiding, source) and not source.endswith("\\"):
        assert read_latex(source + "\n\nThe otters came home.", "a").text.endswith("The otters came home.\n")
