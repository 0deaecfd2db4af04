"""T003 over time: what the glossaries of earlier runs call a term, and what is said where a text calls it otherwise."""

import io
import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import odd_text

from duizhao.corpora import (
    Corpus,
    DuizhaoError,
    Forbidden,
    InputError,
    LimitError,
    Pair,
    Term,
    load_termbase,
)
from duizhao.metrics import audit
from duizhao.metrics.findings import Draft
from duizhao.metrics.history import (
    EMPTY,
    Custom,
    History,
    Rendered,
    add_up,
    check_history,
    phrases_in,
)
from duizhao.metrics.history_reading import read_history
from duizhao.metrics.messages import in_language
from duizhao.metrics.occurrences import Occurrence
from duizhao.metrics.rendering import SECTIONS, Entry, Example, Rendering, Status
from duizhao.pipeline import Options, audit_corpus, build_corpus
from duizhao.reports.jsonl import as_row, json_line

FIELD = Term("soft gripper", "软体夹爪", domain="field")
OWN = Term("soft gripper", "", domain="own")
LISTED = Term(
    "soft gripper", "软体夹爪", ("柔性夹爪",), (Forbidden("软钳子", "a tool of the smith", False),), domain="x"
)


def rendering(zh: str, count: int, **other: Any) -> Rendering:
    made: dict[str, Any] = {"status": "unlisted", "records": count, "confidence": 0.9, **other}
    return Rendering("", zh, count, tuple(f"d#{k}.abstract.1" for k in range(count)), expected="", domain="new",
                     majority=False, **made)  # fmt: skip


def entry(term: str, *renderings: Rendering, section: Any = "new", termhood: float = 0.9) -> Entry:
    n = sum(r.count for r in renderings)
    return Entry(term, section, "", "new", n, n, termhood, ((term, n),), renderings)


def history(*entries: Entry, source: str = "old.jsonl") -> History:
    lines = "".join(json_line(as_row(each)) + "\n" for each in entries)
    return read_history(io.BytesIO(lines.encode()), source)


def occurrence(
    term: Term,
    zh: str,
    status: Status = "unlisted",
    record: str = "d#1",
    confidence: float = 0.9,
    text: str = "用{}抓茶杯。",
    en: str = "soft gripper",
) -> Occurrence:
    chinese = text.format(zh)
    pair = Pair(f"{record}.abstract.1", record, "d", "abstract", (f"A {en} for tea cups.",), (chinese,),
                ((0, 9),), ((0, 9),), "1-1", 0.7)  # fmt: skip
    begin = chinese.find(zh) if zh else -1
    span = (begin, begin + len(zh)) if zh else None
    return Occurrence(pair, term, status, (2, 2 + len(en)), span, zh, 0.8, "", confidence)


# Renderings of one entry, what the history calls the term.
CUSTOMS: list[tuple[list[Rendering], str, Custom | None]] = [
    ([], "new", None),
    ([rendering("软体夹爪", 3)], "new", Custom("软体夹爪", 3, 3, 3)),
    ([rendering("软体夹爪", 2)], "new", None),
    ([rendering("软体夹爪", 9, records=1)], "new", None),  # one text is no custom
    ([rendering("软体夹爪", 3), rendering("软钳子", 2)], "inconsistent", Custom("软体夹爪", 3, 5, 3)),
    ([rendering("软体夹爪", 3), rendering("软钳子", 3)], "inconsistent", None),
    # words left out
    ([rendering("软体夹爪", 3), rendering("软夹爪", 2)], "inconsistent", Custom("软体夹爪", 5, 5, 3)),
    # called wrong there: no custom, yet a place of the term
    ([rendering("软钳子", 9, status="forbidden")], "mismatch", None),
    ([rendering("软钳子", 9, flagged=True)], "mismatch", None),
    ([rendering("软钳子", 9, flagged=True, status="admitted")], "mismatch", None),
    ([rendering("软钳子", 4, flagged=True), rendering("软体夹爪", 6)], "mismatch", Custom("软体夹爪", 6, 10, 6)),
    # a finding on several renderings blames none of them for good
    ([rendering("软体夹爪", 9, flagged=True)], "inconsistent", Custom("软体夹爪", 9, 9, 9)),
    ([rendering("软体夹爪", 9, flagged=True, status="preferred")], "mismatch", Custom("软体夹爪", 9, 9, 9)),
    # placed without confidence
    ([rendering("软体夹爪", 9, confidence=0.59)], "new", None),
    ([rendering("软体夹爪", 9, confidence=0.6)], "new", Custom("软体夹爪", 9, 9, 9)),
    # nothing found, and an acronym, are no renderings; the term itself in Latin letters is
    ([rendering("软体夹爪", 3), rendering("", 9), rendering("SG", 9)], "new", Custom("软体夹爪", 3, 3, 3)),
    ([rendering("Soft Grippers", 5, status="latin")], "new", Custom("Soft Grippers", 5, 5, 5)),
]


@pytest.mark.parametrize(("renderings", "section", "wanted"), CUSTOMS)
def test_custom(renderings: list[Rendering], section: str, wanted: Custom | None) -> None:
    known = history(entry("soft gripper", *renderings, section=section))
    assert known.custom("Soft-Grippers") == wanted
    assert known.custom("gripper") is None


def test_the_signature_names_and_hashes_the_files() -> None:
    one, other = history(entry("otter", rendering("水獭", 3))), history(source="two\n words.jsonl")
    assert one.signature.startswith("old.jsonl 1 terms sha256:")
    assert other.signature == "two words.jsonl 0 terms sha256:e3b0c44298fc"
    assert add_up([one, other]).signature == f"{one.signature}; {other.signature}"
    assert add_up([]) is EMPTY and EMPTY.signature == ""


def test_histories_add_up() -> None:
    one = history(entry("soft gripper", rendering("软体的夹爪", 2), rendering("软钳子", 1)), source="one.jsonl")
    other = history(entry("Soft Grippers", rendering("软体夹爪", 6)), source="other.jsonl")
    both = add_up([one, other])
    assert one.custom("soft gripper") is None
    assert both.custom("soft gripper") == Custom("软体夹爪", 8, 9, 8)
    assert list(both.phrases.values()) == ["soft gripper"]


def test_one_history_twice_is_refused() -> None:
    one = history(entry("otter", rendering("水獭", 3)), source="one.jsonl")
    again = history(entry("otter", rendering("水獭", 3)), source="again.jsonl")
    with pytest.raises(InputError, match=r"^again.jsonl 1 terms: the same lines as one.jsonl 1 terms; wanted each"):
        add_up([one, again])


# Renderings of the history, the occurrences here, what is said: rendering, what it should be, severity.
FIRM = [rendering("软体夹爪", 41), rendering("软钳子", 3)]
LOOSE = [rendering("软体夹爪", 4), rendering("软钳子", 1)]
ODD = [rendering("夹夹", 9)]
CASES: list[tuple[list[Rendering], list[Occurrence], list[tuple[str, str, str]]]] = [
    (FIRM, [], []),
    ([], [occurrence(OWN, "柔性抓手")], []),
    (FIRM, [occurrence(OWN, "柔性抓手")], [("柔性抓手", "软体夹爪", "warning")]),
    (LOOSE, [occurrence(OWN, "柔性抓手")], [("柔性抓手", "软体夹爪", "note")]),
    ([rendering("软体夹爪", 7)], [occurrence(OWN, "柔性抓手")], [("柔性抓手", "软体夹爪", "note")]),
    ([rendering("软体夹爪", 8)], [occurrence(OWN, "柔性抓手")], [("柔性抓手", "软体夹爪", "warning")]),
    ([rendering("软体夹爪", 8, records=3)], [occurrence(OWN, "柔性抓手")], [("柔性抓手", "软体夹爪", "note")]),
    # the same but for 的, blanks, words left out, Traditional characters
    *((FIRM, [occurrence(OWN, zh)], []) for zh in ("软体夹爪", "软体的 夹爪", "夹爪", "軟體夾爪", "新软体夹")),
    # once a record and rendering
    (
        FIRM,
        [
            occurrence(OWN, "柔性抓手"),
            occurrence(FIELD, "柔性的抓手"),
            occurrence(OWN, "软铁手"),
            occurrence(OWN, "柔性抓手", record="d#2"),
        ],
        [
            ("柔性抓手", "软体夹爪", "warning"),
            ("软铁手", "软体夹爪", "warning"),
            ("柔性抓手", "软体夹爪", "warning"),
        ],
    ),
    # a place in doubt: located without confidence, or the earlier rendering stands there too
    (FIRM, [occurrence(OWN, "柔性抓手", confidence=0.84)], []),
    (FIRM, [occurrence(OWN, "柔性抓手", text="软体夹爪，即{}，抓茶杯。")], []),
    ([rendering("语言模型", 9)], [occurrence(OWN, "柔性抓手", text="{}的模型会水獭的语言。")], []),
    (FIRM, [occurrence(OWN, "", "absent")], []),
    (FIRM, [occurrence(OWN, "gripper", "latin")], []),
    # the field's counts approve of nothing firmly said
    (FIRM, [occurrence(FIELD, "柔性抓手", "preferred")], [("柔性抓手", "软体夹爪", "warning")]),
    (LOOSE, [occurrence(FIELD, "柔性抓手", "preferred")], []),
    (FIRM, [occurrence(FIELD, "柔性抓手", "admitted", confidence=1.0)], []),
    (FIRM, [occurrence(FIELD, "柔性抓手")], [("柔性抓手", "软体夹爪", "warning")]),
    # the termbase
    (FIRM, [occurrence(LISTED, "柔性抓手")], [("柔性抓手", "软体夹爪", "warning")]),
    (FIRM, [occurrence(LISTED, "柔性抓手", "admitted")], [("柔性抓手", "软体夹爪", "note")]),
    (LOOSE, [occurrence(LISTED, "柔性抓手", "admitted")], []),
    (LOOSE, [occurrence(LISTED, "柔性抓手")], [("柔性抓手", "软体夹爪", "note")]),
    ([rendering("茶夹子", 5)], [occurrence(LISTED, "柔性抓手")], []),
    ([rendering("茶夹子", 9)], [occurrence(LISTED, "软体夹爪", "preferred")], [("软体夹爪", "茶夹子", "note")]),
    ([rendering("软钳子", 9)], [occurrence(LISTED, "柔性抓手")], []),
    # Latin letters there, Chinese here
    ([rendering("Soft Gripper", 9, status="latin")], [occurrence(OWN, "柔性抓手")],
     [("柔性抓手", "Soft Gripper", "warning")]),
]  # fmt: skip


@pytest.mark.parametrize(("earlier", "here", "wanted"), CASES)
def test_history(earlier: list[Rendering], here: list[Occurrence], wanted: list[tuple[str, str, str]]) -> None:
    found = list(check_history(here, history(entry("soft gripper", *earlier))))
    assert [(draft.found, draft.expected, draft.severity) for _, draft in found] == wanted
    for pair, draft in found:
        assert (draft.rule, draft.term) == ("T003", "soft gripper")
        assert draft.span_en and " ".join(pair.en)[slice(*draft.span_en)] == "soft gripper"
        assert draft.span_zh and "".join(pair.zh)[slice(*draft.span_zh)] == draft.found


@pytest.mark.parametrize(
    ("en", "earlier", "here", "wanted"),
    [
        ("depiction", "描述", "说明", []),  # a word of every day for a word that is no term
        ("gripper", "夹爪", "新夹爪盘", []),
        ("gripper", "抓取器", "水獭抓取", []),  # half of it and a neighbour
        ("gripper", "抓取器", "夹爪", ["夹爪"]),
    ],
)
def test_one_word(en: str, earlier: str, here: str, wanted: list[str]) -> None:
    known = history(entry(en, rendering(earlier, 20)))
    found = check_history([occurrence(Term(en, "", domain="own"), here, en=en)], known)
    assert [draft.found for _, draft in found] == wanted


def test_what_the_users_own_termbase_prefers_stands() -> None:
    known = history(entry("soft gripper", rendering("茶夹子", 41)))
    preferred, admitted = occurrence(LISTED, "软体夹爪", "preferred"), occurrence(LISTED, "柔性夹爪", "admitted")
    assert [d.found for _, d in check_history([preferred, admitted], known)] == ["软体夹爪", "柔性夹爪"]
    assert [d.found for _, d in check_history([preferred, admitted], known, {"soft gripper"})] == ["柔性夹爪"]


@pytest.mark.parametrize(
    ("rule", "span", "again"),
    [
        ("T003", (1, 5), False),
        ("T001", (0, 2), False),
        ("T002", (4, 8), False),
        ("T004", (1, 5), False),
        ("T005", (1, 5), False),
        ("N003", (1, 5), False),
        ("T006", (1, 5), True),
        ("F001", (1, 5), True),
        ("T001", (6, 8), True),
        ("T001", None, True),
    ],
)
def test_no_place_is_judged_twice(rule: str, span: tuple[int, int] | None, again: bool) -> None:
    here, later = occurrence(OWN, "柔性抓手"), occurrence(OWN, "柔性抓手", text="这些{}也抓。")
    said = [(here.pair, Draft(rule, "warning", 0.9, None, span, "", "", "", "soft gripper"))]
    found = check_history([here, later], history(entry("soft gripper", *FIRM)), said=said)
    assert bool(list(found)) is again


def test_the_message_in_two_languages() -> None:
    known = history(entry("soft gripper", *[rendering("软体夹爪", 1941), rendering("软钳子", 3)]))
    [(_, draft)] = check_history([occurrence(OWN, "柔性抓手")], known)
    assert in_language(draft.message, "en") == (
        "“soft gripper” became “柔性抓手” here; your earlier texts say “软体夹爪” in 1,941 of 1,944."
    )
    assert in_language(draft.message, "zh") == (
        "“soft gripper”在这里译作“柔性抓手”；以往的译文1,944处中有1,941处作“软体夹爪”。"
    )


def test_phrases_of_the_history_are_looked_for() -> None:
    known = history(
        entry("soft gripper", *FIRM),
        entry("otter", rendering("水獭", 41)),  # one word has too many good renderings
        entry("tea cups", rendering("茶杯", 1)),  # no custom
        entry("river bank", rendering("河岸", 41), termhood=0.59),
    )
    pairs = [occurrence(OWN, "夹爪", en=en).pair for en in ("Soft Grippers of the otter", "river bank", "soft gripper")]
    assert phrases_in(pairs, known.index()) == [OWN]
    assert phrases_in(pairs, EMPTY.index()) == []


RIVER = [  # nine records of a translated river book; {} is the term
    ("We paint {} every spring.", "我们每年春天都给{}刷漆。"),
    ("Nobody counted {} before us.", "在我们之前没有人数过{}。"),
    ("A good {} keeps the tea warm.", "好的{}能让茶保温。"),
    ("The river needs {} of stone.", "这条河需要石头做的{}。"),
    ("They measured {} with a long rope.", "他们用长绳子测量了{}。"),
    ("Our map shows {} in blue.", "我们的地图把{}画成蓝色。"),
    ("An old {} stands near the tea house.", "一座旧的{}立在茶馆旁边。"),
    ("Rain fell on {} all night.", "整夜都有雨落在{}上。"),
    ("Otters sleep under {} in winter.", "水獭冬天睡在{}下面。"),
]


def river(path: Path, en: str, zh: str, lines: list[tuple[str, str]] = RIVER) -> Corpus:
    text = "".join(f"{here.format(en)},{there.format(zh)}\n" for here, there in lines)
    path.write_text(f"en,zh\n{text}", encoding="utf-8")
    return build_corpus([str(path)])


def test_a_later_text_is_held_against_an_earlier_run(tmp_path: Path) -> None:
    terms = tmp_path / "terms.csv"
    terms.write_text("en,zh,admitted\nacquisition function,采集函数,获取函数\n", encoding="utf-8")
    options = Options(termbases=(str(terms),), shipped_termbase=False, encoder=False)
    earlier = audit_corpus(river(tmp_path / "old.csv", "acquisition function", "采集函数"), options)
    known = history(*earlier.entries)
    corpus = river(tmp_path / "new.csv", "Acquisition functions", "获取函数", RIVER[:2])
    termbase = load_termbase([str(terms)], shipped=False)
    audited = audit(corpus.documents, corpus.records, corpus.pairs, termbase, locators=None)
    found = [(pair.record, str(d.severity), str(d.message)) for pair, d in check_history(audited.occurrences, known)]
    said = "“Acquisition functions” became “获取函数” here; your earlier texts say “采集函数” in 9 of 9."
    assert found == [(record.id, "note", said) for record in corpus.records]  # the termbase admits it
    assert [term.en for term in phrases_in(corpus.pairs, known.index())] == ["acquisition function"]
    assert not list(check_history(audited.occurrences, EMPTY))


GOOD = as_row(entry("tea", rendering("茶", 3)))
ROW: dict[str, Any] = json.loads(json_line(GOOD))


def changed(**other: Any) -> str:
    return json.dumps({**ROW, **other})


def changed_rendering(**other: Any) -> str:
    return changed(renderings=[{**ROW["renderings"][0], **other}])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("{", "no JSON in UTF-8"),
        ("[" * 100_000, "no JSON in UTF-8"),
        ('{"term": ' + "9" * 5000 + "}", "no JSON in UTF-8"),
        ("[]", "no object"),
        ("{}", "no term"),
        ('{"fingerprint": "3f2a5c7e9b01", "rule": "T002"}', "no term"),
        (changed(term=7), "no term"),
        (changed(term="\ud83d"), "term that is none (1 characters)"),
        (changed(term="茶" * 1001), "term that is none (1,001 characters)"),
        (changed(termhood=1.5), "no termhood in 0..1"),
        (changed(termhood=True), "no termhood in 0..1"),
        (changed(termhood=float("nan")), "no termhood in 0..1"),
        (changed(section="tea"), "no section, or no list of renderings"),
        (changed(section=[]), "no section, or no list of renderings"),
        (changed(renderings={}), "no section, or no list of renderings"),
        (changed(renderings=["茶"]), "a rendering that is no object"),
        (changed_rendering(zh=None), "no zh"),
        (changed_rendering(count=0), "no count"),
        (changed_rendering(count=True), "no count"),
        (changed_rendering(count=3.0), "no count"),
        (changed_rendering(count=10**9 + 1), "no count"),
        (changed_rendering(records=-1), "no records"),
        (changed_rendering(confidence="1"), "no confidence in 0..1"),
        (changed_rendering(status="good"), "a rendering without status or flagged"),
        (changed_rendering(status={}), "a rendering without status or flagged"),
        (changed_rendering(flagged=0), "a rendering without status or flagged"),
    ],
)
def test_what_is_no_glossary_is_refused_with_its_line(line: str, found: str) -> None:
    data = f"{json_line(GOOD)}\n\n{line}\n".encode("utf-8", "surrogatepass")
    with pytest.raises(InputError) as caught:
        read_history(io.BytesIO(data), "old.jsonl")
    assert (caught.value.where, caught.value.found) == ("old.jsonl:3", found)


class Endless(io.RawIOBase):
    """A stream that never ends, in lines of that many bytes."""

    def __init__(self, line: int) -> None:
        self.line = b" " * (line - 1) + b"\n"
        self.given = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.given += 1
        return self.line[:size]


@pytest.mark.parametrize(
    ("line", "where", "found"),
    [(17 * 2**20, "old.jsonl:1", "too long a line"), (2**20, "old.jsonl", "too large")],
)
def test_limits(line: int, where: str, found: str) -> None:
    with pytest.raises(LimitError) as caught:
        read_history(Endless(line), "old.jsonl")  # type: ignore[arg-type]
    assert (caught.value.where, caught.value.found) == (where, found)


texts = st.text(st.characters(codec="utf-8"), max_size=8) | st.sampled_from(
    ["tea cup", "Tea Cups", "茶杯", "茶的杯", "茶 杯", "杯", "", "σ"]
)
shares = st.floats(0, 1)
renderings = st.builds(
    Rendering,
    term=texts, zh=texts, count=st.integers(1, 50), places=st.just(()), status=st.sampled_from(get_args(Status)),
    expected=texts, domain=texts, majority=st.booleans(), flagged=st.booleans(), records=st.integers(1, 50),
    confidence=shares,
    examples=st.just((Example("d#1", "tea", "茶", (0, 3), (0, 1)),)),
)  # fmt: skip
entries = st.builds(
    Entry,
    term=texts, section=st.sampled_from(SECTIONS), expected=texts, domain=texts, count=st.integers(1, 50),
    records=st.integers(1, 50), termhood=shares, forms=st.just(()), renderings=st.lists(renderings, max_size=4),
)  # fmt: skip


@given(st.lists(entries, max_size=4), st.lists(entries, max_size=4))
def test_two_files_are_as_good_as_one(one: list[Entry], other: list[Entry]) -> None:
    if [as_row(each) for each in one] == [as_row(each) for each in other]:
        return  # refused
    both = add_up([history(*one, source="one"), history(*other, source="other")])
    whole = history(*one, *other)
    assert both.renderings.keys() == whole.renderings.keys()
    for words, found in whole.renderings.items():
        assert {key: r[1:] for key, r in found.items()} == {key: r[1:] for key, r in both.renderings[words].items()}
    assert both.phrases.keys() == whole.phrases.keys()


@given(st.lists(entries, max_size=4))
def test_a_custom_is_most_of_what_the_glossary_holds(made: list[Entry]) -> None:
    known = history(*made)
    for each in made:
        custom = known.custom(each.term)
        assert custom is None or (3 <= custom.places <= custom.total and 5 * custom.places >= 3 * custom.total)
        assert custom is None or custom.zh in [" ".join(r.zh.split()) for e in made for r in e.renderings]


junk = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just([]) | st.just({})
KEYS = ("term", "termhood", "section", "renderings")
mangled = st.builds(lambda key, value: json.dumps({**ROW, key: value}), st.sampled_from(KEYS), junk) | st.builds(
    lambda key, value: changed_rendering(**{key: value}), st.sampled_from(sorted(ROW["renderings"][0])), junk
)


@given(st.binary(max_size=200) | odd_text.map(lambda t: t.encode("utf-8", "surrogatepass")) | mangled.map(str.encode))
@example(b"\xff")
@example(b"\xef\xbb\xbf{}")
def test_any_bytes_give_a_history_or_an_error_of_ours(data: bytes) -> None:
    try:
        known = read_history(io.BytesIO(data), "old.jsonl")
    except DuizhaoError as error:
        assert error.where.startswith("old.jsonl:")
    else:
        assert known.signature.startswith("old.jsonl ")


@given(texts, texts, st.sampled_from(get_args(Status)), odd_text)
def test_any_occurrence_is_judged(zh: str, earlier: str, status: Status, around: str) -> None:
    known = History({("soft", "gripper"): {"k": Rendered(earlier, 9, 9, 9)}}, {}, "old")
    here = occurrence(OWN, zh, status, text=around.replace("{", "").replace("}", "") + "{}")
    for _, draft in check_history([here], known):
        assert draft.found == zh != earlier and draft.expected == earlier


def test_one_common_character_is_not_half_a_rendering() -> None:
    known = history(entry("gripper", rendering("抓取器", 20)))
    found = check_history([occurrence(Term("gripper", "", domain="own"), "钩茶器", en="gripper")], known)
    assert [draft.found for _, draft in found] == ["钩茶器"]


@pytest.mark.parametrize(("earlier", "severity", "confidence"), [(FIRM, "warning", 0.8), (LOOSE, "note", 0.6)])
def test_a_firm_custom_is_surer(earlier: list[Rendering], severity: str, confidence: float) -> None:
    [(_, draft)] = check_history([occurrence(OWN, "柔性抓手")], history(entry("soft gripper", *earlier)))
    assert (draft.severity, draft.confidence) == (severity, confidence)
