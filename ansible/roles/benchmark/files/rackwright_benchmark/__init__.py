"""The benchmark job of rackwright: a small CNN on 28x28 images, trained, evaluated and timed on one host.

Runs on the host in its own environment and imports nothing of rackwright.
"""
