"""Records in, aligned sentence pairs out; and where a span of one side went on the other."""

from .beads import Bead, align_sentences
from .encoder import Encoder, load_encoder
from .pairing import Pairing, pair_records
from .segmentation import sentences_en, sentences_zh
from .spans import Located, SpanLocator
from .words import count_zh, words_zh

__all__ = [
    "Bead",
    "Encoder",
    "Located",
    "Pairing",
    "SpanLocator",
    "align_sentences",
    "count_zh",
    "load_encoder",
    "pair_records",
    "sentences_en",
    "sentences_zh",
    "words_zh",
]
