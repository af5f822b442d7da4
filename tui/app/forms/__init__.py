"""The form of an order: creating and changing, up to the preview of what would be sent."""

from .draft_keeper import DraftKeeper
from .model.seen import Seen, gather_seen
from .order_form import OrderForm
from .start import FormResult, FormStart, Refusal

__all__ = ["DraftKeeper", "FormResult", "FormStart", "OrderForm", "Refusal", "Seen", "gather_seen"]
