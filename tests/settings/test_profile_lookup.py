"""Which account Ordex speaks to."""

import pickle
from pathlib import Path

import pytest

from tui.settings.profile import profile_name_of
from tui.settings.profile_lookup import any_profile_masks, default_profile_name, resolve_profile
from tui.settings.secret import Secret
from tui.settings.setting_errors import SettingsError

KEYS = {"VOUCHERIFY_APP_ID": "app-1", "VOUCHERIFY_APP_TOKEN": "canary-token"}


def test_nothing_set_means_the_embedded_sandbox() -> None:
    """Zero configuration opens something to browse."""
    profile = resolve_profile({})
    assert (profile.name, profile.kind, profile.base_url, profile.read_only) == (
        "sandbox",
        "sandbox",
        None,
        False,
    )


def test_keys_in_the_environment_are_an_account_that_only_reads() -> None:
    """A real account counts as production: reading is free, writing is asked for."""
    profile = resolve_profile(KEYS)
    assert (profile.kind, profile.base_url, profile.read_only) == (
        "production",
        "https://api.voucherify.io",
        True,
    )
    assert not resolve_profile(KEYS, read_only=False).read_only


def test_an_address_on_this_machine_is_a_sandbox() -> None:
    """A stand-alone sandbox is not production."""
    profile = resolve_profile({**KEYS, "VOUCHERIFY_API_BASE_URL": "http://127.0.0.1:8000/"})
    assert (profile.kind, profile.base_url, profile.read_only) == ("sandbox", "http://127.0.0.1:8000", False)


@pytest.mark.parametrize("host", ["127.0.0.1.example.com", "127.example.com", "localhost.example.com"])
def test_a_name_that_looks_like_this_machine_is_production(host: str) -> None:
    """Who owns such a name gets neither plain http nor a profile that may write."""
    profile = resolve_profile({**KEYS, "VOUCHERIFY_API_BASE_URL": f"https://{host}"})
    assert (profile.kind, profile.read_only) == ("production", True)
    with pytest.raises(SettingsError, match="https"):
        resolve_profile({**KEYS, "VOUCHERIFY_API_BASE_URL": f"http://{host}"})


def test_demo_wins_over_the_environment() -> None:
    """A presenter is never on the real account by accident."""
    assert resolve_profile(KEYS, demo=True).base_url is None


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"VOUCHERIFY_APP_ID": "app-1"}, "VOUCHERIFY_APP_TOKEN"),
        ({"VOUCHERIFY_APP_TOKEN": "t"}, "VOUCHERIFY_APP_ID"),
        ({"VOUCHERIFY_API_BASE_URL": "http://127.0.0.1:1"}, "VOUCHERIFY_APP_ID"),
        ({**KEYS, "VOUCHERIFY_API_BASE_URL": "http://api.voucherify.io"}, "https"),
        ({**KEYS, "VOUCHERIFY_API_BASE_URL": "https://u:p@api.voucherify.io"}, "password"),
        ({**KEYS, "VOUCHERIFY_API_BASE_URL": "nonsense"}, "must be like"),
        ({**KEYS, "VOUCHERIFY_API_BASE_URL": "https://[::1"}, "not an address"),
        ({**KEYS, "VOUCHERIFY_APP_TOKEN": "a\nb"}, "VOUCHERIFY_APP_TOKEN"),
        ({"ORDEX_PROFILE": "shop"}, "there is no profile"),
    ],
)
def test_what_is_half_set_is_named(environ: dict[str, str], named: str) -> None:
    """The error says which variable and never holds the token."""
    with pytest.raises(SettingsError, match=named) as caught:
        resolve_profile(environ)
    assert "canary" not in str(caught.value)


def test_a_secret_never_shows_itself() -> None:
    """Not by repr, str, format or pickle."""
    secret = Secret("canary")
    assert f"{secret} {secret!r} {str(secret)!s}" == "*** *** ***"
    assert "canary" not in repr(resolve_profile(KEYS))
    with pytest.raises(TypeError, match="cannot be pickled"):
        pickle.dumps(secret)


@pytest.mark.parametrize(
    ("settings", "masked"),
    [
        ("", False),
        ("theme = 'x'\n", False),
        ("mask = false\n", False),
        ("mask = true\n", True),
        ("mask = 'yes'\n", True),
        ("maks = true\n", True),
    ],
)
@pytest.mark.parametrize("name", ["sandbox", "environment"])
def test_masks_of_the_settings_are_those_of_built_in_profiles_too(
    tmp_path: Path, settings: str, masked: bool, name: str
) -> None:
    """In every profile means in these; where the settings cannot be read nobody is shown."""
    file = tmp_path / "config.toml"
    file.write_text(settings)
    keys = {"VOUCHERIFY_APP_ID": "id", "VOUCHERIFY_APP_TOKEN": "token"}
    assert resolve_profile(keys, config_file=file, name=name).masking.always is masked


def test_where_no_profile_can_be_told_any_mask_counts(tmp_path: Path) -> None:
    """A command that needs no account still shows orders of the journal."""
    file = tmp_path / "config.toml"
    assert not any_profile_masks(file)
    file.write_text("[profiles.shop]\nkind = 'sandbox'\nmask = true\n")
    assert any_profile_masks(file)
    file.write_text("[profiles.shop\n")
    assert any_profile_masks(file)


def test_the_profile_of_a_command_that_names_none_is_known(tmp_path: Path) -> None:
    """``ordex doctor`` advised to resume an import without its profile; a faulty file chooses none."""
    file = tmp_path / "config.toml"
    assert default_profile_name({}, file) == "sandbox"
    assert default_profile_name({"ORDEX_PROFILE": "environment", **KEYS}, file) == "environment"
    assert default_profile_name({"ORDEX_PROFILE": "nobody"}, file) == ""


def test_the_name_is_read_from_an_account() -> None:
    """Without address and keys, as ``--profile`` takes it."""
    accounts = ("sandbox", "slow@127.0.0.1:8480#2a9751", "a@b@host#2a9751")
    assert [profile_name_of(account) for account in accounts] == ["sandbox", "slow", "a@b"]
