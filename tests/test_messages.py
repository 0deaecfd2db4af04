"""What the audit says in Chinese: it is all there, says the same with the same words, and changes nothing else."""

import ast
import copy
import json
import pickle
import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from strategies import odd_text

from duizhao.corpora import Document, Pair
from duizhao.corpora.script import HAN
from duizhao.main import main
from duizhao.metrics.english_form import turned
from duizhao.metrics.findings import Draft, Finding
from duizhao.metrics.messages import MESSAGES, Language, Message, because, in_language, joined, message_of, say
from duizhao.metrics.placing import Placer
from duizhao.metrics.rules import RULES
from duizhao.pipeline import Options, audit_corpus, build_corpus

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = [str(ROOT / "examples" / page) for page in ("digest.txt", "keypoints.txt", "newsletter.txt")]
MODULES = sorted((ROOT / "metrics").glob("*.py"))
QUOTED = re.compile("“[^”]*”|（[^）]*）")
ENGLISH = re.compile(r"\b[a-z]+ [a-z]+ [a-z]+\b")


def fields_of(template: str) -> list[tuple[str, str]]:
    """The fields of a template with their formats, each once."""
    return sorted({(name, spec or "") for _, name, spec, _ in Formatter().parse(template) if name is not None})


@pytest.mark.parametrize("key", MESSAGES)
def test_both_languages_have_the_same_fields(key: str) -> None:
    en, zh = MESSAGES[key]
    assert fields_of(en) == fields_of(zh)
    assert en.endswith((".", "}")) == zh.endswith(("。", "}"))


@pytest.mark.parametrize("key", MESSAGES)
def test_the_chinese_is_written_as_chinese(key: str) -> None:
    zh = re.sub("“[^”]*”", "", MESSAGES[key][1])
    assert re.findall(r"[\u4e00-\u9fff}][,.;:?!()]|[,.;:?!()][\u4e00-\u9fff{]|[\u4e00-\u9fff] ", zh) == []
    assert HAN.search(zh) or fields_of(zh)


def test_keys_begin_with_a_rule() -> None:
    assert {key.partition(".")[0] for key in MESSAGES} - {"field", "note"} == set(RULES)


def test_every_key_is_used() -> None:
    code = [path for path in (*MODULES, ROOT / "cli" / "provenance.py") if not path.name.startswith("messages_")]
    used = {
        node.value
        for path in code
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant)
    }
    assert [key for key in MESSAGES if key not in used] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_draft_is_made_of_bare_english(path: Path) -> None:
    """A message is neither written out nor built where it is needed, as the eighth value of a draft or by name."""
    bare: list[ast.expr] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            bare += [keyword.value for keyword in node.keywords if keyword.arg == "message"]
            bare += node.args[7:8] if name == "Draft" else []
        elif isinstance(node, ast.Assign) and "message" in ast.dump(node.targets[0]):
            bare += node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
    codes = [node for node in bare if isinstance(node, ast.Constant) and node.value in RULES]
    written = [
        node for node in bare if isinstance(node, ast.Constant | ast.JoinedStr | ast.BinOp) and node not in codes
    ]
    assert [f"{path.name}:{node.lineno}" for node in written] == []


@pytest.mark.parametrize(
    ("message", "en", "zh"),
    [
        (Message("An otter.", "水獭。"), "An otter.", "水獭。"),
        (Message("An otter."), "An otter.", "An otter."),
        (Message(""), "", ""),
        (message_of("An otter."), "An otter.", "An otter."),
        (
            say("Q001.times", source="增长两倍", wanted=3.0, found="doubled"),
            "“增长两倍” is 3 times as much; the English says “doubled”.",
            "“增长两倍”是原来的3倍；英文却写“doubled”。",
        ),
        (
            say("F006.hidden", code=8203, name="ZERO WIDTH SPACE", what=say("F006.no_width"), times=""),
            "U+200B ZERO WIDTH SPACE has no width: nobody sees it, and search misses what it stands in.",
            "U+200B ZERO WIDTH SPACE：没有宽度：看不见，却会使搜索找不到所在的词。",
        ),
        (joined(["“a”", Message("tea", "茶")], ", ", "、"), "“a”, tea", "“a”、茶"),
        (joined([]), "", ""),
        (because(""), "", ""),
        (because("the fixed term is 石桥"), " (the fixed term is 石桥)", "（固定译法是“石桥”）"),
        (because("bank here is 河岸"), " (bank here is 河岸)", "（此处“bank”应为“河岸”）"),
        (because("tea house is 茶馆"), " (tea house is 茶馆)", "（“tea house”应为“茶馆”）"),
        (because("keep the Latin name"), " (keep the Latin name)", "（保留原名）"),
        (because("not an otter"), " (not an otter)", "（not an otter）"),
        (because("水獭不是海獭"), " (水獭不是海獭)", "（水獭不是海獭）"),
        (
            say("T002.if_meant", found="茶杯", why=because("cup is 杯"), source="cup", wanted="杯"),
            "“茶杯” (cup is 杯): if it stands for “cup”, write “杯”.",
            "“茶杯”（“cup”应为“杯”）：如果指的是“cup”，请写作“杯”。",
        ),
        (
            say("N002.latin", wanted="Otter", found="Oter").requoted("Oter", "Ottr"),
            "The English has “Otter”, the Chinese “Ottr”.",
            "英文是“Otter”，中文却是“Ottr”。",
        ),
        (
            say("F004.formula", formula="$x$").exchanged(),
            "The formula $x$ of the Chinese is absent from the English.",
            "中文的公式“$x$”没有出现在英文里。",
        ),
        (
            say("F003.broken", found="英文 English", wanted="b").exchanged(),
            "The address “英文 English” can not be followed as written; “b” is meant.",
            "网址“英文 English”照这样打不开，应为“b”。",
        ),
    ],
)
def test_message(message: Message, en: str, zh: str) -> None:
    assert (str(message), message.zh) == (en, zh)
    assert (in_language(message, "en"), in_language(message, "zh")) == (en, zh)
    assert type(in_language(message, "en")) is str


def test_a_message_keeps_its_chinese_when_copied() -> None:
    message = say("Q001.missing", number="7")
    for other in (copy.copy(message), copy.deepcopy(message), pickle.loads(pickle.dumps(message))):
        assert (str(other), other.zh) == (str(message), message.zh)


@given(odd_text)
def test_any_text_is_said_as_it_stands(text: str) -> None:
    message = say("Q001.missing", number=text)
    assert str(message) == f"“{text}” has no counterpart in the Chinese."
    assert message.zh == f"“{text}”在中文里没有对应。"


@given(odd_text)
def test_exchanged_twice_is_as_before(text: str) -> None:
    message = say("F004.placeholder_changed", wanted="{n}", found=text)
    twice = message.exchanged().exchanged()
    assert (str(twice), twice.zh) == (str(message), message.zh)


@given(odd_text)
def test_a_reason_is_never_lost(text: str) -> None:
    said = because(text)
    assert text in said
    assert not text or said.zh.startswith("（")
    assert set(HAN.findall(text)) <= set(said.zh)


@pytest.mark.parametrize(
    ("lang", "message"),
    [("en", "“代幣” became “詞元”."), ("zh", "“代幣”译成了“詞元”。")],
)
def test_the_script_of_the_text_in_both_languages(lang: Language, message: str) -> None:
    """Words of a traditional text are quoted in its script."""
    text = "Tokens.\n代幣。\n"
    pair = Pair("d#1.text.1", "d#1", "d.txt", "text", ("Tokens.",), ("代幣。",), ((0, 7),), ((8, 11),), "1-1", 1.0)
    said = Message("“代币” became “词元”.", "“代币”译成了“词元”。")
    draft = Draft("T002", "error", 0.9, (0, 6), (0, 2), "词元", "代币", said)
    finding = Placer([Document("d.txt", "0", "utf-8", text)], [pair], lang=lang).in_pair(pair, draft)
    assert (finding.message, finding.found, finding.expected) == (message, "代幣", "詞元")


def test_a_bare_string_may_still_be_turned() -> None:
    draft = turned(Draft("F003", "note", 0.5, (0, 3), None, "", "", "The English “English” is odd."))
    assert (draft.message, in_language(draft.message, "zh")) == (("The Chinese “English” is odd.",) * 2)


def audited(inputs: list[str], options: Options) -> tuple[Finding, ...]:
    return audit_corpus(build_corpus(inputs, options), options).findings


def is_chinese(message: str) -> bool:
    """Whether a message is Chinese throughout, but for what it quotes and the reasons of a termbase."""
    own = QUOTED.sub("", message)
    return bool(HAN.search(own)) and message.endswith("。") and not ENGLISH.search(own)


def test_the_examples_in_chinese() -> None:
    """Nothing but the messages changes, and each of them is Chinese."""
    english, chinese = (audited(EXAMPLES, Options(lang=lang)) for lang in ("en", "zh"))
    assert [f.fingerprint for f in english] == [f.fingerprint for f in chinese]
    assert [(f.rule, f.severity, f.found, f.expected) for f in english] == [
        (f.rule, f.severity, f.found, f.expected) for f in chinese
    ]
    assert [f.message for f in english if is_chinese(f.message)] == []
    assert [f.message for f in chinese if not is_chinese(f.message)] == []


@pytest.mark.parametrize(("name", "wrong_en"), [("planted_en_zh", False), ("planted_zh_en", True)])
def test_planted_errors_are_told_in_chinese(name: str, wrong_en: bool, tmp_path: Path) -> None:
    lines = (ROOT / "tests" / "data" / f"{name}.jsonl").read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line]
    texts = [(row["wrong"], row["zh"]) if wrong_en else (row["en"], row["wrong"]) for row in rows]
    page = [{"abstract_en": en, "abstract_zh": zh} for en, zh in texts]
    (tmp_path / "planted.json").write_text(json.dumps(page, ensure_ascii=False), encoding="utf-8")
    options = Options(lang="zh", direction="zh-en" if wrong_en else "en-zh")
    findings = audited([str(tmp_path)], options)
    assert len({finding.rule for finding in findings}) > 12
    assert [finding.message for finding in findings if not is_chinese(finding.message)] == []


def test_the_command_line_speaks_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Text, JSON lines and notes."""
    page = tmp_path / "tea.json"
    page.write_text('[{"en": "Seven otters drank tea.", "zh": "六只水獭喝了茶茶水。"}]', encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        main(["audit", str(page), "--lang", "zh", "--no-encoder", "--fail-on", "note", "-o", str(tmp_path / "out")])
    shown = capsys.readouterr().out
    rows = (tmp_path / "out" / "findings.jsonl").read_text(encoding="utf-8").split("\n")
    messages = [json.loads(row)["message"] for row in rows if row]
    assert left.value.code == 1
    assert messages == ["英文的“Seven”在中文里是“六”。", "“茶茶”重复，似乎应为“茶”；请删去一个。"]
    assert [message for message in messages if message not in shown] == []
    assert "没有使用编码器，只查找了术语库中列出的译法（--no-encoder）。" in shown.split("\n")
    assert "--lang zh" not in shown
