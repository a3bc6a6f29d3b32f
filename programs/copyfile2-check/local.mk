# SPDX-License-Identifier: MIT
# copyfile2-check.exe is built for each kind of Windows programs. It knows nothing of our library, because it has to see
# what any other program would see.

check_sources = \
	programs/copyfile2-check/main.c \
	programs/copyfile2-check/origin.c \
	programs/copyfile2-check/sections.c \
	programs/copyfile2-check/trial.c

EXTRA_DIST += programs/copyfile2-check/README.md $(check_sources) programs/copyfile2-check/check.h

check_programs = $(pe_targets:%=%/copyfile2-check.exe)
all-local: $(check_programs)

# The headers declare CopyFile2 only for Windows 8 and later.
x86_64-windows/programs/copyfile2-check/%.o i386-windows/programs/copyfile2-check/%.o: \
	pe_includes = -U_WIN32_WINNT -D_WIN32_WINNT=0x0602

$(check_programs): %/copyfile2-check.exe: $(addprefix %/,$(check_sources:.c=.o))
	$(AM_V_PELD)$(call pe,CC) $(PE_CFLAGS) $(pe_ldflags) -o $@ $^ -lkernel32
