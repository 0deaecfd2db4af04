"""COMET through a stand-in for its library: what it is given, what comes of its scores, and how it fails."""

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from duizhao.corpora import ConfigError, DuizhaoError, InputError
from duizhao.metrics.comet import Comet, load_comet
from duizhao.metrics.metric import Metric, signature

OTTERS, TEA = "两只水獭", "热茶"


class Model:
    """A model that gives the scores it was made with, in turn, and keeps what it was asked."""

    def __init__(self, scores: dict[str, float], with_references: Any = True) -> None:
        self.given, self.asked, self.settings = scores, list[dict[str, str]](), dict[str, Any]()
        self.is_evaluated = False
        if with_references is not None:
            self.requires_references = lambda: with_references

    def eval(self) -> None:
        self.is_evaluated = True

    def predict(self, data: list[dict[str, str]], **settings: Any) -> Any:
        self.asked += data
        self.settings = settings
        return SimpleNamespace(scores=[self.given[row.get("ref", row["mt"])] for row in data])


class ReferencelessRegression(Model):
    """As the library names those that judge by the source alone."""


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    path = tmp_path / "otter-da" / "checkpoints" / "model.ckpt"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"weights")
    return path


Load = Callable[[Model], Comet]


@pytest.fixture
def load(checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    def loaded(model: Model) -> Comet:
        library = ModuleType("comet")

        def load_from_checkpoint(path: str, *, local_files_only: bool) -> Model:
            assert path == str(checkpoint) and local_files_only
            return model

        library.load_from_checkpoint = load_from_checkpoint  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "comet", library)
        return load_comet(checkpoint.parents[1])

    return loaded


def test_scores_settings_and_what_the_model_is_asked(load: Load) -> None:
    model = Model({"two otters": 0.75, "hot tea": 0.5})
    comet = load(model)
    assert model.is_evaluated
    assert comet.score([OTTERS, TEA], ["otters", "tea"], ["two otters", "hot tea"]) == [0.75, 0.5]
    assert model.asked[0] == {"src": OTTERS, "mt": "otters", "ref": "two otters"}
    assert model.settings == {"batch_size": 8, "gpus": 0, "num_workers": 0, "progress_bar": False}
    digest = hashlib.sha256(b"weights").hexdigest()[:12]
    assert comet.settings == f"model:otter-da-{digest}|refs:best"
    metric: Metric = comet
    assert (metric.name, metric.key, metric.higher_is_better, metric.is_sacrebleu) == ("COMET", "comet", True, False)
    assert signature(metric, 1).startswith(f"nrefs:1|model:otter-da-{digest}|refs:best|duizhao:")


def test_statistics_are_millionths_and_the_best_reference_counts(load: Load) -> None:
    comet = load(Model({"a": 0.1234567, "b": 0.5, "c": 0.25}))
    rows = comet.statistics(["x", "y"], [["a", "c"], ["b", None]], [OTTERS, TEA])
    assert rows.dtype == np.int64 and rows.tolist() == [[500_000, 1], [250_000, 1]]
    assert comet.statistics(["x"], [["a"]], [TEA]).tolist() == [[123_457, 1]]
    assert comet.scores(np.array([[750_000, 2], [0, 0]])).tolist() == [37.5, 0.0]
    assert comet.segment_scores(rows).tolist() == [50.0, 25.0]
    assert comet.statistics([], [], []).shape == (0, 2)


@pytest.mark.parametrize("model", [Model({"x": 0.5}, False), ReferencelessRegression({"x": 0.5}, None)])
def test_a_model_without_references(load: Load, model: Model) -> None:
    comet = load(model)
    assert comet.name == "COMET-QE" and not comet.with_references
    assert comet.statistics(["x"], [["never read"]], [TEA]).tolist() == [[500_000, 1]]
    assert model.asked == [{"src": TEA, "mt": "x"}]
    model.asked.clear()


def test_a_model_that_does_not_say_takes_references(load: Load) -> None:
    assert load(Model({}, None)).with_references


def test_what_lies_outside_is_cut_off(load: Load) -> None:
    assert load(Model({"a": 1.03, "b": -0.2})).score(["", ""], ["x", "y"], ["a", "b"]) == [1.03, -0.2]


WRONG: list[tuple[Callable[[Comet], object], str]] = [
    (lambda comet: comet.statistics(["x"], [["a"]]), "comet: no sources; wanted the source of each segment. Name"),
    (lambda comet: comet.score([TEA], ["x"]), "comet: no references; wanted references, or a reference-free model"),
    (lambda comet: comet.score([], ["x"], ["a"]), "comet: 0 sources, 1 hypotheses, 1 references; wanted as many"),
    (lambda comet: comet.score([TEA], ["x"], []), "comet: 1 sources, 1 hypotheses, 0 references; wanted as many"),
    (lambda comet: comet.statistics(["x"], [[None]], [TEA]), "comet: a segment without a reference"),
]


@pytest.mark.parametrize(("call", "message"), WRONG)
def test_wrong_use(load: Load, call: Callable[[Comet], object], message: str) -> None:
    with pytest.raises(InputError) as error:
        call(load(Model({"a": 0.5})))
    assert str(error.value).startswith(message)


@pytest.mark.parametrize("scores", [{"a": float("nan")}, {}, {"a": None}])
def test_a_model_that_fails_or_gives_no_numbers(load: Load, scores: dict[str, float]) -> None:
    with pytest.raises(DuizhaoError, match=r"^comet: (1 scores for 1 segments|the model failed)"):
        load(Model(scores)).score([TEA], ["x"], ["a"])


def test_without_the_library(checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "comet", None)
    with pytest.raises(ConfigError) as error:
        load_comet(checkpoint)
    wanted = "comet: not installed; wanted its library, unbabel-comet. Run: pip install 'duizhao[comet]'"
    assert str(error.value) == wanted


def test_only_a_local_path_is_taken(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^Unbabel/wmt22-comet-da: no such file or folder; wanted the local path"):
        load_comet("Unbabel/wmt22-comet-da")
    with pytest.raises(ConfigError, match=r"no model\.ckpt in this folder; .*huggingface-cli download"):
        load_comet(tmp_path)


def test_a_checkpoint_that_can_not_be_loaded(checkpoint: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = ModuleType("comet")

    def fails(path: str, *, local_files_only: bool) -> None:
        raise RuntimeError("torn\nin two")

    library.load_from_checkpoint = fails  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "comet", library)
    with pytest.raises(ConfigError) as error:
        load_comet(checkpoint)
    assert str(error.value) == f"{checkpoint}: can not be loaded (RuntimeError: torn); wanted a COMET model"
