/* SPDX-License-Identifier: GPL-2.0-only */
"use strict";

show_lists();
show_charts();
show_table();
document.documentElement.dataset.ready = "1";
