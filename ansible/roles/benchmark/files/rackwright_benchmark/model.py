"""The reference CNN."""

from __future__ import annotations

from typing import Any


def build(learning_rate: float = 0.001) -> Any:
    """Return the compiled model: Conv 32, pool, Conv 64, pool, Conv 64, Dense 64, softmax 10; Adam."""
    import keras
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((28, 28, 1), dtype="uint8"),
            layers.Rescaling(1.0 / 255.0),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax", dtype="float32"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=["accuracy"],
    )
    return model


def weights_sha256(model: Any) -> str:
    """Return the digest of the weights: equal for hosts that computed the same."""
    import hashlib

    digest = hashlib.sha256()
    for array in model.get_weights():
        digest.update(array.tobytes())
    return digest.hexdigest()
