# rackwright: every chore. `make demo` and `make test` need Python 3.11+, make and git; they set up the rest.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: setup compiled demo test test-slow test-hosts test-all lint types contracts golden docs locks bench clean help system proof-aws proof-gcp

help: ## list the chores
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'uv>=0.13,<0.14'
	$(BIN)/uv pip install --quiet --python $(BIN)/python --compile-bytecode --editable '.[aws,gcp,fleet,benchmark]' --group dev
	@touch $@

setup: $(STAMP) ## the virtual environment with everything in it

system: $(STAMP) ## what the system's package manager must add for live hosts (asks for nothing it has)
	$(BIN)/rackwright doctor --install

demo: $(STAMP) system ## stacks/quickstart from blueprint to verdict, on this machine
	$(BIN)/rackwright rehearse quickstart

test: $(STAMP) ## the default suite
	$(BIN)/python -m pytest -n auto --dist worksteal -m 'not slow and not hosts'

test-slow: $(STAMP) system ## slower promises: cold engine runs, wheels, Ansible lint, TensorFlow
	$(BIN)/python -m pytest -n auto --dist worksteal -m 'slow and not hosts'

test-hosts: $(STAMP) system ## promises that boot machines (root, Linux)
	$(BIN)/python -m pytest -m hosts

test-all: lint types contracts test test-slow test-hosts ## everything that CI runs

lint: $(STAMP) ## ruff: style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP) ## mypy --strict
	$(BIN)/mypy

contracts: $(STAMP) ## imports run one way
	$(BIN)/lint-imports --config pyproject.toml

golden: $(STAMP) ## recompile every committed datacenter, golden digest, rejected blueprint and generated document
	$(BIN)/rackwright compile
	$(BIN)/python -m tests.rejected.regenerate

compiled: $(STAMP) ## committed programs are what the blueprints compile to
	$(BIN)/rackwright compile --check

proof-aws: $(STAMP) ## a receipt from a real AWS account: ACCOUNT=111122223333 [REGION=..] [YES=1] (costs money)
	$(BIN)/python -m proofs.account aws --account "$(ACCOUNT)" --region "$(REGION)" $(if $(YES),--yes)

proof-gcp: $(STAMP) ## a receipt from a real Google Cloud project: ACCOUNT=my-project [REGION=..] [YES=1] (costs money)
	$(BIN)/python -m proofs.account gcp --account "$(ACCOUNT)" --region "$(REGION)" $(if $(YES),--yes)

bench: $(STAMP) ## how fast, as ratios against a named baseline
	$(BIN)/python -m benchmarks.check
	$(BIN)/python -m benchmarks.scale

clean: ## what was built here
	rm -rf $(VENV) .rackwright build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
