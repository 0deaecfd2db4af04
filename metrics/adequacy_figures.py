"""How far a flag of adequacy.py can be believed, by its kind; docs/scores.md has the same figures as a table."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class KindFigures(NamedTuple):
    """What was measured of one kind of flag, all 0..1 but `false_alarms`, a number of 1,000 sound segments.

    `precision` and `recall` are of our flags where 5 % of the segments have the defect, `length_precision` that of as
    many flags by the ratio of lengths alone. `auc` and `length_auc` say how well the signal, and the ratio, order
    segments with the defect before sound ones.
    """

    precision: float
    recall: float
    false_alarms: float
    auc: float
    length_precision: float
    length_auc: float


# python benchmarks/adequacy.py: defects planted in machine translations that nothing was fitted on, both directions,
# 334 of each; rounded down, false alarms up. An omission is a clause (recall .39) or a sentence (.85).
KINDS: Mapping[str, KindFigures] = MappingProxyType(
    {
        "empty": KindFigures(1.0, 1.0, 0.0, 1.0, 1.0, 1.0),
        "untranslated": KindFigures(0.99, 1.0, 0.3, 0.99, 0.91, 0.99),
        "wrong sentence": KindFigures(1.0, 1.0, 0.0, 1.0, 0.54, 0.83),
        "omission": KindFigures(0.98, 0.52, 0.5, 0.95, 0.88, 0.92),
        "addition": KindFigures(0.99, 0.98, 0.5, 1.0, 0.85, 0.97),
    }
)
# The same command: human translations (novels, parliament, UN, a magazine), 230 of each. Of omissions hardly any is
# found there, and lengths order them as well as we do.
HUMAN: Mapping[str, KindFigures] = MappingProxyType(
    {
        "empty": KindFigures(1.0, 1.0, 0.0, 1.0, 0.99, 0.99),
        "untranslated": KindFigures(1.0, 0.95, 0.0, 0.96, 0.44, 0.81),
        "wrong sentence": KindFigures(0.97, 0.72, 1.0, 0.99, 0.44, 0.82),
        "omission": KindFigures(0.76, 0.05, 1.0, 0.84, 0.83, 0.84),
        "addition": KindFigures(0.94, 0.42, 1.3, 0.98, 0.75, 0.93),
    }
)
