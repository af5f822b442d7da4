"""Profiles: list them, build them from answers, test their keys, and save them."""
