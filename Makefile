# The only door: everything a developer or an operator runs from here.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
ONLY ?=
BIN := .venv/bin
STAMP := .venv/stamps
FRONT := src/salawaku/web
FRONT_SOURCES := package-lock.json $(shell find $(FRONT)/static_src $(FRONT)/build src/salawaku -path '*/templates/*' -name '*.html' 2>/dev/null; find $(FRONT)/static_src -type f 2>/dev/null)
MESSAGES := $(shell find src/salawaku -name 'django.po')

.PHONY: help setup run test check fix bench mutants lock messages clean

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(STAMP)/runtime $(STAMP)/front $(STAMP)/messages ## the environment in .venv with the salawaku command, and the front end

run: setup ## a demonstration city, then the site on http://127.0.0.1:$(PORT)
	@$(BIN)/salawaku setup
	@$(BIN)/salawaku demo --if-empty
	@$(BIN)/salawaku serve --port $(PORT)

check: $(STAMP)/dev $(STAMP)/messages ## fast: lint, format, types, import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	DATABASE_URL=postgres:///none $(BIN)/mypy
	$(BIN)/lint-imports --no-cache

fix: $(STAMP)/dev ## mend what lint and format can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

test: setup check ## everything: check, tests with coverage, browser tests
	$(BIN)/pytest --cov --cov-report=term:skip-covered

bench: setup $(STAMP)/dev ## ratios against limits measured in the same run; ONLY=intake for one part
	$(BIN)/python -m salawaku.bench $(ONLY)

# The law with one small change at a time: which do the tests not notice? See docs/reference/mutation.md.
mutants: $(STAMP)/dev ## do the tests of contributions and benefits notice each small change? (ten minutes)
	$(BIN)/pip install --quiet --disable-pip-version-check mutmut==3.8.1
	rm -rf mutants
	CI= DATABASE_URL=postgres:///none $(BIN)/mutmut run --max-children 2
	$(BIN)/mutmut results

lock: $(STAMP)/dev ## write the lock files anew
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url -o requirements.txt
	$(BIN)/uv pip compile -q pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url -c requirements.txt -o requirements-dev.txt

messages: $(STAMP)/runtime ## collect texts to translate into the .po files
	$(BIN)/python -m salawaku.tools.messages extract

clean: ## remove what setup made
	rm -rf .venv node_modules mutants $(FRONT)/static/built

$(STAMP)/venv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Salawaku needs Python 3.11 or newer: make setup PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "python3 -m venv failed: on Debian or Ubuntu run 'apt-get install python3-venv' first"; exit 1; }
	@mkdir -p $(STAMP) && touch $@

# The lock files name every package: letting pip resolve again can make it look at newer, unpinned ones and refuse.
$(STAMP)/runtime: requirements.txt pyproject.toml | $(STAMP)/venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

$(STAMP)/dev: requirements-dev.txt $(STAMP)/runtime
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-dev.txt
	@touch $@

$(STAMP)/front: $(FRONT_SOURCES) $(STAMP)/runtime
	@$(BIN)/python scripts/build_front.py
	@touch $@

$(STAMP)/messages: $(MESSAGES) $(STAMP)/runtime
	@$(BIN)/python -m salawaku.tools.messages compile
	@touch $@
