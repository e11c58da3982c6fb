# Each target prepares what it needs. All it asks of you: Python 3.11 or newer, git and make.
# Other Python: make setup PYTHON=python3.13. More words for a command: make demo ARGS="--speed 20".
.DEFAULT_GOAL := help
SHELL := /bin/sh
ARGS ?=
BIN := .venv/bin
SETUP = python=$$(PYTHON="$(PYTHON)" sh scripts/find-python) && PYTHON="$(PYTHON)" "$$python" scripts/setup.py

.PHONY: help demo test setup setup-dev setup-bench check bench faults pictures docs

help: ## say what there is (this)
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

demo: setup ## open a living clinic day, and print where to look (ARGS="--speed 20 --port 8001")
	@$(BIN)/alongside demo $(ARGS)

test: setup-dev ## run every test: rules, SQLite, PostgreSQL, a browser
	@$(BIN)/python scripts/test.py $(ARGS)

setup: ## fill .venv, so that .venv/bin/alongside works
	@$(SETUP)

setup-dev:
	@$(SETUP) dev

setup-bench:
	@$(SETUP) bench

check: setup-dev ## lint, types, import contracts, translations
	@$(BIN)/python scripts/check.py $(ARGS)

bench: setup-bench ## measure, each figure with its peer beside it (ARGS=load for one)
	@$(BIN)/python scripts/bench.py $(ARGS)

faults: setup-dev ## kills, races and soaks at full length; keeps their figures for docs
	@$(BIN)/python scripts/test.py --faults $(ARGS)

pictures: setup-dev ## make the pictures of the README and the docs from the running product
	@$(BIN)/python scripts/test.py --pictures $(ARGS)

docs: setup ## write docs/reference from the code, and the page of figures from what was measured
	@$(BIN)/alongside docs $(ARGS)
	@$(BIN)/python scripts/figures.py
	@$(BIN)/python scripts/sbom.py
