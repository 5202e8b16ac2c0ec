#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# How the analysis grows with the number of sites: the annotated tree's drivers, copied again and
# again with names of their own.
#	growth.sh [-j N] [COPIES...]
# GUPCONV is the program (default: build/release/gupconv). Prints numbers, asserts nothing.
set -eu
top=$(cd "$(dirname "$0")/../.." && pwd)
GUPCONV=${GUPCONV:-$top/build/release/gupconv}
jobs=$(nproc)

usage() {
	echo "usage: ${0##*/} [-j N] [COPIES...]" >&2
	exit 2
}

while getopts j: option; do
	case $option in
	j) jobs=$OPTARG ;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
[ $# != 0 ] || set -- 1 10 100
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cat >"$scratch/copy.py" <<'END'
import pathlib, re, sys

source, tree, copies = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
texts = {f.name: f.read_text() for f in sorted((source / "drivers").glob("*.[ch]"))}
# What is defined here, so that no copy has to do with another: functions, records, variables.
own = set()
for text in texts.values():
    own.update(re.findall(r"^[a-z][\w \t*]*?\b(\w+)\(", text, re.M))
    own.update(re.findall(r"\bstruct (\w+) \{", text))
    own.update(re.findall(r"^(?:static |const )*struct \w+ \**(\w+)(?:\[\w*\])?(?: =|;)", text, re.M))
headers = "\n".join(f.read_text() for f in (source / "include").rglob("*.h"))
own -= set(re.findall(r"\w+", headers))
name = re.compile(r"\b(?:%s)\b" % "|".join(sorted(own, key=len, reverse=True)))
for i in range(1, copies):
    folder = tree / "drivers" / f"copy{i}"
    folder.mkdir()
    for file, text in texts.items():
        (folder / file).write_text(name.sub(lambda m: f"{m[0]}_{i}", text))
END

last=
printf '%8s %8s %10s %12s %12s %8s %12s %10s\n' copies sites functions 'analysis, s' 'ms a site' ratio \
	'scan CPU, s' 'peak, MiB'
for copies; do
	rm -rf "$scratch/tree"
	cp -R "$top/tests/flow/tree" "$scratch/tree"
	chmod -R u+w "$scratch/tree"
	python3 "$scratch/copy.py" "$top/tests/flow/tree" "$scratch/tree" "$copies"
	"$GUPCONV" scan -C "$scratch/tree" -j"$jobs" >"$scratch/out"
	"$GUPCONV" list -C "$scratch/tree" >"$scratch/sites"
	awk -v copies="$copies" -v sites="$(wc -l <"$scratch/sites")" -v last="$last" '
		$1 == "analysis" { analysis = $2; functions = $(NF - 1) }
		$1 == "time" { for (i = 2; i < NF; i++) if ($i == "s" || $i == "s,") cpu[++n] = $(i - 1) }
		$1 == "memory" { peak = $2 }
		END {
			each = analysis * 1000 / sites
			printf "%8d %8d %10d %12.1f %12.3f %8s %12s %10s\n", copies, sites, functions, analysis, each,
				(last > 0 ? sprintf("%.2f", each / last) : "-"), cpu[2], peak
		}' "$scratch/out" | tee "$scratch/row"
	last=$(awk '{ print $5 }' "$scratch/row")
done
