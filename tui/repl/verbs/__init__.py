"""The verbs that only the REPL has, and where each is."""

OWN_VERBS: dict[str, str] = {
    "await": "python_code:AWAIT",
    "clear": "typed_before:CLEAR",
    "exit": "leaving:EXIT",
    "explore": "leaving:EXPLORE",
    "format": "setting:FORMAT",
    "help": "helping:HELP",
    "history": "typed_before:HISTORY",
    "lock": "unlocking:LOCK",
    "mask": "masking:MASK",
    "py": "python_code:PY",
    "query": "named_queries:QUERY",
    "quit": "leaving:QUIT",
    "requests": "calls_made:REQUESTS",
    "run": "named_queries:RUN",
    "set": "setting:SET",
    "source": "scripts:SOURCE",
    "unlock": "unlocking:UNLOCK",
    "use": "profiles:USE",
    "watch": "watching:WATCH",
}
