"""What can be exported: the columns and orders of each kind of object, and the check of a request.

The sandbox holds orders only; an export of anything else is taken as the service takes it and has no rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tui.orders.order_fields import exportable_names
from tui.sandbox.http.error_responses import invalid_export_fields, invalid_payload
from tui.sandbox.jobs.export_filters import check_filters
from tui.sandbox.wire import Document


@dataclass(frozen=True, slots=True)
class Exportable:
    """The columns of an export in the contract's order, the columns it sorts by, those it has by default."""

    fields: tuple[str, ...]
    sorts: tuple[str, ...]
    default: tuple[str, ...]
    blank_order: bool = False
    """Whether ``order: ""`` is taken (old jobs carry it)."""
    metadata: bool = False
    """Whether ``metadata.X`` is a column too."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


EXPORTABLE = {
    "voucher": Exportable(
        _words(
            "code voucher_type value formula discount_type campaign category start_date expiration_date"
            " gift_balance loyalty_balance redemption_quantity redemption_count active qr_code bar_code"
            " metadata id is_referral_code created_at updated_at validity_timeframe_interval"
            " validity_timeframe_duration validity_day_of_week discount_amount_limit campaign_id"
            " additional_info customer_id discount_effect discount_unit_type discount_unit_effect"
            " validation_rules_id customer_source_id"
        ),
        _words("created_at updated_at code"),
        _words("id code voucher_type value"),
    ),
    "redemption": Exportable(
        _words(
            "id object date voucher_code campaign promotion_tier_id customer_id customer_source_id"
            " customer_name tracking_id order_id order_amount gift_amount loyalty_points result failure_code"
            " failure_message metadata"
        ),
        _words("id voucher_code tracking_id customer_id created_at"),
        _words("id object voucher_code customer_id date result"),
    ),
    "customer": Exportable(
        _words(
            "name id description email source_id created_at address_city address_state address_line_1"
            " address_line_2 address_country address_postal_code redemptions_total_redeemed"
            " redemptions_total_failed redemptions_total_succeeded redemptions_total_rolled_back"
            " redemptions_total_rollback_failed redemptions_total_rollback_succeeded orders_total_amount"
            " orders_total_count orders_average_amount orders_last_order_amount orders_last_order_date"
            " loyalty_points loyalty_referred_customers updated_at phone birthday metadata birthdate"
        ),
        _words("name id email source_id created_at updated_at"),
        _words("name source_id"),
        blank_order=True,
    ),
    "publication": Exportable(
        _words("voucher_code customer_id customer_source_id date channel campaign is_winner metadata"),
        _words("id voucher_code tracking_id customer_id created_at channel"),
        _words("voucher_code customer_id date channel"),
    ),
    "order": Exportable(
        (*exportable_names(), "metadata"),
        _words("created_at updated_at status"),
        _words("id source_id status"),
        blank_order=True,
        metadata=True,
    ),
    "points_expiration": Exportable(
        _words("id campaign_id voucher_id points status expires_at"),
        _words("expires_at"),
        _words("id campaign_id voucher_id points"),
    ),
    "voucher_transactions": Exportable(
        _words(
            "id campaign_id voucher_id type source_id reason source balance amount related_transaction_id"
            " created_at details"
        ),
        _words("created_at"),
        _words("id type source_id reason balance amount created_at"),
    ),
}


def check_export(body: Any, *, exported_object: str | None = None) -> tuple[str, Document]:
    """Read an export request into what is exported and its ``parameters``, as sent.

    Args:
        body: the request's body.
        exported_object: what the path exports; ``None`` if the body says it.

    Raises:
        ErrorResponse: one of the five errors of 4.5.
    """
    if not isinstance(body, dict):
        raise invalid_payload("Payload must be object")
    exported = _exported_object(body) if exported_object is None else exported_object
    parameters = body.get("parameters", {})
    if not isinstance(parameters, dict):
        raise invalid_payload("Property .parameters must be object")
    exportable = EXPORTABLE[exported]
    _check_order(parameters, exportable)
    _check_fields(parameters, exportable)
    if "filters" in parameters:
        check_filters(parameters["filters"])
    if exported == "voucher" and not isinstance(parameters.get("campaign_id", ""), str):
        raise invalid_payload("Property .parameters.campaign_id must be string")
    return exported, parameters


def _exported_object(body: Document) -> str:
    if "exported_object" not in body:
        raise invalid_payload("Payload must have required property 'exported_object'")
    exported = body["exported_object"]
    if not isinstance(exported, str) or exported not in EXPORTABLE:
        allowed = ", ".join(EXPORTABLE)
        raise invalid_payload(
            f"Property .exported_object must be equal to one of the allowed values [ {allowed} ]"
        )
    return exported


def _check_order(parameters: Document, exportable: Exportable) -> None:
    allowed = [sign + name for name in exportable.sorts for sign in ("-", "")]
    order = parameters.get("order", allowed[0])
    if order not in [*allowed, *([""] if exportable.blank_order else [])]:
        raise invalid_payload(
            f"Property .parameters.order must be equal to one of the allowed values [ {', '.join(allowed)} ]"
        )


def _check_fields(parameters: Document, exportable: Exportable) -> None:
    fields = parameters.get("fields", [])
    if not isinstance(fields, list):
        raise invalid_payload("Property .parameters.fields must be array")
    for field in fields:
        if isinstance(field, str) and (
            field in exportable.fields
            or (exportable.metadata and field.startswith("metadata.") and field != "metadata.")
        ):
            continue
        raise invalid_export_fields(exportable.fields)
