"""The ``ordex`` command."""


def main() -> None:
    """Run ``ordex``."""
