"""How a cluster is asked to prove itself."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rackwright.blueprint.model import DOTTED, IMAGE, SHA256, SOURCE, WORDS, Model, Name

Bound = Annotated[float, Field(allow_inf_nan=False)]


class Acceptance(Model):
    """A command of the team's own, which prints JSON; one number in it decides whether a host is accepted."""

    command: Annotated[str, StringConstraints(pattern=WORDS)]
    """What bash runs on the host, as the user that hosts are reached as, with the Python of the training software."""
    image: Annotated[str, StringConstraints(pattern=IMAGE)] | None = None
    """Container image in which it runs instead, best by digest, as NAME@sha256:...; needs `containers: docker`."""
    value: Annotated[str, StringConstraints(pattern=DOTTED)]
    """Where the number is in the last line of JSON that the command prints, as loss or steps.per_second."""
    at_least: Bound | None = None
    """What the number must reach."""
    at_most: Bound | None = None
    """What the number must not exceed."""
    timeout: int = Field(default=600, ge=1, le=86400)
    """Seconds after which the command is ended."""
    hosts: Literal["each", "first"] = "each"
    """`first`: on the first host alone, for commands that start work on the others."""
    accelerators: bool = False
    """Whether it needs accelerators: where they are simulated, it is not judged."""


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
    acceptance: dict[Name, Acceptance] = Field(default_factory=dict)
    """Commands of the team's own that decide READY too."""
