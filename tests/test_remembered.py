"""What an audit remembers: the next one says the same, and works out only what a changed term touches."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from duizhao.corpora import Corpus
from duizhao.metrics.remembered import Remembered
from duizhao.pipeline import Options, audit_present, build_corpus
from duizhao.remembering import NAME, earlier, write_remembered
from duizhao.reports import Result, as_row, json_line

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
PLAIN = Options(shipped_termbase=False)  # indexing 12,910 terms is most of a small audit


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    whole = build_corpus([str(EXAMPLES / "digest.txt")])
    kept = {record.id for record in whole.records[:4]}  # this file asks for 25 audits
    return replace(
        whole,
        records=[record for record in whole.records if record.id in kept],
        pairs=[pair for pair in whole.pairs if pair.record in kept],
    )


@pytest.fixture(scope="module")
def first(corpus: Corpus) -> tuple[list[str], list[str]]:
    """What an audit without memory says, and what it remembers."""
    result, remembered = audited(corpus, None, PLAIN)
    assert remembered.recalled == 0
    return rows(result), list(remembered.lines())


def rows(result: Result) -> list[str]:
    return [json_line(as_row(row)) for row in (*result.findings, *result.entries)]


def audited(corpus: Corpus, folder: Path | None, options: Options) -> tuple[Result, Remembered]:
    remembered = earlier(folder, options)
    result, _ = audit_present(corpus, options, remembered=remembered)
    return result, remembered


@pytest.fixture
def folder(first: tuple[list[str], list[str]], tmp_path: Path) -> Path:
    write_remembered(tmp_path / NAME, first[1])
    return tmp_path


def groups(corpus: Corpus) -> int:
    return len({pair.record for pair in corpus.pairs})


def test_all_is_recalled_and_nothing_differs(corpus: Corpus, first: tuple[list[str], list[str]], folder: Path) -> None:
    again, remembered = audited(corpus, folder, PLAIN)
    assert remembered.recalled == groups(corpus)
    assert rows(again) == first[0]
    before = (folder / NAME).read_bytes()
    write_remembered(folder / NAME, remembered.lines())
    assert (folder / NAME).read_bytes() == before


@pytest.mark.parametrize(
    "terms",
    [
        "en,zh\nattention,关注力\n",
        "en,zh,forbidden\nlanguage model,语言模型,语言模子=odd\n",
        "en,zh,also\nno such thing as this,没有此物,nor this\n",
    ],
)
def test_a_changed_term_touches_the_records_that_have_it(
    corpus: Corpus, first: tuple[list[str], list[str]], folder: Path, tmp_path: Path, terms: str
) -> None:
    path = tmp_path / "own.csv"
    path.write_text(terms, encoding="utf-8")
    options = replace(PLAIN, termbases=(str(path),))
    fresh, _ = audited(corpus, None, options)
    again, remembered = audited(corpus, folder, options)
    assert rows(again) == rows(fresh)
    form = terms.split("\n")[1].split(",")[0]
    without = sum(
        not any(form in " ".join(pair.en).lower().replace("-", " ") for pair in corpus.pairs if pair.record == record)
        for record in {pair.record for pair in corpus.pairs}
    )
    assert 0 < remembered.recalled <= without
    # And back: what the first run remembered of the term is not taken for what is now.
    write_remembered(folder / NAME, remembered.lines())
    back, recalled = audited(corpus, folder, PLAIN)
    assert rows(back) == first[0]
    assert recalled.recalled == remembered.recalled


def test_the_order_of_terms_that_share_a_form(corpus: Corpus, tmp_path: Path) -> None:
    rows_of_file = ["language models,语言模式\n", "Language-Models,语言样式\n"]
    said = []
    for order in (rows_of_file, rows_of_file[::-1]):
        path = tmp_path / "own.csv"
        path.write_text("en,zh,flags\n" + "".join(row.replace("\n", ",case\n") for row in order), encoding="utf-8")
        options = replace(PLAIN, termbases=(str(path),))
        result, remembered = audited(corpus, tmp_path, options)
        assert rows(result) == rows(audited(corpus, None, options)[0])
        write_remembered(tmp_path / NAME, remembered.lines())
        said.append(remembered.recalled)
    assert said == [0, 0]


def test_another_corpus_another_setting_or_language_of_messages(corpus: Corpus, folder: Path) -> None:
    other = replace(corpus, pairs=corpus.pairs[1:])
    assert audited(other, folder, PLAIN)[1].recalled == 0
    assert audited(corpus, folder, replace(PLAIN, encoder=False))[1].recalled == 0
    chinese, remembered = audited(corpus, folder, replace(PLAIN, lang="zh"))
    assert remembered.recalled == groups(corpus)
    assert rows(chinese) == rows(audited(corpus, None, replace(PLAIN, lang="zh"))[0])


def spoilt(data: bytes) -> list[bytes]:
    lines = gzip.decompress(data).split(b"\n")
    head = json.loads(lines[0])
    return [
        b"",
        b"no gzip",
        data[: len(data) // 2],
        gzip.compress(b"[1]\n" + b"\n".join(lines[1:])),
        gzip.compress(b"\n".join([lines[0], *(b"[]" for _ in lines[1:-1]), b""])),
        gzip.compress(
            b"\n".join([lines[0], *(b'[[[9,"t","preferred",[0,1],null,"",1,"",1]],[]]' for _ in lines[1:-1])])
        ),
        gzip.compress(json.dumps({**head, "added": [1]}).encode() + b"\n" + b"\n".join(lines[1:])),
        gzip.compress(b"[" * 100_000 + b"\n" + b"\n".join(lines[1:])),
        gzip.compress(b"\n".join([lines[0], *(b"[" * 100_000 for _ in lines[1:-1])])),
        gzip.compress(json.dumps({**head, "gone": None}).encode() + b"\n" + b"\n".join(lines[1:])),
    ]


def test_what_cannot_be_read_is_worked_out(corpus: Corpus, first: tuple[list[str], list[str]], folder: Path) -> None:
    for data in spoilt((folder / NAME).read_bytes()):
        (folder / NAME).write_bytes(data)
        again, remembered = audited(corpus, folder, PLAIN)
        assert rows(again) == first[0]
        assert remembered.recalled < groups(corpus)
