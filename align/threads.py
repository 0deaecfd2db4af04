"""One thread for the matrix products, whatever the environment says.

Why: on two busy cores two BLAS threads take three to six times as long as one (they wait for each other), and how a
product is cut among threads decides its last bits. With one, a text has the same bytes on every run.
"""

from contextlib import AbstractContextManager
from functools import cache

from threadpoolctl import ThreadpoolController


def one_thread() -> AbstractContextManager[object]:
    """A context in which BLAS uses one thread, and after which as many as before; may be nested. Costs some 20 µs.

    The setting is the process's, and threadpoolctl lets one Python thread at a time make it: where several call the
    encoder, the others go by that one's.

    >>> with one_thread():
    ...     pass
    """
    limited: AbstractContextManager[object] = _controller().limit(limits=1, user_api="blas")
    return limited


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()  # looks through the libraries loaded: 5 ms
