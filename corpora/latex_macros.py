"""The macros and environments of LaTeX by name: what becomes of them and of their arguments."""

import re

_SIDE = "(?:c|e|ch|en|cn|zh|eng|chinese|english|chi)?"
METADATA = re.compile(rf"{_SIDE}(?:sub)?(?:title|authors?|keywords?){_SIDE}\*?", re.IGNORECASE)
ABSTRACT = re.compile(r"[a-z]{0,20}abstract[a-z]{0,20}|[a-z]{0,3}zhaiyao|[a-z]{0,8}keywords?[a-z]{0,8}", re.IGNORECASE)
THANKS = re.compile(r"ack(?:nowledge?ments?|nowledge?)?")
CITE = re.compile(
    r"(?:no|foot|paren|text|full|auto|smart|super|up|inline|online)?cite"
    r"(?:p|t|s|alp|alt|author|year|yearpar|num|title)?",
    re.IGNORECASE,
)

LEVELS = {"part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5}
LEVELS["subparagraph"] = 6
REFERENCES = frozenset("ref eqref pageref autoref cref Cref vref nameref subref figref tabref".split())
DEFINING = frozenset("newcommand renewcommand providecommand DeclareRobustCommand def gdef edef xdef".split())
NOTES = frozenset("footnote footnotetext thanks tablefootnote".split())
# What becomes of each argument: d is dropped, k is kept, c is a caption.
ARGUMENTS = {
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
SILENT = frozenset(
    "maketitle tableofcontents clearpage cleardoublepage newpage pagebreak noindent indent centering raggedright "
    "raggedleft bfseries mdseries itshape upshape slshape scshape rmfamily sffamily ttfamily normalfont tiny "
    "scriptsize footnotesize small normalsize large Large LARGE huge Huge bf it em rm sf tt sc sl songti heiti "
    "kaishu fangsong lishu youyuan hfill vfill hrulefill dotfill hline toprule midrule bottomrule appendix "
    "frontmatter mainmatter backmatter onehalfspacing doublespacing singlespacing protect relax bigskip medskip "
    "smallskip phantomsection listoffigures listoftables makeatletter makeatother begingroup endgroup bgroup egroup "
    "null leavevmode nobreak sloppy fussy footnotemark ignorespaces unskip displaystyle xspace makecover flushbottom "
    "raggedbottom selectfont".split()
)
SYMBOLS = {
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
SIGNS = {sign: sign for sign in "%&_#${}"} | {"|": "‖"} | dict.fromkeys("/-@!", "")
LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”"}
ACCENTS = {
    pair.partition("=")[0]: pair.partition("=")[2]
    for pair in "'=\u0301 `=\u0300 ^=\u0302 \"=\u0308 ~=\u0303 .=\u0307 u=\u0306 v=\u030c H=\u030b c=\u0327 d=\u0323 "
    "b=\u0331 r=\u030a k=\u0328".split()
} | {"=": "\u0304"}
_STARRED = ("", "*")
MATH = frozenset(
    name + star
    for name in "equation align gather multline eqnarray math displaymath alignat flalign dmath split".split()
    for star in _STARRED
)
RAW = frozenset("verbatim verbatim* Verbatim lstlisting minted comment filecontents filecontents* alltt".split())
OMITTED = frozenset(
    name + star
    for name in "figure table tabular tabularx tabulary longtable tabu xltabular supertabular threeparttable "
    "wrapfigure wraptable sidewaysfigure sidewaystable subfigure subtable tikzpicture tikzcd pgfpicture picture "
    "forest circuitikz axis algorithm algorithmic algorithm2e".split()
    for star in _STARRED
)
# Environments whose content is prose, with what becomes of their arguments.
PROSE = dict.fromkeys(
    "document itemize enumerate description quote center quotation flushleft flushright verse titlepage theorem "
    "lemma proof definition remark corollary proposition example subequations appendices compactitem sloppypar".split(),
    "",
) | {"minipage": "d", "multicols": "d", "spacing": "d", "thebibliography": "d", "CJK": "dd", "CJK*": "dd"}
