"""Which column of a table, or key of a feed, is which part of a record: by its name, checked by what it holds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import marks
from .errors import ConfigError, InputError
from .roles import Role, role_of
from .rows import Table
from .script import HAN, language

FIELDS = (
    "title_en",
    "title_zh",
    "abstract_en",
    "abstract_zh",
    "text_en",
    "text_zh",
    "authors",
    "affiliation",
    "url",
    "tag",
    "key_points_zh",
    "summary_zh",
    "commentary_zh",
)
_SAMPLE = 2000  # rows that are looked at
_MAJORITY = 0.6  # share of a column's texts in a language, from which it is a column of that language
# Keys under which a feed keeps what was written about a paper, not translated from it.
_ABOUT = frozenset(
    "ai llm gpt chatgpt gemini kimi deepseek claude analysis review comment comments summary_ai ai_summary".split()
)
_URLS = ("arxiv.org", "doi.org", "openreview.net", "aclanthology.org")


@dataclass(frozen=True, slots=True)
class Columns:
    """The field that each column fills ("" for none, "" too for one that is split by labels), and what to say of it."""

    fields: Mapping[str, str]
    segments: bool  # rows are aligned units, not papers
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Column:
    name: str
    role: Role | None
    texts: list[str]

    @property
    def side(self) -> str:
        """The language that most of its texts are in, "" where none prevails."""
        said = [language(text) for text in self.texts]
        for side in ("en", "zh"):
            if said.count(side) + (said.count("mixed") if side == "zh" else 0) >= _MAJORITY * len(said):
                return side
        return ""

    @property
    def length(self) -> float:
        """Mean length of its texts in characters, a Han character counting thrice."""
        return sum(len(t) + 2 * len(HAN.findall(t)) for t in self.texts) / max(1, len(self.texts))

    @property
    def prose(self) -> bool:
        """Whether half of its texts are long enough to say something."""
        return 2 * sum(marks.is_prose(text) for text in self.texts) >= len(self.texts)

    @property
    def links(self) -> bool:
        """Whether its texts are addresses."""
        return all(text.startswith(("http://", "https://")) and " " not in text.strip() for text in self.texts)


def map_columns(table: Table, source: str, asked: Mapping[str, str] | None = None) -> Columns:
    """What the columns of a table are; `asked` sets columns by name, to a field of FIELDS or to "skip".

    Raises ConfigError for an unknown column or field in `asked`, InputError where no column holds English or Chinese,
    and where the columns called English and Chinese hold each other's language.
    """
    asked = asked or {}
    columns = _columns(table)
    for name, field in asked.items():
        if name not in columns:
            raise ConfigError(source, f"no column {name!r}", "one of " + ", ".join(map(repr, columns)))
        if field not in (*FIELDS, "skip"):
            raise ConfigError(source, f"no field {field!r}", "one of " + ", ".join((*FIELDS, "skip")))
    fields: dict[str, str] = {name: "" if field == "skip" else field for name, field in asked.items()}
    free = [column for name, column in columns.items() if name not in fields and column.texts]
    taken = set(fields.values())
    segments = _segments(free, taken, source)
    if segments:
        fields |= segments
    else:
        _papers(free, fields, taken)
    if not any(field.endswith(("_en", "_zh")) for field in fields.values()):
        # Texts in one language only, each too short to be an abstract: subtitles.
        alone = [column for column in free if column.role and column.role.part == "text" and column.side]
        fields |= {column.name: f"text_{column.side}" for column in alone[:1]}
    used = [f"{name} → {field}" for name, field in fields.items() if field]
    if not any(field.endswith(("_en", "_zh")) for field in fields.values()):
        raise InputError(
            source, f"no column of English or Chinese text in {table.format}", "one at least", "Name it with --field."
        )
    unused = [name for name in columns if not fields.get(name)]
    notes = [f"{table.format}: {', '.join(used)}"]
    if unused:
        notes.append(f"columns not used: {', '.join(unused)}")
    texts = {field for field in fields.values() if field.endswith(("_en", "_zh"))}
    return Columns(fields, texts <= {"text_en", "text_zh"}, tuple(notes))


def _columns(table: Table) -> dict[str, _Column]:
    columns: dict[str, _Column] = {}
    for row in table.rows[:_SAMPLE]:
        for cell in row:
            if cell.name not in columns:
                columns[cell.name] = _Column(cell.name, _role(cell.name), [])
            if cell.text.strip():
                columns[cell.name].texts.append(cell.text)
    for row in table.rows[_SAMPLE:]:
        for cell in row:
            if cell.name not in columns:
                columns[cell.name] = _Column(cell.name, _role(cell.name), [cell.text] if cell.text.strip() else [])
    return columns


def _role(name: str) -> Role | None:
    """The role of a name or of a path of keys: title.zh, translation.en, AI.tldr."""
    *above, last = name.split(".")
    if any(part.casefold() in _ABOUT for part in above):
        return Role("commentary", "")
    role = role_of(last)
    parent = next((found for part in reversed(above) if (found := role_of(part))), None)
    if role and role.part == "text" and parent and parent.part in ("title", "abstract"):
        return Role(parent.part, role.side)
    return role


def _segments(columns: Sequence[_Column], taken: set[str], source: str) -> dict[str, str]:
    """The two sides of a bilingual file, where its columns are no more than that."""
    if taken or any(column.role and column.role.part in ("title", "abstract") and column.prose for column in columns):
        return {}
    named = {column.role.side: column for column in reversed(columns) if column.role and column.role.part == "text"}
    if {"en", "zh"} <= set(named):
        en, zh = named["en"], named["zh"]
        if (en.side, zh.side) == ("zh", "en"):
            if en.role == zh.role or not _says_language(en.name):
                return {en.name: "text_zh", zh.name: "text_en"}  # source and target say no language
            raise InputError(
                source,
                f"Chinese in {en.name!r} and English in {zh.name!r}",
                "each in its own",
                "Are the columns swapped?",
            )
        if (en.side, zh.side) == ("zh", "zh"):
            raise InputError(source, f"Chinese in {en.name!r} and {zh.name!r}", "English in one of them")
        return {en.name: "text_en", zh.name: "text_zh"}
    rest = [column for column in columns if column.role is None or column.role.part in ("text", "summary", "abstract")]
    sides = defaultdict(list)
    for column in rest:
        if column.side and (column.length >= 4 or column.prose) and not column.links:
            sides[column.side].append(column)
    if len(sides["en"]) == len(sides["zh"]) == 1 and not any(
        column.role and column.role.part in ("authors", "url", "title") for column in columns
    ):
        return {sides["en"][0].name: "text_en", sides["zh"][0].name: "text_zh"}
    return {}


def _says_language(name: str) -> bool:
    return name.casefold().split(".")[-1] not in (
        "source",
        "target",
        "src",
        "tgt",
        "source_text",
        "target_text",
        "原文",
        "译文",
    )


def _papers(columns: Sequence[_Column], fields: dict[str, str], taken: set[str]) -> None:
    """Fill `fields` for a table of papers."""
    links = [column for column in columns if column.links]
    if "url" not in taken and links:
        fields[min(links, key=_link_rank).name] = "url"
    rest = [column for column in columns if not column.links]
    for part, many in (("title", False), ("abstract", False), ("authors", True), ("affiliation", True)):
        for column in rest:
            if column.role is None or column.role.part != part or column.name in fields:
                continue
            field = part if many else f"{part}_{_side_of(column)}"
            if field not in taken:
                fields[column.name] = field
                taken.add(field)
    # An abstract or its translation under another name: the longest text in its language.
    for side in ("en", "zh"):
        field = f"abstract_{side}"
        fitting = [
            column
            for column in rest
            if column.name not in fields
            and (column.role is None or column.role.part in ("text", "abstract"))
            and (column.side == side or (side == "zh" and _is_translation(column)))
            and column.prose
        ]
        if field not in taken and fitting:
            best = max(fitting, key=lambda column: (column.role is not None, column.length))
            fields[best.name] = field
            taken.add(field)
    if "title_en" not in taken and "title_zh" not in taken:
        named = [
            c for c in rest if c.name not in fields and c.role is None and c.side and not c.prose and c.length >= 15
        ]
        for column in named[:1]:
            fields[column.name] = f"title_{column.side}"
    for column in rest:
        if column.name not in fields and column.side == "zh" and column.role:
            about = {"summary": "summary_zh", "points": "key_points_zh", "commentary": "commentary_zh"}
            if column.role.part in about:
                fields[column.name] = about[column.role.part]
        if column.name not in fields and column.side == "zh" and column.prose and column.role is None:
            fields[column.name] = "commentary_zh"


def _side_of(column: _Column) -> str:
    """The language that the name promises, else that of the texts."""
    if column.role and column.role.side:
        return column.role.side
    return column.side or "en"


def _is_translation(column: _Column) -> bool:
    return column.role is not None and column.role == Role("text", "zh")


def _link_rank(column: _Column) -> tuple[int, int, int]:
    """Best first: the paper's own page, a page by its name, any other."""
    text = column.texts[0]
    host = next((k for k, name in enumerate(_URLS) if name in text), len(_URLS))
    return host, "/pdf/" in text or text.endswith(".pdf"), column.role is None or column.role.part != "url"
