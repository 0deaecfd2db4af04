"""Documents in, records out: reading, extraction, the corpus store, termbases, knowledge of a field."""

from typing import TYPE_CHECKING

from .lazily import lazily

if TYPE_CHECKING:
    from .catalog import Catalog, CatalogEntry, read_catalog
    from .errors import ConfigError, DuizhaoError, InputError, LimitError
    from .exports import EXPORTS, format_of, units_of_pairs, units_of_segments, write_units
    from .extraction import Extraction, extract, extract_document
    from .formats import Reading, document_from_bytes
    from .knowledge import Knowledge, Use, combine, load_knowledge, read_pack, shipped_knowledge, write_pack
    from .model import Document, Kind, Leftover, Pair, Record, Span
    from .opened_corpus import OpenedCorpus, open_corpus
    from .originals import Joined, join_catalog, join_original
    from .reading import each_document, read_documents
    from .rows import Unit
    from .script import Language, han_share, language
    from .store import (
        Corpus,
        corpus_parts,
        finish_corpus,
        is_corpus,
        read_corpus,
        read_part,
        write_corpus,
        write_part,
    )
    from .term import Forbidden, PlacedTerm, Term, TermFile
    from .termbase import Termbase, load_termbase, read_termbase, shipped_termbase

_HOMES = {
    "catalog": "Catalog CatalogEntry read_catalog",
    "errors": "ConfigError DuizhaoError InputError LimitError",
    "exports": "EXPORTS format_of units_of_pairs units_of_segments write_units",
    "extraction": "Extraction extract extract_document",
    "formats": "Reading document_from_bytes",
    "knowledge": "Knowledge Use combine load_knowledge read_pack shipped_knowledge write_pack",
    "model": "Document Kind Leftover Pair Record Span",
    "opened_corpus": "OpenedCorpus open_corpus",
    "originals": "Joined join_catalog join_original",
    "reading": "each_document read_documents",
    "rows": "Unit",
    "script": "Language han_share language",
    "store": "Corpus corpus_parts finish_corpus is_corpus read_corpus read_part write_corpus write_part",
    "term": "Forbidden PlacedTerm Term TermFile",
    "termbase": "Termbase load_termbase read_termbase shipped_termbase",
}
if not TYPE_CHECKING:  # or a checker would take any name for one of ours
    __getattr__ = lazily(__name__, _HOMES)

__all__ = [
    "EXPORTS",
    "Catalog",
    "CatalogEntry",
    "ConfigError",
    "Corpus",
    "Document",
    "DuizhaoError",
    "Extraction",
    "Forbidden",
    "InputError",
    "Joined",
    "Kind",
    "Knowledge",
    "Language",
    "Leftover",
    "LimitError",
    "OpenedCorpus",
    "Pair",
    "PlacedTerm",
    "Reading",
    "Record",
    "Span",
    "Term",
    "TermFile",
    "Termbase",
    "Unit",
    "Use",
    "combine",
    "corpus_parts",
    "document_from_bytes",
    "each_document",
    "extract",
    "extract_document",
    "finish_corpus",
    "format_of",
    "han_share",
    "is_corpus",
    "join_catalog",
    "join_original",
    "language",
    "load_knowledge",
    "load_termbase",
    "open_corpus",
    "read_catalog",
    "read_corpus",
    "read_documents",
    "read_pack",
    "read_part",
    "read_termbase",
    "shipped_knowledge",
    "shipped_termbase",
    "units_of_pairs",
    "units_of_segments",
    "write_corpus",
    "write_pack",
    "write_part",
    "write_units",
]
