/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What known functions do with pages and with what holds them: accessors of containers, round trips
 * through numbers, allocators, transfers of ownership, locks, and callbacks with the context in
 * which they run. It is data (data/accessors.json), each entry with its source.
 *
 *	st = gcv_accessors_load(&accessors, err);
 *	a = gcv_accessor_find(&accessors, "sg_set_page");
 *	for (i = 0; i < a->nr_flows; i++)
 *		…a->flows[i].from → a->flows[i].to…
 *	gcv_accessors_release(&accessors);
 */
#ifndef GCV_FLOW_ACCESSOR_H
#define GCV_FLOW_ACCESSOR_H

#include "base/err.h"
#include "base/intern.h"

#include <stdbool.h>

/**
 * enum gcv_origin - where a value comes from that no acquire site handed out
 * @GCV_ORIGIN_NONE: no origin: the flow starts at a place
 * @GCV_ORIGIN_NEW: fresh memory, not a page: kmalloc(), kvmalloc_array()
 * @GCV_ORIGIN_ALLOCATED: a page from the page allocator
 * @GCV_ORIGIN_PAGE_CACHE: a reference from the page cache or a mapping
 * @GCV_ORIGIN_PAGE_TABLE: looked up in page tables without a GUP function (vm_normal_page,
 * follow_page)
 * @GCV_ORIGIN_KERNEL: a page of kernel memory (vmalloc_to_page, ZERO_PAGE, get_kernel_pages)
 * @GCV_ORIGIN_OWNED: another owner's: pipe buffer, skb frag, request's or bio's page
 * @GCV_ORIGINS: number of origins
 */
enum gcv_origin {
	GCV_ORIGIN_NONE,
	GCV_ORIGIN_NEW,
	GCV_ORIGIN_ALLOCATED,
	GCV_ORIGIN_PAGE_CACHE,
	GCV_ORIGIN_PAGE_TABLE,
	GCV_ORIGIN_KERNEL,
	GCV_ORIGIN_OWNED,
	GCV_ORIGINS,
};

/**
 * struct gcv_accessor_place - a place seen from the call: "result", "arg0", "arg0[]",
 * "arg0.sgl.page_link"
 * @arg: position of the argument from 0, or -1 for the result
 * @path: cells to go through, each of the memory that the value before points to: "[]" for an
 * element, else the name of a member
 * @nr_path: how many
 *
 * An array of records is written without "[]" ("arg0.bi_io_vec.bv_page"), and so is a member that
 * is itself an array ("arg0.ptrs" is an element of it). Where a prototype changed without a new
 * name, the table has the flows of all forms; those of the wrong form lead from or to numbers.
 */
struct gcv_accessor_place {
	int arg;
	const char *const *path;
	uint32_t nr_path;
};

/**
 * struct gcv_accessor_flow - a value goes from one place to another
 * @to: where
 * @from: from where, if @origin is GCV_ORIGIN_NONE
 * @origin: or what comes there
 */
struct gcv_accessor_flow {
	struct gcv_accessor_place to, from;
	enum gcv_origin origin;
};

/**
 * enum gcv_effect - what is done to the page (or pages, folio, address, container) of an argument
 * @GCV_EFFECT_GET: one more reference (get_page)
 * @GCV_EFFECT_RELEASE: a reference is dropped by a function that is not in the API table
 * (folio_put, __free_page)
 * @GCV_EFFECT_TRANSFER: the reference moves to another counted owner (skb frag, pipe buffer, …)
 * @GCV_EFFECT_DMA: the address reaches a device, firmware or a hypervisor
 * @GCV_EFFECT_KERNEL_MAP: mapped for the kernel, to read or write (kmap, vmap)
 * @GCV_EFFECT_READ: the kernel reads the data
 * @GCV_EFFECT_WRITE: the kernel writes the data
 * @GCV_EFFECT_FACTS: only struct page facts are used (nid, flags, mapping, compound head, pfn)
 * @GCV_EFFECT_USER_MAP: mapped into a process (vm_insert_page): takes a reference of its own
 * @GCV_EFFECT_DIRTY: set_page_dirty() and its kind, without taking the page lock
 * @GCV_EFFECT_DIRTY_LOCK: set_page_dirty_lock(): takes the page lock
 * @GCV_EFFECT_LOCK: takes the page lock
 * @GCV_EFFECT_UNLOCK: drops the page lock
 * @GCV_EFFECT_UNMAP: ends a DMA mapping
 * @GCV_EFFECT_FREE: frees memory (kfree, kvfree), not pages
 * @GCV_EFFECT_LONGTERM: says that the pages stay (account_locked_vm, pinned_vm)
 * @GCV_EFFECT_CLEAR: made empty, whatever was in it (sg_init_table)
 * @GCV_EFFECT_DIRTY_TEST: tells whether the page is dirty; asked before dirtying it, that changes
 * nothing
 * @GCV_EFFECT_CURRENT: the task that runs (get_current())
 * @GCV_EFFECT_KERNEL_ITERATOR: made an iterator that is none over user memory
 * @GCV_EFFECT_USER_ITERATOR: made an iterator over user memory, or over what another one is
 * @GCV_EFFECT_NOTIFIER_RETRY: asked whether an MMU notifier has taken pages away in the meantime
 */
enum gcv_effect {
	GCV_EFFECT_GET,
	GCV_EFFECT_RELEASE,
	GCV_EFFECT_TRANSFER,
	GCV_EFFECT_DMA,
	GCV_EFFECT_KERNEL_MAP,
	GCV_EFFECT_READ,
	GCV_EFFECT_WRITE,
	GCV_EFFECT_FACTS,
	GCV_EFFECT_USER_MAP,
	GCV_EFFECT_DIRTY,
	GCV_EFFECT_DIRTY_LOCK,
	GCV_EFFECT_LOCK,
	GCV_EFFECT_UNLOCK,
	GCV_EFFECT_UNMAP,
	GCV_EFFECT_FREE,
	GCV_EFFECT_LONGTERM,
	GCV_EFFECT_CLEAR,
	GCV_EFFECT_DIRTY_TEST,
	GCV_EFFECT_CURRENT,
	GCV_EFFECT_KERNEL_ITERATOR,
	GCV_EFFECT_USER_ITERATOR,
	GCV_EFFECT_NOTIFIER_RETRY,
	GCV_EFFECTS,
};

/**
 * struct gcv_accessor_effect - an effect on an argument
 * @arg: place it applies to ("arg0", "arg1[]")
 * @effect: what
 * @owner: for GCV_EFFECT_TRANSFER the new owner in words ("skb frag"), else NULL
 */
struct gcv_accessor_effect {
	struct gcv_accessor_place arg;
	enum gcv_effect effect;
	const char *owner;
};

/**
 * struct gcv_accessor - a known function (or macro that is a function in some trees)
 * @name: its name
 * @source: header or file where its meaning can be read
 * @flows: values that it moves
 * @effects: what it does with its arguments
 * @nr_flows: how many
 * @nr_effects: how many; no flow and no effect: it neither keeps nor releases a page
 */
struct gcv_accessor {
	const char *name;
	const char *source;
	const struct gcv_accessor_flow *flows;
	const struct gcv_accessor_effect *effects;
	uint32_t nr_flows, nr_effects;
};

/**
 * enum gcv_context - where code may run
 * @GCV_CONTEXT_SPINLOCK: under a spin lock, raw spin lock or rwlock
 * @GCV_CONTEXT_IRQS_OFF: with interrupts off
 * @GCV_CONTEXT_PREEMPT_OFF: preemption, page faults or bottom halves off, kmap_atomic()
 * @GCV_CONTEXT_RCU: in an RCU read-side section
 * @GCV_CONTEXT_HARDIRQ: interrupt handler
 * @GCV_CONTEXT_SOFTIRQ: softirq, tasklet, timer, I/O completion
 * @GCV_CONTEXT_NMI: NMI or perf overflow handler
 * @GCV_CONTEXT_NOTIFIER: MMU notifier callback: the page lock may be held
 * @GCV_CONTEXT_PAGE_LOCK: the page lock is held
 * @GCV_CONTEXT_MAY_SLEEP: process context of its own (threaded handler, work item, kthread)
 */
enum gcv_context {
	GCV_CONTEXT_SPINLOCK,
	GCV_CONTEXT_IRQS_OFF,
	GCV_CONTEXT_PREEMPT_OFF,
	GCV_CONTEXT_RCU,
	GCV_CONTEXT_HARDIRQ,
	GCV_CONTEXT_SOFTIRQ,
	GCV_CONTEXT_NMI,
	GCV_CONTEXT_NOTIFIER,
	GCV_CONTEXT_PAGE_LOCK,
	GCV_CONTEXT_MAY_SLEEP,
	GCV_CONTEXTS,
};

/**
 * struct gcv_accessor_lock - functions that open and close a context
 * @name: opens, or closes
 * @is_open: which
 * @context: the context
 * @lock_arg: position of the lock among the arguments, or -1
 * @result: opens only where the call's result is true ("true"), zero ("zero"), or always (NULL)
 * @is_scoped: the result initialises a variable, and the context ends with the variable's scope
 * (guard(), scoped_guard()), or where a function that closes it is called
 * @source: where it can be read
 */
struct gcv_accessor_lock {
	const char *name;
	bool is_open;
	enum gcv_context context;
	int lock_arg;
	const char *result;
	bool is_scoped;
	const char *source;
};

/**
 * struct gcv_accessor_callback - in which context a function runs that is stored or handed over
 * @where: "struct mmu_notifier_ops.invalidate_range_start", or "request_irq(1)"
 * @context: the context
 * @source: where it can be read
 */
struct gcv_accessor_callback {
	const char *where;
	enum gcv_context context;
	const char *source;
};

/**
 * struct gcv_accessor_lifecycle - members of a table whose functions make, serve and free the same
 * objects; those that other members of the table make are never theirs
 * @members: "struct foo_ops.alloc", "struct foo_ops.free"
 * @nr_members: how many
 * @object: the member whose functions get the object as their first argument
 * @source: where it can be read
 */
struct gcv_accessor_lifecycle {
	const char **members;
	uint32_t nr_members;
	const char *object;
	const char *source;
};

/**
 * struct gcv_accessor_numbers - fields with numbers that all of the kernel writes, each for its own
 * purpose
 * @fields: "struct vm_area_struct.vm_pgoff"
 * @nr_fields: how many
 * @source: where it can be read
 *
 * What somebody puts there is not what somebody else finds there: what is read is of unknown
 * origin. Nobody keeps there the address of memory that leads to pages. Frame numbers of acquired
 * pages are followed through all the same, so that no release of them is missed.
 */
struct gcv_accessor_numbers {
	const char **fields;
	uint32_t nr_fields;
	const char *source;
};

/**
 * struct gcv_accessors - the table
 * @arena: owns everything
 * @index: numbers of names are indices into @functions
 * @functions: known functions
 * @locks: functions that open and close contexts, sorted by name
 * @callbacks: callbacks, sorted by @where
 * @lifecycles: members of tables that belong together
 * @numbers: fields that unrelated code writes
 * @containers: records whose members are told apart by object, not by record: "struct scatterlist"
 * @nr_functions: how many
 * @nr_locks: how many
 * @nr_callbacks: how many
 * @nr_containers: how many
 * @nr_lifecycles: how many
 * @nr_numbers: how many
 */
struct gcv_accessors {
	struct gcv_arena arena;
	struct gcv_intern index;
	struct gcv_accessor *functions;
	struct gcv_accessor_lock *locks;
	struct gcv_accessor_callback *callbacks;
	struct gcv_accessor_lifecycle *lifecycles;
	struct gcv_accessor_numbers *numbers;
	const char **containers;
	uint32_t nr_functions, nr_locks, nr_callbacks, nr_containers, nr_lifecycles;
	uint32_t nr_numbers;
};

/**
 * gcv_accessors_load() - the built-in table
 * @ret: for gcv_accessors_release()
 * @err: sentence on failure
 *
 * Return: GCV_OK, or GCV_ERR_FORMAT where the table that was built in is damaged.
 */
enum gcv_status gcv_accessors_load(struct gcv_accessors *ret, struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_accessors_read() - the same from text, for tests
 * @text: JSON
 * @len_bytes: its length
 * @ret: for gcv_accessors_release()
 * @err: names the entry
 *
 * Return: GCV_OK, GCV_ERR_FORMAT (no JSON, unknown or missing keys, wrong words, a name twice).
 */
enum gcv_status gcv_accessors_read(const char *text, size_t len_bytes, struct gcv_accessors *ret,
				   struct gcv_err *err) GCV_MUST_CHECK;

/**
 * gcv_accessor_find() - a known function by name
 * @accessors: the table
 * @name: NUL-terminated
 *
 * Return: the function, or NULL.
 */
const struct gcv_accessor *gcv_accessor_find(const struct gcv_accessors *accessors,
					     const char *name);

/**
 * gcv_accessor_lock_find() - a lock function by name
 * @accessors: the table
 * @name: NUL-terminated
 *
 * Return: the first entry (the lowest enum gcv_context), or NULL; gcv_accessor_lock_next() gives
 * the other contexts, such as those of spin_lock_irqsave().
 */
const struct gcv_accessor_lock *gcv_accessor_lock_find(const struct gcv_accessors *accessors,
						       const char *name);

/**
 * gcv_accessor_lock_next() - another context of the same function
 * @accessors: the table
 * @lock: from gcv_accessor_lock_find() or this function
 *
 * Return: the next entry of that name, or NULL.
 */
const struct gcv_accessor_lock *gcv_accessor_lock_next(const struct gcv_accessors *accessors,
						       const struct gcv_accessor_lock *lock);

/**
 * gcv_accessor_callback_find() - a callback by where it is stored
 * @accessors: the table
 * @where: "struct mmu_notifier_ops.invalidate_range_start", or "request_irq(1)"
 *
 * Return: the entry, or NULL.
 */
const struct gcv_accessor_callback *
gcv_accessor_callback_find(const struct gcv_accessors *accessors, const char *where);

/**
 * gcv_accessor_is_common() - is a field one whose numbers unrelated code writes?
 * @accessors: the table
 * @field: "struct foo.bar"
 *
 * Return: true where it is.
 */
bool gcv_accessor_is_common(const struct gcv_accessors *accessors, const char *field);

/**
 * gcv_accessor_is_container() - are the members of a record told apart by object?
 * @accessors: the table
 * @record: "struct scatterlist"
 *
 * Return: true where they are.
 */
bool gcv_accessor_is_container(const struct gcv_accessors *accessors, const char *record);

/**
 * gcv_accessors_release() - free a table
 * @accessors: the table; a zeroed one is allowed
 */
void gcv_accessors_release(struct gcv_accessors *accessors);

#endif
