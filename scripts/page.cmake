# SPDX-License-Identifier: GPL-2.0-only
# cmake -DDIR=lib/report/page -DD3=DIR -DOUT=FILE -P page.cmake: put the template of the page together.
#
# {{style}}, {{library}}, {{script}} and {{licence}} in page.html are replaced by files, {{style-hash}}
# and {{script-hash}} by their hashes for the Content-Security-Policy: what is not here is not run.
# {{options}}, {{document}} and {{steps}} stay; the program knows them.
cmake_minimum_required(VERSION 3.25)

# Modules of D3, each behind those that it needs; collection behind array, since both have a map().
set(modules array collection format color interpolate time time-format scale path shape selection axis)
set(scripts model.js detail.js charts.js lists.js sites.js main.js)

# base64(OUT HEX): CMake has hashes as hexadecimal digits, a policy wants base64.
function(base64 out hex)
	set(alphabet ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/)
	set(text "")
	string(LENGTH "${hex}" left)
	set(at 0)
	while(left GREATER 0)
		string(SUBSTRING "${hex}0000" ${at} 6 six)
		math(EXPR number "0x${six}")
		foreach(shift 18 12 6 0)
			math(EXPR digit "(${number} >> ${shift}) & 63")
			string(SUBSTRING "${alphabet}" ${digit} 1 letter)
			string(APPEND text "${letter}")
		endforeach()
		math(EXPR at "${at} + 6")
		math(EXPR left "${left} - 6")
	endwhile()
	# Two bytes are left of the 32: three letters and a filler.
	string(LENGTH "${text}" length)
	math(EXPR length "${length} - 1")
	string(SUBSTRING "${text}" 0 ${length} text)
	set(${out} "${text}=" PARENT_SCOPE)
endfunction()

set(library "")
foreach(module ${modules})
	file(READ ${D3}/d3-${module}/dist/d3-${module}.min.js text)
	string(APPEND library "${text}\n")
endforeach()
set(script "")
foreach(name ${scripts})
	file(READ ${DIR}/${name} text)
	string(APPEND script "${text}\n")
endforeach()
file(READ ${DIR}/style.css style)
file(READ ${DIR}/d3-licence.txt licence)
file(READ ${DIR}/page.html page)
foreach(part style library script)
	if("${${part}}" MATCHES "</(script|style)|<!--")
		message(FATAL_ERROR "${part}: '${CMAKE_MATCH_0}' would end its element")
	endif()
	string(SHA256 hash "${${part}}")
	base64(hash "${hash}")
	string(REPLACE "{{${part}-hash}}" "sha256-${hash}" page "${page}")
endforeach()
foreach(part licence style library script)
	string(REPLACE "{{${part}}}" "${${part}}" page "${page}")
endforeach()
file(WRITE ${OUT} "${page}")
