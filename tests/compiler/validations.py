"""How clusters of valid blueprints prove themselves, as data."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.compiler.parts import Data, some

DIGEST = "@sha256:" + "0123456789abcdef" * 4
SOURCES = ("/data/sets/mnist.npz", "https://example.com/mnist.npz", "s3://acme-sets/mnist.npz", "gs://acme-sets/m.npz")


def images(cloud: str, region: str, *, closed: bool) -> tuple[str, ...]:
    """Return container images that hosts can pull; those of a `closed` site have Artifact Registry at most."""
    artifacts = f"{region}-docker.pkg.dev/acme-ai-prod/ml/accept:1.2{DIGEST}"
    if closed:
        return (artifacts,) if cloud == "gcp" else ()
    ecr = f"444455556666.dkr.ecr.{region}.amazonaws.com/accept{DIGEST}"
    return ("acme/accept", f"registry.acme.example:5000/a/b_c{DIGEST}", artifacts, *([ecr] if cloud == "aws" else []))


@st.composite
def validations(draw: st.DrawFn, *, joined: bool, images: tuple[str, ...] = ()) -> Data:
    """Return how a cluster proves itself; `joined` hosts can be asked for a fabric, commands run in `images`."""
    found: Data = draw(
        some(
            {
                "benchmark": st.just("cnn"),
                "dataset": st.sampled_from(["digits", "mnist", "synthetic"]),
                "epochs": st.integers(1, 100),
                "fabric": st.sampled_from(["optional", "skip", *(["required"] if joined else [])]),
                "acceptance": st.dictionaries(st.sampled_from(["loss", "all-ranks"]), acceptances(images), min_size=1),
            }
        )
    )
    if found.get("dataset") != "synthetic":
        found |= draw(some({"accuracy": st.sampled_from([0.5, 0.985])}))
    if found.get("dataset") == "mnist":
        found |= draw(some({"source": st.sampled_from(SOURCES), "sha256": st.just("0123456789abcdef" * 4)}))
    return found


def acceptances(images: tuple[str, ...]) -> st.SearchStrategy[Data]:
    """Return a team's own command, in one of some images or in none."""
    bounds = st.sampled_from([{"at_least": 0.5}, {"at_most": 2}, {"at_least": -1, "at_most": 2.5}])
    optional = {
        "timeout": st.integers(1, 86400),
        "hosts": st.sampled_from(["each", "first"]),
        "accelerators": st.booleans(),
    } | ({"image": st.sampled_from(images)} if images else {})
    said = {"command": st.just("python3 /data/accept.py '{{ x }}'"), "value": st.sampled_from(["loss", "a.b_c"])}
    return st.tuples(st.fixed_dictionaries(said, optional=optional), bounds).map(lambda two: two[0] | two[1])
