/* SPDX-License-Identifier: MIT */

/* This file has the text of --help. It has to fit a screen of 24 lines and 80 columns, so it only names the flags, and
 * the man page explains them. */

#include "help.h"
#include "output.h"

void help_print( void )
{
    output_print(
        L"usage: copyfile2 [OPTION]... SOURCE... DESTINATION\n"
        L"  copyfile2 report.pdf backup.pdf       copyfile2 -r project *.txt /media/disk\n"
        L"  copyfile2 --resume film.mkv /mnt      copyfile2 -n -v photos\\*.jpg D:\\photos\n"
        L"  -r, --recursive     folders with all in them; links stay links\n"
        L"  -n, --no-clobber    leave existing files alone (--fail-if-exists: an error)\n"
        L"  -f, --force         replace read-only files too\n"
        L"      --resume        go on with what was paused or died; Ctrl-C pauses\n"
        L"      --restartable   the same, and survive a crash while copying\n"
        L"      --verify        read each copy back and compare\n"
        L"      --dry-run       tell what would be copied, and change nothing\n"
        L"  -v, --verbose       name each copy, and sum up\n"
        L"  -q, --quiet         only errors, no bar (also --no-progress)\n"
        L"      --trace, --json print every message of CopyFile2, as text or as JSON\n"
        L"      --buffer-size=N from 4096 to 1G     --rate=N        KiB a second\n"
        L"  -h, --help          this text           -V, --version\n"
        L"The flags of CopyFile2: --symlink --reparse-point --directory --sparse\n"
        L"  --no-sparse --skip-streams --no-buffering --no-offload --no-cloning\n"
        L"  --no-junctions --no-preallocation --low-space --write-source --security\n"
        L"  --no-write-dac --decrypt --ignore-encryption --ignore-edp --compress\n"
        L"Under Wine, a name that starts with / is a Linux path.\n"
        L"The copy of a private file (mode 600) is as readable as any new file.\n"
        L"Exit status: 0 all copied, 1 some not, 2 wrong usage, 3 paused, 130 canceled.\n" PACKAGE_ADDRESSES );
}
