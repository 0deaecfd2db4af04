"""What the page on the rules says of each beside `metrics/rules.py`: an example, and where the rule is silent.

tests/test_docs_rules.py audits the examples: the wrong one must bring the rule, the right one nothing at all.
"""

from typing import NamedTuple


class RuleExample(NamedTuple):
    """The English, a Chinese that the rule speaks of, one that no rule speaks of, and where this rule says nothing.

    Of the rules in ENGLISH_JUDGED `en` is the Chinese, and both others are English.
    """

    en: str
    wrong: str
    right: str
    silent: str


ENGLISH_JUDGED = frozenset(["F005", "F009"])
_UNSURE = "Where the evidence makes an error less likely than not; with `--no-encoder`; in Chinese that has no English."

EXAMPLES = {
    "T001": RuleExample(
        "Gradient descent stops at a stationary point of the loss.",
        "梯度下降停在损失函数的一个停留点上。",
        "梯度下降停在损失函数的一个驻点上。",
        _UNSURE + " A term of your own termbase needs no evidence.",
    ),
    "T002": RuleExample(
        "We train a Transformer on sixty thousand otter calls.",
        "我们用六万段水獭叫声训练变压器。",
        "我们用六万段水獭叫声训练Transformer。",
        "A rendering whose reason ends in `[needs source]` is looked for only where the English stands beside it.",
    ),
    "T003": RuleExample(
        "Consistency predicts robustness to noise. The loss improves robustness. We measure robustness on two rivers.",
        "一致性能预测对噪声的鲁棒性。该损失提高了鲁棒性。我们在两条河上度量稳健性。",
        "一致性能预测对噪声的鲁棒性。该损失提高了鲁棒性。我们在两条河上度量鲁棒性。",
        "Renderings that differ only in 的, in blanks or by words left out (大模型, 大语言模型) are one; so are those"
        " that your own termbase approves.",
    ),
    "T004": RuleExample(
        "Neither depth cameras nor video features are needed.",
        "不需要深度相机和视频功能。",
        "不需要深度相机和视频特征。",
        "Where the evidence makes an error less likely than not; for words of every day in a text of another field.",
    ),
    "T005": RuleExample(
        "Retrieval-augmented generation (RAG) helps readers of old letters.",
        "随机访问方法(RAG)对旧信件的读者有帮助。",
        "检索增强生成(RAG)对旧信件的读者有帮助。",
        "Where the record does not explain the acronym. Free wording that shares a third of its characters with the"
        " known long form is let pass.",
    ),
    "T006": RuleExample(
        "The small model keeps 94% of the accuracy of the large one, and where the accuracy drops, its precision on"
        " rare labels is even higher.",
        "小模型保留了大模型94%的精度,而在精度下降之处,对罕见标签的精度反而更高。",
        "小模型保留了大模型94%的准确度,而在准确度下降之处,对罕见标签的精确率反而更高。",
        "Terms that hold each other (*latent*, *latent space*) or have one preferred rendering; terms of your own"
        " termbase.",
    ),
    "N001": RuleExample(
        "This joint work of Olu Okafor, Marta Lindqvist and Tim Holm won a prize.",
        "奥卢·奥卡福、、蒂姆·霍尔姆的这项合作研究获奖。",
        "奥卢·奥卡福、玛尔塔·林奎斯特、蒂姆·霍尔姆的这项合作研究获奖。",
        "Somebody who is missing without a trace is seen only where the authors are known in English too"
        " (`--catalog`); lists of more than 60 names are searched for empty places only.",
    ),
    "N002": RuleExample(
        "HarborNet finds ships in fog.",
        "HaborNet能在雾中找到船只。",
        "HarborNet能在雾中找到船只。",
        "In running text only names with a dot and those before 等人 are held against the sounds of the English."
        " Without English only names half in Latin letters are seen.",
    ),
    "N003": RuleExample(
        "We start from GloVe vectors.",
        "我们从手套向量出发。",
        "我们从GloVe向量出发。",
        "Where termbase or field approve of a Chinese form.",
    ),
    "N004": RuleExample(
        "",
        "水獭的叫声,作者:安娜·贝尔格。另见《桥》,作者:安娜·贝格。",
        "水獭的叫声,作者:安娜·贝格。另见《桥》,作者:安娜·贝格。",
        "Names that do not sound alike; a surname of one character; a surname that was cut or goes on.",
    ),
    "Q001": RuleExample(
        "Accuracy rises from 33.0% to 42.3%.",
        "准确率从33.0%提高到43.2%。",
        "准确率从33.0%提高到42.3%。",
        "In key points and summaries (C005). A number of the Chinese alone that counts nothing is a note.",
    ),
    "Q002": RuleExample(
        "The corpus has 9.6 million sentences.",
        "该语料库有96万个句子。",
        "该语料库有960万个句子。",
        "In key points and summaries (C005); where the digits differ too: then it is Q001.",
    ),
    "Q003": RuleExample(
        "The river is 12 km long.",
        "这条河长12米。",
        "这条河长12公里。",
        "In key points and summaries (C005); where the measure was converted rightly (5 km, 5000米).",
    ),
    "Q004": RuleExample(
        "The method uses up to 8 examples.",
        "该方法使用8个示例。",
        "该方法最多使用8个示例。",
        "In key points and summaries (C005). A lost *about* or *nearly* is a note.",
    ),
    "Q005": RuleExample(
        "We bound the L∞ norm of the noise.",
        "我们限制噪声的L8范数。",
        "我们限制噪声的L∞范数。",
        "Without English only an L8 norm is told.",
    ),
    "C001": RuleExample(
        "Otters sleep on their backs. Nobody knows why they hold hands in the water.",
        "水獭仰面睡觉。",
        "水獭仰面睡觉。没有人知道它们为什么在水中牵手。",
        "In key points and summaries (C005); for clauses, with `--no-encoder`.",
    ),
    "C002": RuleExample(
        "We measure how long river otters sleep. The result surprised us.",
        "我们测量了水獭的睡眠时间。结果令我们吃惊。手机厂商预计很快会采用这种方法。",
        "我们测量了水獭的睡眠时间。结果令我们吃惊。",
        "In key points and summaries (C005); for clauses, with `--no-encoder`.",
    ),
    "C003": RuleExample(
        "We propose a new map of the river.",
        "We propose a new map of the river.",
        "我们提出了一张新的河流地图。",
        "Titles in quotes or brackets, lists of names, code, formulas and addresses are no clauses.",
    ),
    "C004": RuleExample(
        "The attack reads the gradient of the frozen victim model.",
        "该攻击读取冻结的victim模型的梯度。",
        "该攻击读取冻结的受害者模型的梯度。",
        "Words that three in ten Chinese texts of the field keep in Latin letters; a gloss in brackets; names, units,"
        " code and addresses.",
    ),
    "C005": RuleExample(
        "", "", "", "Where the Chinese stands without such a label: then it is taken for a translation."
    ),
    "F001": RuleExample(
        "We study representation learning for rivers.",
        "我们研究面向河流的表表示学习。",
        "我们研究面向河流的表示学习。",
        "Where both copies can be explained (对对手有利, 不仅仅), or the English has the word twice too.",
    ),
    "F002": RuleExample(
        "They call it “machine love”.",
        "他们称之为”机器之爱”。",
        "他们称之为“机器之爱”。",
        "Straight quotes say nothing of their direction; half-width and full-width brackets close one another; `1)`,"
        " `[0,1)` and emoticons are no fault.",
    ),
    "F003": RuleExample(
        "The map is at https://example.org/map for everybody.",
        "地图在https://example . org/map,人人可看。",
        "地图在https://example.org/map,人人可看。",
        "An address that only one side has, where the other side has no text.",
    ),
    "F004": RuleExample(
        "The noise has scale $\\sigma$ in all runs.",
        "所有实验的噪声尺度均为$ \\ 西格玛 $。",
        "所有实验的噪声尺度均为$\\sigma$。",
        "`$\\alpha$` written as α, and what only dresses words (`\\emph`, `\\cite`) left out, are no faults. Nor is a"
        " name without its sign that stands there with it as well.",
    ),
    "F005": RuleExample(
        "阅读是该项目的一个重要目标。",
        "Reading is an importantgoal of the project.",
        "Reading is an important goal of the project.",
        "A word that the document has three times is a coinage, not a slip.",
    ),
    "F006": RuleExample(
        "The otter swims.",
        "水\u202e獭在游泳。",
        "水獭在游泳。",
        "At the edges of a text, for zero-width characters; in emoji, and in scripts such as Persian that need them.",
    ),
    "F007": RuleExample(
        "The student is initialised from T5⁸ weights.",
        "学生由T⁵⁸权重初始化。",
        "学生由T5⁸权重初始化。",
        "Powers of units (m²). Without English, where fewer than three other notes show how the document counts.",
    ),
    "F008": RuleExample(
        "",
        "1. 水獭仰面睡觉。\n2. 它们在水中牵手。\n3、 河水很冷。\n3. 桥很旧。",
        "1. 水獭仰面睡觉。\n2. 它们在水中牵手。\n3. 河水很冷。\n4. 桥很旧。",
        "Lists whose numbers are all 1, for Markdown counts them itself.",
    ),
    "F009": RuleExample(
        "水獭的叫声短而多变,在河边很难听清。",
        "The calls of otters are short and varied， and hard to hear at the river， even at night.",
        "The calls of otters are short and varied, and hard to hear at the river.",
        "Beside Chinese characters, in names or quotations.",
    ),
}
