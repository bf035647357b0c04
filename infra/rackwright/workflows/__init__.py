"""One file per verb that spans rooms. Read these first: each is the flow of one command as straight lines."""
