# SPDX-License-Identifier: MIT
# Makes an SVG of what a terminal of 96 columns has shown. A line that was drawn again and again, as a progress bar is,
# moves in the picture. Each of its states is there for a tenth of a second. Programs that cannot show motion show the
# state in the middle.

function escaped( text )
{
    gsub( /&/, "\\&amp;", text )
    gsub( /</, "\\&lt;", text )
    gsub( />/, "\\&gt;", text )
    return text
}

# element TEXT, MORE: a line of the picture, at the current row
function element( text, more )
{
    return sprintf( "<text x=\"12\" y=\"%d\"%s>%s", 10 + rows * 20, more, escaped( text ) )
}

# put TEXT: adds it as one row or more, because a terminal begins another row where one is full
function put( text,    class )
{
    class = text ~ /^\$ / ? " class=\"typed\"" : ""
    do
    {
        rows++
        body = body element( substr( text, 1, 96 ), class ) "</text>\n"
        text = substr( text, 97 )
    } while (text != "")
}

function put_moving( states, count,    i, middle, times )
{
    rows++
    moving += count
    middle = int( (count + 1) / 2 )
    for (i = 1; i <= count; i++)
    {
        times = sprintf( "0;%.4f;%.4f", (i - 1) / count, i / count )
        body = body element( states[i], i == middle ? "" : " visibility=\"hidden\"" ) \
            sprintf( "<animate attributeName=\"visibility\" calcMode=\"discrete\" repeatCount=\"indefinite\" " \
            "dur=\"%.1fs\" values=\"hidden;visible;hidden\" keyTimes=\"%s\"/></text>\n", count / 10, times )
    }
}

{
    gsub( /\033\[[?0-9;]*[a-zA-Z]/, "" )
    sub( /\r*$/, "" )
    count = split( $0, states, /\r/ )
    if (count > 1) put_moving( states, count - 1 )
    if (states[count] != "" || count <= 1) put( states[count] )
}

END {
    # Without a bar this is not the picture that was wanted.
    if (!moving) { print "picture: the copy was over before the progress bar came" >"/dev/stderr"; exit 1 }
    while (body ~ /<text [^>]*><\/text>\n$/) { sub( /<text [^>]*><\/text>\n$/, "", body ); rows-- }
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" "
    printf "width=\"834\" height=\"%d\" xml:space=\"preserve\" role=\"img\">\n", rows * 20 + 24
    print "<!-- SPDX-License" "-Identifier: MIT -->"
    print "<title>copyfile2 on a terminal: its progress bar, and the trace of a copy</title>"
    print "<style>text { font: 14px monospace; fill: #ddd; white-space: pre }"
    print ".typed { fill: #fff; font-weight: bold }</style>"
    print "<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"#1c1e24\"/>"
    printf "%s</svg>\n", body
}
