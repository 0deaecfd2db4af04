"""Records in, aligned sentence pairs out; and where a span of one side went on the other."""

from .alignment import Alignment, align_lines, align_texts
from .bead_file import Sides, format_beads, read_beads
from .bead_scores import BeadScores, Measure, score_beads
from .beads import Bead, align_sentences
from .chunks import align_chunks, find_chunks
from .documents import NamedText, pair_documents
from .encoder import Encoder, RunVectors, SpanVectors, load_encoder
from .linked_words import LinkedWords, link_words
from .pairing import Pairing, pair_records
from .segmentation import sentences_en, sentences_zh
from .spans import Located, SpanLocator
from .sum_encoder import SumEncoder
from .transformers_encoder import TransformersEncoder, load_transformers
from .vector_cache import CachedEncoder
from .word_links import WordLinks, train_links, word_links
from .word_senses import WordSenses, load_senses, senses_of
from .words import count_zh, words_zh

__all__ = [
    "Alignment",
    "Bead",
    "BeadScores",
    "CachedEncoder",
    "Encoder",
    "LinkedWords",
    "Located",
    "Measure",
    "NamedText",
    "Pairing",
    "RunVectors",
    "Sides",
    "SpanLocator",
    "SpanVectors",
    "SumEncoder",
    "TransformersEncoder",
    "WordLinks",
    "WordSenses",
    "align_chunks",
    "align_lines",
    "align_sentences",
    "align_texts",
    "count_zh",
    "find_chunks",
    "format_beads",
    "link_words",
    "load_encoder",
    "load_senses",
    "load_transformers",
    "pair_documents",
    "pair_records",
    "read_beads",
    "score_beads",
    "senses_of",
    "sentences_en",
    "sentences_zh",
    "train_links",
    "word_links",
    "words_zh",
]
