"""PHP 8.1 and later with the vendor's SDK, ``voucherify-php-sdk``."""

from __future__ import annotations

import json
from typing import Any

from .api_request import BASE_URL, EXPORT_TOKEN, KEYS, NotRepresentable, SnippetRequest
from .literals import WIDTH, escaped, laid_out, parameter
from .operations import OperationCall, camel

LARGEST = 2**63 - 1
SHORT = {"\\": "\\\\", '"': '\\"', "$": "\\$", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def text(value: str) -> str:
    """A text in double quotes, in which no variable is put in."""
    return f'"{escaped(value, SHORT, _code)}"'


def _code(code: int) -> str:
    return f"\\u{{{code:x}}}"


def document(value: Any) -> str:
    """A JSON document as an expression; objects stay objects, the empty one too."""
    line = json.dumps(value)
    shown = line if len(line) <= WIDTH else json.dumps(value, indent=4)
    plain = shown.replace("\\", "\\\\").replace("'", "\\'")
    return f"json_decode('{plain}')"


def write(asked: SnippetRequest) -> str:
    """The request as a PHP script.

    Raises:
        NotRepresentable: the SDK has no method for it, or PHP would send another body.
    """
    asked.check_values(largest=LARGEST)
    if any(key.startswith("\0") for key in asked.member_names()):
        raise NotRepresentable("PHP cannot read a JSON key that begins with a null character")
    meant = asked.meant()
    operation = meant.operation
    base = text(asked.base_url) if asked.base_url else f"getenv('{BASE_URL}')"
    api = f"(new OpenAPI\\Client\\Api\\{operation.api}Api(new GuzzleHttp\\Client(), $config))"
    call = laid_out(_arguments(asked, meant), f"{api}->{operation.camel}(", ")", indent=0)
    answer = f"{call};" if operation.method == "DELETE" else f"$answer = {call};\nprint_r($answer);"
    return "\n".join(
        [
            "<?php",
            "require_once __DIR__ . '/vendor/autoload.php';",
            "",
            "$config = OpenAPI\\Client\\Configuration::getDefaultConfiguration()",
            f"    ->setHost({base})",
            "\n".join(f"    ->setApiKey('{key}', getenv('{name}'))" for key, name in KEYS.items()) + ";",
            "",
            answer,
        ]
    )


def _arguments(asked: SnippetRequest, meant: OperationCall) -> list[str]:
    operation = meant.operation
    arguments = [text(meant.identifier)] if operation.identifier else []
    if asked.export_token:
        arguments.append(f"getenv('{EXPORT_TOKEN}')")
    arguments += [f"{camel(name)}: {parameter(name, value, text)}" for name, value in asked.query]
    if operation.body:
        arguments.append(document(asked.body))
    return arguments
