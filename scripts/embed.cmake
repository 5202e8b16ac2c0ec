# SPDX-License-Identifier: GPL-2.0-only
# cmake -DIN=FILE -DOUT=FILE.c -DSYMBOL=NAME -P embed.cmake
file(READ "${IN}" hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
string(REGEX REPLACE "((0x..,){16})" "\\1\n\t" bytes "${bytes}")
file(WRITE "${OUT}"
	"/* Made from ${SYMBOL}'s source by scripts/embed.cmake. */\n"
	"extern const char ${SYMBOL}[];\nconst char ${SYMBOL}[] = {\n\t${bytes}0x00\n};\n")
