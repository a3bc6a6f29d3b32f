# SPDX-License-Identifier: MIT
# This file tells where everything is installed. install-windows is for cross-compilers and for users of copyfile2.exe,
# and is the same on every machine. install-host is what Wine needs on this machine. install does both, and adds the
# documents.

debian_files = changelog control copyright copyfile2-tools.install copyfile2-wine.docs copyfile2-wine.install \
	libcopyfile2-mingw-w64-dev.install libcopyfile2-mingw-w64-dev.lintian-overrides libcopyfile2-wine.install \
	not-installed rules source/format tests/control tests/copies tests/cross-compiles tests/unchanged-program

example_files = README.md copy.c autotools/Makefile.am autotools/configure.ac cmake-pkg-config/CMakeLists.txt \
	cmake/CMakeLists.txt cmake/mingw.cmake make/Makefile meson/meson.build meson/mingw.ini pkg-config/Makefile \
	python/copy.py rust/copy.rs
EXTRA_DIST += $(example_files:%=examples/%)

EXTRA_DIST += $(debian_files:%=debian/%)
EXTRA_DIST += meson.build packaging/arch/PKGBUILD packaging/docker/Dockerfile \
	packaging/fedora/copyfile2.spec packaging/github/conformance-on-windows.yml packaging/github/test-under-wine.yml
EXTRA_DIST += packaging/README.md dlls/copyfile2/copyfile2.pc.in dlls/copyfile2/copyfile2_all.pc.in \
	dlls/copyfile2/CopyFile2Config.cmake.in dlls/copyfile2/CopyFile2ConfigVersion.cmake.in

# A Windows program is data for Linux. It is not a library of this processor, so it is not in LIBDIR.
programdir = $(pkgdatadir)

# bash looks here for the completion of a command.
completionsdir = $(datadir)/bash-completion/completions

# pe_folder(TARGET) is the folder that we install into for a cross-compiler. pe_found(TARGET) is the folder in which the
# compiler looks by itself.
pe_folder = $(if $(filter x86_64-windows,$(1)),$(PE64_FOLDER),$(PE32_FOLDER))
pe_found = $(if $(filter x86_64-windows,$(1)),$(PE64_FOUND),$(PE32_FOUND))

libraries_of = libcopyfile2.dll.a libcopyfile2.a libcopyfile2_all.a
pkgconfig_of = copyfile2.pc copyfile2_all.pc
cmake_of = CopyFile2Config.cmake CopyFile2ConfigVersion.cmake

# A folder that the compiler knows needs no option. Everywhere else the .pc file finds its folders from its own place,
# so that an installed tree can be moved.
pc_known = $(if $(filter $(realpath $(call pe_found,$(1))),$(call pe_folder,$(1))),-e 's/-L[^ ]* *//' -e '/^Cflags/d')
comma = ,
fill = $(SED) -e 's,@version@,$(PACKAGE_VERSION),' \
	$(if $(PACKAGE_URL),-e 's$(comma)@url@$(comma)$(PACKAGE_URL)$(comma)',-e '/@url@/d') \
	-e 's,@pointer@,$(if $(filter x86_64-windows,$(1)),8,4),' $(call pc_known,$(1))

define install_pe
	$(MKDIR_P) $(foreach folder,include lib lib/pkgconfig lib/cmake/CopyFile2 bin,"$(DESTDIR)$(2)/$(folder)")
	$(INSTALL_DATA) $(srcdir)/include/copyfile2.h "$(DESTDIR)$(2)/include"
	$(INSTALL_DATA) $(libraries_of:%=$(1)/%) "$(DESTDIR)$(2)/lib"
	$(INSTALL_DATA) $(1)/copyfile2.dll "$(DESTDIR)$(2)/bin"
	$(INSTALL_PROGRAM) -m 755 $(1)/copyfile2-conformance.exe "$(DESTDIR)$(2)/bin"
	for file in $(pkgconfig_of); do \
	  $(fill) $(srcdir)/dlls/copyfile2/$$file.in > "$(DESTDIR)$(2)/lib/pkgconfig/$$file" || exit 1; \
	done
	for file in $(cmake_of); do \
	  $(fill) $(srcdir)/dlls/copyfile2/$$file.in > "$(DESTDIR)$(2)/lib/cmake/CopyFile2/$$file" || exit 1; \
	done

endef

# Our own folder goes with its files; folders that we share with others stay.
define uninstall_pe
	rm -f "$(DESTDIR)$(2)/include/copyfile2.h" "$(DESTDIR)$(2)/bin/copyfile2.dll" \
	  "$(DESTDIR)$(2)/bin/copyfile2-conformance.exe" \
	  $(foreach file,$(libraries_of),"$(DESTDIR)$(2)/lib/$(file)") \
	  $(foreach file,$(pkgconfig_of),"$(DESTDIR)$(2)/lib/pkgconfig/$(file)") \
	  $(foreach file,$(cmake_of),"$(DESTDIR)$(2)/lib/cmake/CopyFile2/$(file)")
	-rmdir "$(DESTDIR)$(2)/lib/cmake/CopyFile2" 2>/dev/null

endef

EXTRA_DIST += programs/copyfile2/copyfile2.sh.in programs/copyfile2/copyfile2.bash

install-windows-files: all-local
	$(foreach target,$(pe_targets),$(call install_pe,$(target),$(call pe_folder,$(target))))
	$(MKDIR_P) "$(DESTDIR)$(programdir)" "$(DESTDIR)$(bindir)"
	$(INSTALL_PROGRAM) -m 755 $(PROGRAM) "$(DESTDIR)$(programdir)"
	$(INSTALL_DATA) $(firstword $(dlls)) "$(DESTDIR)$(programdir)"
	$(SED) -e 's,@programdir[@],$(programdir),' -e 's,@winedlldir[@],$(winedlldir),' \
	  $(srcdir)/programs/copyfile2/copyfile2.sh.in > "$(DESTDIR)$(bindir)/copyfile2"
	chmod 755 "$(DESTDIR)$(bindir)/copyfile2"
	$(MKDIR_P) "$(DESTDIR)$(completionsdir)"
	$(INSTALL_DATA) $(srcdir)/programs/copyfile2/copyfile2.bash "$(DESTDIR)$(completionsdir)/copyfile2"

install-host-files: all-local
	for target in $(pe_targets); do \
	  $(MKDIR_P) "$(DESTDIR)$(winedlldir)/$$target" && \
	  $(INSTALL_DATA) $$target/copyfile2.dll "$(DESTDIR)$(winedlldir)/$$target" && \
	  $(INSTALL_PROGRAM) -m 755 $$target/copyfile2-check.exe "$(DESTDIR)$(winedlldir)/$$target" || exit 1; \
	done
	for target in $(host_targets); do \
	  $(MKDIR_P) "$(DESTDIR)$(winedlldir)/$$target" && \
	  $(INSTALL_PROGRAM) -m 644 $$target/copyfile2.so "$(DESTDIR)$(winedlldir)/$$target" || exit 1; \
	done

install-exec-local: install-windows-files install-host-files

windows_pages = copyfile2.1 CopyFile2.3 copyfile2-errors.7
host_pages = wine-copyfile2.1
page_place = $(firstword $(wildcard $(page)) $(wildcard $(srcdir)/*/*/$(page) $(srcdir)/*/*/*/$(page)))
define install_page
	$(MKDIR_P) "$(DESTDIR)$(mandir)/man$(patsubst .%,%,$(suffix $(page)))"
	$(INSTALL_DATA) $(page_place) "$(DESTDIR)$(mandir)/man$(patsubst .%,%,$(suffix $(page)))"

endef
install-windows: install-windows-files copyfile2-errors.7
	$(foreach page,$(windows_pages),$(install_page))
install-host: install-host-files install-binPROGRAMS
	$(foreach page,$(host_pages),$(install_page))

uninstall-local:
	$(foreach target,$(pe_targets),$(call uninstall_pe,$(target),$(call pe_folder,$(target))))
	rm -f "$(DESTDIR)$(programdir)/copyfile2.exe" "$(DESTDIR)$(programdir)/copyfile2.dll" \
	  "$(DESTDIR)$(completionsdir)/copyfile2" "$(DESTDIR)$(bindir)/copyfile2" $(foreach target,$(pe_targets), \
	    "$(DESTDIR)$(winedlldir)/$(target)/copyfile2.dll" "$(DESTDIR)$(winedlldir)/$(target)/copyfile2-check.exe") \
	  $(foreach target,$(host_targets),"$(DESTDIR)$(winedlldir)/$(target)/copyfile2.so")
	-rmdir "$(DESTDIR)$(programdir)" "$(DESTDIR)$(docdir)" 2>/dev/null

# Tests and users of the checkout rely on the layout of ./stage.
stage: all
	@rm -rf stage.new
	@$(MAKE) $(AM_MAKEFLAGS) install prefix=/ exec_prefix=/ bindir=/bin libdir=/lib datarootdir=/share datadir=/share \
	  mandir=/share/man docdir=/share/doc/copyfile2 winedlldir=/lib/wine programdir=/bin \
	  PE64_FOLDER=/x86_64-w64-mingw32 PE32_FOLDER=/i686-w64-mingw32 DESTDIR="$(abs_builddir)/stage.new" >/dev/null
	@rm -rf stage && mv stage.new stage
	@echo "  STAGE    stage"

# A release is checked by all that can be checked, from a tree in which all is committed.
release-check:
	@cd $(srcdir) && changes=`git status --porcelain` && [ -z "$$changes" ] || { echo "not committed: $$changes"; exit 1; }
	@cd $(srcdir) && date=`$(SED) -n '1s/.*, //p' NEWS` && [ "$$date" = "`date -u +%Y-%m-%d`" ] || \
	  { echo "NEWS is of $$date, and not of today"; exit 1; }
	cd $(srcdir) && ./quickstart check --matrix
	$(MAKE) $(AM_MAKEFLAGS) toolchains first-minutes

# The tarball's time is the day of the version, as NEWS tells it.
dist_time = $${SOURCE_DATE_EPOCH:-$$(date -u -d "`$(SED) -n '1s/.*, //p' $(srcdir)/NEWS`" +%s)}

.PHONY: stage release-check install-windows install-windows-files install-host install-host-files
