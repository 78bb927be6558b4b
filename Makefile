# make demo       a city from 38 invented departments, end to end
# make test       ruff, mypy, every test
# make bench      benchmarks, apart from the tests
# make templates  rebuild workbook_templates/
# make pictures   the pictures of the READMEs, from real files, by LibreOffice
# make test-wine  the Windows parts under Wine (downloads Wine and a Windows Python)

PYTHON ?= python3
BIN := .venv/bin
DEMO ?= gouji-demo

.PHONY: demo test lint bench templates pictures test-wine clean

demo: .venv/.runtime
	$(BIN)/gouji demo $(DEMO) --force

test: .venv/.dev lint
	sh .ci/office.sh
	$(BIN)/pytest

lint: .venv/.dev
	$(BIN)/ruff check addin tests
	$(BIN)/ruff format --check addin tests
	$(BIN)/mypy

bench: .venv/.dev
	for file in tests/benchmarks/bench_*.py; do echo "== $$file"; $(BIN)/python $$file || exit 1; done

templates: .venv/.runtime
	$(BIN)/python -m gouji.workshop.build workbook_templates

pictures: .venv/.runtime
	sh .ci/office.sh
	$(BIN)/python -m gouji.workshop.pictures addin/pictures

test-wine: .venv/.dev
	sh tests/wine/setup.sh
	$(BIN)/pytest tests/wine

.venv/.runtime: pyproject.toml
	sh .ci/venv.sh "$(PYTHON)" .venv -e .
	touch $@

.venv/.dev: pyproject.toml
	sh .ci/venv.sh "$(PYTHON)" .venv -e '.[dev]'
	touch $@ .venv/.runtime

clean:
	rm -rf .venv .wine gouji-demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
