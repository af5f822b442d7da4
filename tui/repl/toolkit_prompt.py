"""The prompt of a terminal, by prompt-toolkit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory, ConditionalAutoSuggest
from prompt_toolkit.completion import CompleteEvent, Completer
from prompt_toolkit.completion import Completion as Shown
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.filters import Condition
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input.typeahead import clear_typeahead
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.output.color_depth import ColorDepth
from prompt_toolkit.patch_stdout import patch_stdout
from prompt_toolkit.shortcuts import clear
from prompt_toolkit.styles import Style

from tui.actions.prompts import PromptCancelled
from tui.terminal.line_input import discard_type_ahead
from tui.terminal.visible import visible

from .history import HistoryMask, private_history
from .prompt_texts import STYLE, PromptStatus, prompt, toolbar
from .signals import on_interrupt

if TYPE_CHECKING:
    from pathlib import Path

    from prompt_toolkit.document import Document
    from prompt_toolkit.formatted_text import StyleAndTextTuples

    from tui.actions.account_status import AccountStatus
    from tui.actions.prompts import Confirmation, Prompt
    from tui.orders.privacy import Masks
    from tui.repl.completion.knowledge import Knowledge


class LineCompleter(Completer):
    """Completes from data in memory."""

    def __init__(self, knowledge: Callable[[], Knowledge]) -> None:
        self._knowledge = knowledge

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Shown]:
        """The completions at the cursor; data in them is made visible."""
        from tui.repl.completion.complete_line import complete_line
        from tui.terminal.visible import visible

        for found in complete_line(document.text, document.cursor_position, self._knowledge()):
            yield Shown(
                found.text,
                start_position=found.start - document.cursor_position,
                display=[("", visible(found.display))],
                display_meta=[("", visible(found.help or found.kind))],
            )


class LineLexer(Lexer):
    """Colours a line by its spans."""

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """The fragments of each line of the text."""
        if not document.text:
            return lambda _: []
        from tui.repl.line.highlighting import highlight_spans

        fragments: list[tuple[str, str]] = []
        at = 0
        for span in highlight_spans(document.text):
            fragments += [
                ("", document.text[at : span.start]),
                (f"class:{span.kind}", document.text[span.start : span.end]),
            ]
            at = span.end
        fragments.append(("", document.text[at:]))
        lines = _by_line(fragments)
        return lambda number: lines[number] if number < len(lines) else []


def _by_line(fragments: list[tuple[str, str]]) -> list[StyleAndTextTuples]:
    lines: list[StyleAndTextTuples] = [[]]
    for style, text in fragments:
        first, *others = text.split("\n")
        lines[-1].append((style, first))
        lines += [[(style, other)] for other in others]
    return lines


A_TICK = 1.0
"""Seconds between two checks of a lock that closes by itself."""


class ToolkitPrompt:
    """Reads lines with history, completion and colours, and asks questions."""

    def __init__(
        self,
        *,
        knowledge: Callable[[], Knowledge],
        status: Callable[[], PromptStatus],
        note: Callable[[str], None],
        vi: Callable[[], bool],
        coloured: bool,
        masks: Masks,
    ) -> None:
        self._knowledge = knowledge
        self._status = status
        self._note = note
        self._vi = vi
        self._masks = masks
        self._depth = None if coloured else ColorDepth.DEPTH_1_BIT
        self._session: PromptSession[str] | None = None
        self._history: Path | None = None

    async def read(self, standing: Callable[[], AccountStatus], history: Path) -> str:
        """Read one logical line; while the account is unlocked, the prompt shows the seconds left.

        Raises:
            EOFError: the user ends the input.
            KeyboardInterrupt: the user cancels the line.
        """
        if self._session is None or history != self._history:
            self._session, self._history = self._made(history), history
        session = self._session
        session.editing_mode = EditingMode.VI if self._vi() else EditingMode.EMACS
        late: list[bool] = []

        def interrupted() -> None:
            # A line that was accepted may wait for its completions to end: the keys are nobody's then.
            if session.app.is_running and not session.app.is_done:
                session.app.key_processor.send_sigint()
            else:
                late.append(True)

        with patch_stdout(raw=True), on_interrupt(interrupted):
            line = await session.prompt_async(
                lambda: prompt(standing(), masked=self._masks.on),
                refresh_interval=A_TICK if standing().seconds_left is not None else 0,
                handle_sigint=False,
            )
        if late:
            self._note("stopped")
            raise KeyboardInterrupt
        return line

    async def ask(self, question: Confirmation) -> bool:
        """Ask a question; ctrl-c and ctrl-d mean no.

        ``[y/N]`` appears when the question accepts an answer: keys typed earlier are dropped.
        """
        from tui.terminal.visible import visible

        for detail in question.details:
            self._note(detail)
        wanted = "[y/N]" if question.typed is None else f"Type {visible(question.typed)} to confirm:"
        asking: PromptSession[str] = PromptSession(color_depth=self._depth, style=Style.from_dict(STYLE))
        standing = question.standing
        text: StyleAndTextTuples = [
            (f"class:{standing.kind}", visible(standing.words)),
            ("", f" · {visible(question.text)}"),
        ]
        try:
            print_formatted_text(FormattedText(text), style=asking.style, color_depth=self._depth)
            await discard_type_ahead()
            clear_typeahead(asking.input)
            answer = await asking.prompt_async(f"{wanted} ")
        except (KeyboardInterrupt, EOFError):
            return False
        if question.typed is None:
            return answer.strip().lower() in ("y", "yes")
        return answer.strip() == question.typed

    async def inquire(self, prompt: Prompt) -> str | None:
        """Ask for a text in a separate prompt without history."""
        return await toolkit_answer(prompt, self._depth)

    def typed_lines(self) -> list[str]:
        """The lines typed on this profile, oldest first."""
        return list(self._session.history.get_strings()) if self._session else []

    def clear(self) -> None:
        """Clear the screen."""
        clear()

    def _made(self, history: Path) -> PromptSession[str]:
        return PromptSession(
            history=private_history(history),
            completer=LineCompleter(self._knowledge),
            complete_in_thread=True,
            complete_while_typing=True,
            lexer=LineLexer(),
            auto_suggest=ConditionalAutoSuggest(AutoSuggestFromHistory(), Condition(self._is_unmasked)),
            input_processors=[HistoryMask(self._masks)],
            bottom_toolbar=self._toolbar,
            multiline=Condition(self._wants_more),
            prompt_continuation=_continuation,
            style=Style.from_dict(STYLE),
            color_depth=self._depth,
        )

    def _is_unmasked(self) -> bool:
        """Earlier lines may hold personal data: no suggestions from them while masks are on."""
        return not self._masks.on

    def _text(self) -> str:
        return self._session.default_buffer.text if self._session else ""

    def _toolbar(self) -> StyleAndTextTuples:
        return toolbar(self._status_with(self._text()))

    def _status_with(self, text: str) -> PromptStatus:
        if not text.strip():
            return self._status()
        from dataclasses import replace

        from tui.repl.line.line_check import find_problem

        return replace(self._status(), problem=find_problem(text))

    def _wants_more(self) -> bool:
        text = self._text()
        if not text.strip():
            return False
        from tui.repl.line.statements import needs_more_input
        from tui.repl.line.vocabulary import rest_of_line

        return needs_more_input(text, rest_of_line)


def _continuation(width: int, _line: int, _wrapped: bool | int) -> str:
    return "… ".rjust(width)


async def toolkit_answer(prompt: Prompt, depth: ColorDepth | None) -> str:
    """Ask in a prompt of its own, which has no history.

    Raises:
        PromptCancelled: the user ends the input, or interrupts it.
    """
    from prompt_toolkit import PromptSession

    asking: PromptSession[str] = PromptSession(color_depth=depth)
    try:
        return await asking.prompt_async([("", f"{visible(prompt.words)}: ")], is_password=prompt.hidden)
    except (EOFError, KeyboardInterrupt):
        raise PromptCancelled from None
