# SPDX-License-Identifier: MIT
# This makes copyfile2.dll, its libraries, its host half copyfile2.so, and their manual.

dist_man3_MANS = dlls/copyfile2/manual/CopyFile2.3

# copyfile2-errors(7) says which Windows error each errno becomes. It is made from the rows that the code and the tests
# use.
nodist_man_MANS = copyfile2-errors.7
CLEANFILES += copyfile2-errors.7
error_rows = dlls/copyfile2/manual/operation_rows.h dlls/copyfile2/unix/errno_rows.h
EXTRA_DIST += dlls/copyfile2/manual/errors.awk dlls/copyfile2/manual/operation_rows.h
copyfile2-errors.7: dlls/copyfile2/manual/errors.awk $(error_rows) NEWS
	$(AM_V_GEN)date=`sed 's/.*, //; q' $(srcdir)/NEWS`; \
	  $(AWK) -v version=$(PACKAGE_VERSION) -v date=$$date -f $(srcdir)/dlls/copyfile2/manual/errors.awk \
	  $(error_rows:%=$(srcdir)/%) > $@

# An include names the room and the file.
x86_64-windows/dlls/%.o i386-windows/dlls/%.o: pe_includes = -I$(top_srcdir)/dlls/copyfile2 -DCOPYFILE2_NO_LINK_CHECK
# By default a variable of another object is reached through a .refptr section, of which a program keeps one copy. The
# static library makes its symbols local, and the linker may then drop the only .refptr of __ImageBase.
x86_64-windows/dlls/%.o: pe_model = -mcmodel=small

# The DLL and the static library have these sources in common.
engine_sources = \
	dlls/copyfile2/api/copy_ex.c \
	dlls/copyfile2/api/copyfile2.c \
	dlls/copyfile2/api/family.c \
	dlls/copyfile2/api/move.c \
	dlls/copyfile2/api/system.c \
	dlls/copyfile2/engine/engine.c \
	dlls/copyfile2/engine/finish.c \
	dlls/copyfile2/engine/pace.c \
	dlls/copyfile2/engine/progress.c \
	dlls/copyfile2/engine/remove_source.c \
	dlls/copyfile2/engine/report.c \
	dlls/copyfile2/engine/transfer.c \
	dlls/copyfile2/resume/find.c \
	dlls/copyfile2/resume/fragment.c \
	dlls/copyfile2/resume/leave.c \
	dlls/copyfile2/resume/pass.c \
	dlls/copyfile2/resume/restart_record.c \
	dlls/copyfile2/resume/track.c \
	dlls/copyfile2/movers/mover.c \
	dlls/copyfile2/movers/mover_host.c \
	dlls/copyfile2/movers/mover_nt.c \
	dlls/copyfile2/movers/movers.c \
	dlls/copyfile2/movers/small.c \
	dlls/copyfile2/streams/colons.c \
	dlls/copyfile2/streams/folder.c \
	dlls/copyfile2/streams/position.c \
	dlls/copyfile2/streams/siblings.c \
	dlls/copyfile2/streams/stream.c \
	dlls/copyfile2/streams/streams.c \
	dlls/copyfile2/files/handle.c \
	dlls/copyfile2/files/identity.c \
	dlls/copyfile2/files/ladder.c \
	dlls/copyfile2/files/metadata.c \
	dlls/copyfile2/files/namegraft.c \
	dlls/copyfile2/files/namegraft_nt.c \
	dlls/copyfile2/files/new_name.c \
	dlls/copyfile2/files/nt_path.c \
	dlls/copyfile2/files/open.c \
	dlls/copyfile2/files/open_destination.c \
	dlls/copyfile2/files/open_stream.c \
	dlls/copyfile2/files/source_size.c \
	dlls/copyfile2/common/failure.c \
	dlls/copyfile2/common/fault.c \
	dlls/copyfile2/common/fault_parse.c \
	dlls/copyfile2/common/plan.c \
	dlls/copyfile2/common/trace.c \
	dlls/copyfile2/platform/backend.c \
	dlls/copyfile2/platform/unix_call.c

engine_headers = \
	dlls/copyfile2/api/family.h \
	dlls/copyfile2/api/system.h \
	dlls/copyfile2/engine/engine.h \
	dlls/copyfile2/engine/finish.h \
	dlls/copyfile2/engine/pace.h \
	dlls/copyfile2/engine/progress.h \
	dlls/copyfile2/engine/remove_source.h \
	dlls/copyfile2/engine/report.h \
	dlls/copyfile2/engine/transfer.h \
	dlls/copyfile2/resume/fragment.h \
	dlls/copyfile2/resume/restart_record.h \
	dlls/copyfile2/resume/resume.h \
	dlls/copyfile2/movers/mover.h \
	dlls/copyfile2/movers/mover_host.h \
	dlls/copyfile2/movers/movers.h \
	dlls/copyfile2/movers/small.h \
	dlls/copyfile2/streams/colons.h \
	dlls/copyfile2/streams/folder.h \
	dlls/copyfile2/streams/position.h \
	dlls/copyfile2/streams/siblings.h \
	dlls/copyfile2/streams/stream.h \
	dlls/copyfile2/streams/streams.h \
	dlls/copyfile2/files/files.h \
	dlls/copyfile2/files/handle.h \
	dlls/copyfile2/files/identity.h \
	dlls/copyfile2/files/ladder.h \
	dlls/copyfile2/files/metadata.h \
	dlls/copyfile2/files/namegraft.h \
	dlls/copyfile2/files/namegraft_nt.h \
	dlls/copyfile2/files/new_name.h \
	dlls/copyfile2/files/nt_path.h \
	dlls/copyfile2/files/open.h \
	dlls/copyfile2/files/source_size.h \
	dlls/copyfile2/common/failure.h \
	dlls/copyfile2/common/fault.h \
	dlls/copyfile2/common/fault_rows.h \
	dlls/copyfile2/common/plan.h \
	dlls/copyfile2/common/trace.h \
	dlls/copyfile2/common/win32_names.h \
	dlls/copyfile2/platform/backend.h \
	dlls/copyfile2/platform/nt.h \
	dlls/copyfile2/platform/unix_call.h \
	dlls/copyfile2/unix/errno_rows.h \
	dlls/copyfile2/unix/unixlib.h \
	dlls/copyfile2/unix/unixlib_layout.h

# The native compiler makes the host half, copyfile2.so, from these.
host_sources = \
	dlls/copyfile2/unix/ahead.c \
	dlls/copyfile2/unix/attributes.c \
	dlls/copyfile2/unix/calls.c \
	dlls/copyfile2/unix/clone.c \
	dlls/copyfile2/unix/copy_range.c \
	dlls/copyfile2/unix/errno_status.c \
	dlls/copyfile2/unix/filesystem.c \
	dlls/copyfile2/unix/fold.c \
	dlls/copyfile2/unix/index.c \
	dlls/copyfile2/unix/index_directories.c \
	dlls/copyfile2/unix/index_path.c \
	dlls/copyfile2/unix/limit_guard.c \
	dlls/copyfile2/unix/link.c \
	dlls/copyfile2/unix/lock.c \
	dlls/copyfile2/unix/metadata.c \
	dlls/copyfile2/unix/names.c \
	dlls/copyfile2/unix/pair.c \
	dlls/copyfile2/unix/path.c \
	dlls/copyfile2/unix/piece.c \
	dlls/copyfile2/unix/read_write.c \
	dlls/copyfile2/unix/refusals.c \
	dlls/copyfile2/unix/reserve.c \
	dlls/copyfile2/unix/siblings.c \
	dlls/copyfile2/unix/small.c \
	dlls/copyfile2/unix/small_by_path.c \
	dlls/copyfile2/unix/threads.c \
	dlls/copyfile2/unix/wine_function.c \
	dlls/copyfile2/unix/work.c

host_headers = \
	dlls/copyfile2/unix/host.h \
	dlls/copyfile2/unix/index.h \
	dlls/copyfile2/unix/index_directories.h \
	dlls/copyfile2/unix/lock.h \
	dlls/copyfile2/unix/names.h \
	dlls/copyfile2/unix/piece.h \
	dlls/copyfile2/unix/work.h

EXTRA_DIST += dlls/copyfile2/README.md \
	$(patsubst %,dlls/copyfile2/%/README.md,api engine resume movers streams files common platform unix) \
	$(engine_sources) $(engine_headers) $(host_sources) $(host_headers) \
	dlls/copyfile2/api/dllmain.c dlls/copyfile2/api/import_pointer.c dlls/copyfile2/api/kernel32_names.c \
	dlls/copyfile2/copyfile2.def dlls/copyfile2/ntdll.def

dlls = $(pe_targets:%=%/copyfile2.dll)
libraries = $(pe_targets:%=%/libcopyfile2.dll.a) $(pe_targets:%=%/libcopyfile2.a) $(pe_targets:%=%/libcopyfile2_all.a)
host_halves = $(host_targets:%=%/copyfile2.so)
all-local: $(dlls) $(host_halves) $(libraries)

pe_all_undecorated = $(if $(filter x86_64-windows/%,$@),-e 's/@[0-9]*//g',-e '')
pe_undecorated = $(if $(filter x86_64-windows/%,$@),-e 's/@[0-9]*$$//')

# NAME@BYTES is how i386 writes a stdcall function. For wine-copyfile2 the DLL exports the family under the names of
# kernel32 as well. The import library has no such names, so a program that links -lcopyfile2 does not get them.
def_originals = -e 's/^ *CopyFile2_\([A-Za-z]*\)\(@[0-9]*\)$$/&\n    \1\2 = CopyFile2_\1\2/'
$(pe_targets:%=%/exports.def): %/exports.def: dlls/copyfile2/copyfile2.def
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(SED) -e '/^;/d' $(def_originals) $< | $(SED) $(pe_all_undecorated) > $@
$(pe_targets:%=%/copyfile2.def): %/copyfile2.def: dlls/copyfile2/copyfile2.def
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(SED) -e '/^;/d' $(pe_undecorated) $< > $@
$(pe_targets:%=%/ntdll.def): %/ntdll.def: dlls/copyfile2/ntdll.def
	$(AM_V_GEN)$(MKDIR_P) $(@D) && $(SED) -e '/^;/d' $(pe_undecorated) $< > $@

pe_import_library = $(AM_V_GEN)$(call pe,DLLTOOL) --kill-at --temp-prefix $(@D)/$(basename $(@F))- -d $< -l $@
$(pe_targets:%=%/libcopyfile2.dll.a): %/libcopyfile2.dll.a: %/copyfile2.def
	$(pe_import_library)
$(pe_targets:%=%/libcopyfile2_ntdll.a): %/libcopyfile2_ntdll.a: %/ntdll.def
	$(pe_import_library)

# The DLL uses kernel32 and ntdll and no C runtime, so an old msvcrt or a new ucrt makes no difference. The mark "Wine
# builtin DLL" makes Wine look for the host half. It takes the place of the message that DOS would print.
mark_builtin = printf 'Wine builtin DLL\0' | dd of=$@ bs=1 seek=64 conv=notrunc status=none
$(dlls): %/copyfile2.dll: $(addprefix %/,$(engine_sources:.c=.o)) %/dlls/copyfile2/api/dllmain.o \
		%/exports.def %/libcopyfile2_ntdll.a
	$(AM_V_PELD)$(call pe,CC) $(PE_CFLAGS) -shared -nostdlib $(pe_ldflags) -Wl,--kill-at \
		-Wl,-e,$(if $(filter i386-windows/%,$@),_DllMain@12,DllMain) \
		-o $@ $(filter %.o %.def %.a,$^) -lkernel32 -lgcc && \
		$(mark_builtin)

# Our names must not collide with the program's, so the static library holds one object whose only global symbols are
# those that copyfile2.h declares. It also holds the pointer that a dllimport declaration calls through, and the few
# imports from ntdll, which programs do not link by themselves.
shown = $(shell $(SED) -n -e 's/^ *\(CopyFile2[A-Za-z0-9_]*@[0-9]*\)$$/\1/p' \
	$(top_srcdir)/dlls/copyfile2/copyfile2.def | \
	$(SED) $(if $(filter i386-windows/%,$@),-e 's/^/_/',-e 's/@[0-9]*//'))
$(pe_targets:%=%/copyfile2-static.o): %/copyfile2-static.o: $(addprefix %/,$(engine_sources:.c=.o))
	$(AM_V_PELD)$(call pe,CC) -nostdlib -r -o $@ $^ && \
		$(call pe,OBJCOPY) $(addprefix --keep-global-symbol=,$(shown)) $@
$(pe_targets:%=%/libcopyfile2.a): %/libcopyfile2.a: \
		%/copyfile2-static.o %/dlls/copyfile2/api/import_pointer.o %/libcopyfile2_ntdll.a
	$(AM_V_GEN)rm -rf $@ $@.members && $(MKDIR_P) $@.members && \
		(cd $@.members && $(call pe,AR) x ../$(notdir $(filter %.a,$^))) && \
		$(call pe,AR) crsD $@ $(filter %.o,$^) $@.members/* && rm -rf $@.members

# Programs whose sources must not be changed link this library before either of the others. It has the family under the
# names of kernel32.
$(pe_targets:%=%/libcopyfile2_all.a): %/libcopyfile2_all.a: %/dlls/copyfile2/api/kernel32_names.o
	$(AM_V_GEN)rm -f $@ && $(call pe,AR) crsD $@ $<

# Both halves carry a number made from the version and from all sources and headers of both. They refuse each other when
# their numbers differ.
host_build.h: $(engine_sources) $(engine_headers) $(host_sources) $(host_headers)
	$(AM_V_GEN)LC_ALL=C; export LC_ALL; \
	  { echo $(PACKAGE_VERSION); for file in $^; do cat $$file || exit 1; done; } | cksum | \
	  $(AWK) '{ printf "#define HOST_BUILD %.0fu * 0x100000000ull + %.0fu\n", $$1, $$2 }' > $@

$(host_halves): %/copyfile2.so: $(addprefix %/,$(host_sources:.c=.o))
	$(AM_V_HOSTLD)$(host_cc) $(HOST_CFLAGS) $(LDFLAGS) -shared -Wl,--no-undefined -Wl,-z,relro,-z,now \
		-o $@ $^ -pthread -ldl
