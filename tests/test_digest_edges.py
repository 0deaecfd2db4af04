"""All that the audit says of one page, as it stands: a rule that says more, less or something else is seen here.

What it should say is in examples/planted.csv; here is what it says, with the confidences that a reader sorts by.
Where a change is meant, change the table.
"""

from pathlib import Path

import pytest

from duizhao.pipeline import Options, audit_corpus, build_corpus
from duizhao.reports import Result

DIGEST = Path(__file__).resolve().parents[1] / "examples" / "digest.txt"


@pytest.fixture(scope="module")
def result() -> Result:
    return audit_corpus(build_corpus([str(DIGEST)]), Options())


# Line, rule, severity and confidence; what was found, and what was expected.
FINDINGS = [
    ("11 T002 error", 0.92, "变压器 → Transformer"),
    ("11 Q001 warning", 0.85, "65.8% → 68.5%"),
    ("13 F005 note", 0.8, "importantproblem → important problem"),
    ("17 C001 warning", 0.9, "- → -"),
    ("21 T004 note", 0.68, "图块表示 → 补丁表示"),
    ("21 F001 warning", 0.7, "指标指标 → 指标"),
    ("21 T003 note", 0.8, "稳健性 → 鲁棒性"),
    ("23 C001 warning", 0.85, "- → -"),
    ("31 T002 error", 0.92, "静止点 → 驻点"),
    ("31 Q005 error", 0.9, "L8 → L∞"),
    ("31 F004 error", 0.9, "\\ sigma → \\sigma"),
    ("31 F002 warning", 0.6, "( → (…)"),
    ("31 C004 warning", 0.7, "threshold → -"),
    ("41 Q002 error", 0.9, "96万 → 960万"),
    ("41 Q003 error", 0.9, "300秒 → 300毫秒"),
    ("41 T004 warning", 0.79, "培训骨架 → 训练框架"),
    ("41 C003 error", 0.9, "We find that dialects with similar vowels profit from eac… → -"),
    ("45 F003 warning", 0.9, "https://example . org → https://example.org"),
    ("61 T004 note", 0.61, "六个语言 → 六种语言"),
    ("61 Q004 warning", 0.8, "30 → 不到30"),
    ("61 T002 error", 0.92, "代币 → 词元"),
    ("61 T002 error", 0.92, "语境学习 → 上下文学习"),
    ("61 T003 warning", 0.8, "语境学习 → 上下文学习"),
    ("63 C001 warning", 0.85, "- → -"),
    ("71 N003 error", 0.92, "手套 → GloVe"),
    ("71 Q003 error", 0.9, "8GB → 8兆字节"),
    ("71 N002 warning", 0.85, "TinyVac → TinyVec"),
    ("71 T003 note", 0.6, "精度 → 准确率"),
    ("71 T006 note", 0.5, "精度 → 精确率"),
    ("71 T006 note", 0.5, "精度 → 准确率"),
    ("71 C002 warning", 0.7, "- → -"),
    ("71 F002 warning", 0.8, "”足够好的搜索” → “足够好的搜索”"),
    ("73 F005 note", 0.8, "trainingdata → training data"),
    ("81 T001 warning", 0.89, "知识提纯 → 知识蒸馏"),
    ("81 F007 error", 0.95, "T⁵⁸ → T5⁸"),
    ("81 C002 warning", 0.7, "- → -"),
    ("81 Q002 error", 0.9, "1.5亿 → 15亿"),
    ("81 T005 error", 0.85, "自动停车灯 → 动作平滑损失(ASL)"),
    ("81 T005 error", 0.85, "自动停车灯 → 动作平滑损失(ASL)"),
    ("81 T004 note", 0.64, "视频功能 → 视频特征"),
    ("81 T001 note", 0.5, "潜藏空间 → 潜在空间"),
    ("91 F001 warning", 0.8, "都都 → 都"),
    ("91 Q004 warning", 0.8, "三 → 至少三"),
    ("91 N003 error", 0.92, "熔岩 → LLaVA"),
    ("91 C004 warning", 0.7, "legend → -"),
    ("91 C003 error", 0.9, "We therefore propose a training objective that asks the m… → -"),
    ("91 Q005 error", 0.9, "p > 0.01 → p < 0.01"),
    ("93 Q001 warning", 0.7, "- → 130亿"),
    ("101 T002 error", 0.92, "零射击 → 零样本"),
    ("111 F003 note", 0.8, "https://example.org/abs/2401.0… → -"),
]


def test_findings(result: Result) -> None:
    found = [(f"{f.line} {f.rule} {f.severity}", f"{f.found or '-'} → {f.expected or '-'}") for f in result.findings]
    assert found == [(what, said) for what, _, said in FINDINGS]
    assert [f.confidence for f in result.findings] == pytest.approx([sure for _, sure, _ in FINDINGS], abs=0.02)


# Terms that are not as they should be, and new ones: their section, how surely each is one; and all that it became.
ENTRIES = [
    ("in-context learning mismatch 1.00: 上下文学习 3 preferred, 语境学习 1 forbidden", [1.0, 1.0]),
    ("action smoothness loss mismatch 0.90: 自动停车灯 2 unlisted, 动作平滑损失 1 unlisted", [0.85, 0.99]),
    ("GloVe mismatch 1.00: 手套 1 forbidden", [1.0]),
    ("knowledge distillation mismatch 1.00: 知识提纯 1 unlisted", [0.98]),
    ("latent space mismatch 1.00: 潜藏空间 1 unlisted", [1.0]),
    ("LLaVA mismatch 1.00: 熔岩 1 forbidden", [1.0]),
    ("patch representation mismatch 0.95: 图块表示 1 unlisted", [0.95]),
    ("stationary point mismatch 1.00: 静止点 1 forbidden", [1.0]),
    ("token mismatch 1.00: 代币 1 forbidden", [1.0]),
    ("training framework mismatch 0.75: 培训骨架 1 unlisted", [1.0]),
    ("Transformer mismatch 1.00: 变压器 1 forbidden", [1.0]),
    ("video feature mismatch 0.75: 视频功能 1 unlisted", [1.0]),
    ("zero-shot mismatch 1.00: 零射击 1 forbidden", [1.0]),
    ("accuracy inconsistent 1.00: 准确率 2 preferred, 精度 2 admitted", [1.0, 1.0]),
    ("robustness inconsistent 1.00: 鲁棒性 2 preferred, 稳健性 1 admitted", [1.0, 1.0]),
    ("TinyVec inconsistent 1.00: TinyVac 1 unlisted, TinyVec 1 preferred", [0.89, 1.0]),
    ("photograph new 0.75: 照片 2 unlisted", [0.7]),
    ("supervision new 0.75: 监督 2 unlisted", [0.84]),
    ("ASL new 0.90: ASL 1 latin, 自动 1 unlisted, - 1 absent", [0.9, 0.54, 0.0]),
    ("robot new 0.75: 机器人 3 unlisted", [0.7]),
    ("static word vector new 0.72: 静态词向量 3 unlisted", [1.0]),
    ("contextual model new 0.62: 上下文模型 2 unlisted", [0.99]),
    ("paragraph new 0.75: 段落 2 unlisted", [0.7]),
    ("self-supervised vision model new 0.70: 自监督视觉模型 2 unlisted", [0.75]),
    ("stability new 0.75: 稳定性 2 unlisted", [0.7]),
    ("adapted model new 0.79: 适应后的模型 1 unlisted", [0.99]),
    ("average accuracy new 0.87: 平均准确率 1 unlisted", [0.7]),
    ("GPU memory new 0.91: GPU 1 unlisted", [0.52]),
    ("image corruption new 0.95: 图像损坏 1 unlisted", [0.7]),
    ("lightweight classifier new 0.87: 轻量级分类器 1 unlisted", [0.4]),
    ("multilingual baseline new 0.95: 多语言基线 1 unlisted", [0.4]),
    ("pre-trained encoder new 0.95: 预训练编码器 1 unlisted", [0.7]),
    ("question answering benchmark new 0.95: 问答基准 1 unlisted", [0.4]),
    ("Reproducible Benchmarks new 0.95: 基准 1 unlisted", [0.5]),
    ("Sign Languages new 0.87: 手语 1 unlisted", [0.4]),
    ("trade-off new 0.87: 权衡 1 unlisted", [0.7]),
]


def test_entries(result: Result) -> None:
    entries = [entry for entry in result.entries if entry.section != "consistent"]
    assert [
        f"{e.term} {e.section} {e.termhood:.2f}: "
        + ", ".join(f"{r.zh or '-'} {r.count} {r.status}" for r in e.renderings)
        for e in entries
    ] == [said for said, _ in ENTRIES]
    for entry, (_, sure) in zip(entries, ENTRIES, strict=True):
        assert [rendering.confidence for rendering in entry.renderings] == pytest.approx(sure, abs=0.02)


def test_terms_that_are_as_they_should_be(result: Result) -> None:
    found = {e.term: e.count for e in result.entries if e.section == "consistent"}
    assert (len(found), sum(found.values())) == (80, 112)
