# Everything runs in .venv, made on first use; Python 3.11 or later, pip and make are all it takes.
PYTHON ?= python3
BIN = .venv/bin
LINT = .venv-lint/bin
DOCS = .venv-docs/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
# LOCKED=1, as CI has it, installs only files that are known by their hashes (requirements/).
LOCKED ?=

.PHONY: demo serve check lint test test-all torture bench docs clean

demo: .venv/run  ## Build the example ledger from seeds/, check it, show what it says
	$(BIN)/factledger -d ledger.db demo

serve: .venv/run  ## Browse the example ledger in Datasette
	$(BIN)/factledger -d ledger.db demo >/dev/null 2>&1
	$(BIN)/factledger -d ledger.db serve

check: .venv/test .venv-lint/done  ## Style, types, layers: seconds, before each commit
	$(LINT)/ruff check .
	$(LINT)/ruff format --check .
	$(LINT)/mypy --python-executable $(BIN)/python
	PYTHONPATH=.:plugins $(LINT)/lint-imports --no-cache

lint: check

test: .venv/test  ## Run the tests on all processors; ARGS: those that you say, as in ARGS='tests/text -x'
	$(BIN)/python -m pytest $(or $(ARGS),-n auto)

test-all: test torture  ## Everything that can be shown by a test, however long it takes

torture: .venv/torture  ## Kill writers, cut the power, fail the disk: is what was acknowledged still there?
	$(BIN)/python -m pytest tests/torture

bench: .venv/bench  ## Figures, each beside its peer or floor; QUICK=1: in a small size; FACTLEDGER_DATA: outside sets
	@missed=0; for file in $$(grep -l '^    main()' benchmarks/*.py); do \
	    echo "== $$file"; PYTHONPATH=.:plugins:plugins/factledger-fusion $(BIN)/python $$file $(if $(QUICK),--quick) || missed=1; \
	done; exit $$missed

docs: .venv-docs/done  ## The documentation as a site: build/site/index.html; a dead link or anchor fails
	$(DOCS)/python -m sphinx --builder html --conf-dir docs --fresh-env --fail-on-warning --keep-going --quiet \
	    --doctree-dir build/doctrees . build/site

.venv/made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "factledger needs Python 3.11 or later")'
	$(PYTHON) -m venv .venv
	touch $@

.venv/run: .venv/made pyproject.toml
	$(PIP) $(if $(LOCKED),--require-hashes -r requirements/test.txt,-e .)
	$(if $(LOCKED),$(PIP) --no-deps --no-build-isolation -e .)
	touch $@

.venv/test: .venv/run
	$(if $(LOCKED),,$(PIP) -e '.[test]')
	touch $@

# Peers that benchmarks measure beside ours; one that is missing is said in its benchmark.
.venv/bench: .venv/test
	$(PIP) --require-hashes -r requirements/bench.txt
	touch $@

# Another SQLite library: the tests that load it do so in processes of their own, never beside the first on one file.
.venv/torture: .venv/test
	$(if $(LOCKED),,$(PIP) -e '.[test,torture]')
	touch $@

# Apart from .venv: these bring `rich`, with which Datasette would print local variables on every 404.
.venv-lint/done: pyproject.toml
	$(PYTHON) -m venv .venv-lint
	$(LINT)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/lint.txt
	touch $@

# Apart as well: what makes the site is no part of what runs or is tested.
.venv-docs/done: pyproject.toml
	$(PYTHON) -m venv .venv-docs
	$(DOCS)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/docs.txt
	touch $@

clean:
	rm -rf .venv .venv-lint .venv-docs build dist *.egg-info
