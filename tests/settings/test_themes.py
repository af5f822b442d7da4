"""Theme files: what is read, what is refused and how, and whether the built-in ones can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.theme import BUILTIN_THEMES

from tui.settings.theme_names import OWN_COLORS, OWN_STYLES, PART_COLORS, PART_STYLES
from tui.settings.themes import (
    ThemeFile,
    ThemeInvalid,
    ThemeSet,
    builtin_folder,
    load_first_theme,
    load_themes,
    read_theme,
)

BUILTIN = load_themes()
COLORED = [theme for theme in BUILTIN.themes.values() if not theme.ansi]
SMALL = """
name = "mine"
dark = true
[colors]
primary = "#8af"
foreground = "#fff"
background = "#000"
"""


def written(folder: Path, text: str, name: str = "mine.toml") -> Path:
    """A theme file with that text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> tuple[str, ...]:
    """What is wrong with a theme file of that text."""
    with pytest.raises(ThemeInvalid) as caught:
        read_theme(written(folder, text))
    return caught.value.faults


def luminance(color: str) -> float:
    """The relative luminance of ``#rrggbb`` (WCAG 2)."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_built_in_themes_are_found_and_sound() -> None:
    """A dark, a light, a high-contrast and a terminal-native theme come with the program, without fault."""
    assert not BUILTIN.faults
    assert {"ordex-dark", "ordex-light", "high-contrast", "ansi"} <= set(BUILTIN.themes)
    assert all(theme.path.stem == name for name, theme in BUILTIN.themes.items())
    assert all(theme.description and theme.builtin for theme in BUILTIN.themes.values())


@pytest.mark.parametrize("theme", BUILTIN.themes.values(), ids=lambda theme: theme.name)
def test_a_built_in_theme_leaves_no_variable_of_ours_out(theme: ThemeFile) -> None:
    """A built-in theme says every colour itself, so that it serves as a pattern."""
    text = theme.path.read_text(encoding="utf-8")
    assert not [name for name in (*OWN_COLORS, *OWN_STYLES) if f"\n{name} = " not in text]


@pytest.mark.parametrize("theme", COLORED, ids=lambda theme: theme.name)
def test_contrast(theme: ThemeFile) -> None:
    """All text is at 4.5:1 or more on every ground it stands on, at 7:1 in the high-contrast theme."""
    wanted = 7.0 if theme.name == "high-contrast" else 4.5
    variables, colors = theme.variables, theme.colors
    grounds = [colors["background"], colors["surface"], colors["panel"]]
    grounds += [variables["block-cursor-background"], variables["block-cursor-blurred-background"]]
    inks = {name: variables[name] for name in OWN_COLORS if not name.startswith("match-")}
    inks |= {name: colors[name] for name in ("foreground", "primary", "secondary", "accent")}
    inks |= {name: colors[name] for name in ("success", "warning", "error")}
    poor = [
        (name, ground, round(contrast(ink, ground), 2))
        for name, ink in inks.items()
        for ground in grounds
        if contrast(ink, ground) < wanted
    ]
    assert not poor
    pairs = [("match-foreground", "match-background")]
    pairs += [("block-cursor-foreground", "block-cursor-background")]
    assert all(contrast(variables[ink], variables[ground]) >= wanted for ink, ground in pairs)


def test_the_terminal_theme_sets_no_colour_of_its_own() -> None:
    """The terminal-native theme names only the terminal's colours, its background first."""
    theme = BUILTIN.themes["ansi"]
    values = [*theme.colors.values(), *(theme.variables[name] for name in (*OWN_COLORS, *PART_COLORS)
              if name in theme.variables)]  # fmt: skip
    assert theme.ansi
    assert theme.colors["background"] == "ansi_default"
    assert all(value.startswith("ansi_") for value in values)


@pytest.mark.parametrize("name", [*PART_COLORS, *PART_STYLES])
def test_part_names_are_textual_s(name: str) -> None:
    """Every name we let through for Textual's parts is one that Textual knows."""
    known: set[str] = set()
    for theme in BUILTIN_THEMES.values():
        known |= set(theme.to_color_system().generate()) | set(theme.variables)
    assert name in known


def test_a_small_theme_is_completed_from_its_own_colours(tmp_path: Path) -> None:
    """Three colours make a theme: each variable of ours falls back on a colour that is there."""
    theme = read_theme(written(tmp_path, SMALL + 'error = "#f00"\n'))
    assert theme.variables["status-paid"] == "#8af"
    assert theme.variables["status-canceled"] == "#f00"
    assert theme.variables["muted"] == "#fff"
    assert set(theme.variables) == {*OWN_COLORS, *OWN_STYLES}
    assert (theme.title, theme.description, theme.builtin, theme.ansi) == ("mine", "", False, False)


def test_what_a_theme_says_itself_wins(tmp_path: Path) -> None:
    """A variable in the file is taken over the derived one."""
    text = SMALL + '[variables]\nstatus-paid = "#0f0"\nblock-cursor-text-style = "not bold"\n'
    assert read_theme(written(tmp_path, text)).variables["status-paid"] == "#0f0"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (SMALL + 'sucess = "#0f0"', "unknown key 'colors.sucess'; did you mean “success”?"),
        (SMALL + "[variables]\nstatus-payed = '#0f0'", "did you mean “status-paid”?"),
        (SMALL + "[variables]\nzzzzzz = '#0f0'", "unknown key 'variables.zzzzzz'"),
        (SMALL.replace("dark", "drak"), "unknown key 'drak'; did you mean “dark”?"),
        (SMALL.replace("dark = true", ""), "dark is missing"),
        (SMALL.replace("dark = true", "dark = 'yes'"), "dark must be true or false, not 'yes'"),
        (SMALL.replace('primary = "#8af"', ""), "colors.primary is missing"),
        (SMALL.replace("#8af", "#8a"), "colors.primary must be a colour such as '#8ab0ff', not '#8a'"),
        (SMALL.replace('"#8af"', "12"), "colors.primary must be a colour such as '#8ab0ff', not 12"),
        (SMALL.replace("#8af", "ansi_blue"), "needs 'ansi = true' at the top"),
        ("ansi = true\n" + SMALL.replace("#8af", "blue"), "or 'ansi_blue', not 'blue'"),
        (SMALL + "[variables]\nmuted = '$primary 30%'", "variables.muted must be a colour"),
        (SMALL + "[variables]\nlink-style = 'loud'", "variables.link-style must be a text style"),
        (SMALL + "[variables]\nlink-style = ''", "variables.link-style must be a text style"),
        (SMALL.replace("mine", "My Theme"), "name must be small letters"),
        ("colors = 3\nname = 'a'\ndark = true", "colors must be a table, not 3"),
        ("name = ", "is not TOML: "),
        ("[" * 5000, "is not TOML: "),
        ("", "name is missing"),
    ],
)
def test_faults_name_the_key_and_what_would_be_right(tmp_path: Path, text: str, fault: str) -> None:
    """Every fault says where it is, what is wrong, and the nearest right name."""
    assert any(fault in found for found in faults(tmp_path, text))


def test_all_faults_come_in_one_message(tmp_path: Path) -> None:
    """A theme with several faults is mended in one go: all are told, with the file."""
    text = 'name = "a"\ndark = 1\n[colors]\nprimary = "red"\nfoo = "#fff"\n[variables]\nbar = "#fff"\n'
    path = written(tmp_path, text)
    with pytest.raises(ThemeInvalid) as caught:
        read_theme(path)
    assert len(caught.value.faults) == 6
    assert str(caught.value).startswith(f"{path}: ")
    assert all(fault in str(caught.value) for fault in caught.value.faults)


def test_unreadable_files_are_told(tmp_path: Path) -> None:
    """Bytes that are no text, a file too large and a missing file are clear errors."""
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(ThemeInvalid, match="is not UTF-8 text"):
        read_theme(path)
    path.write_bytes(b"#" * 100_000)
    with pytest.raises(ThemeInvalid, match="larger than 64 KiB"):
        read_theme(path)
    with pytest.raises(ThemeInvalid, match="cannot be read"):
        read_theme(tmp_path / "none.toml")


def test_a_user_s_theme_of_the_same_name_wins(tmp_path: Path) -> None:
    """The user's own ordex-dark takes the place of ours."""
    written(tmp_path, SMALL.replace("mine", "ordex-dark"))
    themes = load_themes(tmp_path)
    assert not themes.faults
    assert themes.themes["ordex-dark"].colors["primary"] == "#8af"
    assert not themes.themes["ordex-dark"].builtin
    assert len(themes.themes) == len(BUILTIN.themes)


def test_a_faulty_theme_is_left_out_and_reported(tmp_path: Path) -> None:
    """One bad file takes nothing with it; two files of one name are a fault of the second."""
    written(tmp_path, "name = 'bad'", "bad.toml")
    written(tmp_path, SMALL, "one.toml")
    written(tmp_path, SMALL, "two.toml")
    themes = load_themes(tmp_path)
    assert set(themes.themes) == {*BUILTIN.themes, "mine"}
    assert [fault.path.name for fault in themes.faults] == ["bad.toml", "two.toml"]
    assert "one.toml is named 'mine' too" in str(themes.faults[1])


def test_a_missing_folder_is_no_fault(tmp_path: Path) -> None:
    """Nobody needs a themes folder of their own."""
    assert load_themes(tmp_path / "none").faults == ThemeSet({}).faults


def test_the_built_in_folder_is_beside_the_program() -> None:
    """In a checkout the themes are those at its root."""
    assert builtin_folder() == Path(__file__).resolve().parents[2] / "themes"


def test_descriptions_fit_the_chooser() -> None:
    """Titles and descriptions of built-in themes fit one line of the chooser."""
    assert all(len(theme.description) <= 80 for theme in BUILTIN.themes.values())
    assert all(re.fullmatch(r"[A-Z][A-Za-z -]{3,30}", theme.title) for theme in BUILTIN.themes.values())


def test_the_first_theme_is_read_alone(tmp_path: Path) -> None:
    """The others can wait until somebody chooses."""
    assert set(load_first_theme("ordex-dark", tmp_path)) == {"ordex-dark"}


@pytest.mark.parametrize("name", ["nowhere", "../ordex-dark", ""])
def test_an_unknown_first_theme_reads_them_all(tmp_path: Path, name: str) -> None:
    """So that the default is among them."""
    assert set(load_first_theme(name, tmp_path)) == set(BUILTIN.themes)


def test_a_users_themes_are_read_at_once(tmp_path: Path) -> None:
    """One of them may win over ours."""
    (tmp_path / "mine.toml").write_text((builtin_folder() / "ordex-dark.toml").read_text("utf-8"), "utf-8")
    assert load_first_theme("ordex-dark", tmp_path)["ordex-dark"].builtin is False
