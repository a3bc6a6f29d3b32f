# What the tests are built from, how they run, and the benchmarks.

windows_tests = \
	access \
	actions \
	attributes \
	basic \
	cancel \
	copy_ex \
	directories \
	errors \
	faults \
	flags \
	fragments \
	full \
	handles \
	layout \
	links \
	model \
	move \
	names \
	new_names \
	old_routine \
	overwrite \
	paths \
	pause \
	progress \
	random \
	rate \
	rehearsed \
	restartable \
	self \
	sharing \
	sizes \
	stdcall \
	stream_ends \
	streams \
	threads

shell_tests = \
	tests/bench_smoke.sh \
	tests/cli.sh \
	tests/disks.sh \
	tests/dist.sh \
	tests/dll.sh \
	tests/family.sh \
	tests/fuzz.sh \
	tests/header.sh \
	tests/host.sh \
	tests/host_faults.sh \
	tests/host_native.sh \
	tests/index.sh \
	tests/kill.sh \
	tests/lease.sh \
	tests/link.sh \
	tests/node.sh \
	tests/nt.sh \
	tests/restart.sh \
	tests/stage.sh \
	tests/stock.sh \
	tests/user.sh \
	tests/wine-copyfile2.sh

stock_programs = \
	tests/stock_family.c \
	tests/stock_identity.c \
	tests/stock_lookup.c \
	tests/stock_progress.c \
	tests/stock_python.c \
	tests/stock_stl.c

test_sources = tests/test.c tests/family.c tests/files.c tests/recorder.c tests/symlinks.c
test_headers = tests/test.h tests/family.h tests/files.h tests/recorder.h tests/streams.h tests/symlinks.h

# With the sanitizers, and run on every DLL of the installed Wine.
check_PROGRAMS = tests/pe_exports_test tests/restart_record_test
EXTRA_PROGRAMS = tests/bench_native
CLEANFILES += $(EXTRA_PROGRAMS) bench.csv bench.md
tests_bench_native_CFLAGS = $(AM_CFLAGS) -O2
tests_bench_native_CPPFLAGS = -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64
tests_bench_native_SOURCES = tests/bench_native.c
tests_pe_exports_test_CFLAGS = $(AM_CFLAGS) $(SANITIZER_CFLAGS)
tests_pe_exports_test_CPPFLAGS = -D_GNU_SOURCE -I$(srcdir)/programs/wine-copyfile2
tests_pe_exports_test_SOURCES = \
	tests/pe_exports_test.c \
	programs/wine-copyfile2/pe_exports.c \
	programs/wine-copyfile2/pe_exports.h \
	programs/wine-copyfile2/pe_image.c \
	programs/wine-copyfile2/pe_image.h

tests_restart_record_test_CFLAGS = $(AM_CFLAGS) $(SANITIZER_CFLAGS)
tests_restart_record_test_CPPFLAGS = -I$(srcdir)/dlls/copyfile2
tests_restart_record_test_SOURCES = \
	tests/restart_record_test.c \
	dlls/copyfile2/resume/restart_record.c \
	dlls/copyfile2/resume/restart_record.h

# A file system that fails when told to.
if HAVE_FUSE3
check_PROGRAMS += tests/faultfs/faultfs
endif
tests_faultfs_faultfs_CFLAGS = $(AM_CFLAGS) $(FUSE3_CFLAGS)
tests_faultfs_faultfs_CPPFLAGS = -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64
tests_faultfs_faultfs_LDADD = $(FUSE3_LIBS)
tests_faultfs_faultfs_SOURCES = tests/faultfs/faultfs.c tests/faultfs/rules.c tests/faultfs/rules.h

EXTRA_DIST += \
	$(windows_tests:%=tests/%.c) $(test_sources) $(test_headers) \
	$(shell_tests) tests/tap.sh tests/prefix.sh tests/copies.sh tests/summary.sh tests/run-wine.sh tests/debian-root.sh tests/expected-skips tests/windows7-imports \
	tests/bench_family.c tests/bench_family.sh tests/link_family.c \
	tests/header_check.c tests/link_program.c tests/fuzz_pe_exports.c tests/fuzz_restart_record.c $(stock_programs) \
	tests/attribute.c tests/fault_calls.c tests/host_faults.c tests/host_fakes.c tests/host_fakes.h tests/host_index_test.c tests/host_link_test.c tests/host_program.c tests/host_test.c tests/host_test.h tests/host_test_streams.c tests/host_lease_test.c tests/host_folders.h tests/index_program.c \
	tests/bench.sh tests/bench_report.awk tests/bench_windows.c

pe_link_test = $(AM_V_PELD)$(call pe,CC) $(PE_CFLAGS) $(pe_ldflags) -o $@ $^
x86_64-windows/tests/%.exe: x86_64-windows/tests/%.o $(test_sources:%.c=x86_64-windows/%.o)
	$(pe_link_test)
i386-windows/tests/%.exe: i386-windows/tests/%.o $(test_sources:%.c=i386-windows/%.o)
	$(pe_link_test)

# The contract as a table, what holds a copy to it, and the programs that are linked with both.
model_tests = flags model random
model_sources = tests/model_table.c tests/model_flags.c tests/model_lines.c tests/model_files.c tests/model_run.c
EXTRA_DIST += $(model_sources) tests/model.h tests/model_lines.h tests/model_files.h tests/model_run.h
$(model_tests:%=x86_64-windows/tests/%.exe): $(model_sources:%.c=x86_64-windows/%.o)
$(model_tests:%=i386-windows/tests/%.exe): $(model_sources:%.c=i386-windows/%.o)

# ---- tests ---------------------------------------------------------------------------------------------------------------

TEST_EXTENSIONS = .exe .sh
TESTS = tests/pe_exports_test tests/restart_record_test $(shell_tests) $(windows_test_programs)
tap_driver = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(tap_driver)
SH_LOG_DRIVER = $(tap_driver)
SH_LOG_COMPILER = $(SHELL)
EXE_LOG_DRIVER = $(tap_driver)
EXE_LOG_COMPILER = $(SHELL) $(top_srcdir)/tests/run-wine.sh

AM_TESTS_ENVIRONMENT = \
	srcdir='$(abs_top_srcdir)' builddir='$(abs_top_builddir)' \
	PE_TARGETS='$(pe_targets)' PE64_CC='$(PE64_CC)' PE64_CXX='$(PE64_CXX)' PE32_CC='$(PE32_CC)' PE32_CXX='$(PE32_CXX)' \
	HOST_TARGETS='$(host_targets)' HOST64_CC='$(HOST64_CC)' HOST32_CC='$(HOST32_CC)' HOST_CFLAGS='$(HOST_CFLAGS)' \
	WINDOWS_TESTS='$(windows_tests)' \
	PE64_OBJDUMP='$(PE64_OBJDUMP)' PE32_OBJDUMP='$(PE32_OBJDUMP)' CLANG='$(CLANG)' WINEGCC='$(WINEGCC)' \
	WINEGXX='$(WINEGXX)' WINE='$(WINE)' WINE32='$(WINE32)'; \
	export srcdir builddir WINDOWS_TESTS HOST_TARGETS HOST64_CC HOST32_CC HOST_CFLAGS PE_TARGETS \
	PE64_CC PE64_CXX PE32_CC PE32_CXX PE64_OBJDUMP PE32_OBJDUMP CLANG WINEGCC WINEGXX WINE WINE32;

$(TEST_LOGS): stage
tests/nt.log tests/user.log: $(windows_test_programs)
tests/host_faults.log: $(filter x86_64-windows/%,$(pe_targets:%=%/tests/host_faults.exe))
check_DATA = stage

# ---- benchmarks ----------------------------------------------------------------------------------------------------------

# make bench, make bench CASE='new over'; tests/bench.sh tells the rest
bench: stage tests/bench_native$(EXEEXT) x86_64-windows/tests/bench_windows.exe
	@$(AM_TESTS_ENVIRONMENT) CASE='$(CASE)' $(SHELL) $(top_srcdir)/tests/bench.sh

# CopyFileW under plain Wine against wine-copyfile2 --all; not a test.
x86_64-windows/tests/bench_family.exe: x86_64-windows/tests/bench_family.o
	$(AM_V_PELD)$(PE64_CC) $(PE_CFLAGS) $(pe_ldflags) -o $@ $<
bench-family: stage x86_64-windows/tests/bench_family.exe
	srcdir='$(abs_top_srcdir)' builddir='$(abs_top_builddir)' WINE='$(WINE)' $(SHELL) $(top_srcdir)/tests/bench_family.sh
