"""One BLAS thread inside, and as many as before outside, however deep."""

import pytest
from threadpoolctl import ThreadpoolController

from duizhao.align.threads import one_thread


def counts() -> list[int]:
    return [library["num_threads"] for library in ThreadpoolController().select(user_api="blas").info()]


@pytest.mark.parametrize("before", [1, 2])
def test_one_inside_and_as_before_outside(before: int) -> None:
    with ThreadpoolController().limit(limits=before, user_api="blas"):
        outside = counts()
        with one_thread():
            assert set(counts()) == {1}
            with one_thread():
                assert set(counts()) == {1}
            assert set(counts()) == {1}
        assert counts() == outside


def test_as_before_after_an_error() -> None:
    with ThreadpoolController().limit(limits=2, user_api="blas"):
        outside = counts()
        with pytest.raises(ZeroDivisionError), one_thread():
            raise ZeroDivisionError
        assert counts() == outside
