"""Turning data into text: the one Jinja2 environment and the Python printer. Knows nothing of clouds or plans."""
