"""Messages: they stay until they could be read, cover nothing, and are on the screen in front."""

from __future__ import annotations

from tests.support.exploring import Exploring, exploring
from tests.support.fake_orders import fake_session
from tui.app.app import OrdexApp
from tui.app.dialogs.chooser import Choice, Chooser
from tui.app.feedback.message_line import MAX_SHOWN, READING_TIME, MessageLine, Messages
from tui.app.feedback.notifications import notify


def set_clock(explored: Exploring, seconds: list[float]) -> None:
    """Give the app's messages a clock that the test moves."""
    app = explored.app
    assert isinstance(app, OrdexApp)
    app.messages = Messages(app, clock=lambda: seconds[0])


async def test_a_message_stays_until_a_key_after_it_could_be_read() -> None:
    """The outcome of a change was gone after five seconds, read or not."""
    async with exploring(fake_session(3)) as explored:
        seconds = [100.0]
        set_clock(explored, seconds)
        notify(explored.screen, "WEB-1 updated; u undoes it", title="Done")
        await explored.until(lambda: "Done: WEB-1 updated; u undoes it" in explored.text)
        seconds[0] += READING_TIME / 2
        await explored.press("j")
        assert "WEB-1 updated" in explored.text
        seconds[0] += 3600
        await explored.pilot.pause()
        assert "WEB-1 updated" in explored.text
        await explored.press("j")
        await explored.until(lambda: "WEB-1 updated" not in explored.text)
        assert not explored.app.query(MessageLine)


async def test_a_message_covers_nothing() -> None:
    """A toast lay over the last rows, or over the question of a dialog."""
    async with exploring(fake_session(3)) as explored:
        before = explored.screen.table.size.height
        notify(explored.screen, "one")
        await explored.until(lambda: explored.screen.table.size.height == before - 1)
        line = explored.screen.query_one(MessageLine).region
        others = [each for each in explored.screen.children if each.display and each.region]
        assert all(not line.overlaps(each.region) for each in others if not isinstance(each, MessageLine))


async def test_messages_are_on_the_screen_in_front() -> None:
    """Also when one was left by a dialog that closed right after it."""
    async with exploring(fake_session(3)) as explored:
        dialog = Chooser("Which?", [Choice("a", "A")])
        await explored.app.push_screen(dialog)
        notify(dialog, "kept as a draft")
        await explored.until(lambda: dialog.query(MessageLine))
        dialog.dismiss(None)
        await explored.until(lambda: "kept as a draft" in explored.text)
        assert explored.app.screen is explored.screen


async def test_many_messages_leave_room() -> None:
    """The newest are shown, the others counted; the same one twice is one."""
    async with exploring(fake_session(3)) as explored:
        for number in (1, 2, 3, 4, 5, 5):
            notify(explored.screen, f"message {number}")
        await explored.until(lambda: "message 5" in explored.text)
        assert explored.text.count("message ") == MAX_SHOWN
        assert "2 earlier" in explored.text


async def test_markup_in_a_message_is_text() -> None:
    """Nothing in it acts."""
    async with exploring(fake_session(3)) as explored:
        notify(explored.screen, "[@click=app.quit]leave[/] [red", title="[b]")
        await explored.until(lambda: "[b]: [@click=app.quit]leave[/] [red" in explored.text)


async def test_the_parts_of_a_message_are_told_apart() -> None:
    """What happened, and what to do about it, are not one sentence."""
    async with exploring(fake_session(3)) as explored:
        notify(explored.screen, "HTTP 200 without JSON\n\nCheck the address", title="No answer")
        await explored.until(lambda: "No answer: HTTP 200 without JSON · Check the address" in explored.text)
