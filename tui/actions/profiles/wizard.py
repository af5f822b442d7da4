"""The questions of ``profiles add``: the user is asked for everything that no option gives."""

from __future__ import annotations

import asyncio
import os
import shlex
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tui.actions.prompts import Prompt
from tui.actions.verb import InputError
from tui.settings.addresses import REGIONS, account_address, account_kind, parse_address
from tui.settings.config.config_validation import profile_name_problem
from tui.settings.setting_errors import SettingsError
from tui.settings.tokens.environment_token import profile_variable, token_variable
from tui.settings.tokens.stored_token import parse_token
from tui.settings.tokens.token_sources import TOKEN_PLACES, WRITABLE_PLACES, token_place, token_store

from .profile_arguments import ProfileArguments
from .save import ProfileDraft, draft_problems

if TYPE_CHECKING:
    from tui.actions.verb_context import VerbContext
    from tui.settings.config.config_file import Config
    from tui.settings.secret import Secret

TRIES = 3
"""How often the user is asked again after an invalid answer."""

_Check = Callable[[str], str]


async def run_wizard(context: VerbContext, arguments: ProfileArguments, config: Config) -> ProfileDraft:
    """Build a profile from the arguments, the existing profile and the answers of the user.

    Args:
        context: asks the person, and reads a token from standard input.
        arguments: what was given by options.
        config: the settings as they are.

    Raises:
        InputError: a value is missing and cannot be prompted for, or is invalid.
        GaveUp: the user cancels.
    """
    asking = _Asking(context, arguments)
    name = await asking.name()
    former = config.profiles.get(name)
    if former is not None:
        context.narrate(f"the profile “{name}” exists; press enter to keep a value")
    asking.fields = dict(former or {})
    await asking.address()
    await asking.kind()
    asking.take("auth", arguments.auth)
    await asking.app_id(name)
    await asking.place(name)
    proposal = ProfileDraft(name, asking.fields, former)
    if faults := draft_problems(config, proposal):
        raise InputError("; ".join(faults))
    token = await asking.token(proposal, config)
    return ProfileDraft(name, asking.fields, former, token)


class _Asking:
    """The questions in their order. ``fields`` grows with each answer."""

    def __init__(self, context: VerbContext, arguments: ProfileArguments) -> None:
        self._context = context
        self._arguments = arguments
        self.fields: dict[str, Any] = {}

    async def name(self) -> str:
        return await self._answer(self._arguments.name, "name", Prompt("Name of the profile"), _name)

    async def address(self) -> None:
        region, url = self._arguments.region, self._arguments.url
        if region and url:
            raise InputError("--region and --url are two addresses; give one of them", argument="url")
        now = self.fields.get("url") or self.fields.get("region")
        prompt = Prompt("Region, or an address of its own", now or "eu", tuple(REGIONS))
        answer = await self._answer(region or url, "url", prompt, _region_or_address, otherwise=now or "eu")
        for key in ("region", "url"):
            self.fields.pop(key, None)
        self.fields["region" if answer in REGIONS else "url"] = answer

    async def kind(self) -> None:
        now = account_kind(self.fields, account_address(self.fields))
        prompt = Prompt("Kind of account", now, ("production", "sandbox"))
        given = self._arguments.kind
        self.fields["kind"] = await self._answer(
            given, "kind", prompt, _one_of(*prompt.choices), otherwise=now
        )

    def take(self, name: str, value: str | None) -> None:
        """Take an argument that has no question."""
        if value:
            self.fields[name] = value

    async def app_id(self, name: str) -> None:
        given, variable = self._arguments.app_id, profile_variable(name, "APP_ID")
        oauth = self.fields.get("auth") == "oauth"
        prompt = Prompt(
            "Id of the OAuth client" if oauth else "Application id", self.fields.get("app_id", "")
        )
        if given is None and not prompt.default and os.environ.get(variable, "").strip():
            self._context.narrate(f"the application's id is in {variable}")
            return
        now = prompt.default or None
        self.fields["app_id"] = await self._answer(given, "app_id", prompt, _no_blanks, otherwise=now)

    async def place(self, name: str) -> None:
        self.take("token_variable", self._arguments.token_variable)
        if self._arguments.token_command:
            self.fields["token_command"] = _command(self._arguments.token_command)
        place = self._arguments.secret or ("command" if self._arguments.token_command else None)
        if place is None:
            now = (
                token_place(self.fields)
                if "secret" in self.fields or "token_command" in self.fields
                else None
            )
            place = now if self._arguments.token_variable is None else now or "environment"
            place = await self._asked_place(name, place)
        self.fields["secret"] = place
        if place != "command":
            self.fields.pop("token_command", None)
        elif "token_command" not in self.fields:
            prompt = Prompt("Program that prints the token, with its arguments")
            line = await self._answer(None, "token_command", prompt, lambda line: shlex.join(_command(line)))
            self.fields["token_command"] = _command(line)

    async def _asked_place(self, name: str, now: str | None) -> str:
        from tui.settings.tokens.keyring_token import keyring_problem

        absent = await asyncio.to_thread(keyring_problem)
        variable = token_variable(name, self.fields)
        for place, description in (
            ("keyring", "the system's keyring" + (", which cannot be used here" if absent else "")),
            ("command", "a program prints it, such as op or pass"),
            ("environment", f"the variable {variable}"),
            ("prompt", "nowhere: you type it at each start"),
            ("file", "a file of yours, in plain text"),
        ):
            self._context.narrate(f"  {place:12} {description}")
        if absent:
            self._context.narrate(f"  {absent}")
        prompt = Prompt("Where the token is", now or ("prompt" if absent else "keyring"), TOKEN_PLACES)
        return await self._answer(None, "secret", prompt, _one_of(*TOKEN_PLACES), otherwise=now)

    async def token(self, proposal: ProfileDraft, config: Config) -> Secret | None:
        """The token that was given, typed or saved before; ``None`` if it is read from elsewhere."""
        given = self._context.token()
        if given is not None:
            if proposal.place not in (*WRITABLE_PLACES, "prompt"):
                message = f"a token is given, but it is stored in the {proposal.place}: choose another place"
                raise InputError(message, argument="secret")
            return given.read()
        if proposal.place not in (
            WRITABLE_PLACES if self._arguments.no_test else (*WRITABLE_PLACES, "prompt")
        ):
            return None
        kept = await asyncio.to_thread(_kept, proposal, config)
        text = "OAuth client's secret" if proposal.fields.get("auth") == "oauth" else "Token"
        stays = "; empty keeps the current one" if kept else ""
        prompt = Prompt(f"{text}, not shown while you type{stays}", hidden=True)
        tokens: list[Secret] = []

        def checked(typed: str) -> str:
            if typed or not kept:
                tokens.append(parse_token(typed, "what was typed"))
            return ""

        missing = "" if kept or proposal.place == "prompt" else None
        await self._answer(None, "token_stdin", prompt, checked, otherwise=missing)
        return tokens[-1] if tokens else kept

    async def _answer(
        self, given: str | None, argument: str, prompt: Prompt, check: _Check, *, otherwise: str | None = None
    ) -> str:
        """The value of the argument, else the user's answer, else the default for runs without a terminal."""
        if given is not None:
            return _checked(argument, given, check)
        for _ in range(TRIES):
            typed = await self._context.ask(prompt)
            if typed is None:
                break
            try:
                return check(prompt.answered(typed))
            except SettingsError as error:
                self._context.narrate(str(error))
        else:
            raise InputError("nothing is added", argument=argument)
        if otherwise is None:
            option = "a name" if argument == "name" else "--" + argument.replace("_", "-")
            raise InputError(f"cannot ask here ({prompt.text}): give {option}", argument=argument)
        return otherwise


def _kept(proposal: ProfileDraft, config: Config) -> Secret | None:
    """The token of the existing profile, if its address stays the same."""
    if (
        proposal.former is None
        or token_place(proposal.former) != proposal.place
        or proposal.place not in WRITABLE_PLACES
    ):
        return None
    store = token_store(proposal.place, proposal.name, address=proposal.address, folder=config.path.parent)
    try:
        return store.read()
    except SettingsError:
        return None


def _name(text: str) -> str:
    if problem := profile_name_problem(text):
        raise SettingsError(problem)
    return text


def _checked(argument: str, text: str, check: _Check) -> str:
    try:
        return check(text)
    except SettingsError as error:
        raise InputError(str(error), argument=argument) from None


def _region_or_address(text: str) -> str:
    return text if text in REGIONS else parse_address(text, "the address")


def _no_blanks(text: str) -> str:
    if not text or not (text.isascii() and text.isprintable()) or " " in text:
        raise SettingsError("an id is letters, digits and signs without blanks")
    return text


def _one_of(*choices: str) -> _Check:
    def check(text: str) -> str:
        near = [choice for choice in choices if choice.startswith(text)] if text else []
        if text in choices:
            return text
        if len(near) != 1:
            raise SettingsError(f"answer one of {', '.join(choices)}")
        return near[0]

    return check


def _command(line: str) -> list[str]:
    try:
        words = shlex.split(line)
    except ValueError:
        words = []
    if not words:
        text = "give the program and its arguments, as in “op read op://Shop/Test/token”"
        raise InputError(text, argument="token_command")
    return words
