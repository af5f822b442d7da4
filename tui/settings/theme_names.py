"""The names a theme file may use: our own variables, and those of Textual's parts."""

from __future__ import annotations

REQUIRED_COLORS = ("primary", "foreground", "background")

COLORS = (
    *REQUIRED_COLORS,
    "secondary",
    "accent",
    "surface",
    "panel",
    "boost",
    "success",
    "warning",
    "error",
)
"""Keys of ``[colors]``; those not required fall back as Textual has it."""

OWN_COLORS: dict[str, tuple[str, ...]] = {
    "status-created": ("primary",),
    "status-paid": ("success", "primary"),
    "status-canceled": ("error", "primary"),
    "status-fulfilled": ("secondary", "primary"),
    "status-other": ("foreground",),
    "profile-sandbox": ("success", "primary"),
    "profile-production": ("error", "primary"),
    "mismatch": ("warning", "foreground"),
    "changed": ("warning", "foreground"),
    "marked": ("accent", "primary"),
    "muted": ("foreground",),
    "json-key": ("primary",),
    "json-string": ("success", "foreground"),
    "json-number": ("accent", "foreground"),
    "json-constant": ("secondary", "foreground"),
    "match-foreground": ("background",),
    "match-background": ("warning", "foreground"),
}
"""Our own colour variables, each with the colours that stand in when a theme leaves it out."""

OWN_STYLES = {"muted-text-style": "none"}
"""Our own text styles with what they are when left out. Terminal-native themes mute by dimming."""

_PART_COLORS = {
    "block-cursor": ("foreground", "background", "blurred-foreground", "blurred-background"),
    "border": ("", "blurred"),
    "button": ("foreground", "color-foreground"),
    "footer": (
        "foreground",
        "background",
        "item-background",
        "key-foreground",
        "key-background",
        "description-foreground",
        "description-background",
    ),
    "input": ("cursor-foreground", "cursor-background", "selection-foreground", "selection-background"),
    "link": ("color", "color-hover", "background", "background-hover"),
    "screen-selection": ("foreground", "background"),
    "scrollbar": (
        "",
        "hover",
        "active",
        "background",
        "background-hover",
        "background-active",
        "corner-color",
    ),
    "text": ("", "muted", "disabled", "primary", "secondary", "accent", "success", "warning", "error"),
}
_LONE_COLORS = ("ansi-background", "ansi-foreground", "block-hover-background", "surface-active")

PART_COLORS = (
    *(f"{part}-{kind}" if kind else part for part, kinds in _PART_COLORS.items() for kind in kinds),
    *_LONE_COLORS,
)
"""Colour variables of Textual's own parts that a theme may set."""

PART_STYLES = (
    "block-cursor-text-style",
    "block-cursor-blurred-text-style",
    "button-focus-text-style",
    "input-cursor-text-style",
    "link-style",
    "link-style-hover",
)
"""Text-style variables of Textual's own parts that a theme may set."""

STYLE_WORDS = frozenset(
    {"none", "bold", "b", "dim", "italic", "i", "reverse", "r", "strike", "underline", "u"}
)
"""Words of a text style; ``not`` may stand before each."""
