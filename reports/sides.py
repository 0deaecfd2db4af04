"""One side of a pair as one text, and where a range of the document stands in it."""

from ..corpora import Span


def side_text(sentences: tuple[str, ...], joint: str = " ") -> str:
    """The sentences of one side as one text: English with a blank between two, Chinese with nothing.

    >>> side_text(("An otter.", "A river.")), side_text(("水獭。", "河。"), joint="")
    ('An otter. A river.', '水獭。河。')
    """
    return joint.join(sentences)


def span_in_side(
    sentences: tuple[str, ...], places: tuple[Span, ...], span: Span | None, words: str = "", joint: str = " "
) -> Span | None:
    """Where `span`, a range of the document, stands in `side_text(sentences, joint)`; None where it does not.

    `places` are the ranges of the sentences. A sentence may read otherwise than the document (joined lines); there
    `words` are looked for instead.

    >>> span_in_side(("An otter.", "A river."), ((10, 19), (25, 33)), (27, 32))
    (12, 17)
    """
    found: list[Span] = []
    at = 0
    for text, (start, end) in zip(sentences, places, strict=True):
        if span and span[0] < end and span[1] > start:
            if end - start == len(text):
                found.append((at + max(span[0], start) - start, at + min(span[1], end) - start))
            elif words and (inside := text.find(words)) >= 0:
                found.append((at + inside, at + inside + len(words)))
        at += len(text) + len(joint)
    return (found[0][0], found[-1][1]) if found else None
