# News articles in, tables out. `make help` lists the targets.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RAW ?= raw
OUT ?= processed

.DEFAULT_GOAL := help

.PHONY: train-organizations help ingest test check report format bench notebook notebook-outputs pictures clean lock

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

ingest: $(READY) ## turn raw/ into the tables in processed/ (only what changed)
	@$(BIN)/python -m pipeline ingest --raw $(RAW) --out $(OUT)

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest -q

check: $(READY) ## lint, format, types, import floors, quality floors
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/python -m benchmarks.quality --check

report: ingest ## write processed/report.html, a page to look at in a browser
	@$(BIN)/python -m pipeline report --out $(OUT)

format: $(READY) ## mend what the linter can mend
	@$(BIN)/ruff check --fix --quiet .
	@$(BIN)/ruff format --quiet .

bench: $(READY) ## measure quality, and speed against a plain script
	@$(BIN)/python -m benchmarks.quality
	@$(BIN)/python -m benchmarks.speed

notebook: $(VENV)/.notebook ingest ## open notebooks/explore.ipynb, with all it needs installed
	@$(BIN)/jupyter lab notebooks/explore.ipynb

$(VENV)/.notebook: $(READY) requirements-notebook.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-notebook.lock
	@touch $@

notebook-outputs: ingest ## run the notebook from top to bottom and keep its outputs
	@$(BIN)/python notebooks/execute.py

pictures: notebook-outputs ## make the pictures of the README anew (needs Chromium)
	@$(BIN)/python notebooks/pictures.py $(OUT)

lock: ## pin the dependencies anew (needs uv)
	@uv pip compile --quiet --upgrade pyproject.toml --extra dev --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" --no-emit-index-url --no-emit-find-links -o requirements.lock
	@uv pip compile --quiet pyproject.toml --extra dev --extra notebook --constraint requirements.lock --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" --no-emit-index-url --no-emit-find-links -o requirements-notebook.lock

clean: ## remove the tables and the caches (raw/ stays)
	@rm -rf $(OUT) .mypy_cache .ruff_cache .pytest_cache .hypothesis build *.egg-info
	@find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

ZH_OR_EN ?= zh
train-organizations: $(READY) ## train the organization scorer on your own labels (DATA, TEXTS, ZH_OR_EN)
	@mkdir -p build
	@$(BIN)/python -m training.organizations label $(ZH_OR_EN) build/labelled_$(ZH_OR_EN).jsonl $(TEXTS)
	@$(BIN)/python -m training.organizations train $(ZH_OR_EN) pipeline/data/organizations_$(ZH_OR_EN).npz build/labelled_$(ZH_OR_EN).jsonl:0.15:1 $(DATA)
	@test $(ZH_OR_EN) = en || $(BIN)/python -m training.organizations gate zh pipeline/data/organizations_zh.npz $(TEXTS)
