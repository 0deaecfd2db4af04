"""Bad inputs, rows 61–68 of docs/faults.md: terms that are found, and termbases that contradict themselves."""

import hashlib
import marshal
import tempfile
from collections import Counter
from collections.abc import Callable
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

import pytest

from duizhao.align import words
from duizhao.corpora import ConfigError, Document, Pair, Record, Term, Termbase, read_termbase
from duizhao.main import main
from duizhao.metrics import audit
from duizhao.metrics.folding import fold
from duizhao.metrics.term_index import TermIndex
from duizhao.metrics.unpaired import places_of
from duizhao.metrics.word_tokens import tokenizer_setting
from duizhao.pipeline import Options, made_by
from duizhao.version import version_lines

Run = Callable[[str], tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line, in a folder of its own: exit code, output, error output."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("signal.signal", lambda *_: None)  # pytest keeps its own handlers

    def call(line: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            main(line.split())
            raise SystemExit(0)
        shown = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return left.value.code, shown.out, shown.err

    return call


def write(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def found(terms: str, *rows: tuple[str, str], only: str = "T") -> list[tuple[str, int, str]]:
    """Rule, row and words of the findings on terms that the text settles; `terms` are lines of en,zh,forbidden."""
    text = "".join(f"{en}\n{zh}\n" for en, zh in rows)
    records, pairs, at = [], [], 0
    for k, (en, zh) in enumerate(rows):
        places = ((at, at + len(en)),), ((at + len(en) + 1, at + len(en) + 1 + len(zh)),)
        spans = {"text_en": places[0], "text_zh": places[1]}
        records.append(Record(f"d#{k}", "d", "segment", text_en=en, text_zh=zh, spans=spans))
        pairs.append(Pair(f"d#{k}.1", f"d#{k}", "d", "text", (en,), (zh,), *places, "1-1", 0.9))
        at = places[1][0][1] + 1
    termbase = read_termbase(f"en,zh,forbidden,domain,flags\n{terms}".encode(), "t.csv")
    audited = audit([Document("d", "", "utf-8", text)], records, pairs, termbase, locators=None)
    return [(each.rule, (each.line + 1) // 2, each.found) for each in audited.findings if each.rule.startswith(only)]


def places(term: Term, en: str) -> list[str]:
    return [en[slice(*match.span)] for match in TermIndex([term]).matches(en)]


LITERAL = [
    ("C++", "C, C++ and C", ["C++"]),
    ("(AI)", "AI (AI) AI", ["(AI)"]),
    ("(a+)+$", "aaaa! a (a+)+$", ["(a+)+$"]),
    (".*", "anything", []),
    ("[a-z]+", "tea [a-z]+", ["[a-z]+"]),
    (r"\d", r"8 d \d", [r"\d"]),
    ("a|b", "a b a|b", ["a|b"]),
]


@pytest.mark.parametrize(("form", "en", "wanted"), LITERAL)
def test_fault_61_signs_of_a_pattern_are_literal(form: str, en: str, wanted: list[str]) -> None:
    assert places(Term(form, "茶"), en) == wanted
    # The same of its rendering: it stands in the Chinese as it is written, or it does not.
    for zh, is_there in ((f"这是{form}的茶。", True), ("这是aaaa的8茶。", False)):
        assert bool(fold(zh).find_all(fold(form).text)) is is_there


def test_fault_61_a_pattern_only_where_it_is_asked_for() -> None:
    hostile = "a" * 60 + "b"
    assert places(Term("(a|aa)+$", "茶"), hostile) == []
    assert places(Term("colou?r", "颜色", pattern=True), "a color, colours") == ["color", "colour"]
    with pytest.raises(ConfigError, match=r"'\(a\|aa\)\+\$': too slow; wanted an answer within 0\.1 s a text"):
        places(Term("(a|aa)+$", "茶", pattern=True), hostile)  # 2⁶⁰ ways, were it not stopped


def test_fault_61_a_slow_pattern_ends_the_run(run: Run) -> None:
    write("all.tsv", f"en\tzh\n{'a' * 60}b river\t一条河流啊\n")
    write("slow.csv", "en,zh,flags\n(a|aa)+$,茶,regex\n")
    write("none.csv", "en,zh,flags\n(a,茶,regex\n")
    code, out, err = run("audit all.tsv --no-termbase --no-encoder --termbase slow.csv")
    assert (code, out) == (2, "") and "too slow" in err and "take the flag regex away" in err
    code, out, err = run("audit all.tsv --no-termbase --no-encoder --termbase none.csv")
    assert (code, out) == (2, "") and "(a" in err and "regular expression" in err


@pytest.mark.parametrize("zh", ["使用BERT模型", "使用 BERT 模型", "使用“BERT”模型", "BERT", "用bert。"])
def test_fault_62_latin_letters_beside_chinese(zh: str) -> None:
    assert [zh[slice(*span)].casefold() for span in fold(zh).find_all("bert")] == ["bert"]
    assert found("BERT,BERT,,names\n", ("We use a BERT model.", f"我们{zh}。"), only="N003") == []


@pytest.mark.parametrize("zh", ["使用RoBERTa模型", "使用BERTScore模型", "使用ALBERT模型"])
def test_fault_62_not_within_a_latin_word(zh: str) -> None:
    assert fold(zh).find_all("bert") == []


def test_fault_62_a_forbidden_latin_rendering_is_seen() -> None:
    rows = ("The mat is new.", "这个MAT很新。"), ("The mat is red.", "这个MATLAB垫子是红的。")
    assert found("mat,垫子,MAT\n", *rows) == [("T002", 1, "MAT")]


MODELS = "model,模型\nlanguage model,语言模型\nlarge language model,大语言模型\n"


def test_fault_63_the_longest_of_overlapping_terms() -> None:
    index = TermIndex([Term(*row.split(",")) for row in MODELS.split("\n")[:-1]])
    en = "A large language model is a language model, a model and a large model."
    assert [match.term.zh for match in index.matches(en)] == ["大语言模型", "语言模型", "模型", "模型"]
    # From left to right: what begins first is taken, though what begins in it were longer.
    crossing = TermIndex([Term("river tea", "河茶"), Term("tea house keeper", "茶馆主人")])
    assert [match.form for match in crossing.matches("the river tea house keeper")] == ["river tea"]


def test_fault_63_the_longest_of_overlapping_renderings() -> None:
    zh = "大语言模型和语言模型都是模型"
    spans = places_of(["模型", "语言模型", "大语言模型"], fold(zh))
    assert [zh[slice(*span)] for span in spans] == ["大语言模型", "语言模型", "模型"]
    # Thus 模型 within 大语言模型 renders no other term, and is no wrong rendering of one.
    row = ("A large language model learns.", "大语言模型会学习。")
    assert found(MODELS, row) == []
    assert found("large language model,大语言模型,语言模型\n", row) == []
    assert found("large language model,大语言模型,语言模型\n", (row[0], "语言模型会学习。")) == [
        ("T002", 1, "语言模型")
    ]


REFUSED = [
    # A contradiction over two lines, one within an entry, a circle; an empty side.
    ("otter,水獭,海狗\nOtter,海狗,\n", "t.csv:3: '海狗' is approved and forbidden for 'Otter'; see t.csv:2 too"),
    ("otter,水獭,水獭\n", "t.csv:2: '水獭' is approved and forbidden for 'otter'"),
    ("otter,甲,乙\nOtter,乙,甲\n", "t.csv:3: '乙' is approved and forbidden for 'Otter'; see t.csv:2 too"),
    ("otter,水獭,\n,空,\n", "t.csv:3: an empty term; wanted en and zh filled"),
]


@pytest.mark.parametrize(("rows", "said"), REFUSED)
def test_fault_64_contradictions_are_refused_with_both_lines(run: Run, rows: str, said: str) -> None:
    write("all.tsv", "en\tzh\nThe otter sleeps.\t水獭在睡觉。\n")
    write("t.csv", f"en,zh,forbidden\n{rows}")
    code, out, err = run("audit all.tsv --no-termbase --no-encoder --termbase t.csv -o out")
    assert (code, out) == (2, "") and err.startswith(said), err
    assert not Path("out").exists()


def test_fault_64_doubled_entries_are_joined_and_said() -> None:
    data = "en,zh,forbidden\notter,水獭,\nkelp,,\nOtter,水獭,\notter,海獭,\nriver,river,\n"
    termbase = read_termbase(data.encode(), "t.csv")
    assert [(term.en, term.zh, term.admitted) for term in termbase.terms] == [
        ("otter", "水獭", ("海獭",)),
        ("river", "river", ()),
    ]
    assert list(termbase.notes) == [
        "1 terms have no Chinese yet and were left out: t.csv:3 …",
        "1 entries repeat an earlier one and were joined to it, the first at t.csv:4",
        "1 entries give an earlier term another rendering, now admitted there, the first at t.csv:5",
    ]


def test_fault_64_the_check_names_both_lines(run: Run) -> None:
    write("t.csv", "en,zh,forbidden\notter,甲,乙\nOtters,丙,甲\notters,乙,丙\nriver,river,\n水獭,otter,\n")
    code, out, err = run("terms check t.csv")
    lines = (out + err).split("\n")
    assert code == 1
    for said in (
        "t.csv:3: warning: 'Otters' stands in t.csv:2 too, and is rendered '甲' there",
        "t.csv:4: error: 乙 → 甲 → 丙 → 乙: each gives way to the next, t.csv:2, t.csv:3, t.csv:4",
        "t.csv:5: warning: 'river' is its own rendering",
        "t.csv:6: error: '水獭' stands as English, 'otter' as Chinese",
    ):
        assert [line for line in lines if line.startswith(said)], said


class Counting(dict[Any, Any]):
    """A dictionary that counts how often it is asked."""

    asked = 0

    def get(self, key: Any, default: Any = None) -> Any:
        Counting.asked += 1
        return super().get(key, default)


def test_fault_65_the_work_a_line_does_not_grow_with_the_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    en = "The otter drinks tea at the river bank while a seal counts smooth stones under the old bridge."
    asked = []
    for size in (10, 5_000):
        terms = [Term("river bank", "河岸"), *(Term(f"word{k} thing{k}", f"词{k}") for k in range(size))]
        index = TermIndex(terms)
        for name in ("_forms", "_sizes"):
            monkeypatch.setattr(index, name, Counting(getattr(index, name)))
        monkeypatch.setattr(Counting, "asked", 0)
        assert [match.form for match in index.matches(en)] == ["river bank"]
        asked.append(Counting.asked)
    assert asked[0] == asked[1] <= 2 * len(en.split())  # each word once, and the pair that a term begins


def test_fault_65_the_index_is_made_once_for_all_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    begin = TermIndex.__init__

    def counted(self: TermIndex, terms: Any) -> None:
        listed = list(terms)
        made.append(sum(term.en.startswith("word") for term in listed))
        begin(self, listed)

    monkeypatch.setattr(TermIndex, "__init__", counted)
    terms = "".join(f"word{k},词{k},\n" for k in range(50))
    counts = []
    for size in (2, 40):
        made.clear()
        found(terms, *((f"The word{k} is here.", f"词{k}在这里。") for k in range(size)))
        counts.append(Counter(made)[50])
    assert counts[0] == counts[1] > 0


FOLDED = [
    ("data set", "The Data-Sets, DATA SET and data-set", ["Data-Sets", "DATA SET", "data-set"]),
    ("dataset", "Datasets, DATASET", ["Datasets", "DATASET"]),
    ("policy", "policies of one Policy’s", ["policies", "Policy’s"]),
    ("colour normalisation", "color normalizations", ["color normalizations"]),
    # Not as asked: one word and two are two forms; a termbase lists the other one under `also`.
    ("dataset", "a data-set", []),
]


@pytest.mark.parametrize(("form", "en", "wanted"), FOLDED)
def test_fault_66_inflection_hyphens_and_case(form: str, en: str, wanted: list[str]) -> None:
    assert places(Term(form, "茶"), en) == wanted


def test_fault_66_one_word_or_two_by_also() -> None:
    assert places(Term("dataset", "数据集", also=("data set",)), "a data-set of datasets") == ["data-set", "datasets"]


@pytest.mark.parametrize("zh", ["数据集", "数 据集", "数据-集", "数据·集"])
def test_fault_66_a_rendering_typed_otherwise_is_no_error(zh: str) -> None:
    assert found("dataset,数据集,资料集\n", ("The data are in a dataset.", f"数据在{zh}里。")) == []
    assert fold("ＢＥＲＴ模型").text == fold("bert 模型").text


HANS, HANT = "我们说这个语言模型从那里学习。", "我們說這個語言模型從那裡學習。"


@pytest.mark.parametrize("rendering", ["语言模型", "語言模型"])
@pytest.mark.parametrize("zh", [HANS, HANT])
def test_fault_67_terms_in_the_other_script(rendering: str, zh: str) -> None:
    assert found(f"language model,{rendering},\n", ("We say the language model learns.", zh)) == []


@pytest.mark.parametrize(
    ("forbidden", "zh", "quoted"),
    [
        ("言语模型", HANS.replace("语言", "言语"), "言语模型"),
        ("言语模型", HANT.replace("語言", "言語"), "言語模型"),  # as it stands in the text
    ],
)
def test_fault_67_wrong_renderings_in_the_other_script(forbidden: str, zh: str, quoted: str) -> None:
    row = ("We say the language model learns.", zh)
    assert found(f"language model,语言模型,{forbidden}\n", row) == [("T002", 1, quoted)]


def test_fault_68_a_foreign_cache_of_jieba(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = tmp_path / "jieba.cache"
    with planted.open("wb") as handle:
        marshal.dump(({"我": 1, "我们": 0, "们": 1, "提": 1, "我们提": 9**9, "出": 1, "方": 1, "法": 1}, 9**9), handle)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = planted.read_bytes()
    words._tokenizer.cache_clear()
    words._words.cache_clear()
    text = "我们提出方法"
    assert [text[slice(*span)] for span in words.words_zh(text)] == ["我们", "提出", "方法"]
    assert [path.name for path in tmp_path.iterdir()] == ["jieba.cache"] and planted.read_bytes() == before
    import jieba  # what the same file does to jieba's own way

    theirs = jieba.Tokenizer()
    assert list(theirs.cut(text, HMM=False)) == ["我们提", "出", "方", "法"]


def test_fault_68_what_cut_the_words_is_signed() -> None:
    named = f"jieba {version('jieba')}"
    assert tokenizer_setting("jieba") == named.replace(" ", "-")
    assert made_by(Termbase((), "none"), "", "", Options())["Chinese words"].startswith(named)
    dictionary = Path(str(distribution("jieba").locate_file("jieba/dict.txt"))).read_bytes()
    assert any(hashlib.sha256(dictionary).hexdigest()[:12] in line and named in line for line in version_lines())
