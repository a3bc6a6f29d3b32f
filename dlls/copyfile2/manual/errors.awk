# SPDX-License-Identifier: MIT
# This script makes copyfile2-errors(7) from operation_rows.h and errno_rows.h.

# Sets word[] to the arguments of the row in this line.
function words( line )
{
    sub( /^[A-Z]+\( */, "", line )
    sub( / *\)[^)]*$/, "", line )
    count = split( line, word, / *, */ )
    for (i = 1; i <= count; i++) gsub( /"/, "", word[i] )
}

function hresult( error )
{
    return sprintf( "0x8007%04X", error )
}

BEGIN {
    print ".\\\" SPDX-License" "-Identifier: MIT"
    print ".\\\" Made by errors.awk."
    print ".TH COPYFILE2-ERRORS 7 " date " \"copyfile2 " version "\" \"copyfile2 manual\""
    print ".SH NAME"
    print "copyfile2-errors \\- what becomes of an error of Linux in a copy under Wine"
    print ".SH DESCRIPTION"
    print "Which operation failed decides the phase of the ERROR message, which errno it was decides the HRESULT."
    print "The DLL's host half has its own table of errnos; " \
        "files are opened by Wine's server, which has a coarser table of its own."
    print ".PP"
    print ".nf"
    printf "%-30s%-19s%-9s%s\n", "operation", "phase", "HRESULT", "errno"
}

/^OPERATION\(/ {
    words( $0 )
    side = word[6] == "WINE" ? "Wine" : "host"
    which = word[8] == "" ? "all" : word[8] " only"
    printf "%-30s%-19s%-9s%s\n", word[1], word[7], side, which
}

/^ROW\(/ {
    words( $0 )
    rows[++last] = sprintf( "%-16s%-12s%s", word[1], hresult( word[3] ), hresult( word[4] ) )
}

END {
    print ".fi"
    print ".PP"
    print "A clone that fails with EIO, ENOMEM, ENOSPC or EDQUOT ends the copy in SERVER_COPY; " \
        "with any other errno the next way is tried."
    print "A failure of copy_file_range is neither side's: the piece is read and written, and what fails then decides."
    print "Other errors of taking room mean that the file system reserves nothing. " \
        "Times and attributes that cannot be set are no failure."
    print "NONE is what fails before the source is touched: names, and memory."
    print ".PP"
    print "Without the host half the phases are the same, and the HRESULTs are those of Wine's ntdll."
    print ".PP"
    print ".nf"
    printf "%-16s%-12s%s\n", "errno", "host", "Wine 8.0 to 11, opening"
    for (i = 1; i <= last; i++) print rows[i]
    print ".fi"
    print ".PP"
    print "A call that is interrupted (EINTR) is made again. Every errno that is not listed is " hresult( 31 ) "."
    print ".SH SEE ALSO"
    print ".BR CopyFile2 (3)"
}
