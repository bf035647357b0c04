"""What documents show is what happens: every example is run and its output compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.documents.examples import DOCUMENTS, Shell, examples, prepare
from tests.documents.reference import REFERENCE, reference

if TYPE_CHECKING:
    from pathlib import Path

WITH_EXAMPLES = [path for path in DOCUMENTS if examples(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("document", WITH_EXAMPLES, ids=lambda path: path.name)
def test_examples_show_what_happens(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader who types the commands of a document in order sees what it shows."""
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    shell = Shell()
    for example in examples(document.read_text(encoding="utf-8")):
        seen = shell.type(example.command)

        assert (example.command, example.shown) == (example.command, seen)


def test_the_documents_for_newcomers_have_examples() -> None:
    """README and guide are among the documents that are run."""
    assert {"README.md", "guide.md"} <= {path.name for path in WITH_EXAMPLES}


def test_the_reference_of_the_command_line_is_current() -> None:
    """docs/reference/cli.md is what --help says; `make golden` writes it anew."""
    assert REFERENCE.read_text(encoding="utf-8") == reference()
