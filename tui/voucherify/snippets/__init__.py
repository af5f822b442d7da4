"""API requests as code in other languages.

One language a file, each with ``write(asked)``. What they write is ASCII, holds no key (keys are read from
the environment) and does what the request did, or is not written at all: ``NotRepresentable`` has the reason.
"""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from .api_request import NotRepresentable, SnippetRequest, snippet_request

__all__ = ["LANGUAGES", "Language", "NotRepresentable", "SnippetRequest", "snippet", "snippet_request"]


class Language(NamedTuple):
    """A language: its name for people, what it speaks to the API with, and its module here."""

    title: str
    remark: str
    module: str


LANGUAGES: dict[str, Language] = {
    "curl": Language("curl", "for a shell", "curl"),
    "httpx": Language("Python, httpx", "without the vendor's SDK", "httpx_python"),
    "python": Language("Python, the vendor's SDK", "voucherify", "python_sdk"),
    "javascript": Language("JavaScript, the vendor's SDK", "@voucherify/sdk 3", "javascript"),
    "ruby": Language("Ruby, the vendor's SDK", "voucherify", "ruby"),
    "php": Language("PHP, the vendor's SDK", "voucherify-php-sdk", "php"),
    "java": Language("Java, the vendor's SDK", "voucherify-java-sdk", "java"),
}
"""Every language by the name that is typed."""


def snippet(language: str, asked: SnippetRequest) -> str:
    """The request in a language.

    Raises:
        KeyError: there is no such language.
        NotRepresentable: it could only be written as another request.
    """
    text: str = import_module(f"{__name__}.{LANGUAGES[language].module}").write(asked)
    return text
