"""What can be wrong with a blueprint as a text: the LANG codes."""

from __future__ import annotations

from rackwright.diagnostics import Problem, Severity

YAML = "https://yaml.org/spec/1.2.2/"

UNREADABLE = Problem(
    "LANG-E001",
    Severity.ERROR,
    "The file cannot be read",
    "The blueprint does not exist, is a folder, is over 1 MiB, or this user may not read it.",
    "rackwright check stacks/aurora/blueprint.yaml",
)
ENCODING = Problem(
    "LANG-E002",
    Severity.ERROR,
    "The file is not UTF-8",
    "Blueprints are UTF-8 text. The position is that of the first byte that is not.",
    "iconv -f latin1 -t utf-8 old.yaml > blueprint.yaml",
    (f"{YAML}#52-character-encodings",),
)
EMPTY = Problem(
    "LANG-E003",
    Severity.ERROR,
    "The file holds no blueprint",
    "The file is empty, holds comments only, or is one of another tool.",
    "blueprint: 1\nname: aurora",
)
SYNTAX = Problem(
    "LANG-E004",
    Severity.ERROR,
    "Not valid YAML",
    "The text cannot be read as YAML 1.2. The position is where the reader gave up; the cause is there or just before.",
    "network: {cidr: 10.40.0.0/16, zones: [us-east-1a]}",
    (YAML,),
)
DUPLICATE = Problem(
    "LANG-E005",
    Severity.ERROR,
    "A key stands twice",
    "Many YAML readers silently keep the last of two equal keys. Here neither wins: say which one is meant.",
    "network: {cidr: 10.40.0.0/16}",
    (f"{YAML}#3213-node-comparison",),
)
KEY_NOT_TEXT = Problem(
    "LANG-E006",
    Severity.ERROR,
    "A key is not text",
    "Keys are names. A number, true, false or null in a key's place must be quoted to be one, and a list or mapping "
    "cannot be a key.",
    'labels: {"2026": budget}',
)
DOCUMENTS = Problem(
    "LANG-E007",
    Severity.ERROR,
    "More than one document",
    "A file holds one blueprint. A second `---` begins another document, which would be ignored.",
    "---\nblueprint: 1\nname: aurora",
    (f"{YAML}#92-streams",),
)
ALIAS = Problem(
    "LANG-E008",
    Severity.ERROR,
    "An alias leads nowhere",
    "`*name` repeats what was marked `&name` earlier in the file. The mark is missing, comes later, or the alias "
    "stands inside what it repeats.",
    "home: &home {kind: file}\nshared: *home",
    (f"{YAML}#71-alias-nodes",),
)
TAG = Problem(
    "LANG-E009",
    Severity.ERROR,
    "Tags are not used",
    "A tag (`!something`) asks the reader for a special type. Blueprints hold text, numbers, true, false, lists and "
    "mappings only.",
    'account: "111122223333"',
)
TOO_LARGE = Problem(
    "LANG-E010",
    Severity.ERROR,
    "Nested too deeply, or too much",
    "A blueprint is at most 40 levels deep and 100,000 values large, aliases counted for what they repeat; at most "
    "4,000 things in it extend another.",
    "sites:\n  use1: {cloud: aws}",
)
UNKNOWN_BASE = Problem(
    "LANG-E011",
    Severity.ERROR,
    "There is nothing of that name to extend",
    "`extends` names what stands beside in the same mapping (train), a fragment (bases.gpu), or any mapping by its "
    "place (sites.use1.clusters.train). Names are looked up where the heir stands, after files are merged.",
    "clusters:\n  big: {extends: small, nodes: 16}\n  small: {machine: g6.xlarge, nodes: 2}",
)
CYCLE = Problem(
    "LANG-E012",
    Severity.ERROR,
    "Something extends itself",
    "Following `extends` comes back to where it began, or to something around it, so there is no end to what would be "
    "inherited.",
    "clusters:\n  big: {extends: small, nodes: 16}\n  small: {machine: g6.xlarge, nodes: 2}",
)
NO_BASE_FILE = Problem(
    "LANG-E013",
    Severity.ERROR,
    "The file that is extended does not exist",
    "At the top of a blueprint `extends` is the path of a file, relative to the file that it stands in.",
    "extends: ../base.yaml",
)
OUTSIDE = Problem(
    "LANG-E014",
    Severity.ERROR,
    "A base outside the repository",
    "What a program is compiled from is reviewed with it. A file outside the repository, or one that a link leads to, "
    "could change without a review.",
    "extends: ../base.yaml",
)
NOT_A_MAPPING = Problem(
    "LANG-E015",
    Severity.ERROR,
    "Only a mapping can be extended",
    "Inheriting is merging the keys of two mappings. A list, a text or a number has none.",
    "bases:\n  gpu: {machine: g6.xlarge, nodes: 2}",
)
UNUSED_BASE = Problem(
    "LANG-W016",
    Severity.WARNING,
    "A base that nothing extends",
    "What stands under `bases` is compiled only where something extends it. Bases of a file that is itself extended "
    "are for all its heirs, and are not looked at.",
    "bases:\n  gpu: {machine: g6.xlarge}\nsites:\n  use1: {clusters: {train: {extends: bases.gpu, nodes: 2}}}",
)
OTHER_VERSION = Problem(
    "LANG-E017",
    Severity.ERROR,
    "A blueprint of another version of the language",
    "`blueprint` is the version of the language. What is older is brought up to date by `rackwright migrate`; what is "
    "newer needs a newer rackwright. Nothing else is looked at, because its keys may mean something else.",
    "blueprint: 1",
)
UNMIGRATED = Problem(
    "LANG-E018",
    Severity.ERROR,
    "Something that cannot be migrated as it is written",
    "A migration edits the text where it stands, and what it says afterwards is compared with what it should say. What "
    "several places repeat, or what is said twice, has to be written out first. Nothing was changed.",
    "rackwright migrate --diff",
)
INVISIBLE = Problem(
    "LANG-E019",
    Severity.ERROR,
    "A character that nobody sees",
    "Text copied from a page or a chat brings spaces that do not break and characters of no width along. YAML takes "
    "them for letters, so that a name is another one than it looks, or indentation is none. Comments may hold them.",
    "machine: p5.48xlarge",
    ("https://www.unicode.org/reports/tr36/",),
)
LEADING_ZERO = Problem(
    "LANG-E020",
    Severity.ERROR,
    "A number that begins with a zero",
    "YAML 1.2 reads 010 as ten, YAML 1.1 and many programs that read YAML as eight, and 08 as text. What is meant is "
    "written without the zero.",
    "nodes: 10",
    (YAML, "https://yaml.org/type/int.html"),
)
PLACEHOLDER = Problem(
    "LANG-E021",
    Severity.ERROR,
    "A placeholder that nothing fills in",
    "A blueprint is read as it is written: no variables of a shell, of Terraform, Jinja, CloudFormation or Cluster "
    "Toolkit are put into it, so that the same blueprint always means the same. What differs between environments "
    "stands in files that extend one.",
    "region: us-east-1",
)
UNKNOWN_KEY = Problem(
    "LANG-E101",
    Severity.ERROR,
    "Unknown key",
    "The language has no such key here. Keys that nobody reads are refused, because a typing mistake in one would "
    "otherwise silently mean its default.",
    "network: {cidr: 10.40.0.0/16, zones: [us-east-1a], nat: single}",
)
MISSING_KEY = Problem(
    "LANG-E102",
    Severity.ERROR,
    "A required key is missing",
    "The key has no default that would be right for everyone.",
    'use1: {cloud: aws, account: "111122223333", region: us-east-1}',
)
WRONG_TYPE = Problem(
    "LANG-E103",
    Severity.ERROR,
    "A value of the wrong type",
    'Nothing is converted silently: a number is not text and "16" is not a number. Account numbers and cost centers '
    "are text, because leading zeros matter; quote them.",
    'account: "011122223333"',
)
NOT_ALLOWED = Problem(
    "LANG-E104",
    Severity.ERROR,
    "A value that is not one of those allowed",
    "The key takes one of a few values.",
    "nat: per-zone",
)
WRONG_FORM = Problem(
    "LANG-E105",
    Severity.ERROR,
    "Text of the wrong form",
    "The value is text, as it should be, but not written as this key needs it.",
    "size: 12TiB",
)
OUT_OF_RANGE = Problem(
    "LANG-E106",
    Severity.ERROR,
    "Too small, too large, too few or too many",
    "The value is of the right type but outside its range.",
    "nodes: 16",
)
PROBLEMS = (
    *(UNREADABLE, ENCODING, EMPTY, SYNTAX, DUPLICATE, KEY_NOT_TEXT, DOCUMENTS, ALIAS, TAG, TOO_LARGE),
    *(UNKNOWN_BASE, CYCLE, NO_BASE_FILE, OUTSIDE, NOT_A_MAPPING, UNUSED_BASE),
    *(OTHER_VERSION, UNMIGRATED, INVISIBLE, LEADING_ZERO, PLACEHOLDER),
    *(UNKNOWN_KEY, MISSING_KEY, WRONG_TYPE, NOT_ALLOWED, WRONG_FORM, OUT_OF_RANGE),
)
