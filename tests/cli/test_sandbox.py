"""``ordex sandbox serve``: what is typed wrong is said before anything listens."""

import pytest

from tests.support.command_line import Ordex


@pytest.mark.parametrize("option", ["--app-id", "--app-token"])
@pytest.mark.parametrize("key", ["", "a b", "zażółć", "a\nb"])
def test_a_key_that_no_header_can_carry_is_refused(ordex: Ordex, option: str, key: str) -> None:
    """A sandbox that no client could ever enter is of no use."""
    ended = ordex("sandbox", "serve", option, key)
    assert ended.code == 2
    assert option in ended.err


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--rate-limit", "3"), "100/3600"),
        (("--fault", "fire:1"), "drop-response"),
        (("--fault", "500:2"), "0 to 1"),
        (("--port", "99999"), "--port"),
    ],
)
def test_wrong_options_say_what_is_right(ordex: Ordex, words: tuple[str, str], named: str) -> None:
    """Exit code 2 and the form that is meant."""
    ended = ordex("sandbox", "serve", *words)
    assert ended.code == 2
    assert named in ended.err
