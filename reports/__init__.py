"""Results in, pages and tables out."""

from typing import TYPE_CHECKING

from ..corpora.lazily import lazily

if TYPE_CHECKING:
    from .findings_csv import write_findings_csv
    from .findings_json import write_findings_json
    from .findings_markdown import write_findings_markdown
    from .frames import result_frame, to_frame
    from .full_text import full_lines
    from .github import github_lines, github_summary
    from .glossary_csv import write_glossary
    from .glossary_markdown import write_glossary_markdown
    from .glossary_tbx import proposed_terms, write_glossary_tbx
    from .glossary_xlsx import write_glossary_xlsx
    from .html import page_title, render_html
    from .jsonl import as_row, json_line, scores_json, write_jsonl
    from .junit import write_junit
    from .notebook import notebook_html
    from .result import Result
    from .sarif import write_sarif
    from .score_files import scoreboard_json, write_scoreboard_csv
    from .score_markup import scoreboard_latex, scoreboard_markdown
    from .score_page import scores_page
    from .score_text import scoreboard_lines
    from .score_xlsx import write_scores_xlsx
    from .site import render_site
    from .text import finding_line, read_line, reading_lines, score_line, text_lines
    from .xliff_findings import write_xliff

_HOMES = {
    "findings_csv": "write_findings_csv",
    "findings_json": "write_findings_json",
    "findings_markdown": "write_findings_markdown",
    "frames": "result_frame to_frame",
    "full_text": "full_lines",
    "github": "github_lines github_summary",
    "glossary_csv": "write_glossary",
    "glossary_markdown": "write_glossary_markdown",
    "glossary_tbx": "proposed_terms write_glossary_tbx",
    "glossary_xlsx": "write_glossary_xlsx",
    "html": "page_title render_html",
    "jsonl": "as_row json_line scores_json write_jsonl",
    "junit": "write_junit",
    "notebook": "notebook_html",
    "result": "Result",
    "sarif": "write_sarif",
    "score_files": "scoreboard_json write_scoreboard_csv",
    "score_markup": "scoreboard_latex scoreboard_markdown",
    "score_page": "scores_page",
    "score_text": "scoreboard_lines",
    "score_xlsx": "write_scores_xlsx",
    "site": "render_site",
    "text": "finding_line read_line reading_lines score_line text_lines",
    "xliff_findings": "write_xliff",
}
if not TYPE_CHECKING:  # or a checker would take any name for one of ours
    __getattr__ = lazily(__name__, _HOMES)

__all__ = [
    "Result",
    "as_row",
    "finding_line",
    "full_lines",
    "github_lines",
    "github_summary",
    "json_line",
    "notebook_html",
    "page_title",
    "proposed_terms",
    "read_line",
    "reading_lines",
    "render_html",
    "render_site",
    "result_frame",
    "score_line",
    "scoreboard_json",
    "scoreboard_latex",
    "scoreboard_lines",
    "scoreboard_markdown",
    "scores_json",
    "scores_page",
    "text_lines",
    "to_frame",
    "write_findings_csv",
    "write_findings_json",
    "write_findings_markdown",
    "write_glossary",
    "write_glossary_markdown",
    "write_glossary_tbx",
    "write_glossary_xlsx",
    "write_jsonl",
    "write_junit",
    "write_sarif",
    "write_scoreboard_csv",
    "write_scores_xlsx",
    "write_xliff",
]
