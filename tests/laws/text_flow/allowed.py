"""What is shown though the walk cannot see that it is safe: each with the reason why it is."""

from __future__ import annotations

KEYS = (
    "the user's keys are checked against the names of keys when they are read (tui.actions.catalogue.keymap)"
)
FACTS = "those who show facts make them visible before they are fitted (FactsLine.render)"
WORDS = "our own page about the language, written from its registry"

ALLOWED = {
    ("tui/app/dialogs/help_pages.py", "action.keys"): KEYS,
    ("tui/app/dialogs/help_pages.py", "written(key)"): KEYS,
    ("tui/app/palette.py", "action.key"): KEYS,
    ("tui/app/panels/status_bar.py", "action.key"): KEYS,
    (
        "tui/app/terminal_io/output_filter.py",
        "segment.text",
    ): "the filter itself: what is left of the text after blanking",
    ("tui/app/panels/status_bar.py", "fact.text"): FACTS,
    ("tui/app/panels/status_bar.py", "fact.short"): FACTS,
    ("tui/app/panels/detail/detail_sections.py", "Order.model_fields"): "the names of our own model's fields",
    ("tui/app/widgets/table_painter.py", "cell.text"): "a Cell's text is looked at where the Cell is made",
    ("tui/orders/filter/filter_help.py", "_page()"): WORDS,
    ("tui/cli/help_commands.py", "context.get_help()"): "our own help of our own commands",
    ("tui/app/terminal_io/mask_filter.py", "segment.text"): "the filter itself, behind the one that blanks",
    ("tui/app/terminal_io/mask_filter.py", "cover.mask"): "a mask is made of letters of ours",
    (
        "tui/cli/verb_commands.py",
        "written_parts(result, form, width=width, paint=paint, masks=invocation.masks)",
    ): ("every output form is tried with hostile texts (tests/actions/test_hostile_output.py)"),
}
"""By file and expression."""

ALLOWED_SINKS = {
    ("tui/repl/toolkit_prompt.py", "FormattedText(text)"): "its parts are made visible where it is built",
    ("tui/repl/output.py", "self.edge.clean(text) if self.terminal else text"): (
        "what goes to a program is exact; what goes to a terminal is cleaned"
    ),
}
"""Places that may show anything, by file and expression."""
