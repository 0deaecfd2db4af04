"""Text that GitHub's runner takes for a command, and how to show it so that it is none."""

import re

# GitHub's runner takes a line for a command that begins with "::", after blanks, or that holds "##[" anywhere
# (actions/runner, ActionCommand.cs). It compares as people do, to whom these characters are nothing.
_NOTHING = "[\u180b-\u180f\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]"
_COLONS = re.compile(f"(?:\\s|{_NOTHING})*+:{_NOTHING}*+:")
_HASHES = re.compile(f"#(?={_NOTHING}*+#{_NOTHING}*+\\[)")


def no_command(line: str) -> str:
    """The line as it may stand in the log of a workflow: GitHub's runner takes it for no command.

    >>> no_command("::error::tea"), no_command("tea ##[error]tea")
    ('|::error::tea', 'tea ⟨U+0023⟩#[error]tea')
    """
    line = _HASHES.sub("⟨U+0023⟩", line)
    return f"|{line}" if _COLONS.match(line) else line


def hashes_of_commands(text: str) -> set[int]:
    """The offsets of the signs that `no_command` would show as code points.

    >>> hashes_of_commands("tea ##[error]tea")
    {4}
    """
    return {match.start() for match in _HASHES.finditer(text)}
