"""What Keras runs on: JAX where it is installed, as beside accelerators that TensorFlow cannot use, else TensorFlow."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def choose() -> None:
    """Tell Keras, before it is imported."""
    os.environ.setdefault("KERAS_BACKEND", "jax" if find_spec("jax") else "tensorflow")


def placed(array: Any) -> Any:
    """Return an array as it is on the device, so that timing it leaves the copy out."""
    import keras

    return keras.ops.convert_to_tensor(array)


def forward(model: Any, batch: Any) -> Callable[[], float]:
    """Return what runs a model on a batch, compiled, and waits for the result."""
    import keras

    if keras.backend.backend() == "jax":
        return _with_jax(model, batch)
    import tensorflow as tf

    compiled = tf.function(lambda images: model(images, training=False))
    return lambda: float(tf.reduce_sum(compiled(batch)))


def _with_jax(model: Any, batch: Any) -> Callable[[], float]:
    import jax

    weights = [[one.value for one in kind] for kind in (model.trainable_variables, model.non_trainable_variables)]
    compiled = jax.jit(lambda images, *kinds: model.stateless_call(*kinds, images, training=False)[0].sum())
    return lambda: float(compiled(batch, *weights))


def devices() -> list[dict[str, str]]:
    """Return the devices that the framework sees."""
    import keras

    if keras.backend.backend() == "jax":
        import jax

        return [{"name": str(one), "type": one.platform.upper()} for one in jax.devices()]
    import tensorflow as tf

    return [{"name": one.name, "type": one.device_type} for one in tf.config.list_physical_devices()]


def versions() -> dict[str, str]:
    """Return the version of Keras and of what it runs on."""
    from importlib.metadata import version

    import keras

    name = str(keras.backend.backend())
    return {"keras": keras.__version__, name: version(name) if name == "jax" else _tensorflow()}


def _tensorflow() -> str:
    """Return the version of TensorFlow, whichever package it came in."""
    import tensorflow as tf

    return str(tf.__version__)
