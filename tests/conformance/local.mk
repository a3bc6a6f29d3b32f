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
	tests/conformance/report.c \
	tests/conformance/report_data.c \
	tests/conformance/system.c

EXTRA_DIST += \
	$(conformance_sources) \
	tests/conformance/README.md \
	tests/conformance/conformance.h \
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
