"""Strings that attack a terminal program: what an order may hold, and no surface may pass on."""

from __future__ import annotations

from typing import Any

MARKUP = (
    "[/]",
    "[/",
    "[",
    "]",
    "[bold]bold[/bold]",
    "[red]red",
    "[@click=app.quit]quit[/]",
    "[@click=app.bell()]bell[/]",
    "[link=https://evil.example]here[/link]",
    "[on red]   [/on red]",
    "[type=x, v={'a[0]'}]",
    "\\[escaped]",
    "ends with a backslash\\",
    "[[double]]",
    "[$primary]variable[/]",
    ":skull: :smile:",
    "$x ${x} {x} %s %(x)s {0}",
    "<b>html</b> &amp; <script>alert(1)</script>",
    "[reverse][blink]x",
    "[/red][/bold]",
)
ESCAPES = (
    "\x1b[2J\x1b[H",
    "\x1b[31mred",
    "\x1b]0;title\x07",
    "\x1b]2;PWNED\x1b\\",
    "\x1b]52;c;UFdORUQ=\x07",
    "\x1b]52;c;UFdORUQ=\x1b\\",
    "\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "\x1b[?1049l",
    "\x1b[?25l",
    "\x1b[c",
    "\x1b[6n",
    "\x1b[>0q",
    "\x1bP$qm\x1b\\",
    "\x1bc",
    "\x1b[5;10r",
    "\x1b[?1000h",
    "\x1b_application\x1b\\",
    "\x1b^private\x1b\\",
    "\x1b",
    "\x9b31mc1",
    "\x9d2;title\x9c",
    "\x90q\x9c",
    "\x85next line",
)
CONTROLS = (
    "nul\x00nul",
    "bell\x07",
    "back\x08\x08\x08space",
    "tab\ttab",
    "line\nfeed",
    "carriage\rreturn",
    "crlf\r\ncrlf",
    "vertical\x0btab",
    "form\x0cfeed",
    "shift\x0eout\x0f",
    "enq\x05",
    "sub\x1a",
    "can\x18",
    "del\x7f",
    "unit\x1fseparator",
)
UNICODE = (
    "\u202egnp.exe",
    "\u202dltr",
    "\u2066isolate\u2069",
    "\u200eltr mark\u200f",
    "\u061carabic mark",
    "zero\u200bwidth",
    "\ufeffbom",
    "soft\xadhyphen",
    "word\u2060joiner",
    "\u2028line\u2029paragraph",
    "\ud800",
    "a\udfffb",
    "\ufffe\uffff",
    "\ufdd0",
    "\U000e0041\U000e0042tags",
    "\u115f\u3164\uffa0 fillers",
    "e" + "\u0301" * 60,
    "👨‍👩‍👧‍👦 family",
    "🇵🇱 flag ⚠️ sign",
    "한국어 中文 日本語",
    "مرحبا",
    "\u180emongolian",
)
HUGE = (
    "x" * 1_000_000,
    "[" * 100_000,
    "\x1b[31m" * 20_000,
    "\u0301" * 50_000,
    "漢" * 100_000,
    "a\n" * 50_000,
)

HOSTILE = (*MARKUP, *ESCAPES, *CONTROLS, *UNICODE, *HUGE)
"""All of them."""


LIKE_DRAWING = (
    "\x1b[2J\x1b[H",
    "\x1b[31mred",
    "\x1b[?1049l",
    "\x1b[?25l",
    "\x1b[?1000h",
    "line\nfeed",
    "carriage\rreturn",
    "crlf\r\ncrlf",
)
"""Those made of codes that a program which draws sends itself; only where they stand gives them away."""


def hostile_document(number: int, text: str) -> dict[str, Any]:
    """An order with the text in every field that can hold text. The id stays different from others'."""
    surrogate = any("\ud800" <= character <= "\udfff" for character in text)
    return {
        "id": f"ord_{number}" if surrogate else f"{number}{text}",
        "source_id": text,
        "created_at": text,
        "updated_at": text,
        "status": text,
        "amount": 100,
        "total_amount": 90,
        "items": [
            {
                "object": text,
                "product_id": text,
                "sku_id": text,
                "source_id": text,
                "quantity": 1,
                "price": 100,
                "product": {"id": text, "name": text},
                "sku": {"id": text, "sku": text},
                "metadata": {text: text},
            }
        ],
        "metadata": {text: text, "list": [text], "object": {text: text}},
        "customer_id": text,
        "customer": {"id": text, "name": text, "object": "customer"},
        "referrer_id": text,
        "redemptions": {text: {"date": text, "stacked": [text]}},
        "object": "order",
        text: text,
    }
