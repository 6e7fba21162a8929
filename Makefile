# On a fresh clone, `make synth` and `make test` install what they need.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help synth test bench clean conformance faults e2e lab-build lab-up lab-down monitor-up monitor-dev monitor-down monitor-down-v monitor-logs monitor-status monitor-export monitor-diff monitor-test monitor-query monitor-backup monitor-restore

help: ## List the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-15s %s\n", $$1, $$2}'

# Reinstalls when the lock file has changed.
node_modules/.installed: package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@touch $@

synth: node_modules/.installed ## Render every environment into dist/
	@npm run --silent synth

test: node_modules/.installed ## Check types and style, run all tests that need only Node.js
	@npm run --silent types
	@npm run --silent lint
	@npm run --silent test

bench: node_modules/.installed ## Measure start-up, synth time and memory, and the Collector, as ratios
	@npm run --silent bench

# The real programs, built once into a cache outside this folder.
LAB = node scripts/app.js lab/lab.ts

lab-build: node_modules/.installed ## Build the real programs that check and run the manifests
	@$(LAB) build

lab-up: node_modules/.installed ## Start a Kubernetes node without Docker
	@$(LAB) up

lab-down: node_modules/.installed ## Stop that node and delete its data
	@$(LAB) down

conformance: node_modules/.installed ## Check dist/ with the real programs, and prove that each check can fail
	@$(LAB) conformance
	@npm run --silent test:lab

faults: node_modules/.installed ## Break things with the real programs, count what is lost; FAULTS=F1,F2 picks some
	@$(LAB) faults

e2e: node_modules/.installed ## Test the stack in a cluster: the lab's, or the context E2E_CONTEXT
	@$(LAB) e2e

# The operator's commands. make passes variables on: make monitor-up ENVIRONMENT=production
# It would expand a $ in them, which an expression, a path or the name of a context may have: they are passed on as they are given.
$(foreach name,Q TO FROM CONTEXT DELETE,$(if $(filter-out undefined,$(origin $(name))),\
  $(eval override $(name) := $$(value $(name)))$(eval export $(name))))
VERB = node scripts/app.js verbs/monitor.ts

monitor-up: node_modules/.installed ## Apply the stack, wait until it is ready, forward its ports
	@$(VERB) up

monitor-dev: node_modules/.installed ## The same, with every trace sampled and debug output
	@$(VERB) dev

monitor-diff: node_modules/.installed ## Show what monitor-up would change in the cluster; changes nothing
	@$(VERB) diff

monitor-down: node_modules/.installed ## Delete the stack, keep its data
	@$(VERB) down

monitor-down-v: node_modules/.installed ## Delete the stack and its data, without scheduled backups; DELETE=<context> confirms
	@$(VERB) down-v

monitor-logs: node_modules/.installed ## Follow the logs of every workload
	@$(VERB) logs

monitor-status: node_modules/.installed ## Show what is not healthy, why, and what to do next
	@$(VERB) status

monitor-export: node_modules/.installed ## Write an archive for a bug report, without secrets; TO=<file.tgz>
	@$(VERB) export

monitor-test: node_modules/.installed ## Send a trace and a metric, find them again, check all that must work
	@$(VERB) test

monitor-query: node_modules/.installed ## Ask Prometheus: Q='up'; FORMAT=json; or TRACE=id for a trace of Jaeger
	@$(VERB) query

monitor-backup: node_modules/.installed ## Copy the stack's data to a folder; TO=<folder>
	@$(VERB) backup

monitor-restore: node_modules/.installed ## Put a backup's data in place; FROM=<folder>, DELETE=<context> confirms, UNDO=yes goes back
	@$(VERB) restore

clean: ## Delete node_modules, bundles and reports
	rm -rf node_modules .build reports
