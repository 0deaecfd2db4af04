"""The open groups of a LaTeX source: what the end of each does, and which arguments of a macro follow."""

from typing import NamedTuple

from .latex_prose import Block, Prose
from .latex_source import LatexSource


class Frame(NamedTuple):
    """An open group, what its end does, and what becomes of the arguments that follow."""

    close: int
    role: str
    then: str = ""
    url: str = ""
    begin: int = 0
    block: Block | None = None


class Groups:
    """The groups that are open, innermost last, and what they leave out."""

    def __init__(self, source: LatexSource, prose: Prose) -> None:
        """Start outside any group."""
        self.source, self.prose = source, prose
        self.text, self.partners = source.text, source.partners
        self.frames: list[Frame] = []
        self.views: list[tuple[int, bool]] = []  # up to where is what follows left out, but for captions and metadata?

    def open(self, frame: Frame, block: Block | None = None) -> None:
        """Begin a group whose end is known, with a block of its own where one is given."""
        if block:
            self.views.append((frame.close, False))
            self.prose.blocks.append(block)
        self.frames.append(frame)

    def close(self, frame: Frame, pos: int) -> int:
        """Do what the end of a group does; gives where to read on."""
        block = self.prose.block
        if frame.role == "link":
            begin = frame.begin if frame.block is block else 0  # else a paragraph ended inside
            if begin < len(block.pieces) and block.pieces[begin][0] == " ":
                begin += 1
            if begin < len(block.pieces):
                block.links.append((begin, len(block.pieces), frame.url))
        elif frame.role == "block":
            self.prose.close_block()
        elif frame.role == "abstract":
            self.prose.omitted = False  # it is shown to its end, wherever it stands
            self.prose.end_paragraph(pos)
        elif frame.role == "item":
            block.blank(frame.close)
        elif frame.role == "quote":
            self.prose.write("”", frame.close)
        elif frame.role == "unknown" and self.text.startswith("{", pos) and pos in self.partners:
            block.blank(pos, "\n")
            self.open(frame._replace(close=self.partners[pos]))
            return pos + 1
        return self.arguments(frame.then, pos) if frame.then else pos

    def arguments(self, roles: str, pos: int) -> int:
        """Take the arguments at `pos` by their roles, up to the first that is read as text; gives where to read on."""
        while roles:
            at = self.source.after_blanks(pos)
            if (end := self.source.after_option(at)) > at:
                pos = end
                continue
            if not self.text.startswith("{", at) or at not in self.partners:
                break
            close, role, roles = self.partners[at], roles[0], roles[1:]
            if role == "d":
                pos = close + 1
                continue
            if role == "c":
                self.open(Frame(close, "block", roles), Block("caption", begin=at))
            else:
                self.open(Frame(close, "kept", roles))
            return at + 1
        return pos
