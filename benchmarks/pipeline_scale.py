"""CPU seconds and peak memory of build, audit, glossary and run on corpora of growing size, and how both grow.

python benchmarks/pipeline_scale.py [--shared ../shared/bulk] [--pairs 10000,30000,100000] [--commands build,audit]

Each command is a process of its own, with an output folder of its own; its workers count. Memory is the largest
resident set of any of them. Documents have 150 abstracts; those of --shared are used again with other numbers, names
and links until there are enough pairs, so that no two are the same paper. Without --shared the text is invented.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PER_DOCUMENT = 150  # abstracts
PER_ABSTRACT = 8  # pairs, title and all: measured on ../shared/bulk
_EN = {
    "who": ["Otters", "Ferry pilots", "Tea growers", "Bridge keepers", "River guides", "Heron watchers"],
    "did": ["measured", "compared", "estimated", "recorded", "predicted", "classified"],
    "what": [
        "the water level",
        "the drying time",
        "the tidal current",
        "the shape of the span",
        "the colour of leaves",
    ],
    "how": ["with a neural network", "by gradient descent", "under a noisy channel", "with a language model"],
}
_ZH = {
    "who": ["水獭", "渡船领航员", "茶农", "守桥人", "河上向导", "观鹭者"],
    "did": ["测量了", "比较了", "估计了", "记录了", "预测了", "分类了"],
    "what": ["水位", "晾晒时间", "潮流", "桥跨的形状", "茶叶的颜色"],
    "how": ["用一个神经网络", "用梯度下降", "在有噪声的信道下", "用一个语言模型"],
}


class Cost(NamedTuple):
    """What one command took."""

    pairs: int
    cpu: float
    megabytes: float


def main(arguments: list[str]) -> int:
    """Print a table of costs and their growth; 1 where a command failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path)
    parser.add_argument("--pairs", default="10000,30000,100000")
    parser.add_argument("--commands", default="build,audit,glossary,run")
    parser.add_argument("--executor", default="", help="as the commands take it; theirs by default")
    parser.add_argument("--jobs", default="")
    chosen = parser.parse_args(arguments)
    given = {"--executor": chosen.executor, "--jobs": chosen.jobs}
    extra = [item for pair in given.items() if pair[1] for item in pair]
    costs: dict[str, list[Cost]] = {}
    for size in map(int, chosen.pairs.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            inputs = Path(folder) / "in"
            write_documents(inputs, size, chosen.shared)
            for command in chosen.commands.split(","):
                out = Path(folder) / command
                cost = measured([command, str(inputs), "-o", f"{out}{os.sep}", *extra], out)
                if cost is None:
                    return 1
                costs.setdefault(command, []).append(cost)
                print(_line(command, costs[command]), flush=True)
    return 0


def write_documents(folder: Path, pairs: int, shared: Path | None) -> None:
    """Fill a folder with JSON lines of abstracts that make about so many pairs."""
    folder.mkdir(parents=True)
    abstracts = _abstracts(shared)
    for number in range(-(-pairs // (PER_ABSTRACT * PER_DOCUMENT))):
        with (folder / f"digest-{number:05d}.jsonl").open("w", encoding="utf-8", newline="\n") as handle:
            for _ in range(PER_DOCUMENT):
                handle.write(json.dumps(next(abstracts), ensure_ascii=False) + "\n")


def measured(command: list[str], out: Path) -> Cost | None:
    """What `duizhao` with these arguments took; None, and its words on stderr, where it failed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as errors:
        child = subprocess.Popen([sys.executable, "-m", "duizhao", *command], stdout=said, stderr=errors)
        peak = _Peak(child.pid)
        peak.start()
        code = child.wait()
        peak.over.set()
        peak.join()
        if code not in (0, 1):
            errors.seek(0)
            sys.stderr.write(errors.read().decode("utf-8", "replace")[-2000:])
            return None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(_pairs_in(out), cpu, peak.kilobytes / 1024)


class _Peak(threading.Thread):
    """Watches the resident memory of a process and of those it started, ten times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.over = threading.Event()
        self.kilobytes = 0
        self._pid = pid

    def run(self) -> None:
        """Look until told that it is over."""
        while not self.over.wait(0.1):
            for pid in _family(self._pid):
                self.kilobytes = max(self.kilobytes, _peak_of(pid))


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text(encoding="ascii").split():
                yield from _family(int(child))
    except OSError:
        return


def _peak_of(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").split("\n")
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def _pairs_in(out: Path) -> int:
    """How many pairs a run worked on, from the corpus it wrote or its parts."""
    import pyarrow.parquet as pq

    tables = sorted(out.glob("corpus/pairs/*.parquet")) or sorted(out.glob(".duizhao-run/parts/pairs/*.parquet"))
    return sum(pq.read_metadata(path).num_rows for path in tables)


def _line(command: str, costs: list[Cost]) -> str:
    cost = costs[-1]
    each = 1000 * cost.cpu / max(cost.pairs, 1)
    line = f"{command:9} {cost.pairs:>8,} pairs {cost.cpu:>9.1f} CPU s {each:>7.2f} ms a pair {cost.megabytes:>7.0f} MB"
    if len(costs) > 1 and costs[0].pairs:
        first = costs[0]
        ratios = cost.pairs / first.pairs, cost.cpu / first.cpu, cost.megabytes / first.megabytes
        line += "   pairs ×{:.1f}, CPU ×{:.1f}, memory ×{:.2f}".format(*ratios)
    return line


def _abstracts(shared: Path | None) -> Iterator[dict[str, object]]:
    """Papers without end, no two alike."""
    given = _read(shared / "abstract_pairs.jsonl") if shared else None
    for number in range(1 << 40):
        if given:
            yield _changed(given[number % len(given)], number, number // len(given))
        else:
            yield _invented(number)


def _read(path: Path) -> list[dict[str, object]]:
    with path.open(encoding="utf-8") as handle:
        rows = [json.loads(line) for line in handle]
    names = ("title_en", "title_zh", "abstract_en", "abstract_zh")
    return [{name: row[name] for name in names if row.get(name)} for row in rows]


def _changed(row: dict[str, object], number: int, again: int) -> dict[str, object]:
    """A paper of its own: another link, and from the second use on other words in it."""
    made = row | {"url": f"https://example.org/papers/{number:07d}"}
    if again:
        rng = random.Random(number)
        place, length = rng.randrange(2, 900), rng.randrange(3, 90)
        made["title_en"] = f"{row.get('title_en', 'Rivers')}: Part {number}"
        if "title_zh" in row:
            made["title_zh"] = f"{row['title_zh']}：第{number}部分"
        made["abstract_en"] = f"{row['abstract_en']} We repeat this at {place} bridges of {length} metres."
        made["abstract_zh"] = f"{row['abstract_zh']}我们在{place}座长{length}米的桥上重复了这一点。"
    return made


def _invented(number: int) -> dict[str, object]:
    rng = random.Random(number)
    en, zh = [], []
    for _ in range(PER_ABSTRACT - 1):
        at = {name: rng.randrange(len(words)) for name, words in _EN.items()}
        days = rng.randrange(2, 400)
        words = {name: _EN[name][k] for name, k in at.items()}
        en.append("{who} {did} {what} {how} on {days} days.".format(**words, days=days))
        words = {name: _ZH[name][k] for name, k in at.items()}
        zh.append("{who}在{days}天里{how}{did}{what}。".format(**words, days=days))
    return {
        "title_en": f"What Otters Know of Rivers, Part {number}",
        "title_zh": f"水獭对河流的了解，第{number}部分",
        "url": f"https://example.org/papers/{number:07d}",
        "abstract_en": " ".join(en),
        "abstract_zh": "".join(zh),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
