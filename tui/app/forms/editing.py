"""The state that a form and its dialogs share: changes, taking them back, what is wrong now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from tui.orders.amounts import DECIMALS
from tui.orders.request import FieldFault

from .model.checking import Checked, check_form
from .model.seen import Seen
from .model.state import FormState

STEPS = 200
"""Changes that can be taken back."""


class Editing:
    """One form's state over time.

    Listeners are called after every change, with whether fields show something else than the state holds,
    as after an undo.
    """

    def __init__(self, state: FormState, *, seen: Seen, decimals: int = DECIMALS) -> None:
        self.seen = seen
        self.decimals = decimals
        self.listeners: list[Callable[[bool], None]] = []
        self._state = state
        self._before: list[FormState] = []
        self._after: list[FormState] = []
        self._tag: object = None
        self._refused: dict[str, FieldFault] = {}
        self._checked: tuple[FormState, Checked] | None = None

    @property
    def state(self) -> FormState:
        """What stands in the form."""
        return self._state

    @property
    def checked(self) -> Checked:
        """The outcome of the state, worked out once for each."""
        if self._checked is None or self._checked[0] is not self._state:
            self._checked = (self._state, check_form(self._state))
        return self._checked[1]

    @property
    def faults(self) -> tuple[FieldFault, ...]:
        """What is wrong now, then what was refused and not touched since."""
        known = {fault.path for fault in self.checked.faults}
        refused = (fault for path, fault in self._refused.items() if path not in known)
        return (*self.checked.faults, *refused)

    def fault_at(self, path: str) -> FieldFault | None:
        """The fault of one field."""
        return self._by_path().get(path)

    def fault_below(self, path: str) -> FieldFault | None:
        """The first fault of a field or of anything in it."""
        inside = (f"{path}.", f"{path}[")
        return next((f for at, f in self._by_path().items() if at == path or at.startswith(inside)), None)

    def change(self, state: FormState, *, tag: object = None, reload: bool = True) -> None:
        """Take another state. Changes of one ``tag`` in a row, as of typing in one field, are one step."""
        if state is self._state:
            return
        if tag is None or tag != self._tag:
            self._before = [*self._before[-STEPS:], self._state]
        self._after.clear()
        self._tag = tag
        self._move_to(state, reload)

    def undo(self) -> bool:
        """Take the last change back; whether there was one."""
        if not self._before:
            return False
        self._after.append(self._state)
        self._tag = None
        self._move_to(self._before.pop(), reload=True)
        return True

    def redo(self) -> bool:
        """Make the change again that was taken back last; whether there was one."""
        if not self._after:
            return False
        self._before.append(self._state)
        self._tag = None
        self._move_to(self._after.pop(), reload=True)
        return True

    def start_over(self, state: FormState) -> None:
        """Take a state as if the form had been opened with it."""
        self._before.clear()
        self._after.clear()
        self._tag = None
        self._move_to(state, reload=True)

    def refuse(self, faults: Iterable[FieldFault]) -> None:
        """Show what was refused at its fields, until they are changed."""
        self._refused = {fault.path: fault for fault in faults}

    def touched(self, path: str) -> None:
        """The field was changed: what was refused of it is no longer said."""
        self._refused.pop(path, None)

    def forget_refusal(self) -> None:
        """It is going to be tried again."""
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
