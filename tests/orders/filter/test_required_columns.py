"""Which exported columns a filter reads."""

from datetime import UTC, datetime

from tui.orders.filter import parse, required_columns

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def test_columns_are_named_as_exports_name_them() -> None:
    """Aliases are resolved, negation and alternatives are looked into."""
    needs = required_columns(parse("total>5 (created<-7d or -metadata.channel:web) customer:c", now=NOW))
    assert needs.columns == {"total_amount", "created_at", "metadata.channel", "customer_id"}
    assert needs.beyond == ()


def test_what_no_export_holds_is_told() -> None:
    """Items and bare words cannot be answered from a file of the service."""
    needs = required_columns(parse("items>3 kettle status:paid", now=NOW))
    assert needs.columns == {"status"}
    assert needs.beyond == ("items>3", "kettle")
