"""Cells of a workbook that hold text and nothing but text, whatever a document wrote."""

import re
from typing import Any

from ..corpora import Span
from .visible import encodable, labelled

LIMIT = 32_767  # UTF-16 units in a cell: Excel's own
_ROOM = 20  # of these for "…[+n]"
# xlsxwriter (3.3.1) escapes these twice in texts of several pieces.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9a-fA-F]{4}_")


class TextCells:
    """Writes texts into the sheets of one workbook; `cut` counts those that did not fit a cell."""

    def __init__(self, plain: Any, struck: Any) -> None:
        """`plain` and `struck` are formats of the workbook: of text, and of the words in it that stand out."""
        self._plain, self._struck = plain, struck
        self.cut = 0

    def write(self, sheet: Any, row: int, column: int, text: str, form: Any) -> None:
        """Write the text; no formula, link, number or truth value comes of it. An empty text leaves the cell empty."""
        self.write_marked(sheet, row, column, text, None, form)

    def write_marked(self, sheet: Any, row: int, column: int, text: str, span: Span | None, form: Any) -> None:
        """The same, and what stands in `span`, code points of the text, stands out."""
        fitted, kept = self._fitted(text)
        start, end = (max(0, span[0]), min(span[1], kept)) if span and fitted[:kept] == text[:kept] else (0, 0)
        if fitted.startswith("<r>") and fitted.endswith("</r>"):
            # subtle: xlsxwriter takes such a text for XML of its own and copies it as it stands (3.3.1). In pieces
            # it is text again.
            pieces = [(fitted[:1], self._plain), (fitted[1:], self._plain)]
        elif start < end and end - start < len(fitted) and not _ESCAPED.search(fitted):
            pieces = [(fitted[:start], self._plain), (fitted[start:end], self._struck), (fitted[end:], self._plain)]
        else:
            if fitted:
                sheet.write_string(row, column, fitted, form)
            return
        fragments = [part for piece, look in pieces if piece for part in (look, piece)]
        if fragments[0] is self._plain:
            del fragments[0]  # what comes first is plain without being told, and each telling costs time
        sheet.write_rich_string(row, column, *fragments, form)

    def _fitted(self, text: str) -> tuple[str, int]:
        """The text as a cell can hold it, and how many characters of it are the text's own."""
        text = labelled(text) if text.startswith("<r>") else encodable(text)
        if len(text) <= LIMIT // 2 or len(text.encode("utf-16-le")) // 2 <= LIMIT:
            return text, len(text)
        self.cut += 1
        kept = text.encode("utf-16-le")[: 2 * (LIMIT - _ROOM)].decode("utf-16-le", "ignore")
        return f"{kept}…[+{len(text) - len(kept)}]", len(kept)
