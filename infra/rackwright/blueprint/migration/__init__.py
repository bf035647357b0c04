"""Bringing blueprints of older versions of the language to the current one, in place."""
