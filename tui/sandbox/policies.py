"""Every question that the API's documentation leaves open, one named field each.

A field's type lists the answers that the sandbox can give, its default is the likeliest. When a real account
answers a question, its default changes here and nothing else.
``docs/voucherify-api.md#policies-of-the-sandbox`` is generated from this file; its sections name the facts
that each policy belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Policies:
    """The sandbox's answers to the API's open questions."""

    default_list_order: Literal["-created_at", "created_at"] = "-created_at"
    """The prose says newest last, every recorded answer says newest first."""

    page_above_limit: Literal["reject", "allow"] = "reject"
    """The contract ends at page 100, but other lists of the API are known to go on."""

    updated_at_nulls: Literal["smallest", "largest"] = "smallest"
    """Where orders that were never updated go when sorting by ``updated_at``. As the smallest value
    they come last in ``-updated_at``, so that order begins with what changed last."""

    lookup: Literal["id_first", "source_id_first"] = "id_first"
    """What ``{orderId}`` means when one order's id is another one's source_id."""

    metadata_on_update: Literal["merge", "replace"] = "merge"
    """PUT is partial; a wrong "merge" loses nothing."""

    items_on_update: Literal["replace", "by_position"] = "replace"
    """Items of a request have no identity to merge on."""

    unknown_order_id: Literal["not_found", "create"] = "not_found"
    """POST with an ``id`` that no order has; it is described as the id of an existing order."""

    unknown_customer_id: Literal["not_found", "create"] = "not_found"
    """A customer or referrer named by an unknown id."""

    empty_customer: Literal["ignore", "create"] = "ignore"
    """``customer: {}`` has no data of a customer."""

    created_at_sent: Literal["honour", "ignore"] = "honour"
    """``created_at`` in a create or update; the contract lists it, so it means something."""

    amounts_below_zero: Literal["reject", "accept"] = "reject"
    """The contract says integer and names no lower bound; a negative amount has no meaning here."""

    partly_priced_items: Literal["unknown", "sum_known"] = "unknown"
    """An order's amount when only some of its items have one. A sum of a part is not the amount."""

    stored_price: Literal["used", "not_used"] = "used"
    """Whether an item without a price takes the one of the catalogue."""

    source_id_alone: Literal["reject", "keep"] = "reject"
    """An item's ``source_id`` without ``related_object``; refused on validations, so refused here."""

    import_existing: Literal["upsert", "fail_row"] = "upsert"
    """An imported order whose id or source_id exists; creating one upserts, so does importing it."""

    import_created_at: Literal["import_time", "honour"] = "import_time"
    """The request field was removed in 2025; documented as assigned by the import."""

    failed_row_reason: Literal["details", "internal_error"] = "details"
    """The one recorded row says "Internal error", sibling imports say what was wrong."""

    import_rate: float = 2000.0
    """Orders an import applies in a second."""

    export_rate: float = 20_000.0
    """Orders an export writes in a second."""

    shortest_job: float = 0.3
    """Seconds that even the smallest job runs, so that its states can be seen."""

    export_delay: float = 0.1
    """Seconds that an export stays SCHEDULED."""

    async_actions_limit: int = 10
    """Async actions on a page when ``limit`` is not given; the other lists default to 10."""

    default_export_order: Literal["-created_at", "created_at"] = "-created_at"
    """The order of rows when the export does not ask for one."""

    default_junction: Literal["and", "or"] = "and"
    """How filters on several fields combine when ``junction`` is absent."""

    text_case: Literal["sensitive", "insensitive"] = "sensitive"
    """``$contains``, ``$starts_with`` and their like; sensitive is the simple, predictable reading."""

    missing_values: Literal["match_negations", "never_match"] = "match_negations"
    """Whether ``$is_not``, ``$not_in`` and ``$not_contain`` match an order without the value."""

    csv_header: Literal["titles", "fields"] = "titles"
    """``Source ID`` as in the voucher sample, or ``source_id`` as in "fields define the headers"."""

    csv_amounts: Literal["minor_units", "decimal"] = "minor_units"
    """``7700`` by the orders table, ``7700.00`` by the voucher sample."""

    csv_metadata: Literal["column_a_key", "json_column"] = "column_a_key"
    """What the field ``metadata`` becomes; no schema is kept here, so the observed keys are."""

    csv_metadata_header: Literal["key", "path"] = "key"
    """The header of ``metadata.X``: ``X`` or the whole of it."""

    download_auth: Literal["headers_and_token", "token"] = "headers_and_token"
    """Documented with headers; an open pull request of the docs says 401 without them."""

    download_token_seconds: float = 900.0
    """How long a download link lives; "short-lived" is all that is known. Each GET makes a new one."""

    access_token_seconds: float = 900.0
    """How long an OAuth token lives; documented, and shorter where its renewal is tried."""

    download_ranges: Literal["served", "ignored"] = "served"
    """Whether a download can be resumed with ``Range``."""

    other_content_type: Literal["reject", "read"] = "reject"
    """A body that says it is not JSON; 415 is in the list of statuses, its body is not known."""

    rate_retry: Literal["window_end", "now_while_any"] = "window_end"
    """``X-Rate-Limit-Retry`` while calls are left: when the period ends, or the current time."""
