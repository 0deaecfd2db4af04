"""Records to pairs, and every sentence back to its place in the document."""

import pytest

from duizhao.align import pair_records
from duizhao.align.pairing import is_condensed
from duizhao.corpora import Document, Record, Span
from duizhao.corpora.flat import flat

EN = "We study moths. They fly at night (see Fig. 2). The data are free."
ZH = "我们研究飞蛾。它们在夜间飞行（见图2）。数据免费。"


def made(kind: str = "abstract", **fields: str) -> tuple[Document, Record]:
    """A document of one line a piece (pieces parted by "|"), and its record."""
    text, spans, values = "#\n", {}, {}
    for field, value in fields.items():
        pieces: list[Span] = []
        for piece in value.split("|"):
            pieces.append((len(text), len(text) + len(piece)))
            text += piece + "\n\n"
        spans[field] = tuple(pieces)
        values[field] = value.replace("|", "\n")
    document = Document("moths.txt", "0", "utf-8", text)
    return document, Record("moths#1", "moths.txt", kind, spans=spans, **values)  # type: ignore[arg-type]


def test_titles_are_one_pair() -> None:
    document, record = made("title", title_en="Moths. And Light?", title_zh="飞蛾。与光？")
    [pair] = pair_records([record]).pairs
    assert (pair.id, pair.field, pair.type) == ("moths#1.title", "title", "1-1")
    assert (pair.en, pair.zh) == (("Moths. And Light?",), ("飞蛾。与光？",))
    assert document.text[slice(*pair.spans_zh[0])] == "飞蛾。与光？"
    assert 0 < pair.score <= 1


def test_a_title_alone_is_no_pair() -> None:
    _, record = made("missing_zh", title_en="Moths", abstract_en=EN)
    assert pair_records([record]).pairs == ()


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        (EN, ZH),
        (EN.replace(" They", "|They"), ZH),
        (EN, ZH.replace("。它", "。|它")),
        ("  Two  moths.  Three. ", " 两只飞蛾。  三只。"),
    ],
)
def test_sentences_slice_back_into_the_document(en: str, zh: str) -> None:
    document, record = made(abstract_en=en, abstract_zh=zh)
    pairs = pair_records([record]).pairs
    for sentences, spans in [(p.en, p.spans_en) for p in pairs] + [(p.zh, p.spans_zh) for p in pairs]:
        assert [document.text[a:b] for a, b in spans] == list(sentences)
    squeezed = "".join("".join(p.en) for p in pairs).replace(" ", "")
    assert squeezed == en.replace("|", "").replace(" ", "")
    assert [p.id for p in pairs] == [f"moths#1.abstract.{k}" for k in range(1, len(pairs) + 1)]
    assert [p.type for p in pairs] == [f"{len(p.en)}-{len(p.zh)}" for p in pairs]


def test_no_sentence_crosses_a_piece() -> None:
    _, record = made(abstract_en="Moths fly|at night.", abstract_zh="飞蛾在|夜间飞行。")
    pairs = pair_records([record]).pairs
    assert [text for pair in pairs for text in pair.en] == ["Moths fly", "at night."]
    assert [text for pair in pairs for text in pair.zh] == ["飞蛾在", "夜间飞行。"]


def test_a_condensed_record_becomes_a_summary_without_sentence_pairs() -> None:
    _, record = made(title_en="Moths", title_zh="飞蛾", abstract_en=EN * 8, abstract_zh="研究飞蛾。")
    paired = pair_records([record])
    assert [r.kind for r in paired.records] == ["summary"]
    assert [p.field for p in paired.pairs] == ["title"]


@pytest.mark.parametrize("kind", ["summary", "commentary", "zh_only", "missing_zh", "untranslated", "title"])
def test_only_translations_are_aligned(kind: str) -> None:
    _, record = made(kind, abstract_en=EN, abstract_zh=ZH)
    assert pair_records([record]).pairs == ()


def test_an_untranslated_record_has_no_sentence_pairs() -> None:
    _, record = made("untranslated", title_en="Moths", title_zh="飞蛾", abstract_en=EN)
    assert [p.id for p in pair_records([record]).pairs] == ["moths#1.title"]


def test_a_segment_is_one_pair_as_given() -> None:
    document, record = made("segment", text_en=EN, text_zh=ZH)
    [pair] = pair_records([record]).pairs
    assert (pair.id, pair.record, pair.document, pair.field) == ("moths#1.text", "moths#1", "moths.txt", "text")
    assert (pair.en, pair.zh, pair.type) == ((EN,), (ZH,), "1-1")
    assert [document.text[slice(*span)] for span in (*pair.spans_en, *pair.spans_zh)] == [EN, ZH]
    assert 0 < pair.score <= 1


def test_a_segment_on_several_lines_is_written_on_one() -> None:
    document, record = made("segment", text_en="A ﬁne|moth.", text_zh="一只|飞蛾。")
    [pair] = pair_records([record]).pairs
    assert (pair.en, pair.zh) == (("A fine moth.",), ("一只飞蛾。",))
    assert document.text[slice(*pair.spans_en[0])] == "A ﬁne\n\nmoth."
    assert document.text[slice(*pair.spans_zh[0])] == "一只\n\n飞蛾。"


@pytest.mark.parametrize("side", ["text_en", "text_zh"])
def test_a_segment_with_one_side_is_no_pair(side: str) -> None:
    _, record = made("segment", **{side: EN})
    assert pair_records([record]).pairs == ()


def test_a_passage_is_aligned_by_its_sentences() -> None:
    document, record = made("passage", text_en=EN, text_zh=ZH)
    pairs = pair_records([record]).pairs
    assert [(p.id, p.field) for p in pairs] == [(f"moths#1.text.{k}", "text") for k in (1, 2, 3)]
    assert [(*p.en, *p.zh) for p in pairs] == [
        ("We study moths.", "我们研究飞蛾。"),
        ("They fly at night (see Fig. 2).", "它们在夜间飞行（见图2）。"),
        ("The data are free.", "数据免费。"),
    ]
    assert [document.text[slice(*p.spans_zh[0])] for p in pairs] == [p.zh[0] for p in pairs]


WRAPPED_EN = "We study moths. They\n   fly at night (see\nFig. 2). The data are free."
WRAPPED_ZH = "我们研究飞蛾。它们在\n夜间飞行（见图2）。\n数据免费。"


def test_a_sentence_on_several_lines_is_written_on_one_and_leads_back() -> None:
    text = f"{WRAPPED_EN}\n{WRAPPED_ZH}\n"
    end = len(WRAPPED_EN)
    spans = {"text_en": ((0, end),), "text_zh": ((end + 1, len(text) - 1),)}
    record = Record("moths#1", "moths.txt", "passage", text_en=WRAPPED_EN, text_zh=WRAPPED_ZH, spans=spans)
    pairs = pair_records([record]).pairs
    assert [p.en[0] for p in pairs] == ["We study moths.", "They fly at night (see Fig. 2).", "The data are free."]
    assert [p.zh[0] for p in pairs] == ["我们研究飞蛾。", "它们在夜间飞行（见图2）。", "数据免费。"]
    there = [text[slice(*span)] for p in pairs for span in (*p.spans_en, *p.spans_zh)]
    assert there[2:4] == ["They\n   fly at night (see\nFig. 2).", "它们在\n夜间飞行（见图2）。"]
    assert [flat(piece)[0] for piece in there] == [side for p in pairs for side in (*p.en, *p.zh)]


@pytest.mark.parametrize(
    ("en", "zh", "condensed"),
    [
        ("word " * 60, "摘" * 35, True),
        ("word " * 60, "摘" * 36, False),
        ("word " * 59, "摘", False),
        ("word " * 60, "", False),
        ("", "", False),
    ],
)
def test_condensed(en: str, zh: str, condensed: bool) -> None:
    assert is_condensed(en, zh) is condensed


def test_progress_names_every_record() -> None:
    told: list[str] = []
    _, record = made(abstract_en=EN, abstract_zh=ZH)
    pair_records([record, record], progress=told.append)
    assert told == ["moths#1", "moths#1"]
