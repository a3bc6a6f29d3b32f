# SPDX-License-Identifier: MIT
# This tells what the tests are built from, and how they run.

windows_tests = \
	model/flags \
	model/model \
	model/random \
	windows/access \
	windows/actions \
	windows/ahead \
	windows/attributes \
	windows/basic \
	windows/cancel \
	windows/copy_ex \
	windows/directories \
	windows/dots \
	windows/errors \
	windows/faults \
	windows/fragments \
	windows/full \
	windows/handles \
	windows/layout \
	windows/links \
	windows/move \
	windows/names \
	windows/new_names \
	windows/old_routine \
	windows/overwrite \
	windows/paths \
	windows/pause \
	windows/progress \
	windows/rate \
	windows/rehearsed \
	windows/restartable \
	windows/self \
	windows/sharing \
	windows/sizes \
	windows/stdcall \
	windows/stream_ends \
	windows/streams \
	windows/threads \
	windows/watched

shell_tests = \
	tests/bench/bench_smoke.sh \
	tests/faults/host_faults.sh \
	tests/host/host_native.sh \
	tests/law/law.sh \
	tests/law/law_ends.sh \
	tests/law/law_user.sh \
	tests/layers.sh \
	tests/parsers/fuzz.sh \
	tests/product/command.sh \
	tests/product/completion.sh \
	tests/product/configure.sh \
	tests/product/dist.sh \
	tests/product/dll.sh \
	tests/product/examples.sh \
	tests/product/header.sh \
	tests/product/licences.sh \
	tests/product/link.sh \
	tests/product/quickstart.sh \
	tests/product/packages.sh \
	tests/product/phases.sh \
	tests/product/picture.sh \
	tests/product/reproducible.sh \
	tests/product/stage.sh \
	tests/product/static.sh \
	tests/product/version.sh \
	tests/programs/cli.sh \
	tests/programs/cli_options.sh \
	tests/programs/cli_slow.sh \
	tests/programs/cli_trees.sh \
	tests/programs/conformance.sh \
	tests/programs/family.sh \
	tests/programs/node.sh \
	tests/programs/stock.sh \
	tests/programs/wine-copyfile2-check.sh \
	tests/programs/wine-copyfile2-runners.sh \
	tests/programs/wine-copyfile2-server.sh \
	tests/programs/wine-copyfile2-stopped.sh \
	tests/programs/wine-copyfile2.sh \
	tests/style.sh \
	tests/wine/disks.sh \
	tests/wine/host.sh \
	tests/wine/index.sh \
	tests/wine/kill.sh \
	tests/wine/killed.sh \
	tests/wine/lease.sh \
	tests/wine/no_paths.sh \
	tests/wine/nt.sh \
	tests/wine/nt_folders.sh \
	tests/wine/restart.sh \
	tests/wine/threads.sh \
	tests/wine/user.sh \
	tests/wine/watch.sh \
	tests/wine/wine_links.sh

stock_programs = \
	tests/programs/stock_family.c \
	tests/programs/stock_identity.c \
	tests/programs/stock_lookup.c \
	tests/programs/stock_progress.c \
	tests/programs/stock_python.c \
	tests/programs/stock_stl.c

harness_sources = \
	tests/harness/family.c \
	tests/harness/files.c \
	tests/harness/recorder.c \
	tests/harness/registry.c \
	tests/harness/symlinks.c \
	tests/harness/test.c

harness_headers = \
	tests/harness/family.h \
	tests/harness/files.h \
	tests/harness/recorder.h \
	tests/harness/streams.h \
	tests/harness/symlinks.h \
	tests/harness/test.h

# These are built with the sanitizers; pe_exports_test also runs on every DLL of the installed Wine.
check_PROGRAMS = tests/parsers/pe_exports_test tests/parsers/pe_imports_test tests/parsers/restart_record_test
tests_parsers_pe_exports_test_CFLAGS = $(AM_CFLAGS) $(SANITIZER_CFLAGS)
tests_parsers_pe_exports_test_CPPFLAGS = -D_GNU_SOURCE -I$(srcdir)/programs/wine-copyfile2
tests_parsers_pe_exports_test_SOURCES = \
	tests/parsers/loaded_image.c \
	tests/parsers/loaded_image.h \
	tests/parsers/pe_exports_refused.c \
	tests/parsers/pe_exports_test.c \
	tests/parsers/pe_exports_test.h \
	tests/parsers/small_image.c \
	tests/parsers/small_image.h \
	tests/parsers/tap.c \
	tests/parsers/tap.h \
	programs/wine-copyfile2/pe_exports.c \
	programs/wine-copyfile2/pe_exports.h \
	programs/wine-copyfile2/pe_image.c \
	programs/wine-copyfile2/pe_image.h

tests_parsers_pe_imports_test_CFLAGS = $(AM_CFLAGS) $(SANITIZER_CFLAGS)
tests_parsers_pe_imports_test_CPPFLAGS = -D_GNU_SOURCE -I$(srcdir)/programs/wine-copyfile2
tests_parsers_pe_imports_test_SOURCES = \
	tests/parsers/pe_imports_test.c \
	tests/parsers/small_image.c \
	tests/parsers/small_image.h \
	tests/parsers/tap.c \
	tests/parsers/tap.h \
	programs/wine-copyfile2/pe_image.c \
	programs/wine-copyfile2/pe_image.h \
	programs/wine-copyfile2/pe_imports.c \
	programs/wine-copyfile2/pe_imports.h

restart_record = dlls/copyfile2/resume/restart_record.c dlls/copyfile2/resume/restart_record.h
tests_parsers_restart_record_test_CFLAGS = $(AM_CFLAGS) $(SANITIZER_CFLAGS)
tests_parsers_restart_record_test_CPPFLAGS = -I$(srcdir)/dlls/copyfile2
tests_parsers_restart_record_test_SOURCES = tests/parsers/restart_record_test.c $(restart_record)

# faultfs is a file system that fails when told to.
if HAVE_FUSE3
check_PROGRAMS += tests/faults/faultfs/faultfs
endif
tests_faults_faultfs_faultfs_CFLAGS = $(AM_CFLAGS) $(FUSE3_CFLAGS)
tests_faults_faultfs_faultfs_CPPFLAGS = -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64
tests_faults_faultfs_faultfs_LDADD = $(FUSE3_LIBS)
tests_faults_faultfs_faultfs_SOURCES = \
	tests/faults/faultfs/attributes.c \
	tests/faults/faultfs/faultfs.c \
	tests/faults/faultfs/faultfs.h \
	tests/faults/faultfs/rules.c \
	tests/faults/faultfs/rules.h

EXTRA_DIST += \
	tests/law/law-differences \
	tests/law/law-differences-user \
	tests/law/law-situations \
	tests/law/law-situations-user \
	tests/law/law_differences.awk \
	tests/law/law_helpers.sh \
	tests/law/law_paths.awk \
	tests/law/law_program.c \
	tests/programs/kinds.sh \
	$(windows_tests:%=tests/%.c) $(harness_sources) $(harness_headers) $(shell_tests) $(stock_programs) \
	tests/faults/fault_calls.c \
	tests/faults/host_faults.c \
	tests/faults/host_faults.h \
	tests/harness/copies.sh \
	tests/harness/debian-root.sh \
	tests/harness/expected-skips \
	tests/harness/host_half.sh \
	tests/harness/mounts.sh \
	tests/harness/prefix.sh \
	tests/harness/programs.sh \
	tests/harness/run-wine.sh \
	tests/harness/summary.sh \
	tests/harness/windows_tests.sh \
	tests/harness/tap.sh \
	tests/harness/tarball.sh \
	tests/harness/told.sh \
	tests/harness/wineserver.sh \
	tests/host/host_fakes.c \
	tests/host/host_fakes.h \
	tests/host/host_folders.h \
	tests/host/host_index_test.c \
	tests/host/host_index_test.h \
	tests/host/host_index_test_bounds.c \
	tests/host/host_index_test_others.c \
	tests/host/host_lease_test.c \
	tests/host/host_lease_test.h \
	tests/host/host_lease_test_files.c \
	tests/host/host_lease_test_sizes.c \
	tests/host/host_link_test.c \
	tests/host/host_load_test.c \
	tests/host/host_test.c \
	tests/host/host_test.h \
	tests/host/host_test_errno.c \
	tests/host/host_test_movers.c \
	tests/host/host_test_paths.c \
	tests/host/host_test_room.c \
	tests/host/host_test_small.c \
	tests/host/host_test_streams.c \
	tests/host/host_test_threads.c \
	tests/host/host_test_ahead.c \
	tests/parsers/fuzz_pe_exports.c \
	tests/parsers/fuzz_pe_imports.c \
	tests/parsers/fuzz_restart_record.c \
	docs/claims.md \
	docs/toolchains.md \
	tests/README.md \
	tests/product/claims.awk \
	tests/product/first_minutes.sh \
	tests/product/first_minutes_inside.sh \
	tests/product/header_check.c \
	tests/product/header_toolchain.h \
	tests/product/link_family.c \
	tests/product/link_program.c \
	tests/product/packages_inside.sh \
	tests/product/toolchains.sh \
	tests/product/windows7-imports \
	tests/programs/cli_helpers.sh \
	tests/programs/tool_helpers.sh \
	tests/wine/attribute.c \
	tests/wine/ended_program.c \
	tests/wine/host_program.c \
	tests/wine/folders_program.c \
	tests/wine/index_program.c \
	tests/wine/load_program.c \
	tests/wine/watch.c

# Tests include the harness, and the tables of errors that the engine is built from.
x86_64-windows/tests/%.o i386-windows/tests/%.o: pe_includes = -I$(top_srcdir)/tests -I$(top_srcdir)/dlls/copyfile2

pe_link_test = $(AM_V_PELD)$(call pe,CC) $(PE_CFLAGS) $(pe_ldflags) -o $@ $^
x86_64-windows/tests/%.exe: x86_64-windows/tests/%.o $(harness_sources:%.c=x86_64-windows/%.o)
	$(pe_link_test)
i386-windows/tests/%.exe: i386-windows/tests/%.o $(harness_sources:%.c=i386-windows/%.o)
	$(pe_link_test)
# A program of cases gets its main from the harness. The programs of the benchmarks have their own.
with_main = $(windows_tests) faults/host_faults
$(with_main:%=x86_64-windows/tests/%.exe): x86_64-windows/tests/harness/main.o
$(with_main:%=i386-windows/tests/%.exe): i386-windows/tests/harness/main.o
EXTRA_DIST += tests/harness/main.c

# These programs have their cases in several files.
links_parts = tests/windows/links_others.c
move_parts = tests/windows/move_held.c
pause_parts = tests/windows/pause_ends.c tests/windows/pause_fragments.c tests/windows/pause_streams.c
rehearsed_parts = \
	tests/windows/rehearsed_ends.c \
	tests/windows/rehearsed_errors.c \
	tests/windows/rehearsed_words.c

restartable_parts = tests/windows/restartable_death.c
streams_parts = tests/windows/streams_odd.c
host_faults_parts = \
	tests/faults/host_faults_arm.c \
	tests/faults/host_faults_law.c \
	tests/faults/host_faults_matrix.c \
	tests/faults/host_faults_sizes.c

EXTRA_DIST += \
	$(links_parts) $(move_parts) $(pause_parts) $(rehearsed_parts) \
	$(restartable_parts) $(streams_parts) $(host_faults_parts) \
	tests/windows/links.h \
	tests/windows/move.h \
	tests/windows/pause.h \
	tests/windows/rehearsed.h \
	tests/windows/restartable.h \
	tests/windows/streams_odd.h

parts = $(addprefix %/,$(1:.c=.o))
$(pe_targets:%=%/tests/windows/links.exe): %/tests/windows/links.exe: $(call parts,$(links_parts))
$(pe_targets:%=%/tests/windows/move.exe): %/tests/windows/move.exe: $(call parts,$(move_parts))
$(pe_targets:%=%/tests/windows/pause.exe): %/tests/windows/pause.exe: $(call parts,$(pause_parts))
$(pe_targets:%=%/tests/windows/rehearsed.exe): %/tests/windows/rehearsed.exe: $(call parts,$(rehearsed_parts))
$(pe_targets:%=%/tests/windows/restartable.exe): %/tests/windows/restartable.exe: $(call parts,$(restartable_parts))
$(pe_targets:%=%/tests/windows/streams.exe): %/tests/windows/streams.exe: $(call parts,$(streams_parts))
$(pe_targets:%=%/tests/faults/host_faults.exe): %/tests/faults/host_faults.exe: $(call parts,$(host_faults_parts))

# These are the contract as a table, the code that compares copies with it, and the programs that are linked with both.
model_tests = $(filter model/%,$(windows_tests))
model_sources = \
	tests/model/model_files.c \
	tests/model/model_flags.c \
	tests/model/model_lines.c \
	tests/model/model_run.c \
	tests/model/model_table.c

EXTRA_DIST += \
	$(model_sources) \
	tests/model/model_copy.h \
	tests/model/model_files.h \
	tests/model/model_lines.h \
	tests/model/model_run.h
$(model_tests:%=x86_64-windows/tests/%.exe): $(model_sources:%.c=x86_64-windows/%.o)
$(model_tests:%=i386-windows/tests/%.exe): $(model_sources:%.c=i386-windows/%.o)

# ---- tests -----------------------------------------------------------------------------------------------------------

TEST_EXTENSIONS = .exe .sh
TESTS = \
	tests/parsers/pe_exports_test tests/parsers/pe_imports_test tests/parsers/restart_record_test \
	$(shell_tests) $(windows_test_programs)
tap_driver = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = $(tap_driver)
SH_LOG_DRIVER = $(tap_driver)
SH_LOG_COMPILER = $(SHELL)
EXE_LOG_DRIVER = $(tap_driver)
EXE_LOG_COMPILER = $(SHELL) $(top_srcdir)/tests/harness/run-wine.sh

# Variables that a user has set for programs of his own must not decide how the tests copy.
AM_TESTS_ENVIRONMENT = \
	unset COPYFILE2_BACKEND COPYFILE2_FAULT COPYFILE2_HOST_PATHS COPYFILE2_TRACE; \
	srcdir='$(abs_top_srcdir)' builddir='$(abs_top_builddir)' \
	WINE='$(WINE)' WINE32='$(WINE32)' WINDOWS_TESTS='$(windows_tests)' \
	PE_TARGETS='$(pe_targets)' PE64_CC='$(PE64_CC)' PE64_CXX='$(PE64_CXX)' PE32_CC='$(PE32_CC)' PE32_CXX='$(PE32_CXX)' \
	PE64_OBJDUMP='$(PE64_OBJDUMP)' PE32_OBJDUMP='$(PE32_OBJDUMP)' \
	HOST_TARGETS='$(host_targets)' HOST64_CC='$(HOST64_CC)' HOST32_CC='$(HOST32_CC)' HOST_CFLAGS='$(HOST_CFLAGS)' \
	HOST_SOURCES='$(host_sources)' RESTART_RECORD='$(firstword $(restart_record))' \
	PE_WERROR='$(PE_WERROR)' CLANG='$(CLANG)' WINEGCC='$(WINEGCC)' WINEGXX='$(WINEGXX)'; \
	export srcdir builddir WINE WINE32 WINDOWS_TESTS PE_TARGETS PE64_CC PE64_CXX PE32_CC PE32_CXX \
	PE64_OBJDUMP PE32_OBJDUMP HOST_TARGETS HOST64_CC HOST32_CC HOST_CFLAGS HOST_SOURCES RESTART_RECORD \
	PE_WERROR CLANG WINEGCC WINEGXX;

$(TEST_LOGS): stage
tests/wine/no_paths.log tests/wine/nt.log tests/wine/user.log tests/wine/wine_links.log: $(windows_test_programs)
tests/faults/host_faults.log: $(filter x86_64-windows/%,$(pe_targets:%=%/tests/faults/host_faults.exe))
check_DATA = stage

# ---- what is claimed about Windows -----------------------------------------------------------------------------------

claimants = $(windows_tests:%=$(srcdir)/tests/%.c)
claims:
	@$(MKDIR_P) $(srcdir)/docs
	$(AM_V_GEN)$(AWK) -f $(srcdir)/tests/product/claims.awk $(claimants) > $(srcdir)/docs/claims.md.new && \
	  mv $(srcdir)/docs/claims.md.new $(srcdir)/docs/claims.md
.PHONY: claims

# ---- toolchains ------------------------------------------------------------------------------------------------------

# Runs one script, and fails when that has a case that fails, or none.
one_script = $(SHELL) -c '. "$$srcdir/tests/harness/tap.sh" && tap_is_clean $(SHELL) "$$srcdir/tests/product/$(1)"'

# This makes the table of docs/toolchains.md. It takes some minutes, and packages of four Debians.
toolchains: stage
	@$(AM_TESTS_ENVIRONMENT) COPYFILE2_TEST_TOOLCHAINS='$(abs_top_srcdir)/docs/toolchains.md'; \
	  export COPYFILE2_TEST_TOOLCHAINS; $(call one_script,toolchains.sh)
.PHONY: toolchains

# ---- the first minutes -----------------------------------------------------------------------------------------------

# This does what README.md says, in bare Debians 12 and 13.
first-minutes:
	@$(AM_TESTS_ENVIRONMENT) COPYFILE2_TEST_FIRST_MINUTES=1; export COPYFILE2_TEST_FIRST_MINUTES; \
	  $(call one_script,first_minutes.sh)
.PHONY: first-minutes
