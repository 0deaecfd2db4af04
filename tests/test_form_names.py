import pytest
from hypothesis import given
from hypothesis import strategies as st

from duizhao.metrics.torn_names import check_name_signs, check_torn_names


@pytest.mark.parametrize(
    ("en", "zh", "found", "expected"),
    [
        ("OtterNet++ wins", "OtterNet获胜", "OtterNet", "OtterNet++"),
        ("OtterNet and OtterNet++", "OtterNet和OtterNet", "OtterNet", "OtterNet++"),
        ("written in C# by otters", "水獭用C写的", "C", "C#"),
        ("DALL·E draws otters", "DALL E画水獭", "DALL E", "DALL·E"),
        ("DALL·E draws otters", "DALLE画水獭", "DALLE", "DALL·E"),
        ("the TEA_CUP data", "TEA CUP数据", "TEA CUP", "TEA_CUP"),
    ],
)
def test_sign_lost(en: str, zh: str, found: str, expected: str) -> None:
    drafts = list(check_name_signs(en, zh))
    assert [(d.rule, d.severity, d.found, d.expected) for d in drafts] == [("F004", "warning", found, expected)]
    assert drafts[0].span_zh is not None
    assert zh[slice(*drafts[0].span_zh)] == found


@pytest.mark.parametrize(
    ("en", "zh"),
    [
        ("OtterNet++ wins", "OtterNet ++获胜"),
        ("OtterNet++ wins", "OtterNet＋＋获胜"),
        ("OtterNet++ wins", "它获胜"),
        ("OtterNet and OtterNet++", "OtterNet获胜"),
        ("A+ B is tea", "A加B是茶"),
        ("DALL·E draws", "DALL・E画"),
        ("DALL·E draws", "DALL · E画"),
        ("DALL·E and DALL E", "DALL E"),
        ("U-Net and 3D-Conv", "UNet和3D Conv"),
        ("see https://a.org/TEA_CUP", "见TEA CUP"),
        ("the field tea_cup", "茶杯tea cup"),
        ("$A_B$ is tea", "AB是茶"),
        ("", "OtterNet"),
    ],
)
def test_sign_kept(en: str, zh: str) -> None:
    assert list(check_name_signs(en, zh)) == []


@pytest.mark.parametrize(
    ("zh", "found"),
    [
        ("Ottermind的模型。另一个otter mind模型", ["otter mind"]),
        ("TEAE会画画，TEA E 2也会，TEA E 3也会", ["TEA E"]),
        ("来自heron⁴. river mind的水獭", ["heron⁴. river mind"]),
        ("水獭用dataset，也用data set", []),
        ("水獭用Fine-tuning，也用fine tuning", []),
        ("由Otter et al. proposed的方法", []),
        ("水獭喝Tea. The otter swims.", []),
        ("水獭喝Tea. tea is good", []),
        ("见Otter.js，又见Otter js", []),
        ("OtterMind和Otter-Mind", []),
        ("", []),
    ],
)
def test_torn(zh: str, found: list[str]) -> None:
    drafts = list(check_torn_names(zh))
    assert [d.found for d in drafts] == found
    assert all((d.rule, d.severity) == ("F004", "warning") for d in drafts)
    assert all(d.span_zh is not None and zh[slice(*d.span_zh)] == d.found for d in drafts)


TEXT = st.lists(
    st.sampled_from(["Otter", "mind", "Ottermind", "TEA", "E", "TEAE", "·", "_", "+", "#", " ", ".", "⁴", "獭", "$"]),
    max_size=20,
).map("".join)


@given(TEXT | st.text(max_size=40), TEXT | st.text(max_size=40))
def test_spans_quote_their_places(en: str, zh: str) -> None:
    for draft in (*check_name_signs(en, zh), *check_torn_names(zh)):
        assert draft.span_zh is not None
        assert zh[slice(*draft.span_zh)] == draft.found != ""


@given(TEXT)
def test_a_copy_keeps_its_signs(text: str) -> None:
    assert list(check_name_signs(text, text)) == []
