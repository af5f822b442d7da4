"""Changes from the command line and the REPL: plan, consent, send, and describe the outcome."""
