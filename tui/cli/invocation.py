"""What the global options said, shared by every command."""

from __future__ import annotations

import os
import pathlib
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import click

from tui.actions.failures import RunFacts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.orders.privacy import Masks
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.settings.secret import TokenSource


class Explore(Protocol):
    """Opens the explorer and returns the exit code; given by the program's entry point."""

    def __call__(
        self,
        profile: Profile,
        folders: Folders,
        *,
        order_id: str | None = None,
        where: str | None = None,
        theme: str | None = None,
        masks: Masks | None = None,
    ) -> int:
        """Run until the user quits."""
        ...


class Converse(Protocol):
    """Opens the REPL and returns the exit code; given by the program's entry point."""

    def __call__(
        self,
        profile: Profile,
        folders: Folders,
        *,
        text: str | None = None,
        file: Path | None = None,
        linear: bool = False,
        coloured: bool | None = None,
        masks: Masks | None = None,
    ) -> int:
        """Run until the user leaves, or the script ends."""
        ...


@dataclass
class Invocation:
    """The global options of one run; a command's own ones win over those before its name."""

    explore: Explore
    repl: Converse
    profile_name: str | None = None
    demo: bool = False
    read_only: bool | None = None
    mask: bool = False
    theme: str | None = None
    linear: bool = False
    color: str = "auto"
    debug: bool = False
    har: Path | None = None
    error_format: str = field(default="text")
    token_stdin: bool = False
    is_har_missing: bool = False
    facts: RunFacts = field(default_factory=RunFacts)
    _piped: TokenSource | None = field(default=None, repr=False)

    def profile(self) -> Profile:
        """The account to speak to.

        Raises:
            SettingsError: it is not known or not complete.
        """
        return self._resolved(self.piped_token())

    def _resolved(self, token: TokenSource | None) -> Profile:
        from tui.settings.profile_lookup import resolve_profile

        return resolve_profile(
            os.environ,
            config_file=self.folders().config_file,
            name=self.profile_name,
            demo=self.demo,
            read_only=self.read_only,
            token=token,
        )

    def piped_token(self) -> TokenSource | None:
        """The token that ``--token-stdin`` gives, read once; ``None`` without the option.

        Raises:
            SettingsError: what was read is no token.
        """
        if self.token_stdin and self._piped is None:
            from .inquiring import read_token

            self._piped = read_token()
        return self._piped

    def flags(self) -> dict[str, tuple[str, object]]:
        """What the options say of settings: the option and the value, by the setting's key."""
        said: dict[str, tuple[str, object]] = {}
        if self.profile_name is not None:
            said["profile"] = ("--profile", self.profile_name)
        if self.demo:
            said["profile"] = ("--demo", "sandbox")
        if self.mask:
            said["mask"] = ("--mask", True)
        if self.theme is not None:
            said["theme"] = ("--theme", self.theme)
        if self.read_only is not None:
            from tui.settings.setting_errors import SettingsError

            # Of a profile that cannot be had nothing is said here: the settings say what is wrong with it.
            with suppress(SettingsError):
                option = "--read-only" if self.read_only else "--write"
                said[f"profiles.{self.profile().name}.read_only"] = (option, self.read_only)
        return said

    @cached_property
    def masks(self) -> Masks:
        """The masks of this run: on where it or its profile says so, or nobody can say. Reads no token."""
        from tui.settings.profile_lookup import any_profile_masks
        from tui.settings.secret import FixedToken, Secret
        from tui.settings.setting_errors import SettingsError
        from tui.wiring import masks_of

        try:
            profile = self._resolved(FixedToken(Secret(""), "") if self.token_stdin else None)
        except SettingsError:  # told by whoever opens the session, if anybody does
            return masks_of(None, on=self.mask or any_profile_masks(self.folders().config_file))
        return masks_of(profile, on=self.mask)

    def folders(self) -> Folders:
        """Where Ordex keeps things."""
        from tui.settings.folders import find_folders

        return find_folders(os.environ)

    def say_settings_problem(self) -> None:
        """Say that the settings file cannot be used, where the run goes on without it."""
        from tui.settings.profile_lookup import check_settings
        from tui.settings.setting_errors import SettingsError

        try:
            check_settings(self.folders().config_file)
        except SettingsError as error:
            narrate(f"ordex: {error}")
            narrate("  The settings are not used, and personal data is masked. See: ordex config check")

    def coloured(self, stream: Any) -> bool:
        """Whether to write colours to this stream: the flag, then NO_COLOR, CLICOLOR_FORCE, then a tty."""
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0"):
            return True
        return bool(stream.isatty()) and os.environ.get("TERM") != "dumb"


def _store(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
        if value == "":
            raise click.BadParameter("it is empty: give it a value, or leave it out", context, parameter)
        if value is not None:
            setattr(context.find_object(Invocation), name, value)

    return keep


def _themes(_: click.Context, __: click.Parameter, typed: str) -> list[str]:
    from .completion import themes

    return themes(typed)


def _profiles(_: click.Context, __: click.Parameter, typed: str) -> list[str]:
    from .completion import profiles

    return profiles(typed)


def global_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that stand before or after its name alike."""
    given: dict[str, Any] = {"expose_value": False, "default": None}
    options = [
        click.option(
            "--profile",
            metavar="NAME",
            callback=_store("profile_name"),
            shell_complete=_profiles,
            help="Use this profile.",
            **given,
        ),
        click.option(
            "--demo", is_flag=True, callback=_store("demo"), help="Use the embedded sandbox.", **given
        ),
        click.option(
            "--read-only/--write",
            "read_only",
            callback=_store("read_only"),
            help="Refuse or allow changes. Production is read-only unless --write is given.",
            **given,
        ),
        click.option(
            "--token-stdin",
            is_flag=True,
            callback=_store("token_stdin"),
            help="Read the account's token from standard input.",
            **given,
        ),
        click.option(
            "--debug",
            is_flag=True,
            callback=_store("debug"),
            help="Log each API call to stderr, without secrets.",
            **given,
        ),
        click.option(
            "--har",
            type=click.Path(path_type=pathlib.Path, dir_okay=False),
            metavar="FILE",
            callback=_store("har"),
            help="Save all API calls to this new HAR file, without secrets.",
            **given,
        ),
        click.option(
            "--mask",
            is_flag=True,
            callback=_store("mask"),
            help="Mask names, e-mail addresses, phone numbers and addresses everywhere.",
            **given,
        ),
        click.option(
            "--color",
            type=click.Choice(["auto", "always", "never"]),
            callback=_store("color"),
            help="When to use colours. NO_COLOR and CLICOLOR_FORCE are respected.",
            **given,
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def theme_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option of commands that open the explorer."""
    return click.option(
        "--theme",
        metavar="NAME",
        expose_value=False,
        default=None,
        callback=_store("theme"),
        shell_complete=_themes,
        help="Theme of the explorer.",
    )(command)


def narrate(text: str) -> None:
    """Say something to the person on stderr, one visible line; stdout is for data.

    Where nobody can hear it, the work goes on all the same.
    """
    from tui.terminal.redaction import redacted
    from tui.terminal.visible import visible

    with suppress(OSError):
        sys.stderr.write(visible(redacted(text), multiline=True) + "\n")
        sys.stderr.flush()
