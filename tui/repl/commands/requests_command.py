"""``requests``: the calls of this session, each whole, as code, and once more."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui.actions.api_calls import bodies, call_filter, call_line, describe_truncation, facts, parts, took
from tui.actions.exit_codes import ExitCode
from tui.actions.masking import masked_call
from tui.actions.verb import Argument, InputError, refuse_unused
from tui.repl.line.vocabulary import CommandCall, ReplCommand
from tui.terminal.visible import visible
from tui.voucherify.snippets import LANGUAGES, NotRepresentable, snippet, snippet_request

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.actions.session import Session
    from tui.repl.interpreter import Interpreter
    from tui.voucherify.calls.call_log import ApiCall as Made

HOW = ("list", "show", "copy", "again", "har")
NONE_YET = "no call was made in this session yet"


async def requests(interpreter: Interpreter, call: CommandCall) -> ExitCode:
    """List the calls, or show, copy, repeat or save them.

    Raises:
        InputError: a call or file is missing, or the call does not allow the action.
        VoucherifyError: the repeated call fails.
    """
    what, named, language = call.given["what"], call.given["named"], call.given["as"]
    _check_given(call)
    language = language or "curl"
    account = interpreter.connection.opened
    made = () if account is None else account.client.calls.snapshot()
    if account is None or not made:
        interpreter.output.note(NONE_YET)
        return ExitCode.DONE
    if what == "list":
        _list(interpreter, made, call.given["where"] or "", call.given["limit"])
    elif what == "har":
        await _write(interpreter, made, named)
    elif what == "show":
        one = masked_call(_one(made, named), interpreter.output.masks)
        interpreter.output.write("".join(f"{line}\n" for line in _whole(one)))
    elif what == "copy":
        one = masked_call(_one(made, named), interpreter.output.masks)
        interpreter.output.write(_code(account, one, language) + "\n")
    else:
        await _again(interpreter, account, _one(made, named))
    return ExitCode.DONE


_USED: dict[str, tuple[str, ...]] = {
    "list": ("what", "where", "limit"),
    "show": ("what", "named"),
    "copy": ("what", "named", "as"),
    "again": ("what", "named"),
    "har": ("what", "named"),
}
"""The arguments that each action uses."""


def _check_given(call: CommandCall) -> None:
    """Reject arguments that the action does not use.

    Raises:
        InputError: an argument has no effect.
    """
    what, given = call.given["what"], call.given
    if what == "show" and given["as"] is not None:
        raise InputError(f"requests copy {given['named']} as {given['as']} prints it as code", argument="as")
    refuse_unused(REQUESTS.arguments, given, _USED[what], f"{{}} has no effect on requests {what}")


def _list(interpreter: Interpreter, made: Sequence[Made], where: str, limit: int) -> None:
    fits = call_filter(where)
    found = [one for one in reversed(made) if fits(one)]
    interpreter.output.write("".join(f"{_row(one)}\n" for one in found[:limit]))
    shown = min(len(found), limit)
    of = "" if shown == len(made) else f" of {len(made):,}"
    interpreter.output.note(f"{shown:,}{of} {_calls(len(made))}, newest first; show, copy or again N")


def _calls(count: int) -> str:
    return "call" if count == 1 else "calls"


def _row(one: Made) -> str:
    began = datetime.fromtimestamp(one.started_at, UTC)
    return visible(f"{one.number:>4}  {began:%Y-%m-%d %H:%M:%S}Z  {call_line(one)}")


def _one(made: Sequence[Made], named: str | None) -> Made:
    if named is None or not (named.isascii() and named.isdigit()):
        raise InputError("name the call by its number: requests lists them")
    found = next((one for one in made if one.number == int(named)), None)
    if found is None:
        raise InputError(f"there is no call {named}; {made[0].number} to {made[-1].number} are kept")
    return found


def _whole(one: Made) -> Iterator[str]:
    """Everything that is known of a call, line by line, made visible."""
    yield visible(call_line(one))
    for name, words in facts(one):
        yield visible(f"  {name:<11} {words}")
    phases = [f"{part.words} {took(part.seconds)}" for part in parts(one)]
    if phases:
        yield f"  {'Time':<11} {', '.join(phases)}"
    for title, headers in (("sent", one.request_headers), ("answered", one.response_headers)):
        for name, value in headers:
            yield visible(f"  {title}: {name}: {value}")
    for title, body in bodies(one).items():
        text = body if isinstance(body, str) else json.dumps(body, indent=2, ensure_ascii=False)
        yield f"{title}:"
        yield visible(text, multiline=True, limit=None)
    if (cut := describe_truncation(one)) is not None:
        yield cut


def _code(account: Session, one: Made, language: str) -> str:
    try:
        return visible(snippet(language, snippet_request(one, account.base_url)), multiline=True, limit=None)
    except NotRepresentable as reason:
        text = str(reason)
    raise InputError(f"call {one.number} cannot be written as {LANGUAGES[language].title}: {text}")


async def _again(interpreter: Interpreter, account: Session, one: Made) -> None:
    before = account.client.calls.made
    try:
        await account.client.repeat(one)
    finally:
        for again in account.client.calls.snapshot():
            if again.number > before:
                interpreter.output.write(f"{_row(again)}\n")


async def _write(interpreter: Interpreter, made: Sequence[Made], named: str | None) -> None:
    from tui.voucherify.calls.har import write_har

    if named is None:
        raise InputError("name the file to write: requests har FILE")
    target = _target(named)
    masks = interpreter.output.masks
    try:
        await asyncio.to_thread(lambda: write_har([masked_call(one, masks) for one in made], target))
    except FileExistsError:
        exists = True
    else:
        exists = False
    if exists:
        raise InputError(f"{target} exists; name a file that does not")
    are = "is" if len(made) == 1 else "are"
    interpreter.output.note(f"{len(made):,} {_calls(len(made))} {are} in {target}, without a secret")


def _target(named: str) -> Path:
    return Path(named).expanduser()


REQUESTS = ReplCommand(
    name="requests",
    summary="Show the calls of this session.",
    help=(
        "List the API calls of this session, newest first. show N shows one completely. copy N prints it "
        "as code in one of seven languages, with the keys as variables. again N repeats a GET, which "
        "costs a call. har FILE saves all calls. where filters the list by words that must all match: a "
        "method, a status such as 4xx, '>500ms', error, try, or a part of the address."
    ),
    run=requests,
    arguments=(
        Argument(
            "what", "choice", "What to do.", positional=True, default="list", choices=HOW, metavar="WHAT"
        ),
        Argument("named", "text", "Number of the call, or the file.", positional=True, metavar="N"),
        Argument("as", "choice", "Language for copy.  [default: curl]", choices=tuple(LANGUAGES)),
        Argument("where", "text", "List only calls that match these words."),
        Argument("limit", "number", "Number of calls.", default=20, minimum=1, maximum=1000),
    ),
    examples=(
        "requests",
        "requests where 'get >500ms'",
        "requests copy 3 as httpx",
        "requests har calls.har",
    ),
)
