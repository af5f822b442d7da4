"""The explorer: what users do to the orders they browse."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget

from tui.actions.catalogue import CATALOGUE
from tui.actions.catalogue.action import Scope, Situation
from tui.app.accounts.lock_watch import LockWatch
from tui.app.accounts.unlocking import unlock_key
from tui.app.activity import activity, watch_calls
from tui.app.bindings import as_bound, bindings
from tui.app.changing.changes import OPENING
from tui.app.changing.stage import Stage
from tui.app.leaving import Leaving
from tui.app.loading import Loading
from tui.app.masking import masks_at, shown_order
from tui.app.notes import CopyText, Notify, copy_value, tell
from tui.app.panels.filter_bar import FilterBar
from tui.app.panels.problem import Problem
from tui.app.session import OpenAccount, OpenSession, Place, Stand, ToProfile, ToRepl
from tui.orders.loaded import Fact
from tui.terminal.pluralize import pluralize

from .frame import SECTION_KEYS, DetailFactory
from .remembering import Remembering

if TYPE_CHECKING:
    from tui.app.changing.changes import OpenChanges
    from tui.app.changing.flow import Changing
    from tui.app.jobs.export_screen import ShownOrders
    from tui.app.jobs.jobs_controller import JobsController
    from tui.app.jobs.running_jobs import RunningJobs
    from tui.app.other_profiles import OtherProfiles
    from tui.app.panels.detail_pane import DetailPane
    from tui.app.type_ahead_guard import Clock
    from tui.orders.order import Order


class Copied(Message):
    """The form of ``OrderDetail.Copied``."""

    label: str
    text: str


def order_detail() -> Widget:
    """The detail pane, imported when it is first needed."""
    from tui.app.panels.detail import OrderDetail

    return OrderDetail()


class Explorer(Remembering):
    """The orders of one session, with every action of the registry."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(Scope.ORDERS), *SECTION_KEYS]

    def __init__(
        self,
        open_session: OpenSession,
        *,
        place: Place,
        copy_text: CopyText | None = None,
        notify: Notify | None = None,
        detail: DetailFactory = order_detail,
        sheets: Sequence[Path] = (),
        open_changes: OpenChanges | None = None,
        open_account: OpenAccount | None = None,
        clock: Clock = time.monotonic,
    ) -> None:
        super().__init__(open_session, place=place, detail=detail, sheets=sheets)
        self.other_profiles: OtherProfiles | None = None
        self._leaving = Leaving(self)
        self._copy_text = copy_text
        self._open_changes = open_changes
        self._stage = Stage(self, clock=clock, copy_text=copy_text, notify=notify)
        self.changing: Changing | None = None
        self._open_account = open_account
        self.jobs: JobsController | None = None
        self._actions: dict[str, Callable[[], None]] = {
            "detail": self._enter,
            "back": self._back,
            "list": self._all_orders,
            "filter": self.open_filter,
            "sort": self._choose_sort,
            "columns": self._choose_columns,
            "refresh": self._refresh_orders,
            "mark": self._mark,
            "copy": self._choose_copy,
            "reveal": self._reveal,
            "new": lambda: self._change(lambda changing: changing.create()),
            "edit": lambda: self._change(lambda changing: changing.edit(self._chosen_order())),
            "duplicate": lambda: self._change(lambda changing: changing.create(self._chosen_order())),
            "status": lambda: self._change(lambda changing: changing.set_status(self._chosen_orders())),
            "undo": lambda: self._change(lambda changing: changing.undo()),
            "journal": lambda: self._change(lambda changing: changing.show_journal()),
            "import_orders": lambda: self._with_jobs(lambda jobs: jobs.import_orders()),
            "export_orders": lambda: self._with_jobs(lambda jobs: jobs.export_orders()),
            "jobs": lambda: self._with_jobs(lambda jobs: jobs.show_jobs()),
            "requests": self._show_requests,
            "mappings": lambda: self._with_jobs(lambda jobs: jobs.show_mappings()),
            "unlock": self._unlock_or_lock,
            "profile": self._choose_profile,
            "repl": self._to_repl,
            "next_page": self._next_page,
            "previous_page": self._previous_page,
            "focus_next": lambda: self._step_focus(1),
            "focus_previous": lambda: self._step_focus(-1),
        }

    async def action_perform(self, action_id: str) -> None:
        """Do an action of the registry, or say why it cannot be done."""
        if not self._furnished:
            return
        action = CATALOGUE[action_id]
        reason = action.unavailable(self.situation)
        if reason is not None:
            if self._loading.busy and not self.loaded.is_read:
                reason = "still opening…"
            tell(self, f"{action.title}: {reason}", severity="warning")
        elif action.scope is Scope.TABLE:
            await self.table.run_action(action.id)
        else:
            self._actions[action_id]()

    @property
    def situation(self) -> Situation:
        """Where the user stands."""
        changing = self.changing
        return Situation(
            connected=self._session is not None,
            rows=len(self.loaded.rows),
            cursor=self.order is not None,
            more=self.loaded.next_page is not None,
            detail=self.detail_open,
            read_only=self._session is None or self._session.read_only,
            sealed=self._session is not None and self._session.write_lock.sealed,
            unlock_key=unlock_key(self.app),
            blocked=OPENING if changing is None else changing.blocked,
            marks=len(self.table.marks),
            masked=masks_at(self).on,
            jobs_blocked=self._jobs_blocked,
        )

    def on_loading_opened(self, message: Loading.Opened) -> None:
        """The journal is opened beside the first page."""
        session = message.session
        self._stage.session = session
        watch_calls(self.app, session.client)
        watch = LockWatch(self, session)
        session.write_lock.listen(watch.look)
        watch.look()
        self.run_worker(self._open_changing(), group="changing")
        if self._open_account is not None:
            self.run_worker(self._open_jobs(self._open_account), group="changing")

    def on_running_jobs_advanced(self) -> None:
        """A job that runs here is further."""
        self._say()

    def on_running_jobs_ended(self, message: RunningJobs.Ended) -> None:
        """A job is over: say so wherever the user is."""
        if self.jobs is not None:
            self.jobs.tell(message.job)
        self._say()

    def more_facts(self) -> Sequence[Fact]:
        """What runs in the background, too."""
        return (*super().more_facts(), *(() if self.jobs is None else self.jobs.facts()))

    async def close_session(self) -> None:
        """Stop following jobs, then let go of the session."""
        if self.jobs is not None:
            await self.jobs.running.stop()
        await super().close_session()

    def on_stage_order_written(self, message: Stage.OrderWritten) -> None:
        """Show an order as it came back from the service; a new one comes under the cursor.

        An order that is not in the table, since the list is not loaded that far, is shown beside it.
        """
        order = message.order
        known = order.key in self.loaded.by_id
        self.loaded = self.loaded.with_order(order)
        listed = order.key in self.loaded.by_id
        if listed and not known and order.updated_at is None:
            self.table.move_to_key(order.key)
        is_shown = self._placed is not None and self._placed.key == order.key
        if is_shown or (not listed and order.updated_at is None):
            self._placed = order
        self._show_order()

    def on_virtual_table_row_activated(self) -> None:
        """A double click opens the order."""
        self._enter()

    def on_order_detail_copied(self, message: Copied) -> None:
        """A value of the detail was asked for."""
        copy_value(self, self._copy_text, message.label, message.text)

    async def _open_changing(self) -> None:
        """Bring in what changes orders, which the first paint does without."""
        flow = await asyncio.to_thread(import_module, "tui.app.changing.flow")
        changing: Changing = flow.Changing(self._stage, self._open_changes, lambda: self.loaded.arranged)
        self.changing = changing
        await changing.open()

    async def _open_jobs(self, open_account: OpenAccount) -> None:
        module = await asyncio.to_thread(import_module, "tui.app.jobs.jobs_controller")
        with activity(self, "Opening the jobs"):
            account = await asyncio.to_thread(open_account)
        jobs: JobsController = module.JobsController(self._stage, account, self._on_screen)
        jobs.running.listen(self)
        self.jobs = jobs
        await jobs.offer_unfinished()

    @property
    def _jobs_blocked(self) -> str | None:
        if self._open_account is None:
            return "this explorer was opened without jobs"
        return "the jobs are being opened" if self.jobs is None else None

    def _with_jobs(self, do: Callable[[JobsController], None]) -> None:
        if self.jobs is not None:
            do(self.jobs)

    def _on_screen(self) -> ShownOrders:
        from tui.app.jobs.export_screen import ShownOrders

        marks, loaded = self.table.marks, self.loaded
        marked = [order for order in loaded.arranged if order.key in marks]
        words = pluralize(len(marked), "marked order")
        if not marked:
            of = "" if loaded.total is None else f", of {loaded.total:,} in the account"
            words = f"{pluralize(len(loaded.rows), 'order')} listed{of}"
        keys = sorted({key for order in loaded.arranged for key in order.metadata or {}})
        return ShownOrders(marked or loaded.rows, words, self._typed, tuple(keys))

    def _change(self, do: Callable[[Changing], None]) -> None:
        if self.changing is not None:
            do(self.changing)

    def _chosen_order(self) -> Order:
        """The order that is shown; only asked for where there is one."""
        order = self.order
        if order is None:
            raise LookupError("no order is under the cursor")
        return order

    def _chosen_orders(self) -> list[Order]:
        """The marked orders as they are listed, or the one under the cursor."""
        marked = [order for order in self.loaded.arranged if order.key in self.table.marks]
        return marked or [self._chosen_order()]

    def _unlock_or_lock(self) -> None:
        session = self._stage.account
        if session.read_only:
            self._stage.start_once("unlock", lambda: self._stage.may_write(""))
        else:
            session.write_lock.close()

    def _show_requests(self) -> None:
        from tui.app.inspector.inspector_screen import InspectorScreen

        session = self._session
        if session is not None:
            client, base_url = session.client, session.base_url
            self.app.push_screen(InspectorScreen(client, base_url=base_url, copy_text=self._copy_text))

    @property
    def way_out(self) -> str:
        """The key that goes on with another account, as long as nothing of this one was read."""
        if self.has_orders or self.other_profiles is None or not self.other_profiles.there_are:
            return ""
        key = as_bound(self.app, [CATALOGUE["profile"]])[0].key
        return f"{key} another profile" if key else ""

    def _choose_profile(self) -> None:
        """End, to go on with another account; nothing of this one goes along."""
        if self.other_profiles is None:
            tell(self, "This explorer was opened on one account only.", severity="warning")
            return
        from .profile_chooser import go_on_with_another

        others, leave = self.other_profiles, partial(self.leave, question="Switch to the other profile?")
        self._stage.start_once("profile", lambda: go_on_with_another(self, others, leave, self.account))

    def leave(self, wish: ToRepl | ToProfile | None, question: str) -> None:
        """End with a wish; what is under way is asked about, or waited for."""
        self._leaving.go(wish, question)

    def _to_repl(self) -> None:
        """End, to go on at a prompt with these orders; the way back leads here."""
        stand = Stand(self.loaded, self.columns, self.table.cursor)
        orders = tuple(self._chosen_orders()) if self.order is not None else ()
        self.leave(ToRepl(orders, Place(where=self._typed, stand=stand)), "Switch to the REPL?")

    def _back(self) -> None:
        bar, problem = self.query_one(FilterBar), self.query_one(Problem)
        if bar.is_open:
            self.cancel_typing()
        elif problem.is_open:
            self._close_problem()
        elif self.table.display and self.focused not in (None, self.table):
            self.table.focus()
        elif self.detail_open and not self.table.display:
            self.close_detail()
        elif self.loaded.filter is not None and not (self.detail_open and self.opened_last == "detail"):
            self._typed = ""
            self.loaded = self.loaded.with_filter(None)
        elif self.detail_open:
            self.close_detail()

    def _mark(self) -> None:
        if self.elsewhere:
            tell(self, f"Mark: {self.elsewhere}, and marks are of the table", severity="warning")
            return
        self.table.toggle_mark()
        self.table.action_cursor_down()
        self._say()

    def _reveal(self) -> None:
        if self._detail is not None:
            reason = cast("DetailPane", self._detail).reveal_field()
            if reason is not None:
                tell(self, f"Reveal: {reason}", severity="warning")

    def _choose_copy(self) -> None:
        from .copying import copy_chooser

        if self.order is not None:
            order = shown_order(self, self.order)
            chooser = copy_chooser(order, self.table.marks)
            self.app.push_screen(chooser, partial(self._copy_chosen, order))

    def _copy_chosen(self, order: Order, what: str | None) -> None:
        from .copying import copied_value

        if what is not None:
            text = copied_value(what, order, self.table.marks)
            copy_value(self, self._copy_text, what, text)
