"""The table of fields, and that everything derives from it."""

from __future__ import annotations

from dataclasses import replace

from tui.app.forms.model.form_fields import order_form_fields
from tui.jobs.importing.mapping.import_fields import order_kinds
from tui.orders.columns import columns_of
from tui.orders.filter.filter_fields import filter_fields_of
from tui.orders.order import Order
from tui.orders.order_fields import (
    ORDER_FIELDS,
    OrderField,
    exportable_names,
    identifier_names,
    person_names,
    service_made_names,
)
from tui.orders.request import OrderRequest

TAX = OrderField(
    "tax_amount",
    "amount",
    writable=True,
    exportable=True,
    column="tax_amount",
    title="Tax",
    filter_name="tax",
    filter_help="taxes in all",
)
WITH_TAX = (*ORDER_FIELDS, TAX)


def test_the_table_has_the_fields_of_the_models() -> None:
    """An answer has all of them, a request those that are writable."""
    assert {field.name for field in ORDER_FIELDS} == Order.model_fields.keys()
    assert {field.name for field in ORDER_FIELDS if field.writable} == OrderRequest.model_fields.keys()


def test_a_new_field_is_in_every_list() -> None:
    """One row gives a field a column, a filter, a field in the form, and a place in imports and exports."""
    column = columns_of(WITH_TAX)["tax_amount"]
    assert (column.title, column.kind, column.align) == ("Tax", "amount", "right")
    filtered = filter_fields_of(WITH_TAX)["tax"]
    order = Order.read({"id": "ord_1", "tax_amount": 250})
    assert filtered.read(order) == 250
    assert column.text(order) == "2.50"
    assert (filtered.aliases, filtered.export) == (("tax_amount",), "tax_amount")
    assert exportable_names(WITH_TAX)[-1] == "tax_amount"
    assert order_kinds(WITH_TAX)["tax_amount"] == "integer"
    form_field = order_form_fields("amount", of=WITH_TAX)[-1]
    assert (form_field.path, form_field.label, form_field.kind) == (("tax_amount",), "Tax", "amount")


def test_the_form_has_the_values_that_a_user_types() -> None:
    """Items, persons and metadata have sections of their own, and the service gives the id."""
    assert [field.label for field in order_form_fields("text", "status")] == ["Source ID", "Status"]
    assert [field.label for field in order_form_fields("amount")] == ["Amount", "Discount", "Initial"]
    assert [field.label for field in order_form_fields("time")] == ["Created at"]


def test_a_field_that_the_service_makes_is_sent_by_nobody() -> None:
    """Requests and imports leave it out."""
    made = (*ORDER_FIELDS, replace(TAX, writable=False))
    assert "tax_amount" in service_made_names(made)
    assert "tax_amount" not in service_made_names(WITH_TAX)
    assert "tax_amount" not in order_kinds(made)
    assert order_form_fields("amount", of=made) == order_form_fields("amount")


def test_masks_know_identifiers_and_persons() -> None:
    """They are masked by what the table says of them."""
    payer = (OrderField("payer", "person"), OrderField("payer_id", "text", is_identifier=True))
    fields = (*ORDER_FIELDS, *payer)
    assert person_names(fields) == {"customer", "referrer", "payer"}
    assert identifier_names(fields) == {"source_id", "customer_id", "referrer_id", "payer_id"}
