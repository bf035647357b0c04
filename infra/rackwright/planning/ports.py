"""The ports of Slurm, as its daemons are configured on hosts: nothing but these passes between a head and its nodes."""

CONTROLLER, NODE = 6817, 6818
"""slurmctld on the head, slurmd on nodes."""
JOBS = (60001, 63000)
"""Where srun, on the machine it was typed on, hears from the nodes of its job."""
