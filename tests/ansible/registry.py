#!/usr/bin/python3
"""A registry of one image, `tiny`, made of this machine's own shell; its digest is written to /run/digest."""

import hashlib
import http.server
import io
import json
import os
import subprocess
import tarfile
from pathlib import Path

MANIFEST = "application/vnd.docker.distribution.manifest.v2+json"
CONFIG = "application/vnd.docker.container.image.v1+json"
LAYER = "application/vnd.docker.image.rootfs.diff.tar"


def digest(blob):
    """Return the digest of a blob as registries write it."""
    return f"sha256:{hashlib.sha256(blob).hexdigest()}"


def layer():
    """Return a layer with a shell and what it is linked with."""
    stream = io.BytesIO()
    linked = subprocess.run(["ldd", "/bin/sh"], capture_output=True, text=True, check=True).stdout.split()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name in ["/bin/sh", *(part for part in linked if part.startswith("/"))]:
            archive.add(Path(name).resolve(), arcname=name)
    return stream.getvalue()


def described(kind, blob):
    """Return how a manifest speaks of a blob."""
    return {"mediaType": kind, "size": len(blob), "digest": digest(blob)}


ARCH = {"x86_64": "amd64", "aarch64": "arm64"}[os.uname().machine]
ROOT = layer()
SETTINGS = json.dumps(
    {"architecture": ARCH, "os": "linux", "config": {}, "rootfs": {"type": "layers", "diff_ids": [digest(ROOT)]}}
).encode()
WHOLE = json.dumps(
    {
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": described(CONFIG, SETTINGS),
        "layers": [described(LAYER, ROOT)],
    }
).encode()
BLOBS = {digest(blob): blob for blob in (ROOT, SETTINGS)}


class Registry(http.server.BaseHTTPRequestHandler):
    """Answers what pulling an image asks."""

    def do_GET(self):
        """Answer with the manifest, whatever its name, or a blob by its digest."""
        place, name = self.path.rpartition("/")[::2]
        blob = WHOLE if place == "/v2/tiny/manifests" and name in ("1", digest(WHOLE)) else BLOBS.get(name)
        if self.path == "/v2/":
            blob = b"{}"
        self.send_response(404 if blob is None else 200)
        self.send_header("Content-Type", MANIFEST if blob is WHOLE else "application/octet-stream")
        self.send_header("Docker-Content-Digest", digest(blob or b""))
        self.send_header("Content-Length", str(len(blob or b"")))
        self.end_headers()
        if self.command == "GET" and blob:
            self.wfile.write(blob)

    do_HEAD = do_GET  # noqa: N815 - the name that the server looks for


Path("/run/digest").write_text(digest(WHOLE), encoding="utf-8")
http.server.ThreadingHTTPServer(("127.0.0.1", 5000), Registry).serve_forever()
