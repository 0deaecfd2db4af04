"""CPU time of checks and splitters on one line that repeats a sign: for twice the length it should be twice the time.

python benchmarks/long_lines.py

For each function the worst of the signs; a ratio near 2 is linear, near 4 quadratic. Times under 20 ms say nothing.
"""

import time
from collections.abc import Callable

from duizhao.align import sentences_en, sentences_zh
from duizhao.metrics.doubling import check_doubled
from duizhao.metrics.glued import check_glued
from duizhao.metrics.links import check_broken_link, check_links
from duizhao.metrics.numbers import check_numbers
from duizhao.metrics.quotes import check_quotes
from duizhao.metrics.untranslated import check_source_words, check_untranslated

SIGNS = [
    "(",
    "）",
    "“",
    "的",
    "模型",
    "a ",
    "the ",
    "https://a . ",
    "ab",
    "`",
    "1) ",
    "[a,",
    "。",
    "A. ",
    "……他",
    "7",
    "一",
]
SIZES = 20_000, 40_000
ONE: tuple[Callable[[str], object], ...] = (
    *(sentences_en, sentences_zh, check_doubled, check_quotes, check_broken_link, check_glued),
)
TWO: tuple[Callable[[str, str], object], ...] = (check_links, check_untranslated, check_source_words, check_numbers)


def seconds(work: Callable[[], object]) -> float:
    """CPU time of what `work` gives, read to its end."""
    begun = time.process_time()
    list(work())  # type: ignore[call-overload]
    return time.process_time() - begun


def main() -> None:
    for check in (*ONE, *TWO):
        worst: tuple[float, float, str] = 0.0, 0.0, ""
        for sign in SIGNS:
            short, long = ((sign * size)[:size] for size in SIZES)
            if check in ONE:
                times = seconds(lambda: check(short)), seconds(lambda: check(long))  # noqa: B023
            else:
                times = seconds(lambda: check(short, short)), seconds(lambda: check(long, long))  # noqa: B023
            if times[1] > worst[1]:
                worst = *times, sign
        short_ms, long_ms = worst[0] * 1000, worst[1] * 1000
        print(f"{check.__name__:20} {short_ms:6.0f} ms {long_ms:6.0f} ms  {long_ms / short_ms:.1f}  {worst[2]!r}")


if __name__ == "__main__":
    main()
