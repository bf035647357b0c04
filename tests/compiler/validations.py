"""How clusters of valid blueprints prove themselves, as data."""

from __future__ import annotations

from hypothesis import strategies as st
from tests.compiler.parts import Data, some

SOURCES = ("/data/sets/mnist.npz", "https://example.com/mnist.npz", "s3://acme-sets/mnist.npz", "gs://acme-sets/m.npz")


@st.composite
def validations(draw: st.DrawFn, *, joined: bool) -> Data:
    """Return how a cluster proves itself; `joined` hosts can be asked for a fabric."""
    found: Data = draw(
        some(
            {
                "benchmark": st.just("cnn"),
                "dataset": st.sampled_from(["digits", "mnist", "synthetic"]),
                "epochs": st.integers(1, 100),
                "fabric": st.sampled_from(["optional", "skip", *(["required"] if joined else [])]),
                "acceptance": st.dictionaries(st.sampled_from(["loss", "all-ranks"]), acceptances(), min_size=1),
            }
        )
    )
    if found.get("dataset") != "synthetic":
        found |= draw(some({"accuracy": st.sampled_from([0.5, 0.985])}))
    if found.get("dataset") == "mnist":
        found |= draw(some({"source": st.sampled_from(SOURCES), "sha256": st.just("0123456789abcdef" * 4)}))
    return found


def acceptances() -> st.SearchStrategy[Data]:
    """Return a team's own command."""
    bounds = st.sampled_from([{"at_least": 0.5}, {"at_most": 2}, {"at_least": -1, "at_most": 2.5}])
    optional = {
        "timeout": st.integers(1, 86400),
        "hosts": st.sampled_from(["each", "first"]),
        "accelerators": st.booleans(),
    }
    said = {"command": st.just("python3 /data/accept.py '{{ x }}'"), "value": st.sampled_from(["loss", "a.b_c"])}
    return st.tuples(st.fixed_dictionaries(said, optional=optional), bounds).map(lambda two: two[0] | two[1])
