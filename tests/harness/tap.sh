# SPDX-License-Identifier: MIT
# Test Anything Protocol for shell tests: source it, call check or skip once a case, end with tap_done.

tap_count=0 tap_failed=0

# check NAME COMMAND [ARG...]: the case passes when the command succeeds; its output is shown when it does not.
check()
{
    tap_name=$1
    shift
    tap_count=$((tap_count + 1))
    if tap_output=$("$@" 2>&1); then
        echo "ok $tap_count - $tap_name"
    else
        tap_failed=$((tap_failed + 1))
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

# tap_is_clean COMMAND...: answers whether the TAP that the command prints is complete, has a case that passed, and has
# no failure but those marked TODO.
tap_is_clean()
{
    tap_said=$("$@" 2>&1)
    printf '%s\n' "$tap_said"
    tap_planned=$(printf '%s\n' "$tap_said" | sed -n 's/^1\.\.//p')
    printf '%s\n' "$tap_said" | grep -q '^ok ' &&
        ! printf '%s\n' "$tap_said" | grep '^not ok' | grep -v '# TODO' &&
        [ "$tap_planned" = "$(printf '%s\n' "$tap_said" | grep -c '^\(not \)\{0,1\}ok ')" ]
}

# skip_all REASON: no case can run on this machine. Call it before the first case; it ends the script.
skip_all()
{
    echo "1..0 # SKIP $1"
    exit 0
}

# skip_rest NAME REASON: the remaining cases cannot run on this machine, and NAME stands for them. Ends the script.
skip_rest()
{
    skip "$1" "$2"
    tap_done
    exit 0
}

# When all went well, nothing stays of a prefix that is the script's own, nor of its folder $work.
tap_tidy()
{
    [ $tap_failed = 0 ] || return 0
    case ${prefix_suffix-} in
        '' | 32) ;;
        *) prefix_remove ;;
    esac
    case ${work-} in
        "${builddir-}"/tests/work/*) cd "$builddir" && rm -rf "$work" ;;
    esac
}

tap_done()
{
    tap_tidy
    echo "1..$tap_count"
}
