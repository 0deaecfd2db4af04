"""What a result rests on: the rules in force, the notes and versions that go with it."""

from collections.abc import Iterable
from importlib.metadata import version

from duizhao.align import load_encoder
from duizhao.choice import path_fits
from duizhao.corpora import Termbase
from duizhao.metrics import RULES
from duizhao.metrics.messages import say
from duizhao.metrics.rules import CHINESE_ONLY_RULES, ENGLISH_ONLY_RULES
from duizhao.metrics.selection import Selection
from duizhao.run_options import Options


def applied(sources: Iterable[str], options: Options) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """The codes of the rules that these options leave in force somewhere, and those of them taken out, by document."""
    chosen = Selection(options.choice.select, options.choice.ignore)
    silent = CHINESE_ONLY_RULES if options.direction == "zh-en" else ENGLISH_ONLY_RULES
    codes = [code for code in RULES if chosen.takes(code) and code not in silent]
    patterns = [(pattern, Selection(ignore=ignored)) for pattern, ignored in options.choice.path_ignores]
    # Chinese alone, and the word before an approved rendering, are judged by T004 without an encoder too.
    located = {"T001", "T004"} if options.direction == "zh-en" else {"T001"}
    out: dict[str, set[str]] = {}
    for source in sources:
        here = [selection for pattern, selection in patterns if path_fits(source, pattern)]
        out[source] = {code for code in codes if not all(selection.takes(code) for selection in here)}
        if not options.encoder:
            out[source] |= located
    everywhere = set.intersection(*out.values()) if out else set[str]()
    rules = tuple(code for code in codes if code not in everywhere)
    ignored = {source: tuple(code for code in rules if code in gone) for source, gone in out.items()}
    return rules, {source: gone for source, gone in ignored.items() if gone}


def about(options: Options) -> list[str]:
    """What to know of a run with these options."""
    said: list[str] = []
    if not options.encoder:
        said.append(say("note.no_encoder"))
    if options.settings:
        said.append(say("note.settings", file=options.settings.partition(" sha256:")[0]))
    return said


def made_by(termbase: Termbase, knowledge: str, history: str, options: Options) -> dict[str, str]:
    """What findings and glossary rest on, name to text; `knowledge` and `history` are signatures."""
    made = {
        "duizhao": version("duizhao"),
        "encoder": load_encoder().signature,
        "termbase": termbase.signature,
        "field knowledge": knowledge,
        "sentence splitter": f"duizhao {version('duizhao')}",
        "Chinese words": f"jieba {version('jieba')}",
        "scores": f"sacrebleu {version('sacrebleu')}",
    }
    choice = options.choice
    given = {
        "--no-termbase": not options.shipped_termbase,
        "--no-encoder": not options.encoder,
        f"--direction {options.direction}": options.direction != "en-zh",
        f"--lang {options.lang}": options.lang != "en",
        f"--select {','.join(choice.select)}": choice.select,
        f"--ignore {','.join(choice.ignore)}": choice.ignore,
        f"--baseline {choice.baseline}": choice.baseline,
    }
    if any(given.values()):
        made["options"] = " ".join(option for option, is_given in given.items() if is_given)
    if options.settings:
        made["settings"] = options.settings
    if options.histories:
        made["history"] = history
    return made
