"""Data sets as 28x28 gray images with pixels 0 to 255 and labels 0 to 9."""

from __future__ import annotations

import hashlib
import io
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rackwright_benchmark import buckets

SIZE = 28
CLASSES = 10
SYNTHETIC_IMAGES = (6400, 1280)
TEST_SHARE = 0.2
SECONDS = 60
MNIST_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
MNIST_SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
"""The file that Keras downloads, with the digest that keras.datasets.mnist verifies."""


class DataError(Exception):
    """A data set could not be had, or is not what it should be."""


@dataclass(frozen=True)
class Data:
    """Training and test images (uint8, N x 28 x 28 x 1) and labels (int64, N); `judged`: accuracy means something."""

    name: str
    train_images: NDArray[np.uint8]
    train_labels: NDArray[np.int64]
    test_images: NDArray[np.uint8]
    test_labels: NDArray[np.int64]
    judged: bool = True

    def sha256(self) -> str:
        """Return the digest of everything in the set, so that hosts can be seen to have used the same."""
        digest = hashlib.sha256()
        for array in (self.train_images, self.train_labels, self.test_images, self.test_labels):
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()


def load(name: str, seed: int, source: str = "", sha256: str = "") -> Data:
    """Return the data set `name`; `source` is where MNIST is, a path or URL, with the digest it must have."""
    if name == "digits":
        return digits(seed)
    if name == "synthetic":
        return synthetic(seed)
    if name == "mnist":
        return mnist(source, sha256)
    raise DataError(f"there is no data set {name!r}: digits, mnist, synthetic")


def digits(seed: int) -> Data:
    """Return the handwritten digits that ship with scikit-learn (UCI ML, 1,797 images of 8x8, values 0 to 16).

    Each pixel becomes 3x3 pixels, which gives 24x24, and a border of 2 empty pixels makes it 28x28. Four fifths train,
    one fifth tests, split by class with `seed`.
    """
    from sklearn.datasets import load_digits
    from sklearn.model_selection import train_test_split

    found = load_digits()
    large = np.kron(found.images, np.ones((1, 3, 3)))
    images = np.pad(large * (255.0 / 16.0), ((0, 0), (2, 2), (2, 2))).round().astype(np.uint8)
    labels = found.target.astype(np.int64)
    parts = train_test_split(images[..., None], labels, test_size=TEST_SHARE, random_state=seed, stratify=labels)
    return Data("digits", parts[0], parts[2], parts[1], parts[3])


def synthetic(seed: int) -> Data:
    """Return random images and labels: good for speed alone."""
    random = np.random.default_rng(seed)
    arrays = []
    for count in SYNTHETIC_IMAGES:
        arrays.append(random.integers(0, 256, (count, SIZE, SIZE, 1), dtype=np.uint8))
        arrays.append(random.integers(0, CLASSES, count, dtype=np.int64))
    return Data("synthetic", *arrays, judged=False)


def mnist(source: str, sha256: str) -> Data:
    """Return MNIST from an npz file at a path or address; without a source, the file that Keras downloads."""
    content = _read(source or MNIST_URL)
    wanted = sha256 or (MNIST_SHA256 if not source else "")
    found = hashlib.sha256(content).hexdigest()
    if wanted and found != wanted:
        raise DataError(f"{source or MNIST_URL} has SHA-256 {found}, not {wanted}")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            images = [arrays["x_train"], arrays["x_test"]]
            labels = [arrays["y_train"], arrays["y_test"]]
    except (OSError, ValueError, TypeError, AttributeError, KeyError, EOFError, zipfile.BadZipFile) as wrong:
        raise DataError(f"{source} is no MNIST npz: {wrong}") from wrong
    parts = []
    for image, label in zip(images, labels, strict=True):
        _require_mnist(source, image, label)
        parts += [image[..., None], label.astype(np.int64)]
    return Data("mnist", *parts)


def _require_mnist(source: str, images: NDArray[np.uint8], labels: NDArray[np.integer[Any]]) -> None:
    """Raise DataError where arrays are not gray 28x28 images with as many labels from 0 to 9."""
    if images.shape[1:] != (SIZE, SIZE) or images.dtype != np.uint8 or not len(images):
        raise DataError(f"{source} holds images of {images.shape} {images.dtype}, not (N, {SIZE}, {SIZE}) uint8")
    if labels.shape != images.shape[:1] or not 0 <= labels.min() <= labels.max() < CLASSES:
        raise DataError(f"{source} does not hold one label from 0 to {CLASSES - 1} for each image")


def _read(source: str) -> bytes:
    """Return what is at a path, a web address, or in a bucket."""
    scheme = source.partition("://")[0] if "://" in source else ""
    if scheme not in {"", "https", "s3", "gs"}:
        raise DataError(f"{source} is neither a path nor an https://, s3:// or gs:// address")
    try:
        content = _open(source, scheme)
    except OSError as failed:
        raise DataError(f"{source} could not be read: {failed}") from failed
    if not content:
        raise DataError(f"{source} is empty")
    return content


def _open(source: str, scheme: str) -> bytes:
    if not scheme:
        return Path(source).read_bytes()
    wanted = urllib.request.Request(source) if scheme == "https" else buckets.request(source)  # noqa: S310 - https alone
    with urllib.request.urlopen(wanted, timeout=SECONDS) as stream:  # noqa: S310 - as above
        return bytes(stream.read())
