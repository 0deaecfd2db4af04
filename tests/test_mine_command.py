"""`duizhao terms mine`: documents of several shapes to a pack, and what it says of them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from mining_pile import pile

from duizhao.corpora import InputError, Knowledge, write_corpus
from duizhao.corpora.knowledge import read_pack
from duizhao.mine_command import mine
from duizhao.pipeline import build_corpus

DOCUMENTS = pile(30)


def run(*arguments: object) -> list[str]:
    done = CliRunner().invoke(mine, [str(each) for each in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output.split("\n")[:-1]


def failed(*arguments: object) -> str:
    done = CliRunner().invoke(mine, [str(each) for each in arguments])
    assert done.exit_code
    return str(done.exception) if isinstance(done.exception, InputError) else done.output


def read(path: Path) -> Knowledge:
    return read_pack(path.read_bytes(), str(path))


def jsonl(folder: Path) -> list[Path]:
    """Abstracts in both languages, a line each."""
    lines = [
        json.dumps({"title_en": f"River {k}", "abstract_en": en, "abstract_zh": zh})
        for k, (en, zh) in enumerate(DOCUMENTS)
    ]
    (folder / "river.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return [folder / "river.jsonl"]


def corpus(folder: Path) -> list[Path]:
    """A corpus built by duizhao."""
    (folder / "corpus").mkdir()
    write_corpus(build_corpus([str(path) for path in jsonl(folder)]), folder / "corpus")
    return [folder / "corpus"]


def two_folders(folder: Path) -> list[object]:
    """en/3.txt and zh/3.txt."""
    for k, (en, zh) in enumerate(DOCUMENTS):
        for side, text in (("en", en), ("zh", zh)):
            (folder / side).mkdir(exist_ok=True)
            (folder / side / f"river{k}.txt").write_text(text, encoding="utf-8")
    return ["--en", folder / "en", "--zh", folder / "zh"]


def one_folder(folder: Path) -> list[object]:
    """3.en.txt and 3.zh.txt."""
    for k, (en, zh) in enumerate(DOCUMENTS):
        (folder / f"river{k}.en.txt").write_text(en, encoding="utf-8")
        (folder / f"river{k}.zh.txt").write_text(zh, encoding="utf-8")
    return ["--en", folder, "--zh", folder]


def two_tables(folder: Path) -> list[object]:
    """A file of English abstracts and one of Chinese ones, a record a line."""
    for side, k in (("en", 0), ("zh", 1)):
        lines = [json.dumps({f"abstract_{side}": pair[k]}) for pair in DOCUMENTS]
        (folder / f"river.{side}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return ["--en", folder / "river.en.jsonl", "--zh", folder / "river.zh.jsonl"]


@pytest.mark.parametrize("shape", [jsonl, corpus, two_folders, one_folder, two_tables])
def test_every_shape_of_pile(tmp_path: Path, shape: Callable[[Path], list[object]]) -> None:
    target = tmp_path / "out.pack.tsv.gz"
    said = run(*shape(tmp_path), "-o", target)
    knowledge = read(target)
    terms = [term for term in knowledge.uses if (use := knowledge.use(term)) and use.renderings]
    renderings = sum(len(use.renderings) for term in terms if (use := knowledge.use(term)))
    assert said[-1] == f"Mined 30 documents: {len(terms)} terms with {renderings} renderings, in {target}."
    assert knowledge.papers == 30
    otter = knowledge.use("otter colony")
    assert otter
    assert otter.papers == sum("otter colony" in en for en, _ in DOCUMENTS)
    assert dict(otter.renderings) == {"水獭群": otter.papers}
    assert knowledge.count("石桥") == sum("石桥" in zh for _, zh in DOCUMENTS)


def test_what_a_pack_says_of_itself(tmp_path: Path) -> None:
    target = tmp_path / "river.pack.tsv.gz"
    run(*jsonl(tmp_path), "-o", target)
    knowledge = read(target)
    assert knowledge.origin == "counted from 30 documents of river.jsonl"
    assert knowledge.signature.startswith(f"river 30 papers, {len(knowledge.uses)} terms sha256:")


def test_the_same_pile_gives_the_same_bytes(tmp_path: Path) -> None:
    paths = jsonl(tmp_path)
    run(*paths, "-o", tmp_path / "a.pack.tsv.gz")
    run(*paths, "-o", tmp_path / "b.pack.tsv.gz")
    assert (tmp_path / "a.pack.tsv.gz").read_bytes() == (tmp_path / "b.pack.tsv.gz").read_bytes()


def test_files_without_a_partner_are_counted(tmp_path: Path) -> None:
    given = two_folders(tmp_path)
    (tmp_path / "en" / "lighthouse.txt").write_text("A lighthouse for otters.", encoding="utf-8")
    (tmp_path / "zh" / "tea-plantation.txt").write_text("水獭种茶。", encoding="utf-8")
    (tmp_path / "zh" / "windmill.txt").write_text("水獭看风车。", encoding="utf-8")
    said = run(*given, "-o", tmp_path / "out.pack.tsv.gz")
    assert said[:3] == [
        "2 documents in Chinese alone: only Chinese strings counted.",
        "1 document in English alone: not counted.",
        "Dropped as rare: Chinese strings in fewer than 2 documents, terms in fewer than 2, "
        "renderings in fewer than 2.",
    ]
    knowledge = read(tmp_path / "out.pack.tsv.gz")
    assert knowledge.papers == 32
    assert knowledge.count("水獭") == sum("水獭" in zh for _, zh in DOCUMENTS) + 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "x"], "Name documents with both languages, or --en and --zh."),
        (["in.txt", "--en", "en", "--zh", "zh", "-o", "x"], "Name documents with both languages, or --en and --zh."),
        (["--en", "en", "-o", "x"], "Name documents with both languages, or --en and --zh."),
        (["in.txt"], "Missing option '-o'"),
    ],
)
def test_usage(arguments: list[str], message: str) -> None:
    assert message in failed(*arguments)


def test_no_document_in_both_languages(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Otters sleep by the river and dream of tea all day long.", encoding="utf-8")
    message = failed(page, "-o", tmp_path / "out.pack.tsv.gz")
    assert message.startswith(f"{page}: 1 documents in English alone, 0 in Chinese alone; wanted documents in both")
    assert [path.name for path in tmp_path.iterdir()] == ["page.txt"]


def test_targets_that_cannot_be(tmp_path: Path) -> None:
    (page,) = jsonl(tmp_path)
    before = page.read_bytes()
    assert failed(page, "-o", page).startswith(f"{page}: one of the inputs")
    assert failed(page, "-o", tmp_path).startswith(f"{tmp_path}: no place for a file")
    nowhere = tmp_path / "none" / "out.pack.tsv.gz"
    assert failed(page, "-o", nowhere).startswith(f"{nowhere}: no place for a file")
    assert page.read_bytes() == before
