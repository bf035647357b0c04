"""How a cluster is asked to prove itself."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rackwright.blueprint.model import Model


class Validation(Model):
    """The benchmark job and what it must reach before the cluster is READY."""

    benchmark: Literal["cnn"] = "cnn"
    """The reference job: a small Keras CNN on 28x28 handwritten digits."""
    dataset: Literal["digits", "mnist", "synthetic"] = "mnist"
    """`mnist`: a path, a bucket or the Keras download; `digits`: ships with scikit-learn; `synthetic`: speed alone."""
    accuracy: float | None = Field(default=None, gt=0, lt=1)
    """Test accuracy to reach, 0 to 1; default: the catalog's threshold for the data set."""
    epochs: int = Field(default=10, ge=1, le=100)
    """Passes over the training data."""
    fabric: Literal["required", "optional", "skip"] = "optional"
    """Whether the cluster's fabric must be measured for READY."""
