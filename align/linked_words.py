"""An alignment in, which word of each bead became which out."""

from dataclasses import dataclass, replace

from .alignment import Alignment
from .encoder import Encoder
from .tokens import tokens_en, tokens_zh
from .word_links import train_links, word_links


@dataclass(frozen=True, slots=True)
class LinkedWords:
    """The tokens of a bead's joined sentences, and links between them: (English, Chinese), from 0, in order."""

    en: tuple[str, ...]
    zh: tuple[str, ...]
    links: tuple[tuple[int, int], ...]

    @property
    def pharaoh(self) -> str:
        """The links as Pharaoh and its successors write them.

        >>> LinkedWords(("an", "otter"), ("水獭",), ((1, 0),)).pharaoh
        '1-0'
        """
        return " ".join(f"{i}-{j}" for i, j in self.links)


def link_words(alignment: Alignment, encoder: Encoder | None = None) -> Alignment:
    """The same alignment with `words`: the linked words of each bead, none where it has one side only.

    What words became of each other is learned from all beads of the alignment, beside what the dictionaries say.

    >>> from .alignment import align_texts
    >>> link_words(align_texts("The otter swims.", "水獭游泳。")).words[0].pharaoh
    '1-0 2-1 3-2'
    """
    sides = [
        (" ".join(alignment.en[i] for i in bead.en), "".join(alignment.zh[j] for j in bead.zh))
        for bead in alignment.beads
    ]
    links = train_links((en, zh) for en, zh in sides if en and zh)
    words = [
        LinkedWords(
            tuple(en[a:b] for a, b in tokens_en(en)),
            tuple(zh[slice(*token.span)] for token in tokens_zh(zh)),
            tuple(word_links(en, zh, links, encoder)) if en and zh else (),
        )
        for en, zh in sides
    ]
    return replace(alignment, words=tuple(words))
