"""The string literals of programs in Ruby, PHP, Java and JavaScript, read by each language's own rules.

Written from the languages' references, and from nothing of the writers that they test.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

SIMPLE = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", '"': '"', "'": "'"}


class Read(NamedTuple):
    """What a program holds: the values of its literals, and the code around them, each literal a ``@``."""

    values: list[str]
    code: str


class Broken(AssertionError):
    """A literal does not end, or would act."""


def read(language: str, program: str) -> Read:
    """Read a program."""
    return _read(java_letters(program) if language == "java" else program, *_QUOTES[language])


def java_letters(program: str) -> str:
    r"""A program after the step in which Java reads every ``\uXXXX``, wherever it stands (JLS 3.3)."""

    def letter(match: re.Match[str]) -> str:
        # A backslash begins an escape when an even number of others stands right before it.
        return match[1][:-1] + chr(int(match[2], 16)) if len(match[1]) % 2 else match[0]

    read_in = re.sub(r"(\\+)u+([0-9a-fA-F]{4})", letter, program)
    return read_in.encode("utf-16", "surrogatepass").decode("utf-16")


def _read(program: str, quotes: dict[str, Callable[[str, int], tuple[str, int]]], comment: str) -> Read:
    values, code, at = [], [], 0
    while at < len(program):
        sign = program[at]
        if sign in quotes:
            value, at = _literal(program, at + 1, sign, quotes[sign])
            values.append(value)
            code.append("@")
        elif comment and program.startswith(comment, at):
            at = program.find("\n", at) if "\n" in program[at:] else len(program)
        else:
            code.append(sign)
            at += 1
    return Read(values, "".join(code))


def _literal(
    program: str, at: int, quote: str, special: Callable[[str, int], tuple[str, int]]
) -> tuple[str, int]:
    value: list[str] = []
    while at < len(program):
        if program[at] == quote:
            units = "".join(value).encode("utf-16", "surrogatepass")
            return units.decode("utf-16"), at + 1
        part, at = special(program, at)
        value.append(part)
    raise Broken("a literal without an end")


def _code_point(program: str, at: int) -> tuple[str, int]:
    match = re.compile(r"\\u(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{4}))").match(program, at)
    if match is None:
        raise Broken(program[at : at + 10])
    return chr(int(match[1] or match[2], 16)), match.end()


def _ruby_double(program: str, at: int) -> tuple[str, int]:
    if program[at] == "#" and program[at + 1 : at + 2] in {"{", "$", "@"}:
        raise Broken("something is put in")
    if program[at] != "\\":
        return program[at], at + 1
    following = program[at + 1]
    if following == "u":
        return _code_point(program, at)
    return {**SIMPLE, "#": "#"}[following], at + 2


def _php_double(program: str, at: int) -> tuple[str, int]:
    if program[at] == "$":
        raise Broken("a variable may be put in")
    if program[at] != "\\":
        return program[at], at + 1
    following = program[at + 1]
    if following == "u":
        return _code_point(program, at)
    return {**SIMPLE, "$": "$"}[following], at + 2


def _single(program: str, at: int) -> tuple[str, int]:
    """Ruby's and PHP's single quotes: a backslash stands for itself, but before a quote or another one."""
    if program[at] == "\\" and program[at + 1 : at + 2] in {"\\", "'"}:
        return program[at + 1], at + 2
    return program[at], at + 1


def _java(program: str, at: int) -> tuple[str, int]:
    if program[at] in "\r\n":
        raise Broken("a line ends in a literal")
    if program[at] != "\\":
        return program[at], at + 1
    octal = re.compile(r"\\([0-3][0-7]{0,2}|[4-7][0-7]?)").match(program, at)
    if octal:
        return chr(int(octal[1], 8)), octal.end()
    return SIMPLE[program[at + 1]], at + 2


def _javascript(program: str, at: int) -> tuple[str, int]:
    if program[at] in "\r\n":
        raise Broken("a line ends in a literal")
    if program[at] != "\\":
        return program[at], at + 1
    return _code_point(program, at) if program[at + 1] == "u" else (SIMPLE[program[at + 1]], at + 2)


_QUOTES: dict[str, tuple[dict[str, Callable[[str, int], tuple[str, int]]], str]] = {
    "ruby": ({'"': _ruby_double, "'": _single}, "#!"),
    "php": ({'"': _php_double, "'": _single}, "//"),
    "java": ({'"': _java}, "//"),
    "javascript": ({'"': _javascript}, "//"),
}
