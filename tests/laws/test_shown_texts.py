"""Texts are made visible before they are shown: a walk over the source, from each widget back to its texts.

``text_flow`` follows parameters, fields and results by name. Where it cannot see that a text is safe, the
text is made visible where it is shown, or named in ``text_flow/allowed.py`` with a reason.
"""

from __future__ import annotations

import ast
import textwrap
from pathlib import Path

import pytest

from tests.laws.text_flow.allowed import ALLOWED, ALLOWED_SINKS
from tests.laws.text_flow.following import Finding, follow
from tests.laws.text_flow.index import Index
from tests.laws.text_flow.needs import Flow
from tests.laws.text_flow.sinks import Sink, forbidden, is_object, plain_fields, sinks
from tests.support.pseudo_terminal import ROOT

HOMES = ("tui.app", "tui.cli", "tui.repl")


def raw_texts(index: Index, home: str) -> list[Finding]:
    """Texts of a front end that reach a widget or a stream as they came."""
    return follow(Flow(index, home), [sink for sink in sinks(index, home) if _key(sink) not in ALLOWED_SINKS])


def strings_for_widgets(index: Index, home: str) -> list[str]:
    """Strings given to widgets, which would read markup out of them."""
    flow = Flow(index, home)
    given = [sink for sink in sinks(index, home) if sink.whole]
    return [
        f"{sink.place.module.path}:{sink.node.lineno}: {ast.unparse(sink.node)}"
        for sink in given
        if not is_object(sink.node, flow.scope(sink.place), flow)
    ]


def _key(sink: Sink) -> tuple[str, str]:
    return sink.place.module.path, ast.unparse(sink.node)


def test_no_text_is_shown_as_it_came() -> None:
    """On no surface; widgets get no strings; nothing reads markup; and the walk sees enough to say so."""
    index = Index(ROOT, ["tui"])
    assert forbidden(index) == []
    assert plain_fields(index) == []
    found = [one for home in HOMES for one in raw_texts(index, home)]
    assert [str(one) for one in found if one.key not in ALLOWED] == []
    assert [text for home in HOMES for text in strings_for_widgets(index, home)] == []
    shown = [sink for home in HOMES for sink in sinks(index, home)]
    assert len(shown) > 300
    # What nothing needs any more goes from the list.
    assert set(ALLOWED) - {one.key for one in found} == set()
    assert set(ALLOWED_SINKS) - {_key(sink) for sink in shown} == set()


RAW = {
    "a parameter": "def show(order):\n    Static(Content(order.name))",
    "a part of a sentence": "def show(order):\n    Static(Content(f'order {order.name}'))",
    "a title": "def show(box, order):\n    box.border_title = Content(order.name)",
    "a local": "def show(order):\n    name = order.name\n    name = name.strip()\n    Static(Content(name))",
    "a field": """
        class Box:
            def __init__(self, title: str) -> None:
                self._title = title
            def compose(self):
                yield Static(Content(self._title))
        def show(order):
            Box(order.name)
    """,
    "a record": """
        class Choice(NamedTuple):
            words: str
        def prompt(choice: Choice):
            return Content(choice.words)
        def show(order):
            prompt(Choice(order.name))
    """,
    "a function between": """
        def name_of(order):
            return order.name or "none"
        def show(order):
            Static(Content.assemble(("x", "bold"), name_of(order)))
    """,
    "a list that grows": """
        def show(order):
            lines = ["first"]
            lines.append(order.name)
            Static(Content("\\n".join(lines)))
    """,
    "an error": """
        def show():
            try:
                work()
            except OSError as error:
                Static(Content(str(error)))
    """,
}
SAFE = {
    "visible": "def show(order):\n    Static(Content(visible(order.name)))",
    "a figure": "def show(count):\n    Static(Content(f'{count:,} orders, {len(count)}'))",
    "our words": """
        _WORDS = {"a": "one", "b": "two"}
        def show(which):
            words = _WORDS[which] if which else "none"
            Static(Content(words.upper()))
    """,
    "a field that is visible": """
        class Box:
            def __init__(self, title: str) -> None:
                self._title = visible(title)
            def compose(self):
                yield Static(Content(self._title))
    """,
    "a caller that makes it visible": """
        def line(text: str, width: int):
            return Content(fit(text, width))
        def fit(text, width):
            return text[:width]
        def show(order):
            Static(line(visible(order.name), 5))
    """,
}
STRINGS = {
    "markup": "Static('[b]x[/b]')",
    "a value": "def show(order):\n    Static(order.name)",
    "a sentence": "def show(order):\n    self.query_one('#a').update(f'{order}')",
    "a title": "def show(box, order):\n    box.border_title = order",
    "a visible text": "def show(order):\n    Label(visible(order.name))",
}


def planted(folder: Path, source: str) -> Index:
    """An index of one module."""
    (folder / "tui" / "app").mkdir(parents=True)
    (folder / "tui" / "app" / "planted.py").write_text(textwrap.dedent(source))
    return Index(folder, ["tui"])


@pytest.mark.parametrize("what", RAW)
def test_a_raw_text_is_found(what: str, tmp_path: Path) -> None:
    """However it gets to the widget."""
    assert raw_texts(planted(tmp_path, RAW[what]), "tui.app") != []


@pytest.mark.parametrize("what", SAFE)
def test_a_safe_text_is_let_through(what: str, tmp_path: Path) -> None:
    """Where it was made visible, or is ours."""
    assert raw_texts(planted(tmp_path, SAFE[what]), "tui.app") == []


@pytest.mark.parametrize("what", STRINGS)
def test_a_string_for_a_widget_is_found(what: str, tmp_path: Path) -> None:
    """Also one without anything hostile in it: the widget would read it as markup."""
    assert strings_for_widgets(planted(tmp_path, STRINGS[what]), "tui.app") != []


def test_a_field_that_shows_what_it_holds_is_found(tmp_path: Path) -> None:
    """Ours is to be used: SafeInput, SafeTextArea."""
    source = (
        "class Find(Input):\n    pass\ndef show():\n    yield Input()\n    yield TextArea('x'), SafeInput()"
    )
    assert len(plain_fields(planted(tmp_path, source))) == 3


def test_markup_is_read_nowhere(tmp_path: Path) -> None:
    """Neither on purpose nor after escaping it."""
    source = "Content.from_markup(x)\nText.from_markup(x)\nescape(x)\nHTML(x)\nre.escape(x)"
    assert len(forbidden(planted(tmp_path, source))) == 4
