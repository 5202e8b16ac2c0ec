# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# Shell functions shared by scripts/demo and scripts/test, which source this file and set $top to the
# source folder before.
: "${top:?}"

say() {
	printf '== %s\n' "$*" >&2
}

die() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

# as_root COMMAND...: as it is for root, else with sudo, which asks for a password on a terminal only.
as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif ! command -v sudo >/dev/null; then
		return 1
	elif [ -t 0 ]; then
		sudo "$@"
	else
		sudo -n "$@"
	fi
}

# missing_packages LIST: packages of the list that are not installed, in one line.
missing_packages() {
	sed 's/#.*//' "$1" | while read -r package; do
		[ -n "$package" ] || continue
		status=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) || :
		[ "$status" = installed ] || printf '%s ' "$package"
	done
}

# install_packages LIST: install what is missing.
install_packages() {
	command -v dpkg-query >/dev/null || {
		say "no Debian: the packages of $1 must be there under other names"
		return 0
	}
	missing=$(missing_packages "$1")
	[ -n "$missing" ] || return 0
	say "installing $missing"
	# shellcheck disable=SC2086 # a list of words
	{
		as_root apt-get update -q >&2 &&
			as_root env DEBIAN_FRONTEND=noninteractive \
				apt-get install -q -y --no-install-recommends $missing >&2
	} || die "cannot install packages; as root: apt-get install $missing"
}

# cache_folder: absolute path of the folder where kernel sources are kept, which is made.
cache_folder() {
	cache=${GUPCONV_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/gupconv}
	mkdir -p "$cache" && cd "$cache" && pwd
}

# download_kernel VERSION FOLDER: Debian's source package, checked by apt, into the folder.
download_kernel() {
	package=linux-source-$1
	if ! apt-cache show "$package" >/dev/null 2>&1; then
		as_root apt-get update -q >&2 || :
	fi
	part=$(mktemp -d "$2/download.XXXXXX") || return 1
	chmod 755 "$part"
	if (cd "$part" && apt-get download -q "$package" >&2); then
		mv "$part"/"$package"_*.deb "$2"/
		rmdir "$part"
	else
		rm -rf "$part"
		return 1
	fi
}

# kernel_tree VERSION: print the path of Debian's unpacked kernel source, which is fetched once.
# The register descriptions of amdgpu are left out: 470 MB in 6.12, constants without an API name.
kernel_tree() {
	cache=$(cache_folder)
	tree=$cache/linux-source-$1
	if [ ! -d "$tree" ]; then
		deb=$(find "$cache" -maxdepth 1 -name "linux-source-${1}_*.deb" | sort -V | tail -n 1)
		if [ -z "$deb" ]; then
			say "downloading linux-source-$1"
			download_kernel "$1" "$cache" || die "cannot download linux-source-$1"
			deb=$(find "$cache" -maxdepth 1 -name "linux-source-${1}_*.deb" | sort -V | tail -n 1)
		fi
		unpack_kernel "$1" "$deb" "$cache" || die "cannot unpack $deb"
	fi
	printf '%s\n' "$tree"
}

# unpack_kernel VERSION DEB CACHE: into CACHE/linux-source-VERSION, which appears in one step.
unpack_kernel() {
	say "unpacking ${2##*/}"
	part=$(mktemp -d "$3/unpack.XXXXXX") || return 1
	if dpkg-deb -x "$2" "$part" &&
		tar -x --use-compress-program='xz -T0' -C "$part" \
			--exclude='*/drivers/gpu/drm/amd/include/asic_reg' \
			-f "$part/usr/src/linux-source-$1.tar.xz" &&
		{ mv -T "$part/linux-source-$1" "$3/linux-source-$1" || [ -d "$3/linux-source-$1" ]; }; then
		rm -rf "$part"
	else
		rm -rf "$part"
		return 1
	fi
}

# build_preset PRESET [TARGET...]: configure and build; prints nothing on standard output.
build_preset() {
	preset=$1
	shift
	cmake --preset "$preset" -S "$top" -B "$(build_folder "$preset")" >&2 &&
		cmake --build "$(build_folder "$preset")" ${1:+--target "$@"} >&2
}

# build_folder PRESET: where it is built.
build_folder() {
	printf '%s\n' "${GUPCONV_BUILD:-$top/build}/$1"
}
