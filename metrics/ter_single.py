"""Word alignments of hypotheses with their references one by one: what pays where there are few."""

from .ter_pairs import Alignments, Pairs, unaligned


def align_few(pairs: Pairs) -> Alignments:
    """The alignments along sacrebleu's paths, were there no beam: as align_many has them."""
    alignments = unaligned(pairs)
    targets, hypothesis_wrong, reference_wrong = alignments
    for row, (hypothesis, reference, m, n) in enumerate(zip(*(field.tolist() for field in pairs), strict=True)):
        aligned, wrong, wrong_there = _path(hypothesis[:m], reference[:n])
        targets[row, : n + 1] = aligned
        hypothesis_wrong[row, wrong] = True
        reference_wrong[row, wrong_there] = True
    return alignments


def _rows(hypothesis: list[int], reference: list[int]) -> list[tuple[int, int]]:
    """For each row of the table of distances, bits j - 1: where a diagonal step is least, where that or a deletion is.

    See ter_distance for the method; here a row is one integer, however long.
    """
    places: dict[int, int] = {}
    for j, word in enumerate(reference):
        places[word] = places.get(word, 0) | 1 << j
    full = (1 << len(reference)) - 1
    vp, vn = full, 0
    rows = []
    for word in hypothesis:
        equal = places.get(word, 0)
        x = equal | vn
        d0 = ((((x & vp) + vp) ^ vp) | x) & full
        hp, hn = vn | (full ^ (d0 | vp)), d0 & vp
        diagonal = equal | (full ^ d0)
        rows.append((diagonal, diagonal | hp))
        hp, hn = (hp << 1 | 1) & full, hn << 1 & full
        vp, vn = hn | (full ^ (d0 | hp)), d0 & hp
    return rows


def _path(hypothesis: list[int], reference: list[int]) -> tuple[list[int], list[int], list[int]]:
    """The targets, and the places of edited words of either text."""
    rows = _rows(hypothesis, reference)
    i, j = len(hypothesis), len(reference)
    targets, wrong, wrong_there = [0] * (j + 1), [], []
    while i:
        diagonal, leave = rows[i - 1]
        column = (leave & ((1 << j) - 1)).bit_length()  # the last one, up to j, where the path leaves the row
        for k in range(column, j):  # what is inserted
            targets[k + 1] = i
            wrong_there.append(k)
        j = column
        i -= 1
        if j and diagonal >> (j - 1) & 1:
            targets[j] = i + 1
            j -= 1
            if hypothesis[i] != reference[j]:
                wrong.append(i)
                wrong_there.append(j)
        else:
            wrong.append(i)
    wrong_there.extend(range(j))
    return targets, wrong, wrong_there
