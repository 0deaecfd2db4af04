"""The words of the rules in both languages: all there, written as Chinese, and shown by `duizhao rule`."""

import re
from pathlib import Path

import pytest

from duizhao.main import main
from duizhao.metrics import RULES, SEVERITIES, Severity
from duizhao.metrics.rule_words import RuleWords, measured_words, rule_words, severity_word
from duizhao.metrics.rules import MEASURED

HAN = r"[\u3400-\u9fff]"
LATIN_SENTENCE = re.compile(r"\b[a-z]+,? [a-z]+,? [a-z]+\b")
BADLY_SET = re.compile(
    rf"{HAN}[,.;:?!()]|[,.;:?!()]{HAN}|{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}|{HAN} {HAN}|[，。；：、？！（）] "
)


@pytest.mark.parametrize("code", RULES)
def test_english_is_what_the_rule_says(code: str) -> None:
    rule = RULES[code]
    assert rule_words(code, "en") == RuleWords(rule.slug.replace("-", " "), rule.what, rule.why, rule.example, rule.fix)
    assert measured_words(code, "en") == MEASURED[code]


@pytest.mark.parametrize("code", RULES)
def test_chinese_is_written_as_chinese(code: str) -> None:
    words = rule_words(code, "zh")
    assert re.fullmatch(f"{HAN}{{4,8}}", words.name)
    for text in (words.what, words.why, words.fix, measured_words(code, "zh")):
        assert text.endswith("。") and not text.endswith("。。")
        own = re.sub(r"“[^”]{2,}”", "“茶”", text)  # what is quoted stands as it was written
        assert BADLY_SET.findall(own) == []
        assert LATIN_SENTENCE.findall(text) == []
        assert len(re.findall(HAN, text)) > len(re.findall("[A-Za-z]", text))
    assert words.example and not words.example.endswith("。" * 2)
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("code", RULES)
def test_the_example_keeps_what_is_quoted(code: str) -> None:
    """Translating the remarks around an example changes nothing of what the English quotes in Han."""
    quoted = re.findall(rf"{HAN}{{2,}}", RULES[code].example)
    assert quoted == [] or [words for words in quoted if words not in rule_words(code, "zh").example] == []


@pytest.mark.parametrize("code", RULES)
def test_figures_are_those_of_the_english(code: str) -> None:
    """Each number measured stands in both; "all of 3" and "3 of 3" are one 3 in Chinese, "1 of 1" the only one."""
    en = set(re.findall(r"\d[\d,.+-]*\d|\d", MEASURED[code]))
    zh = set(re.findall(r"\d[\d,.+-]*\d|\d", measured_words(code, "zh")))
    assert zh == en


def test_names_are_unique_and_unknown_codes_refused() -> None:
    assert len({rule_words(code, "zh").name for code in RULES}) == len(RULES)
    for lang in ("en", "zh"):
        with pytest.raises(KeyError):
            rule_words("X999", lang)
        with pytest.raises(KeyError):
            measured_words("X999", lang)


@pytest.mark.parametrize(("severity", "zh"), list(zip(SEVERITIES, ("错误", "警告", "提示"), strict=True)))
def test_severities(severity: Severity, zh: str) -> None:
    assert (severity_word(severity, "en"), severity_word(severity, "zh")) == (severity, zh)


class Shell:
    """What `duizhao` prints in an empty folder."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> str:
        main([*arguments])
        return self._capsys.readouterr().out


@pytest.fixture
def sh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    monkeypatch.chdir(tmp_path)
    return Shell(capsys)


def test_one_rule_in_both_languages(sh: Shell) -> None:
    assert sh("rule", "t002") == (
        "T002 term-forbidden (error)\n\n"
        "A rendering that the termbase forbids for this term.\n"
        "It is usually the everyday sense of a word that means something else in this field.\n\n"
        "Example: Transformer → 变压器 (the electrical device)\n"
        "To fix:  Use the preferred rendering.\n"
        "Measured: all of 25 errors were true, and 49 of 50 in an earlier sample.\n"
        "MQM: terminology/wrong-term   ITS 2.0: terminology\n"
    )
    assert sh("rule", "t002", "--lang", "zh") == (
        "T002 术语禁用译法（错误，term-forbidden）\n\n"
        "术语用了术语库明令禁用的译法。\n"
        "这种译法通常是该词的日常意义，在本领域却另有所指。\n\n"
        "例子：Transformer → 变压器（这是一种电气设备）\n"
        "改法：改用首选译法。\n"
        "实测：25 处错误全部属实；更早的样本中，50 处有 49 处属实。\n"
        "MQM：terminology/wrong-term   ITS 2.0：terminology\n"
    )


def test_the_list_of_rules(sh: Shell) -> None:
    english, chinese = (sh("rule", *given).rstrip("\n").split("\n") for given in ((), ("--lang", "zh")))
    assert [row[:4] for row in english] == [row[:4] for row in chinese] == list(RULES)
    assert english[1] == ("T002  error    term-forbidden      A rendering that the termbase forbids for this term.")
    assert chinese[1] == "T002  错误  术语禁用译法      术语用了术语库明令禁用的译法。"
    columns = [re.match(rf"\w{{4}}  {HAN}{{2}}  ({HAN}+)( +)", row) for row in chinese]
    assert {2 * len(found[1]) + len(found[2]) for found in columns if found} == {18} and all(columns)


@pytest.mark.parametrize(
    ("settings", "given", "chinese"),
    [
        (None, (), False),
        ('lang = "zh"\n', (), True),
        ('lang = "zh"\n', ("--lang", "en"), False),
        ('lang = "en"\n', ("--lang", "zh"), True),
        ('lang = "otter"\n', (), False),  # the audit refuses it; a rule is explained all the same
        ("lang = [", (), False),
    ],
)
def test_the_settings_say_the_language(sh: Shell, settings: str | None, given: tuple[str, ...], chinese: bool) -> None:
    if settings is not None:
        Path("duizhao.toml").write_text(settings, encoding="utf-8")
    assert ("改法：" in sh("rule", "F001", *given)) == chinese
