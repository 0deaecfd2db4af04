"""Every exception duizhao raises on purpose, in one tree.

    DuizhaoError                what a caller may catch to catch all of ours
    ├── InputError              a file, line or record that cannot be read as asked (also a ValueError)
    │   └── LimitError          it could be read, but is larger than the stated limit
    └── ConfigError             an option, rule name or termbase row that makes no sense (also a ValueError)

Every message reads ``where: what was found; what was wanted. what to do``.
"""


class DuizhaoError(Exception):
    """Root of the tree; the command line turns it into one line on stderr and `exit_code`."""

    exit_code = 2

    def __init__(self, where: str, found: str, wanted: str = "", do: str = "") -> None:
        """Keep the four parts, so that a caller can show them in its own way."""
        self.where, self.found, self.wanted, self.do = where, found, wanted, do
        super().__init__(str(self))

    def __str__(self) -> str:
        """The one-line message.

        >>> str(InputError("a.txt", "no text", "a page with Chinese", "Check the file."))
        'a.txt: no text; wanted a page with Chinese. Check the file.'
        """
        line = f"{self.where}: {self.found}"
        if self.wanted:
            line += f"; wanted {self.wanted}"
        return f"{line}. {self.do}".strip() if self.do else line


class InputError(DuizhaoError, ValueError):
    """An input that cannot be read as asked; nothing is written."""


class LimitError(InputError):
    """An input larger than a stated limit."""


class ConfigError(DuizhaoError, ValueError):
    """An option, rule name or termbase row that makes no sense."""
