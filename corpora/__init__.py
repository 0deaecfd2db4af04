"""Documents in, records out: reading, extraction, the corpus store, termbases, knowledge of a field."""

from .errors import ConfigError, DuizhaoError, InputError, LimitError
from .extraction import Extraction, extract
from .knowledge import Knowledge, Use, shipped_knowledge
from .model import Document, Kind, Leftover, Pair, Record, Span
from .reading import TEXT_SUFFIXES, document_from_bytes, read_documents
from .script import Language, han_share, language
from .store import Corpus, is_corpus, read_corpus, write_corpus
from .termbase import Forbidden, Term, Termbase, load_termbase, read_termbase, shipped_termbase

__all__ = [
    "TEXT_SUFFIXES",
    "ConfigError",
    "Corpus",
    "Document",
    "DuizhaoError",
    "Extraction",
    "Forbidden",
    "InputError",
    "Kind",
    "Knowledge",
    "Language",
    "Leftover",
    "LimitError",
    "Pair",
    "Record",
    "Span",
    "Term",
    "Termbase",
    "Use",
    "document_from_bytes",
    "extract",
    "han_share",
    "is_corpus",
    "language",
    "load_termbase",
    "read_corpus",
    "read_documents",
    "read_termbase",
    "shipped_knowledge",
    "shipped_termbase",
    "write_corpus",
]
