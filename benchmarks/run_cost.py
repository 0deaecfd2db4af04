"""CPU seconds, peak memory and findings of one cold `duizhao run` in a process of its own.

python benchmarks/run_cost.py [IN…]        (default: ../shared/seeds)
"""

import resource
import subprocess
import sys
import tempfile
from pathlib import Path


def main(inputs: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "duizhao", "run", *inputs, "-o", str(Path(folder) / "out"), "--quiet"]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(done.stdout.split("\n")[0] or done.stderr)
    print(f"exit {done.returncode}, {used.ru_utime + used.ru_stime:.1f} CPU s, {used.ru_maxrss / 1024:.0f} MB")
    return 0 if done.returncode in (0, 1) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["../shared/seeds"]))
