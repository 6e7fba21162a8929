# Two commands set everything up on a fresh clone: `make synth` and `make test`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help synth test bench clean conformance e2e lab-build lab-up lab-down monitor-up monitor-dev monitor-down monitor-down-v monitor-logs monitor-status

help: ## Show what there is to make
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

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

# Real programs, built once into a cache outside this folder.
LAB = node scripts/app.js lab/lab.ts

lab-build: node_modules/.installed ## Build the real programs that judge and run the manifests
	@$(LAB) build

lab-up: node_modules/.installed ## Start a Kubernetes node from them, without Docker
	@$(LAB) up

lab-down: node_modules/.installed ## Stop it, and delete its data
	@$(LAB) down

conformance: node_modules/.installed ## Let the real programs judge dist/, and show that they can say no
	@$(LAB) conformance
	@npm run --silent test:lab

e2e: node_modules/.installed ## Try the stack in a cluster: the lab's, or the context of E2E_CONTEXT
	@$(LAB) e2e

# The operator's verbs. Variables that are given to make reach them: make monitor-up ENVIRONMENT=production
VERB = node scripts/app.js verbs/monitor.ts

monitor-up: node_modules/.installed ## Apply the stack, wait until it is ready, forward its ports
	@$(VERB) up

monitor-dev: node_modules/.installed ## The same, with every trace kept and debug output
	@$(VERB) dev

monitor-down: node_modules/.installed ## Remove the stack, keep its data
	@$(VERB) down

monitor-down-v: node_modules/.installed ## Remove the stack and its data; DELETE=context confirms
	@$(VERB) down-v

monitor-logs: node_modules/.installed ## Follow the logs of every workload
	@$(VERB) logs

monitor-status: node_modules/.installed ## Say what is sick, why, and what to do next
	@$(VERB) status

clean: ## Remove what was installed and built
	rm -rf node_modules .build reports
