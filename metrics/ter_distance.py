"""Word alignments of many hypotheses with their references at once, step by step together."""

import numpy as np
from numpy.typing import NDArray

from .ter_pairs import Alignments, Ints, Pairs, Words, unaligned

Bits = NDArray[np.uint64]
_WORD = 64  # bits
_ONE, _TOP = np.uint64(1), np.uint64(_WORD - 1)
_INSERT, _DIAGONAL, _DELETE, _STAY = range(4)  # a path comes to a cell from the left, up and left, above, nowhere


def align_many(pairs: Pairs, edits: Ints) -> Alignments:
    """The alignments along sacrebleu's paths, were there no beam; no distance may be greater than `edits`.

    Of least steps to a cell sacrebleu prefers the diagonal one, then the deletion.
    """
    left = (edits + pairs.hypothesis_lengths - pairs.reference_lengths) // 2
    width = _WORD * (int(edits.max()) // _WORD + 1)
    moves = _moves(pairs, left, width)
    back = np.array([1, width, width - 1, 0])  # steps in `flat`, by move
    flat = moves.reshape(-1)
    row = moves.shape[1] * width * np.arange(len(moves))
    cell = row + pairs.hypothesis_lengths * (width - 1) + pairs.reference_lengths + left
    first = row + left
    visited, moved = [], []
    while (cell != first).any():
        move = flat[cell]
        visited.append(cell)
        moved.append(move)
        cell = cell - back[move]
    cells, taken = np.stack(visited) - row, np.stack(moved)
    pair = np.nonzero(taken != _STAY)[1]
    cell, move = cells[taken != _STAY], taken[taken != _STAY]
    i = cell // width
    return _read(pairs, pair, i, cell % width + i - left[pair], move)


def _moves(pairs: Pairs, left: Ints, width: int) -> NDArray[np.uint8]:
    """For cells of the tables of edit distances the last step of sacrebleu's path to them, (B, M + 1, width).

    Cell k of row i is column i + k - left. A path of d edits with I insertions and D deletions, I + D <= d, keeps to
    the columns i - D .. i + I, and I - D = n - m; so d + 1 columns in a row hold all paths of least edits, the first of
    them i - left. The rows are made 64 cells to an integer (Myers 1999, in Hyyrö's form of 2003, along the diagonal):
    of cells outside nothing is taken over, which makes no cell less than it is, and those of such paths not greater.

    A cell equals the one before it on the diagonal (`level`) or is one more. So where two words agree or the cell is
    one more, the diagonal step is as good as any, and sacrebleu prefers it; then a deletion, if the cell is one more
    than that above (`rise`).
    """
    hypotheses, references, _, _ = pairs
    count, rows = hypotheses.shape
    blocks = width // _WORD
    places = _places(references, left, rows, blocks)
    each = np.arange(count)
    equal = np.empty((rows, blocks, count), np.uint64)
    level, rise = np.empty_like(equal), np.empty_like(equal)
    # Which cells of the row before are one more than their left neighbour, and one less; in row 0 all from column 1 on.
    up, down = _from(left, blocks), np.zeros((blocks, count), np.uint64)
    for row in range(rows):
        word, bit = divmod(row, _WORD)
        found = places[each, hypotheses[:, row], word : word + blocks + 1].T
        equal[row] = found[:-1] >> np.uint64(bit)
        if bit:
            equal[row] |= found[1:] << np.uint64(_WORD - bit)
        falling: Bits | None = None
        for block in range(blocks):
            vp, vn = up[block], down[block]
            x = equal[row, block] if falling is None else equal[row, block] | falling
            d0 = (((x & vp) + vp) ^ vp) | x | vn
            level[row, block], rise[row, block] = d0, vn | ~(d0 | vp)
            down[block] = d0 & vp
            falling = down[block] >> _TOP
        fell = level[row] >> _ONE
        fell[:-1] |= level[row, 1:] << _TOP
        up, down = down | ~(fell | rise[row]), fell & rise[row]
    diagonal = equal | ~level
    outside = ~_from(left - np.arange(1, rows + 1)[:, None] + 1, blocks)  # columns up to 0: from there all is deleted
    diagonal &= ~outside
    rise = (rise | outside) & ~diagonal
    moves = np.full((count, rows + 1, width), _INSERT, np.uint8)
    moves[:, 1:] = _unpacked(diagonal) | _unpacked(rise) << np.uint8(1)
    moves[each, 0, left] = _STAY
    return moves


def _from(bit: Ints, blocks: int) -> Bits:
    """Integers of 64 bits (…, W, B) with all bits set from the given ones (…, B) on."""
    start = np.clip(bit[..., None, :] - _WORD * np.arange(blocks)[:, None], 0, _WORD).astype(np.uint64)
    return np.where(start < _WORD, ~np.uint64(0) << np.minimum(start, _TOP), np.uint64(0))


def _places(references: Words, left: Ints, rows: int, blocks: int) -> Bits:
    """Where each word stands in its reference: bits (B, words, W), with a last word for what fills up.

    Column j is bit j - 1 + left, so that the bits from i - 1 on are cells 0 and up of row i.
    """
    count, columns = references.shape
    length = max(rows, columns + int(left.max())) // _WORD + blocks + 1
    places = np.zeros((count, int(references.max()) + 2, length), np.uint64)
    each = np.arange(count)
    for column in range(columns):
        block, bit = np.divmod(left + column, _WORD)
        places[each, references[:, column], block] |= _ONE << bit.astype(np.uint64)
    return places


def _unpacked(bits: Bits) -> NDArray[np.uint8]:
    """Blocks (M, W, B) as bits (B, M, 64 W)."""
    turned = np.ascontiguousarray(bits.transpose(2, 0, 1)).astype("<u8", copy=False)
    return np.unpackbits(turned.view(np.uint8), axis=2, bitorder="little")


def _read(pairs: Pairs, pair: Ints, i: Ints, j: Ints, move: NDArray[np.uint8]) -> Alignments:
    """What the cells of the paths (row i, column j) and the steps to them say of the words."""
    hypotheses, references, _, _ = pairs
    wrong = (move != _DIAGONAL) | (hypotheses[pair, i - 1] != references[pair, j - 1])
    down, across = move != _INSERT, move != _DELETE
    alignments = unaligned(pairs)
    alignments.targets[pair[across], j[across]] = i[across]
    down &= wrong
    across &= wrong
    alignments.hypothesis_wrong[pair[down], i[down] - 1] = True
    alignments.reference_wrong[pair[across], j[across] - 1] = True
    return alignments
