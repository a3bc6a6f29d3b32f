# SPDX-License-Identifier: MIT
# Tarballs of the build: source it where "make dist" is run. Needs $builddir.

# tarball_alone COMMAND...: waits until no other test makes a tarball. All of them would be made in one folder.
tarball_alone()
{
    mkdir -p "$builddir/tests/work"
    flock "$builddir/tests/work/tarball.lock" "$@"
}

# tarball_make FOLDER PLACE: puts the tarball of the build in FOLDER into PLACE
tarball_make()
{
    tarball_alone sh -c 'make -s -C "$1" dist-xz && mv "$1"/copyfile2-*.tar.xz "$2"' sh "$1" "$2"
}
