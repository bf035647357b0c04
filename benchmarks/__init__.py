"""How fast rackwright is, as ratios against a named baseline of the same run."""
