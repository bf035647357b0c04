"""Things that stand already, as a rehearsal answers for them: what was asked for exists."""

from __future__ import annotations

from typing import Any

LOOKED_UP = {
    "aws:ec2/getVpc:getVpc": ("aws:ec2/vpc:Vpc", "id"),
    "aws:ec2/getSubnet:getSubnet": ("aws:ec2/subnet:Subnet", "id"),
    "gcp:compute/getNetwork:getNetwork": ("gcp:compute/network:Network", "name"),
    "gcp:compute/getSubnetwork:getSubnetwork": ("gcp:compute/subnetwork:Subnetwork", "name"),
    "aws:s3/getBucket:getBucket": ("aws:s3/bucket:Bucket", "bucket"),
    "aws:efs/getFileSystem:getFileSystem": ("aws:efs/fileSystem:FileSystem", "file_system_id"),
    "gcp:storage/getBucket:getBucket": ("gcp:storage/bucket:Bucket", "name"),
    "gcp:filestore/getInstance:getInstance": ("gcp:filestore/instance:Instance", "name"),
    "gcp:lustre/getInstance:getInstance": ("gcp:lustre/instance:Instance", "instance_id"),
    "aws:kms/getKey:getKey": ("aws:kms/key:Key", "key_id"),
    "gcp:kms/getKMSCryptoKey:getKMSCryptoKey": ("gcp:kms/cryptoKey:CryptoKey", "name"),
}
"""Data source -> the type it finds, and the argument that names it."""
STAND_IN = "198.18.0.0/15"
"""Addresses of a subnet of which nothing is stated: set aside for tests of networks (RFC 2544)."""
FORMS = {
    "gcp:compute/network:Network": "projects/{project}/global/networks/{name}",
    "gcp:compute/subnetwork:Subnetwork": "projects/{project}/regions/{region}/subnetworks/{name}",
    "gcp:kms/cryptoKey:CryptoKey": "{keyRing}/cryptoKeys/{name}",
    "gcp:storage/bucket:Bucket": "{name}",
    "gcp:filestore/instance:Instance": "projects/{project}/locations/{location}/instances/{name}",
    "gcp:lustre/instance:Instance": "projects/{project}/locations/{zone}/instances/{instanceId}",
}


def looked_up(token: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Return what a data source certainly says of the thing it was asked for: what it was asked by, and its id."""
    if token not in LOOKED_UP:
        return {}
    kind, _ = LOOKED_UP[token]
    if kind == "aws:kms/key:Key":
        return {"id": arguments["keyId"], "arn": arguments["keyId"]}
    if kind == "aws:s3/bucket:Bucket":
        return {**arguments, "id": arguments["bucket"], "arn": f"arn:aws:s3:::{arguments['bucket']}"}
    if kind == "aws:efs/fileSystem:FileSystem":
        return {**arguments, "id": arguments["fileSystemId"]}
    return {**arguments, "id": FORMS[kind].format(**arguments)} if kind in FORMS else arguments
