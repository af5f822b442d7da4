"""Who may change anything, and until when."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.voucherify.write_lock import WriteLock

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.integers(0, 100)),
        st.tuples(st.just("open"), st.integers(0, 100)),
        st.tuples(st.just("close"), st.just(0)),
    ),
    max_size=20,
)


def test_a_session_that_may_write_is_open_until_it_is_closed() -> None:
    """It tells no time, since none ends it."""
    lock = WriteLock(read_only=False)
    assert (lock.read_only, lock.seconds_left) == (False, None)
    lock.close()
    assert (lock.read_only, lock.seconds_left) == (True, None)


def test_a_sealed_lock_cannot_be_opened() -> None:
    """Who asked for a session that only reads gets one."""
    lock = WriteLock(read_only=False, sealed=True)
    with pytest.raises(PermissionError, match="is read-only"):
        lock.open_for(60)
    assert lock.read_only


def test_it_tells_of_people_until_their_session_is_over() -> None:
    """The lock goes on with the next session; the one that is gone has nothing to draw on."""
    told: list[bool] = []
    lock = WriteLock(read_only=True)
    lock.listen(lambda: told.append(lock.read_only))
    lock.open_for(60)
    lock.remove_listeners()
    lock.close()
    assert told == [False]


@given(STEPS)
def test_it_is_open_exactly_within_the_time_that_was_given(steps: list[tuple[str, int]]) -> None:
    """Whatever is done in whatever order."""
    now, until = 0.0, 0.0
    lock = WriteLock(read_only=True, clock=lambda: now)
    for what, seconds in steps:
        if what == "wait":
            now += seconds
        elif what == "open":
            lock.open_for(seconds)
            until = now + seconds
        else:
            lock.close()
            until = 0.0
        assert lock.read_only is (now >= until)
        assert lock.seconds_left == (until - now if now < until else None)
