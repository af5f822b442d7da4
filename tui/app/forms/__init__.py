"""The form of an order: creating and changing, up to the preview of what would be sent."""

from .draft_keeper import DraftKeeper
from .model.seen import Seen, gather_seen
from .model.starts import NotADraft
from .order_form import OrderForm
from .start import FormResult, FormStart

__all__ = ["DraftKeeper", "FormResult", "FormStart", "NotADraft", "OrderForm", "Seen", "gather_seen"]
