"""What the rules of quantities (Q) and coverage (C) say, in English and in Chinese.

Numbers are compared in both directions with the same words: the Chinese does not say which side is the translation.
"""

QUANTITIES = {
    "Q001.missing": ("“{number}” has no counterpart in the Chinese.", "“{number}”在中文里没有对应。"),
    "Q001.added": (
        "“{number}” of the Chinese has no counterpart in the English.",
        "中文的“{number}”在英文里没有对应。",
    ),
    "Q001.changed": (
        "“{source}” of the English is “{found}” in the Chinese.",
        "英文的“{source}”在中文里是“{found}”。",
    ),
    "Q001.times": (
        "“{source}” is {wanted:g} times as much; the English says “{found}”.",
        "“{source}”是原来的{wanted:g}倍；英文却写“{found}”。",
    ),
    "Q001.discount": (
        "“{source}” leaves {paid}% of the price to pay; the English says “{found}”.",
        "“{source}”是按原价的{paid}%付款；英文却写“{found}”。",
    ),
    "Q002.magnitude": (
        "“{source}” and “{found}” have the same digits but not the same magnitude.",
        "“{source}”与“{found}”数字相同，数量级不同。",
    ),
    "Q003.measure": (
        "“{source}” of the English and “{found}” of the Chinese are not the same measure.",
        "英文的“{source}”与中文的“{found}”换算不符。",
    ),
    "Q003.currency": (
        "“{source}” of the English is “{found}” in the Chinese: the currency is another.",
        "英文的“{source}”在中文里是“{found}”：币种不同。",
    ),
    "Q003.unit": (
        "“{source}” of the English is “{found}” in the Chinese: the unit is another.",
        "英文的“{source}”在中文里是“{found}”：单位不同。",
    ),
    "Q003.percent": (
        "“{source}” of the English is “{found}” in the Chinese: the per cent sign is lost.",
        "英文的“{source}”在中文里是“{found}”：少了百分号。",
    ),
    "Q003.points": (
        "“{source}” of the English counts percentage points; “{found}” reads as a share.",
        "英文的“{source}”指百分点；“{found}”读起来是百分比。",
    ),
    "Q003.share": (
        "“{source}” of the English is a share; “{found}” counts percentage points.",
        "英文的“{source}”指百分比；“{found}”指百分点。",
    ),
    "Q004.turned": (
        "“{phrase}” of the English is “{found}” in the Chinese: the bound is turned round.",
        "英文的“{phrase}”在中文里是“{found}”：上下限颠倒了。",
    ),
    "Q004.bare": (
        "“{phrase}” of the English is a bare “{found}” in the Chinese.",
        "英文有“{phrase}”，中文只有“{found}”。",
    ),
    "Q004.bare_en": (
        "“{source}” of the Chinese is a bare “{found}” in the English: the bound is lost.",
        "中文的“{source}”在英文里只有“{found}”：少了上下限。",
    ),
    "Q004.count": (
        "“{source}” of the English is “{found}” in the Chinese: how many is lost.",
        "英文的“{source}”在中文里只有“{found}”：少了数目。",
    ),
    "Q005.norm": (
        "“{found}” of the Chinese seems to be an L∞ whose sign of infinity was lost.",
        "中文的“{found}”似乎是L∞，无穷号丢了。",
    ),
    "Q005.exponent": (
        "“{source}” of the English is “{found}” in the Chinese: the exponent lost its place.",
        "英文的“{source}”在中文里是“{found}”：指数混进了数字。",
    ),
    "Q005.relation": (
        "“{source}” of the English is “{found}” in the Chinese: the relation is another.",
        "英文的“{source}”在中文里是“{found}”：关系符号不同。",
    ),
    "Q005.letter": (
        "“{source}” of the English seems to be “{found}” in the Chinese.",
        "英文的“{source}”在中文里似乎是“{found}”。",
    ),
    "Q005.minus": (
        "“{source}” of the English is “{found}” in the Chinese: the minus is lost.",
        "英文的“{source}”在中文里是“{found}”：少了负号。",
    ),
    "Q005.tilde": (
        "“~{source}” of the English is “{found}” in the Chinese: ~ became a minus.",
        "英文的“~{source}”在中文里是“{found}”：~成了负号。",
    ),
}

COVERAGE = {
    "C001.english": ("This English sentence has no counterpart in the Chinese.", "这句英文在中文里没有对应。"),
    "C001.chinese": ("This Chinese sentence has no counterpart in the English.", "这句中文在英文里没有对应。"),
    "C001.clause": ("Nothing in the Chinese seems to render “{clause}”.", "中文里似乎没有译出“{clause}”。"),
    "C001.claim": ("The claim “{found}” has no counterpart in the Chinese.", "“{found}”这一说法在中文里没有对应。"),
    "C001.negation": (
        "The negation “{found}” has no counterpart in the Chinese.",
        "否定词“{found}”在中文里没有对应。",
    ),
    "C001.unlinked": ("Nothing in the English seems to render this Chinese sentence.", "英文里似乎没有译出这句中文。"),
    "C002.clause": (
        "Nothing in the English seems to stand behind “{clause}”.",
        "“{clause}”在英文里似乎没有依据。",
    ),
    "C002.unlinked": (
        "Nothing in the Chinese seems to stand behind this English sentence.",
        "这句英文在中文里似乎没有依据。",
    ),
    "C003.repeated": (
        "The English {what} is repeated where the Chinese should stand.",
        "应放中文的地方重复了英文{what}。",
    ),
    "C003.english_only": ("The {what} stands in English only.", "{what}只有英文，没有译文。"),
    "C003.abstract": ("abstract", "摘要"),
    "C003.text": ("text", "正文"),
    "C003.english": (
        "The text is English where its Chinese translation should stand.",
        "应放中文译文的地方是英文。",
    ),
    "C003.chinese": (
        "This stands in Chinese where its English translation should.",
        "应放英文译文的地方是中文。",
    ),
    "C003.clause": ("The English clause “{found}” was left untranslated.", "这段英文没有翻译：“{found}”。"),
    "C004.english": (
        "The English word “{found}” was left standing in the Chinese.",
        "英文词“{found}”没有翻译，留在了中文里。",
    ),
    "C004.chinese": (
        "The Chinese “{found}” was left standing in the English.",
        "中文“{found}”没有翻译，留在了英文里。",
    ),
    "C004.pinyin": (
        "“{found}” is the pinyin of “{source}”, left untranslated.",
        "“{found}”只是“{source}”的拼音，没有翻译。",
    ),
    "C005.one": (
        "1 record here gives key points or a summary, not a translation: not checked for omissions and numbers.",
        "这里有1条记录只给出要点或概要，不是译文：没有检查遗漏和数字。",
    ),
    "C005.many": (
        "{n} records here give key points or a summary, not a translation: not checked for omissions and numbers.",
        "这里有{n}条记录只给出要点或概要，不是译文：没有检查遗漏和数字。",
    ),
}

# What is said of a whole run.
NOTES = {
    "note.comparable_one": (
        "1 record is comparable, not parallel: omission and number rules were not applied to it.",
        "有1条记录只是内容相关，并非对译：没有对它检查遗漏和数字。",
    ),
    "note.comparable": (
        "{n} records are comparable, not parallel: omission and number rules were not applied to them.",
        "有{n}条记录只是内容相关，并非对译：没有对它们检查遗漏和数字。",
    ),
    "note.no_encoder": (
        "Without the encoder, only renderings that the termbase lists were looked for (--no-encoder).",
        "没有使用编码器，只查找了术语库中列出的译法（--no-encoder）。",
    ),
    "note.settings": ("Settings from {file}.", "设置来自{file}。"),
}
