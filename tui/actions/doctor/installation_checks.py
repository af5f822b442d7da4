"""Checks of the installation: version, how it was installed, and extras."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from tui import __version__

from .finding import CheckResult, Section, ok, warn

NAME = "ordex"

_EXTRA = re.compile(r"""(?P<package>[A-Za-z0-9._-]+).*;.*\bextra\s*==\s*['"](?P<extra>[^'"]+)['"]""")
_NEEDED = ("textual", "prompt-toolkit", "httpx", "pydantic", "click")

Packages = Mapping[str, str | None]
"""Versions by package; ``None`` where it is not installed."""


@dataclass(frozen=True, slots=True)
class Program:
    """What runs. ``extras`` has the packages of each extra; ``other`` is another ``ordex`` first on PATH."""

    version: str
    installed: str
    python: str
    system: str
    packages: Packages
    extras: Mapping[str, Packages]
    other: Path | None


def look_at_program(environ: Mapping[str, str]) -> Program:
    """Read the metadata of the installed packages."""
    distribution = _distribution(NAME)
    return Program(
        version=__version__,
        installed=_installed(distribution),
        python=f"{platform.python_implementation()} {platform.python_version()}",
        system=_system(),
        packages={name: _version(name) for name in _NEEDED},
        extras=extras_of(distribution.requires or () if distribution else ()),
        other=_other(environ),
    )


def extras_of(requires: Sequence[str]) -> dict[str, Packages]:
    """The packages of each extra of a distribution's requirements, but those for developers."""
    found: dict[str, dict[str, str | None]] = {}
    for line in requires:
        match = _EXTRA.match(line)
        if match and match["extra"] != "dev":
            found.setdefault(match["extra"], {})[match["package"]] = _version(match["package"])
    return dict(found)


def program_section(program: Program) -> Section:
    """The findings about the program."""
    findings = [
        ok("Ordex", f"{program.version}, {program.installed}"),
        ok("Python", f"{program.python} on {program.system}"),
        _packages(program.packages),
        *(_extra(extra, packages) for extra, packages in program.extras.items()),
    ]
    if program.other is not None:
        findings.append(
            warn(
                "PATH",
                f"the first ordex on your PATH is another: {program.other}",
                "remove one of the two, or put this one's folder first",
            )
        )
    return Section("Program", tuple(findings))


def _packages(packages: Packages) -> CheckResult:
    missing = [name for name, version in packages.items() if version is None]
    text = ", ".join(f"{name} {version}" for name, version in packages.items() if version)
    if missing:
        return warn("packages", f"{text}; not known: {', '.join(missing)}", "install Ordex again")
    return ok("packages", text)


def _extra(extra: str, packages: Packages) -> CheckResult:
    there = ", ".join(f"{name} {version}" for name, version in packages.items() if version)
    missing = [name for name, version in packages.items() if version is None]
    if not missing:
        return ok(f"extra {extra}", there)
    if not there:
        return ok(f"extra {extra}", f"not installed; pip install 'ordex[{extra}]' adds it")
    return warn(
        f"extra {extra}",
        f"{there}; missing: {', '.join(missing)}",
        f"pip install 'ordex[{extra}]'",
    )


def _distribution(name: str) -> metadata.Distribution | None:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None


def _version(name: str) -> str | None:
    found = _distribution(name)
    return found.version if found else None


def _installed(distribution: metadata.Distribution | None) -> str:
    if distribution is None:
        return "run from its sources"
    if _is_editable(distribution.read_text("direct_url.json")):
        return "installed from a checkout, which it follows"
    prefix = Path(sys.prefix).as_posix()
    if "/pipx/" in prefix:
        return "installed by pipx"
    if "/uv/tools/" in prefix:
        return "installed by uv tool"
    by = (distribution.read_text("INSTALLER") or "").strip() or "an unknown installer"
    where = "into a virtual environment" if sys.prefix != sys.base_prefix else f"into {sys.prefix}"
    return f"installed by {by} {where}"


def _is_editable(direct_url: str | None) -> bool:
    try:
        return bool(json.loads(direct_url or "{}").get("dir_info", {}).get("editable"))
    except (ValueError, AttributeError):
        return False


def _system() -> str:
    machine = platform.machine()
    if sys.platform == "darwin":
        return f"macOS {platform.mac_ver()[0]}, {machine}"
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        name = platform.system()
    return f"{name}, {machine}"


def _other(environ: Mapping[str, str]) -> Path | None:
    own = Path(sys.executable).parent / NAME
    first = shutil.which(NAME, path=environ.get("PATH", os.defpath))
    if first is None or not own.exists() or Path(first).resolve() == own.resolve():
        return None
    return Path(first)
