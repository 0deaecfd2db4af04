"""Records to pairs, and every sentence back to its place in the document."""

import pytest

from duizhao.align import pair_records
from duizhao.align.pairing import is_condensed
from duizhao.corpora import Document, Record, Span

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


@pytest.mark.parametrize("kind", ["summary", "commentary", "zh_only", "missing_zh", "title"])
def test_only_translations_are_aligned(kind: str) -> None:
    _, record = made(kind, abstract_en=EN, abstract_zh=ZH)
    assert pair_records([record]).pairs == ()


def test_an_untranslated_record_meets_itself() -> None:
    _, record = made("untranslated", abstract_en=EN, abstract_zh=EN)
    pairs = pair_records([record]).pairs
    assert [(p.en, p.type) for p in pairs] == [(p.zh, "1-1") for p in pairs]
    assert len(pairs) == 3


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
