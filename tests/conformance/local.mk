# SPDX-License-Identifier: MIT
# copyfile2-conformance.exe has the cases of all programs in it, from the same objects. It is built for each kind of
# Windows programs, and needs nothing but Windows' own DLLs.

conformance_sources = \
	tests/conformance/catalogue.c \
	tests/conformance/child.c \
	tests/conformance/main.c \
	tests/conformance/output.c \
	tests/conformance/probe.c \
	tests/conformance/probe_files.c \
	tests/conformance/probe_messages.c \
	tests/conformance/probe_parameters.c \
	tests/conformance/probe_phases.c \
	tests/conformance/report.c \
	tests/conformance/report_data.c \
	tests/conformance/system.c

EXTRA_DIST += \
	$(conformance_sources) \
	docs/conformance-on-windows.md \
	docs/conformance.md \
	docs/phases.md \
	docs/phases.svg \
	tests/conformance/README.md \
	tests/conformance/conformance.h \
	tests/conformance/phases.awk \
	tests/conformance/phases.sh \
	tests/conformance/phases_svg.awk \
	tests/conformance/run.sh \
	tests/conformance/table.awk \
	tests/conformance/probe.h

conformance_cases = \
	$(windows_tests:%=tests/%.c) $(links_parts) $(move_parts) $(pause_parts) $(rehearsed_parts) \
	$(restartable_parts) $(streams_parts) $(model_sources)

conformance_programs = $(pe_targets:%=%/copyfile2-conformance.exe)
all-local: $(conformance_programs)

conformance_objects = \
	$(addprefix %/,$(conformance_sources:.c=.o) $(conformance_cases:.c=.o) $(harness_sources:.c=.o))
$(conformance_programs): %/copyfile2-conformance.exe: $(conformance_objects)
	$(AM_V_PELD)$(call pe,CC) $(PE_CFLAGS) $(pe_ldflags) -static -o $@ $^ -ladvapi32

# This makes the table of docs/conformance.md of real runs. It takes half an hour, and 3 GB for a while.
conformance: stage
	@$(AM_TESTS_ENVIRONMENT) AWK='$(AWK)' CONFORMANCE_ROOT='$(CONFORMANCE_ROOT)' \
	  CONFORMANCE_WINES='$(CONFORMANCE_WINES)' $(SHELL) $(top_srcdir)/tests/conformance/run.sh
.PHONY: conformance

phases: stage
	@$(AM_TESTS_ENVIRONMENT) AWK='$(AWK)' $(SHELL) $(top_srcdir)/tests/conformance/phases.sh '$(abs_top_srcdir)/docs'
.PHONY: phases
