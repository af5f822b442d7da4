"""The state that a form and its dialogs share, with undo, redo and faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tui.app.forms.model.form_check import CheckedForm, check_form
from tui.app.forms.model.form_state import FormState
from tui.app.forms.model.suggestions import Suggestions
from tui.orders.amounts import DECIMALS
from tui.orders.request import FieldFault

STEPS = 200
"""Most steps of undo."""


class FormEditor:
    """The state of one form, with undo and redo.

    Listeners are called after every change with whether the fields must be reloaded, as after an undo.
    """

    def __init__(self, state: FormState, *, seen: Suggestions, decimals: int = DECIMALS) -> None:
        self.seen = seen
        self.decimals = decimals
        self.listeners: list[Callable[[bool], None]] = []
        self._state = state
        self._before: list[FormState] = []
        self._after: list[FormState] = []
        self._tag: object = None
        self._refused: dict[str, FieldFault] = {}
        self._checked: tuple[FormState, CheckedForm] | None = None

    @property
    def state(self) -> FormState:
        """The current state."""
        return self._state

    @property
    def checked(self) -> CheckedForm:
        """The checked state, cached until the state changes."""
        if self._checked is None or self._checked[0] is not self._state:
            self._checked = (self._state, check_form(self._state))
        return self._checked[1]

    @property
    def faults(self) -> tuple[FieldFault, ...]:
        """The current faults, then those reported by the service and not edited since."""
        known = {fault.path for fault in self.checked.faults}
        refused = (fault for path, fault in self._refused.items() if path not in known)
        return (*self.checked.faults, *refused)

    def fault_at(self, path: str) -> FieldFault | None:
        """The fault at a path, if any."""
        return self._by_path().get(path)

    def fault_below(self, path: str) -> FieldFault | None:
        """The first fault at a path or below it."""
        inside = (f"{path}.", f"{path}[")
        return next((f for at, f in self._by_path().items() if at == path or at.startswith(inside)), None)

    def change(self, state: FormState, *, tag: object = None, reload: bool = True) -> None:
        """Set the state. Changes with the same ``tag`` in a row, as of typing, are one undo step."""
        if state is self._state:
            return
        if tag is None or tag != self._tag:
            self._before = [*self._before[-STEPS:], self._state]
        self._after.clear()
        self._tag = tag
        self._move_to(state, reload)

    def undo(self) -> bool:
        """Undo the last change; return whether there was one."""
        if not self._before:
            return False
        self._after.append(self._state)
        self._tag = None
        self._move_to(self._before.pop(), reload=True)
        return True

    def redo(self) -> bool:
        """Redo the last undone change; return whether there was one."""
        if not self._after:
            return False
        self._before.append(self._state)
        self._tag = None
        self._move_to(self._after.pop(), reload=True)
        return True

    def start_over(self, state: FormState) -> None:
        """Set the state and clear the history."""
        self._before.clear()
        self._after.clear()
        self._tag = None
        self._move_to(state, reload=True)

    def refuse(self, faults: Iterable[FieldFault]) -> None:
        """Show faults reported by the service at their fields until they are edited."""
        self._refused = {fault.path: fault for fault in faults}

    def touched(self, path: str) -> None:
        """Drop the reported fault of a field that was edited."""
        self._refused.pop(path, None)

    def forget_refusal(self) -> None:
        """Drop all reported faults before another attempt."""
        self._refused.clear()

    def _by_path(self) -> Mapping[str, FieldFault]:
        found: dict[str, FieldFault] = {}
        for fault in self.faults:
            found.setdefault(fault.path, fault)
        return found

    def _move_to(self, state: FormState, reload: bool) -> None:
        self._state = state
        for listener in list(self.listeners):
            listener(reload)
