#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What a walk over revisions costs, against a scan of one of them.
#	revisions.sh [-j N] [-n COMMITS] [-d DATABASE] REPOSITORY
# The commits are made in a copy of the repository: each changes one file that has acquires, then
# as many more one that has nothing to do with them.
# GUPCONV is the program (default: build/release/gupconv). Prints numbers, asserts nothing.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
GUPCONV=${GUPCONV:-$top/build/release/gupconv}
jobs=$(nproc)
commits=20
stored=

usage() {
	echo "usage: ${0##*/} [-j N] [-n COMMITS] [-d DATABASE] REPOSITORY" >&2
	exit 2
}

while getopts j:n:d: option; do
	case $option in
	j) jobs=$OPTARG ;;
	n) commits=$OPTARG ;;
	d) stored=$OPTARG ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
if [ $# != 1 ] || [ ! -d "$1" ]; then
	usage
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export GIT_AUTHOR_NAME=bench GIT_AUTHOR_EMAIL=bench@example.org
export GIT_COMMITTER_NAME=bench GIT_COMMITTER_EMAIL=bench@example.org
export GIT_INDEX_FILE="$scratch/index" GIT_DIR="$scratch/copy.git"

# measure NAME ARGUMENT...: scan; NAME.real and NAME.cpu get seconds, NAME.out what was said.
measure() {
	name=$scratch/$1
	shift
	python3 - "$name" "$GUPCONV" scan -C "$GIT_DIR" -j"$jobs" --db="$scratch/index.db" "$@" <<'END'
import resource, subprocess, sys, time

name, command = sys.argv[1], sys.argv[2:]
with open(name + ".out", "wb") as out:
    start = time.monotonic()
    status = subprocess.call(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    real = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
open(name + ".real", "w").write("%.2f" % real)
open(name + ".cpu", "w").write("%.2f" % (used.ru_utime + used.ru_stime))
sys.exit(0 if status in (0, 3) else status)
END
}

# show LABEL NAME REVISIONS: a row; CPU time of a revision, and its ratio to that of one scan.
show() {
	awk -v label="$1" -v real="$(cat "$scratch/$2.real")" -v cpu="$(cat "$scratch/$2.cpu")" -v nr="$3" \
		-v one="$(cat "$scratch/one.cpu")" 'BEGIN {
			printf "%-34s %8.1f s %8.1f s %8.2f s  %7.3f\n", label, real, cpu, cpu / nr,
				(one > 0 ? cpu / nr / one : 0)
		}'
}

git clone -q --bare --shared "$1" "$GIT_DIR"
git read-tree HEAD
git tag bench-0
[ -z "$stored" ] || cp "$stored" "$scratch/index.db"
measure one --git=bench-0

# make_commits LIST TAG: change the files of a list by turns, another comment each time.
make_commits() {
	files=$(wc -l <"$1")
	i=0
	while [ $i -lt "$commits" ]; do
		i=$((i + 1))
		file=$(sed -n "$(((i * 7) % files + 1))p" "$1")
		blob=$({
			git cat-file blob ":$file"
			echo "/* changed $i */"
		} | git hash-object -w --stdin)
		git update-index --cacheinfo "100644,$blob,$file"
		parent=$(git commit-tree -p "$parent" -m "$i" "$(git write-tree)")
	done
	git update-ref "refs/tags/$2" "$parent"
}

parent=$(git rev-parse HEAD)
"$GUPCONV" list --db="$scratch/index.db" | sed -n 's/^\([^:]*\.c\):.*/\1/p' | sort -u >"$scratch/sites"
"$GUPCONV" list --db="$scratch/index.db" --role=acquire | sed -n 's/^\([^:]*\.c\):.*/\1/p' | uniq >"$scratch/files"
git ls-files -- '*.c' | sort | comm -23 - "$scratch/sites" >"$scratch/others"
make_commits "$scratch/files" bench-1
make_commits "$scratch/others" bench-2
measure walk --git=bench-0..bench-1 --every=1
measure others --git=bench-1..bench-2 --every=1
measure again --git=bench-0..bench-2 --every=1

printf '%-34s %10s %10s %10s  %7s\n' '' 'wall' 'CPU' 'CPU each' 'to one'
show "one revision${stored:+, database given}" one 1
show "$commits more, a file changed in each" walk "$commits"
show "$commits more, another file in each" others "$commits"
show 'nothing to do' again "$((2 * commits))"
grep -ho '[0-9]* of [0-9]* units parsed' "$scratch/walk.out" "$scratch/others.out" | sort | uniq -c
