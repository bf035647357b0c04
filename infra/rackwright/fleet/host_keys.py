"""SSH host keys that a cloud tells of its machines: read strictly, a key that is cut off or garbled is no key."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BEGIN, END = "-----BEGIN SSH HOST KEY KEYS-----", "-----END SSH HOST KEY KEYS-----"
"""Between what cloud-init prints the host keys on a machine's console."""
FIELDS = {
    "ssh-ed25519": 2,
    "ssh-rsa": 3,
    "ecdsa-sha2-nistp256": 3,
    "ecdsa-sha2-nistp384": 3,
    "ecdsa-sha2-nistp521": 3,
}
"""Key type -> how many fields its public key has, the type's name among them (RFC 4253, 5656 and 8709)."""
KEY = re.compile(rf"(?<!\S)({'|'.join(FIELDS)})[ \t]+([A-Za-z0-9+/]+={{0,2}})(?!\S)")


def of_console(text: str) -> tuple[str, ...]:
    """Return the keys that cloud-init printed last; none where the block is missing, cut off or holds no whole key."""
    _, begun, rest = text.rpartition(BEGIN)
    block, ended, _ = rest.partition(END)
    return keys(block) if begun and ended else ()


def of_attributes(items: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the keys among a machine's guest attributes, each of which is named after the key's type."""
    return keys("\n".join(f"{one.get('key')} {one.get('value')}" for one in items))


def of_known_hosts(text: str) -> tuple[str, ...]:
    """Return the keys in lines of a known_hosts file; authorities are no keys, revoked ones are left out."""
    lines = text.splitlines()
    revoked = keys("\n".join(line for line in lines if line.startswith("@revoked")))
    plain = keys("\n".join(line for line in lines if not line.startswith("@")))
    return tuple(key for key in plain if key not in revoked)


def keys(text: str) -> tuple[str, ...]:
    """Return every whole public key in a text, as "type base64", once."""
    found = [f"{kind} {blob}" for kind, blob in KEY.findall(text) if is_whole(kind, blob)]
    return tuple(dict.fromkeys(found))


def is_whole(kind: str, blob: str) -> bool:
    """Return whether a blob is one public key of that type: the fields it announces, and nothing after them."""
    try:
        data = b64decode(blob, validate=True)
    except Error:
        return False
    fields, at = [], 0
    while at + 4 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        fields.append(data[at + 4 : at + 4 + size])
        at += 4 + size
    return at == len(data) and len(fields) == FIELDS[kind] and fields[0] == kind.encode()
