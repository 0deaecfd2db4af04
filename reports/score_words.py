"""What is said of scores, in one table of sentences, so that another language can stand beside it."""

SAID = {
    # The answer first.
    "none": "Nothing was scored.",
    "one": "{system}: {scores}.",
    "sure_two": "{best} is better than {other}: {metric} {difference}, {p} after Holm.",
    "sure_many": "{best} is better than {other}, the next of {count}: {metric} {value}, {difference}, {p} after Holm.",
    "unsure_two": "{best} and {other} can not be told apart: {metric} {difference} for {best}, {p} after Holm.",
    "unsure_many": "{best} has the best {metric} of {count}, {value}, but can not be told apart from {other}, the "
    "next: {difference}, {p} after Holm.",
    "same": "{best} and {other} have the same {metric}: {value}.",
    "untested": "{best} has the best {metric}, {value} to {other_value} for {other}; whether that is sure was not "
    "tested.",
    "baseline": "Against {other}, the baseline: {difference}, {p} after Holm.",
    "otherwise": "{metric} puts {system} first.",
    # Short pieces.
    "plus_minus": "{value} ± {half}",
    "length": "{system} {ratio}",
    "bs": "paired bootstrap",
    "ar": "approximate randomisation",
    "test": "paired test",
    "of_scores": "scores",
    "of_comparisons": "comparisons",
    "of_buckets": "buckets",
    "of_buckets_undrawn": "buckets without bs and seed",
    "no_score": "–",
    # Lists of segments.
    "beats": "{one} better than {other}",
    "worst": "{system}: the worst",
    "top": "{system}: the best",
    "hard": "Low for every system",
    "flagged": "Flagged: {kind}",
    # What the figures do not say.
    "about_one_reference": "There is one reference. A right rendering in other words than its own counts as wrong.",
    "about_references": "There are {count} references. A right rendering in other words than theirs counts as wrong.",
    "about_agreement": "Agreement compares two translations, neither of which is the truth: a low score says that they "
    "differ, not which one is wrong.",
    "about_back": "A back-translation is scored against its own source: it says as much of the way back as of the way "
    "there.",
    "about_interval": "± is half the width of the 95 % interval: how far the score would move with other segments of "
    "the same sort. Intervals that overlap do not mean that two systems are alike; the paired test says that.",
    "about_no_interval": "No interval was worked out: how far the scores would move with other segments is not known.",
    "about_test": "p is the chance of so large a difference between systems that are alike. It holds for texts like "
    "these, and a sure difference may still be too small for a reader to see.",
    "about_segments": "The score of a single segment is a coarse sign: it finds segments worth reading and judges "
    "none.",
    "about_flags": "Flags ask a person to look and rank nothing. On the segments of good systems such signals tell "
    "grave errors from none hardly better than chance, and most of what they find when texts are pooled is the length "
    "of the segment. The shares are of planted defects, which are plainer than real ones, beside what the ratio of "
    "lengths alone finds; where hardly a segment is wrong, most flags are false alarms.",
    "about_length": "Characters of the translation to one of the reference: {ratios}. Far from 1, length alone moves "
    "the scores.",
}


def say(key: str, **values: object) -> str:
    """The sentence of that key, with the values in their places.

    >>> say("plus_minus", value="41.2", half="0.9")
    '41.2 ± 0.9'
    """
    return SAID[key].format(**values)
