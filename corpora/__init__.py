"""Documents in, records out: reading, extraction, the corpus store, termbases."""

from .errors import ConfigError, DuizhaoError, InputError, LimitError
from .extraction import Extraction, extract
from .model import Document, Kind, Leftover, Pair, Record, Span
from .reading import document_from_bytes, read_documents

__all__ = [
    "ConfigError",
    "Document",
    "DuizhaoError",
    "Extraction",
    "InputError",
    "Kind",
    "Leftover",
    "LimitError",
    "Pair",
    "Record",
    "Span",
    "document_from_bytes",
    "extract",
    "read_documents",
]
