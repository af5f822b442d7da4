"""What httpx raises, as errors of the tree."""

from __future__ import annotations

import socket
import ssl

import httpx
import pytest

from tests.support.clients import CANARY
from tui.voucherify import errors
from tui.voucherify.transports.concurrency_limit import translate_error


@pytest.mark.parametrize(
    ("raised", "kind", "sent"),
    [
        (httpx.ConnectError(CANARY), errors.Unreachable, False),
        (httpx.ConnectTimeout(CANARY), errors.Unreachable, False),
        (httpx.PoolTimeout(CANARY), errors.Unreachable, False),
        (httpx.ProxyError(CANARY), errors.Unreachable, False),
        (httpx.ReadTimeout(CANARY), errors.TimedOut, True),
        (httpx.WriteTimeout(CANARY), errors.TimedOut, True),
        (httpx.ReadError(CANARY), errors.CutOff, True),
        (httpx.WriteError(CANARY), errors.CutOff, True),
        (httpx.RemoteProtocolError(CANARY), errors.CutOff, True),
        (ConnectionResetError(CANARY), errors.CutOff, True),
        (httpx.DecodingError(CANARY), errors.NotJson, True),
        (httpx.LocalProtocolError(CANARY), errors.Unsendable, False),
        (httpx.UnsupportedProtocol(CANARY), errors.Unsendable, False),
        (httpx.InvalidURL(CANARY), errors.Unsendable, False),
    ],
)
def test_each_failure_has_its_error(
    raised: Exception, kind: type[errors.VoucherifyError], sent: bool
) -> None:
    """Whether the request may have been processed is known, and httpx's own text is not taken over."""
    error = translate_error(raised)
    assert type(error) is kind
    assert error.sent is sent
    assert CANARY not in f"{error} {error.hint}"


@pytest.mark.parametrize(
    ("cause", "word"),
    [
        (ssl.SSLCertVerificationError("x"), "certificate"),
        (socket.gaierror("x"), "name"),
        (ConnectionRefusedError("x"), "refused"),
        (ExceptionGroup("many", [OSError("x"), ConnectionRefusedError("y")]), "refused"),
    ],
)
def test_the_cause_of_no_connection_is_told(cause: Exception, word: str) -> None:
    """However deep it lies."""
    raised = httpx.ConnectError("All connection attempts failed")
    raised.__cause__ = OSError("z")
    raised.__cause__.__context__ = cause
    assert word in str(translate_error(raised))
