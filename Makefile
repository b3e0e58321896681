# Everything a person does here: `make help` lists it. Each target does its own set-up; a second run does none.
#
#   PYTHON=python3.12   which Python makes the environment (else the first of at least 3.11 that is found)
#   VENV=.venv          where it is kept
#   ARGS="..."          options for what is run

VENV ?= .venv
PYTHON ?=
ARGS ?=
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help try test bench gallery font lint migration lock clean

help: ## list what there is to make
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

try: $(VENV)/.try ## open the local chat: no Discord, no token   (ARGS="--no-browser --port 8791")
	@$(BIN)/python -m bot try $(ARGS)

test: $(VENV)/.dev ## run the tests                               (ARGS="-k search")
	@$(BIN)/python -m pytest --numprocesses=auto --dist=loadfile --no-loadscope-reorder $(ARGS)

bench: $(VENV)/.dev ## measure speed and memory: search beside other libraries, presses, boards, races, the scheduler
	@$(BIN)/python -m tests.bench $(ARGS)

lint: $(VENV)/.dev ## check style and types
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m mypy

gallery: $(VENV)/.dev ## draw contact sheets of all pictures          (ARGS="--notes DIR")
	@$(BIN)/python -m tests.gallery $(ARGS)

migration: $(VENV)/.dev ## write the next version of the tables               (ARGS="'What it is for.'")
	@$(BIN)/python -m storage.migrations.write $(ARGS)

font: $(VENV)/.dev ## make the font of the pictures anew from a package
	@$(PIP) install --quiet fonttools pylopdf-fonts-zh-cn
	@$(BIN)/python -m drawing.fonts.build

lock: $(VENV)/.lock ## write requirements.lock anew from pyproject.toml (ARGS=--upgrade for newer versions)
	@$(BIN)/python -m uv pip compile pyproject.toml --extra fast --extra postgres --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		--quiet --output-file requirements.lock $(ARGS)

clean: ## remove the environment and everything that can be made again
	@rm -rf $(VENV) build dist ./*.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The optional fast parts come as wheels; where there is none for a machine, everything works without them.
define install
	@echo "Installing into $(VENV) (once; takes about a minute) ..."
	@$(PIP) install --quiet --editable ".[fast,$(1)]" 2>$(VENV)/fast.log || { \
		echo "The optional fast parts cannot be installed here ($(VENV)/fast.log says why); going on without them."; \
		$(PIP) install --quiet --editable ".[$(1)]"; }
	@touch $@
endef

$(VENV)/.try: pyproject.toml | $(BIN)/python
	$(call install,try)

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(call install,dev)

$(VENV)/.lock: | $(BIN)/python
	@$(PIP) install --quiet "uv>=0.9"
	@touch $@

$(BIN)/python:
	@set -e; found=; \
	for python in $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python); do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found="$$python"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "studybot needs Python 3.11 or newer, and none was found$(if $(PYTHON), as $(PYTHON))." >&2; \
		echo "Install it (Debian: apt install python3 python3-venv), or name it: make try PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi; \
	"$$found" -m venv --clear $(VENV) || { \
		rm -rf $(VENV); echo "This Python cannot make environments. Debian: apt install python3-venv" >&2; exit 1; }
