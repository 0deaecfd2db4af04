"""Small sound files of the kinds that duizhao and its users write for it: decisions, settings, counts of a part."""

import json

import fuzz_seeds as seeds

from duizhao.metrics import Score
from duizhao.metrics.corpus_counts import row_of
from duizhao.reports import Result

LINE = b'{"fingerprint": "3f2a5c7e9b01", "rule": "T002"}\n'
DECIDED = (
    b'{"kind": "rendering", "term": "otter", "rendering": "\xe6\xb0\xb4\xe7\x8d\xad", "decision": "accept", "count": 3}'
)
FOUND = b'{"kind": "finding", "rule": "T002", "fingerprint": "3f2a5c7e9b01", "decision": "reject", "comment": "a"}'
HEAD = b'{"duizhao": "decisions", "version": 1}\n'
ENTRY = (
    b'{"term": "otter", "termhood": 0.9, "section": "mismatch", "renderings": [{"zh": "\xe6\xb0\xb4\xe7\x8d\xad", '
    b'"status": "unlisted", "flagged": false, "count": 3, "records": 2, "confidence": 0.9}]}\n'
)
PACK = (
    "duizhao knowledge\t1\t9\t2\t2\t1\tcounted\n海獭\t7\n茶馆\t2\n\notter\t8\t2\t海獭:5*6100\t水獭:1*40\ntea\t3\t0\n"
).encode()
TOML = b"""select = ["T", "N001"]
fail-on = "error"
termbase = ["a.csv"]
baseline = 'b'
[per-path-ignores]
"old/*.txt" = ["F"]
"""
CATALOG_CSV = b"id,title,authors,abstract\n2301.00001,Otters,A Lin; B Meyer,An otter.\n"
SCORED = Result((), (), (), (), (), (), (Score("BLEU", 20.5, "nrefs:1", (1.0, 2.5), 3, "mt", "h", "r"),))
OTTER = row_of(seeds.TERMS[0])
COUNTS = json.dumps(
    {
        "renderings": {"otter": {"水獭": 3}},
        "totals": {"水獭": 3},
        "titles": {"k": ["a.txt", "水獭", False]},
        "names": [[OTTER, 1]],
        "comparable": 2,
        "let_go": [0, 1, 2],
    }
).encode()
CHOSEN = json.dumps(
    {
        "english": {"sea otter": [0.5, [["sea otters", 2]]]},
        "introduced": [OTTER],
        **{name: ["tea"] for name in ("proposed", "signs", "spoken")},
        "left_out": 0,
    }
).encode()
PROPOSALS = json.dumps(
    {
        "loud": {"sea otter": [["a.txt", 1, 1], "Sea Otter"], "tea": None},
        "runs": {
            "seen": {"sea otter": [3, 2, 0, 0, 1, {"sea otters": 2}]},
            "defined": ["tea"],
            "records": 2,
            "let_go": 0,
        },
        **{name: ["tea"] for name in ("signs", "spoken")},
        "let_go": 0,
    }
).encode()
DRAFT = [OTTER, True, None, False, [["a.txt", 1, 1], "水獭"], 2, {}, {}, {}, [[["a", "b"], 1]], [["a", "b"]], []]
DRAFTS = json.dumps({"texts": ["a", "b"], "drafts": [DRAFT]}).encode()
DECISIONS = HEAD.replace(b"}\n", b', "decisions": [' + DECIDED + b"]}")
