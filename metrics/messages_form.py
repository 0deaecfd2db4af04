"""What the rules of form (F) say, in English and in Chinese.

Those of F003 and F004 are also said with the two languages exchanged: no other word for either may stand in them.
"""

FORM = {
    "F001.twice": (
        "“{found}” stands twice where “{wanted}” seems meant; delete one.",
        "“{found}”重复，似乎应为“{wanted}”；请删去一个。",
    ),
    "F001.mark": (
        "“{found}” stands where one “{wanted}” is usual; or something is missing between the two.",
        "“{found}”通常只用一个“{wanted}”；也可能是两者之间漏了内容。",
    ),
    "F002.reversed": ("{shown} is the wrong way round in this paragraph.", "本段有标点方向反了：{shown}。"),
    "F002.lone": ("{shown} has no partner in this paragraph.", "本段有标点没有配对：{shown}。"),
    "F002.odd": ("A quotation mark has no partner in this paragraph.", "本段有一个引号没有配对。"),
    "F003.broken": (
        "The address “{found}” can not be followed as written; “{wanted}” is meant.",
        "网址“{found}”照这样打不开，应为“{wanted}”。",
    ),
    "F003.cut": ("The address “{found}” is cut short.", "网址“{found}”被截断了。"),
    "F003.absent": (
        "The address {address} of the English is absent from the Chinese.",
        "英文的网址“{address}”没有出现在中文里。",
    ),
    "F003.case": (
        "The address {address} stands in the Chinese in other case; many sites do not know it then.",
        "网址“{address}”在中文里大小写不同，许多网站会因此打不开。",
    ),
    "F004.broken": (
        "The formula or command is broken at “{found}”{meant}.",
        "公式或命令在“{found}”处断开{meant}。",
    ),
    "F004.meant": ("; “{expected}” was meant", "，应为“{expected}”"),
    "F004.dollar": (
        "A $ has no partner: a formula opens here and does not close, or the other way round.",
        "有一个$没有配对：公式在这里开始而没有结束，或者相反。",
    ),
    "F004.formula": (
        "The formula {formula} of the English is absent from the Chinese.",
        "英文的公式“{formula}”没有出现在中文里。",
    ),
    "F004.formula_zh": (
        "The formula {formula} of the Chinese is absent from the English.",
        "中文的公式“{formula}”没有出现在英文里。",
    ),
    "F004.placeholder": (
        "The placeholder {wanted} of the English is missing from the Chinese; the program fills it in.",
        "英文的占位符“{wanted}”在中文里没有；它要由程序填入内容。",
    ),
    "F004.placeholder_changed": (
        "The placeholder {wanted} was changed to {found}; the program knows only {wanted}.",
        "占位符“{wanted}”被改成了“{found}”；程序只认“{wanted}”。",
    ),
    "F004.tag": (
        "The tag {wanted} of the English is missing from the Chinese.",
        "英文的标签“{wanted}”在中文里没有。",
    ),
    "F004.tag_changed": (
        "The tag {wanted} was changed to {found}; programs know only the first.",
        "标签“{wanted}”被改成了“{found}”；程序只认前者。",
    ),
    "F004.link_broken": (
        "The link “{found}” is no longer a link: blanks or full-width brackets stand in it.",
        "链接“{found}”已失效：里面有空格或全角括号。",
    ),
    "F004.link": (
        "The link to {target} of the English is missing from the Chinese.",
        "英文里指向“{target}”的链接在中文里没有。",
    ),
    "F004.image": (
        "The image to {target} of the English is missing from the Chinese.",
        "英文里指向“{target}”的图片在中文里没有。",
    ),
    "F004.code": (
        "The code `{code}` of the English is missing from the Chinese, or was translated.",
        "英文的代码“{code}”在中文里没有，或被翻译了。",
    ),
    "F004.emphasis_broken": (
        "The emphasis is broken at “{found}”: no blank may stand inside the asterisks.",
        "强调标记在“{found}”处失效：星号内侧不能有空格。",
    ),
    "F004.asterisks": (
        "A ** has no partner: the emphasis opens here and does not close, or the other way round.",
        "有一个**没有配对：强调在这里开始而没有结束，或者相反。",
    ),
    "F004.emphasis": (
        "The emphasis {wanted} of the English is missing from the Chinese.",
        "英文的强调“{wanted}”在中文里没有。",
    ),
    "F004.name": (
        "The name {wanted} stands here as “{found}”: without its sign it names something else.",
        "名称“{wanted}”在这里写成了“{found}”：少了符号，就成了另一个名称。",
    ),
    "F004.stop": (
        "“{found}”: a full stop stands inside a Chinese sentence, between {first} and {second}.",
        "“{found}”：句子当中，“{first}”与“{second}”之间有一个句点。",
    ),
    "F004.apart": (
        "“{found}” stands elsewhere in this text as “{wanted}”: one name, written apart and together.",
        "“{found}”在本文其他地方写作“{wanted}”：同一个名称，有的分写，有的连写。",
    ),
    "F005.copied": (
        "“{found}” seems to be “{wanted}”; a blank was lost in copying the source.",
        "“{found}”似乎是“{wanted}”；复制原文时丢了空格。",
    ),
    "F005.written": (
        "“{found}” seems to be “{wanted}”; a blank is missing.",
        "“{found}”似乎是“{wanted}”；少了空格。",
    ),
    "F006.hidden": ("U+{code:04X} {name} {what}.{times}", "U+{code:04X} {name}：{what}。{times}"),
    "F006.times": (" It stands here {n:,} times.", "这里共有{n:,}处。"),
    "F006.control": ("(control character)", "（控制字符）"),
    "F006.unassigned": ("(unassigned)", "（未定义的字符）"),
    "F006.lost": (
        "stands where a character was lost in decoding; look it up in the original",
        "表示这里有一个字符在解码时丢失；请查对原文",
    ),
    "F006.embeds_ltr": (
        "embeds what follows as left-to-right text; delete it",
        "把后面的文字作为从左到右的文字嵌入；请删除",
    ),
    "F006.embeds_rtl": (
        "embeds what follows as right-to-left text; delete it",
        "把后面的文字作为从右到左的文字嵌入；请删除",
    ),
    "F006.ends": ("ends a change of direction; delete it", "结束文字方向的改变；请删除"),
    "F006.forces_ltr": (
        "forces what follows to run from left to right; delete it",
        "强制后面的文字从左到右显示；请删除",
    ),
    "F006.reverses": ("shows what follows in reverse order; delete it", "使后面的文字倒序显示；请删除"),
    "F006.sets_ltr": (
        "sets what follows apart as left-to-right text; delete it",
        "把后面的文字隔开，按从左到右显示；请删除",
    ),
    "F006.sets_rtl": (
        "sets what follows apart as right-to-left text; delete it",
        "把后面的文字隔开，按从右到左显示；请删除",
    ),
    "F006.sets_own": (
        "sets what follows apart in a direction of its own; delete it",
        "把后面的文字隔开，按其自身的方向显示；请删除",
    ),
    "F006.refused": (
        "prints nothing, and other programs refuse it or stop there; delete it",
        "不显示，其他程序会拒收或在此中断；请删除",
    ),
    "F006.soft_hyphen": (
        "is a place to break a word, seen only at the end of a line; search misses the word",
        "是单词的断行处，只在行末显示；会使搜索找不到这个词",
    ),
    "F006.no_width": (
        "has no width: nobody sees it, and search misses what it stands in",
        "没有宽度：看不见，却会使搜索找不到所在的词",
    ),
    "F007.merged": (
        "“{found}” was “{wanted}”: the footnote mark {mark} ran together with the number {digits}.",
        "“{found}”原为“{wanted}”：注号{mark}与数字{digits}连在了一起。",
    ),
    "F007.brackets": (
        "The reference [{number}] lost its brackets: “{found}” reads as a name with a number.",
        "文献编号[{number}]丢了括号：“{found}”读起来像带数字的名称。",
    ),
    "F007.sequence": (
        "“{found}” seems to be “{wanted}”: the other notes go to {last}, so {value} holds the name's number.",
        "“{found}”似乎是“{wanted}”：其他注号只到{last}，{value}里含有名称自带的数字。",
    ),
    "F008.repeated": ("The number {number} stands twice in this list.", "编号{number}在这个列表里出现了两次。"),
    "F008.replaced": (
        "“{found}” takes the place of “{wanted}”, so {number} stands twice in this list.",
        "“{found}”占了“{wanted}”的位置，编号{number}因此在这个列表里出现了两次。",
    ),
    "F008.stop": (
        "“{found}” numbers an item of a list, where “{wanted}” is usual: 。 ends sentences.",
        "列表的编号写成了“{found}”，通常写作“{wanted}”：句号用于句末。",
    ),
    "F008.other": (
        "“{found}” stands in a list whose other numbers are written “{wanted}”.",
        "列表里其他编号写作“{wanted}”，这里却是“{found}”。",
    ),
    "F009.mark": (
        "The Chinese mark “{mark}” stands in the English “{shown}”.{times}",
        "英文“{shown}”里用了中文标点“{mark}”。{times}",
    ),
    "F009.times": (" {n:,} such marks stand in this text.", "这段文字里共有{n:,}个这样的标点。"),
}
