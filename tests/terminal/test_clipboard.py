"""The clipboard chain: which ways are planned where, and what each does with the text."""

from __future__ import annotations

import base64
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tui.terminal.clipboard import (
    TERMINAL_LIMIT,
    ClipboardError,
    ClipboardRoute,
    CopyOutcome,
    copy,
    osc52,
    plan,
    plan_here,
)

FILE = ClipboardRoute("file", "file")
TERMINAL = ClipboardRoute("terminal", "terminal")


def names(
    environ: dict[str, str], programs: str = "", platform: str = "linux", release: str = "", prefer: str = ""
) -> list[str]:
    """The planned ways' names, where the given programs are installed."""
    installed = programs.split()

    def which(name: str) -> str | None:
        return f"/bin/{name}" if name in installed else None

    ways = plan(environ, which=which, platform=platform, release=release, prefer=prefer)
    return [way.name + (f"/{way.wrap}" if way.wrap else "") for way in ways]


ALL = "pbcopy clip.exe wl-copy xclip xsel"
XTERM = {"TERM": "xterm-256color"}
SSH = {"SSH_CONNECTION": "10.0.0.1 5 10.0.0.2 22"}


@pytest.mark.parametrize(
    ("environ", "programs", "platform", "release", "expected"),
    [
        (XTERM, ALL, "darwin", "", ["pbcopy", "terminal", "file"]),
        (XTERM, "", "darwin", "", ["terminal", "file"]),
        (XTERM, ALL, "win32", "", ["clip", "terminal", "file"]),
        (XTERM | {"WSL_DISTRO_NAME": "Ubuntu"}, ALL, "linux", "", ["clip", "terminal", "file"]),
        (XTERM | {"WSL_INTEROP": "/run/x"}, ALL, "linux", "", ["clip", "terminal", "file"]),
        (XTERM, ALL, "linux", "5.15.0-microsoft-standard-WSL2", ["clip", "terminal", "file"]),
        (
            XTERM | {"WSL_INTEROP": "/run/x", "WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"},
            ALL,
            "linux",
            "",
            ["clip", "wl-copy", "xclip", "xsel", "terminal", "file"],
        ),
        (
            XTERM | {"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"},
            ALL,
            "linux",
            "",
            ["wl-copy", "xclip", "xsel", "terminal", "file"],
        ),
        (XTERM | {"WAYLAND_DISPLAY": "w"}, "xclip", "linux", "", ["terminal", "file"]),
        (XTERM | {"DISPLAY": ":0"}, "xsel", "linux", "", ["xsel", "terminal", "file"]),
        (XTERM, ALL, "linux", "", ["terminal", "file"]),
        (XTERM | {"DISPLAY": ""}, ALL, "linux", "", ["terminal", "file"]),
        ({"TERM": "dumb"}, ALL, "linux", "", ["file"]),
        ({}, ALL, "linux", "", ["file"]),
        (XTERM | {"TMUX": "/tmp/t,1,0"}, "", "linux", "", ["terminal/tmux", "file"]),
        (XTERM | {"TMUX": "/tmp/t,1,0", "STY": "1.x"}, "", "linux", "", ["terminal/tmux", "file"]),
        (XTERM | {"TMUX": "/tmp/t,1,0"}, "tmux", "linux", "", ["tmux", "terminal/tmux", "file"]),
        (XTERM, "tmux", "linux", "", ["terminal", "file"]),
        ({"TERM": "screen", "STY": "1.x"}, "", "linux", "", ["terminal/screen", "file"]),
        (XTERM | SSH, ALL, "darwin", "", ["terminal", "pbcopy", "file"]),
        (XTERM | SSH | {"DISPLAY": "localhost:10"}, ALL, "linux", "", ["xclip", "xsel", "terminal", "file"]),
        (XTERM | {"SSH_TTY": "/dev/pts/1", "WAYLAND_DISPLAY": "w"}, ALL, "linux", "", [
            "terminal", "wl-copy", "file",
        ]),
    ],
)  # fmt: skip
def test_plan(
    environ: dict[str, str], programs: str, platform: str, release: str, expected: list[str]
) -> None:
    """The environment and the installed programs decide the order; the file is always last."""
    assert names(environ, programs, platform, release) == expected


def test_a_preferred_way_goes_first_when_it_is_there() -> None:
    """The user's own choice leads, and a choice that is not available changes nothing."""
    environ = XTERM | {"DISPLAY": ":0"}
    assert names(environ, "xclip", prefer="terminal")[0] == "terminal"
    assert names(environ, "xclip", prefer="file")[0] == "file"
    assert names(environ, "xclip", prefer="pbcopy") == ["xclip", "terminal", "file"]


def test_plan_here_ends_in_the_file() -> None:
    """A plan for this very process can be made anywhere."""
    assert plan_here()[-1] == FILE


def program(folder: Path, body: str) -> ClipboardRoute:
    """A clipboard program of our own: a Python script with ``OUT`` beside it."""
    script = folder / "paster.py"
    script.write_text(f"import sys, time, os, subprocess\nOUT = {str(folder / 'out')!r}\n{body}\n")
    return ClipboardRoute("program", "paster", (sys.executable, str(script)))


SAVE = "open(OUT, 'wb').write(sys.stdin.buffer.read())"


@pytest.mark.parametrize("text", ["ord_1", "", "Zażółć 日本 😀\n", "x" * 1_000_000])
def test_a_program_gets_the_text_on_stdin(tmp_path: Path, text: str) -> None:
    """The text arrives byte for byte, of any length, and is counted in bytes."""
    way = program(tmp_path, SAVE)
    outcome = copy(text, ways=[way], write=None, folder=tmp_path)
    assert (tmp_path / "out").read_bytes() == text.encode()
    assert outcome == CopyOutcome(way, len(text.encode()), "copied with paster")


def test_the_text_is_never_an_argument(tmp_path: Path) -> None:
    """Arguments are public; the program sees none but its own."""
    copy("secret; rm -rf $HOME", ways=[program(tmp_path, "open(OUT, 'w').write(str(sys.argv[1:]))")],
         write=None, folder=tmp_path)  # fmt: skip
    assert (tmp_path / "out").read_text() == "[]"


@pytest.mark.parametrize(
    ("body", "reason"), [("sys.exit(3)", "exit code 3"), ("time.sleep(30)", "no answer in 0.5 s")]
)
def test_a_failing_or_hanging_program_gives_way(tmp_path: Path, body: str, reason: str) -> None:
    """The next way is taken when a program fails or does not end in time."""
    handed: list[str] = []
    ways = [program(tmp_path, body), TERMINAL]
    outcome = copy("a", ways=ways, write=handed.append, folder=tmp_path, seconds=0.5)
    assert outcome.way == TERMINAL
    assert handed == [osc52(b"a")]
    with pytest.raises(ClipboardError, match=reason):
        copy("a", ways=ways[:1], write=None, folder=tmp_path, seconds=0.5)


def test_a_program_that_is_gone_gives_way(tmp_path: Path) -> None:
    """A program that vanished since the plan was made is passed over."""
    gone = ClipboardRoute("program", "gone", (str(tmp_path / "gone"),))
    assert copy("a", ways=[gone, FILE], write=None, folder=tmp_path).way == FILE


def test_a_program_that_leaves_a_process_behind_does_not_hold_us(tmp_path: Path) -> None:
    """Clipboard owners live on in the background with our pipes; we do not wait for them."""
    body = f"{SAVE}\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(5)'])"
    outcome = copy("a", ways=[program(tmp_path, body)], write=None, folder=tmp_path, seconds=4)
    assert outcome.note == "copied with paster"


@pytest.mark.parametrize(("text", "sent"), [("abc", b"abc"), ("é日", "é日".encode("utf-16-le"))])
def test_windows_gets_utf_16(tmp_path: Path, text: str, sent: bytes) -> None:
    """Text past ASCII goes to clip.exe as UTF-16, which it recognises."""
    script = program(tmp_path, SAVE)
    copy(text, ways=[ClipboardRoute("program", "clip", script.argv)], write=None, folder=tmp_path)
    assert (tmp_path / "out").read_bytes() == sent


def test_pbcopy_is_told_utf_8(tmp_path: Path) -> None:
    """Where no locale is set pbcopy mangles text, so it is given one."""
    script = program(tmp_path, "open(OUT, 'w').write(os.environ['LC_CTYPE'][-5:])")
    copy("é", ways=[ClipboardRoute("program", "pbcopy", script.argv)], write=None, folder=tmp_path)
    assert (tmp_path / "out").read_text() == "UTF-8"


def test_lone_surrogates_are_written_out(tmp_path: Path) -> None:
    """Half a character, which UTF-8 cannot hold, is copied as its escape."""
    copy("a\ud800b", ways=[FILE], write=None, folder=tmp_path)
    assert (tmp_path / "clipboard.txt").read_bytes() == b"a\\ud800b"


def test_osc52_bare() -> None:
    """A terminal of its own gets the plain sequence."""
    assert osc52("é".encode()) == "\x1b]52;c;w6k=\x07"


def test_osc52_in_tmux_goes_wrapped_and_bare() -> None:
    """Inside tmux either of its two settings lets the text through."""
    assert osc52(b"a", "tmux") == "\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\\x1b]52;c;YQ==\x07"


def test_osc52_in_screen_goes_in_chunks() -> None:
    """GNU screen gets short pass-through strings that join to the whole sequence."""
    wrapped = osc52(b"x" * 1000, "screen")
    chunks = wrapped.removeprefix("\x1bP").removesuffix("\x1b\\").split("\x1b\\\x1bP")
    assert max(map(len, chunks)) <= 76
    joined = "".join(chunks)
    assert base64.b64decode(joined.removeprefix("\x1b]52;c;").removesuffix("\x07")) == b"x" * 1000


def test_too_much_for_a_terminal_goes_to_the_file(tmp_path: Path) -> None:
    """The limit counts bytes: at it the terminal is used, past it the file."""
    handed: list[str] = []
    fits, over = "x" * TERMINAL_LIMIT, "x" * (TERMINAL_LIMIT - 1) + "é"
    assert copy(fits, ways=[TERMINAL, FILE], write=handed.append, folder=tmp_path).way == TERMINAL
    assert len(handed[0]) == 100_000
    assert copy(over, ways=[TERMINAL, FILE], write=handed.append, folder=tmp_path).way == FILE
    assert len(handed) == 1


def test_the_file_is_private(tmp_path: Path) -> None:
    """The folder and the file are the user's alone, an older file is replaced, nothing else is left."""
    folder = tmp_path / "state" / "ordex"
    copy("older", ways=[FILE], write=None, folder=folder)
    outcome = copy("newer", ways=[FILE], write=None, folder=folder)
    kept = folder / "clipboard.txt"
    assert kept.read_text() == "newer"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert list(folder.iterdir()) == [kept]
    assert str(kept) in outcome.note


def test_a_link_in_place_of_the_file_is_replaced_not_followed(tmp_path: Path) -> None:
    """Text is never written through a link that someone laid there."""
    victim = tmp_path / "victim"
    victim.write_text("keep")
    (tmp_path / "clipboard.txt").symlink_to(victim)
    copy("text", ways=[FILE], write=None, folder=tmp_path)
    assert victim.read_text() == "keep"


def test_when_nothing_works_each_reason_is_named(tmp_path: Path) -> None:
    """The error lists every way with why it failed."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(ClipboardError, match=r"terminal: there is no terminal; file: "):
        copy("a", ways=[TERMINAL, FILE], write=None, folder=blocked)


def test_nothing_is_copied_by_a_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No way asks for a shell."""
    seen: dict[str, object] = {}

    def run(argv: object, **options: object) -> None:
        seen.update(options, argv=argv)

    monkeypatch.setattr(subprocess, "run", run)
    copy("a", ways=[ClipboardRoute("program", "x", ("/bin/x",))], write=None, folder=tmp_path)
    assert seen["argv"] == ("/bin/x",)
    assert not seen.get("shell")
