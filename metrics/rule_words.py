"""What a rule is called and means, in English and in Chinese, and the words for how grave a finding is."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from .findings import Severity
from .messages import Language
from .rules import MEASURED, RULES


class RuleWords(NamedTuple):
    """One rule in one language: a short name, what it finds, why that matters, an example, and how to mend it."""

    name: str
    what: str
    why: str
    example: str
    fix: str


_SEVERITIES: Mapping[Severity, str] = MappingProxyType({"error": "错误", "warning": "警告", "note": "提示"})

# By slug, for a code written here would pass for one that a check emits: name, what, why, example, fix, measured.
_ZH: Mapping[str, tuple[str, str, str, str, str, str]] = MappingProxyType(
    {
        "term-absent": (
            "未用规定译法",
            "英文里有术语库收录的术语，中文里却找不到任何一种认可的译法。",
            "读者按通行的名称查找术语；换了名称，就成了另一个概念。",
            "stationary point → 静止点（本领域写作“驻点”）",
            "改用首选译法；如果现有译法可以接受，就把它收入您的术语库。",
            "20 处错误中 18 处属实；40 处警告中 35 处属实，另有 5 处属于措辞偏好。",
        ),
        "term-forbidden": (
            "术语禁用译法",
            "术语用了术语库明令禁用的译法。",
            "这种译法通常是该词的日常意义，在本领域却另有所指。",
            "Transformer → 变压器（这是一种电气设备）",
            "改用首选译法。",
            "25 处错误全部属实；更早的样本中，50 处有 49 处属实。",
        ),
        "term-inconsistent": (
            "术语译法不一",
            "同一个英文术语，在同一文档里、在整个语料里或与以往译文相比，有几种中文译法。",
            "读者会以为这两个名称指的是两样东西。",
            "in-context learning 在一句里译作“上下文学习”，在下一句里译作“语境学习”",
            "选定一种译法；问题说明中列出了用得较多的一种。",
            "30 处警告中 24 处属实，另有 2 处属于措辞偏好；8 条提示中 5 条属实；与以往译文对比时，16 处中 15 处属实。",
        ),
        "wrong-sense": (
            "误用日常词义",
            "本领域的常用术语译成了本领域从不使用的说法。",
            "这种译法通常取了该词的日常意义，或者是逐字直译。",
            "manifold → 歧管（62,953 篇论文中没有一篇这样写；本领域写作“流形”）",
            "改用问题说明中给出的译法；如果现有译法可以接受，就把它收入您的术语库。",
            "43 处警告中 33 处属实，另有 6 处属于措辞偏好；12 条提示中 6 条属实。",
        ),
        "acronym-misread": (
            "缩写解释有误",
            "文中说明过含义的缩写，有两处或更多被译成了别的意思。",
            "译者或翻译软件只凭字母猜测了缩写的含义。",
            "acquisition function (AF) … the AF → 自动增益",
            "保留缩写，或者按文中的说明译出全称。",
            "3 处全部属实；更早的样本中，5 处有 4 处属实。",
        ),
        "terms-confused": (
            "术语混为一谈",
            "英文里有区别的两个术语，在同一句里用了同一种译法。",
            "读者会把两样东西当成一样。",
            "precision 和 accuracy 在同一句里都译作“精度”",
            "两个术语各用各的译法；问题说明中给出了首选译法。",
            "还没有限定在同一句之内时，7 条提示中 1 条属实：仅供参考。",
        ),
        "name-lost": (
            "人名遗漏",
            "人名列表中有空缺，或者漏了英文里列出的人。",
            "作者的署名因此丢失。",
            "由、、郭建远（两个顿号之间没有人名）",
            "补上人名；没有通行的中文名，就用拉丁字母。",
            "一份译好的新闻简报中，4 处全部属实；自编的列表中，169 处空缺全部查出。",
        ),
        "name-mismatch": (
            "名称与原文不符",
            "名称的读音与英文里的都对不上，或者只音译了一半，或者拼写与原文不同。",
            "读者会找错人，或者什么也找不到。",
            "Kazuki Irie → 友川·伊里；HarborNet → HaborNet",
            "按本人的写法，或者按通行的音译来写。",
            "唯一的 1 处属实；3,000 篇摘要中，没有一处因人名读音被标出。",
        ),
        "name-translated": (
            "专名不应翻译",
            "系统、模型或数据集的专名被译成了中文。",
            "译出以后，就无法检索，也无法引用。",
            "GloVe → 手套",
            "保留原来的写法。",
            "6 处全部属实；更早的样本中，11 处也全部属实。",
        ),
        "name-forms": (
            "人名写法不一",
            "同一个人的名字在同一文档中有两种写法。",
            "读者会把一个人当成两个人。",
            "尼尔·霍尔斯比、尼尔·豪斯比",
            "选定一种写法。",
            "一份译好的新闻简报中，唯一的 1 处属实；数量太少，难以断定。",
        ),
        "number-missing": (
            "数字遗漏或不符",
            "一侧的数字在另一侧找不到，或者不一样。",
            "数字往往就是一句话的结论。",
            "33.0% to 42.3% → 从33.0%提高到43.2%",
            "改回原来的数字。",
            "2 处警告全部属实，4 条提示中 3 条属实；另一份样本中，7 处有 6 处属实。",
        ),
        "number-magnitude": (
            "数量级有误",
            "数字相同，数量级却不同。",
            "中文以万、亿计数，英文以 thousand、million 计数，进位不同，容易换算错。",
            "42.70M → 427万",
            "重新数一遍零。",
            "11,141 个句对中查出 6 处，全部属实。",
        ),
        "unit-changed": (
            "单位有误",
            "数值没有变，但单位、货币或百分号丢了，或者变成了别的。",
            "数字虽然对，量的却是别的东西。",
            "12 km → 12米",
            "改回原来的单位，或者连同数值一起换算。",
            "11,141 个句对中没有发现；只用人为植入的错误检验过。",
        ),
        "bound-lost": (
            "上下限有误",
            "数字的上下限（最多、至少、超过）或者列举的数目丢失了，或者上下限颠倒了。",
            "译文说得比原文更绝对，或者意思变了。",
            "up to 6.9% → 高出6.9%",
            "补上“最多”“至少”“超过”这类词，或者补上数目。",
            "能识别 ±（如 0.9+-0.05）之前，5 处有 2 处属实；另一份样本中，8 处全部属实。",
        ),
        "symbol-changed": (
            "符号有误",
            "符号变成了别的：∞、希腊字母、关系符号、负号、指数或公式里的变量。",
            "公式的意思因此变了。",
            "the L∞ norm → L8范数",
            "照原文改回符号。",
            "10 处全部属实，都在公式里；其余情形只用人为植入的错误检验过。",
        ),
        "sentence-omitted": (
            "漏译句子",
            "英文的一句话在中文里没有对应。",
            "只读中文的人看不到这句话的内容。",
            "Code is available at … →（没有译文）",
            "译出这句话；如果本来只要概要，请把这条记录注明为概要。",
            "漏译的分句唯一的 1 处属实，漏译的论断 12 处全部属实；数量太少，难以断定。",
        ),
        "sentence-added": (
            "增译句子",
            "中文的一句话在英文里没有对应。",
            "译文说了原文没有说的话。",
            "（没有原文）→ 该方法还快了十倍。",
            "删去这句话，或者注明是译者所加。",
            "只有 1 处，无法判断是否属实。",
        ),
        "untranslated": (
            "原文未译",
            "应放中文译文的地方是英文。",
            "这句话没有翻译。",
            "We propose … → We propose …",
            "译出这句话。",
            "数量太少，难以断定。",
        ),
        "source-word-left": (
            "残留原文词语",
            "中文里残留着普通的英文单词。",
            "它既不是名称，也不是符号，本领域有对应的中文词。",
            "the frozen victim model → 冻结的victim模型",
            "译出这个词。",
            "6 处警告、10 条提示全部属实；更早的样本中，7 处有 6 处属实。",
        ),
        "not-a-translation": (
            "并非译文",
            "中文是要点、概要或评述，不是摘要的译文。",
            "对这样的文字，检查遗漏和数字只会误报；有关规则因此不作检查，只在这里说明一次。",
            "要点：1. … 2. …",
            "如果本来就只要概要，不必改动。",
            "只说明文字的类型，不指出错误。",
        ),
        "doubled": (
            "重复字词",
            "误把一个字或词写了两遍。",
            "这是手误，或者是翻译软件出的错。",
            "表表示学习",
            "删去一个。",
            "5 处有 4 处属实。",
        ),
        "quotes": (
            "引号括号有误",
            "引号或括号没有配对，或者方向反了。",
            "读者看不出引文从哪里开始。",
            "”机器之爱”",
            "前面用“，后面用”。",
            "2 处全部属实；另一份样本中，38 处有 37 处属实。",
        ),
        "link-broken": (
            "链接丢失或失效",
            "链接丢了，或者照现在的写法打不开。",
            "网址里有空格或被截断，就会失效。",
            "https://example . org",
            "改回原来的网址。",
            "3 处全部属实。",
        ),
        "markup-broken": (
            "公式或标记受损",
            "公式、占位符、标签、链接、代码或带符号的名称丢了、被译了，或者断开了。",
            "由程序读取的内容必须原样保留，否则会显示出反斜杠，或者使程序出错。",
            "$\\alpha$ → $ \\ 阿尔法 $；{name} → {姓名}；OtterNet++ → OtterNet",
            "从原文复制过来。",
            "8 处错误全部属实；另一份样本逐一读过的 170 处也全部属实。",
        ),
        "glued-words": (
            "英文单词粘连",
            "英文原文里有几个单词连在了一起。",
            "这是复制时丢了换行造成的；搜索和术语检查会因此漏掉这些词。",
            "an importantgoal",
            "补上空格。",
            "唯一的 1 条提示属实；数量太少，难以断定。",
        ),
        "hidden-character": (
            "隐藏字符",
            "文字里夹着看不见的字符，或者有表示字符丢失的 U+FFFD。",
            "它会改变文字方向，使其他程序出错，或者让搜索和术语检查找不到所在的词。",
            "水<U+202E>獭",
            "删去它；如果是 U+FFFD，请查对原文补上丢失的字符。",
            "唯一的 1 条提示属实；数量太少，难以断定。",
        ),
        "footnote-merged": (
            "注号粘连",
            "注号或文献编号与前面的数字或名称连在了一起。",
            "“T5”加注号 8 不是 58 次方，“模型[10]”也不是第 10 号模型。",
            "T5⁸ → T⁵⁸",
            "数字写在行内，只把注号写成上标。",
            "一份译好的新闻简报中，唯一的 1 处属实；数量太少，难以断定。",
        ),
        "list-number": (
            "列表编号有误",
            "列表中有编号重复，或者编号的标点与其他各条不同。",
            "程序读到这里会另起一个列表，编号因此出错。",
            "1. … 2. … 3、 … 3. …",
            "用同一种标点重新编号。",
            "项目最初所用的文档中，3 处全部属实；数量太少，难以断定。",
        ),
        "chinese-punctuation": (
            "误用中文标点",
            "英文里用了全角的中文标点。",
            "看上去像是多了空格，程序也不把它们当作标点。",
            "the otter， which swims",
            "改用半角标点，后面加空格。",
            "只用人为植入的错误检验过。",
        ),
    }
)


def rule_words(code: str, lang: Language) -> RuleWords:
    """The words of a rule in that language; the English name is its slug. Raises KeyError where there is no such rule.

    >>> rule_words("T002", "zh").name, rule_words("T002", "en").name
    ('术语禁用译法', 'term forbidden')
    """
    rule = RULES[code]
    if lang == "zh":
        return RuleWords(*_ZH[rule.slug][:5])
    return RuleWords(rule.slug.replace("-", " "), rule.what, rule.why, rule.example, rule.fix)


def measured_words(code: str, lang: Language) -> str:
    """How often findings of a rule were judged true, in a sentence. Raises KeyError where there is no such rule.

    >>> measured_words("F003", "en"), measured_words("F003", "zh")
    ('3 of 3 were true.', '3 处全部属实。')
    """
    return _ZH[RULES[code].slug][5] if lang == "zh" else MEASURED[code]


def severity_word(severity: Severity, lang: Language) -> str:
    """A severity in one word, for one finding or many.

    >>> severity_word("warning", "en"), severity_word("warning", "zh")
    ('warning', '警告')
    """
    return _SEVERITIES[severity] if lang == "zh" else str(severity)
