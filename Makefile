# Everything runs in .venv, made on first use; Python 3.11 or later, pip and make are all it takes.
PYTHON ?= python3
BIN = .venv/bin
LINT = .venv-lint/bin
DOCS = .venv-docs/bin
NEXT = .venv-next/bin
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Processes that tests start read compiled modules rather than compile them again, whatever the surroundings say.
unexport PYTHONDONTWRITEBYTECODE
# LOCKED=1, as CI has it, installs only files that are known by their hashes (requirements/).
LOCKED ?=

.PHONY: demo serve check lint test test-all test-next torture llm media dask parquet bench docs clean

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

test: .venv/test  ## Run the quick tests on all processors; ARGS: all of those that you say, as in ARGS='tests/text -x'
	$(BIN)/python -m pytest $(or $(ARGS),-n auto -m 'not long and not browser')

test-all: .venv/torture  ## Everything that can be shown by a test, with more examples, however long it takes
	$(BIN)/python -m pytest -n auto --hypothesis-profile=thorough $(if $(AGAIN),--reruns 1 -rR)
	$(MAKE) torture llm media dask parquet

test-next: .venv-next/done  ## The pages with the coming line of Datasette
	$(NEXT)/python -m pytest -n auto -m 'not long and not browser' tests/web

torture: .venv/torture  ## Kill writers, cut the power, fail the disk: is what was acknowledged still there?
	$(BIN)/python -m pytest tests/torture

llm: .venv-llm/done  ## The tests of factledger-llm, in an environment of its own
	.venv-llm/bin/python -m pytest --rootdir plugins/factledger-llm plugins/factledger-llm

media: .venv-media/done .venv-lint/done  ## The tests of factledger-media, and its benchmark in small, in an environment of its own
	$(LINT)/mypy --python-executable .venv-media/bin/python -p factledger_media
	.venv-media/bin/python -m pytest --rootdir plugins/factledger-media plugins/factledger-media
	.venv-media/bin/python plugins/factledger-media/benchmarks/pictures.py $(if $(FULL),,--quick)

dask: .venv-dask/done  ## The tests of factledger-dask: a cluster on loopback, in an environment of its own
	.venv-dask/bin/python -m pytest --rootdir plugins/factledger-dask plugins/factledger-dask

parquet: .venv-parquet/done  ## The tests of factledger-parquet: DuckDB reads what it writes, in an environment of its own
	.venv-parquet/bin/python -m pytest --rootdir plugins/factledger-parquet plugins/factledger-parquet

bench: .venv/bench  ## Figures beside their bars, peers and floors, into BENCHMARKS.md; QUICK=1: in a small size; FACTLEDGER_DATA: outside sets
	PYTHONPATH=.:plugins:plugins/factledger-fusion $(BIN)/python benchmarks/record.py $(if $(QUICK),--quick)

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

# Apart as well: the library that knows language models brings their makers' libraries with it.
.venv-llm/done: pyproject.toml plugins/factledger-llm/pyproject.toml requirements/llm.txt
	$(PYTHON) -m venv .venv-llm
	.venv-llm/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/llm.txt
	.venv-llm/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
	    -e . -e plugins/factledger-llm
	touch $@

# Apart as well: libraries that read pictures are large, and nobody needs them who checks texts.
.venv-media/done: pyproject.toml plugins/factledger-media/pyproject.toml requirements/media.txt
	$(PYTHON) -m venv .venv-media
	.venv-media/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/media.txt
	.venv-media/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
	    -e . -e plugins/factledger-media
	touch $@

# Apart as well: whoever checks on one machine needs no cluster's library.
.venv-dask/done: pyproject.toml plugins/factledger-dask/pyproject.toml requirements/dask.txt
	$(PYTHON) -m venv .venv-dask
	.venv-dask/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dask.txt
	.venv-dask/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
	    -e . -e plugins/factledger-dask
	touch $@

# Apart as well: libraries of columns are larger than all else here.
.venv-parquet/done: pyproject.toml plugins/factledger-parquet/pyproject.toml requirements/parquet.txt
	$(PYTHON) -m venv .venv-parquet
	.venv-parquet/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/parquet.txt
	.venv-parquet/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
	    -e . -e plugins/factledger-parquet
	touch $@

# Apart as well: what makes the site is no part of what runs or is tested.
.venv-docs/done: pyproject.toml
	$(PYTHON) -m venv .venv-docs
	$(DOCS)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/docs.txt
	touch $@

# Apart, as only one Datasette can be installed.
.venv-next/done: pyproject.toml requirements/next.txt
	$(PYTHON) -m venv .venv-next
	$(NEXT)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/next.txt
	$(NEXT)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf .venv .venv-* build dist *.egg-info
