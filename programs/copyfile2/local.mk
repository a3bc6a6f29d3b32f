# SPDX-License-Identifier: MIT
# copyfile2.exe is built by a compiler for Windows.

dist_man1_MANS += programs/copyfile2/copyfile2.1

program_sources = \
	programs/copyfile2/amount.c \
	programs/copyfile2/cancel.c \
	programs/copyfile2/columns.c \
	programs/copyfile2/copy.c \
	programs/copyfile2/error_text.c \
	programs/copyfile2/fields.c \
	programs/copyfile2/heap.c \
	programs/copyfile2/help.c \
	programs/copyfile2/json.c \
	programs/copyfile2/listing.c \
	programs/copyfile2/main.c \
	programs/copyfile2/options.c \
	programs/copyfile2/output.c \
	programs/copyfile2/paths.c \
	programs/copyfile2/progress_bar.c \
	programs/copyfile2/reason.c \
	programs/copyfile2/sources.c \
	programs/copyfile2/stopwatch.c \
	programs/copyfile2/tally.c \
	programs/copyfile2/trace.c \
	programs/copyfile2/verify.c \
	programs/copyfile2/walk.c

program_headers = \
	programs/copyfile2/amount.h \
	programs/copyfile2/cancel.h \
	programs/copyfile2/columns.h \
	programs/copyfile2/copy.h \
	programs/copyfile2/error_text.h \
	programs/copyfile2/fields.h \
	programs/copyfile2/heap.h \
	programs/copyfile2/help.h \
	programs/copyfile2/json.h \
	programs/copyfile2/listing.h \
	programs/copyfile2/options.h \
	programs/copyfile2/output.h \
	programs/copyfile2/paths.h \
	programs/copyfile2/progress_bar.h \
	programs/copyfile2/reason.h \
	programs/copyfile2/run.h \
	programs/copyfile2/sources.h \
	programs/copyfile2/stopwatch.h \
	programs/copyfile2/tally.h \
	programs/copyfile2/trace.h \
	programs/copyfile2/verify.h \
	programs/copyfile2/walk.h

EXTRA_DIST += programs/copyfile2/README.md $(program_sources) $(program_headers)

# The program is built once, for 64-bit Windows where there is a compiler for it.
PROGRAM = $(firstword $(pe_targets))/copyfile2.exe
all-local: $(PROGRAM)

program_objects = $(program_sources:%.c=$(firstword $(pe_targets))/%.o)
$(PROGRAM): $(program_objects) $(firstword $(pe_targets))/libcopyfile2.dll.a
	$(AM_V_PELD)$(call pe,CC) $(PE_CFLAGS) -municode $(pe_ldflags) -o $@ $^
