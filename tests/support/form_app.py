"""A small app around the order form, with the built-in themes and drafts on the disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.app import App

from tui.app.forms.external_editor import EditText, edit_in_editor
from tui.app.forms.form_drafts import ProfileDrafts
from tui.app.forms.form_interface import FormStart, FormSubmission
from tui.app.forms.model.form_state import FormState
from tui.app.forms.model.suggestions import Suggestions
from tui.app.forms.order_form import OrderForm
from tui.app.textual_themes import register_themes, variable_defaults
from tui.jobs.changes.drafts import Drafts
from tui.settings.themes import load_themes


class FormApp(App[None]):
    """Opens one form and keeps how it ended."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        start: FormStart,
        *,
        folder: Path | None = None,
        seen: Suggestions | None = None,
        edit_text: EditText = edit_in_editor,
        theme: str = "ordex-dark",
    ) -> None:
        super().__init__()
        self.results: list[FormSubmission | None] = []
        self.drafts = Drafts(folder) if folder else None
        self.keeper = ProfileDrafts(self.drafts, "sandbox") if self.drafts else None
        self.form = OrderForm(start, seen=seen or Suggestions(), drafts=self.keeper, edit_text=edit_text)
        register_themes(self, load_themes().themes)
        self.theme = theme

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our variables, before a theme is set."""
        return variable_defaults(self.current_theme)

    def on_mount(self) -> None:
        """Open the form."""
        self.push_screen(self.form, self.results.append)

    @property
    def state(self) -> FormState:
        """What stands in the form."""
        return self.form.editing.state

    def screen_text(self) -> str:
        """What is on the screen, line by line."""
        strips: Any = self.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)
