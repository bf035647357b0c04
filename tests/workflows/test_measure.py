"""What a run tells its hosts beside their inventory."""

from __future__ import annotations

from pathlib import Path

import pytest

from rackwright.fleet.hosts import Kind, LiveHosts
from rackwright.workflows import compile as compiling
from rackwright.workflows import measure

QUICKSTART = Path(__file__).resolve().parents[2] / "stacks" / "quickstart" / "blueprint.yaml"


@pytest.mark.parametrize(("kind", "told"), [("account", False), ("booted", True), ("loopback", True)])
def test_hosts_of_an_account_install_in_the_environment_of_their_site(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: Kind,
    told: bool,  # noqa: FBT001 - a table
) -> None:
    """What a run says wins over the inventory, in which the proxy and the mirrors of a site stand."""
    monkeypatch.setenv("HTTPS_PROXY", "http://controller.example:3128")
    compiled = compiling.compile_blueprint(QUICKSTART)
    run = measure.Run("r1", tmp_path, compiled, compiled.checked.plans, {}, "again")
    found = measure._variables(run, LiveHosts(kind, (), None, tmp_path / "known_hosts"), 60)

    assert ("rackwright_environment" in found) is told
    assert not told or found["rackwright_environment"]["HTTPS_PROXY"] == "http://controller.example:3128"
