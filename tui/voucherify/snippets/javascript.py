"""JavaScript with the vendor's SDK, ``@voucherify/sdk`` from version 3 on, as an ES module."""

from __future__ import annotations

from .api_request import BASE_URL, EXPORT_TOKEN, KEYS, SnippetRequest
from .literals import Notation, escaped, laid_out, parameter, utf16
from .operations import OperationCall, camel

LARGEST = 2**53 - 1
SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def text(value: str) -> str:
    """A text in double quotes."""
    return f'"{escaped(value, SHORT, utf16)}"'


def key(name: str) -> str:
    """A key of an object; the one that would set its prototype is written as a computed one."""
    return f"[{text(name)}]: " if name == "__proto__" else f"{text(name)}: "


JAVASCRIPT = Notation(text, key, step=2)


def write(asked: SnippetRequest) -> str:
    """The request as a module.

    Raises:
        NotRepresentable: the SDK has no method for it, or JavaScript would send another body.
    """
    asked.check_values(largest=LARGEST)
    meant = asked.meant()
    call = laid_out(
        _arguments(asked, meant),
        f"await new Voucherify.{meant.operation.api}Api(client).{meant.operation.camel}(",
        ")",
        indent=0,
        step=2,
    )
    base = text(asked.base_url) if asked.base_url else f"process.env.{BASE_URL}"
    return "\n".join(
        [
            'import * as Voucherify from "@voucherify/sdk"; // version 3',
            "",
            "const client = Voucherify.ApiClient.instance;",
            f"client.basePath = {base};",
            *(
                f'client.authentications["{each}"].apiKey = process.env.{name};'
                for each, name in KEYS.items()
            ),
            "",
            f"const answer = {call};",
            "console.log(answer);",
        ]
    )


def _arguments(asked: SnippetRequest, meant: OperationCall) -> list[str]:
    operation = meant.operation
    arguments = [text(meant.identifier)] if operation.identifier else []
    if asked.export_token:
        arguments.append(f"{{ token: process.env.{EXPORT_TOKEN} }}")
    options = [f"{camel(name)}: {parameter(name, value, text)}" for name, value in asked.query]
    if options:
        arguments.append(f"{{ {', '.join(options)} }}")
    if operation.body:
        arguments.append(JAVASCRIPT.write(asked.body, 2))
    return arguments
