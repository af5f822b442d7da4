"""Which field names mean something personal."""

from __future__ import annotations

import pytest

from tui.orders.privacy.personal_fields import kind_of


@pytest.mark.parametrize(
    "key",
    [
        "email",
        "e_mail",
        "customerEmail",
        "billing_email",
        "e-mail-address",
        "phone",
        "phoneNumber",
        "mobile",
        "contact_phone_no",
        "birthday",
        "date_of_birth",
        "dob",
        "street",
        "city",
        "postal_code",
        "zipCode",
        "postcode",
    ],
)
def test_addresses_numbers_and_days_are_personal_under_every_spelling(key: str) -> None:
    """Snake case, camel case and hyphens are one to the rule."""
    assert kind_of(key) == "value"


@pytest.mark.parametrize(
    "key", ["first_name", "lastName", "full-name", "surname", "customer_name", "recipient", "delivery_name"]
)
def test_names_of_people_are_told_from_values(key: str) -> None:
    """The words of a name are looked for too, so a name is its own kind."""
    assert kind_of(key) == "name"


@pytest.mark.parametrize("key", ["address", "shipping_address", "billingAddress", "address_line_1"])
def test_everything_below_an_address_is_personal(key: str) -> None:
    """An address is a whole, whatever its parts are called."""
    assert kind_of(key) == "tree"


@pytest.mark.parametrize(
    "key",
    ["", "name", "channel", "status", "email_opt_in", "product_name", "amount", "emailed", "gift", "state"],
)
def test_other_names_are_not(key: str) -> None:
    """What only resembles a personal field is left alone; ``name`` depends on whose it is."""
    assert kind_of(key) == ""
