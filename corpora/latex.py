"""LaTeX sources as readable text: what TeX would print of their prose, and where each stretch stood.

Macros are read by table, not run. One pass finds the partners of braces and environments, a second one writes; both
are linear and neither recurses, so deep nesting costs memory only.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from typing import NamedTuple

from .page import Page, PageWriter

_STRUCTURE = re.compile(
    r"\\(begin|end)[ \t]*+\{([^{}\n\\%]{1,60})\}|\\(?:url|path|nolinkurl|href)[ \t]*+(\{)[^{}\n]{0,2000}\}"
    r"|\\verb\*?+([^A-Za-z\s])[^\n]{0,500}?\4|\\.|%[^\n]*+|[{}]",
    re.DOTALL,
)
_TOKEN = re.compile(
    r"(?P<text>(?:[^\\{}\]$%~`'\- \t\n]|-(?!-)|'(?!')|`(?!`)|[ ](?=[^\\{}\]$%~ \t\n]))++)"
    r"|(?P<blank>[ \t\n]++)|(?P<comment>%[^\n]*+\n?+[ \t]*+)"
    r"|(?P<environment>\\(?:begin|end)[ \t]*+\{[^{}\n\\%]{1,60}\})"
    r"|\\(?P<word>[A-Za-z]++)(?P<star>\*(?=[ \t]*+[\[{]))?|(?P<sign>\\[\s\S])"
    r"|(?P<ligature>---?|``|'')|(?P<other>[\s\S])"
)
_SKIP = re.compile(r"[ \t]*+(?:\n[ \t]*+(?!\n))?+")  # what TeX skips after the name of a macro
_OPTION = re.compile(r"\[(?:[^\[\]{}\\\n]|\\.|\{[^{}]{0,200}\}|\n(?![ \t]*+\n)){0,300}+\]")
_ENVIRONMENT_OPTION = re.compile(r"\[(?:[!htbpH]{1,6}|[^\]\n=]{0,60}=[^\]\n]{0,200})\]")
_LINE = r"\n(?![ \t]*+\n)"  # a line end that ends no paragraph
_DOLLARS = re.compile(
    rf"\$\$(?:[^$\\%\n]|\\[\s\S]|%[^\n]*+|{_LINE}|\$(?!\$))*+\$\$|\$(?:[^$\\%\n]|\\[\s\S]|%[^\n]*+|{_LINE})++\$"
)
_PARAGRAPH = re.compile(r"\n[ \t]*+\n")
_IN_MATH = re.compile(r"\\[^\n]|%[^\n]*+\n[ \t]*+|[ \t\n]++")
_DEFINED = re.compile(r"\*?[ \t]*(?:\{[ \t]*\\([A-Za-z]+)[ \t]*\}|\\([A-Za-z]+))[ \t]*([^{\\\n%]{0,60})(?=\{)")
_PLAIN_BODY = re.compile(
    r"(?:\\(?:text[a-z]{2}|emph|mbox|ensuremath)\{)?([^\\{}%$#~&^_\n]{1,200})\}?(\\xspace)?(?:\{\})?\}"
)
_ACCENTED = re.compile(r"[ \t]*(?:\{[ \t]*(?:\\([ij])|([^\W\d_]))[ \t]*(\}?)|\\([ij])(?![A-Za-z])[ \t]?|([^\W\d_]))")
_KEY = re.compile(r"([A-Za-z][A-Za-z-]{0,40}\*?)[ \t\n]{0,20}=[ \t\n]{0,20}$")
_KEYS = re.compile(r"(?:\s|%[^\n]*\n)*+[A-Za-z][\w \t*-]*+=")
_UNESCAPED = re.compile(r"\\([%#&_{}~$])")

_SIDE = "(?:c|e|ch|en|cn|zh|eng|chinese|english|chi)?"
_METADATA = re.compile(rf"{_SIDE}(?:sub)?(?:title|authors?|keywords?){_SIDE}\*?", re.IGNORECASE)
_ABSTRACT = re.compile(r"[a-z]{0,20}abstract[a-z]{0,20}|[a-z]{0,3}zhaiyao|[a-z]{0,8}keywords?[a-z]{0,8}", re.IGNORECASE)
_THANKS = re.compile(r"ack(?:nowledge?ments?|nowledge?)?")
_CITE = re.compile(
    r"(?:no|foot|paren|text|full|auto|smart|super|up|inline|online)?cite"
    r"(?:p|t|s|alp|alt|author|year|yearpar|num|title)?",
    re.IGNORECASE,
)

_LEVELS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5}
_LEVELS["subparagraph"] = 6
_REFERENCES = frozenset("ref eqref pageref autoref cref Cref vref nameref subref figref tabref".split())
_DEFINING = frozenset("newcommand renewcommand providecommand DeclareRobustCommand def gdef edef xdef".split())
_NOTES = frozenset("footnote footnotetext thanks tablefootnote".split())
# What becomes of each argument: d is dropped, k is kept, c is a caption.
_ARGUMENTS = {
    name: roles
    for roles, names in {
        "d": "vspace hspace vskip hskip includegraphics bibliography bibliographystyle pagestyle thispagestyle "
        "usepackage RequirePackage documentclass PassOptionsToPackage geometry hypersetup captionsetup ctexset color "
        "fontsize linespread graphicspath zihao pagenumbering selectlanguage hyphenation index glossary "
        "addbibresource includepdf theoremstyle lstset pgfplotsset tikzset usetikzlibrary CJKfamily bibitem cline "
        "printbibliography bibname columncolor rowcolor phantom hphantom vphantom includeonly stepcounter "
        "refstepcounter",
        "dd": "setlength addtolength setcounter addtocounter definecolor newtheorem markboth rule DeclareMathOperator "
        "pdfbookmark setCJKfamilyfont setCJKmainfont titleformat numberwithin settowidth",
        "ddd": "addcontentsline newenvironment renewenvironment titlespacing",
        "k": "emph textbf textit texttt underline textsc textsf textrm textsl textup textmd textnormal uline uwave "
        "mbox fbox makebox framebox hbox text centerline leftline rightline textsuperscript textsubscript sout hl "
        "lowercase uppercase MakeUppercase ensuremath textmath ul",
        "dk": "textcolor colorbox parbox scalebox raisebox foreignlanguage hyperref adjustbox rotatebox",
        "ddk": "fcolorbox resizebox multicolumn multirow",
        "kd": "texorpdfstring",
        "c": "caption subcaption",
        "dc": "captionof",
        "cc": "bicaption",
        "ck": "subcaptionbox",
    }.items()
    for name in names.split()
}
_SILENT = frozenset(
    "maketitle tableofcontents clearpage cleardoublepage newpage pagebreak noindent indent centering raggedright "
    "raggedleft bfseries mdseries itshape upshape slshape scshape rmfamily sffamily ttfamily normalfont tiny "
    "scriptsize footnotesize small normalsize large Large LARGE huge Huge bf it em rm sf tt sc sl songti heiti "
    "kaishu fangsong lishu youyuan hfill vfill hrulefill dotfill hline toprule midrule bottomrule appendix "
    "frontmatter mainmatter backmatter onehalfspacing doublespacing singlespacing protect relax bigskip medskip "
    "smallskip phantomsection listoffigures listoftables makeatletter makeatother begingroup endgroup bgroup egroup "
    "null leavevmode nobreak sloppy fussy footnotemark ignorespaces unskip displaystyle xspace makecover flushbottom "
    "raggedbottom selectfont".split()
)
_SYMBOLS = {
    pair.partition("=")[0]: pair.partition("=")[2]
    for pair in "LaTeX=LaTeX TeX=TeX LaTeXe=LaTeX2ε XeLaTeX=XeLaTeX XeTeX=XeTeX BibTeX=BibTeX CTeX=CTeX ldots=… "
    "dots=… textellipsis=… textbackslash=\\ textasciitilde=~ textasciicircum=^ textbar=| textless=< textgreater=> "
    "textdollar=$ textunderscore=_ textbraceleft={ textbraceright=} lbrace={ rbrace=} slash=/ ss=ß ae=æ AE=Æ oe=œ "
    "OE=Œ o=ø O=Ø aa=å AA=Å l=ł L=Ł i=ı j=ȷ dh=ð DH=Ð th=þ TH=Þ copyright=© textcopyright=© textregistered=® "
    "texttrademark=™ S=§ P=¶ pounds=£ textsterling=£ euro=€ texteuro=€ textyen=¥ dag=† ddag=‡ textdagger=† "
    "textdegree=° degree=° textmu=µ textendash=– textemdash=— textbullet=• textperiodcentered=· textquoteleft=‘ "
    "textquoteright=’ textquotedblleft=“ textquotedblright=” textquotedbl=\" textquotesingle=' lq=‘ rq=’ "
    "guillemotleft=« guillemotright=» textminus=− texttimes=× textpm=± textonehalf=½ textasteriskcentered=∗ "
    "nobreakdash=".split()
}
_SIGNS = {sign: sign for sign in "%&_#${}"} | {"|": "‖"} | dict.fromkeys("/-@!", "")
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”"}
_ACCENTS = {
    pair.partition("=")[0]: pair.partition("=")[2]
    for pair in "'=\u0301 `=\u0300 ^=\u0302 \"=\u0308 ~=\u0303 .=\u0307 u=\u0306 v=\u030c H=\u030b c=\u0327 d=\u0323 "
    "b=\u0331 r=\u030a k=\u0328".split()
} | {"=": "\u0304"}
_STARRED = ("", "*")
_MATH = frozenset(
    name + star
    for name in "equation align gather multline eqnarray math displaymath alignat flalign dmath split".split()
    for star in _STARRED
)
_RAW = frozenset("verbatim verbatim* Verbatim lstlisting minted comment filecontents filecontents* alltt".split())
_OMITTED = frozenset(
    name + star
    for name in "figure table tabular tabularx tabulary longtable tabu xltabular supertabular threeparttable "
    "wrapfigure wraptable sidewaysfigure sidewaystable subfigure subtable tikzpicture tikzcd pgfpicture picture "
    "forest circuitikz axis algorithm algorithmic algorithm2e".split()
    for star in _STARRED
)
# Environments whose content is prose, with what becomes of their arguments.
_PROSE = dict.fromkeys(
    "document itemize enumerate description quote center quotation flushleft flushright verse titlepage theorem "
    "lemma proof definition remark corollary proposition example subequations appendices compactitem sloppypar".split(),
    "",
) | {"minipage": "d", "multicols": "d", "spacing": "d", "thebibliography": "d", "CJK": "dd", "CJK*": "dd"}

_CJK = re.compile(
    "[\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U000323af]"
)
_NEUTRAL = "“”‘’—…·"  # full-width or not, as the other side is
_CLOSING = " \t\n~.,;:!?)]}'%"


class _Frame(NamedTuple):
    """An open group, what its end does, and what becomes of the arguments that follow."""

    close: int
    role: str
    then: str = ""
    url: str = ""
    begin: int = 0
    block: "_Block | None" = None


class _Block:
    """One paragraph to be: its pieces with their offsets in the source, its links, and the blank that is due."""

    __slots__ = ("begin", "due", "due_at", "kind", "links", "pieces", "prefix")

    def __init__(self, kind: str = "paragraph", prefix: str = "", begin: int = 0) -> None:
        self.kind, self.prefix, self.begin = kind, prefix, begin
        self.pieces: list[tuple[str, int]] = []
        self.links: list[tuple[int, int, str]] = []  # first piece, piece behind the last, address
        self.due, self.due_at = "", 0

    def blank(self, offset: int, due: str = " ") -> None:
        """A blank stands here; a line end ("\\n") is none between two Chinese characters."""
        if self.due != " ":
            self.due, self.due_at = due, offset

    def write(self, text: str, offset: int) -> None:
        """Append text, after the blank that is due."""
        if not self.pieces:
            self.pieces.append((text, offset))
        else:
            last, at = self.pieces[-1]
            if self.due == " " or (self.due and not _joins(last[-1], text[0])):
                self.pieces += [(" ", self.due_at), (text, offset)]
            elif unicodedata.combining(text[0]) or not unicodedata.is_normalized("NFC", last[-1] + text[0]):
                self.pieces[-1] = (last + text, at)  # else the page would not be NFC
            else:
                self.pieces.append((text, offset))
        self.due = ""


def _joins(left: str, right: str) -> bool:
    """Whether a line end between these characters is no blank."""
    cjk = bool(_CJK.match(left)), bool(_CJK.match(right))
    return all(cjk) or (any(cjk) and (left in _NEUTRAL or right in _NEUTRAL))


def read_latex(text: str, source: str) -> Page:
    """The prose of a LaTeX document or fragment; notes say with counts what was left out or not understood.

    Metadata (`\\title`, `\\ctitle`, `\\ekeywords`, `keywords = {…}` in a `…setup`) gives lines like "ctitle: …", an
    abstract's environment a heading with its name, a footnote or caption a paragraph after the one it stands in. Math
    stays as its source. Single quotes stay as typed. A place is a line and column, both from 1, of `text`. Nothing is
    refused: braces and environments without a partner are noted with the line, and their text kept.

    >>> read_latex("\\\\section{海獭}\\n它们用\\\\emph{石头}~\\\\cite{lin}敲\\n贝壳。% why?", "a.tex").text
    '## 海獭\\n\\n它们用石头敲贝壳。\\n'
    """
    del source  # the other readers name it in their errors; this one has none
    return _Reader(text.replace("\r\n", "\n").replace("\r", "\n")).read()


class _Reader:
    """One pass over one source."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]  # where each line begins
        self.partners: dict[int, int] = {}  # opening brace -> closing brace, \\begin -> \\end
        self.after: dict[int, int] = {}  # \\end that has a \\begin -> what follows it
        self.document = -1  # where the body begins
        self.writer = PageWriter()
        self.blocks = [_Block()]  # the paragraph, and above it headings, footnotes … that are being read
        self.later: list[_Block] = []  # footnotes and captions that wait for the end of the paragraph
        self.frames: list[_Frame] = []
        self.views: list[tuple[int, bool]] = []  # up to where is what follows left out, but for captions and metadata?
        self.omitted = False
        self.emitted = ""  # kind of the last block written
        self.defined: dict[str, tuple[str, bool]] = {}
        self.counts: Counter[str] = Counter()
        self.named: dict[str, Counter[str]] = {}
        self.first: dict[str, int] = {}  # offset of the first of each fault
        self.found: dict[str, int] = {}  # where each closing sign was last found
        self.tail = 0  # characters after \\end{document}

    def read(self) -> Page:
        """The page."""
        self._match()
        if self.document >= 0:
            self.views.append((self.document, True))
        pos, fresh = 0, False
        while pos < len(self.text):
            while self.views and self.views[-1][0] <= pos:
                self.views.pop()
            self.omitted = bool(self.views) and self.views[-1][1]
            if self.frames and self.frames[-1].close <= pos:
                frame = self.frames.pop()
                pos = self._close(frame, pos + 1 if frame.close == pos else pos)
                continue
            match = _TOKEN.match(self.text, pos)
            if match is None:  # cannot be: the last alternative takes anything
                break
            start, pos = pos, match.end()
            group, token = match.lastgroup, match[0]
            if group == "comment":
                self.counts["comment"] += 1
                fresh = token.rstrip(" \t").endswith("\n")
                continue
            if group == "blank":
                lines = token.count("\n")
                if lines > 1 or (lines and fresh):
                    self._end_paragraph(start)
                else:
                    self.blocks[-1].blank(start, "\n" if lines else " ")
            elif group == "text":
                if token[0] == " ":
                    self.blocks[-1].blank(start)
                    start, token = start + 1, token[1:]
                self._write(token, start)
            elif group == "environment":
                pos = self._environment(start, pos, token)
            elif match["word"]:
                pos = self._macro(match["word"], match["star"] or "", start, match.end())
            elif group == "sign":
                pos = self._sign(token[1], start, pos)
            else:
                pos = self._other(token, start, pos)
            fresh = False
        while self.frames:  # a paragraph or file end inside verbatim text may hide a brace
            self._close(self.frames.pop(), len(self.text))
        self.omitted = False
        self._end_paragraph(len(self.text))
        self.writer.end_line()
        return self.writer.page(*self._notes())

    def _match(self) -> None:
        """Find the partner of every brace and environment."""
        braces: list[int] = []
        begins: dict[str, list[int]] = {}
        pos = 0
        while match := _STRUCTURE.search(self.text, pos):
            at, name, pos = match.start(), match[2], match.end()
            if match[1] == "begin" and name in _RAW and (end := self._find(f"\\end{{{name}}}", pos)) >= 0:
                self.partners[at], pos = end, end + len(f"\\end{{{name}}}")
                self.after[end] = pos
            elif match[1] == "begin":
                begins.setdefault(name, []).append(at)
                if name == "document" and self.document < 0:
                    self.document = at
            elif match[1] == "end":
                if begins.get(name):
                    self.partners[begins[name].pop()] = at
                    self.after[at] = match.end()
                else:
                    self._fault("\\end", at)
            elif match[3]:  # an address, in which "%" begins no comment
                self.partners[match.start(3)] = match.end() - 1
            elif match[0] == "{":
                braces.append(at)
            elif match[0] == "}":
                if braces:
                    self.partners[braces.pop()] = at
                else:
                    self._fault("closing brace", at)
        for at in braces:
            self._fault("opening brace", at)
        for at in sorted(at for left in begins.values() for at in left):
            self._fault("\\begin", at)

    def _fault(self, what: str, offset: int) -> None:
        self.counts[f"{what} without a partner"] += 1
        self.first.setdefault(f"{what} without a partner", bisect_right(self.lines, offset))

    # What is written, and when

    def _write(self, text: str, offset: int) -> None:
        if text and not self.omitted:
            self.blocks[-1].write(text, offset)

    def _end_paragraph(self, offset: int) -> None:
        """End the paragraph; inside a heading, footnote or caption it is only a blank."""
        if len(self.blocks) > 1:
            self.blocks[-1].blank(offset, "\n")
        elif not self.omitted:
            block, self.blocks[0] = self.blocks[0], _Block()
            self._emit(block)

    def _emit(self, block: _Block) -> None:
        waiting, self.later = [block, *self.later], []
        for each in waiting:
            if not each.pieces:
                continue
            if each.kind in ("item", "metadata") and each.kind == self.emitted:
                self.writer.end_line()
            else:
                self.writer.blank_line()
            self.emitted = each.kind
            self.writer.write(each.prefix, *self._place(each.begin))
            starts: list[int] = []
            for text, offset in each.pieces:
                starts.append(self.writer.length)
                self.writer.write(text, *self._place(offset))
                for begin, end, url in each.links:
                    if end == len(starts):
                        self.writer.link(starts[begin], url)

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.lines, offset)
        return line, offset - self.lines[line - 1] + 1

    # Groups and arguments

    def _open(self, frame: _Frame, block: _Block | None = None) -> None:
        """Begin a group whose end is known, with a block of its own where one is given."""
        if block:
            self.views.append((frame.close, False))
            self.blocks.append(block)
        self.frames.append(frame)

    def _close(self, frame: _Frame, pos: int) -> int:
        """Do what the end of a group does; gives where to read on."""
        block = self.blocks[-1]
        if frame.role == "link":
            begin = frame.begin if frame.block is block else 0  # else a paragraph ended inside
            if begin < len(block.pieces) and block.pieces[begin][0] == " ":
                begin += 1
            if begin < len(block.pieces):
                block.links.append((begin, len(block.pieces), frame.url))
        elif frame.role == "block":
            self.blocks.pop()
            inside = len(self.blocks) > 1 or self.blocks[0].pieces
            if inside or block.kind in ("note", "caption"):
                self.later.append(block)
            else:
                self._emit(block)
        elif frame.role == "abstract":
            self.omitted = False  # it is shown to its end, wherever it stands
            self._end_paragraph(pos)
        elif frame.role == "item":
            block.blank(frame.close)
        elif frame.role == "quote":
            self._write("”", frame.close)
        elif frame.role == "unknown" and self.text.startswith("{", pos) and pos in self.partners:
            block.blank(pos, "\n")
            self._open(frame._replace(close=self.partners[pos]))
            return pos + 1
        return self._arguments(frame.then, pos) if frame.then else pos

    def _arguments(self, roles: str, pos: int) -> int:
        """Take the arguments at `pos` by their roles, up to the first that is read as text; gives where to read on."""
        while roles:
            skipped = _SKIP.match(self.text, pos)
            at = skipped.end() if skipped else pos
            if option := _OPTION.match(self.text, at):
                pos = option.end()
                continue
            if not self.text.startswith("{", at) or at not in self.partners:
                break
            close, role, roles = self.partners[at], roles[0], roles[1:]
            if role == "d":
                pos = close + 1
                continue
            if role == "c":
                self._open(_Frame(close, "block", roles), _Block("caption", begin=at))
            else:
                self._open(_Frame(close, "kept", roles))
            return at + 1
        return pos

    def _argument(self, pos: int) -> tuple[int, int] | None:
        """Begin and end of the argument in braces that comes next, past options."""
        skipped = _SKIP.match(self.text, pos)
        at = skipped.end() if skipped else pos
        if option := _OPTION.match(self.text, at):
            at = option.end()
        return (at, self.partners[at]) if self.text.startswith("{", at) and at in self.partners else None

    # Environments, macros and signs: each gives where to read on

    def _environment(self, start: int, pos: int, token: str) -> int:
        name = token[token.index("{") + 1 : -1]
        if token.startswith("\\end"):
            if name == "document" and start in self.after:
                self.tail = len(self.text[pos:].strip())
                return len(self.text)
            if start in self.after and name not in _OMITTED:
                self._end_paragraph(start)
            return pos
        end = self.partners.get(start)
        if name == "document":
            return pos
        if end is not None and name in _MATH:
            return self._math(start, self.after[end])
        if end is not None and name in _RAW | _OMITTED:
            if not self.omitted:
                self._name("omitted", name)
            if name in _OMITTED:
                self.views.append((end, True))
                return pos
            self._end_paragraph(start)
            return self.after[end]
        if _ABSTRACT.fullmatch(name.rstrip("*")) or _THANKS.fullmatch(name):
            self._end_paragraph(start)
            if end is not None:
                self.views.append((end, False))
            self._heading(name, start)
            return pos
        self._end_paragraph(start)
        if option := _ENVIRONMENT_OPTION.match(self.text, pos):
            pos = option.end()
        if name not in _PROSE and name not in _RAW | _OMITTED | _MATH and not self.omitted:
            self._name("environment", name)
        return self._arguments(_PROSE.get(name, ""), pos)

    def _heading(self, name: str, offset: int) -> None:
        block = _Block("heading", "## ", offset)
        block.write(name, offset)
        if len(self.blocks) == 1:
            self._emit(block)
        else:
            self.later.append(block)

    def _macro(self, name: str, star: str, start: int, pos: int) -> int:
        skipped = _SKIP.match(self.text, pos)
        after = skipped.end() if skipped else pos
        if name in _DEFINING:
            return self._define(pos)
        if name in ("verb", "lstinline") and not self.text.startswith(("{", "["), pos):
            return self._verbatim(pos)
        if name == "item":
            return self._item(start, after)
        if name in ("par", "newline", "linebreak"):
            self._end_paragraph(start)
            return after
        if name == "and":
            self.blocks[-1].due = ""
            self._write(",", start)
            self.blocks[-1].blank(start)
            return after
        if name in ("quad", "qquad", "enspace", "thinspace", "space"):
            self.blocks[-1].blank(start)
            return after
        for what, names in (("citation", None), ("reference", _REFERENCES), ("label", ("label",))):
            if name in names if names else _CITE.fullmatch(name):
                return self._left_out(what, pos)
        if name in _ARGUMENTS:
            return self._arguments(_ARGUMENTS[name], pos)
        if name in _SILENT:
            return after
        if name in _SYMBOLS:
            self._write(_SYMBOLS[name], start)
            return after
        if name in _ACCENTS and (end := self._accent(name, start, pos)):
            return end
        argument = self._argument(pos)
        if argument and (end := self._with_argument(name, star, start, *argument)):
            return end
        if name in self.defined:
            return self._expand(name, start, after)
        return self._unknown(name, pos, after)

    def _with_argument(self, name: str, star: str, start: int, at: int, close: int) -> int:
        """What a macro does with its first argument, from `at` to `close`; gives 0 where it is not known."""
        if name in _LEVELS and not self.omitted:
            self._end_paragraph(start)
            self._open(_Frame(close, "block"), _Block("heading", "#" * _LEVELS[name] + " ", start))
        elif _METADATA.fullmatch(name):
            self._end_paragraph(start)
            self._open(_Frame(close, "block"), _Block("metadata", f"{name}{star}: ", start))
        elif _ABSTRACT.fullmatch(name):
            self._end_paragraph(start)
            self._heading(name, start)
            self.views.append((close, False))
            self._open(_Frame(close, "abstract"))
        elif name in _NOTES:
            self.counts["footnote"] += 1
            self._open(_Frame(close, "block"), _Block("note", begin=start))
        elif name in ("url", "path", "nolinkurl", "href"):
            return self._address(name, at, close)
        elif name in ("input", "include", "subfile"):
            self._name("file", self.text[at + 1 : close].strip())
            return close + 1
        elif name == "enquote":
            self._write("“", start)
            self._open(_Frame(close, "quote"))
        elif name.endswith(("setup", "info", "set")) and _KEYS.match(self.text, at + 1):
            self._end_paragraph(start)
            self._settings(close)
        else:
            return 0
        return at + 1

    def _settings(self, close: int) -> None:
        if not self.omitted:
            self.counts["setting"] += 1
        self.views.append((close, True))
        self._open(_Frame(close, "settings"))

    def _address(self, name: str, at: int, close: int) -> int:
        url = _UNESCAPED.sub(r"\1", "".join(self.text[at + 1 : close].split()))
        block = self.blocks[-1]
        shown = url if url.startswith(("http://", "https://")) else ""
        begin = len(block.pieces)
        if name != "href":
            self._write(url, at + 1)
            if shown and not self.omitted and name == "url":
                block.links.append((len(block.pieces) - 1, len(block.pieces), shown))
            return close + 1
        text = self._argument(close + 1)
        if not text:
            return close + 1
        self._open(_Frame(text[1], "link" if shown else "kept", "", shown, begin, block))
        return text[0] + 1

    def _left_out(self, what: str, pos: int) -> int:
        """Leave out a citation, reference or label, and the blank before it if another or a sign follows."""
        pos = self._arguments("d", pos)
        if not self.omitted:
            self.counts[what] += 1
            following = self.text[pos : pos + 1]
            if not following or following in _CLOSING or _CJK.match(following):
                self.blocks[-1].due = ""
        return pos

    def _item(self, start: int, pos: int) -> int:
        self._end_paragraph(start)
        if len(self.blocks) == 1 and not self.omitted:
            self.blocks[0] = _Block("item", "- ", start)
        if option := _OPTION.match(self.text, pos):
            self._open(_Frame(option.end() - 1, "item"))
            return pos + 1
        return pos

    def _define(self, pos: int) -> int:
        """Leave out a definition; one of plain text without parameters is remembered."""
        match = _DEFINED.match(self.text, pos)
        if not match or match.end() not in self.partners:
            return self._arguments("dd", pos)
        close = self.partners[match.end()]
        body = _PLAIN_BODY.match(self.text, match.end() + 1)
        if body and body.end() == close + 1 and not match[3].strip():
            self.defined[match[1] or match[2]] = body[1], bool(body[2])
        return close + 1

    def _expand(self, name: str, start: int, after: int) -> int:
        text, xspace = self.defined[name]
        if not self.omitted:
            self._name("defined", name)
        body = text.strip(" \t")
        if text[0] in " \t":
            self.blocks[-1].blank(start)
        self._write(body, start)
        if (xspace and self.text[after : after + 1].isalnum()) or (len(text) > 1 and text[-1] in " \t"):
            self.blocks[-1].blank(start)
        return after

    def _verbatim(self, pos: int) -> int:
        sign = self.text[pos : pos + 1]
        end = self.text.find(sign, pos + 1, pos + 500) if sign.strip() else -1
        if end < 0 or "\n" in self.text[pos:end]:
            return self._unknown("verb", pos, pos)
        self._write(self.text[pos + 1 : end], pos + 1)
        return end + 1

    def _unknown(self, name: str, pos: int, after: int) -> int:
        if not self.omitted:
            self._name("macro", name)
        option = _OPTION.match(self.text, pos)
        if option and self.text.startswith("{", option.end()):
            after = option.end()
            self.counts["option"] += int(not self.omitted)
        if self.text.startswith("{", after) and after in self.partners:
            self._open(_Frame(self.partners[after], "unknown"))
            return after + 1
        return after

    def _sign(self, sign: str, start: int, pos: int) -> int:
        if sign in _SIGNS:
            self._write(_SIGNS[sign], start)
        elif sign in " ,;:>\n\t":
            self.blocks[-1].blank(start)
        elif sign == "\\":
            pos += int(self.text.startswith("*", pos))
            self._end_paragraph(start)
            if option := _OPTION.match(self.text, pos):
                pos = option.end()
        elif sign in "([":
            end = self._find("\\)" if sign == "(" else "\\]", pos)
            if end >= 0 and not 0 <= self._find("\n\n", pos) < end:
                return self._math(start, end + 2)
            self._fault(f"\\{sign}", start)
        elif sign in _ACCENTS and (end := self._accent(sign, start, pos)):
            return end
        elif sign in "'`^\"~":
            self._write(sign, start)
        else:
            return self._unknown(sign, pos, pos)
        return pos

    def _accent(self, accent: str, start: int, pos: int) -> int:
        """Write an accented letter; gives 0 where no letter follows."""
        match = _ACCENTED.match(self.text, pos)
        if not match:
            return 0
        letter = match[1] or match[2] or match[4] or match[5]
        self._write(unicodedata.normalize("NFC", letter + _ACCENTS[accent]), start)
        brace = self.text.find("{", pos, match.end())
        if brace in self.partners and not match[3]:
            self._open(_Frame(self.partners[brace], "group"))  # more than one letter: the accent is on the first
        return match.end()

    def _other(self, token: str, start: int, pos: int) -> int:
        if token in _LIGATURES:
            self._write(_LIGATURES[token], start)
        elif token == "~":
            self.blocks[-1].blank(start)
        elif token == "$":
            if match := _DOLLARS.match(self.text, start):
                return self._math(start, match.end())
            if not self.omitted:
                self._fault("$", start)
                self._write("$", start)
        elif token == "{" and start in self.partners:
            close = self.partners[start]
            if not self.frames or self.frames[-1].role != "settings":
                self._open(_Frame(close, "group"))
                return pos
            key = _KEY.search(self.text, max(0, start - 100), start)
            if key and _METADATA.fullmatch(key[1]):
                self._open(_Frame(close, "block"), _Block("metadata", f"{key[1]}: ", key.start()))
            elif key and _KEYS.match(self.text, pos):
                self._settings(close)
            else:
                return close + 1
        elif token not in "{}":
            self._write(token, start)
        return pos

    def _math(self, start: int, end: int) -> int:
        """Write a formula as its source, on one line."""
        self._write(_IN_MATH.sub(_on_one_line, self.text[start:end]), start)
        return end

    def _find(self, sign: str, pos: int) -> int:
        """Where `sign` comes next, -1 if nowhere; what was found is kept, so that asking again costs nothing."""
        if self.found.get(sign, -2) != -1 and self.found.get(sign, -2) < pos:
            self.found[sign] = self.text.find(sign, pos)
        return self.found[sign]

    # Notes

    def _name(self, what: str, name: str) -> None:
        self.named.setdefault(what, Counter())[name] += 1

    def _notes(self) -> list[str]:
        notes: list[str] = []
        if self.document >= 0:
            notes.append(f"of the preamble (lines 1 to {self._place(self.document)[0]}) only the metadata was read")
        if self.tail:
            notes.append(f"{self.tail} characters after \\end{{document}} were left out")
        kinds = ("comment", "citation", "reference", "label", "option", "setting")
        if left_out := ", ".join(_counted(self.counts[kind], kind) for kind in kinds if self.counts[kind]):
            notes.append(f"left out: {left_out}")
        if n := self.counts["footnote"]:
            notes.append(f"{_counted(n, 'footnote')} moved below the paragraph")
        for what, said in _SAID.items():
            if what in self.named:
                notes.append(f"{said}: {_listed(self.named[what])}")
        notes += [
            f"{_counted(self.counts[fault], fault)}, the first in line {line}" for fault, line in self.first.items()
        ]
        return notes


_SAID = {
    "omitted": "left out but for their captions",
    "environment": "environments not known, whose text was kept",
    "macro": "macros not known, of which only the text of their arguments was kept",
    "defined": "macros of the document's own, replaced by their text",
    "file": "files that were named but not read",
}


def _on_one_line(match: re.Match[str]) -> str:
    """A comment in a formula is nothing, a line end a blank, anything else itself."""
    if match[0].startswith("%"):
        return ""
    return " " if "\n" in match[0] else match[0]


def _counted(n: int, what: str) -> str:
    """A count with its noun: "2 closing braces without a partner"."""
    noun, _, rest = what.partition(" without")
    plural = noun if n == 1 or noun[0] in "\\$" else f"{noun}s"
    return f"{n} {plural}{' without' + rest if rest else ''}"


def _listed(names: Counter[str]) -> str:
    """The names with their counts, the most frequent first."""
    order = sorted(names.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{name[:60]} ({n})" for name, n in order[:20])
    return f"{shown} and {len(order) - 20} others" if len(order) > 20 else shown
