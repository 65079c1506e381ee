# litopys: `make demo` and `make test` are the two commands to know; `make help` lists the rest.
# Everything is installed from Debian 12 by package name (docs/dependencies.md); nothing is downloaded otherwise.
.DEFAULT_GOAL := help
SHELL := /bin/bash
JOBS ?= 2
SHARED ?= ../shared
TSAN_TESTS := test_base test_intake test_reader test_vault test_store

.PHONY: help setup setup-test build demo test check-format check-tidy format dev asan tsan eval bench fuzz clean

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

setup: ## install what building needs
	@tools/setup.sh build

setup-test: ## install what testing needs besides
	@tools/setup.sh build test

build: setup ## the program: build/release/litopys
	@tools/step.sh "configure (release)" cmake --preset release
	@tools/step.sh "build (release)" cmake --build --preset release -j $(JOBS)
	@echo "-- built build/release/litopys"

demo: build ## samples into a fresh casebook, the record printed, demo/report.html written
	@tools/demo.sh

test: setup-test build ## every test, formatting and lint
	@tools/step.sh "formatting" $(MAKE) --no-print-directory check-format
	@tools/step.sh "configure (dev)" cmake --preset dev
	@tools/step.sh "build (dev)" cmake --build --preset dev -j $(JOBS)
	@tools/step.sh "lint" $(MAKE) --no-print-directory check-tidy
	@echo "-- tests"
	@ctest --preset dev -j $(JOBS) --no-tests=error --output-on-failure --progress

check-format: ## clang-format finds nothing to change
	@git ls-files 'src/*.h' 'src/*.cc' 'tests/*.h' 'tests/*.cc' 'fuzz/*.cc' 'bench/*.cc' 'tools/*.cc' | xargs -r clang-format-16 --dry-run --Werror

check-tidy: ## clang-tidy finds nothing (files that did not change are not looked at again)
	@tools/tidy.sh $(JOBS)

format: ## let clang-format change what it finds
	@git ls-files 'src/*.h' 'src/*.cc' 'tests/*.h' 'tests/*.cc' 'fuzz/*.cc' 'bench/*.cc' 'tools/*.cc' | xargs -r clang-format-16 -i

dev: ## build with tests and assertions
	@cmake --preset dev && cmake --build --preset dev -j $(JOBS)

asan: setup-test ## every test under AddressSanitizer and UBSan
	@cmake --preset asan && cmake --build --preset asan -j $(JOBS) && ctest --preset asan -j $(JOBS) --no-tests=error

# ThreadSanitizer needs its addresses where it expects them, also where CMake asks a test program for its cases. What forks from a process with
# threads, limits its memory or counts system calls is no matter of threads and is left out.
tsan: setup-test ## the tests of what uses threads under ThreadSanitizer
	@cmake --preset tsan && setarch -R cmake --build --preset tsan -j $(JOBS) --target $(TSAN_TESTS)
	@setarch -R ctest --preset tsan -j $(JOBS) --no-tests=error

eval: build ## score against the annotated documents, where ../shared is there
	@tools/eval/eval.py --shared $(SHARED) --program build/release/litopys

bench: setup-test ## time the program on the samples multiplied
	@cmake --preset bench && cmake --build --preset bench -j $(JOBS)
	@bench/run.sh build/bench

fuzz: setup-test ## each fuzz target for a minute (FUZZ_SECONDS to change that)
	@cmake --preset fuzz && cmake --build --preset fuzz -j $(JOBS)
	@tools/fuzz.sh build/fuzz $${FUZZ_SECONDS:-60}

clean: ## remove what was built
	rm -rf build demo
