/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A fuzz target is one function in tests/fuzz/fuzz_NAME.c, with inputs to begin from in
 * tests/fuzz/corpus/NAME/. With the fuzz preset it is a libFuzzer program, else CTest runs it over
 * the corpus.
 */
#ifndef GCV_TESTS_FUZZ_TARGET_H
#define GCV_TESTS_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

/**
 * LLVMFuzzerTestOneInput() - run the code under test on one input
 * @data: bytes
 * @size: how many
 *
 * Return: 0.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
