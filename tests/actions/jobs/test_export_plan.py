"""What the service is asked for in an export, and what is filtered here."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.actions.jobs.export_plan import ExportPlan, check_detached, plan_export
from tui.actions.verb import InputError
from tui.orders.filter import parse

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def plan(text: str, *fields: str) -> ExportPlan:
    """The plan for a filter, with these fields to be written."""
    return plan_export(parse(text, now=NOW), fields or ("id",), "-created_at")


def test_a_filter_that_the_service_applies_alone_needs_nothing_here() -> None:
    """Neither more fields nor a second look."""
    found = plan("status:paid amount>=10")
    assert found.keep is None
    assert found.request.filter_fields == found.remarks == ()
    check_detached(found)


def test_fields_of_the_filter_are_downloaded_besides_those_written() -> None:
    """A nested path may be in a key of its name or in the object of its first part."""
    found = plan("metadata.shop.city:web amount>1 or metadata.qty>5", "id", "metadata.qty")
    assert found.request.fields == ("id", "metadata.qty")
    assert found.request.filter_fields == ("amount", "metadata.shop", "metadata.shop.city")
    assert found.request.parameters["fields"] == [*found.request.fields, *found.request.filter_fields]
    assert found.keep is not None
    assert found.keep({"metadata": {"qty": "6"}})
    assert found.keep({"amount": 101, "metadata": {"shop": '{"city": "web"}'}})
    assert not found.keep({"amount": 100, "metadata": {"shop.city": "web"}})


@pytest.mark.parametrize("text", ["items>3", "kettle", "metadata~web", "-items>3", "status:paid or items>3"])
def test_what_no_export_holds_is_refused(text: str) -> None:
    """Before anything is sent, with the command that can answer it."""
    with pytest.raises(InputError, match="ordex list --all --where"):
        plan(text)


def test_a_detached_export_is_refused_where_it_would_not_be_filtered_whole() -> None:
    """The parts that the service cannot apply alone are named."""
    with pytest.raises(InputError, match=r"leave out --detach, or these parts: metadata\.qty>5$"):
        check_detached(plan("status:paid metadata.qty>5"))
