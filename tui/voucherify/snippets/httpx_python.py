"""Python with httpx."""

from __future__ import annotations

from .api_request import BASE_URL, EXPORT_TOKEN, KEYS, SnippetRequest
from .literals import PYTHON, laid_out, text


def write(asked: SnippetRequest) -> str:
    """The request as a Python script."""
    asked.check_values()
    url = (
        text(asked.base_url + asked.path)
        if asked.base_url
        else f'os.environ["{BASE_URL}"] + {text(asked.path)}'
    )
    keys = [f'"{header}": os.environ["{name}"]' for header, name in KEYS.items()]
    arguments = [text(asked.method), url, "headers=" + laid_out(keys, "{", "}", indent=4)]
    parameters = [f"{text(name)}: {text(value)}" for name, value in asked.query]
    if asked.export_token:
        parameters.append(f'"token": os.environ["{EXPORT_TOKEN}"]')
    if parameters:
        arguments.append("params=" + laid_out(parameters, "{", "}", indent=4))
    if asked.body is not None:
        arguments.append("json=" + PYTHON.write(asked.body, 4))
    call = laid_out(arguments, "httpx.request(", ")", indent=0)
    return "\n".join(
        [
            "import os",
            "",
            "import httpx",
            "",
            f"response = {call}",
            "response.raise_for_status()",
            "print(response.text)",
        ]
    )
