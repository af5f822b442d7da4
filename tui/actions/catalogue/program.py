"""What concerns Ordex itself and its accounts."""

from __future__ import annotations

from tui.actions.action import Action, Scope

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
