# SPDX-License-Identifier: MIT
# This tells what the benchmarks are built from, and how they run. They are no tests.

EXTRA_PROGRAMS = tests/bench/bench_native
CLEANFILES += $(EXTRA_PROGRAMS) bench.csv bench.md
tests_bench_bench_native_CFLAGS = $(AM_CFLAGS) -O2
tests_bench_bench_native_CPPFLAGS = -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64
tests_bench_bench_native_SOURCES = tests/bench/bench_native.c

EXTRA_DIST += \
	tests/bench/README.md \
	tests/bench/bench.sh \
	tests/bench/bench_family.c \
	tests/bench/bench_family.sh \
	tests/bench/bench_large.sh \
	tests/bench/bench_nt.sh \
	tests/bench/bench_pair.sh \
	tests/bench/bench_report.awk \
	tests/bench/bench_results.sh \
	tests/bench/bench_trees.c \
	tests/bench/bench_trees.sh \
	tests/bench/bench_windows.c

# make bench, or make bench CASE='new over'; tests/bench/bench.sh tells the rest.
bench: stage tests/bench/bench_native$(EXEEXT) x86_64-windows/tests/bench/bench_windows.exe
	@$(AM_TESTS_ENVIRONMENT) CASE='$(CASE)' $(SHELL) $(top_srcdir)/tests/bench/bench.sh

# This measures CopyFileW under plain Wine against wine-copyfile2 --all.
x86_64-windows/tests/bench/bench_family.exe: x86_64-windows/tests/bench/bench_family.o
	$(AM_V_PELD)$(PE64_CC) $(PE_CFLAGS) $(pe_ldflags) -o $@ $<
bench-family: stage x86_64-windows/tests/bench/bench_family.exe
	@$(AM_TESTS_ENVIRONMENT) CASE='$(CASE)' $(SHELL) $(top_srcdir)/tests/bench/bench_family.sh

# This measures copies of a tree, by CopyFileExW under both and by cp -r.
x86_64-windows/tests/bench/bench_trees.exe: x86_64-windows/tests/bench/bench_trees.o
	$(AM_V_PELD)$(PE64_CC) $(PE_CFLAGS) $(pe_ldflags) -o $@ $<
bench-trees: stage tests/bench/bench_native$(EXEEXT) x86_64-windows/tests/bench/bench_trees.exe
	@$(AM_TESTS_ENVIRONMENT) CASE='$(CASE)' $(SHELL) $(top_srcdir)/tests/bench/bench_trees.sh

.PHONY: bench bench-family bench-trees
