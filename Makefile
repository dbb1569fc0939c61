# Everything a developer needs; "make help" lists it. Set PYTHON to use another interpreter than python3.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CONTOH := build/contoh

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[pdf,postgres]" --group dev
	touch $@

.PHONY: setup
setup: $(VENV)/ready ## Make the virtual environment with all that is needed

.PHONY: demo
demo: setup ## Install, fill a ledger with the sample office, show the section head's sheet
	@rm -rf $(CONTOH) && mkdir -p $(CONTOH)
	@for register in pengaduan informasi rekomendasi surat-kabar survei tindak-lanjut; do \
	  $(BIN)/ikikec --buku $(CONTOH)/buku.db --konfig tests/contoh/ikikec.toml --hari-ini 2026-11-22 \
	    impor $$register tests/contoh/$$register.csv || exit; \
	done
	@$(BIN)/ikikec --buku $(CONTOH)/buku.db --konfig tests/contoh/ikikec.toml --hari-ini 2026-11-22 \
	  laporan --jabatan kasi-pip --periode 2026-10

.PHONY: picture
picture: demo ## Draw docs/lembar.png, the README's picture (needs Debian's poppler-utils)
	$(BIN)/ikikec --buku $(CONTOH)/buku.db --konfig tests/contoh/ikikec.toml --hari-ini 2026-11-22 \
	  laporan --jabatan pengolah-pip --periode 2026-10 -o $(CONTOH)/lembar.pdf
	pdftoppm -png -gray -r 75 -singlefile $(CONTOH)/lembar.pdf docs/lembar

.PHONY: test
test: setup ## Run the tests with coverage
	@mkdir -p build
	$(BIN)/python -W "ignore:Unable to activate" -m slipcover -m pytest -n auto --dist worksteal
	@$(BIN)/python -m slipcover --merge build/coverage.json --fail-under 91

.PHONY: test-long
test-long: setup ## Run the long versions: every case on both engines, more killed writers, more random sequences
	IKIKEC_UJI_SEMUA=1 IKIKEC_UJI_BUNUH=40 IKIKEC_UJI_MODEL=300 $(BIN)/python -m pytest -n auto --dist worksteal

.PHONY: bench
bench: setup ## Measure and write docs/kinerja.md anew; PILIH="impor catat" chooses, --help in it lists
	$(BIN)/python -m bench $(PILIH)

.PHONY: bench-skala
bench-skala: setup ## Measure how far one ledger carries and write docs/skala.md anew
	$(BIN)/python -m bench skala

.PHONY: lint
lint: setup ## Check style, format and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

.PHONY: format
format: setup ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.PHONY: golden
golden: setup ## Write the golden files anew; look at "git diff" before you commit
	$(BIN)/python -m pytest tests -k 'golden or reference' --tulis-emas

.PHONY: check
check: lint test ## All that CI runs

.PHONY: windows
windows: setup ## Make the package and the installer for Windows in dist/ (needs Wine and NSIS; it says what to install)
	$(BIN)/python packaging/windows/wine.py ready
	$(BIN)/python packaging/windows/build.py

.PHONY: test-windows
test-windows: windows ## See them running under Wine: the whole job as a user does it, all tests that need no Unix (PILIH chooses)
	$(BIN)/python -m pytest -p no:cacheprovider -n 2 --dist loadfile packaging/windows

.PHONY: clean
clean: ## Remove the environment and everything built
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.*
