"""Actions of the application: help, settings, accounts, jobs, and moving on the screen."""

from __future__ import annotations

from tui.actions.catalogue.action import Action, Danger, Scope
from tui.actions.catalogue.availability import needs_import, needs_jobs, needs_lock, needs_rows, needs_session

PROGRAM = (
    Action(
        "help",
        "Help",
        "Show all keys.",
        ("question_mark",),
        Scope.EVERYWHERE,
        hint=2,
        command="help",
    ),
    Action("quit", "Quit", "Quit Ordex.", ("q",), Scope.EVERYWHERE, hint=1),
    Action(
        "suspend",
        "Suspend",
        "Return to the shell; fg continues. In a form, ctrl+z undoes typing: use the palette there.",
        ("ctrl+z",),
        Scope.EVERYWHERE,
    ),
    Action(
        "palette",
        "Actions",
        "Search all actions.",
        ("colon", "ctrl+p"),
        Scope.EVERYWHERE,
        hint=9,
        palette=False,
    ),
    Action(
        "theme",
        "Theme",
        "Choose a theme. Each is previewed as you move.",
        ("t",),
        Scope.EVERYWHERE,
        hint=13,
        command="--theme NAME",
    ),
    Action(
        "mask",
        "Mask",
        "Toggle masking of personal data.",
        ("m",),
        Scope.EVERYWHERE,
        hint=14,
        command="--mask",
    ),
    Action(
        "filter_help",
        "Filter language",
        "Show the filter language, with examples.",
        (),
        Scope.EVERYWHERE,
        command="help filter",
    ),
    Action(
        "config",
        "Settings",
        "Show every setting and where its value comes from.",
        (),
        Scope.EVERYWHERE,
        command="config",
    ),
    Action(
        "profile",
        "Profile",
        "Switch to another account (closes this view).",
        ("p",),
        hint=15,
        command="--profile NAME",
    ),
    Action(
        "profiles",
        "Profiles",
        "List, show, add, use or remove profiles.",
        (),
        Scope.EVERYWHERE,
        command="profiles",
    ),
    Action(
        "doctor",
        "Doctor",
        "Check terminal, settings, secrets and stored data. The report is safe to share.",
        (),
        Scope.EVERYWHERE,
        command="doctor",
    ),
)


JOBS = (
    Action(
        "import_orders",
        "Import",
        "Import orders from a file. Ordex checks the whole file and shows a plan before it sends anything.",
        ("i",),
        danger=Danger.CONFIRM,
        hint=15,
        command="import FILE",
        unavailable=needs_import,
    ),
    Action(
        "export_orders",
        "Export",
        "Export orders to a file.",
        ("x",),
        hint=15,
        command="export",
        unavailable=needs_jobs,
    ),
    Action(
        "jobs",
        "Jobs",
        "Show the imports, exports and other jobs of the account.",
        ("J",),
        hint=15,
        command="jobs",
        unavailable=needs_jobs,
    ),
    Action(
        "requests",
        "Requests",
        "Show every API call of this session: outcome, timing, content. Copy, repeat or save calls.",
        ("R",),
        hint=16,
        unavailable=needs_session,
    ),
    Action(
        "mappings",
        "Mappings",
        "Show or delete mappings: how an import reads CSV files of other systems.",
        (),
        command="mappings",
        unavailable=needs_jobs,
    ),
    Action(
        "unlock",
        "Unlock",
        "Allow changes on a read-only account for a few minutes. Press again to lock.",
        ("W",),
        danger=Danger.TYPE_NAME,
        hint=15,
        command="--write",
        unavailable=needs_lock,
    ),
    Action(
        "repl",
        "REPL",
        "Open a command prompt that knows the marked orders. exit returns here.",
        ("exclamation_mark",),
        hint=16,
        command="repl",
        unavailable=needs_session,
    ),
)


MOVING = (
    Action(
        "next_page",
        "Next page",
        "Go to the next page (one call if it is not loaded yet).",
        ("greater_than_sign",),
        hint=12,
        command="list --page N",
        unavailable=needs_session,
    ),
    Action(
        "previous_page",
        "Previous page",
        "Go to the previous page.",
        ("less_than_sign",),
        hint=12,
        command="list --page N",
        unavailable=needs_rows,
    ),
    Action("focus_next", "Next pane", "Move to the next pane.", ("tab",), hint=14),
    Action("focus_previous", "Previous pane", "Move to the previous pane.", ("shift+tab",)),
    Action("cursor_down", "Down", "Move down one order.", ("j", "down"), Scope.TABLE, palette=False),
    Action("cursor_up", "Up", "Move up one order.", ("k", "up"), Scope.TABLE, palette=False),
    Action("top", "First order", "Go to the first order.", ("g", "home"), Scope.TABLE),
    Action("bottom", "Last loaded order", "Go to the last loaded order.", ("G", "end"), Scope.TABLE),
    Action(
        "half_page_down",
        "Half a screen down",
        "Move down half a screen.",
        ("ctrl+d",),
        Scope.TABLE,
        palette=False,
    ),
    Action(
        "half_page_up", "Half a screen up", "Move up half a screen.", ("ctrl+u",), Scope.TABLE, palette=False
    ),
    Action("page_down", "A screen down", "Move down one screen.", ("pagedown",), Scope.TABLE, palette=False),
    Action("page_up", "A screen up", "Move up one screen.", ("pageup",), Scope.TABLE, palette=False),
    Action(
        "scroll_left", "Columns to the left", "Scroll to the columns on the left.", ("h", "left"), Scope.TABLE
    ),
    Action(
        "scroll_right",
        "Columns to the right",
        "Scroll to the columns on the right.",
        ("l", "right"),
        Scope.TABLE,
    ),
)
