"""What a report does not say."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tui.actions.doctor.finding import Section, warn
from tui.actions.doctor.report import Anonymizer
from tui.terminal.redaction import keep_secret

KIM = Anonymizer(Path("/home/kim"), "kim")
SECRET = "s3cret-value"


def test_the_home_folder_is_a_sign() -> None:
    """Wherever it begins a path, and only as a whole."""
    assert KIM.text("/home/kim/.config/ordex") == "~/.config/ordex"
    assert KIM.text("see /home/kim, /home/kim/x:/home/kim") == "see ~, ~/x:~"
    assert KIM.text("/home/kimono /srv/home/kim2") == "/home/kimono /srv/home/kim2"


def test_the_users_name_is_left_out_of_other_paths() -> None:
    """As a whole part of a path; a word that is the same stays."""
    assert KIM.text("/data/kim/ordex and /data/kim") == "/data/<user>/ordex and /data/<user>"
    assert KIM.text("kim, /data/kimono") == "kim, /data/kimono"


def test_the_root_is_nobodys_home() -> None:
    """Where the home folder is the root, paths stay what they are."""
    assert Anonymizer(Path("/"), "").text("/etc/ordex") == "/etc/ordex"


def test_every_text_of_a_report_goes_through_it() -> None:
    """Name, finding, and what to do."""
    keep_secret(SECRET)
    section = Section("s", (warn("/home/kim/n", SECRET, "chmod 700 /home/kim"),))
    (shown,) = KIM.sections([section])
    assert shown.findings == (warn("~/n", "***", "chmod 700 ~"),)


@given(st.text(max_size=30), st.text(max_size=30))
def test_known_secrets_never_come_through(before: str, after: str) -> None:
    """Whatever stands around them."""
    keep_secret(SECRET)
    assert SECRET not in KIM.text(f"{before}{SECRET}{after}")
