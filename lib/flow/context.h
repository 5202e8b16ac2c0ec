/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * In which contexts a call may run: under a spin lock, with interrupts off, in an interrupt
 * handler, with the page lock held, …
 *
 *	st = gcv_contexts_new(program, &accessors, &contexts, err);
 *	if (gcv_contexts_at(contexts, fn->index, call) & 1u << GCV_CONTEXT_SPINLOCK)
 *		steps = gcv_contexts_why(contexts, fn->index, call, GCV_CONTEXT_SPINLOCK, &arena,
 *					 &nr);
 *	gcv_contexts_free(contexts);
 *
 * It says "may": a context is reported where some path through the function, or some caller, leads
 * there with it open. What is known against it is used: the other branch of the condition under
 * which a lock was taken, the result of a trylock, a lock that the function drops and takes again,
 * and calls that always sleep, which cannot stand in atomic context.
 */
#ifndef GCV_FLOW_CONTEXT_H
#define GCV_FLOW_CONTEXT_H

#include "flow/accessor.h"
#include "flow/program.h"

/** GCV_CONTEXT_ATOMIC - mask of the contexts in which code must not sleep */
#define GCV_CONTEXT_ATOMIC                                                                         \
	(1u << GCV_CONTEXT_SPINLOCK | 1u << GCV_CONTEXT_IRQS_OFF | 1u << GCV_CONTEXT_PREEMPT_OFF | \
	 1u << GCV_CONTEXT_RCU | 1u << GCV_CONTEXT_HARDIRQ | 1u << GCV_CONTEXT_SOFTIRQ |           \
	 1u << GCV_CONTEXT_NMI)

/** GCV_CONTEXT_MAX_TARGETS - calls that may reach more functions than this are not followed */
#define GCV_CONTEXT_MAX_TARGETS 64

/** GCV_CONTEXT_MAX_ROUNDS - functions that lock for their caller are found through so many levels
 */
#define GCV_CONTEXT_MAX_ROUNDS 4

/** GCV_CONTEXT_MAX_STEPS - steps that an explanation has at most */
#define GCV_CONTEXT_MAX_STEPS 64

struct gcv_contexts;

/**
 * struct gcv_context_step - a step of the chain that leads to a context
 * @function: index of a function, or of the variable that holds a callback
 * @node: CALL node in its body, or GCV_NONE for a callback
 * @line: for a callback the line in which the function is named, else 0
 * @text: what happens there, for a person
 */
struct gcv_context_step {
	uint32_t function, node, line;
	const char *text;
};

/**
 * gcv_contexts_new() - find the contexts of all calls of a program
 * @program: the program; all of its bodies are decoded
 * @accessors: what opens and closes a context, and where callbacks are stored. A function that
 * "opens" GCV_CONTEXT_MAY_SLEEP is one that sleeps, as does one that opens GCV_CONTEXT_PAGE_LOCK in
 * any case
 * @ret_contexts: for gcv_contexts_free(); @program and @accessors must outlive it
 * @err: sentence on failure
 *
 * Return: GCV_OK or what gcv_program_body() returned.
 */
enum gcv_status gcv_contexts_new(struct gcv_program *program, const struct gcv_accessors *accessors,
				 struct gcv_contexts **ret_contexts,
				 struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_contexts_at() - the contexts in which a call may run
 * @contexts: the contexts
 * @function: index of the function that holds the call
 * @call: index of a GCV_NODE_CALL in its body
 *
 * As it is before the call: what the call itself opens does not count, what it closes still does.
 *
 * Return: 1u << enum gcv_context, or-ed; 0 where @call is no call.
 */
unsigned int gcv_contexts_at(const struct gcv_contexts *contexts, uint32_t function, uint32_t call);

/**
 * gcv_contexts_why() - the chain of locks and callers that leads to a context
 * @contexts: the contexts
 * @function: as for gcv_contexts_at()
 * @call: as for gcv_contexts_at()
 * @context: one of the contexts that gcv_contexts_at() returned
 * @arena: owns the result
 * @ret_nr: number of steps
 *
 * Of several reasons the first that was found is told: a lock in the function itself, then callers
 * by the length of the chain. The last step is the lock or the callback.
 *
 * Return: the steps, from the call outwards; none where the context is not one of the call's.
 */
struct gcv_context_step *gcv_contexts_why(const struct gcv_contexts *contexts, uint32_t function,
					  uint32_t call, enum gcv_context context,
					  struct gcv_arena *arena, uint32_t *ret_nr);

/**
 * gcv_contexts_is_process() - is a call sure to run where it may sleep, and without the page lock?
 * @contexts: the contexts
 * @function: as for gcv_contexts_at()
 * @call: as for gcv_contexts_at()
 *
 * Other than what gcv_contexts_at() says, this needs evidence: a call that always sleeps stands on
 * every path through the function, or the function is static, only called, and every caller has
 * such a call.
 *
 * Return: true where it is.
 */
bool gcv_contexts_is_process(const struct gcv_contexts *contexts, uint32_t function, uint32_t call);

/**
 * gcv_contexts_free() - free it
 * @contexts: may be NULL
 */
void gcv_contexts_free(struct gcv_contexts *contexts);

#endif
