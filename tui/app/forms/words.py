"""Words that change now and then."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Words(Static):
    """A text that is laid out anew only when it says something else: a key must not move a whole form."""

    def __init__(self, words: str = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(Content(words), id=id, classes=classes)
        self._words: str | Content = words

    def say(self, words: str | Content) -> None:
        """Say something; the text is visible already."""
        if words != self._words:
            self._words = words
            self.update(Content(words) if isinstance(words, str) else words)
