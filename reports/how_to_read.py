"""The first sheet of the workbook: what it holds, what to do with it, and which command comes next."""

from ..metrics.messages import Language

_EN = (
    ("#", "How to read this workbook"),
    ("", "It lists what duizhao found in {read}. Decide in it, save it, and give it back: what you decide is what the "
     "next audit goes by."),
    ("#", "What to do"),
    ("1", "Filter. Each sheet has a filter in its first row. Begin with the section mismatch of the sheet Terms, then "
     "inconsistent; new can wait."),
    ("2", "Decide. Choose accept, reject or later in the column decision. A row without a decision stays open. Write "
     "the reason beside it: it is kept."),
    ("3", "Save the workbook as .xlsx, then run:"),
    (">", "duizhao review {name}"),
    ("4", "Run the audit again, with the termbase and the ignore file that review wrote. It shows what is left."),
    ("#", "What a decision means"),
    ("", "Terms, accept: this rendering is right for the term. It goes into your termbase."),
    ("", "Terms, reject: this rendering is wrong for the term. It goes into your termbase as forbidden."),
    ("", "Findings, accept: true, to be mended in the translation."),
    ("", "Findings, reject: a false alarm, let it stand. It is not shown again."),
    ("", "later: not decided yet."),
    ("#", "What the columns of Terms say"),
    ("", "section: mismatch: a finding says that a rendering is wrong. inconsistent: several renderings, none of them "
     "said to be wrong. new: one rendering of a term that no termbase has. consistent: one rendering of a term that "
     "the termbase has, or several that it approves."),
    ("", "wanted: what the termbase or the field wants; empty where neither knows the term."),
    ("", "count, share, records: how often this rendering stands, what part that is of all of the term's, and in how "
     "many records."),
    ("", "where: file:line of the first {places}. example: one sentence pair, the words in red."),
    ("", "Rows may be sorted, filtered and left out, columns moved. The hidden last column tells review which row is "
     "which: please keep it."),
)  # fmt: skip
_ZH = (
    ("#", "怎样读这个工作簿"),
    ("", "这里列出 duizhao 在{read}中查到的内容。请在表中作出决定，存盘，再交回来：下一次检查就以您的决定为准。"),
    ("#", "怎样做"),
    ("1", "筛选。每张表的第一行都有筛选按钮。请先看 Terms 表的 mismatch 一节，再看 inconsistent；new 可以稍后再看。"),
    ("2", "决定。在 decision 一列选择 accept（接受）、reject（拒绝）或 later（稍后）。不选就是未定。理由写在 "
     "comment 一列，会保留下来。"),
    ("3", "存为 .xlsx，然后运行："),
    (">", "duizhao review {name}"),
    ("4", "再运行一次检查，带上 review 写出的术语库和忽略文件，就只剩还没解决的问题。"),
    ("#", "决定的含义"),
    ("", "Terms 表，accept：这个译法是对的，写入您的术语库。"),
    ("", "Terms 表，reject：这个译法是错的，作为禁用译法写入您的术语库。"),
    ("", "Findings 表，accept：属实，译文要改。"),
    ("", "Findings 表，reject：误报，保留原样，以后不再显示。"),
    ("", "later：还没有决定。"),
    ("#", "Terms 表各列"),
    ("", "section（分节）：mismatch 有译法被判为错误；inconsistent 有几种译法，但没有一种被判为错误；new "
     "只有一种译法，术语库里还没有；consistent 与术语库一致。"),
    ("", "wanted（应为）：术语库或本领域的译法；都没有就空着。"),
    ("", "count、share、records：这个译法出现的次数、占该术语的比例、出现在多少条记录里。"),
    ("", "where：前 {places} 处的“文件:行号”。example：一对例句，相关词语标红。"),
    ("", "可以排序、筛选、删行、移动列。最后一列是隐藏的，review 靠它认出每一行，请保留。"),
)  # fmt: skip
_CUT = {
    "en": "{n} texts were longer than a cell can be: they end in …[+n], n characters are left out. glossary.jsonl and "
    "findings.jsonl hold all.",
    "zh": "有 {n} 段文字超出单元格的上限：以 …[+n] 结尾，表示省去 n 个字符。全文见 glossary.jsonl 和 findings.jsonl。",
}
_MILDER = {
    "en": "The sheet Findings has the {shown} worst findings; {left} milder ones are not in it. findings.jsonl and "
    "report.html have all.",
    "zh": "Findings 表列出最严重的 {shown} 条问题，另有较轻的 {left} 条未列入；全部见 findings.jsonl 和 report.html。",
}


def how_to_read(
    lang: Language, name: str, read: str, places: int, cut: int, findings: tuple[int, int] = (0, 0)
) -> list[tuple[str, str]]:
    """The lines of the sheet, each with its mark: "#" a heading, ">" a command, a number a step, "" a paragraph.

    `cut` counts texts that did not fit a cell, `findings` those in the sheet and those left out of it.

    >>> how_to_read("en", "glossary.xlsx", "2 records", 5, 0)[6]
    ('>', 'duizhao review glossary.xlsx')
    """
    lines = [(mark, text.format(name=name, read=read, places=places)) for mark, text in (_ZH if lang == "zh" else _EN)]
    shown, left = findings
    if left:
        lines.append(("", _MILDER[lang].format(shown=f"{shown:,}", left=f"{left:,}")))
    if cut:
        lines.append(("", _CUT[lang].format(n=cut)))
    return lines
