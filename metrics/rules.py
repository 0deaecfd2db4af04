"""The rules of the audit: a stable code, a slug, and what a translator needs to know of each."""

from dataclasses import dataclass

from .findings import Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `mqm` and `its` name it in the two standards that translation tools read.

    `its` is a value of ITS 2.0 locQualityIssueType, `mqm` a path in the MQM error typology.
    """

    code: str
    slug: str
    severity: Severity  # the usual one; a finding may be milder
    what: str
    why: str
    example: str
    fix: str
    mqm: str
    its: str


_ALL = (
    Rule(
        "T001", "term-absent", "warning",
        "A term of the termbase stands in the English, and none of its approved renderings in the Chinese.",
        "Readers look a term up by its accepted name; another name is another concept.",
        "stationary point → 静止点 (the field writes 驻点)",
        "Use the preferred rendering, or admit the other one in your termbase.",
        "terminology/inconsistent-with-termbase", "terminology",
    ),
    Rule(
        "T002", "term-forbidden", "error",
        "A rendering that the termbase forbids for this term.",
        "It is usually the everyday sense of a word that means something else in this field.",
        "Transformer → 变压器 (the electrical device)",
        "Use the preferred rendering.",
        "terminology/wrong-term", "terminology",
    ),
    Rule(
        "T003", "term-inconsistent", "warning",
        "One English term has several Chinese renderings in one document, or across the corpus.",
        "The reader takes two names for two things.",
        "in-context learning → 上下文学习 in one sentence, 语境学习 in the next",
        "Choose one; the finding names the more frequent.",
        "terminology/inconsistent-use", "inconsistency",
    ),
    Rule(
        "T004", "wrong-sense", "warning",
        "A term that the field uses often is rendered by words that the field never uses for it.",
        "It is usually the everyday sense of the word, or a literal rendering.",
        "manifold → 歧管 (0 of 62,953 papers; the field writes 流形)",
        "Use the rendering the finding names, or admit this one in your termbase.",
        "terminology/wrong-term", "terminology",
    ),
    Rule(
        "T005", "acronym-misread", "error",
        "An acronym that the text explains is expanded into something else, at two places or more.",
        "The translator, or the machine, guessed at the letters.",
        "acquisition function (AF) … the AF → 自动增益",
        "Keep the acronym, or write the expansion that was explained.",
        "terminology/wrong-term", "terminology",
    ),
    Rule(
        "N003", "name-translated", "error",
        "The proper name of a system, model or data set was translated.",
        "It can no longer be searched for or cited.",
        "GloVe → 手套",
        "Keep the name as written.",
        "accuracy/mistranslation/entity", "mistranslation",
    ),
    Rule(
        "Q001", "number-missing", "warning",
        "A number of one side is absent from the other, or differs.",
        "A figure is the claim of the sentence.",
        "33.0% to 42.3% → 从33.0%提高到43.2%",
        "Restore the number.",
        "accuracy/mistranslation/number", "numbers",
    ),
    Rule(
        "Q002", "number-magnitude", "error",
        "The digits agree, the order of magnitude does not.",
        "万 and 亿 count in other steps than thousand and million.",
        "42.70M → 427万",
        "Recount the zeros.",
        "accuracy/mistranslation/number", "numbers",
    ),
    Rule(
        "C001", "sentence-omitted", "warning",
        "An English sentence has no Chinese counterpart.",
        "The reader of the Chinese does not learn what it says.",
        "Code is available at … → (nothing)",
        "Translate the sentence, or mark the record as a summary.",
        "accuracy/omission", "omission",
    ),
    Rule(
        "C002", "sentence-added", "warning",
        "A Chinese sentence has no English counterpart.",
        "The Chinese says more than its source.",
        "(nothing) → 该方法还快了十倍。",
        "Delete the sentence, or mark it as the translator's.",
        "accuracy/addition", "addition",
    ),
    Rule(
        "C003", "untranslated", "error",
        "English text stands where its Chinese translation should.",
        "The sentence was not translated.",
        "We propose … → We propose …",
        "Translate it.",
        "accuracy/untranslated", "untranslated",
    ),
    Rule(
        "C004", "source-word-left", "warning",
        "An ordinary English word was left standing in the Chinese.",
        "It is no name or symbol, and the field has a Chinese word for it.",
        "the frozen victim model → 冻结的victim模型",
        "Translate the word.",
        "accuracy/untranslated", "untranslated",
    ),
    Rule(
        "C005", "not-a-translation", "note",
        "The Chinese is key points, a summary or commentary, not a translation of the abstract.",
        "Rules on omission and numbers would cry wolf here; they stay silent, and this says so once.",
        "要点: 1. … 2. …",
        "Nothing, if a summary was wanted.",
        "other", "other",
    ),
    Rule(
        "F001", "doubled", "warning",
        "A word or character is doubled by mistake.",
        "It is a slip of the keyboard or of the machine.",
        "表表示学习",
        "Delete one.",
        "fluency/grammar", "duplication",
    ),
    Rule(
        "F002", "quotes", "note",
        "Quotation marks or brackets are unbalanced or the wrong way round.",
        "The reader can not see where the quotation begins.",
        "”机器之爱”",
        "Use “ to open and ” to close.",
        "fluency/punctuation", "typographical",
    ),
    Rule(
        "F003", "link-broken", "warning",
        "A link was lost or can not be followed as written.",
        "Blanks or a cut inside an address break it.",
        "https://example . org",
        "Restore the address.",
        "design/link", "formatting",
    ),
    Rule(
        "F005", "glued-words", "note",
        "Words of the English source are glued together.",
        "It comes from line ends lost in copying; search and term checks miss the words.",
        "an importantgoal",
        "Put the blank back.",
        "fluency/spelling", "whitespace",
    ),
    Rule(
        "F006", "hidden-character", "warning",
        "A character that nobody sees stands inside a text, or U+FFFD where one was lost.",
        "It turns the direction of writing, breaks other programs, or hides a word from search and term checks.",
        "水<U+202E>獭",
        "Delete it; for U+FFFD look the character up in the original.",
        "design/markup", "characters",
    ),
)  # fmt: skip

RULES: dict[str, Rule] = {rule.code: rule for rule in _ALL}
