/* SPDX-License-Identifier: MIT */

/* Links of two kinds, and links that somebody else makes meanwhile. */

#include "links.h"
#include "harness/recorder.h"

static bool shell_says( const char *command )
{
    return ok( shell( command ), "not so: %s", command );
}

/* wine_links.sh runs this where Wine makes links of its own, beside those of Linux. One kind takes the place of the
 * other. */
void test_both_kinds( void )
{
    make_link();
    ok( symlink_is( "link", "target.txt" ), "no link" );
    if (!running_under_wine() || symlinks_are_unix() || without_host_paths()) return;
    file_write_text( L"old.txt", old );
    shell_says( "ln -s target.txt unix" );
    symlink_make( "dst", "old.txt", false );
    copy_link( L"unix", L"dst", AS_LINK | COPY_FILE_FAIL_IF_EXISTS, ERROR_FILE_EXISTS );
    ok( symlink_is( "dst", "old.txt" ), "the link was replaced" );
    copy_link( L"unix", L"dst", AS_LINK, 0 );
    shell_says( "[ `readlink dst` = target.txt ] && ! [ -e 'dst?' ]" );
    symlink_make( "dangling", "nothing", false );
    copy_link( L"unix", L"dangling", AS_LINK | COPY_FILE_FAIL_IF_EXISTS, ERROR_FILE_EXISTS );
    copy_link( L"unix", L"dangling", AS_LINK, 0 );
    shell_says( "[ `readlink dangling` = target.txt ] && ! [ -e nothing ] && ! [ -L nothing ]" );

    shell_says( "ln -s old.txt other" );
    copy_link( L"link", L"other", AS_LINK | COPY_FILE_FAIL_IF_EXISTS, ERROR_FILE_EXISTS );
    copy_link( L"link", L"other", AS_LINK, 0 );
    shell_says( "! [ -e other ] && ! [ -L other ]" );
    ok( symlink_is( "other", "target.txt" ), "no link to the same" );
    ok( file_is_text( L"old.txt", old ) && file_is_text( L"target.txt", fresh ), "a target has changed" );
}

/* Somebody else puts a link, a file and nothing by turns where the destination is to be. The target of that link is
 * never written to, whatever comes of the copies. */
void test_race( void )
{
    static const DWORD flags[] = { AS_LINK, COPY_FILE_OPEN_AND_COPY_REPARSE_POINT };
    unsigned int copied = 0;

    if (!symlinks_are_unix())
    {
        skip( "needs a shell of the host's" );
        return;
    }
    file_write_text( L"victim.txt", old );
    file_write_text( L"src.txt", fresh );
    symlink_make( "link", "src.txt", false );
    if (symlinks_are_refused( L"src.txt", L"dst", AS_LINK )) return;

    ok( shell( "( i=0; while [ ! -e stop ] && [ $i -lt 20000 ]; do ln -sfn victim.txt dst; i=$((i+1)); rm -f dst; "
               ": >new; mv -T new dst; done; : >stopped ) </dev/null >/dev/null 2>&1 &" ),
        "no other" );
    for (int i = 0; i < 400; i++)
        if (copy( i & 1 ? L"link" : L"src.txt", L"dst", flags[i / 2 % 2] ) == S_OK) copied++;
    file_write_text( L"stop", "" );
    while (!file_exists( L"stopped" )) Sleep( 10 );

    trace( "%u of 400 copied", copied );
    ok( file_is_text( L"victim.txt", old ), "the link was followed" );
    ok( file_is_text( L"src.txt", fresh ) && symlink_is( "link", "src.txt" ), "a source has changed" );
    ok( shell( "! ls -A | grep '^.copyfile2-'" ), "something is left behind" );
}
