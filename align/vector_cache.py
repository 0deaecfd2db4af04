"""Vectors kept on disk from one run to the next, for models that take long; off unless asked for.

One SQLite file a signature of an encoder, in a folder that only its owner can write. What cannot be read is made
again: a cache never stops a run, and never answers with a vector whose check sum is wrong.
"""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import numpy as np

from ..corpora.cache_folder import VARIABLE, cache_folder, make_private
from ..corpora.errors import ConfigError
from .encoder import Encoder, Floats, RunVectors, SpanVectors
from .sum_encoder import SumEncoder
from .transformers_encoder import RunTexts, SpanTexts

_LIMIT_BYTES = 1_000_000_000  # of one file; the oldest vectors go first
_CHECK = 8  # bytes of check sum before each vector
_AT_ONCE = 500  # keys a question: SQLite takes 999
_ROW = 100  # bytes of a row beside its vector, the index included
_TABLE = "CREATE TABLE IF NOT EXISTS vectors (age INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB UNIQUE, vector BLOB)"


class CachedEncoder:
    """An `Encoder` that asks another only for the texts it has not met.

    Runs and spans of texts are texts too, and kept, unless the encoder makes them from sums, which is faster than
    a disk.
    """

    def __init__(self, encoder: Encoder, folder: Path | None = None, limit_bytes: int = _LIMIT_BYTES) -> None:
        """Keep the vectors of `encoder` in `folder`, by default "vectors" in `cache_folder()`.

        Raises ConfigError where the folder cannot be made, or others can write there.
        """
        self._encoder = encoder
        folder = folder or _default_folder()
        make_private(folder)
        name = hashlib.blake2b(encoder.signature.encode(), digest_size=16).hexdigest()
        self._store = VectorStore(folder / f"{name}.sqlite", limit_bytes)

    @property
    def signature(self) -> str:
        """The encoder's own."""
        return self._encoder.signature

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of whole texts, one a row."""
        keys = [hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in texts]
        known = self._store.get(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing or not known:
            made = self._encoder.encode(list(missing.values()))
            if any(len(vector) != made.shape[1] for vector in known.values()):
                return self._encoder.encode(texts)  # two models under one signature
            new = dict(zip(missing, made, strict=True))
            self._store.put(new)
            known |= new
            if not known:
                return made
        return np.stack([known[key] for key in keys])

    def prepare(self, texts: Sequence[str]) -> Sequence[SpanVectors]:
        """Each text ready for the vectors of its spans."""
        if isinstance(self._encoder, SumEncoder):
            return self._encoder.prepare(texts)
        return [SpanTexts(text, self.encode) for text in texts]

    def totals(self, texts: Sequence[str]) -> RunVectors:
        """The texts ready for the vectors of runs of them."""
        if isinstance(self._encoder, SumEncoder):
            return self._encoder.totals(texts)
        return RunTexts(texts, self.encode)


def _default_folder() -> Path:
    if folder := cache_folder():
        return folder / "vectors"
    raise ConfigError("HOME", "not set", "a place for the cache", f"Name a folder in {VARIABLE}.")


class VectorStore:
    """Vectors by key in one SQLite file; every fault of the file or disk is a miss."""

    def __init__(self, path: Path, limit_bytes: int) -> None:
        """Keep the path; the file is opened for each call, so that processes may share it."""
        self._path, self._limit = path, limit_bytes

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Floats]:
        """Those of the vectors asked for that are here and whole."""
        found: dict[bytes, Floats] = {}
        with self._forgiving(), closing(self._open()) as db:
            for k in range(0, len(keys), _AT_ONCE):
                some = keys[k : k + _AT_ONCE]
                marks = ",".join("?" * len(some))
                for key, stored in db.execute(f"SELECT key, vector FROM vectors WHERE key IN ({marks})", some):
                    if isinstance(stored, bytes) and len(stored) % 4 == 0 and stored == _checked(stored[_CHECK:]):
                        found[key] = np.frombuffer(stored, dtype="<f4", offset=_CHECK).astype(np.float32)
        return found

    def put(self, vectors: Mapping[bytes, Floats]) -> None:
        """Add vectors, all or none, and let the oldest go where they would be too many."""
        rows = [(key, _checked(np.asarray(vector, dtype="<f4").tobytes())) for key, vector in vectors.items()]
        if not rows:
            return
        most = self._limit // (len(rows[0][1]) + _ROW)
        with self._forgiving(), closing(self._open()) as db, db:  # the last: one transaction
            db.executemany("INSERT OR REPLACE INTO vectors (key, vector) VALUES (?, ?)", rows)
            oldest = "SELECT age FROM vectors ORDER BY age DESC LIMIT 1 OFFSET ?"
            db.execute(f"DELETE FROM vectors WHERE age <= ({oldest})", (most,))

    def _open(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, timeout=10)
        try:
            db.execute(_TABLE)
        except sqlite3.Error:
            db.close()
            raise
        return db

    @contextmanager
    def _forgiving(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError:  # locked, full or read-only: the file may be sound
            pass
        except sqlite3.Error:  # broken: the next call begins a new one
            for name in (self._path.name, self._path.name + "-journal"):
                with suppress(OSError):
                    self._path.with_name(name).unlink()


def _checked(vector: bytes) -> bytes:
    return hashlib.blake2b(vector, digest_size=_CHECK).digest() + vector
