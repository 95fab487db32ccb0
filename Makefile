# make brief: the draft of the example quarter. make test: all checks. Both install what they need.
SHELL := /bin/bash
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
QUARTER ?= 2026-Q3
# Libraries of WeasyPrint; what the tests convert other spreadsheets and open texts with, and read web pages in; and what the slow tests start.
DEBIAN := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
TEST_DEBIAN := libreoffice-calc-nogui libreoffice-writer-nogui chromium
SLOW_DEBIAN := postgresql default-jdk-headless libjaxb-java

# Installs Debian packages, or prints the line to run.
define debian
	@missing=$$(dpkg-query -W -f='$${Package} $${db:Status-Status}\n' $(1) 2>/dev/null | grep -c ' installed$$' || true); \
	 if [ "$$missing" -ne $(words $(1)) ]; then \
	   if [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(1); \
	   elif sudo -n true 2>/dev/null; then sudo apt-get update -qq && sudo apt-get install -y -qq $(1); \
	   else echo "Run first: sudo apt-get install $(1)" >&2; exit 1; fi; fi
endef

.PHONY: regels brief test test-slow lint bench clean install lock

brief: install
	@if [ $(QUARTER) = 2026-Q3 ] && [ ! -d outputs/2026-Q2 ]; then \
	   echo "Eerst het kwartaal ervoor, om mee te vergelijken: 2026-Q2."; \
	   $(BIN)/voortgang concept 2026-Q2 >/dev/null 2>&1 || [ $$? = 1 ]; fi
	@status=0; $(BIN)/voortgang concept $(QUARTER) || status=$$?; \
	 if [ $$status -gt 1 ]; then exit $$status; fi

test: lint
	$(call debian,$(TEST_DEBIAN))
	$(BIN)/pytest

# What takes minutes more: the deployment, with PostgreSQL and workers; and veraPDF, in Java.
test-slow: install
	$(call debian,$(SLOW_DEBIAN))
	$(BIN)/pytest -n 0 -m slow

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: install
	$(call debian,chromium)
	$(BIN)/python -m tests.bench
	$(BIN)/python -m tests.bench_references
	$(BIN)/python -m tests.bench_feedback
	$(BIN)/python -m tests.bench_reading
	$(BIN)/python -m tests.bench_pdf
	$(BIN)/python -m tests.bench_dossier

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	$(call debian,$(DEBIAN))
	test -x $(BIN)/python || python3 -m venv $(VENV)
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q flows
	$(BIN)/python -m flows.runtime migrate
	@touch $(STAMP)

# The page with all rules.
regels: install
	$(BIN)/python -m flows.rules_page

# The lock: exact versions with hashes, and no registry's address.
lock:
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --all-extras \
	  --python-version 3.11 --output-file requirements.lock pyproject.toml

# Never a draft, nor the settings: they are somebody's work.
clean:
	rm -rf $(VENV) .voortgang/prefect build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
