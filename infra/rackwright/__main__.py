"""`python -m rackwright`."""

from rackwright.cli.main import main

main()
