# SPDX-License-Identifier: MIT
# wine-copyfile2 is built by the native compiler.

dist_man1_MANS += programs/wine-copyfile2/wine-copyfile2.1
EXTRA_DIST += programs/wine-copyfile2/README.md

bin_PROGRAMS = wine-copyfile2
wine_copyfile2_CPPFLAGS = -D_GNU_SOURCE $(package_strings) -DWINEDLLDIR='"$(winedlldir)"'
wine_copyfile2_SOURCES = \
	programs/wine-copyfile2/adopt.c \
	programs/wine-copyfile2/adopt.h \
	programs/wine-copyfile2/atomic_file.c \
	programs/wine-copyfile2/atomic_file.h \
	programs/wine-copyfile2/check.c \
	programs/wine-copyfile2/check.h \
	programs/wine-copyfile2/environment.c \
	programs/wine-copyfile2/environment.h \
	programs/wine-copyfile2/file.c \
	programs/wine-copyfile2/file.h \
	programs/wine-copyfile2/forwarders.c \
	programs/wine-copyfile2/forwarders.h \
	programs/wine-copyfile2/helper.c \
	programs/wine-copyfile2/helper.h \
	programs/wine-copyfile2/main.c \
	programs/wine-copyfile2/message.c \
	programs/wine-copyfile2/message.h \
	programs/wine-copyfile2/needs.c \
	programs/wine-copyfile2/needs.h \
	programs/wine-copyfile2/pe_exports.c \
	programs/wine-copyfile2/pe_exports.h \
	programs/wine-copyfile2/pe_image.c \
	programs/wine-copyfile2/pe_image.h \
	programs/wine-copyfile2/pe_imports.c \
	programs/wine-copyfile2/pe_imports.h \
	programs/wine-copyfile2/prefix.c \
	programs/wine-copyfile2/prefix.h \
	programs/wine-copyfile2/prepare.c \
	programs/wine-copyfile2/prepare.h \
	programs/wine-copyfile2/probe.c \
	programs/wine-copyfile2/probe.h \
	programs/wine-copyfile2/record.c \
	programs/wine-copyfile2/record.h \
	programs/wine-copyfile2/registry.c \
	programs/wine-copyfile2/registry.h \
	programs/wine-copyfile2/restore.c \
	programs/wine-copyfile2/restore.h \
	programs/wine-copyfile2/run.c \
	programs/wine-copyfile2/run.h \
	programs/wine-copyfile2/shipped.c \
	programs/wine-copyfile2/shipped.h \
	programs/wine-copyfile2/status.c \
	programs/wine-copyfile2/status.h \
	programs/wine-copyfile2/target.c \
	programs/wine-copyfile2/target.h \
	programs/wine-copyfile2/wine.c \
	programs/wine-copyfile2/wine.h
