"""The environment in which hosts install software: the way through a proxy, and mirrors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rackwright.blueprint import Site

METADATA = "169.254.169.254"
LOCAL = ("localhost", "127.0.0.1", METADATA)


def environment(site: Site) -> tuple[tuple[str, str], ...]:
    """Return the variables that hosts of a site need while they install and download; none where they ask directly."""
    proxy, index = site.network.proxy, site.network.package_index
    found = {"PIP_INDEX_URL": index} if index else {}
    if proxy is not None:
        direct = ",".join(dict.fromkeys((*LOCAL, *_storage(site), site.network.cidr, *proxy.bypass)))
        for name, text in (("http_proxy", proxy.url), ("https_proxy", proxy.url), ("no_proxy", direct)):
            found |= {name: text, name.upper(): text}
    return tuple(found.items())


def _storage(site: Site) -> tuple[str, ...]:
    """Return the hosts of the cloud that private subnets reach without a way out."""
    if site.cloud == "gcp":
        return ("metadata.google.internal", ".googleapis.com")
    return (f"s3.{site.region}.amazonaws.com", f".s3.{site.region}.amazonaws.com")
