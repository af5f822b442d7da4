"""Every action there is, in the order in which help lists them."""

from __future__ import annotations

from .action import Action, Danger, Scope
from .availability import (
    needs_change,
    needs_import,
    needs_jobs,
    needs_journal,
    needs_lock,
    needs_masks,
    needs_order,
    needs_order_to_write,
    needs_orders_to_write,
    needs_rows,
    needs_session,
    needs_writing,
)

_ACTIONS = (
    Action(
        "help",
        "Help",
        "Show every key and what it does.",
        ("question_mark",),
        Scope.EVERYWHERE,
        hint=2,
        command="help",
    ),
    Action("quit", "Quit", "Leave Ordex.", ("q",), Scope.EVERYWHERE, hint=1),
    Action(
        "palette",
        "Actions",
        "Search every action by its words.",
        ("colon", "ctrl+p"),
        Scope.EVERYWHERE,
        hint=9,
        palette=False,
    ),
    Action(
        "theme",
        "Theme",
        "Choose the colours; each is shown as you move.",
        ("t",),
        Scope.EVERYWHERE,
        hint=13,
        command="--theme NAME",
    ),
    Action(
        "mask",
        "Mask",
        "Mask names, e-mails, phones and addresses in all that is shown, copied and exported; or no more.",
        ("m",),
        Scope.EVERYWHERE,
        hint=14,
        command="--mask",
    ),
    Action(
        "filter_help",
        "Filter language",
        "Show the filter language on one page, with examples.",
        (),
        Scope.EVERYWHERE,
        command="help filter",
    ),
    Action(
        "config",
        "Settings",
        "Show every setting with what says it: an option, a variable, a line of config.toml, or nobody.",
        (),
        Scope.EVERYWHERE,
        command="config",
    ),
    Action(
        "profile",
        "Profile",
        "Go on with another account; what is on the screen is closed first.",
        ("p",),
        hint=15,
        command="--profile NAME",
    ),
    Action(
        "profiles",
        "Profiles",
        "List, show, add, use or remove the accounts that the settings name.",
        (),
        Scope.EVERYWHERE,
        command="profiles",
    ),
    Action(
        "doctor",
        "Doctor",
        "Say which terminal this is, where secrets live, what works and what not; safe to paste.",
        (),
        Scope.EVERYWHERE,
        command="doctor",
    ),
    Action(
        "list",
        "All orders",
        "List orders, newest first.",
        (),
        command="list",
        unavailable=needs_session,
    ),
    Action(
        "detail",
        "Open",
        "Show one order, whole.",
        ("enter",),
        hint=3,
        command="get ID",
        unavailable=needs_order,
    ),
    Action(
        "back",
        "Back",
        "Close what was opened last: a message, the filter, the detail.",
        ("escape",),
        hint=8,
        palette=False,
    ),
    Action(
        "filter",
        "Filter",
        "Show only the loaded orders that match, as you type: words, or conditions such as amount>=100.",
        ("slash",),
        hint=4,
        command="list --where FILTER",
    ),
    Action(
        "sort",
        "Sort",
        "Created and updated sort on the server; any other column sorts what is loaded.",
        ("s",),
        hint=5,
        command="list --sort COLUMN",
        unavailable=needs_session,
    ),
    Action(
        "columns",
        "Columns",
        "Choose the columns and their order.",
        ("c",),
        hint=7,
        command="list --columns A,B",
    ),
    Action(
        "refresh",
        "Refresh",
        "Read the newest page and the page under the cursor again: one or two calls.",
        ("r",),
        hint=6,
    ),
    Action(
        "mark",
        "Mark",
        "Mark or unmark the order under the cursor.",
        ("space",),
        hint=11,
        unavailable=needs_order,
    ),
    Action(
        "reveal",
        "Reveal",
        "Show the field under the cursor of the open order without its mask, for ten seconds.",
        ("M",),
        hint=14,
        unavailable=needs_masks,
    ),
    Action(
        "copy",
        "Copy",
        "Copy the id, the source id or the JSON.",
        ("y",),
        hint=10,
        command="get ID --format json",
        unavailable=needs_order,
    ),
    Action(
        "new",
        "New",
        "Create an order; what would be sent is shown first.",
        ("n",),
        danger=Danger.CONFIRM,
        hint=7,
        command="create",
        unavailable=needs_writing,
    ),
    Action(
        "edit",
        "Edit",
        "Change fields of one order; the difference is shown before anything is sent.",
        ("e",),
        danger=Danger.CONFIRM,
        hint=7,
        command="update ID",
        unavailable=needs_order_to_write,
    ),
    Action(
        "duplicate",
        "Duplicate",
        "Create an order like the one under the cursor.",
        ("ctrl+n",),
        danger=Danger.CONFIRM,
        command="create --file FILE",
        unavailable=needs_order_to_write,
    ),
    Action(
        "status",
        "Status",
        "Another status for the order under the cursor, or for all marked ones: two calls an order.",
        ("S",),
        danger=Danger.UNDOABLE,
        hint=8,
        command="update ID --set status=STATUS",
        unavailable=needs_orders_to_write,
    ),
    Action(
        "undo",
        "Undo",
        "Take the last update back by another update, if nobody changed the order since.",
        ("u",),
        danger=Danger.CONFIRM,
        hint=9,
        command="undo",
        unavailable=needs_change,
    ),
    Action(
        "journal",
        "Journal",
        "Show what was changed from here, and what became of it.",
        ("U",),
        hint=14,
        command="journal",
        unavailable=needs_journal,
    ),
    Action(
        "import_orders",
        "Import",
        "Import a file of orders; the whole file is checked and the plan shown before anything is sent.",
        ("i",),
        danger=Danger.CONFIRM,
        hint=15,
        command="import FILE",
        unavailable=needs_import,
    ),
    Action(
        "export_orders",
        "Export",
        "Write orders to a file: the whole account by a job of the service, or what is shown here.",
        ("x",),
        hint=15,
        command="export",
        unavailable=needs_jobs,
    ),
    Action(
        "jobs",
        "Jobs",
        "Imports, exports and all other jobs of the account: two calls, more only while one runs.",
        ("J",),
        hint=15,
        command="jobs",
        unavailable=needs_jobs,
    ),
    Action(
        "requests",
        "Requests",
        "Every call of this session: what came of it, where its time went; copy it, repeat it, save all.",
        ("R",),
        hint=16,
        unavailable=needs_session,
    ),
    Action(
        "mappings",
        "Mappings",
        "Show or delete saved mappings, by which imports read the columns of foreign CSVs.",
        (),
        command="mappings",
        unavailable=needs_jobs,
    ),
    Action(
        "unlock",
        "Unlock",
        "Allow changes for a time on a profile that only reads, by typing its name. Again: lock at once.",
        ("W",),
        danger=Danger.TYPE_NAME,
        hint=15,
        command="--write",
        unavailable=needs_lock,
    ),
    Action(
        "repl",
        "REPL",
        "Type verbs at a prompt, with the marked orders or this one at hand; exit comes back here.",
        ("exclamation_mark",),
        hint=16,
        command="repl",
        unavailable=needs_session,
    ),
    Action(
        "next_page",
        "Next page",
        "Go to the next page of the list; it is read if it is not loaded yet: one call.",
        ("greater_than_sign",),
        hint=12,
        command="list --page N",
        unavailable=needs_session,
    ),
    Action(
        "previous_page",
        "Previous page",
        "Go to the page before.",
        ("less_than_sign",),
        hint=12,
        command="list --page N",
        unavailable=needs_rows,
    ),
    Action("focus_next", "Next pane", "Move the focus to the next pane.", ("tab",), hint=14),
    Action("focus_previous", "Previous pane", "Move the focus to the pane before.", ("shift+tab",)),
    Action("cursor_down", "Down", "One order down.", ("j", "down"), Scope.TABLE, palette=False),
    Action("cursor_up", "Up", "One order up.", ("k", "up"), Scope.TABLE, palette=False),
    Action("top", "First order", "Go to the first order.", ("g", "home"), Scope.TABLE),
    Action("bottom", "Last loaded order", "Go to the last loaded order.", ("G", "end"), Scope.TABLE),
    Action(
        "half_page_down", "Half a screen down", "Half a screen down.", ("ctrl+d",), Scope.TABLE, palette=False
    ),
    Action("half_page_up", "Half a screen up", "Half a screen up.", ("ctrl+u",), Scope.TABLE, palette=False),
    Action("page_down", "A screen down", "A screen down.", ("pagedown",), Scope.TABLE, palette=False),
    Action("page_up", "A screen up", "A screen up.", ("pageup",), Scope.TABLE, palette=False),
    Action(
        "scroll_left", "Columns to the left", "Scroll to columns on the left.", ("h", "left"), Scope.TABLE
    ),
    Action(
        "scroll_right", "Columns to the right", "Scroll to columns on the right.", ("l", "right"), Scope.TABLE
    ),
)

CATALOGUE: dict[str, Action] = {action.id: action for action in _ACTIONS}
"""Every action by id."""


def in_scope(scope: Scope) -> tuple[Action, ...]:
    """The actions whose keys are heard there."""
    return tuple(action for action in CATALOGUE.values() if action.scope is scope)


def hints() -> tuple[Action, ...]:
    """The actions of the line of key hints, most needed first."""
    return tuple(sorted((a for a in CATALOGUE.values() if a.hint), key=lambda action: action.hint))


def of_verb(name: str) -> Action:
    """The action that a verb is: the one whose command is the verb without an option.

    Raises:
        KeyError: no action is that verb.
    """
    for action in CATALOGUE.values():
        if action.command.split(" ")[0] == name and "--" not in action.command:
            return action
    raise KeyError(name)
