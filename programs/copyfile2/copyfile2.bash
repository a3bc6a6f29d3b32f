# SPDX-License-Identifier: MIT
# bash completes the options and the files of copyfile2. The test is tests/product/completion.sh.

_copyfile2()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} i
    local options='--recursive --no-clobber --force --fail-if-exists --resume --restartable --verify --dry-run
        --verbose --quiet --no-progress --trace --json --buffer-size= --rate= --help --version
        --symlink --reparse-point --directory --sparse --no-sparse --skip-streams --no-buffering --no-offload
        --no-cloning --no-junctions --no-preallocation --low-space --write-source --security --no-write-dac
        --decrypt --ignore-encryption --ignore-edp --compress'

    COMPREPLY=()
    # A word behind -- is a name, and a number cannot be guessed.
    for ((i = 1; i < COMP_CWORD; i++)); do
        [[ ${COMP_WORDS[i]} != -- ]] || word=./
    done
    case $before in
        = | --buffer-size | --rate) return ;;
    esac
    [[ $word == -* ]] || return
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    # No blank may follow an option that ends with =, because its number stands there.
    [[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace 2>/dev/null
}
complete -o default -F _copyfile2 copyfile2
