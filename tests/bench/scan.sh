#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# How long a scan takes, against searching for the same names and against a compiler.
#	scan.sh [-j N] [-c compile_commands.json] [-n FILES] TREE
# GUPCONV is the program (default: build/release/gupconv). Prints numbers, asserts nothing.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
GUPCONV=${GUPCONV:-$top/build/release/gupconv}
jobs=$(nproc)
commands=
files=40

usage() {
	echo "usage: ${0##*/} [-j N] [-c compile_commands.json] [-n FILES] TREE" >&2
	exit 2
}

while getopts j:c:n: option; do
	case $option in
	j) jobs=$OPTARG ;;
	c) commands=$(realpath "$OPTARG") ;;
	n) files=$OPTARG ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
if [ $# != 1 ] || [ ! -d "$1" ]; then
	usage
fi
tree=$(cd "$1" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# measure NAME COMMAND...: run it; NAME.real and NAME.cpu get seconds, NAME.out what it said.
measure() {
	name=$scratch/$1
	shift
	python3 - "$name" "$@" <<'END'
import resource, subprocess, sys, time

name, command = sys.argv[1], sys.argv[2:]
with open(name + ".out", "wb") as out:
    start = time.monotonic()
    subprocess.call(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    real = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
open(name + ".real", "w").write("%.2f" % real)
open(name + ".cpu", "w").write("%.2f" % (used.ru_utime + used.ru_stime))
END
}

# show LABEL NAME: a row; the ratios are those to the search for the names.
show() {
	printf '%-34s %8s s %8s s' "$1" "$(cat "$scratch/$2.real")" "$(cat "$scratch/$2.cpu")"
	if [ -s "$scratch/search.real" ] && [ "$2" != search ]; then
		awk -v a="$(cat "$scratch/$2.real")" -v b="$(cat "$scratch/search.real")" \
			'BEGIN { printf "  %7.1f", (b > 0 ? a / b : 0) }'
	fi
	echo
}

say() {
	printf '%s\n' "$*" >&2
}

python3 -c 'import json, sys
for function in json.load(open(sys.argv[1]))["functions"]:
    print(function["name"])' "$top/data/api.json" >"$scratch/names"

say 'searching'
if command -v rg >/dev/null; then
	search='rg -lw'
	measure warm rg -lwF -j"$jobs" -f "$scratch/names" "$tree"
	measure search rg -lwF -j"$jobs" -f "$scratch/names" "$tree"
else
	search='grep -rlw'
	measure warm grep -rlwF -f "$scratch/names" "$tree"
	measure search grep -rlwF -f "$scratch/names" "$tree"
fi
say 'scanning'
measure cold "$GUPCONV" scan -C "$tree" -j"$jobs" --db="$scratch/index.db" ${commands:+--compile-commands="$commands"}
measure again "$GUPCONV" scan -C "$tree" -j"$jobs" --db="$scratch/index.db" ${commands:+--compile-commands="$commands"}
# One file changed, in a copy made of links; the flags of a compile_commands.json are not for the copy.
if [ -z "$commands" ]; then
	say 'copying'
	cp -al "$tree" "$scratch/tree" 2>/dev/null || cp -a "$tree" "$scratch/tree"
	victim=$("$GUPCONV" list --db="$scratch/index.db" --role=acquire |
		sed -n 's/^\([^:]*\.c\):.*/\1/p' | head -n 1)
	{
		cat "$tree/$victim"
		printf '/* changed */\n'
	} >"$scratch/victim"
	mv -f "$scratch/victim" "$scratch/tree/$victim"
	measure one "$GUPCONV" scan -C "$scratch/tree" -j"$jobs" --db="$scratch/index.db"
fi

printf '%-34s %10s %10s  %7s\n' '' 'wall' 'CPU' 'to search'
show "$search" search
show 'scan, nothing stored' cold
show 'scan, nothing changed' again
[ -n "$commands" ] || show "scan, one file changed" one
grep -E '^  (files read|translation units|memory) ' "$scratch/cold.out"

# The compiler over the translation units that both know, one after the other as it is called.
if [ -n "$commands" ]; then
	compiler=
	for name in clang-19 clang; do
		if command -v $name >/dev/null; then
			compiler=$name
			break
		fi
	done
	[ -n "$compiler" ] || {
		say 'no clang to compare with'
		exit 0
	}
	say "$compiler -fsyntax-only"
	"$GUPCONV" list --db="$scratch/index.db" | sed 's/:.*//' | sort -u >"$scratch/candidates"
	cat >"$scratch/compile.py" <<'END'
import json, os, shlex, subprocess, sys

commands, tree, compiler, wanted, limit = sys.argv[1:]
wanted = set(open(wanted).read().split())
done = 0
for entry in json.load(open(commands)):
    path = os.path.normpath(os.path.join(entry["directory"], entry["file"]))
    if not any(path.endswith("/" + name) for name in wanted) or done == int(limit):
        continue
    words = entry.get("arguments") or shlex.split(entry["command"])
    words = [w for w in words[1:] if not w.startswith(("-Wp,", "-fplugin", "@"))]
    subprocess.call([compiler, "-fsyntax-only", "-w"] + words, cwd=entry["directory"],
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    done += 1
print(done)
END
	measure compiler python3 "$scratch/compile.py" "$commands" "$tree" $compiler "$scratch/candidates" "$files"
	show "$compiler, $(tail -n 1 "$scratch/compiler.out") files" compiler
	awk -v n="$(tail -n 1 "$scratch/compiler.out")" -v cpu="$(cat "$scratch/compiler.cpu")" \
		-v all="$(cat "$scratch/cold.cpu")" \
		-v units="$(sed -n 's/^  translation units *\([0-9]*\) .*/\1/p' "$scratch/cold.out")" \
		'BEGIN { if (n > 0 && units > 0)
			printf "CPU a unit: compiler %.3f s, scan %.3f s, ratio %.2f\n", cpu / n, all / units,
				(cpu > 0 ? (all / units) / (cpu / n) : 0) }'
fi
