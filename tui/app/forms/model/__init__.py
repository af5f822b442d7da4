"""A form of an order, without a screen: what stands in it, what is wrong with it, what it would send."""

from .checking import Checked, check_form, intended
from .seen import Seen, SeenValue, gather_seen
from .starts import NotADraft, draft_name, edit_form, from_draft, new_form, template_form, to_draft
from .state import FormState

__all__ = [
    "Checked",
    "FormState",
    "NotADraft",
    "Seen",
    "SeenValue",
    "check_form",
    "draft_name",
    "edit_form",
    "from_draft",
    "gather_seen",
    "intended",
    "new_form",
    "template_form",
    "to_draft",
]
