"""N002: names in Latin letters that the Chinese keeps, but spells otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text

from duizhao.metrics.latin_names import check_latin_names

# English, Chinese, the names found with what they should be.
CASES = [
    ("HarborNet crosses the river.", "HaborNet渡河。", [("HaborNet", "HarborNet")]),  # dropped
    ("HarborNet crosses the river.", "HarbborNet渡河。", [("HarbborNet", "HarborNet")]),  # added
    ("HarborNet crosses the river.", "HarbarNet渡河。", [("HarbarNet", "HarborNet")]),  # changed
    ("HarborNet crosses the river.", "HraborNet渡河。", [("HraborNet", "HarborNet")]),  # swapped
    ("HarborNet crosses the river.", "HrabarNet渡河。", [("HrabarNet", "HarborNet")]),  # two slips in a long name
    ("HarborNet crosses the river.", "HrabatNet渡河。", []),  # three
    ("Ottar crosses the river.", "Otter渡河。", [("Otter", "Ottar")]),
    ("Ottar crosses the river.", "Oteer渡河。", []),  # two slips in a short name are another name
    ("Tell Ottar and HarborNet.", "告诉Otter和HaborNet。", [("Otter", "Ottar"), ("HaborNet", "HarborNet")]),
    # the same name in other dress
    ("HarborNet crosses the river.", "HarborNet渡河。", []),
    ("HarborNet crosses the river.", "HARBORNET渡河。", []),
    ("HarborNets cross the river.", "HarborNet渡河。", []),
    ("HarborNet crosses the river.", "HarborNets渡河。", []),
    ("A harbornet crosses, then HarbarNet.", "HarborNet渡河。", []),  # in the English in lower case
    # two names of the English that are alike
    ("Otter and Ottar", "Otter与Ottar", []),
    ("Ottar and Otter", "Otter与另一个", []),
    # another first letter is another name
    ("Barbor crosses", "Harbor渡河", []),
    # no names: short, in lower case, in addresses, code and formulas
    ("BERT and GPT", "BART与GPT-2", [("BART", "BERT")]),
    ("GPT", "GTP", []),
    ("harbornet crosses", "habornet渡河", []),
    ("See https://example.org/HarborNet now.", "见https://example.org/HaborNet。", []),
    ("Run `HarborNet` now.", "运行`HaborNet`。", []),
    ("Let $HarborNet$ be.", "令$HaborNet$。", []),
    ("Mail otter@HarborNet now", "发给otter@HaborNet", []),
    ("the HarborNet/v2 file", "HaborNet/v2文件", []),
    # nothing to compare
    ("HarborNet", "HaborNet", []),  # no Chinese
    ("", "HaborNet渡河", []),
    ("HarborNet", "港口网", []),
    ("", "", []),
]


@pytest.mark.parametrize(("en", "zh", "wanted"), CASES)
def test_check(en: str, zh: str, wanted: list[tuple[str, str]]) -> None:
    found = list(check_latin_names(en, zh))
    assert [(draft.found, draft.expected) for draft in found] == wanted
    for draft in found:
        assert (draft.rule, draft.severity, draft.confidence) == ("N002", "warning", 0.85)
        assert draft.span_en is not None and draft.span_zh is not None
        assert en[slice(*draft.span_en)] == draft.expected == draft.term
        assert zh[slice(*draft.span_zh)] == draft.found
        assert draft.message == f"The English has “{draft.expected}”, the Chinese “{draft.found}”."


def test_the_first_place_is_shown() -> None:
    [draft] = check_latin_names("HarborNet, HarborNet", "水獭的HaborNet和HaborNet")
    assert (draft.span_en, draft.span_zh) == ((0, 9), (3, 11))


names = st.from_regex(r"[A-Z][a-z]{7,9}", fullmatch=True)


@given(names, st.integers(1, 6), st.sampled_from("xyz"))
def test_one_slip_is_found(name: str, k: int, letter: str) -> None:
    slip = name[:k] + letter + name[k + 1 :]
    found = [draft.found for draft in check_latin_names(f"Ask {name}.", f"问{slip}。")]
    assert found == ([] if slip.rstrip("s") == name.rstrip("s") else [slip])


@given(odd_text, odd_text)
def test_any_text(en: str, zh: str) -> None:
    for draft in check_latin_names(en, zh):
        assert draft.span_en is not None and draft.span_zh is not None
        assert en[slice(*draft.span_en)] == draft.expected
        assert zh[slice(*draft.span_zh)] == draft.found != draft.expected


@given(odd_text)
def test_what_is_kept_is_never_flagged(text: str) -> None:
    assert list(check_latin_names(text, f"水獭{text}")) == []
