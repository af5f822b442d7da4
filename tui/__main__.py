"""``python -m tui`` is the same command as ``ordex``."""

from tui.cli.entry import main

if __name__ == "__main__":
    main()
