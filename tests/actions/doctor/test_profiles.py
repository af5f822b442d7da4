"""What is said of the accounts."""

from __future__ import annotations

from tui.actions.doctor.finding import Finding
from tui.actions.doctor.profiles import look_at_profiles, profiles_section
from tui.actions.exit_codes import ExitCode
from tui.settings.profile import resolve_profile

CANARY = "canary-5f1e7a90c3"
KEYS = {"VOUCHERIFY_APP_ID": "canary-app-id", "VOUCHERIFY_APP_TOKEN": CANARY}


def told(environ: dict[str, str], name: str | None = None) -> dict[str, Finding]:
    """The findings by name."""
    facts = look_at_profiles(environ, lambda: resolve_profile(environ, name=name))
    return {found.name: found for found in profiles_section(facts).findings}


def test_without_an_account_there_is_the_sandbox() -> None:
    """In use."""
    found = told({})
    assert list(found) == ["sandbox"]
    assert found["sandbox"].text == "in use: the embedded sandbox, reads and writes"


def test_an_account_is_told_with_where_its_secret_is() -> None:
    """Kind, address, rights, and the place of the secret: never the secret, never a part of it."""
    found = told(KEYS)["environment"]
    assert found.level == "ok"
    assert found.text == (
        "in use: PRODUCTION at api.voucherify.io, only reads, by a key pair; "
        "its secret is in VOUCHERIFY_APP_TOKEN"
    )
    assert "canary" not in str(found)


def test_half_an_account_fails_as_commands_do() -> None:
    """Said once, with the code that they end with."""
    found = told({"VOUCHERIFY_APP_ID": "x"})
    assert set(found) == {"sandbox", "environment"}
    assert (found["environment"].level, found["environment"].code) == ("fail", ExitCode.USAGE)
    assert "VOUCHERIFY_APP_TOKEN is not set" in found["environment"].text


def test_a_profile_that_was_chosen_and_is_not_there_fails() -> None:
    """In the words that commands say it in."""
    found = told({}, name="shp")
    assert found["in use"].level == "fail"
    assert "there is no profile “shp”" in found["in use"].text
