# All set-up happens inside .venv; nothing else on the machine is touched.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: demo test check bench clean lock reference setup

setup: $(READY)

# The checkout is linked as a package named nurt, whatever the folder is called, so that the type
# checker and the import-layer check see the same package that users import.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "nurt needs Python 3.11 or newer; try: make PYTHON=python3.12 $(MAKECMDGOALS)")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	mkdir -p $(VENV)/checkout && ln -sfn ../.. $(VENV)/checkout/nurt
	touch $@

demo: setup
	$(BIN)/nurt demo --output demo

test: setup
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	cd $(VENV)/checkout && ../bin/mypy --config-file nurt/pyproject.toml
	cd $(VENV)/checkout && ../bin/lint-imports --config nurt/pyproject.toml
	$(BIN)/python -m pytest -q -m "not slow" tests/docs

# The pages of docs/reference that are made from the code; a test fails where they are behind it.
reference: setup
	$(BIN)/python -m docs.reference

bench: setup
	$(BIN)/python -m benchmarks

lock:
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	  --all-extras pyproject.toml --python-version 3.11 -o requirements.lock

clean:
	rm -rf $(VENV) demo build dist *.egg-info
