"""The audit from page to findings: what it says, where, and that it stays quiet on good translations."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest

from duizhao.align import pair_records
from duizhao.corpora import (
    Document,
    Forbidden,
    Pair,
    Record,
    Term,
    Termbase,
    extract,
    shipped_knowledge,
    shipped_termbase,
)
from duizhao.metrics import Audit, Finding, audit

TERMS = Termbase(
    (
        Term("soft gripper", "软体夹爪", (), (Forbidden("温柔的强盗", "a gentle robber", False),), "robotics"),
        Term("tactile sensor", "触觉传感器", domain="robotics"),
        Term("OctoHand", "OctoHand", (), (Forbidden("章鱼手", "the animal", False),), "names"),
    ),
    "small",
)

PAGE = """\
1、[RO] A Soft Gripper for Ripe Fruit

A Lind, B Okoro
[Orchard Institute]
用于成熟水果的软体夹爪。温柔的强盗可以握住水果而不留下痕迹。我们在1200个桃子上测试了章鱼手。触觉传感器每秒读取压力五十次次。在三个果园中成功率为98%。

A soft gripper can hold fruit without leaving a mark. We test OctoHand on 1,200 peaches. \
A tactile sensor reads the pressure fifty times per second. \
The success rate is 89% in three orchards. The hardware can be printed in one afternoon with cheap materials.

https://example.org/abs/2401.00001

2、[RO] Walking Machines on Wet Leaves

C Brandt, D Ito
[Orchard Institute]
湿树叶上的行走机器。树叶很滑。我们的机器在秋天学会了行走。

Leaves are slippery. Our machine learns to walk in autumn.

https://example.org/abs/2401.00002
"""
CLEAN_ITEM = """\

3、[RO] Counting Birds from Balloons

E Moreau, F Sato
[Orchard Institute]
用气球数鸟。气球安静而便宜。我们在四个湖泊上数了2300只鸟。

Balloons are quiet and cheap. We counted 2,300 birds over four lakes.

https://example.org/abs/2401.00003
"""


def page(text: str) -> Document:
    return Document("page.txt", "0", "utf-8", text)


@cache
def paired(text: str) -> tuple[tuple[Record, ...], tuple[Pair, ...]]:
    made = pair_records(extract([page(text)]).records)
    return made.records, made.pairs


def findings(text: str) -> tuple[Finding, ...]:
    records, pairs = paired(text)
    return audit([page(text)], records, pairs, TERMS).findings


def at(needle: str) -> tuple[int, int]:
    return page(PAGE).position(PAGE.index(needle))


EXPECTED = [
    ("T002", "error", "温柔的强盗", "软体夹爪"),
    ("N003", "error", "章鱼手", "OctoHand"),
    ("F001", "warning", "次次", ""),
]


@pytest.mark.parametrize(("rule", "severity", "zh", "expected"), EXPECTED)
def test_expected_findings(rule: str, severity: str, zh: str, expected: str) -> None:
    [finding] = [f for f in findings(PAGE) if f.zh == zh and f.rule == rule]
    assert (finding.rule, finding.severity) == (rule, severity)
    assert (finding.line, finding.column) == at(zh)
    assert (finding.document, finding.record) == ("page.txt", "page#1")
    if expected:
        assert finding.expected == expected


def test_a_number_that_differs() -> None:
    [finding] = [f for f in findings(PAGE) if f.rule[0] == "Q"]
    assert (finding.rule, finding.en) == ("Q001", "89%")
    assert (finding.line, finding.column) in (at("98%"), at("89%"))


def test_a_sentence_left_out() -> None:
    found = findings(PAGE)
    lone = [(f.rule, f.en, (f.line, f.column)) for f in found if f.rule in ("C001", "C002")]
    sentence = "The hardware can be printed in one afternoon with cheap materials."
    assert lone == [("C001", sentence, at("The hardware"))]


def test_findings_lie_where_they_say() -> None:
    found = findings(PAGE)
    assert len(found) >= 5
    for f in found:
        assert f.en == ("" if f.span_en is None else PAGE[slice(*f.span_en)])
        assert f.zh == ("" if f.span_zh is None else PAGE[slice(*f.span_zh)])
        begin = (f.span_zh or f.span_en or (0, 0))[0]
        assert (f.line, f.column) == page(PAGE).position(begin)
    assert [(f.line, f.column) for f in found] == sorted((f.line, f.column) for f in found)
    assert len({(f.rule, f.span_en, f.span_zh) for f in found}) == len(found)


def test_a_clean_paper_adds_nothing() -> None:
    assert findings(PAGE + CLEAN_ITEM) == findings(PAGE)


def test_the_order_of_records_and_pairs_does_not_matter() -> None:
    records, pairs = paired(PAGE + CLEAN_ITEM)
    document = page(PAGE + CLEAN_ITEM)
    wanted = audit([document], records, pairs, TERMS).findings
    assert audit([document], records[::-1], pairs, TERMS).findings == wanted
    reordered = sorted(pairs, key=lambda pair: pair.record, reverse=True)
    assert audit([document], records[::-1], reordered, TERMS).findings == wanted


def test_fingerprints_survive_lines_above() -> None:
    before, after = findings(PAGE), findings("晨报\n\n" + PAGE)
    assert [f.fingerprint for f in after] == [f.fingerprint for f in before]
    assert [f.line for f in after] == [f.line + 2 for f in before]
    assert [f.column for f in after] == [f.column for f in before]


def test_two_runs_give_the_same() -> None:
    records, pairs = paired(PAGE)
    assert audit([page(PAGE)], records, pairs, TERMS) == audit([page(PAGE)], records, pairs, TERMS)


def test_progress_names_every_pair() -> None:
    told: list[str] = []
    records, pairs = paired(PAGE)
    audit([page(PAGE)], records, pairs, TERMS, progress=told.append)
    assert sorted(told) == sorted(pair.id for pair in pairs)


def test_nothing() -> None:
    assert audit([], [], [], TERMS) == Audit((), (), ())


def test_comparable_records_are_named_once() -> None:
    text = "研究温柔的强盗。\n抓住水果。\n"
    spans: list[dict[str, tuple[tuple[int, int], ...]]] = [{"summary_zh": ((0, 8),)}, {"summary_zh": ((9, 14),)}]
    records = [
        Record(f"d#{k}", "page.txt", "summary", summary_zh=text[slice(*span["summary_zh"][0])], spans=span)
        for k, span in enumerate(spans, 1)
    ]
    result = audit([page(text)], records, [], TERMS)
    assert [(f.rule, f.zh, f.line) for f in result.findings] == [
        ("C005", "研究温柔的强盗。", 1),
        ("T002", "温柔的强盗", 1),
    ]
    assert len(result.notes) == 1
    assert result.notes[0].startswith("2 records are comparable")


@pytest.mark.parametrize(
    ("kind", "field", "severity", "message"),
    [
        ("missing_zh", "abstract", "warning", "The abstract stands in English only."),
        ("missing_zh", "text", "warning", "The text stands in English only."),
        ("untranslated", "abstract", "error", "The English abstract is repeated where the Chinese should stand."),
        ("untranslated", "text", "error", "The English text is repeated where the Chinese should stand."),
    ],
)
def test_an_untranslated_abstract_is_said_so(kind: str, field: str, severity: str, message: str) -> None:
    text = "We study moths and light in dark gardens.\n"
    fields: dict[str, Any] = {"kind": kind, f"{field}_en": text.strip()}
    record = Record("d#1", "page.txt", spans={f"{field}_en": ((0, len(text) - 1),)}, **fields)
    [finding] = audit([page(text)], [record], [], TERMS).findings
    assert (finding.rule, finding.severity, finding.message) == ("C003", severity, message)
    assert (finding.en, finding.span_en, finding.span_zh) == (text.strip(), (0, len(text) - 1), None)


# As a competent translator would render them; the shipped termbase and field knowledge must have nothing to say.
CLEAN = [
    (
        "We train a graph neural network on 1.2 million molecules and reach a mean absolute error of 0.043 eV.",
        "我们在120万个分子上训练图神经网络，平均绝对误差达到0.043 eV。",
    ),
    (
        "The new tokenizer splits each word into subword units, which cuts the vocabulary from 250,000 to 32,000.",
        "新的分词器把每个词切分为子词单元，使词表大小从25万减少到3.2万。",
    ),
    (
        "Compared with BERT, our encoder is three times faster and loses only 0.8 points of F1 on SQuAD.",
        "与BERT相比，我们的编码器速度快三倍，在SQuAD上的F1仅下降0.8个百分点。",
    ),
    (
        "Large language models hallucinate when the prompt mentions entities that never occurred in pretraining.",
        "当提示中提到预训练阶段从未出现过的实体时，大语言模型会产生幻觉。",
    ),
    (
        "The robot arm grasps 95% of the unseen objects after only twenty minutes of real-world practice.",
        "机械臂在真实环境中仅练习二十分钟后，就能抓取95%的未见物体。",
    ),
    (
        "A convolutional layer with a 3x3 kernel shares its weights across all spatial positions.",
        "采用3x3卷积核的卷积层在所有空间位置上共享权重。",
    ),
    (
        "We prove that gradient descent converges to a stationary point at a rate of O(1/T).",
        "我们证明梯度下降以O(1/T)的速率收敛到驻点。",
    ),
    (
        "The agent receives a sparse reward only when it opens the last door.",
        "智能体只有在打开最后一扇门时才会获得稀疏奖励。",
    ),
    ("Protein folding was simulated for 500 nanoseconds at 310 K.", "在310 K下对蛋白质折叠过程进行了500纳秒的模拟。"),
    (
        "Knowledge distillation transfers the behaviour of the teacher to a student with one tenth of the parameters.",
        "知识蒸馏把教师模型的行为迁移到参数量仅为其十分之一的学生模型。",
    ),
    (
        "Self-attention has quadratic cost in the length of the sequence, and sparse attention reduces it to linear.",
        "自注意力的开销随序列长度呈二次增长，而稀疏注意力将其降为线性。",
    ),
    (
        "We release the dataset under a CC BY 4.0 licence at https://corpus.example.org/v2.",
        "我们以CC BY 4.0许可协议发布该数据集，地址为https://corpus.example.org/v2。",
    ),
    (
        "In zero-shot translation between Swahili and Korean, the model gains 4.6 BLEU over the pivot baseline.",
        "在斯瓦希里语与韩语之间的零样本翻译中，该模型比枢轴基线高4.6个BLEU。",
    ),
    (
        "Batch normalization makes the loss landscape smoother, so a larger learning rate can be used.",
        "批归一化使损失曲面更加平滑，因此可以使用更大的学习率。",
    ),
    ("The diffusion model denoises an image in 50 steps instead of 1,000.", "该扩散模型用50步而非1000步完成图像去噪。"),
    (
        "We sequence the genomes of 128 bacteria and find seven new gene clusters.",
        "我们对128种细菌的基因组进行测序，发现了七个新的基因簇。",
    ),
    (
        "The policy is trained by proximal policy optimization (PPO) in 4,096 parallel simulations.",
        "该策略通过近端策略优化（PPO）在4096个并行仿真环境中训练。",
    ),
    (
        "Dropout with a rate of 0.1 is applied after every feed-forward layer.",
        "在每个前馈层之后应用比率为0.1的dropout。",
    ),
    (
        "The speaker verification system reaches an equal error rate of 1.7% on noisy telephone speech.",
        "该说话人验证系统在含噪电话语音上的等错误率为1.7%。",
    ),
    (
        "We fine-tune LLaMA-7B with LoRA on a single GPU with 24 GB of memory.",
        "我们在一块显存为24 GB的GPU上用LoRA微调LLaMA-7B。",
    ),
    (
        "The manifold of natural images has a far lower dimension than the pixel space.",
        "自然图像流形的维度远低于像素空间。",
    ),
    (
        "Our theory explains why overparameterized networks generalize even when they interpolate the training data.",
        "我们的理论解释了为什么过参数化网络即使对训练数据进行插值也能泛化。",
    ),
    (
        "The drone follows the planned trajectory with an average deviation of 12 cm at speeds of up to 15 m/s.",
        "无人机在最高15 m/s的速度下跟踪规划轨迹，平均偏差为12 cm。",
    ),
    ("Human raters preferred our summaries in 63 out of 100 cases.", "在100例中，人工评分者有63例更偏好我们的摘要。"),
    (
        "Because the labels are noisy, we first estimate a transition matrix and then correct the loss.",
        "由于标签含噪，我们先估计转移矩阵，再对损失进行校正。",
    ),
    (
        "The retriever returns the top 20 passages, and the reader extracts the answer from them.",
        "检索器返回排名前20的段落，阅读器再从中抽取答案。",
    ),
    (
        "Mutations in the binding pocket lower the affinity by two orders of magnitude.",
        "结合口袋中的突变使亲和力降低两个数量级。",
    ),
    (
        "Federated learning keeps patient records inside each of the eleven hospitals.",
        "联邦学习使患者病历保留在这十一家医院各自的内部。",
    ),
    (
        "We show that the attack succeeds on GPT-4 with a probability of more than 80%.",
        "我们表明，该攻击对GPT-4的成功率超过80%。",
    ),
    (
        "Word embeddings trained before 2010 miss the recent senses of many words.",
        "2010年之前训练的词嵌入遗漏了许多词的新近含义。",
    ),
    (
        "Beam search with a width of five improves the translation of long sentences, but greedy decoding is cheaper.",
        "束宽为五的束搜索改善了长句的翻译，但贪心解码的代价更低。",
    ),
    (
        "The encoder maps each speech frame of 25 ms to a vector of 768 dimensions.",
        "编码器将每个25毫秒的语音帧映射为768维向量。",
    ),
    (
        "Contrastive learning pulls positive pairs together and pushes negative pairs apart.",
        "对比学习拉近正样本对，推远负样本对。",
    ),
    (
        "On ImageNet the vision transformer reaches a top-1 accuracy of 84.2% without extra data.",
        "在ImageNet上，视觉Transformer在不使用额外数据的情况下取得了84.2%的top-1准确率。",
    ),
    ("Stochastic variance reduction halves the number of gradient evaluations.", "随机方差缩减使梯度计算次数减半。"),
    (
        "We measure the calcium activity of about 10,000 neurons in the visual cortex of awake mice.",
        "我们测量了清醒小鼠视觉皮层中约1万个神经元的钙活动。",
    ),
    (
        "The legged robot learns to walk on ice, sand and stairs without any camera.",
        "这种足式机器人在没有摄像头的情况下学会了在冰面、沙地和楼梯上行走。",
    ),
    (
        "An ablation study shows that removing the memory module costs 5.4 points of accuracy.",
        "消融实验表明，去掉记忆模块会使准确率下降5.4个百分点。",
    ),
    (
        "The causal graph contains a hidden confounder between treatment and outcome.",
        "该因果图在干预与结果之间包含一个隐藏的混杂因素。",
    ),
    (
        "Three annotators labelled 2,500 dialogues, and their agreement was 0.81 in Cohen's kappa.",
        "三名标注者标注了2500段对话，其一致性以Cohen's kappa计为0.81。",
    ),
]


def clean_page(texts: Sequence[tuple[str, str]]) -> tuple[Document, list[Record], list[Pair]]:
    """One record with one pair for each of the texts."""
    text = ""
    records, pairs = [], []
    for k, (en, zh) in enumerate(texts, 1):
        span_en = (len(text), len(text) + len(en))
        span_zh = (span_en[1] + 1, span_en[1] + 1 + len(zh))
        text += f"{en}\n{zh}\n"
        spans = {"abstract_en": (span_en,), "abstract_zh": (span_zh,)}
        records.append(Record(f"c#{k}", "page.txt", "abstract", abstract_en=en, abstract_zh=zh, spans=spans))
        pairs.append(
            Pair(f"c#{k}.1", f"c#{k}", "page.txt", "abstract", (en,), (zh,), (span_en,), (span_zh,), "1-1", 0.7)
        )
    return page(text), records, pairs


@cache
def loud() -> list[tuple[int, str, str, str]]:
    document, records, pairs = clean_page(CLEAN)
    found = audit([document], records, pairs, shipped_termbase(), shipped_knowledge()).findings
    return [((f.line + 1) // 2, f.rule, f.en, f.zh) for f in found if f.severity != "note"]


def test_good_translations_stay_quiet() -> None:
    assert len(CLEAN) == 40
    assert loud() == []


def test_good_translations_are_aligned_one_to_one() -> None:
    document, _, pairs = clean_page(CLEAN)
    spans = {"abstract_en": tuple(p.spans_en[0] for p in pairs), "abstract_zh": tuple(p.spans_zh[0] for p in pairs)}
    en, zh = "\n".join(en for en, _ in CLEAN), "\n".join(zh for _, zh in CLEAN)
    record = Record("c#1", "page.txt", "abstract", abstract_en=en, abstract_zh=zh, spans=spans)
    assert [(p.en[0], p.zh[0]) for p in pair_records([record]).pairs] == CLEAN
    assert document.text.count("\n") == 80


# One word of a good translation spoilt: the same audit speaks, so its silence above means something.
SPOILT = [
    ("120万个分子", "12万个分子", "Q002"),
    ("三倍，在SQuAD", "三倍倍，在SQuAD", "F001"),
    ("自然图像流形", "自然图像歧管", "T002"),
    ("84.2%", "82.4%", "Q001"),
]


@pytest.mark.parametrize(("good", "bad", "rule"), SPOILT)
def test_a_spoilt_translation_is_found(good: str, bad: str, rule: str) -> None:
    [(en, zh)] = [(en, zh) for en, zh in CLEAN if good in zh]
    document, records, pairs = clean_page([(en, zh.replace(good, bad))])
    found = audit([document], records, pairs, shipped_termbase(), shipped_knowledge()).findings
    assert rule in [f.rule for f in found if f.severity != "note"]
