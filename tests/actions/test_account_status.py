"""What the header, the prompt and each confirmation say of an account."""

from dataclasses import dataclass, field

import pytest

from tui.actions.account_status import AccountStatus, minutes_and_seconds
from tui.voucherify.write_lock import WriteLock


class Hands:
    """A clock whose hands a test moves."""

    now = 100.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


@dataclass
class Shop:
    """A session on production."""

    write_lock: WriteLock = field(default_factory=lambda: WriteLock(read_only=True))
    name: str = "shop"
    kind: str = "production"
    address: str = "api.voucherify.io"

    @property
    def read_only(self) -> bool:
        """What the lock says."""
        return self.write_lock.read_only


def standing(**fields: object) -> AccountStatus:
    """How a made-up session stands."""
    return AccountStatus.of(Shop(**fields))  # type: ignore[arg-type] # a shop is one


def test_the_words_need_no_colour() -> None:
    """Kind, rights and name are all words, whether it reads, writes, or writes for a time."""
    hands = Hands()
    lock = WriteLock(read_only=True, clock=hands)
    assert standing(write_lock=lock).words == "PRODUCTION [R] shop"
    lock.open_for(900)
    assert standing(write_lock=lock).words == "PRODUCTION [RW 15:00] shop"
    hands.now += 28
    assert standing(write_lock=lock).badge == "PRODUCTION [RW 14:32]"
    assert standing(write_lock=WriteLock(read_only=False)).badge == "PRODUCTION [RW]"
    assert standing(kind="sandbox").badge == "SANDBOX [R]"


def test_the_ear_gets_no_brackets() -> None:
    """And no seconds, which would be over when they are heard."""
    hands = Hands()
    lock = WriteLock(read_only=True, clock=hands)
    assert standing(write_lock=lock).spoken == "shop, PRODUCTION, read only"
    lock.open_for(61)
    assert standing(write_lock=lock).spoken == "shop, PRODUCTION, read and write for 2 minutes"
    hands.now += 30
    assert standing(write_lock=lock).spoken_rights == "read and write for 1 minute"
    assert standing(write_lock=WriteLock(read_only=False)).spoken_rights == "read and write"


def test_a_lock_that_closes_amid_the_look_never_seems_open_for_good() -> None:
    """The two questions to the lock are a moment apart: in it, [RW] without a time would be a lie."""

    class Closing(Hands):
        def __call__(self) -> float:
            self.now += 1
            return self.now

    for seconds in range(1, 8):
        lock = WriteLock(read_only=True, clock=Closing())
        lock.open_for(seconds)
        assert standing(write_lock=lock).rights != "[RW]"


def test_names_are_visible_text() -> None:
    """A name or address that would act on the terminal is written out."""
    told = standing(name="a\x1b[2Jb", address="\u202ehost")
    assert told.words == "PRODUCTION [R] a^[[2Jb"
    assert "\u202e" not in told.address


@pytest.mark.parametrize(
    ("seconds", "words"), [(0, "0:01"), (0.2, "0:01"), (59.5, "1:00"), (60, "1:00"), (3600, "60:00")]
)
def test_time_left_is_never_told_as_none(seconds: float, words: str) -> None:
    """The last second counts as one; an hour is sixty minutes."""
    assert minutes_and_seconds(seconds) == words
