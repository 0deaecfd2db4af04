"""Results in, pages and tables out."""

from .glossary_csv import write_glossary
from .jsonl import as_row, json_line, write_jsonl
from .replacing import replacing
from .result import Result
from .text import finding_line, score_line, text_lines

__all__ = [
    "Result",
    "as_row",
    "finding_line",
    "json_line",
    "replacing",
    "score_line",
    "text_lines",
    "write_glossary",
    "write_jsonl",
]
