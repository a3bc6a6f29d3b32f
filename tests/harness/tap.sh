# Test Anything Protocol for shell tests: source it, call check or skip once a case, end with tap_done.

tap_count=0

# check NAME COMMAND [ARG...]: the case passes when the command succeeds; its output is shown when it does not.
check()
{
    tap_name=$1
    shift
    tap_count=$((tap_count + 1))
    if tap_output=$("$@" 2>&1); then
        echo "ok $tap_count - $tap_name"
    else
        echo "not ok $tap_count - $tap_name"
        echo "# failed: $*"
        printf '%s\n' "$tap_output" | sed 's/^/#   /'
    fi
}

# skip NAME REASON: the case cannot run on this machine.
skip()
{
    tap_count=$((tap_count + 1))
    echo "ok $tap_count - $1 # SKIP $2"
}

tap_done()
{
    echo "1..$tap_count"
}
