# SPDX-License-Identifier: GPL-2.0-only
# Text of "gupconv list" without what the analysis found out, for tests of the scan.
s/^([^:]*:[0-9]+: ((acquire|release): )?)(refused|converted|convertible|keep|nothing-acquired|convert|refuse|unrelated|-)( [a-z-]+)?: /\1/
s/ because [a-z0-9, -]*[a-z0-9]//
