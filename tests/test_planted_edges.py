"""All that the audit says of each planted error, in both directions: what it misses and what it adds is seen here too.

How many it must find is in test_planted.py and test_planted_zh_en.py. Where a change is meant, change the tables.
"""

# ruff: noqa: E501 (a row a case)
import runpy
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[1] / "benchmarks"
Row = tuple[str, list[str], list[float]]

# Case; its findings; how sure they are.
INTO_CHINESE: list[Row] = [
    ("ez01", ["T002 error 学习费率 → 学习率"], [0.92]),
    ("ez02", [], []),
    ("ez03", ["T004 note 腹痛入院 → 腹部", "T002 error 微分诊断 → 鉴别诊断"], [0.58, 0.92]),
    ("ez04", ["T002 error 横梁搜索 → 束搜索"], [0.92]),
    ("ez05", ["T001 note 保证金电话 → 追加保证金通知"], [0.63]),
    ("ez06", [], []),
    ("ez07", [], []),
    ("ez08", [], []),
    ("ez09", [], []),
    ("ez10", [], []),
    ("ez11", [], []),
    ("ez12", ["N002 warning LeCan → LeCun"], [0.85]),
    ("ez13", ["N003 warning 火炬 → PyTorch"], [0.9]),
    ("ez14", [], []),
    ("ez15", [], []),
    ("ez16", ["N002 warning HaborNet → HarborNet"], [0.85]),
    ("ez17", [], []),
    ("ez18", ["T001 note 马尔科姆链 → 马尔可夫链"], [0.72]),
    ("ez19", ["Q002 error 480万 → 4800万"], [0.9]),
    ("ez20", ["Q002 error 3.4亿 → 34亿"], [0.9]),
    ("ez21", ["Q003 warning 0.4% → 0.4个百分点"], [0.8]),
    ("ez22", ["Q001 warning 50 → 30"], [0.85]),
    ("ez23", ["Q003 error 20微克 → 20毫克"], [0.9]),
    ("ez24", ["Q004 warning 两 → 至少两"], [0.8]),
    ("ez25", ["Q001 warning 1999 → 1990"], [0.85]),
    ("ez26", ["Q002 error 三十倍 → 3倍"], [0.9]),
    ("ez27", ["Q002 error 120万 → 12万"], [0.9]),
    ("ez28", ["Q004 warning 超过五分之一 → 不到五分之一"], [0.85]),
    ("ez29", ["Q003 error 1.2克 → 1.2公斤"], [0.9]),
    ("ez30", ["C001 warning - → -"], [0.85]),
    ("ez31", ["C001 warning - → -"], [0.88]),
    ("ez32", ["C001 warning - → -"], [0.85]),
    ("ez33", [], []),
    ("ez34", [], []),
    ("ez35", ["C001 warning - → -"], [0.85]),
    ("ez36", ["C002 warning - → -"], [0.7]),
    ("ez37", ["C001 warning - → -"], [0.85]),
    ("ez38", ["C001 warning - → -", "Q001 warning - → 八"], [0.88, 0.6]),
    ("ez39", ["C004 note decoherence → -"], [0.5]),
    ("ez40", ["C003 error Mutating two residues abolishes binding. → -"], [0.8]),
    ("ez41", ["C004 warning separate → -"], [0.7]),
    ("ez42", ["C004 note wait → -"], [0.5]),
    ("ez43", ["C004 warning landmarks → -"], [0.7]),
    ("ez44", ["C003 error Pour the mixture into a greased tin and smooth the top. → -"], [0.9]),
    ("ez45", ["C004 note perturbation → -"], [0.5]),
    ("ez46", ["C004 note laparoscopic → -"], [0.5]),
    ("ez47", ["C004 warning manual → -"], [0.7]),
    ("ez48", ["F001 warning 产物产物 → 产物"], [0.7]),
    ("ez49", ["F002 warning （ → （…）"], [0.6]),
    ("ez50", ["F003 warning https://github。com/mistral-bay/tidecast → https://github.com/mistral-bay/tidecast"], [0.9]),
    ("ez51", ["F004 warning - → $E_k = \\frac{1}{2}mv^2$"], [0.7]),
    ("ez52", ["F002 warning “ → “…”"], [0.6]),
    ("ez53", ["F001 warning 不要不要 → 不要"], [0.7]),
    ("ez54", ["F004 error $O(1/\\sqrt{T)$ → -"], [0.9]),
    ("ez55", ["F001 note ;; → ;"], [0.7]),
    ("ez56", ["F002 warning （ → （…）", "F004 warning [PDF](https://docs.lumera-sensors.com/ls200.pdf） → […](…)"], [0.6, 0.9]),
]  # fmt: skip
INTO_ENGLISH: list[Row] = [
    ("ze01", ["T001 warning stagnation point → stationary point"], [0.8]),
    ("ze02", ["T004 warning Melting experiments → ablation experiment"], [0.8]),
    ("ze03", ["T005 warning long sequence transition memory → long short-term memory"], [0.85]),
    ("ze04", ["T003 warning knowledge refinement → knowledge distillation"], [0.8]),
    ("ze05", [], []),
    ("ze06", [], []),
    ("ze07", ["N003 warning saccharified hemoglobin → HbA1c"], [0.8]),
    ("ze08", [], []),
    ("ze09", ["T004 note terminal actuator → end effector"], [0.6]),
    ("ze10", ["T004 note different variance → heteroscedasticity"], [0.6]),
    ("ze11", ["T001 warning transcription coefficient → transcription factor"], [0.8]),
    ("ze12", ["T003 warning intelligent body → agent"], [0.8]),
    ("ze13", ["T001 warning conditional random domain → conditional random field"], [0.8]),
    ("ze14", ["T004 warning pattern crash → mode collapse"], [0.8]),
    ("ze15", ["N002 warning Dan Xuefeng → Shan Xuefeng"], [0.8]),
    ("ze16", ["N002 warning Chou Zhiyuan → Qiu Zhiyuan"], [0.8]),
    ("ze17", [], []),
    ("ze18", ["T001 warning Qiebixuefu's inequality → Chebyshev's inequality"], [0.8]),
    ("ze19", [], []),
    ("ze20", ["N003 note Flying Oar → PaddlePaddle"], [0.6]),
    ("ze21", ["N002 warning Shanxi → Shaanxi"], [0.85]),
    ("ze22", ["N003 warning RetinalFormer → RetinaFormer"], [0.85]),
    ("ze23", ["N002 warning Zhang Weiming → Zhang Weimin"], [0.8]),
    ("ze24", [], []),
    ("ze25", ["Q002 error 3,600 → 36,000"], [0.9]),
    ("ze26", ["Q002 error 1.2 billion → 120 million"], [0.9]),
    ("ze27", ["Q003 note 3.2 percent → 3.2%"], [0.5]),
    ("ze28", ["Q001 warning 18 → 8"], [0.85]),
    ("ze29", ["Q003 error 250 → 250"], [0.9]),
    ("ze30", ["Q004 warning 30 → 至少提前30"], [0.85]),
    ("ze31", ["Q001 warning 1989 → 1998"], [0.85]),
    ("ze32", ["Q001 warning one third → 0.666667"], [0.85]),
    ("ze33", ["Q001 warning doubled → quadrupled"], [0.85]),
    ("ze34", ["Q001 warning 70% off → 30% off"], [0.85]),
    ("ze35", ["Q002 error 125 million → 1.25 billion"], [0.9]),
    ("ze36", ["Q003 error 15 → 15"], [0.9]),
    ("ze37", ["Q004 warning 5% → no more than 5%"], [0.8]),
    ("ze38", ["Q001 warning doubled → tripled"], [0.85]),
    ("ze39", ["C001 warning - → -"], [0.85]),
    ("ze40", ["C001 note - → -"], [0.6]),
    ("ze41", ["C001 warning - → -"], [0.85]),
    ("ze42", ["C001 warning - → -"], [0.85]),
    ("ze43", ["C001 warning - → -"], [0.85]),
    ("ze44", ["C002 warning - → -"], [0.8]),
    ("ze45", ["C002 warning - → -"], [0.8]),
    ("ze46", ["C001 warning - → -"], [0.85]),
    ("ze47", ["C001 warning - → -"], [0.85]),
    ("ze48", ["C001 warning - → -"], [0.85]),
    ("ze49", ["C002 warning - → -"], [0.7]),
    ("ze50", ["C001 warning - → -"], [0.85]),
    ("ze51", ["C004 warning 梯度检查点 → -"], [0.85]),
    ("ze52", ["C003 error 循环使用十次后，其活性没有明显下降。 → -"], [0.9]),
    ("ze53", ["C004 warning bianji chengben → -"], [0.85]),
    ("ze54", ["C004 warning 原告 → -"], [0.85]),
    ("ze55", ["C004 warning 抑制性 → -"], [0.85]),
    ("ze56", ["C004 warning zixing → -"], [0.85]),
    ("ze57", ["C003 error 请勿将设备放置在潮湿或高温的环境中。 → -"], [0.9]),
    ("ze58", ["C004 warning 后验 → -"], [0.85]),
    ("ze59", ["C004 warning mocaxishu → -"], [0.85]),
    ("ze60", ["C004 warning 产线 → -"], [0.85]),
    ("ze61", ["F001 warning the the → the"], [0.8]),
    ("ze62", ["F002 warning ( → (…)"], [0.8]),
    ("ze63", ["F003 warning https:// github.com → https://github.com"], [0.9]),
    ("ze64", ["F004 warning - → $L(\\theta)=\\frac{1}{n}\\sum_{i=1}^{n}(y_i-f_\\theta(x_i))^2$"], [0.7]),
    ("ze65", [], []),
    ("ze66", ["F009 warning hospital stays，reduces postoperative → hospital stays, reduces postoperative"], [0.8]),
    ("ze67", ["F002 warning \"cold-start problem refe → \"…\""], [0.8]),
    ("ze68", ["F009 warning of about 0.35。 Its mass distribution → of about 0.35. Its mass distribution"], [0.8]),
    ("ze69", ["F004 warning $ → $…$"], [0.8]),
    ("ze70", ["F001 warning number of number of → number of"], [0.85]),
    ("ze71", ["F005 warning andlead → and lead"], [0.8]),
    ("ze72", ["F002 warning [ → […]"], [0.8]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("program", "data", "en", "zh", "wanted"),
    [
        ("planted.py", "planted_en_zh.jsonl", "en", "wrong", INTO_CHINESE),
        ("reverse.py", "planted_zh_en.jsonl", "wrong", "zh", INTO_ENGLISH),
    ],
    ids=["into Chinese", "into English"],
)
def test_what_is_said(program: str, data: str, en: str, zh: str, wanted: list[Row]) -> None:
    bench = runpy.run_path(str(BENCHMARKS / program))
    cases = bench["rows"](data)
    found = bench["findings_of"]((case[en], case[zh]) for case in cases)
    for k, (case, (name, said, sure)) in enumerate(zip(cases, wanted, strict=True)):
        here = found.get(k, ())
        assert (case["id"], [f"{f.rule} {f.severity} {f.found or '-'} → {f.expected or '-'}" for f in here]) == (
            name,
            said,
        )
        assert [f.confidence for f in here] == pytest.approx(sure, abs=0.02), name
