"""How good the trained model is: accuracy, precision, recall, F1, and accuracy under noise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIGMAS = (0.1, 0.2, 0.3, 0.4)
"""Standard deviations of the Gaussian noise added to test images, on a pixel range of 0 to 1."""


def quality(labels: NDArray[np.int64], predicted: NDArray[np.int64]) -> dict[str, Any]:
    """Return accuracy, macro precision, recall and F1, and the same for every class."""
    from sklearn.metrics import precision_recall_fscore_support

    classes = list(range(10))
    each = precision_recall_fscore_support(labels, predicted, labels=classes, zero_division=0)
    per_class = [
        {"label": label, "precision": float(p), "recall": float(r), "f1": float(f), "support": int(n)}
        for label, p, r, f, n in zip(classes, *each, strict=True)
    ]
    return {
        "accuracy": float(np.mean(labels == predicted)),
        "precision": float(np.mean(each[0])),
        "recall": float(np.mean(each[1])),
        "f1": float(np.mean(each[2])),
        "per_class": per_class,
    }


def noisy(images: NDArray[np.uint8], sigma: float, seed: int) -> NDArray[np.uint8]:
    """Return the images with Gaussian noise, clipped to the pixel range."""
    noise = np.random.default_rng(seed).normal(0.0, sigma * 255.0, images.shape)
    return np.clip(images + noise, 0, 255).round().astype(np.uint8)


def accuracy_under_noise(
    model: Any, images: NDArray[np.uint8], labels: NDArray[np.int64], seed: int
) -> dict[str, float]:
    """Return sigma -> test accuracy."""
    return {str(sigma): float(np.mean(predict(model, noisy(images, sigma, seed)) == labels)) for sigma in SIGMAS}


def predict(model: Any, images: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the class the model gives each image."""
    return np.argmax(model.predict(images, batch_size=256, verbose=0), axis=1).astype(np.int64)
