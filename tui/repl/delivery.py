"""Where a line's result goes: the screen, the pager, a shell command or a file."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.actions.exit_codes import ExitCode
from tui.terminal.visible import visible

from .line_error import LineError

if TYPE_CHECKING:
    from tui.actions.results import Result

    from .interpreter import Interpreter
    from .lines import Line


@dataclass(frozen=True, slots=True)
class Delivery:
    """One line's way out. Made before anything is asked for, so that a file that cannot be costs no call."""

    interpreter: Interpreter
    pipe: str | None
    file: Path | None
    append: bool
    overwrite: bool = False

    @classmethod
    def of(cls, line: Line, interpreter: Interpreter) -> Delivery:
        """The way out that a line asks for.

        Raises:
            LineError: the file's name stands for nothing.
            InputError: the file cannot be written.
        """
        if line.redirect is None:
            return cls(interpreter, line.pipe, None, append=False)
        from tui.actions.output_path import check_output_path

        from .values import expanded

        word = line.redirect.file
        names = expanded(word, line.text, interpreter.memory)
        if len(names) != 1 or not names[0]:
            raise LineError("one file is wanted here", text=line.text, position=word.start)
        path = Path(names[0])
        if not word.quoted and names[0].startswith("~"):
            path = path.expanduser()
        redirect = line.redirect
        check_output_path(
            path, must_be_new=not (redirect.append or redirect.overwrite), how_to_replace="write >|"
        )
        return cls(interpreter, None, path, redirect.append, redirect.overwrite)

    @property
    def is_handed_on(self) -> bool:
        """Whether it goes to a command or a file."""
        return self.pipe is not None or self.file is not None

    async def deliver(self, result: Result, form: str | None, *, seconds: float | None) -> ExitCode:
        """Write the result's data, then say its sentences and, if given, how long it took."""
        form = form or self.interpreter.preferences.form
        if self.pipe is None and self.file is None:
            await self._print(self.interpreter.output.rendered(result, form))
            code = ExitCode.DONE
        else:
            text = self.interpreter.output.program_text(result, form or self._program_form(result))
            code = await self.deliver_text(text)
        self._account(result, seconds)
        return ExitCode(getattr(result, "code", None) or code)

    async def deliver_text(self, text: str) -> ExitCode:
        """Hand on a text as it is; on a terminal it is made visible."""
        from .shell import pipe, program_of, write_file

        if self.pipe is not None:
            code = await pipe(text, self.pipe)
            if code:
                self.interpreter.output.note(f"{program_of(self.pipe)} exited with status {code}")
            return ExitCode.USAGE if code else ExitCode.DONE
        if self.file is not None:
            await asyncio.to_thread(write_file, self.file, text, append=self.append, overwrite=self.overwrite)
            self.interpreter.output.note(f"{'appended to' if self.append else 'written to'} {self.file}")
            return ExitCode.DONE
        if self.interpreter.output.terminal:
            text = visible(text, multiline=True, limit=None)
        await self._print(text)
        return ExitCode.DONE

    def _program_form(self, result: Result) -> str:
        from tui.actions.results import DocumentsResult, OrdersResult

        from .shell import FORMATS_BY_SUFFIX

        known = FORMATS_BY_SUFFIX.get(self.file.suffix.lower()) if self.file else None
        return known or ("jsonl" if isinstance(result, OrdersResult | DocumentsResult) else "json")

    async def _print(self, text: str) -> None:
        output, preferences = self.interpreter.output, self.interpreter.preferences
        if output.interactive and output.terminal and not output.linear and preferences.pager:
            from .pager import is_taller, page, pager_command

            command = pager_command() if is_taller(text, output.height) else None
            if command and await page(output.edge.clean(text), command):
                return
        output.write(text)

    def _account(self, result: Result, seconds: float | None) -> None:
        output = self.interpreter.output
        said = list(result.account)
        if seconds is not None and output.interactive and self.interpreter.preferences.timing:
            took = f"{seconds:.1f} s"
            said = [f"{said[0]} · {took}", *said[1:]] if said else [took]
        for sentence in said:
            output.note(visible(sentence))
