"""Results in, pages and tables out."""

from .frames import to_frame
from .glossary_csv import write_glossary
from .html import page_title, render_html
from .jsonl import as_row, json_line, write_jsonl
from .result import Result
from .text import finding_line, read_line, reading_lines, score_line, text_lines

__all__ = [
    "Result",
    "as_row",
    "finding_line",
    "json_line",
    "page_title",
    "read_line",
    "reading_lines",
    "render_html",
    "score_line",
    "text_lines",
    "to_frame",
    "write_glossary",
    "write_jsonl",
]
