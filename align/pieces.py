"""Texts to the tokens of the encoder's vocabulary: their ids in one stream, and where each ends in its text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import sentencepiece

Integers = npt.NDArray[np.int64]
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # half a character: the model takes none
_TEXTS_AT_ONCE = 1024  # the tokenizer answers in Python lists, nine times the size of the stream


@dataclass(frozen=True, slots=True)
class TokenStream:
    """Texts laid end to end, each with its marks of begin and end.

    `ids` are the piece ids, `text` the index of the text of each token, both of shape (tokens,); `counts` the tokens
    of each text with its two marks, never under 3.
    """

    ids: npt.NDArray[np.int32]
    text: npt.NDArray[np.int32]
    counts: Integers


class Tokenizer:
    """The sentencepiece model, with the package's own handling of what the model does not know.

    Each unknown character is a token, and a text with no piece has one unknown token.
    """

    def __init__(self, model: bytes) -> None:
        """Read the model."""
        self._pieces = sentencepiece.SentencePieceProcessor(model_proto=model)
        self._begin, self._end, self._unknown = self._pieces.bos_id(), self._pieces.eos_id(), self._pieces.unk_id()

    def stream(self, texts: Sequence[str]) -> TokenStream:
        """The tokens of the texts, in the order given."""
        flat: list[npt.NDArray[np.int32]] = []
        counts: list[int] = []
        for k in range(0, len(texts), _TEXTS_AT_ONCE):
            some = [_SURROGATE.sub("\ufffd", text) for text in texts[k : k + _TEXTS_AT_ONCE]]
            lists = self._pieces.encode(some, out_type=int, add_bos=True, add_eos=True, num_threads=1)
            for i, ids in enumerate(lists):
                if self._unknown in ids or len(ids) == 2:
                    lists[i] = [self._begin, *(id for id, _ in self.tokens(some[i])), self._end]
            counts += map(len, lists)
            flat.append(np.array([id for ids in lists for id in ids], dtype=np.int32))
        return _stream(flat, counts)

    def stream_with_ends(self, texts: Sequence[str]) -> tuple[TokenStream, list[Integers]]:
        """The same, and for each text the code-point offsets where its tokens (the two marks apart) end."""
        flat: list[npt.NDArray[np.int32]] = []
        ends: list[Integers] = []
        for text in texts:
            tokens = self.tokens(text)
            flat.append(np.array([self._begin, *(id for id, _ in tokens), self._end], dtype=np.int32))
            ends.append(np.array([end for _, end in tokens], dtype=np.int64))
        return _stream(flat, [len(ids) for ids in flat]), ends

    def tokens(self, text: str) -> list[tuple[int, int]]:
        """Piece id and end of each token of one text, without the marks."""
        pieces = self._pieces.encode(_SURROGATE.sub("\ufffd", text), return_type="offset_mapping")
        if self._unknown not in pieces["ids"]:
            tokens = [(id, end) for id, (_, end) in zip(pieces["ids"], pieces["offsets"], strict=True)]
        else:
            tokens = []
            for id, piece, (begin, end) in zip(pieces["ids"], pieces["pieces"], pieces["offsets"], strict=True):
                count = len(piece) if id == self._unknown else 1  # sentencepiece joins unknown characters that touch
                tokens += [(id, begin + (end - begin) * (k + 1) // count) for k in range(count)]
        return tokens or [(self._unknown, len(text))]


def _stream(flat: list[npt.NDArray[np.int32]], counts: list[int]) -> TokenStream:
    ids = np.concatenate(flat) if flat else np.zeros(0, dtype=np.int32)
    text = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    return TokenStream(ids, text, np.array(counts, dtype=np.int64))
