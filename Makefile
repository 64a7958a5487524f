# make run, make test: everything they need is made on the way. Python 3.11 or newer is all that must be there.
PYTHON ?= python3
VENV := .venv/bin
STAMP := .venv/.installed-$(shell cat requirements.txt requirements-dev.txt | cksum | cut -d' ' -f1)

.PHONY: setup run test test-browser test-services campaign bench lint format

setup: $(STAMP)

# installed again only when a requirement changed
$(STAMP):
	test -x $(VENV)/python || $(PYTHON) -m venv .venv
	$(VENV)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	rm -f .venv/.installed-*
	touch $@

run: setup
	IMT_DEMO=1 exec $(VENV)/python manage.py start

test: setup
	$(VENV)/python -m pytest -n auto $(ARGS)

test-browser: setup
	$(VENV)/python -m pytest -m browser $(ARGS)

test-services: setup
	$(VENV)/python -m pytest -m services $(ARGS)

# the long counts of races, kills and documents (IMT_CAMPAIGN=100 unless given); CI runs the same at small counts
campaign: setup
	IMT_CAMPAIGN=$${IMT_CAMPAIGN:-100} $(VENV)/python -m pytest $(ARGS)

# on the PostgreSQL of DATABASE_URL: an empty database of the benchmarks' own; ARGS="--people 1450 --lines 1000"
bench: setup
	$(VENV)/python -m benchmarks.generate $(ARGS)
	$(VENV)/python -m benchmarks.refresh
	$(VENV)/python -m benchmarks.approve
	$(VENV)/python -m benchmarks.crew_grid
	$(VENV)/python -m benchmarks.import_hours

lint: setup
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .

format: setup
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .
