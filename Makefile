# Each target sets up all it needs in .venv; only Python 3.11+, make and git are assumed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Cheap checks first when something fails; two workers fit the smallest machines.
PYTEST_WORKERS ?= 2

.PHONY: run test check quality faults kills bench bench-million pictures manual clean

run: $(VENV)/.run-ready
	@$(BIN)/newsreader $(ARGS)

test: $(VENV)/.dev-ready
	$(BIN)/python -m pytest -n $(PYTEST_WORKERS) $(ARGS)

check: $(VENV)/.dev-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tests.quality

quality: $(VENV)/.dev-ready
	$(BIN)/python -m tests.quality $(ARGS)

kills: $(VENV)/.dev-ready
	$(BIN)/python -m bench.faults.kills $(ARGS)

faults: $(VENV)/.dev-ready
	$(BIN)/python -m bench.faults $(ARGS)

bench: $(VENV)/.dev-ready
	$(BIN)/python -m bench $(ARGS)

manual: $(VENV)/.run-ready
	$(BIN)/python -m docs.manual

# What depends on the size of an archive, at its last size: the first run fills it, for most of an hour.
bench-million: $(VENV)/.dev-ready
	$(BIN)/python -m bench --sizes 10000,1000000 --only growth,sizes $(ARGS)

pictures: $(VENV)/.run-ready
	$(BIN)/python -m docs.pictures $(ARGS)

clean:
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("newsreader needs Python 3.11 or newer; set PYTHON=/path/to/it") if sys.version_info < (3, 11) else None'
	@$(PYTHON) -m venv $(VENV)

# jusText asks for lxml[html_clean]. lxml names that extra html-clean, which pips before 23.3 do not
# take for the same; what it stands for is lxml_html_clean, a dependency of ours. So this one warning
# is untrue and left out; everything else that pip says is shown, and its exit code counts.
define install
	@echo "Installing what pyproject.toml and constraints.txt name into $(VENV), about a minute ..." >&2
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '$(1)' \
	    2>$(VENV)/pip-errors; code=$$?; \
	grep -v "does not provide the extra 'html_clean'" $(VENV)/pip-errors >&2; exit $$code
endef

$(VENV)/.run-ready: pyproject.toml constraints.txt | $(BIN)/python
	$(call install,.)
	@touch $@

$(VENV)/.dev-ready: pyproject.toml constraints.txt | $(BIN)/python
	$(call install,.[dev])
	@touch $(VENV)/.run-ready $@
