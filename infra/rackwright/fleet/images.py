"""Asking a cloud which image an alias is now, as its programs would when they are deployed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from rackwright.blueprint.model import AMI, GCE_IMAGE
from rackwright.diagnostics import StepError
from rackwright.fleet.cloud_cli import ask

if TYPE_CHECKING:
    from rackwright.catalog import Image

SIGN_IN = {"aws": "aws sso login, or set AWS_PROFILE", "gcp": "gcloud auth login"}
FORM = {"aws": AMI, "gcp": GCE_IMAGE}


def resolve(known: Image, region: str) -> tuple[str, str]:
    """Return the id of an image and what was asked for it; raises StepError where the cloud's answer has none."""
    command, answer = _asked(known, region)
    source = " ".join(command)
    found = answer(ask([*command, *_format(known)], hint=SIGN_IN[known.cloud]))
    if found is None or re.search(FORM[known.cloud], found) is None:
        raise StepError(f"`{source}` names no image", hint=f"rackwright catalog images {known.cloud}")
    return found, source


def _asked(known: Image, region: str) -> tuple[list[str], Any]:
    """Return the command that is asked, and what reads the id from its answer."""
    if known.cloud == "gcp":
        words = ["describe-from-family", str(known.family), f"--project={known.project}"]
        return ["gcloud", "compute", "images", *words], _self_link
    if known.name_filter is None:
        words = ["get-parameter", "--region", region, "--name", str(known.parameter)]
        return ["aws", "ssm", *words], _parameter
    filters = ["--filters", f"Name=name,Values={known.name_filter}", "Name=state,Values=available"]
    return ["aws", "ec2", "describe-images", "--region", region, "--owners", str(known.owner), *filters], _newest


def _format(known: Image) -> list[str]:
    return ["--format=json"] if known.cloud == "gcp" else ["--output", "json"]


def _parameter(answer: Any) -> str | None:
    return ((answer or {}).get("Parameter") or {}).get("Value")


def _newest(answer: Any) -> str | None:
    """Return the image that was made last, as `most_recent` of the programs means it."""
    found = max((answer or {}).get("Images") or (), key=lambda one: str(one.get("CreationDate")), default=None)
    return found.get("ImageId") if found else None


def _self_link(answer: Any) -> str | None:
    found = re.search("projects/.+", str((answer or {}).get("selfLink", "")))
    return found.group() if found else None
