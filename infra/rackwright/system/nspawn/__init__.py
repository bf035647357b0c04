"""Booting machines of their own on this one: systemd-nspawn over overlays of one base root file system.

Everything that is made here is written into a ledger first, so that whoever comes later can clear it, also after
kill -9: processes by pid, mounts, bridge, firewall table, forwarding.
"""
