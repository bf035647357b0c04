"""Names that are none of the catalog's for a reason: machines, accelerators and images of others, by their forms."""

from __future__ import annotations

UNPLANNED = {
    r"g4ad\..+": "its GPUs are AMD's, for which nothing is planned: take g4dn or g6",
    r"(p2|g2|g3|g3s)\..+": "nothing is planned for GPUs older than Volta: take g4dn or g6",
    r"(dl1|dl2q|vt1|f1|f2)\..+": "nothing is planned for its accelerators",
    r"mac.*\.metal": "Macs are no machines of a cluster",
    r"([a-z]+[0-9]+[a-z]*-)?custom-.*": "custom machine types are not planned: take a predefined one",
    r"Standard_.+": "this is a machine of Azure",
    r"(BM|VM)\..+": "this is a machine of Oracle Cloud",
}
"""Machines that are none of the catalog's for a reason, by the form of their names."""
NOT_RENTED = {
    r"(tpu-?)?v[2-7]\w*(-\d+)?|tpu7x.*": "TPUs are slices: write accelerator: v6e-16, as an example",
    r"(radeon.*|instinct.*|mi\d+.*)": "nothing is planned for AMD's GPUs",
    r"(gaudi.*|max-1550|habana.*)": "nothing is planned for Intel's accelerators",
    r"(geforce-?)?(rtx-?[2-5]0[5-9]0.*|rtx-?a\d+.*|gtx.*)|a40|a6000|a10|a30": "neither cloud has machines with it",
    r"(tesla-)?(k80|m60|k520)": "nothing is planned for GPUs older than Pascal",
}
"""Accelerators that no machine of the catalog has for a reason, by the form of their names."""
SYSTEMS = {
    r"(ubuntu)?(22|2204|jammy).*": "ubuntu-22.04",
    r"(ubuntu)?(24|2404|noble).*": "ubuntu-24.04",
    r"(alinux|al|amazonlinux|amzn)(2023).*": "amazon-linux-2023",
    r"(hpc)?(rocky|rockylinux)9.*": "rocky-9",
    r"(debian)?(12|bookworm).*": "debian-12",
    r"(debian)?(13|trixie).*": "debian-13",
}
"""Aliases by what others call the same system."""
NO_IMAGES = {
    r".*/machineImages/.*": "a machine image is no image: name the image that its boot disk was made from",
    r"(docker:.*|[\w.-]+\.[a-z]+/.+|[\w./-]+:[\w.-]+)": "hosts start from images of machines, not of containers",
    r"(resolve:ssm:|ssm:|/aws/service/).*": "write an alias, as ubuntu-24.04, or the ami-... that the parameter holds",
    r"ami-.*": "an id is ami- and 8 or 17 hexadecimal digits",
    r"(cos|container-optimized).*": "Container-Optimized OS lets nothing be installed: take ubuntu-24.04",
    r"(rhel|redhat).*": "nothing is planned for Red Hat's own images: take rocky-9",
    r"(alinux-?2|al2|amazon-?linux-?2|amzn2|centos.*|rocky-?(linux-?)?8.*|hpc-rocky-linux-8|ubuntu-?(18|20).*|focal)": (
        "nothing is planned for a system that old: take ubuntu-24.04"
    ),
    r"windows.*": "hosts run Linux: take ubuntu-24.04",
}
"""What is no image of a cluster for a reason, by the form of its name."""
