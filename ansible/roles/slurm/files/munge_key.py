#!/usr/bin/python3
"""Make the key by which the hosts of a cluster know each other, where it is not one of ours; print no word of it."""

import os
import re
import secrets
import shutil
import sys

path = sys.argv[1]
with open(path, "rb") as stream:
    kept = re.fullmatch(rb"[0-9a-f]{128}", stream.read())
if not kept:
    made = os.open(f"{path}.made", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o400)
    os.write(made, secrets.token_hex(64).encode())
    os.close(made)
    shutil.chown(f"{path}.made", "munge", "munge")
    os.replace(f"{path}.made", path)
print("kept" if kept else "made")
