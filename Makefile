# make demo       a city from 38 invented departments, end to end
# make check      ruff, mypy, the fast tests: under a minute
# make test       ruff, mypy, all that a contributor must run: under ten minutes on two cores
# make test-long  what needs more, such as every property with many more examples: under an hour
# make test-wine  the Windows parts under Wine (downloads Wine and a Windows Python)
# make bench      benchmarks, apart from the tests
# make page       the page 勾稽校验.html (needs node and npm), in build/
# make templates  rebuild workbook_templates/, and add its macros to the list of all that were handed out
# make reference  renew the rule reference and the JSON Schemas
# make archive    what this release makes, for all later ones to read: tests/data/archive/VERSION
# make pictures   the pictures of the READMEs, from real files, by LibreOffice

PYTHON ?= python3
BIN := .venv/bin
DEMO ?= gouji-demo
PYODIDE = $(shell sed -n '/^\[pyodide\]/,/^$$/s/^version = "\(.*\)"/\1/p' addin/gouji/page/contents.toml)

.PHONY: demo check test test-long test-wine lint bench page templates reference archive pictures clean

demo: .venv/.runtime
	$(BIN)/gouji demo $(DEMO) --force

check: .venv/.dev lint
	$(BIN)/pytest -m "not office and not slow"

test: .venv/.dev lint
	sh .ci/office.sh
	sh .ci/browsers.sh
	$(BIN)/pytest

test-long: .venv/.dev
	sh .ci/office.sh
	sh .ci/browsers.sh
	$(BIN)/pytest --long --timeout 3000

lint: .venv/.dev
	$(BIN)/ruff check addin tests
	$(BIN)/ruff format --check addin tests
	$(BIN)/mypy

bench: .venv/.dev
	for file in tests/benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

page: .venv/.runtime
	$(BIN)/python -m gouji.page.fetching build/page
	$(BIN)/gouji page -o build/勾稽校验.html --pyodide build/page/pyodide-$(PYODIDE).tgz --wheels build/page --force

templates: .venv/.runtime
	$(BIN)/python -m gouji.workshop.build workbook_templates
	$(BIN)/python -m gouji.workshop.handed_out

reference: .venv/.runtime
	$(BIN)/python -m gouji.workshop.renew
archive: .venv/.dev
	PYTHONPATH=tests $(BIN)/python -m support.archive tests/data/archive/$$($(BIN)/python -c "import gouji; print(gouji.__version__)")

pictures: .venv/.runtime
	sh .ci/office.sh
	$(BIN)/python -m gouji.workshop.pictures addin/pictures

test-wine: .venv/.dev
	sh tests/wine/setup.sh
	$(BIN)/pytest -n 0 tests/wine

.venv/.runtime: pyproject.toml
	sh .ci/venv.sh "$(PYTHON)" .venv -e .
	touch $@

.venv/.dev: pyproject.toml
	sh .ci/venv.sh "$(PYTHON)" .venv -e '.[dev]'
	touch $@ .venv/.runtime

clean:
	rm -rf .venv .wine gouji-demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
