"""Which file to import and how; the whole of it is checked before anything is asked."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import Worker

from tui.app.changing.armed import Clock
from tui.app.forms.choice_line import ChoiceLine
from tui.jobs.importing.options import CHUNK, ImportOptions
from tui.jobs.importing.rows import ImportRefused
from tui.terminal.visible import visible
from tui.voucherify.errors import VoucherifyError

from .file_names import FileNames, path_of
from .plan_screen import PlanScreen

if TYPE_CHECKING:
    from tui.actions.desk import Account
    from tui.jobs.importing.planning import ImportPlan
    from tui.jobs.importing.progress import ImportProgress

ASSIGN, REFUSE = "give one", "refuse the row"

ABOUT = (
    "JSON array, JSON Lines or CSV, plain or gzip, of any size. The whole file is checked first; nothing is"
    " sent before you agree."
)


class ImportScreen(ModalScreen["ImportPlan | None"]):
    """Ends with a plan that was agreed to, or ``None``."""

    CSS_PATH: ClassVar = ["../styles/form.tcss", "../styles/mutation.tcss", "../styles/jobs.tcss"]
    AUTO_FOCUS = "#file"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "check", "Check"),
        Binding("escape", "back", "Back"),
        Binding("down", "focus_next", show=False),
        Binding("up", "focus_previous", show=False),
    ]

    class Checked(Message):
        """More rows were checked."""

        def __init__(self, progress: ImportProgress) -> None:
            super().__init__()
            self.progress = progress

        def can_replace(self, message: Message) -> bool:
            """Only the newest count matters."""
            return isinstance(message, ImportScreen.Checked)

    class Planned(Message):
        """The whole file was checked."""

        def __init__(self, plan: ImportPlan) -> None:
            super().__init__()
            self.plan = plan

    class Refused(Message):
        """The file cannot be imported at all; ``words`` say why."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    def __init__(self, account: Account, *, clock: Clock) -> None:
        super().__init__()
        self._account = account
        self._clock = clock
        self._checking: Worker[None] | None = None

    def compose(self) -> ComposeResult:
        """The file, the choices, what is going on, the keys."""
        yield Static(Content(f"Import orders into {visible(self._account.name, limit=60)}"), classes="title")
        with VerticalScroll(id="fields", can_focus=False):
            yield Static(Content(ABOUT), classes="about")
            yield from _field("File", Input(id="file", suggester=FileNames(), compact=True))
            yield from _field(
                "Two rows, one source_id",
                ChoiceLine(("error", "first", "last"), required=True, id="duplicates"),
            )
            yield from _field(
                "Row without source_id", ChoiceLine((ASSIGN, REFUSE), required=True, id="nameless")
            )
            yield from _field(
                "Keep created_at as",
                Input(placeholder="a metadata key; empty: not kept", id="dates", compact=True),
            )
            yield from _field("Orders a request", Input(str(CHUNK), type="integer", id="chunk", compact=True))
        yield Static(Content(""), id="going-on")
        yield Static(
            Content("enter check the file · → completes a name · tab next · esc back"), classes="keys"
        )

    def on_mount(self) -> None:
        """The choices that are safe."""
        self.query_one("#duplicates", ChoiceLine).value = "error"
        self.query_one("#nameless", ChoiceLine).value = ASSIGN

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter checks the file, wherever it is pressed."""
        event.stop()
        self.action_check()

    def action_check(self) -> None:
        """Check the whole file; nothing is sent."""
        if self._checking is not None:
            return
        try:
            options = self._options()
        except ImportRefused as refused:
            self._say(f"{refused}. {refused.hint}")
            return
        self._say("reading the file…")
        self._checking = self.run_worker(self._check(options), group="checking")

    def action_back(self) -> None:
        """Stop checking, or leave."""
        if self._checking is not None:
            self._checking.cancel()
            self._checking = None
            self._say("stopped; nothing was sent")
        else:
            self.dismiss(None)

    def on_import_screen_checked(self, message: Checked) -> None:
        """Say how far it is."""
        if self._checking is not None:
            self._say(f"{message.progress.words()} · esc stops")

    def on_import_screen_refused(self, message: Refused) -> None:
        """Say what is wrong; everything typed stays."""
        self._checking = None
        self._say(message.words)

    def on_import_screen_planned(self, message: Planned) -> None:
        """Show what was found and ask."""
        self._checking = None
        self._say("")
        self.run_worker(self._ask(message.plan), group="asking")

    async def _check(self, options: ImportOptions) -> None:
        def told(progress: ImportProgress) -> None:
            self.post_message(self.Checked(progress))

        path = path_of(self.query_one("#file", Input).value)
        try:
            plan = await self._account.importer.plan(path, options, on_progress=told)
        except (ImportRefused, VoucherifyError) as error:
            self.post_message(self.Refused(f"{error}. {error.hint}".strip()))
        except (OSError, sqlite3.Error) as error:
            self.post_message(self.Refused(str(error)))
        else:
            self.post_message(self.Planned(plan))

    async def _ask(self, plan: ImportPlan) -> None:
        if await self.app.push_screen_wait(PlanScreen(plan, self._account, clock=self._clock)):
            self.dismiss(plan)
            return
        await self._account.importer.discard(plan.run)
        self.post_message(self.Refused("nothing was sent"))

    def _options(self) -> ImportOptions:
        if not self.query_one("#file", Input).value.strip():
            raise ImportRefused("name the file to import", hint="The right arrow completes its name.")
        chunk = self.query_one("#chunk", Input).value.strip()
        if chunk and not (chunk.isdigit() and 1 <= int(chunk) <= CHUNK):
            raise ImportRefused(f"a request holds 1 to {CHUNK:,} orders", hint="Mend “Orders a request”.")
        return ImportOptions(
            duplicates=self.query_one("#duplicates", ChoiceLine).value,  # type: ignore[arg-type] # one of them
            missing_source_id="refuse"
            if self.query_one("#nameless", ChoiceLine).value == REFUSE
            else "assign",
            keep_created_at_as=self.query_one("#dates", Input).value.strip() or None,
            chunk=int(chunk) if chunk else CHUNK,
        )

    def _say(self, words: str) -> None:
        self.query_one("#going-on", Static).update(Content(visible(words, limit=400)))


def _field(label: str, widget: Input | ChoiceLine) -> ComposeResult:
    with Horizontal(classes="field"):
        yield Static(Content(label), classes="label")
        yield widget
