"""Screens that no key leads to by itself, or only in a state of luck, each made of hostile data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.hostile import HOSTILE, HUGE
from tui.app.accounts.unlock_dialog import UnlockDialog
from tui.app.changing.bulk_status import BulkPreview, BulkProgress
from tui.app.changing.conflict_screen import ConflictScreen
from tui.app.dialogs.message_dialog import MessageDialog
from tui.app.forms.form_editor import FormEditor
from tui.app.forms.model.form_state import FormState
from tui.app.forms.model.suggestions import collect_suggestions
from tui.app.forms.person_section import PersonDialog
from tui.jobs.changes.plans import UpdatePlan
from tui.orders.changes import diff, merge

TEXTS = [text for text in HOSTILE if text not in HUGE]


def _conflicts(_: Any) -> ConflictScreen:
    mine = {"metadata": {text: "mine" + text for text in TEXTS[:20]}, "status": "PAID"}
    theirs = {"metadata": {text: "theirs" + text for text in TEXTS[:20]}, "status": "\x1b[2J"}
    base = {"id": "a\x1b[2J", "metadata": {text: text for text in TEXTS[:20]}, "status": "CREATED"}
    merged = merge(base, {**base, **mine}, {**base, **theirs})
    plan = UpdatePlan(
        token="t", order_id=base["id"], base={**base, **theirs}, intended={**base, **mine}, body={},
        changes=tuple(diff(base, {**base, **mine})), from_theirs=tuple(diff(base, {**base, **theirs})),
        merged=merged, notes=(), made_at=0.0,
    )  # fmt: skip
    return ConflictScreen(plan)


def _progress(home: Any) -> BulkProgress:
    rows = home.view.snapshot.rows[:30]
    screen = BulkProgress(rows, "PAID\x1b[2J")
    for at, text in enumerate(TEXTS[: len(rows)]):
        screen.post_message(BulkProgress.Advanced(at, text))
    screen.post_message(BulkProgress.Ended("".join(TEXTS)))
    return screen


def _person(home: Any) -> PersonDialog:
    texts = iter(TEXTS)
    person = {name: next(texts) for name in ("id", "source_id", "name", "email", "phone", "description")}
    person["address"] = {name: next(texts) for name in ("city", "country", "line_1", "state")}
    person["metadata"] = {text: text for text in TEXTS[20:40]}
    state = FormState("create", {}, {"customer": person}, modes={"customer": "new"})
    return PersonDialog(FormEditor(state, seen=collect_suggestions(home.view.snapshot.rows)), "customer")


SCENES: dict[str, Callable[[Any], Any]] = {
    "BulkPreview": lambda home: BulkPreview(
        home.view.snapshot.rows[:30], "PAID\x1b[2J", account=home.paging.session
    ),
    "ConflictScreen": _conflicts,
    "BulkProgress": _progress,
    "UnlockDialog": lambda home: UnlockDialog(home.paging.session, why="".join(TEXTS)),
    "PersonDialog": _person,
    "Report": lambda _: MessageDialog("\x1b]0;x\x07", TEXTS),
}
"""By the name of the screen; each is given the explorer's screen."""
