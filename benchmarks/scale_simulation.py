"""How long a billion pairs take on a cluster, from measured speeds: shard skew, workers that die, and the slowest part.

python benchmarks/scale_simulation.py [--pairs 1e9] [--workers 8,64,256] [--rate 7000] [--skew 0.3] [--failures 0.02]

Every step of `duizhao filter` is simulated by itself, for a step begins when the one before has ended: a shard goes to
the first free worker and takes its share of time (log-normal, of this skew). Where a worker dies (a Poisson process, so
many deaths a worker and hour) the run ends, as it does: what was in flight is lost, and after some minutes the same
command goes on with what has no marker. Reading the input is one process. Prints, for each number of workers, hours,
the share of the time in which workers do what is kept, what was lost of it, and the hours of each step. The figures are
of this model, not of a cluster: what they show is what bounds a run, and by how much.
"""

import argparse
import heapq
import math
import random
import sys
from collections.abc import Sequence
from typing import NamedTuple

SHARD = 50_000  # pairs
KEYS_A_BUCKET = 4_000_000


class Step(NamedTuple):
    """A step: its tasks, the CPU seconds of each, whether one process does them all."""

    name: str
    tasks: int
    seconds: float
    alone: bool = False


class Outcome(NamedTuple):
    """Hours of a step, hours of work done and of work lost, and how many workers died."""

    hours: float
    worked: float
    lost: float
    deaths: int


def steps_of(pairs: float, rate: float, read: float, encoder: float) -> list[Step]:
    """The steps of a filter run; `rate` pairs a CPU second for signals and flags together, `read` for reading."""
    shards = math.ceil(pairs / SHARD)
    steps = [
        Step("read", 1, pairs / read, alone=True),
        Step("signals", shards, 0.8 * SHARD / rate),
        Step("duplicates", math.ceil(pairs / KEYS_A_BUCKET), KEYS_A_BUCKET / 4e6 + shards * 0.0005),
        Step("flags", shards, 0.2 * SHARD / rate),
    ]
    if encoder:
        steps.insert(2, Step("meaning", shards, SHARD / encoder))
    return steps


def simulate(step: Step, workers: int, skew: float, failures: float, restart: float, rng: random.Random) -> Outcome:
    """One step: `skew` is the deviation of the logarithm of a task's time, `failures` deaths a worker and hour.

    After a death the run begins again `restart` hours later.
    """
    slots = 1 if step.alone else workers
    # Of equal mean whatever the skew: exp(mu + sigma²/2) = 1. A single task takes what it takes.
    spread = 0.0 if step.alone else skew
    waiting = [step.seconds / 3600 * math.exp(rng.gauss(-spread * spread / 2, spread)) for _ in range(step.tasks)]
    now = lost = 0.0
    worked, deaths = sum(waiting), 0
    while waiting:
        dies = now + (rng.expovariate(failures * slots) if failures else math.inf)
        free = [now] * slots
        again: list[float] = []
        end = now
        for hours in waiting:
            begin = heapq.heappop(free)
            if begin + hours <= dies:
                end = max(end, begin + hours)
            else:
                again.append(hours)
                lost += max(0.0, dies - begin)
            heapq.heappush(free, begin + hours)
        waiting = again
        now = dies + restart if again else end
        deaths += bool(again)
    return Outcome(now, worked, lost, deaths)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=float, default=1e9)
    parser.add_argument("--workers", default="1,8,64,256")
    parser.add_argument("--rate", type=float, default=7_000, help="pairs a CPU second, signals and flags")
    parser.add_argument("--read", type=float, default=40_000, help="pairs a CPU second, reading")
    parser.add_argument("--encoder", type=float, default=0, help="pairs a CPU second of the encoder, 0 without it")
    parser.add_argument("--skew", type=float, default=0.3)
    parser.add_argument("--failures", type=float, default=0.02, help="deaths a worker and hour")
    parser.add_argument("--restart", type=float, default=5, help="minutes until a run that ended is begun again")
    given = parser.parse_args(arguments)
    print(f"{given.pairs:,.0f} pairs; skew {given.skew}, {given.failures} deaths a worker and hour")
    print(f"{'workers':>8}{'hours':>9}{'busy':>7}{'lost':>7}{'deaths':>8}   hours by step")
    for workers in (int(number) for number in given.workers.split(",")):
        rng = random.Random(9)
        steps = steps_of(given.pairs, given.rate, given.read, given.encoder)
        done = [(step, simulate(step, workers, given.skew, given.failures, given.restart / 60, rng)) for step in steps]
        hours = sum(outcome.hours for _, outcome in done)
        worked, lost = (sum(getattr(outcome, name) for _, outcome in done) for name in ("worked", "lost"))
        parts = ", ".join(f"{step.name} {outcome.hours:.2f}" for step, outcome in done)
        deaths = sum(outcome.deaths for _, outcome in done)
        print(f"{workers:>8}{hours:>9.2f}{worked / hours / workers:>7.0%}{lost / worked:>7.1%}{deaths:>8}   {parts}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
