"""The steps of a glossary in parts: what is proposed, which terms are chosen, what they became, the entries.

Pure functions from files to files, as those of part_steps.py; each part is four files, one a table.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from duizhao.metrics.chosen_terms import (
    choose_terms,
    chosen_bytes,
    chosen_from,
    introduced_by,
    listed_runs,
    merged_proposals,
    proposals_bytes,
    proposals_from,
    proposals_of,
)
from duizhao.metrics.corpus_counts import counts_from
from duizhao.metrics.draft_rows import drafts_bytes, drafts_from
from duizhao.metrics.glossary import count_part
from duizhao.metrics.part_audit import occurrences_of
from duizhao.metrics.part_glossary import entries as entries_of
from duizhao.metrics.part_glossary import merged_drafts
from duizhao.part_audit_steps import part_and, read_lines
from duizhao.part_files import read_findings, write_entries
from duizhao.part_judging import judging, links_of, resources
from duizhao.part_steps import Counts, Settings
from duizhao.reports.part_report import wanted_places


def propose(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """What a part proposes for the glossary; after its tables come its findings and the counts of all parts."""
    part, (findings, counted) = part_and(inputs)
    found, counts = resources(settings), counts_from(counted.read_bytes(), counted.name)
    known = listed_runs(introduced_by(counts), found.termbase, found.knowledge)
    proposals = proposals_of(part.records, part.pairs, read_findings(findings), known)
    outputs[0].write_bytes(proposals_bytes(proposals))
    return {}


def choose(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """The terms of the glossary; the inputs are the counts of all parts, then what each part proposes."""
    found, counts = resources(settings), counts_from(inputs[0].read_bytes(), inputs[0].name)
    names = introduced_by(counts)
    known = listed_runs(names, found.termbase, found.knowledge)
    proposals = merged_proposals((proposals_from(path.read_bytes(), path.name) for path in inputs[1:]), known)
    chosen = choose_terms(proposals, names, found.termbase, found.knowledge)
    outputs[0].write_bytes(chosen_bytes(chosen))
    return {"left_out": chosen.left_out}


def place(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """What the terms became in a part; after its tables come its lines and findings, the chosen terms, the links."""
    part, (lines, findings, terms, links) = part_and(inputs)
    found, by = resources(settings), judging(settings, links)
    drafts = count_part(
        part.records,
        part.pairs,
        occurrences_of(part, by, read_lines(lines)),
        read_findings(findings),
        chosen_from(terms.read_bytes(), terms.name),
        found.termbase,
        found.knowledge,
        links_of(settings, links),
    )
    outputs[0].write_bytes(drafts_bytes(drafts))
    return {}


def entries(settings: Settings, inputs: Sequence[Path], outputs: Sequence[Path]) -> Counts:
    """The glossary, and the places that its first page names; the inputs are the chosen terms, then all drafts."""
    found, chosen = resources(settings), chosen_from(inputs[0].read_bytes(), inputs[0].name)
    drafts, gone = merged_drafts(drafts_from(path.read_bytes(), path.name) for path in inputs[1:])
    made = entries_of(drafts, chosen, found.termbase, found.knowledge)
    write_entries(outputs[0], made)
    outputs[1].write_text(json.dumps(sorted(wanted_places(made))), encoding="utf-8", newline="\n")
    return {"let_go": gone}
