"""The charts of the report, as inline SVG that reads without colour, without script and without seeing it.

Each is a `<figure>` with a heading, a drawing whose title says all of its content in words, and a caption that says
what it means and what not. Nothing where there is nothing to draw. Each may stand once on a page, for its id is fixed:
`fig-scores`, `fig-rules`, `fig-documents`, `fig-ratio`, `fig-likeness`, `fig-probability`, `fig-beads`, `fig-adequacy`.
"""

from .figures_bins import adequacy_figure, likeness_figure, probability_figure, ratio_figure
from .figures_intervals import interval_figure
from .figures_rows import bead_figure, document_figure, documents_drawn, rule_figure

__all__ = [
    "adequacy_figure",
    "bead_figure",
    "document_figure",
    "documents_drawn",
    "interval_figure",
    "likeness_figure",
    "probability_figure",
    "ratio_figure",
    "rule_figure",
]
