"""The JSON of the API.

Numbers are read as the real service's runtime reads them (``1.0`` is ``1``), text may hold anything that
JSON can write, lone surrogates too, and answers are plain ASCII so that all of it travels.
"""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

Document = dict[str, Any]


class MalformedJson(ValueError):
    """The text is not JSON; the message gives the place."""


def decode(body: bytes | str) -> Any:
    """Read one JSON value.

    Raises:
        MalformedJson: it is not JSON, not UTF-8, nested too deeply, or holds a number that is not finite.
    """
    try:
        text = body.decode("utf-8-sig", "surrogatepass") if isinstance(body, bytes) else body
        return json.loads(text, parse_float=_number, parse_constant=_no_constant)
    except MalformedJson:
        raise
    except json.JSONDecodeError as error:
        raise MalformedJson(f"{error.msg} at line {error.lineno} column {error.colno}") from None
    except UnicodeDecodeError:
        raise MalformedJson("the body is not UTF-8") from None
    except RecursionError:
        raise MalformedJson("the body is nested too deeply") from None
    except ValueError:
        raise MalformedJson("a number has too many digits") from None


def encode(value: Any) -> str:
    """Write a value as compact ASCII JSON."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def _number(text: str) -> float | int:
    number = float(text)
    if not math.isfinite(number):
        raise MalformedJson(f"the number {text[:20]} is too large")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _no_constant(name: str) -> NoReturn:
    raise MalformedJson(f"{name} is not JSON")
