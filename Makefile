# Everything runs in .venv, made on first use; Python 3.11 or later, pip and make are all it takes.
PYTHON ?= python3
BIN = .venv/bin
LINT = .venv-lint/bin

.PHONY: demo serve test torture lint bench clean

demo: .venv/run  ## Build the example ledger from seeds/, check it, show what it says
	$(BIN)/factledger -d ledger.db demo

serve: .venv/run  ## Browse the example ledger in Datasette
	$(BIN)/factledger -d ledger.db demo >/dev/null 2>&1
	$(BIN)/factledger -d ledger.db serve

test: .venv/test  ## Run the tests
	$(BIN)/python -m pytest -n auto

torture: .venv/torture  ## Kill writers, cut the power, fail the disk: is what was acknowledged still there?
	$(BIN)/python -m pytest tests/torture

lint: .venv/test .venv-lint/done  ## Style, types, layers
	$(LINT)/ruff check .
	$(LINT)/ruff format --check .
	$(LINT)/mypy --python-executable $(BIN)/python
	PYTHONPATH=.:plugins $(LINT)/lint-imports --no-cache

bench: .venv/bench  ## Figures, each beside its peer or floor; QUICK=1: in a small size; FACTLEDGER_DATA: outside sets
	@missed=0; for file in $$(grep -l '^    main()' benchmarks/*.py); do \
	    echo "== $$file"; PYTHONPATH=.:plugins:plugins/factledger-fusion $(BIN)/python $$file $(if $(QUICK),--quick) || missed=1; \
	done; exit $$missed

.venv/made:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "factledger needs Python 3.11 or later")'
	$(PYTHON) -m venv .venv
	touch $@

.venv/run: .venv/made pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/test: .venv/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	touch $@

# Peers that benchmarks measure beside ours; one that is missing is said in its benchmark.
.venv/bench: .venv/test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,bench]'
	touch $@

# Another SQLite library: the tests that load it do so in processes of their own, never beside the first on one file.
.venv/torture: .venv/test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,torture]'
	touch $@

# Apart from .venv: these bring `rich`, with which Datasette would print local variables on every 404.
.venv-lint/done: pyproject.toml
	$(PYTHON) -m venv .venv-lint
	$(LINT)/python -m pip install --quiet --disable-pip-version-check 'ruff>=0.17' 'mypy>=2.4' 'import-linter>=2.16'
	touch $@

clean:
	rm -rf .venv .venv-lint build dist *.egg-info
