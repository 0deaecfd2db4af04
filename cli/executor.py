"""What does shards, whatever it is: here one after another, in processes, on a cluster."""

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterable
from types import TracebackType
from typing import Self

from duizhao.shard_tasks import Call, Done, Failed, attempt

Results = Generator[tuple[int, Done | Failed], None, None]


class Executor(ABC):
    """Does tasks; what it started for that ends with `close`, or with the `with` block it is used in."""

    @abstractmethod
    def each(self, calls: Iterable[Call]) -> Results:
        """The results in any order, with the calls' numbers; calls are taken as they can be done, so few are in flight.

        A worker that dies gives a `Failed`. Closing the generator ends what is in flight.
        """

    @abstractmethod
    def close(self) -> None:
        """End what was started; nothing is wrong with doing so twice."""

    def __enter__(self) -> Self:
        """Start; what is needed is started when it is needed."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End what was started."""
        self.close()


class Inline(Executor):
    """Does the tasks in this process, one after another."""

    def each(self, calls: Iterable[Call]) -> Results:
        """The results in order."""
        for call in calls:
            yield call.number, attempt(call)

    def close(self) -> None:
        """Nothing was started."""
