# portkit. `make help` lists the targets; mk/ holds the fragments.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
JOBS := $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc)) # all processors, unless told
MAKEFLAGS += --no-builtin-rules --no-print-directory $(JOBS)

BUILD := build
OUT := $(BUILD)
V ?= 0
Q := $(if $(filter 1,$V),,@)
say = $(if $(filter 1,$V),,@echo "  $(1)" >&2)

include mk/data.mk
include $(wildcard conformance/hosts/*/setup.mk)
include mk/tools.mk
include mk/nosplit.mk
include mk/nosplit-test.mk
include mk/kit.mk
include $(wildcard conformance/hosts/*.mk $(filter-out %/setup.mk,$(wildcard conformance/hosts/*/*.mk)))
include mk/gdb.mk
include mk/budget.mk
include mk/suite.mk
include mk/bench.mk
include mk/programs.mk
include mk/soak.mk

.PHONY: help clean setup
help:
	@sed -n 's/^#: //p' Makefile mk/*.mk

#: make report              build every port, run the suite on each, print the matrix
#: make check               all tests: tools, plugin, suite, mutants; ends in N passed, N failed, N skipped
#: make run TEST=S04        one test, its output as it comes (ARCH=386 for one port)
#: make mutants             broken variants of the kit: which assertion caught which
#: make budget              stack budgets: each root, what it uses, its worst chain; HTML in build/report
#: make budget-baseline     what they are now becomes what they may be (conformance/nosplit/baseline)
#: make bench               nanoseconds beside a floor of the same run; build/bench.json
#: make port-status         each port, rung by rung, with its line counts
#: make coverage            assertions without a test
#: make clean               removes build/
#: ARCH=arm OS=linux TEST=S04 narrow report, check, run and mutants; SKIP=linux/arm leaves a port out;
#: SETUP=no installs nothing; V=1 shows commands; make -j2 works
clean:
	rm -rf $(BUILD)
