"""Any sentence-transformers model behind the `Encoder` protocol, for better vectors at a higher price.

Such a model gives vectors of whole texts only. So a span is encoded as a text of its own, without its sentence, and a
run of sentences as the joined text: each distinct text once, a thousand times as dear as sums (sum_encoder.py).
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.metadata import version
from typing import Any, Protocol

import numpy as np

from ..corpora import DuizhaoError, Span
from .network import Floats

_WANTED, _DO = "one vector of finite numbers a text", "Check the model."
_CHINESE = "\u2e80"  # the first of the code points of Han characters and their marks
Encode = Callable[[Sequence[str]], Floats]


class Model(Protocol):
    """What is asked of a model: an array of vectors, one a row, for a list of texts."""

    def encode(self, sentences: list[str], /) -> Any:
        """The vectors, of any length."""
        ...


class TransformersEncoder:
    """An `Encoder` of whole texts: a sentence-transformers model, or anything with its `encode`."""

    def __init__(self, model: Model, signature: str) -> None:
        """Wrap a model; `signature` names it and its version in reports and caches."""
        self._model, self._signature = model, signature

    @property
    def signature(self) -> str:
        """The name given."""
        return self._signature

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of whole texts, shape (len(texts), the model's own); of zeros where the model gives zeros."""
        distinct = list(dict.fromkeys(texts)) or [""]  # a model tells the length of its vectors by a vector
        try:
            vectors: Floats = np.asarray(self._model.encode(distinct), dtype=np.float32)
        except (TypeError, ValueError) as error:
            raise DuizhaoError(self._signature, str(error), _WANTED, _DO) from error
        if vectors.ndim != 2 or len(vectors) != len(distinct) or not np.isfinite(vectors).all():
            found = f"an array of shape {vectors.shape} for {len(distinct)} texts"
            raise DuizhaoError(self._signature, found, _WANTED, _DO)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        units = np.asarray(vectors / np.where(norms > 0, norms, 1), dtype=np.float32)
        row = {text: k for k, text in enumerate(distinct)}
        return units[[row[text] for text in texts]]

    def prepare(self, texts: Sequence[str]) -> list["SpanTexts"]:
        """Each text ready for the vectors of its spans; nothing is encoded yet."""
        return [SpanTexts(text, self.encode) for text in texts]

    def totals(self, texts: Sequence[str]) -> "RunTexts":
        """The texts ready for the vectors of runs of them; nothing is encoded yet."""
        return RunTexts(texts, self.encode)


class SpanTexts:
    """One text; its spans are encoded as texts of their own."""

    def __init__(self, text: str, encode: Encode) -> None:
        """Keep the text."""
        self._text, self._encode = text, encode

    def spans(self, spans: Sequence[Span]) -> Floats:
        """Unit vectors of code-point spans, out of context."""
        return self._encode([self._text[a:b] for a, b in spans])


class RunTexts:
    """Consecutive texts; runs of them are encoded joined."""

    def __init__(self, texts: Sequence[str], encode: Encode) -> None:
        """Keep the texts."""
        self._texts, self._encode = texts, encode

    def __len__(self) -> int:
        """How many texts."""
        return len(self._texts)

    def __getitem__(self, part: slice) -> "RunTexts":
        """Some of the texts, consecutive."""
        return RunTexts(self._texts[part], self._encode)

    def joined(self, firsts: Sequence[int]) -> "RunTexts":
        """Fewer, longer texts: each runs from one of `firsts`, which rise from 0, to the next."""
        ends = [*firsts[1:], len(self)]
        return RunTexts([_joined(self._texts[a:b]) for a, b in zip(firsts, ends, strict=True)], self._encode)

    def runs(self, longest: int) -> list[Floats]:
        """Unit vectors of runs of texts: item k-1 has n - k + 1 rows, row i for texts i … i+k-1."""
        n = len(self)
        sizes = range(1, min(longest, n) + 1)
        vectors = self._encode([_joined(self._texts[i : i + k]) for k in sizes for i in range(n - k + 1)])
        stops = np.cumsum([n - k + 1 for k in sizes])
        return np.split(vectors, stops[:-1]) if sizes else []


def load_transformers(name: str) -> TransformersEncoder:
    """The sentence-transformers model of this name or folder; its library may fetch it from its hub.

    Raises DuizhaoError where the library is missing or has no such model.
    """
    try:
        library = import_module("sentence_transformers")
    except ImportError as error:
        do = "Run: pip install duizhao[transformers]"
        raise DuizhaoError(name, f"no sentence-transformers here ({error})", "its library", do) from error
    try:
        model = library.SentenceTransformer(name)
    except (OSError, ValueError, RuntimeError) as error:
        found = str(error).partition("\n")[0]
        raise DuizhaoError(name, found, "a sentence-transformers model", "Give its name or its folder.") from error
    return TransformersEncoder(model, f"sentence-transformers-{version('sentence-transformers')}:{name}")


def _joined(texts: Sequence[str]) -> str:
    """Texts of one language as one: a blank between where there is none and neither side is Chinese."""
    whole = texts[0]
    for text in texts[1:]:
        close = whole[-1:].isspace() or whole[-1:] >= _CHINESE or text[:1] >= _CHINESE
        whole += text if close else f" {text}"
    return whole
