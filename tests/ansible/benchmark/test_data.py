"""The data sets of the benchmark: the same on every host, and refused where they are not what they should be."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from rackwright_benchmark import buckets, data
from rackwright_benchmark.data import DataError, digits, load, synthetic

if TYPE_CHECKING:
    from pathlib import Path

DIGITS_SHA256 = "8ed0ae8ecdbfc2ce44b4881c6ee0afff4b614806d00ba76643dacb123bfd2a4d"


def npz(**arrays: Any) -> bytes:
    """Return a file as MNIST's, with three training and two test images, or with other arrays in their place."""
    random = np.random.default_rng(0)
    usual = {
        "x_train": random.integers(0, 256, (3, 28, 28), dtype=np.uint8),
        "y_train": np.array([0, 9, 5], dtype=np.uint8),
        "x_test": random.integers(0, 256, (2, 28, 28), dtype=np.uint8),
        "y_test": np.array([1, 2], dtype=np.uint8),
    }
    stream = io.BytesIO()
    np.savez(stream, **{name: array for name, array in (usual | arrays).items() if array is not None})
    return stream.getvalue()


def written(folder: Path, content: bytes) -> str:
    """Return the path of a file with that content."""
    path = folder / "mnist.npz"
    path.write_bytes(content)
    return str(path)


def test_digits_are_gray_images_in_a_border_split_by_class() -> None:
    """1,797 images of 28x28 whose border is empty; four fifths train, and each class keeps its share."""
    found = digits(0)
    shares = np.bincount(found.test_labels) / np.bincount(np.concatenate([found.train_labels, found.test_labels]))

    assert (found.train_images.shape, found.test_images.shape) == ((1437, 28, 28, 1), (360, 28, 28, 1))
    assert (found.train_images.dtype, found.train_images.max(), found.judged) == (np.uint8, 255, True)
    assert not found.train_images[:, :2].any()
    assert not found.train_images[:, :, -2:].any()
    assert shares == pytest.approx([0.2] * 10, abs=0.01)


def test_digits_are_the_same_on_every_host() -> None:
    """A seed gives these very bytes; another seed splits otherwise."""
    assert digits(0).sha256() == DIGITS_SHA256
    assert digits(1).sha256() != DIGITS_SHA256


def test_synthetic_data_is_the_same_for_a_seed_and_is_not_judged() -> None:
    """Noise has no accuracy worth a name."""
    assert synthetic(3).sha256() == synthetic(3).sha256()
    assert synthetic(3).sha256() != synthetic(4).sha256()
    assert not synthetic(3).judged


def test_mnist_is_read_from_a_file(tmp_path: Path) -> None:
    """Images get a channel, labels their type."""
    found = load("mnist", 0, written(tmp_path, npz()))

    assert (found.name, found.train_images.shape, found.test_images.shape) == ("mnist", (3, 28, 28, 1), (2, 28, 28, 1))
    assert found.train_labels.tolist() == [0, 9, 5]
    assert found.train_labels.dtype == np.int64


def test_mnist_is_what_its_digest_says_or_refused(tmp_path: Path) -> None:
    """The right digest passes; another one is named beside what was found."""
    content = npz()
    right = hashlib.sha256(content).hexdigest()
    source = written(tmp_path, content)

    assert load("mnist", 0, source, right).name == "mnist"
    with pytest.raises(DataError, match=f"has SHA-256 {right}, not {'0' * 64}"):
        load("mnist", 0, source, "0" * 64)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "is empty", id="empty"),
        pytest.param(b"\x93NUMPY nothing", "is no MNIST npz", id="garbage"),
        pytest.param(b"<html>not found</html>", "is no MNIST npz", id="page"),
        pytest.param(npz()[:-40], "is no MNIST npz", id="cut-off"),
        pytest.param(npz(y_test=None), "is no MNIST npz", id="array-missing"),
        pytest.param(npz(y_test=np.array([{}, {}])), "is no MNIST npz", id="pickled-objects"),
        pytest.param(npz(x_test=np.zeros((2, 32, 32), np.uint8)), "images of (2, 32, 32) uint8", id="size"),
        pytest.param(npz(x_train=np.zeros((3, 28, 28))), "images of (3, 28, 28) float64", id="type"),
        pytest.param(npz(x_train=np.zeros((0, 28, 28), np.uint8)), "images of (0, 28, 28)", id="no-image"),
        pytest.param(npz(y_train=np.array([1, 2])), "one label from 0 to 9 for each image", id="labels-missing"),
        pytest.param(npz(y_test=np.array([1, 10])), "one label from 0 to 9 for each image", id="label-ten"),
    ],
)
def test_a_file_that_is_not_mnist_is_refused_with_the_reason(content: bytes, reason: str, tmp_path: Path) -> None:
    """Whatever is wrong with a file, the job says what and which file."""
    source = written(tmp_path, content)
    with pytest.raises(DataError) as refused:
        load("mnist", 0, source)

    assert reason in str(refused.value)
    assert source in str(refused.value)


@pytest.mark.parametrize(
    "source", ["http://example.com/mnist.npz", "ftp://example.com/mnist.npz", "file:///etc/passwd"]
)
def test_other_addresses_are_refused(source: str) -> None:
    """Nothing is read over a connection that anyone could have changed."""
    with pytest.raises(DataError, match="neither a path nor an https://, s3:// or gs:// address"):
        load("mnist", 0, source)


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A path where nothing is says so."""
    with pytest.raises(DataError, match=r"gone\.npz could not be read"):
        load("mnist", 0, str(tmp_path / "gone.npz"))


def test_addresses_are_fetched_and_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    """Https is asked as it stands, buckets with the host's identity; a failure names the source."""
    content, asked = npz(), []

    def answer(request: Any, timeout: float) -> io.BytesIO:
        asked.append((request.full_url, timeout))
        if "gone" in request.full_url:
            raise OSError("HTTP Error 403: Forbidden")
        return io.BytesIO(content)

    monkeypatch.setattr(data.urllib.request, "urlopen", answer)
    monkeypatch.setattr(buckets, "_ask", lambda *_: "")
    digest = hashlib.sha256(content).hexdigest()
    for source in ("https://example.com/a.npz", "s3://acme/sets/a.npz", "gs://acme/sets/a.npz"):
        assert load("mnist", 0, source, digest).name == "mnist"
    with pytest.raises(DataError, match=r"s3://acme/gone could not be read: HTTP Error 403"):
        load("mnist", 0, "s3://acme/gone")

    assert [address for address, _ in asked[:3]] == [
        "https://example.com/a.npz",
        "https://acme.s3.amazonaws.com/sets/a.npz",
        "https://storage.googleapis.com/acme/sets/a.npz",
    ]


def test_without_a_source_the_file_that_keras_verifies_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another file at Keras' address is refused by the digest that Keras itself demands."""
    monkeypatch.setattr(data.urllib.request, "urlopen", lambda *_, **__: io.BytesIO(npz()))
    with pytest.raises(DataError, match=f"not {data.MNIST_SHA256}"):
        load("mnist", 0)


def test_an_unknown_data_set_is_refused() -> None:
    """The names there are stand in the message."""
    with pytest.raises(DataError, match="there is no data set 'cifar': digits, mnist, synthetic"):
        load("cifar", 0)
