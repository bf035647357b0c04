"""trail.py: who reads and writes the objects of the site's buckets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rackwright.blueprint import Lifecycle, ObjectStorage
from rackwright.plan import Concat, Lit, Ref, args, out
from rackwright.planning.aws import policies
from rackwright.planning.aws.buckets import bucket
from rackwright.planning.section import Planned

if TYPE_CHECKING:
    from rackwright.plan import Node, Plain
    from rackwright.planning.area import Area
    from rackwright.planning.aws.context import AwsStack

RECORDS = "audit_records"


def trail(here: AwsStack) -> Planned:
    """Return the section of the trail: a bucket for its records, and the trail itself."""
    area = here.area("trail", "security", "audit")
    days = here.site.security.audit_days
    kept = ObjectStorage(kind="object", lifecycle={"AWSLogs/": Lifecycle(expire_after_days=days)})
    admitted = policies.keep_records(here, RECORDS)
    nodes = (*bucket(here, area, RECORDS.replace("_", "-"), kept, admits=admitted), _trail(here, area))
    return Planned(area.titled(f"Audit: who reads and writes objects, kept {days} days"), nodes)


def _trail(here: AwsStack, area: Area) -> Node:
    """Return the trail: object events of the data buckets alone, since its own records would record themselves."""
    buckets = [name for name, one in here.site.storage.items() if isinstance(one, ObjectStorage)]
    objects: list[Plain] = [Concat((out(name.replace("-", "_"), "arn"), Lit("/"))) for name in buckets]
    return area.resource(
        "object_trail",
        "cloudtrail/trail:Trail",
        "objects",
        args(
            s3_bucket_name=out(RECORDS, "bucket"),
            kms_key_id=out("site_key", "arn"),
            enable_log_file_validation=True,
            include_global_service_events=False,
            advanced_event_selectors=[
                {
                    "name": "Objects of the site",
                    "field_selectors": [
                        {"field": "eventCategory", "equals": ["Data"]},
                        {"field": "resources.type", "equals": ["AWS::S3::Object"]},
                        {"field": "resources.ARN", "starts_withs": objects},
                    ],
                }
            ],
        ),
        depends_on=(Ref(f"{RECORDS}_policy"),),
        note="CloudTrail tries to write when the trail is made: the bucket must admit it before.",
    )
