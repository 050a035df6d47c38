# Everything a newcomer runs. `make help` explains the targets.

PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.complete

# Start-up is counted in milliseconds: compiled files are wanted, whatever the caller's environment says.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo run test check bench gallery coverage bundle clean

help: ## Explain the targets
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "make %-8s %s\n", $$1, $$2}'

setup: $(STAMP) ## Make .venv with the pinned packages and Daiban itself, and look for Qt's system libraries
	@$(BIN)/python -m ui.desktop.libraries

demo: setup ## Drive the main job through a real centre and two stations; papers and proof land in demo-output
	$(BIN)/daiban demo --out demo-output --headless

run: setup ## Start Daiban
	$(BIN)/daiban

# A file's tests stay together, in the order of their names: what they share is made once, and what takes long begins early.
test: setup ## Run every test, on every core
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: setup ## Lint, formatting, types and the direction of imports
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup ## Measure the numbers of the design beside their floors
	$(BIN)/python -m tests.benchmarks

gallery: setup ## Draw every document, and every widget and page in every state that matters, with an index, in gallery-output
	$(BIN)/python -m tests.printing.gallery --out gallery-output/papers
	$(BIN)/python -m ui.desktop.gallery --out gallery-output

coverage: setup ## Count which characters of GB 18030-2022 the fonts draw, block by block
	$(BIN)/python -m printing.coverage

bundle: setup ## Build the program that is installed at stations, in dist/daiban, and let it do the main job once
	$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec
	QT_QPA_PLATFORM=offscreen dist/daiban/daiban --self-check

clean: ## Remove .venv, caches and the demonstration's output
	rm -rf .venv demo-output gallery-output build dist *.egg-info
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements.txt requirements-dev.txt pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
	  echo "Daiban needs Python 3.11 or later, and there is no $(PYTHON) here."; \
	  echo "Debian, Ubuntu: apt install python3 python3-venv    Fedora: dnf install python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Daiban needs Python 3.11 or later; $(PYTHON) here is `$(PYTHON) --version 2>&1`."; \
	  echo "Name a newer one: make $(MAKECMDGOALS) PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) here cannot make virtual environments: its venv module is missing."; \
	  echo "Debian, Ubuntu: apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
	  -r requirements.txt -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q app ui sync printing resources
	@touch $@
