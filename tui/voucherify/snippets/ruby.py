"""Ruby with the vendor's SDK, the gem ``voucherify``."""

from __future__ import annotations

from .api_request import BASE_URL, EXPORT_TOKEN, KEYS, NotRepresentable, SnippetRequest
from .literals import Notation, escaped, laid_out, parameter
from .operations import OperationCall, snake

SHORT = {"\\": "\\\\", '"': '\\"', "#": "\\#", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def text(value: str) -> str:
    """A text in double quotes, in which nothing is interpolated."""
    return f'"{escaped(value, SHORT, _code)}"'


def _code(code: int) -> str:
    return f"\\u{code:04x}" if code < 0x10000 else f"\\u{{{code:x}}}"


RUBY = Notation(text, lambda key: f"{text(key)} => ", null="nil", step=2)


def write(asked: SnippetRequest) -> str:
    """The request as a Ruby script.

    Raises:
        NotRepresentable: the SDK has no method for it, or would ask for another order.
    """
    asked.check_values()
    meant = asked.meant()
    if " " in meant.identifier:
        raise NotRepresentable("the SDK for Ruby writes a space in a path as a plus")
    operation = meant.operation
    call = laid_out(
        _arguments(asked, meant),
        f"VoucherifySdk::{operation.api}Api.new.{operation.name}(",
        ")",
        indent=0,
        step=2,
    )
    base = text(asked.base_url) if asked.base_url else f"ENV.fetch('{BASE_URL}')"
    return "\n".join(
        [
            "require 'uri'",
            "require 'VoucherifySdk'",
            "",
            f"address = URI({base})",
            "VoucherifySdk.configure do |config|",
            "  config.scheme = address.scheme",
            "  config.host = [address.host, address.port].join(':')",
            "  config.base_path = address.path",
            *(f"  config.api_key['{key}'] = ENV.fetch('{name}')" for key, name in KEYS.items()),
            "end",
            "",
            f"answer = {call}",
            "p answer",
        ]
    )


def _arguments(asked: SnippetRequest, meant: OperationCall) -> list[str]:
    operation = meant.operation
    arguments = [text(meant.identifier)] if operation.identifier else []
    arguments += [f"{name}: {parameter(name, value, text)}" for name, value in asked.query]
    if asked.export_token:
        arguments.append(f"token: ENV.fetch('{EXPORT_TOKEN}')")
    if operation.body:
        arguments.append(f"{snake(operation.body)}: {RUBY.write(asked.body, 2)}")
    return arguments
