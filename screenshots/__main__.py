"""Takes every picture again: ``python -m screenshots``."""

from __future__ import annotations

import asyncio

from .scenarios import FOLDER, SCENARIOS, take


async def main() -> None:
    """Write each picture beside this file, and remove those that no scenario tells of."""
    for scenario in SCENARIOS:
        picture = await take(scenario)
        scenario.path.write_text(picture, encoding="utf-8")
        print(f"{scenario.path.name}: {len(picture):,} characters")
    for path in set(FOLDER.glob("*.svg")) - {scenario.path for scenario in SCENARIOS}:
        path.unlink()


if __name__ == "__main__":
    asyncio.run(main())
