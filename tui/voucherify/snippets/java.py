r"""Java 9 and later with the vendor's SDK, ``io.voucherify.client:voucherify-java-sdk``.

Escapes of the form ``\uXXXX`` are read before anything else is, so none is used for ASCII characters.
"""

from __future__ import annotations

import json
from typing import Any

from .api_request import BASE_URL, EXPORT_TOKEN, KEYS, NotRepresentable, SnippetRequest
from .literals import WIDTH, escaped, is_number, utf16
from .operations import Operation, OperationCall
from .typed_sdks import check_typed

LARGEST_INTEGER = 2**31 - 1
"""What the SDK's classes hold of an amount or a quantity."""

LARGEST = 2**53 - 1
"""What Gson keeps of a number in metadata."""

LONGEST = 60_000
"""Characters of a literal; the compiler takes 65,535 bytes."""

SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_ENUMS = {"list_orders": "ParameterOrderListOrders", "list_exports": "ParameterOrderListExports"}


def text(value: str) -> str:
    """A text in double quotes."""
    return f'"{escaped(value, SHORT, _code)}"'


def _code(code: int) -> str:
    return f"\\{code:03o}" if code < 0x80 else utf16(code)


def write(asked: SnippetRequest) -> str:
    """The request as a class with a ``main``.

    Raises:
        NotRepresentable: the SDK has no method for it, or would send another body.
    """
    asked.check_values(largest=LARGEST)
    meant = asked.meant()
    operation = meant.operation
    check_typed(operation, asked.body)
    if operation.body:
        _check_integers(asked.body)
        _check_nulls(asked.body)
    base = text(asked.base_url) if asked.base_url else f'System.getenv("{BASE_URL}")'
    call = f"new {operation.api}Api(client).{operation.camel}({', '.join(_arguments(asked, meant))})"
    body = _body(operation, asked.body)
    return "\n".join(
        [
            "import io.voucherify.client.ApiClient;",
            "import io.voucherify.client.Configuration;",
            f"import io.voucherify.client.api.{operation.api}Api;",
            "import io.voucherify.client.model.*;",
            *(["import java.time.OffsetDateTime;"] if "end_date" in dict(asked.query) else []),
            *(["import java.util.List;"] if operation.many else []),
            "",
            "public class Example {",
            "    public static void main(String[] arguments) throws Exception {",
            "        ApiClient client = Configuration.getDefaultApiClient();",
            f"        client.setBasePath({base});",
            *(
                f'        client.setAuthentication("{key}", System.getenv("{name}"));'
                for key, name in KEYS.items()
            ),
            *body,
            f"        {call};" if operation.method == "DELETE" else f"        System.out.println({call});",
            "    }",
            "}",
        ]
    )


def _body(operation: Operation, body: Any) -> list[str]:
    name = operation.body
    if not name:
        return []
    if not operation.many:
        return [f"        {name} body = {_read(name, body, 12)};"]
    elements = ",\n".join(f"            {_read(name, element, 16)}" for element in body)
    return [f"        List<{name}> body = List.of(", f"{elements});"]


def _read(name: str, document: Any, indent: int) -> str:
    line = json.dumps(document)
    shown = [line] if len(line) <= WIDTH else json.dumps(document, indent=2).split("\n")
    literals = [text(part) for part in shown]
    if sum(map(len, literals)) > LONGEST:
        raise NotRepresentable("it is too long for a literal of Java")
    space = "\n" + " " * indent
    written = literals[0] if len(literals) == 1 else space + f"{space}+ ".join(literals)
    return f"{name}.fromJson({written})"


def _arguments(asked: SnippetRequest, meant: OperationCall) -> list[str]:
    operation = meant.operation
    arguments = [text(meant.identifier)] if operation.identifier else []
    if asked.export_token:
        arguments.append(f'System.getenv("{EXPORT_TOKEN}")')
    given = dict(asked.query)
    arguments += [_parameter(operation.name, name, given.get(name)) for name in operation.parameters]
    if operation.body:
        arguments.append("body")
    return arguments


def _parameter(operation: str, name: str, value: str | None) -> str:
    if value is None:
        return "null"
    if name == "order":
        return f"{_ENUMS[operation]}.fromValue({text(value)})"
    if name == "end_date":
        return f"OffsetDateTime.parse({text(value)})"
    if not is_number(name, value):
        raise NotRepresentable(f"the SDK takes only a number for {name}")
    return value


def _check_integers(value: Any, *, free: bool = False) -> None:
    """Amounts and quantities are of 32 bits; what is in metadata is free."""
    if isinstance(value, dict):
        for key, held in value.items():
            _check_integers(held, free=free or key in ("metadata", "filters"))
    elif isinstance(value, list):
        for held in value:
            _check_integers(held, free=free)
    elif isinstance(value, int) and not free and value > LARGEST_INTEGER:
        raise NotRepresentable(
            f"it holds {value}, and the SDK for Java takes numbers up to {LARGEST_INTEGER}"
        )


def _check_nulls(body: Any) -> None:
    for element in body if isinstance(body, list) else [body]:
        for key, held in element.items():
            if held is None:
                raise NotRepresentable(f"the SDK for Java would leave out {key}, which is null")
