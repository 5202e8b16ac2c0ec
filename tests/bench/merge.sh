#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# How merging grows with what is merged: databases with a snapshot each, of trees that have nothing
# in common but their headers; then parts of one scan, which are analysed anew together.
#	merge.sh [-j N] [-c COPIES] [DATABASES...]
# GUPCONV is the program (default: build/release/gupconv). Prints numbers, asserts nothing.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
GUPCONV=${GUPCONV:-$top/build/release/gupconv}
jobs=$(nproc)
copies=4

usage() {
	echo "usage: ${0##*/} [-j N] [-c COPIES] [DATABASES...]" >&2
	exit 2
}

while getopts j:c: option; do
	case $option in
	j) jobs=$OPTARG ;;
	c) copies=$OPTARG ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# != 0 ] || set -- 2 4 8 16
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The drivers of the annotated tree so many times, with names that are the copy's own.
cat >"$scratch/copy.py" <<'END'
import pathlib, re, sys

source, tree, first, copies = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
texts = {f.name: f.read_text() for f in sorted((source / "drivers").glob("*.[ch]"))}
headers = set(re.findall(r"\w+", "\n".join(f.read_text() for f in (source / "include").rglob("*.h"))))
own = set()
for text in texts.values():
    own.update(re.findall(r"^[a-z][\w \t*]*?\b(\w+)\(", text, re.M))
    own.update(re.findall(r"\bstruct (\w+) \{", text))
own -= headers
name = re.compile(r"\b(?:%s)\b" % "|".join(sorted(own, key=len, reverse=True)))
for file in (tree / "drivers").glob("*.[ch]"):
    file.unlink()
for i in range(first, first + copies):
    folder = tree / "drivers" / f"copy{i}"
    folder.mkdir()
    for file, text in texts.items():
        (folder / file).write_text(name.sub(lambda m: f"{m[0]}_{i}", text))
END

# lay FIRST COPIES: $scratch/tree, with copies of the drivers.
lay() {
	rm -rf "$scratch/tree"
	cp -R "$top/tests/flow/tree" "$scratch/tree"
	chmod -R u+w "$scratch/tree"
	python3 "$scratch/copy.py" "$top/tests/flow/tree" "$scratch/tree" "$1" "$2"
}

# merge ARGUMENT...: into $scratch/all.db; $scratch/cpu gets seconds, those of workers as well.
merge() {
	rm -f "$scratch/all.db"
	python3 - "$scratch/cpu" "$GUPCONV" merge -q -j"$jobs" -C "$scratch/tree" "$scratch/all.db" "$@" <<'END'
import resource, subprocess, sys

subprocess.run(sys.argv[2:], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
open(sys.argv[1], "w").write("%.3f" % (used.ru_utime + used.ru_stime))
END
}

# show WHAT NR FILE...: a row.
show() {
	what=$1 nr=$2
	shift 2
	awk -v what="$what" -v nr="$nr" -v cpu="$(cat "$scratch/cpu")" -v last="$last" \
		-v from="$(cat "$@" | wc -c)" -v to="$(wc -c <"$scratch/all.db")" 'BEGIN {
			each = 1000 * cpu / nr
			printf "%-12s %8d %10.1f %10.1f %10.2f %12.1f %8s\n", what, nr, from / 1048576,
				to / 1048576, cpu, each, (last > 0 ? sprintf("%.2f", each / last) : "-")
			print each >"'"$scratch/last"'"
		}'
	last=$(cat "$scratch/last")
}

most=0
for nr; do
	[ "$nr" -le "$most" ] || most=$nr
done
printf '%-12s %8s %10s %10s %10s %12s %8s\n' of number 'from, MiB' 'to, MiB' 'CPU, s' 'ms for each' ratio
i=0
while [ $i -lt "$most" ]; do
	i=$((i + 1))
	lay $((i * copies)) "$copies"
	"$GUPCONV" scan -q -C "$scratch/tree" -j"$jobs" --label="$i" --db="$scratch/snapshot-$i.db"
done
numbers=$*
last=
for nr in $numbers; do
	# shellcheck disable=SC2046 # names without blanks
	set -- $(seq -f "$scratch/snapshot-%.0f.db" "$nr")
	merge "$@"
	show snapshots "$nr" "$@"
done
last=
for nr in $numbers; do
	lay 1 $((nr * copies))
	rm -f "$scratch"/part-*.db
	i=0
	while [ $i -lt "$nr" ]; do
		i=$((i + 1))
		"$GUPCONV" scan -q -C "$scratch/tree" -j"$jobs" --shard="$i/$nr" --db="$scratch/part-$i.db"
	done
	merge "$scratch"/part-*.db
	show parts "$nr" "$scratch"/part-*.db
done
