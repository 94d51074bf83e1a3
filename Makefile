# Tỉnh Số. `make` alone lists what there is.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/done
NAME ?= all

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules --no-builtin-variables
.SUFFIXES:

# A folder that was moved, or a Python that was replaced, leaves scripts that point nowhere: begin again.
$(shell [ "$$(cat $(DONE)/tools 2>/dev/null)" = "$(CURDIR)" ] && $(BIN)/python -c '' 2>/dev/null || rm -rf $(DONE))

# Containers often forbid Python to keep what it compiled; every start would then compile 2,000 files anew.
unexport PYTHONDONTWRITEBYTECODE

# uv brings certificates of its own; a company's proxy is known to the machine's alone.
ifneq ($(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt),)
export UV_SYSTEM_CERTS ?= true
endif

# Without a writable home the package tools keep their caches here.
ifneq ($(shell [ -w "$$HOME" ] && echo yes),yes)
export UV_CACHE_DIR ?= $(CURDIR)/var/cache/uv
export npm_config_cache ?= $(CURDIR)/var/cache/npm
endif

# A newer npm is nobody's concern here.
export npm_config_update_notifier := false

NODE := node_modules/.package-lock.json
WEB := src/tinhso/kernel/web/static/built/app.js

SAY = say() { if [ -t 1 ]; then printf '\033[1m▸ %s\033[0m\n' "$$1"; else printf '▸ %s\n' "$$1"; fi; }; say

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

# --- setting up; each part is done again only when what it is made from changed ---

.PHONY: setup
setup: $(DONE)/python $(NODE) $(WEB) $(DONE)/translations ## Install everything the product needs, in this folder

$(DONE)/tools:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Cần Python 3.11, 3.12 hoặc 3.13; máy này có: $$(python3 --version 2>/dev/null || echo "không có · none")."; \
		echo "Python 3.11, 3.12 or 3.13 is needed. On Debian or Ubuntu: sudo apt install python3 python3-venv"; exit 1; fi
	@if ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "Python trên máy này thiếu mô-đun venv. This machine's Python lacks venv."; \
		echo "Debian, Ubuntu: sudo apt install python3-venv"; exit 1; fi
	@if ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null || ! command -v npm >/dev/null; then \
		echo "Cần Node.js 20 trở lên kèm npm; máy này có: $$(node --version 2>/dev/null || echo "không có · none")."; \
		echo "Node.js 20 or later with npm is needed, see https://nodejs.org/"; exit 1; fi
	@$(SAY) "Tạo môi trường Python · creating .venv"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		"$$(grep -oE 'uv==[0-9.]+' pyproject.toml)"
	@mkdir -p $(DONE) && printf %s "$(CURDIR)" > $@

$(DONE)/python: $(DONE)/tools pyproject.toml uv.lock
	@$(SAY) "Cài các gói Python · installing the Python packages"
	@UV_PYTHON_DOWNLOADS=never $(BIN)/uv sync --frozen $$([ -t 2 ] || echo --quiet)
	@touch $@

$(NODE): $(DONE)/tools package.json package-lock.json
	@$(SAY) "Cài các gói Node · installing the Node packages"
	@npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

WEB_SOURCES = $(shell find src/tinhso \( -path '*/static/built*' -o -path '*/tests/*' -o -path '*/migrations/*' \) -prune \
	-o -type f \( -name '*.html' -o -name '*.py' -o -name '*.js' -o -name '*.mjs' -o -name '*.css' -o -name '*.svg' -o -name '*.woff2' \) -print)

$(WEB): $(NODE) $(WEB_SOURCES)
	@$(SAY) "Dựng giao diện web · building the web face"
	@npm run --silent build
	@touch $@

$(DONE)/translations: $(DONE)/python $(shell find src/tinhso -name '*.po')
	@$(BIN)/python -m tinhso.project.translations
	@touch $@

# --- running ---

.PHONY: run
run: setup ## Serve the demo province at http://127.0.0.1:8000 (PORT=… for another port)
	@exec $(BIN)/tinhso serve --with-parent

.PHONY: migrate
migrate: setup ## Bring the database up to this version
	@exec $(BIN)/tinhso migrate

# --- checking ---

.PHONY: test
test: setup ## Run all tests, browser journeys too when there is a Chromium
	@exec $(BIN)/pytest -n 2 -m "not fault"

.PHONY: faults
faults: setup ## Kill processes, fill disks, cut lines, and see that nothing is lost
	@exec $(BIN)/pytest -m fault

.PHONY: check
check: setup ## Style, types, import contracts, migrations, translations, production settings
	@$(SAY) "ruff"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(SAY) "mypy"
	@$(BIN)/mypy
	@$(SAY) "lint-imports"
	@$(BIN)/lint-imports
	@$(SAY) "migrations"
	@$(BIN)/tinhso makemigrations --check --dry-run
	@$(SAY) "production settings"
	@TINHSO_PROFILE=production TINHSO_SECRET_KEY="$$(head -c 48 /dev/urandom | base64)" TINHSO_HOSTS=example.vn \
		TINHSO_SITE_URL=https://example.vn TINHSO_IDENTITY_URL=https://identity.example.vn \
		TINHSO_TSA_URL=https://tsa.example.vn/tsa \
		TINHSO_OUTBOUND_HOSTS=identity.example.vn,tsa.example.vn DATABASE_URL=postgresql://localhost/none \
		$(BIN)/tinhso check --deploy --fail-level WARNING
	@$(SAY) "translations"
	@$(BIN)/tinhso i18n check

.PHONY: bench
bench: setup ## Measure; NAME=filing runs bench/filing.py alone
	@for file in $(if $(filter all,$(NAME)),bench/[a-z]*.py,bench/$(NAME).py); do $(BIN)/python $$file; done
