"""The job: load, train, evaluate, time."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rackwright_benchmark import backend, metrics, mllog, timing
from rackwright_benchmark.data import load
from rackwright_benchmark.model import build, weights_sha256

if TYPE_CHECKING:
    from rackwright_benchmark.data import Data

INFERENCE_BATCH = 256


@dataclass(frozen=True)
class Job:
    """What to run."""

    dataset: str
    epochs: int
    batch_size: int
    seed: int
    source: str = ""
    sha256: str = ""


def run(job: Job, log: mllog.Log) -> dict[str, Any]:
    """Return the measurements of one run; the same seed gives the same weights on the same kind of host."""
    log.event("init_start", kind=mllog.START)
    log.event("submission_benchmark", "rackwright-cnn-28x28")
    log.event("seed", job.seed)
    log.event("global_batch_size", job.batch_size)
    import keras

    keras.utils.set_random_seed(job.seed)
    data = load(job.dataset, job.seed, job.source, job.sha256)
    log.event("train_samples", len(data.train_labels))
    model = build()
    log.event("init_stop", kind=mllog.END)
    log.event("run_start", kind=mllog.START)
    losses = _train(model, data, job, log)
    found = _quality(model, data, job, log)
    compile_seconds, training, inference = _speed(data, job)
    log.event("tracked_stats", {"throughput": training.median})
    log.event("run_stop", kind=mllog.END, status="success")
    return {
        **found,
        "data_sha256": data.sha256(),
        "loss_first": losses[0],
        "loss_last": losses[-1],
        "weights_sha256": weights_sha256(model),
        "compile_seconds": compile_seconds,
        "training": training.as_data(),
        "inference": inference.as_data(),
        **_environment(),
    }


def _train(model: Any, data: Data, job: Job, log: mllog.Log) -> list[float]:
    losses = []
    for epoch in range(job.epochs):
        log.event("epoch_start", kind=mllog.START, epoch_num=epoch + 1)
        history = model.fit(
            data.train_images, data.train_labels, batch_size=job.batch_size, epochs=1, shuffle=True, verbose=0
        )
        losses.append(float(history.history["loss"][0]))
        log.event("epoch_stop", kind=mllog.END, epoch_num=epoch + 1)
    return losses


def _quality(model: Any, data: Data, job: Job, log: mllog.Log) -> dict[str, Any]:
    if not data.judged:
        return {"accuracy": None}
    found = metrics.quality(data.test_labels, metrics.predict(model, data.test_images))
    log.event("eval_accuracy", found["accuracy"], epoch_num=job.epochs)
    noise = metrics.accuracy_under_noise(model, data.test_images, data.test_labels, job.seed)
    return {**found, "accuracy_under_noise": noise}


def _speed(data: Data, job: Job) -> tuple[float, timing.Speed, timing.Speed]:
    """Time a model of its own on batches that are ready, so that the trained one stays as it was judged."""
    model = build()
    images = backend.placed(data.train_images[: job.batch_size])
    labels = backend.placed(data.train_labels[: job.batch_size])
    many = backend.placed(data.train_images[:INFERENCE_BATCH])

    def train() -> float:
        return float(model.train_on_batch(images, labels)[0])

    first, training = timing.measure(train, len(labels))
    _, inference = timing.measure(backend.forward(model, many), len(many))
    return first, training, inference


def _environment() -> dict[str, Any]:
    import numpy as np

    versions = {"python": platform.python_version(), **backend.versions(), "numpy": np.__version__}
    return {"devices": backend.devices(), "versions": versions}
