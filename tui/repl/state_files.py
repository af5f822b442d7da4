"""Names of the files that an account's sessions keep in the state folder."""


def file_name(account: str) -> str:
    """An account's name as a part of a file's name."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else f"%{ord(c):x}" for c in account)
