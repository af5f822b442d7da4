"""A token that a program prints."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tui.settings.setting_errors import SettingsError
from tui.settings.tokens.command_token import CommandToken
from tui.terminal.redaction import redacted

TOKEN = "canary-5f1b-of-a-program"


def python(code: str) -> list[str]:
    """A command that runs this."""
    return [sys.executable, "-c", code]


def refused(command: list[str], seconds: float = 10.0) -> str:
    """What is said of a command that gives no token."""
    with pytest.raises(SettingsError) as raised:
        CommandToken(command, seconds=seconds).read()
    assert TOKEN not in str(raised.value)
    assert raised.value.__cause__ is None
    return str(raised.value)


def test_what_it_prints_is_the_token() -> None:
    """Without the newline at its end; it is a known secret from then on."""
    source = CommandToken(python(f"print('{TOKEN}')"))
    assert source.read().reveal() == TOKEN
    assert redacted(f"a {TOKEN}") == "a ***"
    assert TOKEN not in source.where


def test_no_shell_is_between() -> None:
    """A quote, a variable and a pipe are an argument as they stand."""
    argument = "'$HOME|id'"
    assert CommandToken([*python("import sys; print(sys.argv[1])"), argument]).read().reveal() == argument


def test_it_gets_no_input() -> None:
    """A program that asks hears the end at once, and does not take the person's keys."""
    assert CommandToken(python(f"import sys; print(sys.stdin.read() + '{TOKEN}')")).read().reveal() == TOKEN


def test_it_gets_the_environment_without_other_accounts_tokens() -> None:
    """The path and its own settings, but not the token of the account of the environment."""
    code = "import os; print(os.environ.get('VOUCHERIFY_APP_TOKEN', 'none') + os.environ['MINE'])"
    environ = {**os.environ, "VOUCHERIFY_APP_TOKEN": "another-token", "MINE": "-mine"}
    assert CommandToken(python(code), environ).read().reveal() == "none-mine"


def test_what_it_complains_is_told_without_the_token() -> None:
    """Its stderr says what is wrong; a program that prints the token there too does not get it out."""
    said = refused(
        python(f"import sys; print('{TOKEN}'); sys.stderr.write('vault is locked: {TOKEN}\\n'); sys.exit(3)")
    )
    assert said == f"the token_command {Path(sys.executable).name} ended with code 3: vault is locked: ***"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("pass", "printed holds no token"),
        ("print('two'); print('lines')", "printed has characters that a key cannot have"),
        ("print('\\x1b[2J')", "printed has characters that a key cannot have"),
        (
            "import sys; sys.stdout.buffer.write(b'\\xff' * 9)",
            "printed has characters that a key cannot have",
        ),
        ("import os, signal; os.kill(os.getpid(), signal.SIGTERM)", "was ended by signal 15"),
        ("while True: print('y' * 4096)", "prints more than a token can have"),
    ],
)
def test_what_is_no_token_is_refused(code: str, said: str) -> None:
    """Nothing, more than one word, control characters, a flood."""
    assert said in refused(python(code))


def test_a_program_that_is_not_there_is_named() -> None:
    """By its name only: its arguments may be private."""
    assert refused(["no-such-program", "op://private"]) == (
        "the token_command no-such-program cannot be run: No such file or directory"
    )


@pytest.mark.parametrize("last", ["time.sleep(60)", "os.close(1); os.close(2); time.sleep(60)"])
def test_it_may_not_take_for_ever(tmp_path: Path, last: str) -> None:
    """After the time limit it is ended, with what it started."""
    child = python(f"import time, pathlib; time.sleep(1.2); pathlib.Path({str(tmp_path / 'late')!r}).touch()")
    code = f"import os, subprocess, time; subprocess.Popen({child!r}); {last}"
    begun = time.monotonic()
    assert "took longer than 0.5 seconds" in refused(python(code), seconds=0.5)
    assert time.monotonic() - begun < 1.2
    time.sleep(1.2)
    assert not (tmp_path / "late").exists()


def test_a_child_that_keeps_the_pipe_open_is_not_waited_for(tmp_path: Path) -> None:
    """As an agent does that a password manager starts: the program itself has ended and printed the token."""
    code = (
        "import subprocess, sys; child = subprocess.Popen(['sleep', '60']);"
        f" open({str(tmp_path / 'pid')!r}, 'w').write(str(child.pid)); print('t0ken-of-a-child')"
    )
    try:
        assert CommandToken(python(code), seconds=20.0).read().reveal() == "t0ken-of-a-child"
        os.kill(int((tmp_path / "pid").read_text()), 0)  # it is left alone
    finally:
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
