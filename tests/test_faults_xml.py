"""Bad inputs, rows 27–36 of docs/faults.md: translation memories and termbases."""

import re
import resource
import socket
from pathlib import Path

import pytest

from duizhao.corpora import Document, InputError, LimitError, Term, document_from_bytes, load_termbase
from duizhao.corpora.tmx import read_tmx
from duizhao.metrics import Finding
from duizhao.pipeline import audit_corpus, build_corpus

EN = "The otters carried 32 fresh shells home today."
ZH = "海獭今天把三十二个新鲜的贝壳带回了家。"
PAIR = "en → text_en, zh → text_zh"


def unit(*sides: tuple[str, str], id: str = "t1") -> str:
    variants = "".join(f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in sides)
    return f'<tu tuid="{id}">{variants}</tu>'


def tmx(*units: str, doctype: str = "") -> bytes:
    return f'{doctype}<tmx version="1.4"><header srclang="en"/><body>{"".join(units)}</body></tmx>'.encode()


def read(data: bytes | str, name: str = "a.tmx") -> Document:
    return document_from_bytes(data if isinstance(data, bytes) else data.encode(), name)


def refusal(data: bytes | str, name: str = "a.tmx") -> str:
    with pytest.raises(InputError) as caught:
        read(data, name)
    return str(caught.value)


def findings(folder: Path, data: bytes | str, name: str = "a.tmx") -> list[Finding]:
    (folder / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(audit_corpus(build_corpus([str(folder / name)])).findings)


def bomb(kind: str) -> bytes:
    names = [f"a{number}" for number in range(12)]
    bodies = ["otter " * 10, *(f"&{name};" * 10 for name in names)]
    if kind == "quadratic":
        bodies, names = ["otter " * 50_000], names[:1]
    declared = "".join(f'<!ENTITY {name} "{body}">' for name, body in zip(names, bodies, strict=False))
    text = "&a0;" * 50_000 if kind == "quadratic" else "&a11;"
    return tmx(unit(("en", text), ("zh", ZH)), doctype=f"<!DOCTYPE tmx [{declared}]>")


@pytest.mark.parametrize("kind", ["laughs", "quadratic"])
@pytest.mark.parametrize("name", ["a.tmx", "a.txt", "a.html"])
def test_fault_27_billion_laughs(kind: str, name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal(bomb(kind), name) == (
        f"{name}:1:28: an entity declaration ('a0'); wanted XML without entities. Remove it."
    )
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024  # KiB


def test_fault_28_no_entity_reads_a_file_or_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("the otters' bank account", encoding="utf-8")

    def refused(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    file = unit(("en", "&x;"), ("zh", ZH))
    for kind in (
        f'SYSTEM "file://{tmp_path}/secret"',
        f'PUBLIC "-//T//" "{tmp_path}/secret"',
        'SYSTEM "http://127.0.0.1/x"',
    ):
        said = refusal(tmx(file, doctype=f"<!DOCTYPE tmx [<!ENTITY x {kind}>]>"))
        assert re.fullmatch(
            r"a\.tmx:1:\d+: an entity declaration \('x'\); wanted XML without entities\. Remove it\.", said
        )
    said = refusal(tmx(file, doctype=f'<!DOCTYPE tmx [<!ENTITY % d SYSTEM "file://{tmp_path}/secret"> %d;]>'))
    assert re.fullmatch(r"a\.tmx:1:\d+: an entity declaration \('d'\); wanted XML without entities\. Remove it\.", said)
    said = refusal(tmx(file, doctype='<!DOCTYPE tmx SYSTEM "http://127.0.0.1/x.dtd">'))
    assert "'x' not defined" in said or "undefined entity" in said


def test_fault_29_an_honest_doctype() -> None:
    document = read(tmx(unit(("en", EN), ("zh", ZH)), doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'))
    assert document.text == f"{EN}\n{ZH}\n\n"
    assert document.notes == (f"TMX 1.4: {PAIR}", "columns not used: id")


@pytest.mark.parametrize("end", ["", "</a>" * 200_000 + "</body></tmx>"])
def test_fault_30_nested_too_deep(end: str) -> None:
    with pytest.raises(LimitError) as caught:
        read('<tmx version="1.4"><body>' + "<a>" * 200_000 + end)
    assert str(caught.value) == "a.tmx:1:788: elements nested too deep; wanted at most 256 levels"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (tmx(unit(("en", EN)))[:-20], "a.tmx:1:138: broken XML (unclosed token)"),
        (b'<tmx version="1.4">\n <body>\n', "a.tmx:3:1: broken XML (no element found)"),
        (b'<tmx version="1.4">\n <body></tmx>', "a.tmx:2:10: broken XML (mismatched tag)"),
        (b'<tmx version="1.4"><body>a & b</body></tmx>', "a.tmx:1:29: broken XML (not well-formed (invalid token))"),
    ],
)
def test_fault_31_not_well_formed(data: bytes, said: str) -> None:
    assert refusal(data) == f"{said}; wanted a well-formed file. Mend or export it again."


@pytest.mark.parametrize("tag", ["zh", "zh-CN", "ZH_cn", "cmn", "zho", "zh-Hans-CN", " zh "])
@pytest.mark.parametrize("english", ["en", "EN_gb", "eng"])
def test_fault_32_tags_of_one_language(tag: str, english: str) -> None:
    row = {cell.name: cell.text for cell in read_tmx(tmx(unit((tag, ZH), (english, EN))), "a.tmx").rows[0]}
    assert (row["en"], row["zh"], row["id"]) == (EN, ZH, "t1")


def test_fault_32_units_without_both_sides_are_counted_and_listed(tmp_path: Path) -> None:
    data = tmx(
        unit(("en", EN), ("zh", ZH)),
        "\n" + unit(("en", "Tea is hot at the old bridge."), ("de", "Tee"), id="t2"),
        "\n" + unit(("zh", "老桥边的茶很烫。"), id="t3"),
    )
    assert read(data).notes == (
        f"TMX 1.4: {PAIR}",
        "columns not used: id",
        "2 units lack English or Chinese",
        "1 variants in other languages were left out (de 1)",
    )
    corpus = build_corpus([_written(tmp_path, data)])
    assert [record.kind for record in corpus.records] == ["segment", "missing_zh", "zh_only"]
    found = findings(tmp_path, data)
    assert [(f.rule, f.line, f.en) for f in found] == [("C003", 2, "Tea is hot at the old bridge.")]


def _written(folder: Path, data: bytes) -> str:
    (folder / "a.tmx").write_bytes(data)
    return str(folder / "a.tmx")


def test_fault_33_several_variants_of_one_language() -> None:
    document = read(tmx(unit(("en", EN), ("zh", ZH), ("zh-TW", "水獺"))))
    assert document.text == f"{EN}\n{ZH}\n\n"
    assert document.notes[-1] == ("1 units are ambiguous: several variants of one language, of which the first is used")


def test_fault_34_inline_codes_are_counted() -> None:
    codes = '<bpt i="1">&lt;b&gt;</bpt>32<ept i="1">&lt;/b&gt;</ept><ph/>'
    document = read(tmx(unit(("en", EN.replace("32", codes)), ("zh", ZH))))
    assert document.text == f"{EN}\n{ZH}\n\n"
    assert document.notes[-1] == "3 inline codes were left out of the text (bpt 1, ept 1, ph 1)"
    target = f'<target><g id="1">{ZH}</g><x id="2"/></target>'
    document = read(xliff("1.2", f'<trans-unit id="1"><source>{EN}</source>{target}</trans-unit>'), "a.xlf")
    assert document.text == f"{EN}\n{ZH}\n\n"
    assert document.notes[-1] == "2 inline codes were left out of the text (g 1, x 1)"


def xliff(version: str, units: str) -> str:
    if version < "2":
        space, languages = "1.2", 'original="a" datatype="plaintext" source-language="en" target-language="zh"'
        inside = f"<file {languages}><body>{units}</body></file>"
        return f'<xliff version="{version}" xmlns="urn:oasis:names:tc:xliff:document:{space}">{inside}</xliff>'
    head = f'<xliff version="{version}" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="zh">'
    return f'{head}<file id="f">{units}</file></xliff>'


def unit_1(attributes: str = "", state: str = "") -> str:
    return f"<trans-unit {attributes}><source>{EN}</source><target {state}>{ZH}</target></trans-unit>"


def test_fault_35_versions_and_states() -> None:
    units = unit_1('id="1"', 'state="needs-translation"') + unit_1('id="2" translate="no"') + unit_1('id="3"')
    document = read(xliff("1.2", units), "a.xlf")
    assert document.format == "XLIFF 1.2" and document.text == f"{EN}\n{ZH}\n\n" * 3
    assert document.notes[-2:] == (
        '1 rows are unfinished (cell "state")',
        '1 rows are not to be translated (cell "translate")',
    )
    inside = f'<unit id="1"><segment state="initial"><source>{EN}</source><target>{ZH}</target></segment></unit>'
    document = read(xliff("2.1", inside), "a.xlf")
    assert document.format == "XLIFF 2.1" and document.text == f"{EN}\n{ZH}\n\n"
    assert document.notes[-1] == '1 rows are unfinished (cell "state")'
    said = refusal(xliff("2.5", inside), "a.xlf")
    assert said == "a.xlf:1:1: XLIFF 2.5; wanted XLIFF 1.0, 1.1, 1.2, 2.0, 2.1"


TBX = '<?xml version="1.0"?>\n<{0} type="TBX-Basic"><text><body><termEntry/></body></text></{0}>'


@pytest.mark.parametrize("root", ["martif", "tbx"])
@pytest.mark.parametrize("name", ["a.tbx", "a.xml"])
def test_fault_36_a_tbx_is_refused_by_name(root: str, name: str) -> None:
    assert refusal(TBX.format(root), name) == (
        f"{name}: a TBX termbase (<{root}>); wanted texts, tables or translation memories. Name it with --termbase."
    )


def test_fault_36_a_tbx_is_a_termbase(tmp_path: Path) -> None:
    entry = "<termEntry>{}</termEntry>".format(
        "".join(
            f'<langSet xml:lang="{lang}"><tig><term>{term}</term></tig></langSet>'
            for lang, term in (("en", "otter"), ("zh-CN", "水獭"))
        )
    )
    text = TBX.format("martif").replace("<termEntry/>", entry)
    (tmp_path / "a.tbx").write_text(text, encoding="utf-8")
    assert load_termbase([str(tmp_path / "a.tbx")], shipped=False).terms == (Term("otter", "水獭"),)


def test_fault_36_other_xml_is_refused_by_name() -> None:
    said = refusal(f'<?xml version="1.0"?><river><otter>{EN}</otter></river>', "a.xml")
    assert said == "a.xml: XML that begins with <river>; wanted TMX, XLIFF or HTML. Export it so."
    assert read(f'<?xml version="1.0"?><html><p>{EN}</p></html>', "a.xml").text == f"{EN}\n"
