"""The global options, and what every command derives from them: profile, masks, colours."""

from __future__ import annotations

import os
import pathlib
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import click

from tui.actions.failures import RunFacts
from tui.cli.streams import narrate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.orders.privacy import Masks
    from tui.settings.folders import Folders
    from tui.settings.profile import Profile
    from tui.settings.secret import TokenSource


class ExplorerRunner(Protocol):
    """Runs the explorer and returns the exit code. ``tui.__main__`` provides it."""

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


class ReplRunner(Protocol):
    """Runs the REPL and returns the exit code. ``tui.__main__`` provides it."""

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
        """Run until the user quits or the script ends."""
        ...


@dataclass
class Invocation:
    """The global options of one run. Options after the command name override those before it."""

    explore: ExplorerRunner
    repl: ReplRunner
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
        """The profile to use.

        Raises:
            SettingsError: the profile is unknown or incomplete.
        """
        return self._resolve_profile(self.piped_token())

    def _resolve_profile(self, token: TokenSource | None) -> Profile:
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
        """The token from ``--token-stdin``, read once; ``None`` without the option.

        Raises:
            SettingsError: the input is not a token.
        """
        if self.token_stdin and self._piped is None:
            from .prompts import read_token

            self._piped = read_token()
        return self._piped

    def flags(self) -> dict[str, tuple[str, object]]:
        """The settings that options override: the option and its value, by the key of the setting."""
        flags: dict[str, tuple[str, object]] = {}
        if self.profile_name is not None:
            flags["profile"] = ("--profile", self.profile_name)
        if self.demo:
            flags["profile"] = ("--demo", "sandbox")
        if self.mask:
            flags["mask"] = ("--mask", True)
        if self.theme is not None:
            flags["theme"] = ("--theme", self.theme)
        if self.read_only is not None:
            from tui.settings.setting_errors import SettingsError

            # An invalid profile is reported by the settings themselves.
            with suppress(SettingsError):
                option = "--read-only" if self.read_only else "--write"
                flags[f"profiles.{self.profile().name}.read_only"] = (option, self.read_only)
        return flags

    @cached_property
    def masks(self) -> Masks:
        """The masks of this run. They are also on if the profile cannot be read. Reads no token."""
        from tui.settings.profile_lookup import any_profile_masks
        from tui.settings.secret import FixedToken, Secret
        from tui.settings.setting_errors import SettingsError
        from tui.wiring import masks_of

        try:
            profile = self._resolve_profile(FixedToken(Secret(""), "") if self.token_stdin else None)
        except SettingsError:  # reported when the session is opened
            return masks_of(None, on=self.mask or any_profile_masks(self.folders().config_file))
        return masks_of(profile, on=self.mask)

    def folders(self) -> Folders:
        """The folders of Ordex's files."""
        from tui.settings.folders import find_folders

        return find_folders(os.environ)

    def report_settings_problem(self) -> None:
        """Report a settings file that cannot be used; the command runs without it."""
        from tui.settings.profile_lookup import check_settings
        from tui.settings.setting_errors import SettingsError

        try:
            check_settings(self.folders().config_file)
        except SettingsError as error:
            narrate(f"ordex: {error}")
            narrate("  The settings are not used, and personal data is masked. See: ordex config check")

    def coloured(self, stream: Any) -> bool:
        """Whether to write colours to a stream: the option, else NO_COLOR, CLICOLOR_FORCE, else a tty."""
        if self.color != "auto":
            return self.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("CLICOLOR_FORCE", "0") not in ("", "0"):
            return True
        return bool(stream.isatty()) and os.environ.get("TERM") != "dumb"


def _store(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def store(context: click.Context, parameter: click.Parameter, value: Any) -> None:
        if value == "":
            raise click.BadParameter("it is empty; give a value or leave the option out", context, parameter)
        if value is not None:
            setattr(context.find_object(Invocation), name, value)

    return store


def _complete_theme(_: click.Context, __: click.Parameter, typed: str) -> list[str]:
    from .completion import themes

    return themes(typed)


def _complete_profile(_: click.Context, __: click.Parameter, typed: str) -> list[str]:
    from .completion import profiles

    return profiles(typed)


def global_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the global options, which may stand before or after the name of a command."""
    stored: dict[str, Any] = {"expose_value": False, "default": None}
    options = [
        click.option(
            "--profile",
            metavar="NAME",
            callback=_store("profile_name"),
            shell_complete=_complete_profile,
            help="Use this profile.",
            **stored,
        ),
        click.option(
            "--demo", is_flag=True, callback=_store("demo"), help="Use the embedded sandbox.", **stored
        ),
        click.option(
            "--read-only/--write",
            "read_only",
            callback=_store("read_only"),
            help="Refuse or allow changes. Production is read-only unless --write is given.",
            **stored,
        ),
        click.option(
            "--token-stdin",
            is_flag=True,
            callback=_store("token_stdin"),
            help="Read the account's token from standard input.",
            **stored,
        ),
        click.option(
            "--debug",
            is_flag=True,
            callback=_store("debug"),
            help="Log each API call to stderr, without secrets.",
            **stored,
        ),
        click.option(
            "--har",
            type=click.Path(path_type=pathlib.Path, dir_okay=False),
            metavar="FILE",
            callback=_store("har"),
            help="Save all API calls to this new HAR file, without secrets.",
            **stored,
        ),
        click.option(
            "--mask",
            is_flag=True,
            callback=_store("mask"),
            help="Mask names, e-mail addresses, phone numbers and addresses everywhere.",
            **stored,
        ),
        click.option(
            "--color",
            type=click.Choice(["auto", "always", "never"]),
            callback=_store("color"),
            help="When to use colours. NO_COLOR and CLICOLOR_FORCE are respected.",
            **stored,
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def theme_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add ``--theme``, for commands that open the explorer."""
    return click.option(
        "--theme",
        metavar="NAME",
        expose_value=False,
        default=None,
        callback=_store("theme"),
        shell_complete=_complete_theme,
        help="Theme of the explorer.",
    )(command)


JSON_FORMATS = ("json", "jsonl")
