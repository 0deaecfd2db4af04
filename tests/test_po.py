"""Gettext PO: messages, their sides, what is counted, what is refused; translate-toolkit reads the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from translate.storage import pypo

from duizhao.corpora.errors import DuizhaoError, InputError
from duizhao.corpora.po import read_po
from duizhao.corpora.rows import Table

FILE = r"""# The otter's own words.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: zh_CN\n"

#. a note
#: river.c:7
#, c-format
msgid "An otter"
msgstr "一只海獭"
#, fuzzy, c-format
#| msgid "Old tea"
msgctxt "menu|drinks"
msgid "Tea"
msgstr "热茶"
msgid ""
"Two \"long\"\n"
	"lines\\"
msgstr ""
"两行"
"“长”的\t话"

msgid "One bridge"
msgid_plural "%d bridges"
msgstr[0] "%d 座桥"
msgstr[1] "%d 座桥!"

msgid "Nobody said it"
msgstr ""

#, fuzzy
#~ msgid "Gone"
#~ msgstr "走了"

msgid "Last"
msgstr "最后"
"""


def cells_of(table: Table) -> list[list[tuple[str, str, int, int]]]:
    return [[tuple(cell) for cell in row] for row in table.rows]


def test_a_whole_file() -> None:
    table = read_po(FILE, "a.po")
    assert cells_of(table) == [
        [("en", "An otter", 10, 7), ("zh", "一只海獭", 11, 8)],
        [("en", "Tea", 15, 7), ("zh", "热茶", 16, 8), ("context", "menu|drinks", 14, 9), ("state", "fuzzy", 15, 1)],
        [("en", 'Two "long"\nlines\\', 17, 7), ("zh", "两行“长”的\t话", 20, 8)],
        [("en", "One bridge", 24, 7), ("zh", "%d 座桥", 26, 11)],
        [("en", "Nobody said it", 29, 7)],
        [("en", "Last", 36, 7), ("zh", "最后", 37, 8)],
    ]
    assert table.format == "PO"
    assert table.notes == (
        "1 messages have no translation",
        "1 messages are marked fuzzy",
        "1 messages have plural forms: the first of each was read",
        "1 obsolete messages were left out",
    )
    assert read_po(FILE.replace("\n", "\r\n"), "a.po") == table


ALONE = "the sides were told apart by the header alone (Language: {})"
NEITHER = "neither side could be told to be Chinese (msgid: {}, msgstr: {})"
SIDES = [
    ('msgid "Tea"\nmsgstr "茶"\n', ["en", "zh"], []),
    ('msgid "茶"\nmsgstr "Tea"\n', ["zh", "en"], []),
    ('msgid ""\nmsgstr "Language: en\\n"\nmsgid "Tea"\nmsgstr "茶"\n', ["en", "zh"], []),
    ('msgid ""\nmsgstr "Language: zh\\n"\nmsgid "1"\nmsgstr "2"\n', ["en", "zh"], [ALONE.format("zh")]),
    ('msgid ""\nmsgstr "Language: en_GB\\n"\nmsgid "a"\nmsgstr "b"\n', ["zh", "en"], [ALONE.format("en_GB")]),
    (
        'msgid ""\nmsgstr "Language: fr\\n"\nmsgid "Tea"\nmsgstr "Thé"\n',
        ["msgid", "msgstr"],
        [NEITHER.format("en", "en")],
    ),
    ('msgid "茶"\nmsgstr "茶"\n', ["msgid", "msgstr"], [NEITHER.format("zh", "zh")]),
    ('msgid "Tea"\nmsgstr ""\n', ["en"], ["1 messages have no translation"]),
    ('msgid "茶"\nmsgstr ""\n', ["zh"], ["1 messages have no translation"]),
    ('msgid "OK"\nmsgstr "OK"\nmsgid "Tea"\nmsgstr "茶"\n', ["en", "zh"], []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "notes"), SIDES)
def test_sides(text: str, names: list[str], notes: list[str]) -> None:
    table = read_po(text, "a.po")
    assert all([cell.name for cell in row] == names for row in table.rows) and table.rows
    assert list(table.notes) == notes


def test_header_only() -> None:
    assert read_po('msgid ""\nmsgstr "Language: zh\\n"\n', "a.po") == Table("PO", (), (ALONE.format("zh"),))
    assert read_po("# nothing yet\n", "a.po") == Table("PO", ())


ESCAPES = [
    (r"\"\\\t\n\a\b\f\v\r", '"\\\t\n\a\b\f\v\r'),
    (r"\xe6\xb5\xb7\347\215\255!", "海獭!"),
    (r"\101\x42", "AB"),
    (r"\\n", "\\n"),
    ("a\u2028b\x85c", "a\u2028b\x85c"),
]


@pytest.mark.parametrize(("written", "read"), ESCAPES)
def test_escapes(written: str, read: str) -> None:
    assert read_po(f'msgid "Tea {written}"\nmsgstr "茶"\n', "a.po").rows[0][0].text == f"Tea {read}"


REFUSED = [
    ("", "a.po: an empty file; wanted messages"),
    ('msgid "Tea\nmsgstr "茶"\n', "a.po:1:7: '\"Tea'; wanted text in double quotes. Is a quote missing?"),
    ('msgid "Tea" now\nmsgstr "茶"\n', "a.po:1:7: 'now'; wanted text in double quotes."),
    ('msgid "Tea\\"\nmsgstr "茶"\n', "a.po:1:7: '\"Tea\\\\\"'; wanted text in double quotes."),
    ('\nmsgstr "茶"\n', "a.po:2:8: msgstr without msgid; wanted msgid before it"),
    ('msgid "Tea"\n', "a.po:1: a message without msgstr; wanted msgid and msgstr"),
    ('msgctxt "x"\n', "a.po:1: a message without msgstr"),
    ('msgid "Tea"\n\nmsgid "Bridge"\nmsgstr "桥"\n', "a.po:3:7: a second msgid; wanted one a message."),
    ('msgid "Tea"\nmsgstr "茶"\nmsgstr "水"\n', "a.po:3:8: a second msgstr"),
    ('msgid "Tea"\nmsgctxt "x"\n', "a.po:2:9: msgctxt after msgid; wanted msgctxt first."),
    ('"Tea"\n', "a.po:1:1: '\"Tea\"'; wanted msgid, msgstr or a comment"),
    ("Otters\n", "a.po:1:1: 'Otters'; wanted msgid, msgstr or a comment"),
    ('msgid "Tea"\nmsgstr 茶\n', "a.po:2:1: 'msgstr 茶'; wanted text in double quotes."),
    ('msgid "\\q"\nmsgstr "茶"\n', "a.po:1:7: a bad escape ('\\\\q'); wanted \\n, \\t, \\\" or \\\\."),
    ('msgid "\\xe6"\nmsgstr "茶"\n', "a.po:1:7: a bad escape ('utf-8' codec can't decode"),
    ('msgid "\\777"\nmsgstr "茶"\n', "a.po:1:7: a bad escape (bytes must be in range"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_po(text, "a.po")
    assert str(caught.value).startswith(message)


TEXT = st.text(st.sampled_from('ab海獭 \t\n"\\%|,。'), min_size=1, max_size=12)
MESSAGES = st.lists(st.tuples(TEXT, TEXT, st.none() | TEXT), min_size=1, max_size=5, unique_by=lambda m: m[0])


@given(MESSAGES)
def test_what_translate_toolkit_writes_and_reads(messages: list[tuple[str, str, str | None]]) -> None:
    store = pypo.pofile()
    for msgid, msgstr, context in messages:
        unit = store.addsourceunit(msgid)
        unit.target = msgstr
        if context is not None:
            unit.msgctxt = pypo.quoteforpo(context)
    written = bytes(store).decode("utf-8")
    table = read_po(written, "a.po")
    assert [[cell.text for cell in row] for row in table.rows] == [
        [msgid, msgstr, *([context] if context is not None else [])] for msgid, msgstr, context in messages
    ]
    theirs = [unit for unit in pypo.pofile.parsestring(written.encode()).units if not unit.isheader()]
    assert [[str(unit.source), str(unit.target)] for unit in theirs] == [[m[0], m[1]] for m in messages]


PIECES = st.sampled_from(
    [
        "msgid ",
        "msgstr ",
        "msgstr[0] ",
        "msgid_plural ",
        "msgctxt ",
        '"',
        '"Tea"\n',
        '"茶"\n',
        '""\n',
        "\n",
        "\\",
        "#~ ",
    ]
)
PIECES |= st.sampled_from(["#, fuzzy\n", "#", "\\x", "\\7", '"Language: zh\\n"\n', "\r", "\u2028", "[9]", "獭"])


@given(st.lists(PIECES, max_size=16).map("".join) | st.text(max_size=60))
def test_any_text_gives_a_table_or_our_error(text: str) -> None:
    try:
        table = read_po(text, "a")
    except DuizhaoError as error:
        assert str(error).startswith("a:")
    else:
        lines = text.count("\n") + 1
        assert all(1 <= cell.line <= lines and cell.column >= 1 for row in table.rows for cell in row)
