"""Reading one object of a bucket with the identity the host itself has: its instance role or service account."""

from __future__ import annotations

import hashlib
import hmac
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping

METADATA = {"s3": "http://169.254.169.254/latest", "gs": "http://metadata.google.internal/computeMetadata/v1"}
"""Where each cloud tells a host who it is; no other machine can ask there."""
SECONDS = 5
EMPTY_SHA256 = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True)
class Keys:
    """What signs requests to S3."""

    access: str
    secret: str
    token: str


def request(source: str) -> urllib.request.Request:
    """Return the request for s3://BUCKET/KEY or gs://BUCKET/KEY, with the host's identity where it has one."""
    kind, _, rest = source.partition("://")
    bucket, _, key = rest.partition("/")
    return _s3(bucket, key) if kind == "s3" else _gs(bucket, key)


def _gs(bucket: str, key: str) -> urllib.request.Request:
    asked = _ask("GET", f"{METADATA['gs']}/instance/service-accounts/default/token", {"Metadata-Flavor": "Google"})
    headers = {"Authorization": f"Bearer {json.loads(asked)['access_token']}"} if asked else {}
    return urllib.request.Request(f"https://storage.googleapis.com/{bucket}/{quote(key)}", headers=headers)


def _s3(bucket: str, key: str) -> urllib.request.Request:
    session = _ask("PUT", f"{METADATA['s3']}/api/token", {"X-aws-ec2-metadata-token-ttl-seconds": "60"})
    if not session:
        return urllib.request.Request(f"https://{bucket}.s3.amazonaws.com/{quote(key)}")
    headers = {"X-aws-ec2-metadata-token": session}
    region = _ask("GET", f"{METADATA['s3']}/meta-data/placement/region", headers)
    host = f"{bucket}.s3.{region}.amazonaws.com"
    roles = f"{METADATA['s3']}/meta-data/iam/security-credentials/"
    role = _ask("GET", roles, headers)
    given = json.loads(_ask("GET", roles + role, headers) or "{}") if role else {}
    if not given:
        return urllib.request.Request(f"https://{host}/{quote(key)}")
    keys = Keys(given["AccessKeyId"], given["SecretAccessKey"], given["Token"])
    signed = sign(host, f"/{quote(key)}", region, keys, datetime.now(timezone.utc))  # noqa: UP017 - Python 3.10 hosts
    return urllib.request.Request(f"https://{host}/{quote(key)}", headers=signed)


def sign(host: str, path: str, region: str, keys: Keys, at: datetime) -> dict[str, str]:
    """Return the headers of a signed GET (AWS Signature Version 4)."""
    time, scope = f"{at:%Y%m%dT%H%M%SZ}", f"{at:%Y%m%d}/{region}/s3/aws4_request"
    headers = {
        "host": host,
        "x-amz-content-sha256": EMPTY_SHA256,
        "x-amz-date": time,
        "x-amz-security-token": keys.token,
    }
    names = ";".join(headers)
    lines = "".join(f"{name}:{value}\n" for name, value in headers.items())
    canonical = f"GET\n{path}\n\n{lines}\n{names}\n{EMPTY_SHA256}"
    wanted = f"AWS4-HMAC-SHA256\n{time}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"AWS4{keys.secret}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, wanted.encode(), "sha256").hex()
    authorization = f"AWS4-HMAC-SHA256 Credential={keys.access}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**headers, "authorization": authorization}


def _ask(method: str, address: str, headers: Mapping[str, str]) -> str:
    """Return what the host's metadata service answers; "" where there is none, or it knows nothing of this."""
    asked = urllib.request.Request(address, method=method, headers=dict(headers))  # noqa: S310 - METADATA alone
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(asked, timeout=SECONDS) as answer:
            return str(answer.read().decode())
    except (OSError, urllib.error.URLError):
        return ""
