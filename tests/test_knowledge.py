"""The counts of a field: how they are asked, read, written and added, and that the shipped ones are whole."""

import gzip
import io
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.corpora import DuizhaoError, InputError, Knowledge, LimitError, Use, shipped_knowledge
from duizhao.corpora.knowledge import EMPTY, combine, load_knowledge, read_pack, write_pack
from duizhao.corpora.pack import Floors

SMALL = Knowledge(10, {"海獭": 7}, {"otter": "8\t2\t海獭:5\t比:例:1", "shell": "3\t0"}, "small")
HEAD = "duizhao knowledge\t1\t9\t2\t2\t1\tcounted from 9 tea houses\n"
WHOLE = HEAD + "海獭\t7\n茶馆\t2\n\notter\t8\t2\t海獭:5*6100\t水獭:1*40\ntea house\t3\t0\t茶馆:2\n"


def packed(text: str) -> bytes:
    return gzip.compress(text.encode(), mtime=0)


def written(knowledge: Knowledge, origin: str = "tea") -> bytes:
    handle = io.BytesIO()
    write_pack(knowledge, handle, origin)
    return handle.getvalue()


def test_questions() -> None:
    assert (SMALL.count("海獭"), SMALL.count("石头")) == (7, 0)
    assert SMALL.use("otter") == Use(8, 2, {"海獭": 5, "比:例": 1})
    assert SMALL.use("shell") == Use(3, 0, {})
    assert SMALL.use("stone") is None
    assert SMALL.kept_latin("otter") == 0.25
    assert SMALL.kept_latin("stone") == SMALL.kept_latin("shell") == 0


def test_none_known() -> None:
    assert (EMPTY.count("海獭"), EMPTY.use("otter"), EMPTY.kept_latin("otter")) == (0, None, 0)


@pytest.fixture(scope="module")
def shipped() -> Knowledge:
    return shipped_knowledge()


def test_the_shipped_counts_are_whole(shipped: Knowledge) -> None:
    assert (shipped.papers, len(shipped.counts), len(shipped.uses)) == (62_953, 109_457, 29_555)
    assert shipped.signature == "field_ai 62,953 papers, 29,555 terms sha256:b7099baa26d9"
    assert (shipped.floors, shipped.count("知识蒸馏")) == (Floors(3, 15, 4), shipped.counts["知识蒸馏"])
    assert shipped.origin == (
        "counted from 62,953 arXiv papers' English abstracts and independently written Chinese summaries of a public "
        "repository, 2025–2026"
    )
    assert all(zh and 3 <= n <= shipped.papers for zh, n in shipped.counts.items())
    assert shipped_knowledge() is shipped


def test_every_shipped_term_can_be_asked(shipped: Knowledge) -> None:
    for term in shipped.uses:
        use = shipped.use(term)
        assert use and 0 <= use.latin <= use.papers <= shipped.papers, term
        assert term == " ".join(term.lower().split())
        assert all(zh and 0 < n <= use.papers for zh, n in use.renderings.items()), term


def test_the_shipped_pack_is_small_and_strict(root: Path, shipped: Knowledge) -> None:
    """It is read without the checks that a user's pack gets: they are made here."""
    data = (root / "corpora" / "data" / "field_ai.pack.tsv.gz").read_bytes()
    assert len(data) <= 2_000_000
    strict = read_pack(data, "field_ai.pack.tsv.gz")
    assert (strict.counts, strict.uses, strict.signature) == (shipped.counts, shipped.uses, shipped.signature)


def test_a_pack_is_read() -> None:
    knowledge = read_pack(packed(WHOLE), "place/river.pack.tsv.gz")
    assert (knowledge.papers, knowledge.floors, knowledge.origin) == (9, Floors(2, 2, 1), "counted from 9 tea houses")
    assert knowledge.counts == {"海獭": 7, "茶馆": 2}
    assert knowledge.use("otter") == Use(8, 2, {"海獭": 5, "水獭": 1})
    assert knowledge.use("tea house") == Use(3, 0, {"茶馆": 2})
    name, _, digits = knowledge.signature.partition(" sha256:")
    assert (name, len(digits)) == ("river 9 papers, 2 terms", 12)


def test_a_pack_of_nothing() -> None:
    assert written(EMPTY) == packed("duizhao knowledge\t1\t0\t1\t1\t1\ttea\n\n")
    knowledge = read_pack(written(EMPTY), "none")
    assert (knowledge.papers, knowledge.counts, knowledge.uses) == (0, {}, {})


@pytest.mark.parametrize(
    ("text", "where", "found"),
    [
        ("", "p:1", "''"),
        ("otter\t1\n", "p:1", "'otter\\t1'"),
        (HEAD.replace("\t1\t9", "\t2\t9") + "\n", "p:1", "version '2'"),
        (HEAD.replace("\t9\t", "\t-9\t") + "\n", "p:1", repr(HEAD.replace("\t9\t", "\t-9\t")[:40])),
        (HEAD, "p", "no empty line between strings and terms"),
        (HEAD + "海獭\t7\n", "p", "no empty line between strings and terms"),
        (HEAD + "海獭\tseven\n\n", "p:2", "'海獭\\tseven'"),
        (HEAD + "海獭\t7\n茶馆\t-1\n\n", "p:3", "'茶馆\\t-1'"),
        (HEAD + "海獭\t0\n\n", "p:2", "'海獭\\t0'"),
        (HEAD + "海獭\t１\n\n", "p:2", "'海獭\\t１'"),
        (HEAD + "海獭\t1.5\n\n", "p:2", "'海獭\\t1.5'"),
        (HEAD + "海 獭\t1\n\n", "p:2", "'海 獭\\t1'"),
        (HEAD + "海獭\t1\n海獭\t2\n\n", "p:3", "'海獭' again"),
        (HEAD + "茶馆\t1\n海獭\t10\n\n", "p:3", "10 documents"),
        (HEAD + "海獭\t7\n\nOtter\t8\t2\n", "p:4", "'Otter\\t8\\t2'"),
        (HEAD + "\notter:5\t8\t2\n", "p:3", "'otter:5\\t8\\t2'"),
        (HEAD + "\notter\t8\n", "p:3", "'otter\\t8'"),
        (HEAD + "\notter\t8\t2\t海獭\n", "p:3", "'otter\\t8\\t2\\t海獭'"),
        (HEAD + "\notter\t8\t2\t海獭:5", "p:3", "'otter\\t8\\t2\\t海獭:5'"),
        (HEAD + "\ntea\t1\t0\notter\t8\t2\ntea\t2\t0\n", "p:5", "'tea' again"),
        (HEAD + "\ntea\t1\t0\notter\t8\t9\n", "p:4", "'otter 8\\t9'"),
        (HEAD + "\ntea\t1\t0\t茶:1\notter\t10\t9\n", "p:4", "'otter 10\\t9'"),
        (HEAD + "\ntea\t1\t0\t茶:1\notter\t8\t2\t海獭:5\t水獭:9*2\n", "p:4", "'otter 8\\t2\\t海獭:5\\t水獭:9*2'"),
        (HEAD + "\r\n\n", "p:2", "'\\r'"),
    ],
)
def test_what_is_no_pack_is_refused_with_its_line(text: str, where: str, found: str) -> None:
    with pytest.raises(InputError) as error:
        read_pack(packed(text), "p")
    assert (error.value.where, error.value.found) == (where, found)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "cut off"),
        (packed(WHOLE)[:-9], "cut off"),
        (packed(WHOLE) + b"tea", "3 bytes after its end"),
        (packed(WHOLE) + packed(WHOLE), f"{len(packed(WHOLE))} bytes after its end"),
        (gzip.compress(HEAD.encode() + b"\xff", mtime=0), "byte 0xff"),
    ],
)
def test_broken_files_are_refused(data: bytes, found: str) -> None:
    with pytest.raises(InputError) as error:
        read_pack(data, "p")
    assert error.value.found == found


@pytest.mark.parametrize("data", [b"otter", WHOLE.encode(), zlib.compress(WHOLE.encode())])
def test_other_files_are_no_gzip(data: bytes) -> None:
    with pytest.raises(InputError, match="p: no gzip file"):
        read_pack(data, "p")


def test_a_bomb_is_refused() -> None:
    packer = zlib.compressobj(9, wbits=31)
    data = b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(129)), packer.flush()])
    with pytest.raises(LimitError, match="too large unpacked; wanted at most 128 MiB"):
        read_pack(data, "p")


@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)), st.text("0159\t\n:*-Aa獭 \x85\u2028", max_size=4))
def test_any_change_of_a_pack(begin: int, length: int, new: str) -> None:
    """What is read after a change can be written and read again as it is."""
    text = WHOLE[:begin] + new + WHOLE[begin + length % 8 :]
    try:
        knowledge = read_pack(packed(text), "p")
    except DuizhaoError:
        return
    again = read_pack(written(knowledge, knowledge.origin), "p")
    assert (again.papers, again.counts, again.uses) == (knowledge.papers, knowledge.counts, knowledge.uses)


HAN = st.text("海獭水茶馆桥", min_size=1, max_size=3)
TERMS = st.lists(st.sampled_from(["otter", "tea", "stone", "gps-tag"]), min_size=1, max_size=3).map(" ".join)


@st.composite
def knowledges(draw: st.DrawFn) -> Knowledge:
    papers = draw(st.integers(1, 40))
    counts = draw(st.dictionaries(HAN, st.integers(1, papers), max_size=5))
    uses = {}
    for term in draw(st.lists(TERMS, unique=True, max_size=4)):
        n = draw(st.integers(1, papers))
        items = draw(st.dictionaries(HAN, st.tuples(st.integers(1, n), st.integers(0, 1000 * n)), max_size=3))
        ranked = sorted(items.items(), key=lambda item: (-item[1][1], item[0]))
        uses[term] = "\t".join([str(n), str(draw(st.integers(0, n))), *(f"{zh}:{b}*{w}" for zh, (b, w) in ranked)])
    return Knowledge(papers, counts, uses, "drawn", Floors(*draw(st.tuples(*[st.integers(1, 9)] * 3))))


@given(knowledges(), st.text(max_size=20))
def test_a_pack_comes_back_as_it_was_written(knowledge: Knowledge, origin: str) -> None:
    try:
        data = written(knowledge, origin)
    except InputError:  # a control in the origin, a lone surrogate
        assert not origin.isprintable()
        return
    again = read_pack(data, "drawn")
    assert (again.papers, again.counts, again.uses) == (knowledge.papers, knowledge.counts, knowledge.uses)
    assert (again.floors, again.origin) == (knowledge.floors, " ".join(origin.split()))
    assert data == written(again, origin)


@pytest.mark.parametrize(
    "knowledge",
    [
        SMALL,
        Knowledge(1, {"海\t獭": 1}, {}, "tab"),
        Knowledge(1, {"海獭": -1}, {}, "negative"),
        Knowledge(1, {}, {"Otter": "1\t0"}, "capital"),
        Knowledge(1, {}, {"otter": "2\t0"}, "more than there are"),
        Knowledge(1, {"\ud800": 1}, {}, "surrogate"),
    ],
)
def test_what_could_not_be_read_is_not_written(knowledge: Knowledge) -> None:
    handle = io.BytesIO()
    with pytest.raises(InputError, match="knowledge to write"):
        write_pack(knowledge, handle, "tea")
    assert handle.getvalue() == b""


ONE = Knowledge(10, {"海獭": 7, "茶": 1}, {"otter": "8\t2\t海獭:5*4000\t水獭:3*900", "tea": "3\t0\t茶:1*10"}, "sea")
OTHER = Knowledge(
    5, {"海獭": 1, "水獭": 4}, {"otter": "4\t0\t水獭:4*3600", "ferry": "2\t1"}, "river", Floors(2, 1, 1), "a"
)


def test_packs_add_up() -> None:
    both = combine([ONE, OTHER])
    assert (both.papers, both.counts) == (15, {"海獭": 8, "茶": 1, "水獭": 4})
    otter = both.use("otter")
    assert otter == Use(12, 2, {"水獭": 7, "海獭": 5})
    assert list(otter.renderings) == ["水獭", "海獭"]  # 4500 against 4000
    assert (both.use("tea"), both.use("ferry")) == (Use(3, 0, {"茶": 1}), Use(2, 1, {}))
    assert (both.signature, both.floors, both.origin) == ("sea; river", Floors(2, 1, 1), "a")
    assert ONE.counts == {"海獭": 7, "茶": 1}


def test_renderings_without_weights_add_up_too() -> None:
    both = combine([SMALL, Knowledge(2, {}, {"otter": "2\t0\t水獭:2*9999"}, "river")])
    assert list((both.use("otter") or pytest.fail()).renderings.items()) == [("水獭", 2), ("海獭", 5), ("比:例", 1)]


@given(knowledges(), knowledges(), knowledges())
def test_the_order_of_adding_is_nothing(a: Knowledge, b: Knowledge, c: Knowledge) -> None:
    def numbers(k: Knowledge) -> tuple[int, dict[str, int], dict[str, str], Floors]:
        return (
            k.papers,
            dict(k.counts),
            {term: "\t".join(sorted(row.split("\t"))) for term, row in k.uses.items()},
            k.floors,
        )

    at_once = numbers(combine([a, b, c]))
    assert at_once == numbers(combine([combine([a, b]), c])) == numbers(combine([c, combine([b, a])]))


def test_one_pack_is_itself(shipped: Knowledge) -> None:
    assert combine([ONE]) is ONE
    assert combine([]) is EMPTY
    assert load_knowledge([]) is shipped


def test_packs_of_files_are_added_to_the_shipped(tmp_path: Path, shipped: Knowledge) -> None:
    path = tmp_path / "river.pack.tsv.gz"
    path.write_bytes(packed(WHOLE))
    knowledge = load_knowledge([str(path)])
    assert knowledge.papers == shipped.papers + 9
    assert knowledge.count("茶馆") == shipped.count("茶馆") + 2
    assert knowledge.signature.startswith(f"{shipped.signature}; river 9 papers, 2 terms sha256:")
    assert knowledge.floors == Floors(3, 15, 4)


def test_a_pack_counts_once(tmp_path: Path) -> None:
    paths = [str(tmp_path / name) for name in ("a.pack.tsv.gz", "b.pack.tsv.gz")]
    for path in paths:
        Path(path).write_bytes(packed(WHOLE))
    with pytest.raises(InputError, match=r"b\.pack\.tsv\.gz: the same counts as a 9 papers"):
        load_knowledge(paths)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load_knowledge([str(tmp_path / "none.pack.tsv.gz")])
