"""`duizhao score`: the figures of sacrebleu with intervals and tests, and what became of terms, numbers and names."""

import sys
from pathlib import Path

import click

from duizhao.corpora.errors import ConfigError, DuizhaoError
from duizhao.metrics.buckets import BY
from duizhao.metrics.choosing import METRICS
from duizhao.metrics.scoring import Paired
from duizhao.metrics.significance import SEED
from duizhao.metrics.testset import Target
from duizhao.metrics.word_tokens import TOKENIZERS
from duizhao.score_inputs import TABLES, read_testset
from duizhao.score_writing import FORMATS, check_outputs, is_folder, shown_as, write_scoreboard
from duizhao.scoring_run import Wanted, back_translated, score_wanted, with_machine
from duizhao.several import SeveralValues

_OF_DOCUMENTS = ("inputs", "reference", "outs", "encoding", "sheet")  # the options that documents have a use for


def _listed(context: click.Context, option: click.Parameter, value: str) -> tuple[str, ...]:
    return tuple(name for part in value.split(",") if (name := part.strip().casefold()))


@click.command("score", cls=SeveralValues, options_metavar="[IN…] [OPTIONS]")
@click.argument("inputs", nargs=-1, metavar="")
@click.option("--hyp", multiple=True, metavar="FILE…", help="Hypotheses, a segment a line; several systems at once.")
@click.option("--ref", multiple=True, metavar="FILE…", help="References for them, line by line; one or more.")
@click.option("--src", metavar="FILE", help="What was translated: for terms, numbers, names, and --triage.")
@click.option("--record", metavar="FILE", help="The document of each segment, for --bucket record and consistency.")
@click.option("--tag", metavar="FILE", help="A label of each segment, for --bucket tag.")
@click.option(
    "--metrics", default="", callback=_listed, metavar="LIST",
    help=f"Some of {', '.join(METRICS)}.  [default: bleu,chrf; with --src terms,numbers,names too]",
)  # fmt: skip
@click.option("--target", type=click.Choice(["zh", "en"]), help="Language of the translation.  [default: as it looks]")
@click.option("--tokenize", type=click.Choice(TOKENIZERS), help="Words of BLEU.  [default: zh for Chinese, else 13a]")
@click.option("--lowercase", is_flag=True, help="BLEU and chrF without regard to case.")
@click.option("--confidence/--no-confidence", default=True, show_default=True, help="95 % bootstrap intervals.")
@click.option(
    "--paired", type=click.Choice(["bs", "ar"]),
    help="Test whether systems differ: paired bootstrap, or approximate randomisation; Holm's correction.",
)  # fmt: skip
@click.option("--baseline", metavar="SYSTEM", help="Which the others are tested against.  [default: the first]")
@click.option("--all-pairs", is_flag=True, help="Test every pair of systems.")
@click.option(
    "--trials", type=click.IntRange(100, 1_000_000), metavar="N", help="Resamplings.  [default: 1000; ar: 10000]"
)
@click.option("--seed", type=click.IntRange(0), default=SEED, show_default=True, help="Of the resamplings.")
@click.option("--bucket", "buckets", multiple=True, type=click.Choice(BY), help="Scores by this too. Repeatable.")
@click.option("--termbase", "termbases", multiple=True, metavar="FILE", help="Terms beside the shipped. Repeatable.")
@click.option("--no-termbase", is_flag=True, help="Leave the shipped termbase out; those named count.")
@click.option("--triage", is_flag=True, help="Flag segments to look at: omitted, added, untranslated, misplaced.")
@click.option(
    "--mt", metavar="COMMAND",
    help="A system more: what this makes of the sources, line by line. Without --ref: translates --hyp back, to be "
    "scored against the sources. What was translated once is kept.",
)  # fmt: skip
@click.option("--comet", metavar="PATH", help="A downloaded COMET model, for --metrics comet.")
@click.option("--reference", metavar="FILE", help="For documents: a page with reference translations of the papers.")
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Of what is shown."
)
@click.option(
    "-o", "--out", "outs", multiple=True, metavar="PATH", type=click.Path(path_type=Path),
    help="Write a file, by its ending (json csv md tex html xlsx txt), or a folder. Repeatable.",
)  # fmt: skip
@click.option("--encoding", metavar="NAME", help="Encoding of the inputs, e.g. gb18030.  [default: UTF-8]")
@click.option("--sheet", metavar="NAME", help="The sheet of a spreadsheet with several.")
def score(
    inputs: tuple[str, ...],
    hyp: tuple[str, ...],
    ref: tuple[str, ...],
    src: str | None,
    record: str | None,
    tag: str | None,
    metrics: tuple[str, ...],
    target: Target | None,
    tokenize: str | None,
    lowercase: bool,
    confidence: bool,
    paired: Paired | None,
    baseline: str | None,
    all_pairs: bool,
    trials: int | None,
    seed: int,
    buckets: tuple[str, ...],
    termbases: tuple[str, ...],
    no_termbase: bool,
    triage: bool,
    mt: str | None,
    comet: str | None,
    reference: str | None,
    form: str,
    outs: tuple[Path, ...],
    encoding: str | None,
    sheet: str | None,
) -> None:
    """Score translations as sacrebleu does, with intervals and tests.

    IN is a table (.tsv .csv .jsonl .json .xlsx .parquet .tmx, or a corpus): --hyp, --ref, --src … then name columns
    of it; it comes before the options, which take several values each. Without a reference, documents that translate
    the same papers (same link, or the same English) score each other: that is agreement, not quality.

    \b
    What the figures do not say:
      A score compares systems on the same segments under the same
      signature; by itself it is not quality. --triage finds segments to
      look at, and ranks no systems: on good systems' output such signals
      find major errors hardly better than chance, and most of what is
      reported for them is the length of the segments. Of its flags on
      planted defects 98-100 % were right, of as many by the ratio of
      lengths alone 54-100 %; it finds half of the omissions.

    \b
    Examples:
      duizhao score --hyp system.zh --ref human.zh
      duizhao score --hyp a.zh b.zh --ref human.zh --paired bs -o scores.html
      duizhao score systems.tsv --hyp google ours --ref human --bucket length
    """
    check_outputs(outs, [*inputs, *hyp, *ref, *termbases, *(name for name in (src, record, tag, reference) if name)])
    if (baseline or all_pairs) and not paired:
        raise click.UsageError("--baseline and --all-pairs say what --paired compares; add --paired bs or ar.")
    if baseline and all_pairs:
        raise click.UsageError("Give --baseline or --all-pairs, not both.")
    wanted = Wanted(
        metrics=metrics,
        tokenize=tokenize,
        lowercase=lowercase,
        termbases=termbases,
        shipped_termbase=not no_termbase,
        comet=comet,
        confidence=confidence,
        paired=paired,
        baseline=baseline,
        all_pairs=all_pairs,
        trials=trials,
        seed=seed,
        buckets=tuple(dict.fromkeys(buckets)),
        triage=triage,
    )
    if not (hyp or ref or mt) and not (len(inputs) == 1 and _is_scored(inputs[0], encoding, sheet)):
        _check_for_documents(click.get_current_context())
        _score_documents(inputs, reference, outs, encoding, sheet)
        return
    if len(inputs) > 1 or reference:
        raise click.UsageError("Give one table before --hyp and --ref; --reference goes with documents.")
    testset = read_testset(
        inputs[0] if inputs else None,
        hyp=hyp,
        ref=ref,
        src=src,
        record=record,
        tag=tag,
        encoding=encoding,
        sheet=sheet,
        target=target,
        translated=mt is not None,
    )
    kind = "quality"
    if mt and testset.references:
        testset = with_machine(testset, mt)
    elif mt:
        testset, kind = back_translated(testset, mt), "back-translation"
    board = score_wanted(testset, wanted, kind)
    write_scoreboard(board, outs)
    click.echo(shown_as(board, form, color=sys.stdout.isatty()), nl=False)


def _is_scored(path: str, encoding: str | None, sheet: str | None) -> bool:
    """Whether a file is a table with columns for hypotheses and references, by their names."""
    if not path.casefold().endswith(TABLES) or not Path(path).is_file():
        return False
    from duizhao.score_table import read_table, roles_of  # not at the top: lines need no table

    try:
        roles = roles_of(read_table(path, encoding, sheet).names)
    except DuizhaoError:  # whatever it is, it is read as a document, which says what is wrong
        return False
    return bool(roles.hypotheses and roles.references)


def _check_for_documents(context: click.Context) -> None:
    """Raise UsageError for an option that says something of a test set, where documents score each other."""
    for name in context.params:
        given = context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
        if given and name not in _OF_DOCUMENTS:
            option = next(each for each in context.command.params if each.name == name)
            raise click.UsageError(f"{option.opts[0]} goes with --hyp and --ref; documents have no use for it.")


def _score_documents(
    inputs: tuple[str, ...], reference: str | None, outs: tuple[Path, ...], encoding: str | None, sheet: str | None
) -> None:
    """Score documents against a page of references, or against each other where they translate the same papers."""
    from duizhao.outputs import write_outputs  # not at the top: a test set needs none of it
    from duizhao.pipeline import Options, build_corpus, checked, score_corpus
    from duizhao.progress import Progress
    from duizhao.reports import Result, score_line

    if not inputs:
        raise click.UsageError("Give IN…, or --hyp and --ref.")
    for path in outs:
        if not is_folder(path):
            raise ConfigError("-o", str(path), "a folder, for documents")
    chosen = checked(Options(encoding, sheet=sheet, reference=reference))
    with Progress() as progress:
        corpus = build_corpus(inputs, chosen, progress)
    scores = score_corpus(corpus, chosen)
    result = Result(corpus.documents, corpus.records, corpus.leftovers, corpus.pairs, (), (), tuple(scores))
    for folder in outs:
        write_outputs(folder, result, ("scores",))
    for item in scores:
        click.echo(score_line(item))
    if not scores:
        do = "Files of lines are compared with --hyp and --ref."
        click.echo(f"Nothing to score: no paper occurs twice, and no --reference was given. {do}", err=True)
        for name in inputs:
            if name.casefold().endswith(TABLES):
                click.echo(f"{name} may be a table of systems: say which of its columns are --hyp and --ref.", err=True)
