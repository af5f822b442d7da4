"""Which field a column fills: typed, with the fields that fit below."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui.actions.jobs.column_completion import matching_fields
from tui.app.masking import masks_at
from tui.app.modal import Modal
from tui.app.panels.standing_line import StandingLine
from tui.app.widgets.typed_line import TypedLine
from tui.jobs.importing.fields import kind_of, kinds_for
from tui.jobs.importing.mapping import unknown
from tui.terminal.visible import visible

from .mapping_draft import MappingDraft

LEFT_OUT = ""
"""What stands for no field."""


class AskField(Modal["str | None"]):
    """Ends with a field, with ``LEFT_OUT``, or with ``None`` when nothing was chosen."""

    CSS_PATH: ClassVar = ["../styles/mutation.tcss", "../styles/jobs.tcss"]
    AUTO_FOCUS = "#field"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Back"),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("tab", "complete", show=False, priority=True),
    ]

    def __init__(self, draft: MappingDraft, at: int) -> None:
        super().__init__()
        self._draft = draft
        self._column = draft.columns[at]
        self._sample = next(iter(draft.samples(at)), "")
        self._names: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """The column, the field, what fits, what is wrong, the keys."""
        with Vertical(classes="mutation whole") as box:
            box.border_title = Content(f"Which field does “{visible(self._column.header, limit=50)}” fill?")
            yield StandingLine()
            if self._sample:
                sample = masks_at(self).excerpt(self._column.path or "", self._sample)
                yield Static(Content(f"for example {visible(sample, limit=60)}"), classes="about")
            yield TypedLine(placeholder="a field, metadata.KEY, or nothing", id="field", compact=True)
            listed = OptionList(id="fields", compact=True)
            listed.can_focus = False
            yield listed
            yield Static(Content(""), id="fault")
            keys = "enter take it · ↑ ↓ choose · tab completes · esc back"
            yield Static(Content(keys), classes="keys")

    def on_mount(self) -> None:
        """Show every field, at the one it fills now."""
        self._offer("")
        now = self._column.path or LEFT_OUT
        if now in self._names:
            self.query_one("#fields", OptionList).highlighted = self._names.index(now)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        event.stop()
        self._say("")
        self._offer(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what is typed if it is a field, else the one that is chosen."""
        event.stop()
        typed = event.value.strip()
        if kind_of(typed) is not None:
            self.dismiss(typed)
        elif (chosen := self._chosen) is not None:
            self.dismiss(chosen)
        else:
            self._say(f"there is no field {unknown(typed)}")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click takes it."""
        event.stop()
        self.dismiss(self._names[event.option_index])

    def action_move(self, step: int) -> None:
        """Choose the next or the one before."""
        listed = self.query_one("#fields", OptionList)
        if step > 0:
            listed.action_cursor_down()
        else:
            listed.action_cursor_up()

    def action_complete(self) -> None:
        """Put the chosen one into the field, to go on typing."""
        if self._chosen:
            field = self.query_one("#field", Input)
            field.value = self._chosen
            field.cursor_position = len(field.value)

    def action_give_up(self) -> None:
        """Change nothing."""
        self.dismiss(None)

    @property
    def _chosen(self) -> str | None:
        at = self.query_one("#fields", OptionList).highlighted
        return self._names[at] if at is not None and at < len(self._names) else None

    def _offer(self, typed: str) -> None:
        found = matching_fields(typed, self._column.header)
        if not typed.strip():
            offered = self._draft.candidates(self._draft.columns.index(self._column))
            found = tuple(dict.fromkeys((LEFT_OUT, *offered, *found)))
        self._names = found
        listed = self.query_one("#fields", OptionList)
        listed.clear_options()
        listed.add_options([Option(self._prompt(name)) for name in self._names])
        if self._names:
            listed.highlighted = 0

    def _prompt(self, name: str) -> Content:
        if name == LEFT_OUT:
            return Content("leave this column out")
        remark = visible(", ".join(kinds_for(name)), limit=80)
        filling = self._draft.filled_by(name)
        if filling is not None and filling is not self._column:
            remark += f", filled by “{visible(filling.header, limit=40)}”"
        return Content.assemble(visible(name, limit=80), (f"  {remark}", "dim"))

    def _say(self, fault: str) -> None:
        self.query_one("#fault", Static).update(Content(visible(fault, limit=300)))
