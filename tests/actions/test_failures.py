"""What an error says of the run, and the exit code that follows from it."""

from __future__ import annotations

import errno
import sqlite3

import pytest

from tui.actions.exit_codes import ExitCode, exit_code
from tui.actions.failures import RunFacts, sentences
from tui.actions.verb import InputError
from tui.errors import Category, OrdexError
from tui.jobs.exporting.export_request import ExportFailed, ExportRefused
from tui.jobs.importing.import_errors import ImportRefused
from tui.voucherify.calls.call_log import ApiCall
from tui.voucherify.errors import InvalidRequest


def call(
    method: str, *, status: int | None = 200, path: str = "/v1/orders", error: str | None = None
) -> ApiCall:
    """A call that has ended so."""
    return ApiCall(1, method, path, "", status, 0.0, 0.1, 0, 0, 1, None, error)


@pytest.mark.parametrize(
    ("calls", "said"),
    [
        ([], "Nothing was sent."),
        ([call("GET")], "Nothing was sent."),
        ([call("POST", path="/v1/oauth/token")], "Nothing was sent."),
        ([call("POST", status=None, error="Unreachable")], "Nothing was sent."),
        ([call("POST", status=400)], "Nothing was changed."),
        ([call("POST", status=202)], "Voucherify accepted 1 request: POST /v1/orders."),
        ([call("POST", status=400), call("PUT")], "Voucherify accepted 1 request: PUT /v1/orders."),
        ([call("POST"), call("PUT", status=500)], "did not confirm PUT /v1/orders"),
        ([call("POST", status=None, error="TimedOut")], "it may have been carried out"),
    ],
)
def test_the_run_says_what_left_and_what_was_accepted(calls: list[ApiCall], said: str) -> None:
    """From the calls themselves, not from the kind of the error."""
    facts = RunFacts(may_write=True)
    for each in calls:
        facts.record(each)
    assert said in " ".join(sentences(ImportRefused("the disk is full"), facts))


def test_a_run_that_only_reads_does_not_mention_sending() -> None:
    """Nothing could have been sent, so that nothing was is no news."""
    assert sentences(InputError("no"), RunFacts()) == ("no",)


def test_what_a_run_leaves_behind_is_said_with_the_command_that_continues() -> None:
    """An export job stays at the service when the file cannot be written."""
    facts = RunFacts()
    facts.leaves("export exp_1", "ordex jobs download exp_1 -o FILE")
    said = sentences(ExportRefused("the disk is full"), facts)
    assert "  export exp_1 exists. Continue with: ordex jobs download exp_1 -o FILE" in said


@pytest.mark.parametrize(
    "error",
    [
        InputError("x"),
        ImportRefused("x"),
        ExportRefused("x"),
        OSError(errno.ENOSPC, "full"),
        sqlite3.Error("x"),
    ],
)
def test_wrong_usage_is_never_the_code_after_a_change(error: Exception) -> None:
    """2 means that nothing was sent; afterwards it is 9."""
    facts = RunFacts(may_write=True)
    assert exit_code(error, facts) is ExitCode.USAGE
    facts.record(call("POST", status=202))
    assert exit_code(error, facts) is ExitCode.PARTIAL


@pytest.mark.parametrize("error", [InvalidRequest(400), InputError("x"), ImportRefused("x")])
def test_wrong_usage_is_never_the_code_after_a_refused_change(error: Exception) -> None:
    """A request that the service refused was sent, although nothing was changed; a read may be repeated."""
    facts = RunFacts(may_write=True)
    facts.record(call("GET", status=400))
    assert exit_code(error, facts) is ExitCode.USAGE
    facts.record(call("POST", status=400))
    assert exit_code(error, facts) is ExitCode.NETWORK
    facts.record(call("POST", status=202))
    assert exit_code(error, facts) is ExitCode.PARTIAL


def test_a_failed_job_is_the_services_failure() -> None:
    """Also where no file was made of it."""
    assert exit_code(ExportFailed("no")) is ExitCode.NETWORK


@pytest.mark.parametrize("category", Category)
def test_every_category_has_a_code(category: Category) -> None:
    """Only what no one expects is 1."""
    code = exit_code(OrdexError("x", category=category))
    assert (code is ExitCode.UNEXPECTED) is (category is Category.UNEXPECTED)
