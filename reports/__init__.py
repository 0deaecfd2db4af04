"""Results in, pages and tables out."""

from typing import TYPE_CHECKING

from ..corpora.lazily import lazily

if TYPE_CHECKING:
    from .frames import to_frame
    from .glossary_csv import write_glossary
    from .glossary_markdown import write_glossary_markdown
    from .glossary_tbx import proposed_terms, write_glossary_tbx
    from .glossary_xlsx import write_glossary_xlsx
    from .html import page_title, render_html
    from .jsonl import as_row, json_line, scores_json, write_jsonl
    from .result import Result
    from .score_files import scoreboard_json, write_scoreboard_csv
    from .score_markup import scoreboard_latex, scoreboard_markdown
    from .score_page import scores_page
    from .score_text import scoreboard_lines
    from .score_xlsx import write_scores_xlsx
    from .text import finding_line, read_line, reading_lines, score_line, text_lines

_HOMES = {
    "frames": "to_frame",
    "glossary_csv": "write_glossary",
    "glossary_markdown": "write_glossary_markdown",
    "glossary_tbx": "proposed_terms write_glossary_tbx",
    "glossary_xlsx": "write_glossary_xlsx",
    "html": "page_title render_html",
    "jsonl": "as_row json_line scores_json write_jsonl",
    "result": "Result",
    "score_files": "scoreboard_json write_scoreboard_csv",
    "score_markup": "scoreboard_latex scoreboard_markdown",
    "score_page": "scores_page",
    "score_text": "scoreboard_lines",
    "score_xlsx": "write_scores_xlsx",
    "text": "finding_line read_line reading_lines score_line text_lines",
}
if not TYPE_CHECKING:  # or a checker would take any name for one of ours
    __getattr__ = lazily(__name__, _HOMES)

__all__ = [
    "Result",
    "as_row",
    "finding_line",
    "json_line",
    "page_title",
    "proposed_terms",
    "read_line",
    "reading_lines",
    "render_html",
    "score_line",
    "scoreboard_json",
    "scoreboard_latex",
    "scoreboard_lines",
    "scoreboard_markdown",
    "scores_json",
    "scores_page",
    "text_lines",
    "to_frame",
    "write_glossary",
    "write_glossary_markdown",
    "write_glossary_tbx",
    "write_glossary_xlsx",
    "write_jsonl",
    "write_scoreboard_csv",
    "write_scores_xlsx",
]
