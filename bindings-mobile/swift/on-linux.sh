#!/bin/sh
# Compiles the Swift of the library on Linux and runs its tests, in a Debian that has a Swift compiler.
#
# It runs on Debian and Ubuntu, as root. The other Debian stands in target/swift, is made once (some minutes, 2.7 GB) and kept. What is
# mounted for it is mounted in a namespace of its own, which goes with the processes in it, whatever becomes of them.
set -eu

root=$(cd "$(dirname "$0")/../.." && pwd)
debian=$root/target/swift/debian
library=${CARGO_TARGET_DIR:-$root/target}/debug

# Runs a command with that Debian as its root; the repository stands where it stands outside.
inside() {
    folder=$1
    shift
    mkdir -p "$folder$root"
    unshare --mount --pid --fork sh -euc '
        folder=$1 root=$2
        shift 2
        mount --bind "$root" "$folder$root"
        mount -t proc proc "$folder/proc"
        exec chroot "$folder" "$@"
    ' sh "$folder" "$root" "$@"
}

# Debian 13 is the first with a compiler of Swift 6. The mirror is the one that this machine installs from.
make_debian() {
    apt-get update
    apt-get install --yes --no-install-recommends debootstrap
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Component: main' | grep --max-count=1 '/debian/$')
    rm -rf "$debian.new"
    unshare --mount debootstrap --variant=minbase trixie "$debian.new" "$mirror"
    inside "$debian.new" env DEBIAN_FRONTEND=noninteractive \
        apt-get install --yes --no-install-recommends swiftlang libc6-dev libstdc++-14-dev
    mv "$debian.new" "$debian"
}

if [ "$(id -u)" != 0 ]; then
    echo "error: a Debian is made and entered, which only root can" >&2
    exit 1
fi
[ -d "$debian" ] || make_debian
inside "$debian" sh "$root/bindings-mobile/swift/test.sh" "$root" "$library"
