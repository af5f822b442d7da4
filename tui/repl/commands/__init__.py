"""The commands that only the REPL has, and the module of each."""

REPL_COMMANDS: dict[str, str] = {
    "await": "python_commands:AWAIT",
    "clear": "history_commands:CLEAR",
    "exit": "exit_commands:EXIT",
    "explore": "exit_commands:EXPLORE",
    "format": "set_commands:FORMAT",
    "help": "help_command:HELP",
    "history": "history_commands:HISTORY",
    "lock": "unlock_commands:LOCK",
    "mask": "mask_command:MASK",
    "py": "python_commands:PY",
    "alias": "alias_commands:ALIAS",
    "quit": "exit_commands:QUIT",
    "requests": "requests_command:REQUESTS",
    "run": "alias_commands:RUN",
    "set": "set_commands:SET",
    "source": "source_command:SOURCE",
    "unlock": "unlock_commands:UNLOCK",
    "use": "use_command:USE",
    "watch": "watch_command:WATCH",
}
