"""Hosts: live ones on this machine for a rehearsal, the inventory of a run, and Ansible with its events."""
