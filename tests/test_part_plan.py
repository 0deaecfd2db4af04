"""Inputs to groups and parts: what is read together, what records are called, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from duizhao import part_plan
from duizhao.corpora import InputError, extract, read_documents, write_corpus
from duizhao.corpora.document_parts import join
from duizhao.corpora.store_rows import read_tables
from duizhao.part_plan import Group, Piece, Read, groups_of, is_big, pieces_of, read_from
from duizhao.part_steps import build, piece_files, read
from duizhao.pipeline import build_corpus


def page(*numbers: int) -> str:
    return "".join(
        json.dumps({"text_en": f"Otter {n} crossed the bridge.", "text_zh": f"{n}号水獭过了桥。"}, ensure_ascii=False)
        + "\n"
        for n in numbers
    )


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "b").mkdir(parents=True)
    (tmp_path / "in" / "otters.jsonl").write_text(page(1, 2, 3), encoding="utf-8")
    (tmp_path / "in" / "b" / "otters.jsonl").write_text(page(4), encoding="utf-8")
    (tmp_path / "in" / "tea.en").write_text("Tea grows here.\nWe dry it.\n", encoding="utf-8")
    (tmp_path / "in" / "tea.zh").write_text("茶长在这里。\n我们把它晾干。\n", encoding="utf-8")
    (tmp_path / "in" / "river.txt").write_text("河水很深。\n", encoding="utf-8")
    return tmp_path


def read_groups(folder: Path, groups: list[Group], characters: int = 1000) -> list[list[list[Read]]]:
    """What the tasks of all groups read, each into a folder of its own."""
    found = []
    for k, group in enumerate(groups):
        out = folder / f"read-{k}"
        out.mkdir()
        told: dict[str, Any] = {"cwd": str(folder), "corpus": group.corpus, "part": group.part, "reading": {}}
        told |= {"files": group.files, "characters": characters}
        found.append(read_from(read(told, [], [out])["pieces"]))
    return found


def test_groups_hold_files_in_order_and_pairs_together(texts: Path) -> None:
    groups = groups_of(["in"], 150)
    assert [group.files for group in groups] == [
        (("in/b/otters.jsonl",),),
        (("in/otters.jsonl",),),
        (("in/river.txt",), ("in/tea.en", "in/tea.zh")),
    ]
    assert groups_of(["in", "in/river.txt"], 10**6) == groups_of(["in"], 10**6)  # a file named twice is one document


@pytest.mark.parametrize(("limit", "big"), [(10, True), (10**6, False)])
def test_big_is_what_exceeds_the_limit(texts: Path, monkeypatch: pytest.MonkeyPatch, limit: int, big: bool) -> None:
    monkeypatch.setattr(part_plan, "SMALL_BYTES", limit)
    assert is_big(["in"]) is big
    assert not is_big(["in", "-"])
    with pytest.raises(InputError, match="no such file"):
        is_big(["gone.txt"])


def test_records_are_called_as_they_are_today(texts: Path) -> None:
    groups = groups_of(["in"], 150)
    pieces = pieces_of(groups, read_groups(texts, groups), ["in"])
    today = extract(read_documents(["in"])).records
    keys = [key for piece in pieces for key in piece.keys]
    assert keys == ["otters~" + keys[0][7:], "otters~" + keys[1][7:], "river", "tea"]
    keys.remove("river")  # in which there is no record
    assert list(dict.fromkeys(record.id.partition("#")[0] for record in today)) == keys


@pytest.mark.parametrize("characters", [20, 60, 1000])
@pytest.mark.parametrize("most", [1, 150, 10**6])
def test_parts_together_are_the_corpus(texts: Path, characters: int, most: int) -> None:
    groups = groups_of(["in"], most)
    pieces = pieces_of(groups, read_groups(texts, groups, characters), ["in"])
    made = []
    for k, piece in enumerate(pieces):
        out = [texts / f"{k}-{name}" for name in ("documents", "records", "leftovers", "pairs")]
        counts = build({"keys": piece.keys}, piece_files(texts / f"read-{piece.group}", piece.number), out)
        made.append(read_tables(out))
        assert counts["pairs"] == len(made[-1].pairs)
        assert characters < 100 or piece.begin == 0
    assert join(made) == build_corpus(["in"])


def test_a_run_of_a_document_knows_where_it_begins(texts: Path) -> None:
    groups = groups_of(["in/otters.jsonl"], 10**6)
    found = read_groups(texts, groups, 30)
    sizes = [piece[0].characters for piece in found[0]]
    begins = [piece.begin for piece in pieces_of(groups, found, ["in"])]
    assert len(sizes) == 3
    assert begins == [0, sizes[0], sizes[0] + sizes[1]]


def test_a_big_part_of_a_corpus_is_cut_with_its_pairs(texts: Path) -> None:
    corpus = build_corpus(["in"])
    (texts / "made").mkdir()
    write_corpus(corpus, texts / "made")
    groups = groups_of(["made"], 10**6)
    found = read_groups(texts, groups, 40)
    pieces = pieces_of(groups, found, ["made"])
    assert groups == [Group((), "made", 0)]
    assert all(piece.keys == () for piece in pieces)
    assert len(pieces) > 3
    assert join(read_tables(piece_files(texts / "read-0", piece.number)) for piece in pieces) == corpus


def test_no_record_anywhere_is_refused(tmp_path: Path) -> None:
    groups = [Group((("a.txt",),)), Group((("b.txt",),))]
    empty = [[[Read("a.txt", "0a", 5, 0, ())]], [[Read("b.txt", "0b", 0, 0, ())]]]
    with pytest.raises(InputError, match=r"a\.txt, b\.txt: no record found"):
        pieces_of(groups, empty, ["."])
    blank = [[[Read("a.txt", "0a", 0, 0, ())]], [[Read("b.txt", "0b", 0, 0, ())]]]
    assert pieces_of(groups, blank, ["."]) == [Piece(0, 0, ("a",), 0), Piece(1, 0, ("b",), 0)]  # allowed to be empty


TWICE = [
    (Read("tea.txt", "0a", 5, 1, ("tea",)), "tea.txt comes twice"),
    (Read("old/tea.txt", "0b", 5, 1, ("tea",)), "tea#1 comes twice"),
]


@pytest.mark.parametrize(("other", "said"), TWICE)
def test_one_document_or_name_twice_is_refused(other: Read, said: str) -> None:
    groups = [Group((), "made", 0), Group((("tea.txt",),))]
    with pytest.raises(InputError, match=said):
        pieces_of(groups, [[[other]], [[Read("tea.txt", "0c", 5, 1, ())]]], ["made", "tea.txt"])


def test_a_document_may_go_on_in_the_next_part_of_a_corpus() -> None:
    groups = [Group((), "made", 0), Group((), "made", 1)]
    row = Read("tea.txt", "0a", 5, 1, ("tea",))
    assert [piece.begin for piece in pieces_of(groups, [[[row]], [[row]]], ["made"])] == [0, 5]
