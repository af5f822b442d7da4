"""The REPL: the command line's verbs typed at a prompt, in a script, or in linear mode."""
