"""What reading and extraction of HTML pages cost: CPU seconds and peak memory, with no alignment.

python benchmarks/reading_cost.py [PAGES [KILOBYTES]]

Makes that many different pages (1,000 of 100 kB) of invented papers in a temporary folder, each paper of about 3 kB
as on real day pages, reads them one after the other and extracts their records. The bar: 1,000 pages in under 30 CPU
seconds, and memory that does not grow.
"""

import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from duizhao.corpora import each_document, extract_document

_EN = (
    "We watch the otters of the river for one whole year and write down how they use their stones.",
    "Earlier work counted shells; we count the stones, which are < 0.1 kg and never lost.",
    "Each otter keeps one stone, and 87.5% of them keep it under the left arm.",
    "The data &amp; the code are on our page; we hope that others will watch their otters too.",
)
_ZH = (
    "我们用一整年的时间观察河里的海獭,并记录它们如何使用石头。",
    "以前的工作数的是贝壳;我们数的是石头,它们轻于0.1公斤,从不丢失。",
    "每只海獭都有一块石头,其中87.5%的海獭把它夹在左臂下。",
    "数据和代码都在我们的主页上;我们希望别人也来观察他们的海獭。",
)
_NAMES = ("Anna Berg", "Bert Kohl", "Chidi Okafor", "Dana Sato", "Emil Moreau", "Fay Lind")
_WORDS = "Otters Stones Rivers Shells Winter Dusk Dawn Nests Paths Counting Watching Sleeping Diving Trading".split()


def make_page(seed: int, size: int) -> str:
    """One page of `size` bytes or a little more."""
    chosen = random.Random(seed)
    parts = [
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>Day {seed}</title><style>p {{ }}</style></head><body>"
    ]
    parts.append("<nav><a href='/'>首页</a></nav><h1>River papers of the day</h1><script>var a = '<b>';</script>")
    length = sum(map(len, parts))
    number = 0
    while length < size:
        number += 1
        title = " ".join(chosen.sample(_WORDS, 5))
        authors = ", \n".join(
            f'<a href="https://example.org/a?q={k}">{name}</a>' for k, name in enumerate(chosen.sample(_NAMES, 4))
        )
        en, zh = (" ".join(chosen.choices(side, k=16)) for side in (_EN, _ZH))
        item = (
            f'<hr>\n<div id="paper{number}"> <b>{number}. {title}</b>  '
            f'<a href="https://arxiv.org/pdf/2001.{number:05}" '
            f'target="_blank">[PDF]</a>  <a href="#title{number}">返回目录</a>\n <br>&nbsp;&nbsp;{authors}<br>\n'
            f'<font size="3">\nAbstract: {en} </font>\n<br>\n'
            f'<font size="2" style="line-height:30px;">\n摘要：{zh}</font>\n</div>\n\n'
        )
        parts.append(item)
        length += len(item.encode())
    return "".join([*parts, "</body></html>"])


def main(pages: int, kilobytes: int) -> int:
    """Print the costs."""
    with tempfile.TemporaryDirectory() as folder:
        for k in range(pages):
            (Path(folder) / f"{k:05}.html").write_text(make_page(k, kilobytes * 1000), encoding="utf-8")
        records = read = 0
        begin = time.process_time()
        peaks = []
        for document in each_document([folder]):
            found = extract_document(document, document.source)
            records += sum(record.kind == "abstract" for record in found.records)
            read += 1
            if read in (pages // 10, pages):
                peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        seconds = time.process_time() - begin
    print(
        f"{read:,} pages of {kilobytes} kB: {seconds:.1f} CPU s ({1000 * seconds / read:.1f} ms a page), "
        f"{records:,} abstracts"
    )
    print(f"peak memory after {pages // 10:,} pages {peaks[0]:.0f} MB, after all {peaks[-1]:.0f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, int(sys.argv[2]) if len(sys.argv) > 2 else 100))
