"""What runs beside the table, and the ways out of it."""

from __future__ import annotations

from tui.actions.action import Action, Danger
from tui.actions.availability import (
    needs_import,
    needs_jobs,
    needs_lock,
    needs_session,
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
