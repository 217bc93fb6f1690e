# The verbs of the project; `make help` lists them. Each sets up what it still needs.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
export UV_LINK_MODE = copy

.DEFAULT_GOAL := help
.PHONY: help setup demo test fuzz check data bench exact golden validate docs clean

help: ## List the verbs
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

# uv comes by pip into the local environment; what pip is told of its index is passed on to it.
.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "landbridge needs Python 3.11 or newer; set PYTHON=..." >&2; exit 2; }
	@echo "Setting up .venv (once) ..." >&2
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv 2>/dev/null
	@touch $@

.venv/.base: .venv/.made requirements.lock pyproject.toml
	@index=$$($(BIN)/python -m pip config get global.index-url 2>/dev/null || true); \
	  UV_DEFAULT_INDEX=$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$index}}; \
	  if [ -n "$$UV_DEFAULT_INDEX" ]; then export UV_DEFAULT_INDEX; else unset UV_DEFAULT_INDEX; fi; \
	  $(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && \
	  $(UV) pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

.venv/.all: .venv/.base requirements-dev.lock
	@index=$$($(BIN)/python -m pip config get global.index-url 2>/dev/null || true); \
	  UV_DEFAULT_INDEX=$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$index}}; \
	  if [ -n "$$UV_DEFAULT_INDEX" ]; then export UV_DEFAULT_INDEX; else unset UV_DEFAULT_INDEX; fi; \
	  $(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.lock
	@touch $@

setup: .venv/.base ## Make .venv with everything that landbridge needs; then .venv/bin/landbridge works

demo: setup ## St Petersburg to Mumbai by every branch
	@$(BIN)/landbridge demo --html demo.html

test: .venv/.all ## Run all tests, the kernels compiled and plain
	@$(BIN)/python -m pytest
	@NUMBA_DISABLE_JIT=1 $(BIN)/python -m pytest tests/kernels

fuzz: .venv/.all ## Feed damaged files to every reader (FUZZ_EXAMPLES=5000 by default)
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-5000} $(BIN)/python -m pytest tests/network/test_fuzz.py

check: .venv/.all ## Lint, formatting, strict types, layers, wheel
	@$(BIN)/ruff check src tests
	@$(BIN)/ruff format --check src tests
	@$(BIN)/pyright
	@$(BIN)/lint-imports
	@$(BIN)/python tests/house/wheel.py

data: .venv/.all ## Rebuild the shipped dataset from the pinned packages
	@$(BIN)/python -m landbridge.build

# Other libraries live in an environment of their own, so that ours stays as its users have it.
.venv-bench/.made: .venv/.made requirements.lock bench/peers.lock pyproject.toml
	@echo "Setting up .venv-bench (once) ..." >&2
	@rm -rf .venv-bench && $(UV) venv --quiet --python $(PYTHON) .venv-bench
	@index=$$($(BIN)/python -m pip config get global.index-url 2>/dev/null || true); \
	  UV_DEFAULT_INDEX=$${UV_DEFAULT_INDEX:-$${PIP_INDEX_URL:-$$index}}; \
	  if [ -n "$$UV_DEFAULT_INDEX" ]; then export UV_DEFAULT_INDEX; else unset UV_DEFAULT_INDEX; fi; \
	  $(UV) pip install --quiet --python .venv-bench/bin/python --require-hashes -r requirements.lock && \
	  $(UV) pip install --quiet --python .venv-bench/bin/python --no-deps -e . && \
	  $(BIN)/python bench/install.py $(UV) .venv-bench/bin/python
	@touch $@

bench: .venv-bench/.made ## Time ours against others (QUICK=1: short; PART=static: one part)
	@OMP_NUM_THREADS=1 .venv-bench/bin/python bench/run.py

exact: .venv-bench/.made ## Compare a million distances with RoutingKit, 1,000 trees with SciPy
	@OMP_NUM_THREADS=1 .venv-bench/bin/python bench/exact.py

golden: .venv/.all ## Write the golden fronts anew, after a change of data or model that was meant
	@$(BIN)/python tests/routing/golden.py

validate: .venv/.all ## Check lengths against published ones; writes docs/validation.md
	@$(BIN)/python -m landbridge.validation

docs: .venv/.all ## Write generated pages and outputs (CHECK=1: tell what is stale; PAGES="cli route": those)
	@$(BIN)/python tests/docs/write_docs.py $(if $(CHECK),--check) $(PAGES)

clean: ## Remove what was made here
	@rm -rf .venv .venv-bench .cache dist .pytest_cache .ruff_cache .hypothesis
