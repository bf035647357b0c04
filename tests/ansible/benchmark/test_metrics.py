"""What the benchmark says of a model is what a confusion matrix worked out by hand says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from rackwright_benchmark.metrics import SIGMAS, accuracy_under_noise, noisy, predict, quality

LABELS = np.array([0, 0, 0, 1, 1, 2])
PREDICTED = np.array([0, 0, 1, 1, 2, 2])
IMAGES = np.full((4, 28, 28, 1), 128, dtype=np.uint8)


class Counting:
    """A model that is sure of class 3 where an image is brighter than half, else of class 7."""

    def predict(self, images: Any, batch_size: int, verbose: int) -> Any:
        """Return ten probabilities an image."""
        assert (batch_size, verbose) == (256, 0)
        bright = images.mean(axis=(1, 2, 3)) > 127
        return np.eye(10)[np.where(bright, 3, 7)]


def test_quality_is_that_of_the_confusion() -> None:
    """Of class 0 two of three are found and both calls are right; of class 1 half; classes nobody has are zero."""
    found = quality(LABELS, PREDICTED)
    first, second, third, *rest = found["per_class"]

    assert found["accuracy"] == pytest.approx(4 / 6)
    assert (first["precision"], first["recall"], first["support"]) == (1.0, pytest.approx(2 / 3), 3)
    assert (second["precision"], second["recall"], second["f1"]) == (0.5, 0.5, 0.5)
    assert (third["precision"], third["recall"]) == (0.5, 1.0)
    assert {(one["precision"], one["recall"], one["f1"], one["support"]) for one in rest} == {(0.0, 0.0, 0.0, 0)}
    assert found["precision"] == pytest.approx(0.2)
    assert found["recall"] == pytest.approx((2 / 3 + 0.5 + 1.0) / 10)


def test_a_model_that_is_always_right_has_ones() -> None:
    """Every label met: every figure is 1."""
    labels = np.arange(10)
    found = quality(labels, labels)

    assert [found[name] for name in ("accuracy", "precision", "recall", "f1")] == [1.0] * 4


def test_noise_is_clipped_and_seeded() -> None:
    """Pixels stay 0 to 255 whatever is added, and a seed gives the same noise."""
    white = np.full((8, 28, 28, 1), 255, dtype=np.uint8)
    found = noisy(white, 0.4, 7)

    assert found.dtype == np.uint8
    assert (found.max(), found.shape) == (255, white.shape)
    assert (found == noisy(white, 0.4, 7)).all()
    assert (found != noisy(white, 0.4, 8)).any()
    assert (noisy(IMAGES, 0.0, 7) == IMAGES).all()


def test_noise_has_the_deviation_it_is_named_by() -> None:
    """A tenth of the pixel range is 25.5."""
    gray = np.full((64, 28, 28, 1), 128, dtype=np.uint8)

    assert noisy(gray, 0.1, 0).std() == pytest.approx(25.5, rel=0.02)


def test_accuracy_under_noise_has_a_figure_for_every_deviation() -> None:
    """A model that looks at brightness alone is not misled by noise without a direction."""
    bright = np.full((4, 28, 28, 1), 140, dtype=np.uint8)
    found = accuracy_under_noise(Counting(), bright, np.full(4, 3), 0)

    assert found == {str(sigma): 1.0 for sigma in SIGMAS}
    assert predict(Counting(), np.zeros((2, 28, 28, 1), np.uint8)).tolist() == [7, 7]
