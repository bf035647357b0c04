"""Host keys are read strictly: noise is passed over, and what is missing, cut off or garbled is no key."""

from __future__ import annotations

import pytest
from tests.fleet.stand_ins import attributes, console

from rackwright.fleet import host_keys

ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl"
ECDSA = (
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBEmKSENjQEezOmxkZMy7opKgwFB9nkt5YRrYMj"
    "NuG5N87uRgg6CLrbo5wAdT/y6v0mKV0U2w0WZ2YB/++Tpockg="
)


def test_keys_are_found_among_what_a_console_says() -> None:
    """Kernel messages between the lines do not matter; comments are left out."""
    assert host_keys.of_console(console(ECDSA, ED25519)) == (ECDSA, ED25519)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "None",
        "a console without the block",
        console(ED25519).partition("-----END SSH HOST KEY KEYS")[0],
        console(ED25519[:-12]),
        console(ED25519.replace("AAAAC3", "BAAAC3")),
        console(ED25519.replace("ssh-ed25519", "ssh-rsa")),
        console(ED25519) + "rebooted\n-----BEGIN SSH HOST KEY KEYS-----\nssh-ed25519 AAAA",
    ],
    ids=["empty", "none", "missing", "no end", "short key", "broken key", "other type", "newer block cut off"],
)
def test_what_is_not_whole_is_no_key(text: str) -> None:
    """A block without its end may lack a key, and an older block may be of an older key: neither is believed."""
    assert host_keys.of_console(text) == ()


def test_the_last_block_counts() -> None:
    """A machine that was made anew printed its keys again."""
    assert host_keys.of_console(console(ECDSA) + console(ED25519)) == (ED25519,)


def test_guest_attributes_are_named_after_the_key() -> None:
    """Whatever else is published is passed over; so is a value that is not a key of the type it is named after."""
    other = [{"namespace": "guestInventory", "key": "Hostname", "value": "a"}]
    wrong = [{"namespace": "hostkeys", "key": "ssh-rsa", "value": ED25519.split()[1]}]

    assert host_keys.of_attributes([*other, *attributes(ED25519), *wrong]) == (ED25519,)


def test_a_known_hosts_file_may_revoke() -> None:
    """Revoked keys and certificate authorities are no host keys."""
    text = f"train-0 {ED25519}\ntrain-0 {ECDSA}\n@revoked train-0 {ECDSA}\n@cert-authority *.example {ECDSA}\n"

    assert host_keys.of_known_hosts(text) == (ED25519,)
