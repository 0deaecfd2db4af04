"""Scores are sacrebleu's own, and what its interface lets through is refused."""

import pytest
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from duizhao import __version__
from duizhao.corpora import InputError, Record
from duizhao.metrics import NumberAccuracy, Score, TestSet, score_against, score_agreement, score_testset, score_texts
from duizhao.metrics.agreement import link_key
from duizhao.metrics.choosing import is_chinese

ZH = [f"第{k}台机器人在{k + 3}分钟内叠好了毛巾，没有人帮忙。" for k in range(12)]
ZH_OTHER = [f"第{k}个机器人用{k + 3}分钟叠完了毛巾，无人协助。" for k in range(12)]
EN = [f"Robot {k} folded the towel in {k + 3} minutes; nobody helped." for k in range(12)]
EN_OTHER = [f"The robot {k} has folded a towel within {k + 3} minutes, without help." for k in range(12)]


@pytest.mark.parametrize(("hypotheses", "references", "tokenize"), [(ZH_OTHER, ZH, "zh"), (EN_OTHER, EN, "13a")])
def test_equal_to_sacrebleu(hypotheses: list[str], references: list[str], tokenize: str) -> None:
    bleu, chrf = score_texts(hypotheses, references, hypothesis="a", reference="b")
    for score, metric in ((bleu, BLEU(tokenize=tokenize)), (chrf, CHRF())):
        theirs = metric.corpus_score(hypotheses, [references], n_bootstrap=1000)
        assert score.value == pytest.approx(theirs.score, abs=1e-9)
        assert score.interval is not None
        assert score.interval == pytest.approx((theirs._mean - theirs._ci, theirs._mean + theirs._ci), abs=1e-4)
        assert score.signature == f"{metric.get_signature()}|duizhao:{__version__}"
        assert (score.n, score.kind, score.hypothesis, score.reference, score.note) == (12, "quality", "a", "b", "")
    assert (bleu.metric, chrf.metric) == ("BLEU", "chrF")
    assert f"tok:{tokenize}" in bleu.signature


def test_few_segments_are_noted() -> None:
    for score, metric in zip(
        score_texts(ZH_OTHER[:9], ZH[:9], hypothesis="a", reference="b"),
        (BLEU(tokenize="zh", effective_order=True), CHRF()),
        strict=True,
    ):
        assert score.value == pytest.approx(metric.corpus_score(ZH_OTHER[:9], [ZH[:9]]).score, abs=1e-9)
        assert score.signature == f"{metric.get_signature()}|duizhao:{__version__}"
        assert score.interval is None
        assert score.note == "fewer than 10 segments: too few for a corpus score"
    assert score_texts(ZH_OTHER[:10], ZH[:10], hypothesis="a", reference="b")[0].note == ""


def test_the_same_text_scores_full() -> None:
    assert [round(score.value, 6) for score in score_texts(ZH, ZH, hypothesis="a", reference="b")] == [100, 100]


@pytest.mark.parametrize(
    "references",
    [
        ["机器人"],
        ["BERT: Transformer预训练"],
        ["GPT-4技术报告"],
        ["使用 BERT、RoBERTa 与 ELECTRA 的比较"],
        ["機器人學習"],
        ["𠀀𠀁"],
    ],
)
def test_chinese_is_never_split_by_blanks(references: list[str]) -> None:
    assert is_chinese(references)
    bleu, _ = score_texts(references, references, hypothesis="a", reference="b")
    assert "tok:zh" in bleu.signature


@pytest.mark.parametrize("references", [["A robot."], [""], ["12"], ["The word 注意 means attention in English."]])
def test_other_text_is(references: list[str]) -> None:
    assert not is_chinese(references)


@pytest.mark.parametrize(("a", "b"), [(ZH, ZH[:-1]), (ZH[:2], ZH), ([], ZH), (ZH, []), ([], [])])
def test_counts_that_differ_are_refused(a: list[str], b: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        score_texts(a, b, hypothesis="mine.txt", reference="theirs.txt")
    assert caught.value.where == "mine.txt"


LINKS = [
    ("https://arxiv.org/abs/2401.00001", "http://www.arxiv.org/pdf/2401.00001v3.pdf", True),
    ("HTTPS://ArXiv.org/abs/2401.00001/", "https://arxiv.org/abs/2401.00001", True),
    (" https://arxiv.org/abs/2401.00001… ", "https://arxiv.org/abs/2401.00001", True),
    ("https://arxiv.org/abs/2401.00001", "https://arxiv.org/abs/2401.00002", False),
    ("https://example.org/v2", "https://example.org/v3", False),
    ("https://example.org/pdf/1", "https://example.org/abs/1", False),
]


@pytest.mark.parametrize(("a", "b", "same"), LINKS)
def test_links(a: str, b: str, same: bool) -> None:
    assert (link_key(a) == link_key(b)) is same


def record(document: str, k: int, zh: str, **fields: str) -> Record:
    return Record(f"{document}#{k}", document, "abstract", abstract_zh=zh, **fields)  # type: ignore[arg-type]


FIRST = [record("a", k, ZH[k], url=f"https://arxiv.org/abs/2401.0000{k}") for k in range(3)]
SECOND = [record("b", k, ZH_OTHER[k], url=f"https://arxiv.org/pdf/2401.0000{k}v2") for k in range(3)]


def kept(scores: list[Score]) -> list[tuple[str, float, int, str, str, str]]:
    return [(s.metric, s.value, s.n, s.kind, s.hypothesis, s.reference) for s in scores]


def test_agreement() -> None:
    scores = score_agreement([*FIRST, *SECOND])
    assert [(s.metric, s.n, s.kind) for s in scores] == [("BLEU", 3, "agreement"), ("chrF", 3, "agreement")]
    assert {(s.hypothesis, s.reference) for s in scores} == {("b abstract_zh", "a abstract_zh")}
    plain = score_texts(ZH_OTHER[:3], ZH[:3], hypothesis="x", reference="y")
    assert [s.value for s in scores] == [s.value for s in plain]


def test_agreement_makes_one_block_however_the_records_lie() -> None:
    mixed = [FIRST[0], SECOND[0], SECOND[1], FIRST[1], SECOND[2], FIRST[2]]
    assert kept(score_agreement(mixed)) == kept(score_agreement([*FIRST, *SECOND]))


def test_agreement_needs_two_documents_and_full_translations() -> None:
    assert score_agreement(FIRST) == []
    assert score_agreement([FIRST[0], FIRST[0]]) == []
    assert score_agreement([FIRST[0], record("b", 1, "摘要。", url="https://example.org/1")]) == []
    digest = Record("b#1", "b", "summary", abstract_zh="摘要。", url=FIRST[0].url)
    assert score_agreement([FIRST[0], digest]) == []
    assert score_agreement([]) == []


def test_titles_agree_whatever_the_kind() -> None:
    one = Record("a#1", "a", "summary", title_zh="软体手", url="https://example.org/1")
    two = Record("b#1", "b", "title", title_zh="柔性手", url="http://example.org/1")
    assert {s.reference for s in score_agreement([one, two])} == {"a title_zh"}


def test_references_match_by_link() -> None:
    scores = score_against(SECOND, FIRST[::-1], "gold.txt")
    plain = score_texts(ZH_OTHER[:3], ZH[:3], hypothesis="corpus abstract_zh", reference="gold.txt abstract_zh")
    assert scores == plain


def test_references_match_by_title() -> None:
    mine = record("a", 1, ZH_OTHER[0], title_en="Folding  Towels")
    gold = record("g", 1, ZH[0], title_en="folding towels", url="https://example.org/1")
    assert [s.n for s in score_against([mine], [gold], "gold.txt")] == [1, 1]


def test_no_match_is_an_error() -> None:
    for references in ([], [record("g", 1, ZH[0], title_en="Other")], [Record("g#1", "g", "title", url=FIRST[0].url)]):
        with pytest.raises(InputError) as caught:
            score_against(FIRST, references, "gold.txt")
        assert caught.value.where == "gold.txt"


def test_a_share_lies_within_its_bounds() -> None:
    sources = tuple(f"Otter {k} drank {k + 20} cups of tea." for k in range(12))
    hypotheses = tuple(f"水獭{k}喝了{k + 20 + (k == 3)}杯茶。" for k in range(12))
    testset = TestSet({"a": hypotheses}, (), (), "zh", sources=sources)
    (score,) = score_testset(testset, [NumberAccuracy("zh")]).scores
    assert score.interval is not None
    assert score.value < score.interval[1] == 100.0 and score.note.endswith("in 12 segments")
