# SPDX-License-Identifier: MIT
# This makes docs/phases.svg, the states of one copy: awk -f phases_svg.awk
#
# A box is a step of the copy, in the order of the calls below. An ERROR message names its phase when the step fails.

function text( x, y, class, words ) { printf "<text x=\"%d\" y=\"%d\" class=\"%s\">%s</text>\n", x, y, class, words }
function path( points, class ) { printf "<path d=\"%s\" class=\"%s\" marker-end=\"url(#tip)\"/>\n", points, class }
function line( points ) { printf "<path d=\"%s\" class=\"fail\"/>\n", points }
function rectangle( x, y, width, height, class )
{
    printf "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" class=\"%s\"/>\n", x, y, width, height, class
}

# step PHASE WHAT: draws a box in the left column, with an arrow from the box above. It has a line to ERROR when it has
# a phase.
function step( phase, what,    class )
{
    class = phase == "" ? "step" : "phase"
    if (top) path( "M 230 " top + 44 " V " top + 66, "go" )
    top = top ? top + 68 : 20
    rectangle( 50, top, 360, 44, class )
    if (phase != "") text( 230, top + 18, "name", phase )
    text( 230, phase == "" ? top + 27 : top + 36, "what", what )
    if (phase != "") line( "M 410 " top + 22 " H 450" )
    place[++steps] = top
}

# message NAME: writes the message that comes between two boxes
function message( name ) { text( 238, top + 60, "told", name ) }

# end Y HEIGHT TITLE FIRST SECOND: draws a box in the right column
function end( y, height, title, first, second )
{
    rectangle( 490, y, 420, height, "end" )
    text( 700, y + 20, "name", title )
    text( 700, y + 38, "what", first )
    text( 700, y + 54, "what", second )
}

# prints what comes before the picture's parts
function begin_picture()
{
    print "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 940 910\" width=\"940\" height=\"910\">"
    print "<!-- SPDX-License-Identifier: MIT -->"
    print "<!-- made by make phases -->"
    print "<style>"
    print "rect { stroke: #555; fill: #fff } .phase { fill: #e8f0fb } .end { fill: #f7f2e6 } .back { fill: #fff }"
    print "text { font: 13px sans-serif; text-anchor: middle; fill: #222 } .name { font-weight: bold }"
    print ".told { font-style: italic; text-anchor: start } path { fill: none; stroke: #555 } .fail { stroke: #b00 }"
    print "</style>"
    print "<defs><marker id=\"tip\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" " \
        "orient=\"auto\"><path d=\"M 0 0 L 8 4 L 0 8 z\" style=\"fill: #555\"/></marker></defs>"
    print "<rect width=\"940\" height=\"910\" style=\"fill: #fff; stroke: none\"/>"
}

# draws the stages from top to bottom, with the ways back
function draw_course()
{
    step( "", "parameters are judged; their errors have no message" )
    step( "NONE", "names become paths" )
    step( "NAMEGRAFT_COPY", "a link is copied as a link, if that is asked for" )
    step( "PREPARE_SOURCE", "the source is opened; its streams are listed" )
    step( "PREPARE_DEST", "the destination is opened, and gets its room" )
    message( "STREAM_STARTED" )
    step( "", "the next chunk; POLL_CONTINUE in long waits" )
    message( "CHUNK_STARTED" )
    step( "SERVER_COPY", "the file system clones or copies it, if it can" )
    step( "READ_SOURCE", "otherwise it is read ..." )
    step( "WRITE_DESTINATION", "... and written" )
    message( "CHUNK_FINISHED" )
    step( "", "more chunks, or the end of the stream" )
    message( "STREAM_FINISHED" )
    step( "", "more streams, or none" )
    step( "WRITE_DESTINATION", "what was written is flushed, where that is needed" )
    step( "", "times and attributes; S_OK" )

    # the two loops, and the link that is all of a copy
    path( "M 50 " place[10] + 22 " H 34 V " place[6] + 22 " H 48", "go" )
    path( "M 50 " place[11] + 22 " H 16 V " place[4] + 22 " H 48", "go" )
}

# draws what a failure and each answer leads to
function draw_ends()
{
    # every failure goes down one line to the message
    line( "M 450 " place[2] + 22 " V " place[12] + 22 )
    path( "M 450 163 H 488", "fail" )
    end( 130, 66, "ERROR", \
        "once, with this phase, the HRESULT and the counts;", "the answer decides what stays; nothing is tried again." )
    end( 226, 66, "the result is that HRESULT", \
        "the destination is deleted, but not after STOP or PAUSE,", \
        "nor when the copy was restartable or resumed" )
    path( "M 700 196 V 224", "fail" )
    text( 700, 340, "name", "answers to the messages" )
    end( 356, 66, "CONTINUE, QUIET", "the copy goes on;", "after QUIET the callback is never called again" )
    end( 440, 66, "CANCEL, or *pfCancel is TRUE", \
        "0x800704D3 ERROR_REQUEST_ABORTED; the destination", "is deleted, and nothing more is told" )
    end( 524, 66, "STOP", \
        "STREAM_FINISHED, then 0x800704D3; what was copied stays,", "with a record when the copy is restartable" )
    end( 608, 66, "PAUSE", \
        "STREAM_FINISHED, then 0x80070BEA; what was copied stays,", "with a record to resume from" )
}

BEGIN {
    begin_picture()
    draw_course()
    draw_ends()
    print "</svg>"
}
