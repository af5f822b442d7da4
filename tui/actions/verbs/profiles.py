"""``profiles``: show, add, test and remove profiles."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from tui.actions.account_status import AccountStatus
from tui.actions.catalogue import of_verb
from tui.actions.exit_codes import ExitCode, exit_code
from tui.actions.printing.formats import FORMATS
from tui.actions.profiles.profile_arguments import ProfileArguments
from tui.actions.prompts import Confirmation
from tui.actions.results import DocumentsResult, DoneResult, Result
from tui.actions.verb import Argument, InputError, Verb, refuse_unused, typed_arguments
from tui.actions.verb_context import VerbContext
from tui.name_suggestions import choose_from, suggestion_for
from tui.settings.profile import BUILT_IN
from tui.settings.setting_errors import SettingsError
from tui.settings.tokens.token_sources import TOKEN_PLACES, WRITABLE_PLACES, token_place
from tui.terminal.visible import visible

if TYPE_CHECKING:
    from tui.settings.config.config_file import Config

DEEDS = ("list", "show", "add", "use", "remove")


async def run(context: VerbContext, given: Mapping[str, Any]) -> Result:
    """Run the subcommand.

    Raises:
        InputError: arguments are missing or invalid; nothing was written.
        SettingsError: the settings or a secret's place cannot be used.
    """
    arguments = typed_arguments(ProfileArguments, given)
    what = arguments.what
    if what not in ("list", "add") and arguments.name is None:
        raise InputError(f"name the profile: ordex profiles {what} NAME", argument="name")
    refuse_unused(VERB.arguments, given, _USED[what], f"{{}} has no effect on ordex profiles {what}")
    config = await asyncio.to_thread(_config, context)
    return await _DEEDS[what](context, arguments, config)


async def _list(context: VerbContext, arguments: ProfileArguments, config: Config) -> Result:
    from tui.actions.profiles.list import FIELDS, profile_rows

    del arguments
    found = profile_rows(config, os.environ, _used(context))
    return DocumentsResult(found, FIELDS, ("ordex profiles add makes one",) if not config.profiles else ())


async def _show(context: VerbContext, arguments: ProfileArguments, config: Config) -> Result:
    from tui.actions.profiles.list import profile_row

    name = _known(arguments, config, built_in=True)
    row = profile_row(name, config, os.environ, _used(context))
    return DocumentsResult([row], tuple(row), is_one=True)


async def _add(context: VerbContext, arguments: ProfileArguments, config: Config) -> Result:
    from tui.actions.profiles.list import profile_row
    from tui.actions.profiles.save import save_profile
    from tui.actions.profiles.verify import Verification, verify_account
    from tui.actions.profiles.wizard import run_wizard
    from tui.actions.prompts import PromptCancelled

    try:
        proposal = await run_wizard(context, arguments, config)
    except PromptCancelled:
        return DoneResult(("cancelled; nothing was saved",), code=ExitCode.INTERRUPTED)
    tried = Verification(("the keys are not tested",))
    if not arguments.no_test:
        if context.connect is None:
            raise InputError("no account can be reached from here; leave the test out", argument="no_test")
        context.progress("asking the account")
        tried = await verify_account(proposal.profile(config.path, os.environ), context.connect)
    outcome = "added" if proposal.former is None else "changed"
    document = {
        "outcome": outcome,
        "name": proposal.name,
        "tested": not arguments.no_test,
        "messages": list(tried.messages),
    }
    if tried.error is not None and not arguments.keep:
        lines = (*tried.messages, f"nothing is written; --keep adds “{proposal.name}” anyway")
        return DoneResult(lines, {**document, "outcome": "refused"}, code=exit_code(tried.error))
    await asyncio.to_thread(save_profile, proposal, config.path)
    now = await asyncio.to_thread(_config, context)
    row = profile_row(proposal.name, now, os.environ, None)
    how = row.get("problem") or f"it {row['rights']}; token: {row['secret']}"
    sentences = (*tried.messages, f"the profile “{proposal.name}” is {outcome}: {how}")
    return DoneResult((*sentences, *_next_steps(proposal.name, now)), {**document, "profile": row})


async def _use(context: VerbContext, arguments: ProfileArguments, config: Config) -> Result:
    from tui.actions.profiles.save import set_default_profile

    name = _known(arguments, config, built_in=True)
    await asyncio.to_thread(set_default_profile, name, config.path)
    lines = [f"“{name}” is now the default profile"]
    used = _used(context)
    if used is not None and used != name:
        lines.append(f"but “{used}” is in use here, by an option or the environment")
    return DoneResult(tuple(lines), {"outcome": "used", "name": name})


async def _remove(context: VerbContext, arguments: ProfileArguments, config: Config) -> Result:
    from tui.actions.local_copy import delete_copies
    from tui.actions.profiles.save import remove_profile

    name = _known(arguments, config)
    table = config.profiles[name]
    kept = token_place(table) in WRITABLE_PLACES
    standing = _standing(name, table)
    typed = name if standing.production else None
    agreed = arguments.confirm == name if arguments.confirm else arguments.yes and typed is None
    token = f" and its token in the {token_place(table)}" if kept else ""
    if not agreed and not await context.confirm(
        Confirmation(standing, f"Remove the profile “{name}”{token}?", typed=typed)
    ):
        return DoneResult(("not confirmed; the profile stays",), code=ExitCode.REFUSED)
    await asyncio.to_thread(remove_profile, name, table, config.path, used=config.profile == name)
    lines = [f"the profile “{name}” is removed{token.replace(' and its', ', and so is its')}"]
    if await asyncio.to_thread(delete_copies, context.folders, name):
        lines.append("the local copy of its orders is deleted")
    lines.append("its journal, drafts and history stay for an account with the same id and address")
    return DoneResult(tuple(lines), {"outcome": "removed", "name": name})


def _standing(name: str, table: Mapping[str, Any]) -> AccountStatus:
    """The account of a profile, which may be incomplete."""
    from tui.settings.addresses import account_address, account_kind

    address = account_address(table)
    kind: Literal["production", "sandbox"] = (
        "production" if account_kind(table, address) == "production" else "sandbox"
    )
    return AccountStatus(name, kind, visible(urlsplit(address).netloc), read_only=kind == "production")


_DEEDS = {"list": _list, "show": _show, "add": _add, "use": _use, "remove": _remove}


def _config(context: VerbContext) -> Config:
    from tui.settings.config.config_file import read_config

    return read_config(context.folders.config_file)


def _used(context: VerbContext) -> str | None:
    """The profile that commands use in this environment."""
    try:
        return context.profile().name
    except SettingsError:
        return None


def _known(arguments: ProfileArguments, config: Config, *, built_in: bool = False) -> str:
    name = arguments.name or ""
    if name in config.profiles or (built_in and name in BUILT_IN):
        return name
    if name in BUILT_IN:
        raise InputError(f"the profile “{name}” is built in", argument="name")
    known = [*config.profiles, *(BUILT_IN if built_in else ())]
    otherwise = choose_from(known) if known else "config.toml has none"
    raise InputError(f"there is no profile “{name}”{suggestion_for(name, known, otherwise)}", argument="name")


def _next_steps(name: str, config: Config) -> tuple[str, ...]:
    if config.profile == name:
        return ()
    return (f"ordex --profile {name} opens it; ordex profiles use {name} makes it the default",)


_USED: dict[str, tuple[str, ...]] = {
    "list": ("what",),
    "show": ("what", "name"),
    "add": (
        "what", "name", "region", "url", "kind", "auth", "app_id", "secret", "token_command",
        "token_variable", "no_test", "keep",
    ),
    "use": ("what", "name"),
    "remove": ("what", "name", "yes", "confirm"),
}  # fmt: skip
"""The arguments of each subcommand."""

VERB = Verb(
    name="profiles",
    summary=of_verb("profiles").help,
    help=(
        "List the profiles in config.toml, or show, add, use or remove one. “add” asks for what the "
        "options leave out, tries the keys with one call, and saves nothing if the service rejects them. "
        "No option takes a token: type it at the hidden prompt, pipe it in with --token-stdin, or name "
        "its place with --secret. “add” with the name of an existing profile changes it; if its address"
        " changes, its stored token is deleted. “use” makes a profile the default. “remove” also deletes "
        "its token from the keyring or file."
    ),
    run=run,
    arguments=(
        Argument(
            "what",
            "choice",
            "What to do.",
            positional=True,
            default="list",
            choices=DEEDS,
            metavar=f"[{'|'.join(DEEDS)}]",
        ),
        Argument("name", "profile", "Name of the profile.", positional=True, metavar="[NAME]"),
        Argument("region", "choice", "Region of the account.", choices=("eu", "us", "asia")),
        Argument("url", "text", "Address of the account, instead of a region.", metavar="URL"),
        Argument("kind", "choice", "Production (real orders) or sandbox.", choices=("production", "sandbox")),
        Argument(
            "auth",
            "choice",
            "Send the keys, or exchange them for OAuth access tokens.",
            choices=("keys", "oauth"),
        ),
        Argument("app_id", "text", "Application id, or OAuth client id.", metavar="ID"),
        Argument("secret", "choice", "Where the token is.", choices=TOKEN_PLACES),
        Argument(
            "token_command", "text", "Program that prints the token (run without a shell).", metavar="COMMAND"
        ),
        Argument("token_variable", "text", "Environment variable with the token.", metavar="NAME"),
        Argument("no_test", "flag", "Do not check the keys.", default=False),
        Argument("keep", "flag", "Save the profile even if the service rejects its keys.", default=False),
        Argument("yes", "flag", "Do not ask before removing.", default=False),
        Argument("confirm", "text", "Do not ask; for production: the profile's name.", metavar="NAME"),
    ),
    examples=(
        "profiles",
        "profiles add",
        "profiles add shop --region us --kind production --app-id ID --secret keyring --token-stdin < token",
        "profiles add test --kind sandbox --app-id ID --token-command 'op read op://Shop/Test/token'",
        "profiles use shop",
        "profiles remove shop",
    ),
    formats=FORMATS,
)
