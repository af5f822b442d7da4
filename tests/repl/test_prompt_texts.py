"""Prompt and toolbar."""

from typing import Any

from tests.support.repl_sessions import standing
from tui.actions.account_status import AccountStatus
from tui.repl.prompt_texts import PromptStatus, prompt, spoken_prompt, toolbar


def text(fragments: list[Any]) -> str:
    """The text without its styles."""
    return "".join(fragment[1] for fragment in fragments)


def test_the_prompt_says_what_is_at_stake() -> None:
    """Production is a word, not only a colour."""
    assert text(prompt(standing())) == "ordex SANDBOX sandbox [RW]> "
    production = prompt(standing(kind="production", read_only=True))
    assert text(production) == "ordex PRODUCTION environment [R]> "
    assert ("class:production", "PRODUCTION environment [R]") in production
    assert spoken_prompt(standing(kind="production")) == "ordex environment, PRODUCTION, read and write> "
    unlocked = AccountStatus("shop", "production", "host", read_only=False, seconds_left=872)
    assert text(prompt(unlocked)) == "ordex PRODUCTION shop [RW 14:32]> "
    assert spoken_prompt(unlocked) == "ordex shop, PRODUCTION, read and write for 15 minutes> "


def test_the_toolbar_tells_what_is_known() -> None:
    """Calls left and jobs stand there once they are known, and a problem before all else."""
    assert "calls left" not in text(toolbar(PromptStatus(standing())))
    full = text(toolbar(PromptStatus(standing(), calls_left=1087, jobs_running=1)))
    assert "embedded sandbox · read and write · 1,087 calls left · 1 job running" in full
    assert text(toolbar(PromptStatus(standing(), problem="no \x1b[2J"))) == " no ^[[2J"
