"""The command palette over the registry of actions: fuzzy over title and help, with the key shown."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui.actions.catalogue import CATALOGUE
from tui.actions.catalogue.action import Action, Situation
from tui.terminal.visible import visible

from .bindings import as_bound, command
from .modal import Dismissal


class Palette(CommandPalette):
    """Textual's own, left once."""

    def __init__(self) -> None:
        super().__init__(id="--command-palette")
        self._dismissal = Dismissal(self, super().dismiss)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave, once."""
        return self._dismissal.dismiss(result)

    def on_screen_resume(self) -> None:
        """The screen over it was closed."""
        self._dismissal.resume()


class ActionsProvider(Provider):
    """Offers every action that makes sense to search for; an unavailable one is greyed and shows the reason.

    One is run for each palette that is opened: enter may come twice before the palette is gone.
    """

    _has_run = False

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for action in self._actions():
            yield DiscoveryHit(
                self._line(Content(action.title), action), self._run(action), action.title, action.help
            )

    async def search(self, query: str) -> Hits:
        """Those whose title, or failing that help, holds the letters in order."""
        matcher = self.matcher(query)
        for action in self._actions():
            by_title = matcher.match(action.title)
            score = by_title or matcher.match(action.help) / 2
            if score > 0:
                title = matcher.highlight(action.title) if by_title else Content(action.title)
                yield Hit(score, self._line(title, action), self._run(action), action.title, action.help)

    def _actions(self) -> tuple[Action, ...]:
        return as_bound(self.app, (action for action in CATALOGUE.values() if action.palette))

    def _run(self, action: Action) -> Callable[[], Coroutine[Any, Any, None]]:
        async def run() -> None:
            if not self._has_run:
                self._has_run = True
                await self.app.run_action(command(action), self.screen)

        return run

    def _line(self, title: Content, action: Action) -> Content:
        reason = action.unavailable(getattr(self.screen, "situation", Situation()))
        if reason is None:
            return Content.assemble(title, "  ", (action.key, "dim"))
        return Content.assemble(title, "  ", action.key, f"  {visible(reason, limit=200)}").stylize("dim")
