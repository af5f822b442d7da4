"""What concerns Ordex itself and its accounts."""

from __future__ import annotations

from tui.actions.action import Action, Scope

PROGRAM = (
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
        "suspend",
        "Suspend",
        "Return to the shell; fg continues. In a form ctrl+z takes back what was typed: use the palette.",
        ("ctrl+z",),
        Scope.EVERYWHERE,
    ),
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
)
