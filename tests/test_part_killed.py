"""A build in parts that is killed, and goes on in other processes: the same files as in one go."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from duizhao.corpora import read_corpus
from duizhao.corpora.store import corpus_parts
from duizhao.outputs import write_outputs
from duizhao.pipeline import build_corpus
from duizhao.reports import Result

IN_PARTS = """
from duizhao import part_plan
part_plan.SMALL_BYTES, part_plan.GROUP_BYTES, part_plan.PART_CHARACTERS = 1, 200, 150
from duizhao.main import main
if __name__ == "__main__":
    main()
"""


def test_a_killed_build_goes_on_in_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "build.py").write_text(IN_PARTS, encoding="utf-8")
    rows = [f"Otter {n} swims under the old bridge.\t{n}号水獭在老桥下游泳。\n" for n in range(20)]
    (tmp_path / "tea.tsv").write_text("en\tzh\n" + "".join(rows), encoding="utf-8")
    command = [sys.executable, "build.py", "build", "tea.tsv", "-o", "out/", "--executor", "inline"]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    marker = tmp_path / "out" / ".duizhao-run" / "build" / "0000000.json"
    while child.poll() is None and not marker.exists():
        time.sleep(0.002)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    assert marker.is_file()
    command[-1:] = ["pool", "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    corpus = build_corpus(["tea.tsv"])
    result = Result(corpus.documents, corpus.records, corpus.leftovers, corpus.pairs, (), (), ())
    write_outputs(tmp_path / "whole", result, ("records",))
    for name in ("records.jsonl", "pairs.jsonl", "leftovers.jsonl"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert corpus_parts(tmp_path / "out") > 5
    assert read_corpus(tmp_path / "out") == corpus
