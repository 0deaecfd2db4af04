"""Bytes to text: what is read, what is refused and in which words, and which mojibake is undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import odd_text

from duizhao.corpora.decoding import Decoded, declared_charset, decode
from duizhao.corpora.errors import DuizhaoError, InputError
from duizhao.corpora.mojibake import repair

TEXT = "海獭把贝壳带回了家,然后在河边睡着了。\nOtters sleep.\n第二天早上,它们又出发去找新的石头。\n"
HANT = "水獺把貝殼帶回家,然後在河邊睡著了。\n"
AS_UTF_8 = "the bytes are UTF-8 too, with Chinese in it; read as gb18030, as named"
MOJIBAKE = "read as mojibake: UTF-8 taken for "


def as_gbk(text: str) -> str:
    return text.encode().decode("gb18030")


READ = [
    ("utf-8", TEXT.encode(), {}, (TEXT, "utf-8", ())),
    ("nothing", b"", {}, ("", "utf-8", ())),
    ("mark", TEXT.encode("utf-8-sig"), {}, (TEXT, "utf-8", ())),
    ("two marks", "\ufeff\ufeff獭".encode(), {}, ("\ufeff獭", "utf-8", ())),
    (
        "utf-16 little",
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        {},
        (TEXT, "utf-16", ("read as UTF-16, as its byte-order mark says",)),
    ),
    (
        "utf-16 big",
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        {},
        (TEXT, "utf-16", ("read as UTF-16, as its byte-order mark says",)),
    ),
    (
        "utf-32 little",
        b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"),
        {},
        (TEXT, "utf-32", ("read as UTF-32, as its byte-order mark says",)),
    ),
    (
        "utf-32 big",
        b"\0\0\xfe\xff" + TEXT.encode("utf-32-be"),
        {},
        (TEXT, "utf-32", ("read as UTF-32, as its byte-order mark says",)),
    ),
    (
        "gb18030 mark",
        ("\ufeff" + TEXT).encode("gb18030"),
        {},
        (TEXT, "gb18030", ("read as GB18030, as its byte-order mark says",)),
    ),
    ("named", TEXT.encode("gb18030"), {"encoding": "GB18030"}, (TEXT, "gb18030", ())),
    (
        "named gbk",
        TEXT.encode("gbk"),
        {"encoding": "gbk"},
        (TEXT, "gb18030", ("gbk read as gb18030, which contains it",)),
    ),
    (
        "named gb2312, holds more",
        "朱镕基·獭".encode("gbk"),
        {"encoding": "gb2312"},
        ("朱镕基·獭", "gb18030", ("gb2312 read as gb18030, which contains it",)),
    ),
    (
        "named big5, holds more",
        "獺啲".encode("big5hkscs"),
        {"encoding": "Big5"},
        ("獺啲", "big5hkscs", ("Big5 read as big5hkscs, which contains it",)),
    ),
    ("named utf-8 with a mark", TEXT.encode("utf-8-sig"), {"encoding": "utf_8_sig"}, (TEXT, "utf-8", ())),
    ("named utf-16-le with a mark", "\ufeff獭".encode("utf-16-le"), {"encoding": "UTF-16LE"}, ("獭", "utf-16-le", ())),
    ("named utf-16", "\ufeff獭".encode("utf-16"), {"encoding": "utf-16"}, ("\ufeff獭", "utf-16", ())),
    (
        "named beats declared",
        "獭茶".encode("gbk"),
        {"encoding": "gb18030", "declared": "big5"},
        ("獭茶", "gb18030", ()),
    ),
    (
        "declared gb2312",
        TEXT.encode("gbk"),
        {"declared": "gb2312"},
        (TEXT, "gb18030", ("read as gb18030, as declared (gb2312)",)),
    ),
    (
        "declared x-gbk",
        TEXT.encode("gbk"),
        {"declared": "x-gbk"},
        (TEXT, "gb18030", ("read as gb18030, as declared (x-gbk)",)),
    ),
    (
        "declared big5",
        HANT.encode("big5"),
        {"declared": "Big5"},
        (HANT, "big5hkscs", ("read as big5hkscs, as declared (Big5)",)),
    ),
    (
        "declared, is utf-8",
        TEXT.encode(),
        {"declared": "gb2312"},
        (TEXT, "utf-8", ("declared as gb2312, but these bytes are UTF-8 and were read so",)),
    ),
    ("declared, is ASCII", b"otter", {"declared": "gb2312"}, ("otter", "utf-8", ())),
    (
        "declared, could be utf-8",
        "捉".encode("gbk"),
        {"declared": "gbk"},
        ("捉", "gb18030", ("read as gb18030, as declared (gbk)",)),
    ),
    (
        "declared hz",
        "獭的家".encode("hz"),
        {"declared": "hz-gb-2312"},
        ("獭的家", "hz", ("read as hz, as declared (hz-gb-2312)",)),
    ),
    (
        "declared latin-1",
        "caf\xe9 “river”".encode("cp1252"),
        {"declared": "iso-8859-1"},
        ("café “river”", "cp1252", ("read as cp1252, as declared (iso-8859-1)",)),
    ),
    (
        "declared latin-1, is gbk",
        "水獭在河边喝茶".encode("gbk"),
        {"declared": "latin1"},
        (
            "水獭在河边喝茶",
            "cp1252",
            ("read as cp1252, as declared (latin1)", "read as mojibake: GBK taken for Latin-1; repaired 1 line"),
        ),
    ),
    ("declared utf-16, has none", TEXT.encode(), {"declared": "utf-16"}, (TEXT, "utf-8", ())),
    (
        "declared utf-16 without a mark",
        "otter\n".encode("utf-16-be"),
        {"declared": "utf-16"},
        ("otter\n", "utf-16-be", ("read as utf-16-be, as declared (utf-16)",)),
    ),
    ("declared unknown, is utf-8", TEXT.encode(), {"declared": "otter-8"}, (TEXT, "utf-8", ())),
    ("declared utf-7", b"+2AA- tea", {"declared": "utf-7"}, ("+2AA- tea", "utf-8", ())),
    (
        "lost",
        "河\ufffd边有锟斤拷水獭".encode(),
        {},
        ("河\ufffd边有锟斤拷水獭", "utf-8", ("characters lost before this was read: 1 × U+FFFD, 1 × 锟斤拷",)),
    ),
    (
        "named wrongly, one fault of the name's",
        "水獭".encode(),
        {"encoding": "gb18030"},
        (as_gbk("水獭"), "gb18030", (AS_UTF_8, MOJIBAKE + "GBK in 1 line; kept, as the encoding was named")),
    ),
    (
        "named, holds mojibake",
        "å¯¹ç…§".encode(),
        {"encoding": "utf-8"},
        ("å¯¹ç…§", "utf-8", (MOJIBAKE + "Latin-1 in 1 line; kept, as the encoding was named",)),
    ),
    ("repaired", "å¯¹ç…§\nok\n".encode(), {}, ("对照\nok\n", "utf-8", (MOJIBAKE + "Latin-1; repaired 1 line",))),
    ("line ends are kept", "獭\r\n\u2028\x85\x0b茶".encode(), {}, ("獭\r\n\u2028\x85\x0b茶", "utf-8", ())),
]


@pytest.mark.parametrize(("data", "how", "decoded"), [row[1:] for row in READ], ids=[row[0] for row in READ])
def test_read(data: bytes, how: dict[str, str], decoded: tuple[str, str, tuple[str, ...]]) -> None:
    assert decode(data, "a.txt", how.get("encoding"), declared=how.get("declared")) == Decoded(*decoded)


WANTED = "wanted UTF-8, or the encoding by name"
REFUSED = [
    ("gbk", TEXT.encode("gbk"), {}, f"a.txt:1:1: not UTF-8 (byte 0 is 0xBA); {WANTED}. Try --encoding gb18030."),
    (
        "short gbk",
        "茶的".encode("gbk"),
        {},
        f"a.txt:1:1: not UTF-8 (byte 0 is 0xB2); {WANTED}. Try --encoding gb18030.",
    ),
    ("big5", HANT.encode("big5"), {}, f"a.txt:1:1: not UTF-8 (byte 0 is 0xA4); {WANTED}. Try --encoding big5hkscs."),
    (
        "Chinese utf-16",
        "水獭在家".encode("utf-16-be"),
        {},
        f"a.txt:1:8: not UTF-8 (byte 7 is 0xB6); {WANTED}. Try --encoding utf-16-be.",
    ),
    (
        "English utf-16",
        "otter".encode("utf-16-le"),
        {},
        "a.txt: UTF-16 without a byte-order mark; wanted UTF-8. Try --encoding utf-16-le.",
    ),
    (
        "utf-16 declared gbk",
        "otter".encode("utf-16-be"),
        {"declared": "gbk"},
        "a.txt: UTF-16 without a byte-order mark; wanted UTF-8. Try --encoding utf-16-be.",
    ),
    (
        "Windows-1252",
        "otters’ café – tea and cake".encode("cp1252"),
        {},
        f"a.txt:1:7: not UTF-8 (byte 6 is 0x92); {WANTED}. Try --encoding cp1252.",
    ),
    (
        "Shift-JIS",
        "かわうそ".encode("shift_jis"),
        {},
        f"a.txt:1:1: not UTF-8 (byte 0 is 0x82); {WANTED}. Is it a text file?",
    ),
    (
        "one bad byte",
        "河\n獭".encode() + b"\xffa\n" + TEXT.encode(),
        {},
        f"a.txt:2:2: not UTF-8 (byte 7 is 0xFF); {WANTED}. The rest is UTF-8: mend this place.",
    ),
    (
        "two bad bytes",
        b"\xff" + TEXT.encode() + b"\xff",
        {},
        f"a.txt:1:1: not UTF-8 (byte 0 is 0xFF); {WANTED}. The rest is UTF-8: mend these 2 places.",
    ),
    (
        "a bad byte after a mark",
        b"\xef\xbb\xbf\xe7\x8d\xad\xff",
        {},
        "a.txt:1:2: not UTF-8 (byte 6 is 0xFF); wanted whole text, as its byte-order mark says",
    ),
    (
        "half of utf-16",
        b"\xff\xfea\0b",
        {},
        "a.txt:1:2: not UTF-16-LE (byte 4 is 0x62); wanted whole text, as its byte-order mark says",
    ),
    (
        "half a pair of utf-16",
        b"\xff\xfe\0\xd8",
        {},
        "a.txt:1:1: not UTF-16-LE (byte 2 is 0x00); wanted whole text, as its byte-order mark says",
    ),
    (
        "declared utf-8",
        TEXT.encode("gbk"),
        {"declared": "UTF-8"},
        "a.txt:1:1: not UTF-8 (byte 0 is 0xBA); wanted UTF-8, as declared. Try --encoding gb18030.",
    ),
    (
        "declared gbk",
        "河".encode("gbk") + b"\n\xff",
        {"declared": "gbk"},
        "a.txt:2:1: not gb18030 (byte 3 is 0xFF); wanted gb18030, as declared. Is it a text file?",
    ),
    (
        "declared unknown",
        "河边的".encode("gbk"),
        {"declared": "otter-8"},
        f"a.txt:1:1: not UTF-8 (byte 0 is 0xBA); {WANTED} (declared is 'otter-8', which will not do). "
        "Try --encoding gb18030.",
    ),
    (
        "wrong name",
        b"a",
        {"encoding": "utf-99"},
        "a.txt: no encoding is called 'utf-99'; wanted utf-8, gb18030, big5 …",
    ),
    ("not of text", b"a", {"encoding": "hex"}, "a.txt: no encoding is called 'hex'; wanted utf-8, gb18030, big5 …"),
    (
        "not of files",
        b"\xff",
        {"encoding": "idna"},
        "a.txt: no encoding is called 'idna'; wanted utf-8, gb18030, big5 …",
    ),
    (
        "escapes",
        rb"\ud800 \q",
        {"encoding": "unicode_escape"},
        "a.txt: no encoding is called 'unicode_escape'; wanted utf-8, gb18030, big5 …",
    ),
    (
        "nul in the name",
        b"a",
        {"encoding": "utf\x008"},
        r"a.txt: no encoding is called 'utf\x008'; wanted utf-8, gb18030, big5 …",
    ),
    ("no name", b"a", {"encoding": ""}, "a.txt: no encoding is called ''; wanted utf-8, gb18030, big5 …"),
    (
        "named utf-8",
        "a\n河".encode("gbk"),
        {"encoding": "utf8"},
        "a.txt:2:1: not UTF-8 (byte 2 is 0xBA); wanted text in the named encoding. Try --encoding gb18030.",
    ),
    (
        "named gbk, is utf-8",
        "水獭们".encode() + b"\n",
        {"encoding": "gbk"},
        "a.txt:1:5: not gb18030 (byte 8 is 0xAC); wanted text in the named encoding. Try --encoding utf-8.",
    ),
    (
        "named utf-8, is gbk",
        TEXT.encode("gbk"),
        {"encoding": "utf-8"},
        "a.txt:1:1: not UTF-8 (byte 0 is 0xBA); wanted text in the named encoding. Try --encoding gb18030.",
    ),
    (
        "half a character",
        b"a +2AA- b",
        {"encoding": "utf-7"},
        "a.txt: not UTF-7; wanted text in the named encoding. Try --encoding utf-8.",
    ),
    (
        "mostly lost",
        ("\ufffd" * 20 + "河边有茶\n").encode(),
        {},
        "a.txt: 20 × U+FFFD and 0 × 锟斤拷; wanted whole text. Characters are lost: find the original.",
    ),
    (
        "all lost",
        ("锟斤拷" * 9).encode(),
        {},
        "a.txt: 0 × U+FFFD and 9 × 锟斤拷; wanted whole text. Characters are lost: find the original.",
    ),
    ("jpeg", b"\xff\xd8\xff\xe0", {}, "a.txt: a JPEG image; wanted a text file. Save its text as UTF-8."),
    ("docx", b"PK\x03\x04\x14", {}, "a.txt: a ZIP archive or Office file; wanted a text file. Save its text as UTF-8."),
]


@pytest.mark.parametrize(("data", "how", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(data: bytes, how: dict[str, str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "a.txt", how.get("encoding"), declared=how.get("declared"))
    assert str(caught.value) == message


def test_a_bad_byte_far_down_is_placed() -> None:
    data = b"".join(f"{n} 獭\n".encode() for n in range(80_000))
    broken = data.replace("70000 獭".encode(), "70000 獭".encode() + b"\xa4")
    with pytest.raises(InputError) as caught:
        decode(broken, "a")
    found = f"a:70001:8: not UTF-8 (byte {broken.index(0xA4)} is 0xA4)"
    assert str(caught.value) == f"{found}; {WANTED}. The rest is UTF-8: mend this place."


DECLARED = [
    (b"<html><meta charset=gbk>", "gbk"),
    (b"<META CHARSET = 'Big5' />", "Big5"),
    (b'<meta name="x"><meta\ncharset="utf-8">', "utf-8"),
    (b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb2312"),
    (b'<meta content="text/html;charset=gb2312" http-equiv=content-type>', "gb2312"),
    (b'<meta name="description" content="how charset=otter is read">', None),
    (b'<!-- <meta charset="big5"> --><meta charset="gbk">', "gbk"),
    (b'<meta data-charset="otter">', None),
    (b'<?xml version="1.0" encoding="GB18030"?><a/>', "GB18030"),
    (b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8' standalone='yes'?>", "utf-8"),
    (b'<a/><?xml version="1.0" encoding="GB18030"?>', None),
    (b'<?xml version="1.0"?><a encoding="gbk"/>', None),
    (b'@charset "gbk"; a {}', "gbk"),
    (b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=GB2312\\n"\n', "GB2312"),
    (b'"Content-Type: text/plain; charset=CHARSET\\n"\n', None),
    (b"charset=gbk", None),
    (b" " * 4090 + b"<meta charset=gbk>", None),
    (b"", None),
]


@pytest.mark.parametrize(("data", "charset"), DECLARED)
def test_declared(data: bytes, charset: str | None) -> None:
    assert declared_charset(data) == charset


def latin_1(text: str) -> str:
    return text.encode().decode("latin-1")


def sloppy(text: str) -> str:
    """UTF-8 read as browsers read Windows-1252: the five bytes it leaves out stand for themselves."""
    return "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in text.encode())


LATIN_1, GBK, GBK_AS_LATIN_1 = (
    f"read as mojibake: {fault}; repaired"
    for fault in ("UTF-8 taken for Latin-1", "UTF-8 taken for GBK", "GBK taken for Latin-1")
)
CUT = "一只水獭过河".encode().decode("gb18030", "replace")
REPAIRED = [
    ("utf-8 as Latin-1", latin_1(TEXT), TEXT, [f"{LATIN_1} 2 lines"]),
    ("utf-8 as Windows-1252", sloppy(TEXT), TEXT, [f"{LATIN_1} 2 lines"]),
    ("one line of each", latin_1("水獭在家\n") + sloppy("喝茶,看书"), "水獭在家\n喝茶,看书", [f"{LATIN_1} 2 lines"]),
    ("traditional", latin_1(HANT), HANT, [f"{LATIN_1} 1 line"]),
    ("accents too, in the whole", latin_1("café\n水獭喝茶"), "café\n水獭喝茶", [f"{LATIN_1} 2 lines"]),
    (
        "one broken line",
        TEXT + latin_1("水獭喝茶") + "\n“naïve”\n",
        TEXT + "水獭喝茶\n“naïve”\n",
        [f"{LATIN_1} 1 line"],
    ),
    (
        "in company",
        f"河\n{latin_1('水獭喝茶')}\n{latin_1('河')}\n{latin_1('。')}\nBenzmÃ¼ller\ncafé\n",
        "河\n水獭喝茶\n河\n。\nBenzmüller\ncafé\n",
        [f"{LATIN_1} 4 lines"],
    ),
    (
        "utf-8 as Latin-1, twice",
        latin_1(latin_1(TEXT)),
        TEXT,
        ["read as mojibake: UTF-8 taken for Latin-1, twice; repaired 2 lines"],
    ),
    (
        "thrice",
        latin_1(latin_1(latin_1(TEXT))),
        TEXT,
        ["read as mojibake: UTF-8 taken for Latin-1, three times; repaired 2 lines"],
    ),
    ("gbk as Latin-1", "¶ÔÕÕ", "对照", [f"{GBK_AS_LATIN_1} 1 line"]),
    (
        "gbk as Latin-1, whole",
        TEXT.encode("gbk").decode("latin-1") + "º£Ì¡",
        TEXT + "海獭",
        [f"{GBK_AS_LATIN_1} 3 lines"],
    ),
    (
        "gbk as Latin-1, among clean",
        "naïve\n河\n" + "水獭在河边喝茶".encode("gbk").decode("latin-1") + "\n£¬µÄ",
        "naïve\n河\n水獭在河边喝茶\n，的",
        [f"{GBK_AS_LATIN_1} 2 lines"],
    ),
    (
        "gbk as Latin-1, mostly signs",
        "tea£¬cake£¬jam£¬otters£º" + "水獭".encode("gbk").decode("latin-1") + "\ntea£¬cake£¬jam",
        "tea，cake，jam，otters：水獭\ntea，cake，jam",
        [f"{GBK_AS_LATIN_1} 2 lines"],
    ),
    (
        "gbk as Latin-1, that as utf-8",
        latin_1(TEXT.encode("gbk").decode("latin-1")),
        TEXT,
        ["read as mojibake: GBK taken for Latin-1, then UTF-8 taken for Latin-1; repaired 2 lines"],
    ),
    ("utf-8 as gbk", "瀵圭収", "对照", [f"{GBK} 1 line"]),
    ("utf-8 as gbk, Windows", "涓€璧峰枬", "一起喝", [f"{GBK} 1 line"]),
    ("utf-8 as gbk, private use", "鏈\ue101枃", "本文", [f"{GBK} 1 line"]),
    ("utf-8 as gbk, one line", TEXT + as_gbk("水獭在河") + "\n", TEXT + "水獭在河\n", [f"{GBK} 1 line"]),
    (
        "utf-8 on a Mac",
        "水獭喝茶".encode().decode("mac_roman"),
        "水獭喝茶",
        ["read as mojibake: UTF-8 taken for macroman; repaired 1 line"],
    ),
    (
        "utf-8 as Cyrillic",
        "水獭看书".encode().decode("sloppy-windows-1251"),
        "水獭看书",
        ["read as mojibake: UTF-8 taken for windows-1251; repaired 1 line"],
    ),
    ("bytes lost", TEXT + CUT, TEXT + CUT, ["read as mojibake: UTF-8 taken for GBK, with bytes lost; kept 1 line"]),
]


@pytest.mark.parametrize(("broken", "text", "notes"), [row[1:] for row in REPAIRED], ids=[row[0] for row in REPAIRED])
def test_repaired(broken: str, text: str, notes: list[str]) -> None:
    assert repair(broken) == (text, tuple(notes))
    assert repair(text)[0] == text


CLEAN = """
Benzmüller, Müßiggänger und Flußotter trinken Tee: „schön“, ‚süß‘ – überall.
L’été dernier, la loutre a mangé un gâteau « déjà vu » ; où ça ? Là-bas, à Évian…
… et puis elle est allée au café\u00a0»
naïve café – “quotes” – it’s 5 °C ± 0.5 µm · §3 ¶4 ½ ¼ ¾ ² ³ © ® ™ €5 £6 ¥7
OPERAÇÃO E AÇÕES: A LONTRA NÃO BEBE CAFÉ, SÃO PAULO, NAÇÕES, ÁÉÍÓÚ ÀÈÌÒÙ
ÇÃ ÇÃ ÇÃ ÇÃ ÇÃÇÃ
ÀÁÂÃÄÅ ÈÉÊË ÌÍÎÏ ÒÓÔÕÖ ÙÚÛÜ àáâãäå èéêë ìíîï òóôõö ùúûü
¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿
¿Dónde está la nutria? ¡Mañana, señor!
Þórður Ægisson á Ísafirði: „Öndin æðir“ ÞÆÖ ÐÐÐÐ ÆØÅ æøå
Žluťoučký kůň, dvě vydry; Gdańsk, łódź, źdźbło; İstanbul’da çay içen su samuru
Con rái cá uống trà bên sông, rồi ngủ dưới cầu. Đường phố Hà Nội ở đâu?
Выдра живёт у реки и любит чай; «да», — сказала она. Їжак, ўсё, ђак.
Η βίδρα πίνει τσάι δίπλα στο ποτάμι· «ναι», είπε.
הלוטרה שותה תה ליד הנהר. القندس يشرب الشاي بجانب النهر.
カワウソは川のそばでお茶を飲みます。鐘の声、鼈甲、囁き。
수달은 강가에서 차를 마신다.
นากดื่มชาริมแม่น้ำ
∀x∈ℝ: ⌈x⌉ ≥ x, ∑ᵢ αᵢ ≈ ∫ f(x) dx → ∞, x² ± √y ≠ ½
😀🦦🏞️👩‍👩‍👧 ☕️
这条河里有水獭,它们每天都去桥边喝茶。
這條河裡有水獺。佢哋喺橋底瞓覺,啲茶好飲。
魑魅魍魉,饕餮,鼋鼍,氤氲,囍,龘靐齉齾,㐂𠮷
捉迷藏、联通、颗粒
Ａ１：，① ﬁ ㎏ 〇
锟
瀵是瀵,收是収
""".strip("\n").split("\n")


@pytest.mark.parametrize("text", [*CLEAN, "\n".join(CLEAN)], ids=lambda text: text[:20])
def test_clean_text_is_not_altered(text: str) -> None:
    assert repair(text) == (text, ())
    assert repair(text.upper()) == (text.upper(), ())
    assert decode(text.encode(), "a") == (text, "utf-8", ())


PHRASES = """
海獭把贝壳带回了家 水獭在河边喝茶 第二天早上它们又出发了 我们在桥上看见三只小动物 这座桥有一百年历史
老人说河水会唱歌 茶是山里来的 他们不知道为什么石头会走路 本文提出一种新的数水獭的方法 结果表明桥比河高
""".split()
chinese = st.sampled_from(PHRASES)
english = st.sampled_from(["Otters", "tea, please", "BERT", "a bridge", "3.5 %", "(2024)"])
lines = st.lists(st.one_of(chinese, chinese, english), min_size=1, max_size=4).map("，".join)
texts = st.tuples(lines, chinese, st.lists(lines, max_size=4)).map(lambda t: "\n".join((t[0] + t[1], *t[2])))
WAYS = {
    "latin-1": latin_1,
    "windows-1252": sloppy,
    "twice": lambda text: latin_1(latin_1(text)),
    "gbk": lambda text: text.encode("gb18030").decode("latin-1"),
    "gbk, then utf-8": lambda text: latin_1(text.encode("gb18030").decode("latin-1")),
}


@pytest.mark.parametrize("way", WAYS)
@given(text=texts)
def test_mojibake_comes_back(way: str, text: str) -> None:
    assert decode(text.encode(), "a") == (text, "utf-8", ())
    broken = WAYS[way](text)
    assert broken != text
    assert decode(broken.encode(), "a").text == text


@pytest.mark.parametrize("way", ["latin-1", "windows-1252", "twice", "gbk"])
@given(text=texts, clean=st.lists(st.sampled_from(CLEAN), min_size=1, max_size=4))
def test_clean_lines_among_broken_ones_stay(way: str, text: str, clean: list[str]) -> None:
    mended = decode("\n".join([TEXT, *clean, WAYS[way](text)]).encode(), "a").text
    assert mended.startswith("\n".join([TEXT, *clean, ""]))


@given(texts)
def test_utf_8_as_gbk_comes_back_or_is_said(text: str) -> None:
    try:
        broken = text.encode().decode("gb18030")
    except UnicodeDecodeError:
        broken = text.encode().decode("gb18030", "replace")
    mended, _, notes = decode(broken.encode(), "a")
    assert mended == text or any("lost" in note for note in notes)


@given(st.lists(st.sampled_from(CLEAN), max_size=5).map("\n".join))
def test_clean_mixtures_are_not_altered(text: str) -> None:
    assert decode(text.encode(), "a") == (text, "utf-8", ())


@given(texts, st.sampled_from(["gb18030", "utf-16-le", "utf-16-be"]))
def test_the_guess_is_offered_and_right(text: str, encoding: str) -> None:
    with pytest.raises(InputError, match=f"Try --encoding {encoding}.$"):
        decode(text.encode(encoding), "a")
    assert decode(text.encode(encoding), "a", encoding).text == text
    data = (text + "\n").encode(encoding)
    assert decode(data, "a", declared=encoding).text == text + "\n"


@given(texts, st.sampled_from(CLEAN), st.integers(0, 99))
def test_one_bad_byte_is_not_taken_for_another_encoding(text: str, clean: str, at: int) -> None:
    at = min(at, len(text))
    data = clean.encode() + b"\n" + text[:at].encode() + b"\xff" + text[at:].encode()
    with pytest.raises(InputError, match=r"The rest is UTF-8: mend this place\.$"):
        decode(data, "a")


names = st.sampled_from(
    "utf-8 gb2312 big5 utf-16 utf-32 utf-7 hz latin-1 cp1252 cp950 shift_jis iso2022_kr idna unicode_escape".split()
)
some_bytes = st.one_of(
    st.binary(max_size=300),
    odd_text.map(str.encode),
    st.tuples(st.one_of(texts, odd_text), st.sampled_from(["gb18030", "big5", "utf-16", "utf-16-le", "utf-8"])).map(
        lambda pair: pair[0].encode(pair[1], "replace")
    ),
    st.tuples(texts.map(str.encode), st.binary(max_size=3), st.integers(0, 60)).map(
        lambda parts: parts[0][: parts[2]] + parts[1] + parts[0][parts[2] :]
    ),
)


@given(some_bytes, st.none() | names, st.none() | names | st.text(max_size=12))
def test_any_bytes_give_text_or_our_error(data: bytes, named: str | None, declared: str | None) -> None:
    try:
        decoded = decode(data, "a", named, declared=declared)
    except DuizhaoError as error:
        assert str(error).startswith("a:") and "\n" not in str(error)
    else:
        assert decoded.text.encode("utf-8").decode("utf-8") == decoded.text
        assert all(decoded.notes)


@given(st.text(max_size=20))
def test_any_name_gives_text_or_our_error(name: str) -> None:
    try:
        decoded = decode("水獭".encode(), "a", name)
    except DuizhaoError as error:
        assert "\n" not in str(error)
    else:
        assert decoded.encoding


@given(st.binary(max_size=200) | st.lists(st.sampled_from([row[0] for row in DECLARED])).map(b"".join))
def test_any_bytes_declare_a_name_or_nothing(data: bytes) -> None:
    name = declared_charset(data)
    assert name is None or (name.isascii() and 0 < len(name) <= 40)


@given(odd_text)
def test_text_that_repair_leaves_has_as_many_lines(text: str) -> None:
    assert repair(text)[0].count("\n") == text.count("\n")
