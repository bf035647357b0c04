"""The only room that touches the machine: files, processes, clock, network namespaces."""
