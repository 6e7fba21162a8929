# Two commands set everything up on a fresh clone: `make synth` and `make test`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help synth test bench clean

help: ## Show what there is to make
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

# Installed anew whenever the lock file has changed.
node_modules/.installed: package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

synth: node_modules/.installed ## Render every environment into dist/
	@npm run --silent synth

test: node_modules/.installed ## Check types, style, and run all tests
	@npm run --silent types
	@npm run --silent lint
	@npm run --silent test

bench: node_modules/.installed ## Measure start-up, synth time and memory as ratios
	@npm run --silent bench

clean: ## Remove what was installed and built
	rm -rf node_modules .build reports
