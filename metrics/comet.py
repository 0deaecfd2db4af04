"""COMET behind the interface of the other metrics: the extra `duizhao[comet]`, with a model from a local path.

Nothing is fetched. The library (unbabel-comet) and its torch are imported only when a model is loaded.
"""

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..corpora import ConfigError, DuizhaoError, InputError
from .metric import Scores, Statistics, Stream

_MILLIONTHS = 1_000_000
_BATCH = 8
_GET = "Fetch one where there is a network: huggingface-cli download Unbabel/wmt22-comet-da --local-dir FOLDER"


@dataclass(frozen=True, slots=True)
class Comet:
    """A loaded model: segment scores, about 0..1, and their mean times 100 as the corpus score.

    `with_references` is False for a model that judges by the source alone.
    """

    model: Any
    model_name: str
    checkpoint_hash: str
    with_references: bool

    @property
    def name(self) -> str:
        """What stands in tables."""
        return "COMET" if self.with_references else "COMET-QE"

    @property
    def key(self) -> str:
        """What selects it."""
        return "comet"

    @property
    def higher_is_better(self) -> bool:
        """Always."""
        return True

    @property
    def settings(self) -> str:
        """The model's name, the beginning of its checkpoint's SHA-256, and what several references come to."""
        best = "|refs:best" if self.with_references else ""
        return f"model:{self.model_name}-{self.checkpoint_hash}{best}"

    @property
    def is_sacrebleu(self) -> bool:
        """Never."""
        return False

    def score(
        self, sources: Sequence[str], hypotheses: Sequence[str], references: Sequence[str] | None = None
    ) -> list[float]:
        """The model's score of each segment, about 0..1, as it gives it. Empty for no segments.

        Raises InputError where the lists differ in length or references are missing, DuizhaoError where the model
        fails or gives no numbers.
        """
        if self.with_references and references is None:
            raise InputError("comet", "no references", "references, or a reference-free model", "Name another model.")
        used = references if self.with_references else None
        if len(sources) != len(hypotheses) or (used is not None and len(used) != len(hypotheses)):
            counts = f"{len(sources)} sources, {len(hypotheses)} hypotheses"
            counts += "" if used is None else f", {len(used)} references"
            raise InputError("comet", counts, "as many of each")
        if not hypotheses:
            return []
        data = [{"src": source, "mt": text} for source, text in zip(sources, hypotheses, strict=True)]
        for row, reference in zip(data, used or (), strict=False):
            row["ref"] = reference
        try:
            made = self.model.predict(data, batch_size=_BATCH, gpus=0, num_workers=0, progress_bar=False)
            scores = [float(score) for score in (made["scores"] if isinstance(made, dict) else made.scores)]
        except Exception as error:  # torch and its models raise all kinds
            found = _first_line(error)
            raise DuizhaoError("comet", f"the model failed ({found})", "a score for each segment") from error
        if len(scores) != len(hypotheses) or not all(map(math.isfinite, scores)):
            raise DuizhaoError("comet", f"{len(scores)} scores for {len(hypotheses)} segments", "a number for each")
        return scores

    @property
    def uses_references(self) -> bool:
        """Whether the model takes them."""
        return self.with_references

    def defined(self, sums: Statistics) -> NDArray[np.bool_]:
        """True of each row of sums."""
        return np.ones(len(sums), np.bool_)

    def statistics(
        self, hypotheses: Sequence[str], references: Sequence[Stream], sources: Sequence[str] | None = None
    ) -> Statistics:
        """Millionths and 1 for each segment, (n, 2); of several references the best one counts."""
        if sources is None:
            raise InputError("comet", "no sources", "the source of each segment", "Name them with --src.")
        if not self.with_references:
            return _rows(self.score(sources, hypotheses))
        best = np.full(len(hypotheses), -np.inf)
        for stream in references:
            there = [i for i, text in enumerate(stream) if text is not None]
            texts = [text for text in stream if text is not None]
            scores = self.score([sources[i] for i in there], [hypotheses[i] for i in there], texts)
            best[there] = np.maximum(best[there], scores)
        if not np.isfinite(best).all():
            raise InputError("comet", "a segment without a reference", "a reference for each segment")
        return _rows(best.tolist())

    def scores(self, sums: Statistics) -> Scores:
        """The mean of the segments of each row of sums, times 100; 0 for none."""
        return np.asarray(100 * sums[:, 0] / np.maximum(sums[:, 1], 1) / _MILLIONTHS, dtype=np.float64)

    def segment_scores(self, statistics: Statistics) -> Scores:
        """The score of each segment, times 100."""
        return self.scores(statistics)


def load_comet(model_path: str | Path) -> Comet:
    """The model of a checkpoint file, or of a folder that holds one, as its makers pack it (checkpoints/model.ckpt).

    Raises ConfigError where the library or the model is missing, or the model can not be loaded.
    """
    checkpoint = _checkpoint(Path(model_path))
    try:
        library = import_module("comet")
    except ImportError as error:
        do = "Run: pip install 'duizhao[comet]'"
        raise ConfigError("comet", "not installed", "its library, unbabel-comet", do) from error
    try:
        with checkpoint.open("rb") as handle:
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
        model = library.load_from_checkpoint(str(checkpoint), local_files_only=True)
        model.eval()
    except Exception as error:  # torch and its models raise all kinds
        raise ConfigError(str(model_path), f"can not be loaded ({_first_line(error)})", "a COMET model") from error
    folder = checkpoint.parent.parent if checkpoint.parent.name == "checkpoints" else checkpoint.parent
    name = checkpoint.stem if checkpoint.stem != "model" else folder.resolve().name
    return Comet(model, "".join(c if c.isalnum() or c in "-_." else "_" for c in name), digest[:12], _takes(model))


def _checkpoint(path: Path) -> Path:
    for candidate in (path, path / "checkpoints" / "model.ckpt", path / "model.ckpt"):
        if candidate.is_file():
            return candidate
    found = "no model.ckpt in this folder" if path.is_dir() else "no such file or folder"
    raise ConfigError(str(path), found, "the local path of a COMET model", _GET)


def _takes(model: Any) -> bool:
    """Whether the model takes references: it says so itself, or it is one of the classes that do not."""
    asked = getattr(model, "requires_references", None)
    try:
        says = asked() if callable(asked) else asked
    except Exception:  # a model of another library's version
        says = None
    return says if isinstance(says, bool) else type(model).__name__ != "ReferencelessRegression"


def _first_line(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".partition("\n")[0][:200]


def _rows(scores: Sequence[float]) -> Statistics:
    return np.array([(round(score * _MILLIONTHS), 1) for score in scores], dtype=np.int64).reshape(-1, 2)
