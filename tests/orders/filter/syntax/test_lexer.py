from __future__ import annotations

import pytest

from tui.orders.filter.syntax.lexer import TokenKind, tokens


def cut(text: str) -> list[tuple[TokenKind, str]]:
    """Kind and value of each token."""
    return [(token.kind, token.value) for token in tokens(text)]


def test_a_comparison_is_name_operator_and_values() -> None:
    """White space around operators and commas does not matter; values may hold colons."""
    expected = [
        *((TokenKind.NAME, "created"), (TokenKind.OPERATOR, ">="), (TokenKind.VALUE, "2026-01-01T10:00")),
        *((TokenKind.COMMA, ","), (TokenKind.VALUE, "b c")),
    ]
    assert cut('created>=2026-01-01T10:00,"b c"') == expected
    assert cut('created  >= 2026-01-01T10:00 ,  "b c"') == expected


@pytest.mark.parametrize(
    "sign", [":", "=", "==", "!=", "~", "!~", "^=", "$=", ">", ">=", "<", "<=", "=>", "=<"]
)
def test_the_longest_operator_is_taken(sign: str) -> None:
    """Two-character operators are not cut in two."""
    assert cut(f"a{sign}b") == [(TokenKind.NAME, "a"), (TokenKind.OPERATOR, sign), (TokenKind.VALUE, "b")]


def test_words_keywords_and_groups() -> None:
    """Keywords in any case are keywords, unless they are named, quoted or part of a word."""
    assert cut('(a OR -b) orb "or" or:1') == [
        *(
            (TokenKind.OPEN, "("),
            (TokenKind.WORD, "a"),
            (TokenKind.KEYWORD, "or"),
            (TokenKind.MINUS, "-"),
            (TokenKind.WORD, "b"),
        ),
        *((TokenKind.CLOSE, ")"), (TokenKind.WORD, "orb"), (TokenKind.WORD, "or")),
        *((TokenKind.NAME, "or"), (TokenKind.OPERATOR, ":"), (TokenKind.VALUE, "1")),
    ]


def test_signs_inside_words_are_text() -> None:
    """A minus, dollar or exclamation mark is only special where it can be meant."""
    assert cut("red-shoes $5 wow! a,b") == [
        (TokenKind.WORD, word) for word in ("red-shoes", "$5", "wow!", "a,b")
    ]


def test_metadata_keys_can_be_quoted() -> None:
    """Quotes belong to names after ``metadata.``."""
    assert cut(r'metadata."a \"b\" c".d:1')[0] == (TokenKind.NAME, 'metadata.a "b" c.d')


@pytest.mark.parametrize("text", ['"open', '"open\\', 'customer:"open'])
def test_an_open_quote_runs_to_the_end_and_says_so(text: str) -> None:
    """Nothing is lost of a text that is still being typed."""
    last = tokens(text)[-1]
    assert (last.value, last.quoted, last.closed, last.end) == ("open", True, False, len(text))
