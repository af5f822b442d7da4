"""The pure parts of the prompt as prompt-toolkit wants them: completer, lexer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from prompt_toolkit.completion import CompleteEvent, Completer
from prompt_toolkit.completion import Completion as Shown
from prompt_toolkit.lexers import Lexer

if TYPE_CHECKING:
    from prompt_toolkit.document import Document
    from prompt_toolkit.formatted_text import StyleAndTextTuples

    from .knowledge import Knowledge


class LineCompleter(Completer):
    """Completes from the knowledge at hand."""

    def __init__(self, knowledge: Callable[[], Knowledge]) -> None:
        self._knowledge = knowledge

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Shown]:
        """The completions at the cursor; data in them is made visible."""
        from tui.terminal.visible import visible

        from .completion import complete

        for found in complete(document.text, document.cursor_position, self._knowledge()):
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
        from .highlighting import spans

        fragments: list[tuple[str, str]] = []
        at = 0
        for span in spans(document.text):
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
