"""Builds click commands from the registry of verbs, and runs them."""

from __future__ import annotations

import asyncio
import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from tui.actions.exit_codes import ExitCode

from .invocation import JSON_FORMATS, Invocation, global_options
from .ordex_command import OrdexCommand
from .streams import narrate, write

if TYPE_CHECKING:
    from tui.actions.printing.formats import OrdersStream
    from tui.actions.results import Result
    from tui.actions.session import Session
    from tui.actions.verb import Argument, Verb
    from tui.settings.profile import Profile
    from tui.voucherify.calls.call_log import ApiCall
    from tui.voucherify.rate_limit import Wait


COMPLETED_KINDS = ("column", "columns", "mapping", "column_map", "setting", "value", "profile")
"""Kinds of argument that Ordex completes; click or the shell completes the others."""


LARGEST_NUMBER = 2**63 - 1
"""The largest number that can be stored: the limit of arguments that have no maximum."""

_ABOUT_SETTINGS = frozenset({"config", "profiles", "doctor"})
"""Verbs that report on the settings themselves."""


def command_of(verb: Verb) -> click.Command:
    """Make the click command of a verb: its arguments, ``--format``, then the global options."""

    @global_options
    @click.pass_obj
    def callback(invocation: Invocation, /, **given: Any) -> int:
        return run_verb(invocation, verb, given)

    command = OrdexCommand(
        verb.name,
        help=verb.help,
        short_help=verb.summary,
        examples=verb.examples,
        callback=callback,
        params=[_parameter(argument) for argument in verb.arguments],
    )
    if verb.formats:
        command.params.append(
            click.Option(
                ["--format"],
                type=click.Choice(verb.formats),
                default=verb.formats[0],
                show_default=True,
                is_eager=True,
                callback=_keep_format,
            )
        )
    command.params += getattr(callback, "__click_params__", [])[::-1]
    return command


def _keep_format(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Store the format before other options are parsed: errors about them are written in it, too."""
    context.find_object(Invocation).error_format = value  # type: ignore[union-attr] # set by runner.execute
    return value


def run_verb(invocation: Invocation, verb: Verb, given: dict[str, Any]) -> int:
    """Run a verb, write its result to stdout and its messages to stderr; return the exit code.

    Raises:
        click.UsageError: an argument is invalid, and nothing was sent.
    """
    from tui.actions.printing.formats import STREAMED_FORMATS, OrdersStream
    from tui.actions.verb import InputError
    from tui.terminal.log_capture import install

    install()
    form = given.pop("format", None) or "table"
    facts = invocation.facts
    facts.may_write = verb.writes
    stream = OrdersStream(form, write, invocation.masks) if form in STREAMED_FORMATS else None
    try:
        result = asyncio.run(_run_verb(invocation, verb, given, form, stream))
    except InputError as error:
        if facts.changed_something:
            raise
        raise _usage_error(verb, error) from None
    finally:
        if stream is not None:
            stream.end()
        _report_settings_problem(invocation, verb)
    _write(invocation, result, form, data=stream is None or not stream.begun)
    if stream is not None and stream.is_lossy:
        narrate("CSV: control characters were replaced by visible ones; json and jsonl are exact")
    code = int(getattr(result, "code", None) or 0)
    return ExitCode.PARTIAL if invocation.is_har_missing and not code else code


def _report_settings_problem(invocation: Invocation, verb: Verb) -> None:
    """Report unusable settings, unless the error that ended the run or the verb itself does."""
    from tui.settings.setting_errors import SettingsError

    error = sys.exception()
    is_json_error = error is not None and invocation.error_format in JSON_FORMATS
    if verb.name in _ABOUT_SETTINGS or is_json_error or isinstance(error, SettingsError):
        return
    invocation.report_settings_problem()


async def _run_verb(
    invocation: Invocation, verb: Verb, given: dict[str, Any], form: str, stream: OrdersStream | None
) -> Result:
    from tui.actions.prompts import prompt_in_terminal
    from tui.actions.session import PendingSession
    from tui.actions.verb_context import VerbContext
    from tui.terminal.progress_line import ProgressLine
    from tui.wiring import open_session

    from .call_tracer import CallTracer, check_har_target
    from .prompts import confirm, prompt_for_token, read_stdin

    def connect(profile: Profile) -> PendingSession:
        return PendingSession(lambda: open_it(profile))

    def open_it(profile: Profile) -> Session:
        return open_session(profile, folders, on_wait=show_wait, on_call=on_call, masks=masks)

    def show_wait(wait: Wait) -> None:
        line.show(f"waiting: {wait.reason}", until=wait.until)

    def on_call(call: ApiCall) -> None:
        invocation.facts.record(call)
        tracer.record(call)

    check_har_target(invocation.har)
    masks, folders = invocation.masks, invocation.folders()
    with ProgressLine() as line:
        tracer = CallTracer(
            debug=invocation.debug, har=invocation.har, narrate=line.above(narrate), masks=masks
        )
        session = PendingSession(lambda: open_it(invocation.profile()))

        told: list[Session] = []

        async def open_asked() -> Session:
            prompt_for_token(invocation.profile())
            opened = await session.open()
            if opened.remark and not told:
                line.above(narrate)(opened.remark)
                told.append(opened)
            return opened

        async with tracer.writing(), session:
            context = VerbContext(
                open_asked,
                folders,
                narrate=line.above(narrate),
                progress=line.show,
                confirm=confirm,
                ask=prompt_in_terminal,
                read_input=None if invocation.token_stdin else read_stdin,
                token=invocation.piped_token,
                profile=invocation.profile,
                connect=connect,
                flags=invocation.flags(),
                masks=masks,
                facts=invocation.facts,
                stream=stream,
                form=form,
            )
            result = await verb.run_with(context, given)
        invocation.is_har_missing = tracer.has_failed
        return result


def _write(invocation: Invocation, result: Result, form: str, *, data: bool) -> None:
    """Write the result of a verb; without ``data`` only its messages, since the data was streamed."""
    from tui.actions.printing import written_parts
    from tui.actions.printing.table import painter
    from tui.terminal.visible import visible

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    paint = painter(coloured=invocation.coloured(sys.stdout))
    if data:
        for part in written_parts(result, form, width=width, paint=paint, masks=invocation.masks):
            write(part)
    for sentence in result.messages:
        narrate(visible(sentence))


def _usage_error(verb: Verb, error: Exception) -> click.UsageError:
    named = next((a for a in verb.arguments if a.name == getattr(error, "argument", None)), None)
    if named is None:
        return click.UsageError(str(error))
    return click.BadParameter(str(error), param_hint=named.metavar if named.positional else named.option)


def _completion(argument: Argument) -> dict[str, Any]:
    """The completion callback of an argument; none where click completes its type."""
    if argument.kind not in COMPLETED_KINDS:
        return {}

    def complete(context: click.Context, __: click.Parameter, typed: str) -> list[str]:
        from .completion import candidates

        return candidates(argument, typed, context.params)

    return {"shell_complete": complete}


def _parameter(argument: Argument) -> click.Parameter:
    if argument.positional:
        given = {} if argument.default is None else {"default": argument.default}
        return click.Argument(
            [argument.name],
            type=_type(argument),
            **given,
            required=argument.required,
            metavar=argument.metavar,
            nargs=-1 if argument.several else 1,
            **_completion(argument),
        )
    if argument.kind == "flag":
        return click.Option([argument.option, argument.name], is_flag=True, help=argument.help)
    if argument.kind == "filter":
        return click.Option(
            [argument.option, argument.name],
            help=argument.help,
            multiple=True,
            callback=_join_filters,
            metavar=argument.metavar,
        )
    return click.Option(
        [*([argument.short] if argument.short else []), argument.option, argument.name],
        type=_type(argument),
        help=argument.help,
        default=argument.default,
        show_default=argument.default is not None,
        required=argument.required,
        multiple=argument.several,
        metavar=argument.metavar,
        **_completion(argument),
    )


def _join_filters(_: click.Context, __: click.Parameter, filters: tuple[str, ...]) -> str | None:
    """Join several filters into one that requires all of them, as in the REPL."""
    return " ".join(filters) if filters else None


def _type(argument: Argument) -> click.ParamType[Any]:
    if argument.kind == "number":
        return click.IntRange(
            argument.minimum, LARGEST_NUMBER if argument.maximum is None else argument.maximum
        )
    if argument.kind == "choice":
        return click.Choice(argument.choices)
    if argument.kind == "file":
        return click.Path(dir_okay=False, allow_dash=True)
    return click.STRING
