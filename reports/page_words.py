"""What the page itself says, in English and in Chinese; what documents, rules and findings say is not here."""

from collections.abc import Mapping
from types import MappingProxyType

from ..metrics.messages import Language

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # The frame
        "skip": ("Skip to the findings", "跳到问题列表"),
        "theme": ("Dark or light", "切换深浅色"),
        "keys": ("Keys", "快捷键"),
        "close": ("Close", "关闭"),
        "sections": ("Sections", "页内导航"),
        "first": ("Mend first", "优先修改"),
        "findings": ("Findings", "问题"),
        "rules": ("Rules", "规则"),
        "glossary": ("Glossary", "术语"),
        "scores": ("Scores", "评分"),
        "alignment": ("Alignment", "对齐"),
        "records": ("Records", "记录"),
        "outside": ("Outside", "其余内容"),
        "made": ("How made", "生成说明"),
        "pages": ("Pages", "分页"),
        "up": ("All documents", "全部文档"),
        # The first screen
        "read": ("{documents} read: {read}.", "已读取 {documents}：{read}。"),
        "furniture": ("{lines} of page furniture left out.", "略去非正文 {lines}。"),
        "not_understood": ("{lines} not understood.", "{lines}未能解析。"),
        "understood": ("All other text was understood.", "其余文字均已解析。"),
        "clean": ("of pairs without error or warning", "的句对没有错误或警告"),
        "of": ("{part} of {whole}", "{part} / {whole}"),
        "in": ("in {records}", "涉及 {records}"),
        "sure": (
            "How sure: {sure}. High means .80 and more; every finding shows its own.",
            "把握程度：{sure}（0.80 以上）；每个问题都注明把握程度。",
        ),
        "sure_of": ("{part} of {whole} with high confidence", "{whole}中有 {part} 处把握较高"),
        "no_score": (
            "No score: no paper is translated twice here, and no reference was given (--reference).",
            "没有评分：这里没有同一论文的两个译文，也没有指定参考译文（--reference）。",
        ),
        # What to mend first
        "first.title": ("Mend these first", "优先修改"),
        "first.hint": (
            "The same words under the same rule are one line; ranked by severity × confidence × how often.",
            "同一规则下相同的词合为一行；按严重程度 × 把握 × 次数排列。",
        ),
        # The findings
        "no_proof": (
            "That is not proof that nothing is wrong: a rule sees only what it looks for.",
            "这并不证明没有错误：每条规则只看自己要查的内容。",
        ),
        "worst_shown": (
            "The worst {shown} of {all} are shown; findings.jsonl (duizhao run -o FOLDER) holds all.",
            "只显示最严重的 {shown} 条，共 {all} 条；全部见 findings.jsonl（duizhao run -o 文件夹）。",
        ),
        "clean_left_out": (
            "{pairs} without a finding are not on this page, to keep it quick: pairs.jsonl (duizhao run -o FOLDER) has "
            "them.",
            "没有问题的 {pairs}未列入本页，以免页面过大；见 pairs.jsonl（duizhao run -o 文件夹）。",
        ),
        "filter_findings": ("Filter the findings", "筛选问题"),
        "filter": ("Filter", "筛选"),
        "filter_hint": ("word, 词, file…", "词语、word、文件…"),
        "rule": ("Rule", "规则"),
        "all_rules": ("all rules", "全部规则"),
        "where": ("Where", "位置"),
        "all_documents": ("all documents", "全部文档"),
        "elsewhere": ("elsewhere", "其他"),
        "sort": ("Sort", "排序"),
        "by_place": ("by place", "按位置"),
        "by_weight": ("by severity", "按严重程度"),
        "by_rule": ("by rule", "按规则"),
        "decided": ("Decision", "处理"),
        "any": ("any", "全部"),
        "open": ("undecided", "未处理"),
        "accept": ("to mend", "需修改"),
        "reject": ("false alarm", "误报"),
        "later": ("later", "待定"),
        "levels": ("Levels", "级别"),
        "previous": ("Previous finding", "上一条问题"),
        "next": ("Next finding", "下一条问题"),
        "whole": ("Whole text", "显示全文"),
        "nothing": ("No finding passes the filter.", "没有符合筛选条件的问题。"),
        "show_all": ("Show all", "全部显示"),
        "no_en": ("(no English sentence)", "（没有英文句）"),
        "no_zh": ("(no Chinese sentence)", "（没有中文句）"),
        "record": ("record {number}", "第 {number} 条记录"),
        "loose": ("outside the records", "记录以外"),
        # Decisions
        "decisions": ("Your decisions", "您的决定"),
        "download": ("Download decisions.json", "下载 decisions.json"),
        "upload": ("Open decisions…", "打开已有的决定…"),
        "decisions.hint": (
            "Kept in this browser. Download them, then: duizhao review decisions.json",
            "保存在本浏览器中。下载后运行：duizhao review decisions.json",
        ),
        "decisions.served": (
            "Every decision is written to disk at once.",
            "每个决定都立即写入磁盘。",
        ),
        # Rules
        "rules.title": ("Findings per rule and document", "各规则、各文档的问题"),
        "rules.caption": ("What each rule looks for, and what to do", "各条规则查什么，怎么办"),
        "found": ("Found", "查到"),
        "what_why": ("What and why", "是什么，为什么"),
        "to_do": ("What to do", "怎么办"),
        "silent": ("No finding from: {rules}.", "没有查到问题的规则：{rules}。"),
        # Glossary
        "terms_shown": (
            "The {shown} that matter most are shown; glossary.xlsx (duizhao run -o FOLDER) holds all {all}.",
            "只显示最重要的 {shown} 条；glossary.xlsx（duizhao run -o 文件夹）中有全部 {all} 条。",
        ),
        "part_shown": ("{shown} of {all} are shown.", "显示 {all} 条中的 {shown} 条。"),
        "filter_terms": ("Filter the terms", "筛选术语"),
        "terms_hint": ("term, 术语, file…", "术语、term、文件…"),
        "wanted": ("wanted", "应为"),
        "as": ("as", "写作"),
        "nothing_stands": ("(nothing)", "（无）"),
        "more": ("and {number} more", "另有 {number} 处"),
        "more_renderings": ("and {renderings}: see glossary.xlsx", "另有 {renderings}：见 glossary.xlsx"),
        "no_term": ("No term passes the filter.", "没有符合筛选条件的术语。"),
        # Scores
        "agreement": (
            "“Agreement” compares two translations of the same papers: neither is the truth, so a low number says that "
            "they differ, not which one is wrong.",
            "“一致度”比较同一论文的两个译文：二者都不是标准答案，分数低只说明两者不同，不说明哪个有错。",
        ),
        "scores.caption": (
            "0 to 100, higher is nearer (TER: lower); with 95 % interval and signature",
            "0 到 100，越高越接近（TER 越低越好）；附 95 % 区间与签名",
        ),
        "score": ("Score", "指标"),
        "value": ("Value", "分值"),
        "compared": ("Compared", "比较对象"),
        "signature": ("Signature", "签名"),
        "to": ("{low} to {high}", "{low} 至 {high}"),
        "no_interval": ("too few segments for an interval", "句段太少，无法给出区间"),
        "against": ("{hypothesis} against {reference}, {segments}", "{hypothesis} 对 {reference}，{segments}"),
        # Alignment
        "alignment.hint": (
            "Every pair with its type (English : Chinese sentences) and probability; the least sure ones are below. "
            "“Whole text” above shows all of them in place.",
            "每个句对都有类型（英文句数：中文句数）和概率；下面列出最没有把握的。上方的“显示全文”可在原处看到全部句对。",
        ),
        "least_sure": (
            "The least sure pairs: look here for missing or shifted sentences",
            "最没有把握的句对：漏句、错位多在这里",
        ),
        "type": ("Type", "类型"),
        "probability": ("Probability", "概率"),
        # Records
        "no_record": ("No record was found.", "没有找到记录。"),
        "records.shown": (
            "{records} stand among the findings, under their own headings, and are not listed again.",
            "{records}已在问题列表中各自列出，这里不再重复。",
        ),
        "records.caption": ("What was read, in the order of the documents", "读到的内容，按文档顺序"),
        "title": ("Title", "标题"),
        "kind": ("Kind", "种类"),
        "pairs": ("Pairs", "句对"),
        "no_title": ("no title", "无标题"),
        "kind.abstract": ("abstract", "摘要"),
        "kind.title": ("title", "标题"),
        "kind.summary": ("summary", "要点"),
        "kind.commentary": ("commentary", "评述"),
        "kind.missing_zh": ("missing zh", "缺中文"),
        "kind.untranslated": ("untranslated", "未翻译"),
        "kind.zh_only": ("zh only", "仅中文"),
        "kind.passage": ("passage", "段落"),
        "kind.segment": ("segment", "句段"),
        # Outside the records
        "outside.title": ("Outside the records", "其余内容"),
        "unparsed": ("Not understood: please look", "未能解析：请查看"),
        "label": ("Marks of structure", "结构标记"),
        "list": ("Lists that the records repeat", "与记录重复的列表"),
        "noise": ("Page furniture", "非正文"),
        "metadata": ("Values of no language", "与语言无关的数据"),
        "more_texts": ("and {texts}; leftovers.jsonl holds all", "另有 {texts}；全部见 leftovers.jsonl"),
        # How it was made
        "made.title": ("How this was made", "生成说明"),
        "documents.caption": ("Documents as read", "读到的文档"),
        "document": ("Document", "文档"),
        "encoding": ("Encoding", "编码"),
        "notes": ("Notes", "说明"),
        "none": ("none", "无"),
        "stable": (
            "No time or random number goes into this page: the same documents, options and version give the same "
            "bytes. duizhao run -o FOLDER writes the whole corpus as JSON Lines.",
            "本页不含时间和随机数：文档、选项和版本相同，页面就逐字节相同。"
            "完整语料由 duizhao run -o 文件夹 写成 JSON Lines 文件。",
        ),
        "made.encoder": ("encoder", "编码器"),
        "made.termbase": ("termbase", "术语库"),
        "made.field knowledge": ("field knowledge", "领域知识"),
        "made.sentence splitter": ("sentence splitter", "断句"),
        "made.Chinese words": ("Chinese words", "中文分词"),
        "made.scores": ("scores", "评分"),
        "made.options": ("options", "选项"),
        "made.settings": ("settings", "设置文件"),
        "made.history": ("history", "以往译文"),
        # Several pages
        "pages.title": ("One page a document", "每个文档一页"),
        "pages.hint": (
            "There are more findings than one page can show quickly, so each document has a page of its own.",
            "问题太多，一页难以流畅显示，因此每个文档各有一页。",
        ),
        "part": ("part {number}", "第 {number} 部分"),
        # Keys
        "key.step": ("next, previous finding", "下一条、上一条问题"),
        "key.levels": ("errors, warnings, notes on or off", "显示或隐藏错误、警告、提示"),
        "key.filter": ("filter", "筛选"),
        "key.decide": ("to mend, false alarm, later", "需修改、误报、待定"),
        "key.comment": ("comment", "写备注"),
        "key.whole": ("whole text or findings only", "全文或只看问题"),
        "key.escape": ("clear the filter, leave a field, close this", "清除筛选，离开输入框，关闭本窗口"),
        "key.theme": ("dark or light", "切换深浅色"),
        "key.help": ("this list", "本列表"),
    }
)  # fmt: skip

# What the script says; "{…}" is filled in by it.
_SCRIPT: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "all": ("All {all} shown", "共 {all} 条，全部显示"),
        "some": ("{some} of {all} shown", "显示 {all} 条中的 {some} 条"),
        "finding.accept": ("To mend", "需修改"),
        "finding.reject": ("False alarm", "误报"),
        "finding.later": ("Later", "待定"),
        "rendering.accept": ("Right", "译法正确"),
        "rendering.reject": ("Wrong", "译法有误"),
        "rendering.later": ("Later", "待定"),
        "comment": ("Comment", "备注"),
        "undecided": ("Nothing decided yet.", "尚未作出决定。"),
        "decided": ("{count} decided.", "已决定 {count} 条。"),
        "saved": ("Saved.", "已保存。"),
        "not_saved": ("NOT SAVED: {why}", "没有保存：{why}"),
        "gone": ("the server does not answer", "服务没有响应"),
        "not_kept": ("This browser keeps nothing: download before you leave.", "本浏览器无法保存：离开前请先下载。"),
        "no_decisions": ("That file holds no decisions.", "该文件中没有决定。"),
        "taken": ("{taken} taken over from the file, {refused} not.", "已从文件读入 {taken} 条，未读入 {refused} 条。"),
    }
)


class PageWords:
    """The words of one language: `words("of", part=1, whole=2)`."""

    def __init__(self, lang: Language) -> None:
        """Take the language."""
        self._at = int(lang == "zh")

    def __call__(self, key: str, **fields: object) -> str:
        """The words of that key with its fields filled in; KeyError for an unknown one.

        >>> PageWords("zh")("of", part=1, whole=2)
        '1 / 2'
        """
        return _WORDS[key][self._at].format(**fields)

    def made(self, name: str) -> str:
        """What a line of `Result.made_by` is called; a name that we do not know stays."""
        key = f"made.{name}"
        return self(key) if key in _WORDS else name

    @property
    def of_script(self) -> dict[str, str]:
        """What the script of the page needs, with its places to fill in."""
        return {key: words[self._at] for key, words in _SCRIPT.items()}
