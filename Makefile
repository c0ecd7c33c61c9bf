# Two commands on a fresh machine: `make report` and `make test`. `make help` lists the rest.
#
# Everything is installed into .venv, from pyproject.toml, with the versions of constraints.txt. Stamps in .venv say
# what is there already, so that only the first run takes long. Messages go to stderr, data to stdout.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
INSTALL := $(PIP) install --constraint constraints.txt
PROJECT := pyproject.toml constraints.txt
ARGS ?=
WORKERS ?= auto
PYTHONS ?= python3.11 python3.12 python3.13

.DEFAULT_GOAL := help
.PHONY: help report test fast browser lint types format training wheel-check labelstudio-check pins clean
.DELETE_ON_ERROR:

help:  ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS='	' read -r name what; do printf '  make %-18s %s\n' "$$name" "$$what"; done
	@echo
	@echo "  PYTHON=python3.12   the interpreter that makes .venv and the wheel's environment (3.11 to 3.13; now: $(PYTHON))"
	@echo "  ARGS='…'            passed on to commentlens report, or to pytest"

report: $(VENV)/.runtime  ## install what the report needs, and show it for the corpus that ships (ARGS: sources, options)
	@echo "==> commentlens report $(ARGS)" >&2
	@$(BIN)/commentlens report $(ARGS)

# loadgroup: one worker has all tests that share the browser.
test: $(VENV)/.development browser  ## install what the tests need, and run them all (ARGS: options of pytest)
	@echo "==> pytest" >&2
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadgroup $(ARGS)

fast: $(VENV)/.development  ## the tests that start no browser, cluster or training (two minutes or three)
	@echo "==> pytest, without what is slow" >&2
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) -m "not slow" $(ARGS)

browser:  ## install the browser that the tests of the HTML report drive, where that is possible (Debian, as root)
	@.ci/browser

lint: $(VENV)/.development  ## ruff: findings and formatting
	@echo "==> ruff" >&2
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.development  ## mypy, strict, on src and tests
	@echo "==> mypy" >&2
	@$(BIN)/mypy
	@$(BIN)/mypy tests/browser/conftest.py

format: $(VENV)/.development  ## let ruff mend what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

training: $(VENV)/.training  ## install what rebuilds models/ and the gazetteer; with it, make test rebuilds and compares them

wheel-check: $(VENV)/.runtime  ## build the wheel, install it elsewhere, compare its report with this checkout's
	@.ci/wheel-check "$(PYTHON)" $(BIN)

labelstudio-check: $(VENV)/.runtime  ## let Label Studio's own code check an export (half a minute; fetches its package)
	@.ci/labelstudio-check "$(PYTHON)" $(BIN)

pins:  ## write constraints.txt anew, with the newest versions for PYTHONS
	@echo "==> resolving for $(PYTHONS)" >&2
	@$(PYTHON) .ci/pins.py $(PYTHONS)

clean:  ## remove .venv and everything that was built
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests bench .ci -name __pycache__ -type d -prune -exec rm -rf {} +

# pip as it comes with Python may be too old for dependency groups.
$(VENV)/.pip:
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "make: $(PYTHON) was not found. Install Python 3.11, 3.12 or 3.13, or name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
	  echo "make: commentlens needs Python 3.11, 3.12 or 3.13; $(PYTHON) is $$("$(PYTHON)" --version 2>&1). Name another one: make PYTHON=python3.12" >&2; exit 1; }
	@echo "==> making $(VENV) with $$("$(PYTHON)" --version)" >&2
	@"$(PYTHON)" -m venv $(VENV) >&2 || { \
	  echo "make: $(PYTHON) cannot make a virtual environment. On Debian and Ubuntu, install the package python3-venv." >&2; exit 1; }
	@$(INSTALL) --quiet pip >&2
	@touch $@

$(VENV)/.runtime: $(VENV)/.pip $(PROJECT)
	@echo "==> installing commentlens and the libraries it uses (fetches about 190 MB, the first time a minute or two)" >&2
	@$(INSTALL) --build-constraint constraints.txt --editable . >&2
	@touch $@

$(VENV)/.development: $(VENV)/.runtime $(PROJECT)
	@echo "==> installing what tests, lint and type check need" >&2
	@$(INSTALL) --group test --group lint >&2
	@touch $@

$(VENV)/.training: $(VENV)/.runtime $(PROJECT)
	@echo "==> installing what models/ and the gazetteer are built from (fetches about 120 MB)" >&2
	@$(INSTALL) --group train >&2
	@touch $@
