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
)
