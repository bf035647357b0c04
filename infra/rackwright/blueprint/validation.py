"""How a cluster is asked to prove itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rackwright.blueprint.model import SHA256, SOURCE, Model


class Validation(Model):
    """The benchmark job and what it must reach before the cluster is READY."""

    benchmark: Literal["cnn"] = "cnn"
    """The reference job: a small Keras CNN on 28x28 handwritten digits."""
    dataset: Literal["digits", "mnist", "synthetic"] = "mnist"
    """`mnist`: from `source` or the Keras download; `digits`: ships with scikit-learn; `synthetic`: speed alone."""
    source: Annotated[str, StringConstraints(pattern=SOURCE)] | None = None
    """Where hosts find MNIST's npz file: a path on them, or an https://, s3:// or gs:// address."""
    sha256: Annotated[str, StringConstraints(pattern=SHA256)] | None = None
    """Digest that MNIST's file must have; the Keras download is held to its own."""
    accuracy: float | None = Field(default=None, gt=0, lt=1)
    """Test accuracy to reach, 0 to 1; default: the catalog's threshold for the data set."""
    epochs: int = Field(default=10, ge=1, le=100)
    """Passes over the training data."""
    fabric: Literal["required", "optional", "skip"] = "optional"
    """Whether the cluster's fabric must be measured for READY."""
