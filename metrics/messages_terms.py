"""What the rules of terms (T) and names (N) say, in English and in Chinese."""

TERMS = {
    "T001.became": (
        "“{source}” became “{found}”; the termbase says {approved}.{figures}",
        "“{source}”译成了“{found}”；术语库的译法是{approved}。{figures}",
    ),
    "T002.forbidden": (
        "“{source}” became “{found}”{why}; the field writes “{wanted}”.",
        "“{source}”译成了“{found}”{why}；本领域写作“{wanted}”。",
    ),
    "T002.given": (
        "“{source}” became “{found}”{why}; your termbase says “{wanted}”.",
        "“{source}”译成了“{found}”{why}；您的术语库写作“{wanted}”。",
    ),
    "T002.if_meant": (
        "“{found}”{why}: if it stands for “{source}”, write “{wanted}”.",
        "“{found}”{why}：如果指的是“{source}”，请写作“{wanted}”。",
    ),
    "T002.seems_meant": (
        "“{found}”{why} seems to stand for “{source}”; write “{wanted}”.",
        "“{found}”{why}似乎指“{source}”，请写作“{wanted}”。",
    ),
    "T002.why": (" ({why})", "（{why}）"),
    "T003.renderings": (
        "“{name}” is “{here}” here (×{n}) and “{there}” (×{most}) elsewhere {where}.",
        "“{name}”在这里译作“{here}”（{n}处），在{where}其他地方译作“{there}”（{most}处）。",
    ),
    "T003.in_record": ("in this record", "本条记录"),
    "T003.in_document": ("in this document", "本文档"),
    "T003.title": (
        "The title of this paper is “{here}” here and “{there}” in {document}.",
        "这篇论文的标题在这里译作“{here}”，在{document}中译作“{there}”。",
    ),
    "T003.history": (
        "“{name}” became “{here}” here; your earlier texts say “{there}” in {n:,} of {total:,}.",
        "“{name}”在这里译作“{here}”；以往的译文{total:,}处中有{n:,}处作“{there}”。",
    ),
    "T003.several": (
        "This page seems to call “{source}” by several names: {listed}.",
        "本页对“{source}”似乎用了几种译名：{listed}。",
    ),
    "T003.both": (
        "This page seems to call “{source}” both “{first}” and “{found}”.",
        "本页似乎把“{source}”既译作“{first}”，又译作“{found}”。",
    ),
    "T003.elsewhere": (
        "“{source}” is “{found}” here and “{right}” elsewhere in this record.",
        "“{source}”在这里译作“{found}”，在本条记录的其他地方译作“{right}”。",
    ),
    "T004.became": ("“{source}” became “{found}”.{figures}", "“{source}”译成了“{found}”。{figures}"),
    "T004.uncounted": (
        "“{source}” became “{found}”. {n:,} of {papers:,} papers of the field have the term, {written:,} write "
        "“{found}”.{often}",
        "“{source}”译成了“{found}”。本领域{papers:,}篇论文中，有这个术语的{n:,}篇，写“{found}”的{written:,}篇。{often}",
    ),
    "T004.sense": (
        "“{source}” became “{found}”, its everyday sense; the field says “{right}”.{figures}",
        "“{source}”按日常意义译成了“{found}”；本领域写作“{right}”。{figures}",
    ),
    "T004.everyday": (
        "“{found}” seems to stand for “{source}” in its everyday sense: {n:,} of {papers:,} papers of the field write "
        "it; the field {custom}.",
        "“{found}”似乎是按日常意义翻译的“{source}”：本领域{papers:,}篇论文中，这样写的有{n:,}篇；本领域{custom}。",
    ),
    "T004.calls": ("calls “{source}” “{wanted}”", "把“{source}”称作“{wanted}”"),
    "T004.keeps": ("keeps “{source}” in Latin letters", "保留“{source}”原文不译"),
    "T004.twice": (
        "“{part}” of “{source}” was rendered by itself as “{found}”; “{wanted}” is the whole of it.",
        "“{source}”中的“{part}”又单独译成了“{found}”；“{wanted}”已译出整个术语。",
    ),
    "T005.became": (
        "“{acronym}” was explained as “{long_form}”; here it became “{found}”.",
        "前文说明“{acronym}”指“{long_form}”，这里却成了“{found}”。",
    ),
    "T005.explained_zh": (
        "“{acronym}” stands for “{long_form}”, “{wanted}”; here it is explained as “{found}”.",
        "“{acronym}”指“{long_form}”，即“{wanted}”；这里却解释为“{found}”。",
    ),
    "T005.explained": (
        "“{acronym}” stands for “{wanted}”; here it is explained as “{found}”.",
        "“{acronym}”指“{wanted}”，这里却解释为“{found}”。",
    ),
    "T006.both": (
        "“{one}” and “{other}” are both “{found}” here; a reader can not tell them apart.",
        "“{one}”和“{other}”在这里都译作“{found}”，读者无法区分。",
    ),
    # The figures behind a finding on a term.
    "field.counts": (" Of {papers:,} papers of the field {told}.", "本领域{papers:,}篇论文中，{told}。"),
    "field.writes": ("{n:,} write “{text}”", "{n:,}篇写“{text}”"),
    "field.write_none": ("0 write “{text}”", "没有一篇写“{text}”"),
    "field.none": ("{told}, none “{text}”", "{told}，没有一篇写“{text}”"),
    "field.often": (" It became this in {n} records.", "共有{n}条记录这样译。"),
    "field.kept": (" {share:.0%} of the field's papers keep it so.", "本领域{share:.0%}的论文保留原文。"),
}

NAMES = {
    "N001.cut": (
        "In this list of people a part of a name is missing beside the dot; restore it.",
        "这份人名列表中，有的人名在间隔号旁缺了一部分，请补全。",
    ),
    "N001.empty_one": (
        "This list of people is empty in 1 place: names were lost; restore them.",
        "这份人名列表有1处空缺：人名丢失，请补上。",
    ),
    "N001.empty": (
        "This list of people is empty in {n} places: names were lost; restore them.",
        "这份人名列表有{n}处空缺：人名丢失，请补上。",
    ),
    "N001.lost_one": (
        "{listed} stands in the English list of authors, but not in the Chinese one.",
        "英文作者名单中有{listed}，中文名单中没有。",
    ),
    "N001.lost": (
        "{listed} stand in the English list of authors, but not in the Chinese one.",
        "英文作者名单中有{listed}，中文名单中都没有。",
    ),
    "N002.mixed": (
        "“{found}” is half transliterated; write the name in Chinese or in Latin letters throughout.",
        "“{found}”只音译了一半；请全部写成中文，或全部保留拉丁字母。",
    ),
    "N002.by": (
        "“{found}” is no name: the word 由 (by) stands in this list of people; restore the name.",
        "“{found}”不是人名：这份人名列表里混进了“由”字（by），请恢复原来的人名。",
    ),
    "N002.dotted": (
        "“{part}” in “{found}” is not how foreign names are transliterated; compare the original.",
        "“{found}”中的“{part}”不像外国人名的音译，请对照原文。",
    ),
    "N002.long": (
        "“{found}” has more characters than such a name usually has; compare the original.",
        "“{found}”的字数比这类人名通常的多，请对照原文。",
    ),
    "N002.strange_list": (
        "“{found}” sounds like no name of the English list; “{wanted}” seems meant.",
        "“{found}”的读音与英文名单中的人名都对不上，似乎是指“{wanted}”。",
    ),
    "N002.strange": (
        "“{found}” sounds like no name in the English; “{wanted}” seems meant.",
        "“{found}”的读音与英文中的人名都对不上，似乎是指“{wanted}”。",
    ),
    "N002.foreign_given": (
        "“{found}” cannot be told from “{source}”: make sure that this is the person meant.",
        "从“{source}”看不出中文名是“{found}”，请确认是同一个人。",
    ),
    "N002.given": (
        "“{found}” is not read “{source}”: the given name is another; correct it, or leave the name as it was.",
        "“{found}”不读作“{source}”：名字不同；请改正，或保留原来的写法。",
    ),
    "N002.reading": (
        "“{found}” is not how “{source}” is read; write “{wanted}”.",
        "“{source}”不读作“{found}”，请写作“{wanted}”。",
    ),
    "N002.spelt": (
        "“{source}” is spelt “{wanted}”, not “{found}”.",
        "“{source}”应拼作“{wanted}”，而不是“{found}”。",
    ),
    "N002.another": (
        "“{source}” is “{wanted}”; “{found}” is another name, or none.",
        "“{source}”应为“{wanted}”；“{found}”是另一个名称，或者不是名称。",
    ),
    "N002.latin": ("The English has “{wanted}”, the Chinese “{found}”.", "英文是“{wanted}”，中文却是“{found}”。"),
    "N003.latin": ("The Chinese has “{wanted}”, the English “{found}”.", "中文是“{wanted}”，英文却是“{found}”。"),
    "N003.absent": (
        "The name “{name}” of the Chinese is absent from the English.",
        "中文里的名称“{name}”没有出现在英文中。",
    ),
    "N003.became": (
        "The name “{source}” became “{found}”; it is called “{right}”.",
        "名称“{source}”译成了“{found}”；正确的名称是“{right}”。",
    ),
    "N003.seems": (
        "The name “{source}” stays as written; here it seems to have become “{found}”.{custom}",
        "名称“{source}”应保留原文，这里似乎译成了“{found}”。{custom}",
    ),
    "N004.two_forms": (
        "“{found}” and “{wanted}” seem to be one person; write the name in one way.",
        "“{found}”和“{wanted}”似乎是同一个人，请统一写法。",
    ),
}
