"""Questions at the terminal."""

from __future__ import annotations

import io

import pytest

from tui.actions.account_status import AccountStatus
from tui.actions.prompts import Confirmation
from tui.cli.prompts import confirm


class Terminal(io.StringIO):
    """A terminal at which a person types a line."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.mark.parametrize("typed", [None, "shop\x1b]0;x\x07"])
async def test_a_question_about_a_hostile_name_does_nothing_to_the_terminal(
    typed: str | None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The name of an order or of a profile stood in it raw."""
    monkeypatch.setattr("sys.stdin", Terminal("no\n"))
    standing = AccountStatus("shop", "production", "api.example", read_only=False)
    question = Confirmation(standing, "Update \x1b[2J\u202eorder?", ("first \x9b31m",), typed=typed)
    assert not await confirm(question)
    said = capsys.readouterr().err
    assert "^[[2J<U+202E>order?" in said
    assert not [character for character in said if character in "\x1b\x07\x9b\u202e"]
