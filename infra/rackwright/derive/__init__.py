"""Pure arithmetic over a blueprint: addresses, names, sizes, places."""
