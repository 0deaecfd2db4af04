"""What a user may choose of a run, as the commands and Python users hand it to pipeline.py."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from duizhao.choice import Choice, check_choice
from duizhao.corpora import InputError, Reading, load_knowledge, load_termbase, read_documents
from duizhao.corpora.files import LIMIT_UNIT
from duizhao.histories import load_history
from duizhao.metrics.selection import check_codes


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may choose; the defaults are the command line's."""

    encoding: str | None = None
    termbases: tuple[str, ...] = ()
    knowledge: tuple[str, ...] = ()  # packs of other fields, beside the shipped one
    histories: tuple[str, ...] = ()  # glossaries of earlier work
    reference: str | None = None
    fields: tuple[tuple[str, str], ...] = ()  # column → field, for tables
    sheet: str | None = None
    source: str | None = None  # the English original of Chinese inputs
    catalogs: tuple[str, ...] = ()
    errors: Literal["strict", "replace"] = "strict"
    limit_unit: int = LIMIT_UNIT
    allow_empty: bool = False
    shipped_termbase: bool = True
    encoder: bool = True  # whether renderings are looked for that the text does not settle
    direction: Literal["en-zh", "zh-en"] = "en-zh"
    lang: Literal["en", "zh"] = "en"  # of the messages
    choice: Choice = field(default=Choice())  # which findings are reported
    settings: str = ""  # the file that options came from, with its hash

    @property
    def reading(self) -> Reading:
        """How the inputs are to be read."""
        return Reading(
            self.encoding, dict(self.fields), self.sheet, self.errors, self.allow_empty, limit_unit=self.limit_unit
        )


def checked(options: Options) -> Options:
    """The same options, once the files they name have been read: a bad one is refused before the work, not after."""
    for path in options.termbases:
        if Path(path).exists() and not Path(path).is_file():
            raise InputError(path, "not a file", "a termbase in CSV")
    load_termbase(options.termbases, shipped=options.shipped_termbase)
    load_knowledge(options.knowledge)
    load_history(options.histories)
    check_codes(options.choice.select, "--select")
    check_codes(options.choice.ignore, "--ignore")
    check_choice(options.choice)
    for name in (options.source, *options.catalogs):
        if name is not None and not Path(name).is_file():
            raise InputError(name, "no such file", "a file")
    if options.reference not in (None, "-"):  # standard input can be read once only
        read_documents([str(options.reference)], options.encoding)
    return options
