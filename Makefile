# Each target sets up all it needs in .venv; only Python 3.11+, make and git are assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Cheap checks first when something fails; two workers fit the smallest machines.
PYTEST_WORKERS ?= 2

.PHONY: run test check faults kills bench pictures clean

run: $(VENV)/.run-ready
	@$(BIN)/newsreader $(ARGS)

test: $(VENV)/.dev-ready
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) $(ARGS)

check: $(VENV)/.dev-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

kills: $(VENV)/.dev-ready
	$(BIN)/python -m bench.faults.kills $(ARGS)

faults: $(VENV)/.dev-ready
	$(BIN)/python -m bench.faults $(ARGS)

bench: $(VENV)/.dev-ready
	$(BIN)/python -m bench $(ARGS)

pictures: $(VENV)/.run-ready
	$(BIN)/python -m docs.pictures $(ARGS)

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit("newsreader needs Python 3.11 or newer; set PYTHON=/path/to/it") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-ready: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev-ready: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(VENV)/.run-ready $@
