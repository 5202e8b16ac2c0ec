// SPDX-License-Identifier: GPL-2.0-only
/* links: flow parse tree */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "flow/graph.h"

static uint32_t place(struct gcv_graph *graph)
{
	return gcv_graph_place(graph, &(struct gcv_place){ .kind = GCV_PLACE_TEMP,
							   .function = GCV_NONE,
							   .node = GCV_NONE });
}

static uint32_t atom(struct gcv_graph *graph, enum gcv_atom_kind kind, uint32_t self)
{
	return gcv_graph_atom(graph, &(struct gcv_atom){ .kind = kind,
							 .self = self,
							 .function = GCV_NONE,
							 .node = GCV_NONE });
}

static bool has(const struct gcv_graph *graph, uint32_t at, uint32_t what)
{
	return gcv_graph_arrival(graph, at, what);
}

static void flow(struct gcv_graph *graph, uint32_t from, uint32_t to)
{
	gcv_graph_flow(graph, from, to, GCV_STEP_ASSIGN, GCV_NONE, GCV_NONE);
}

static void test_atoms_go_along_flows_and_cycles_end(void **state)
{
	struct gcv_graph graph;
	uint32_t a, b, c, d, page;

	(void)state;
	gcv_graph_init(&graph);
	a = place(&graph);
	b = place(&graph);
	c = place(&graph);
	d = place(&graph);
	page = atom(&graph, GCV_ATOM_ACQUIRED, 0);
	flow(&graph, a, b);
	flow(&graph, b, c);
	flow(&graph, c, a);
	gcv_graph_add(&graph, b, page);
	gcv_graph_solve(&graph);
	assert_true(has(&graph, a, page) && has(&graph, c, page));
	assert_false(has(&graph, d, page));
	/* A flow that is added later brings what is there. */
	flow(&graph, a, d);
	gcv_graph_solve(&graph);
	assert_true(has(&graph, d, page));
	assert_int_equal(gcv_graph_arrival(&graph, d, page)->place, a);
	assert_int_equal(gcv_graph_arrival(&graph, b, page)->place, 0);
	gcv_graph_release(&graph);
}

/* With many atoms another way of finding them is taken: all are found, and none is there twice. */
static void test_places_hold_many_atoms(void **state)
{
	struct gcv_graph graph;
	uint32_t a, b, i, k, nr = 3000;

	(void)state;
	gcv_graph_init(&graph);
	a = place(&graph);
	b = place(&graph);
	flow(&graph, a, b);
	flow(&graph, b, a);
	for (i = 1; i <= nr; i++) {
		assert_int_equal(atom(&graph, GCV_ATOM_ACQUIRED, 0), i);
		if (i % 3 == 0)
			continue;
		for (k = 0; k < 2; k++)
			gcv_graph_add(&graph, a, i);
		assert_int_equal(graph.places[a].nr_atoms, i - i / 3);
	}
	gcv_graph_solve(&graph);
	assert_int_equal(graph.places[a].nr_atoms, nr - nr / 3);
	assert_int_equal(graph.places[b].nr_atoms, nr - nr / 3);
	for (i = 1; i <= nr; i++) {
		assert_int_equal(has(&graph, a, i), i % 3 != 0);
		assert_int_equal(has(&graph, b, i), i % 3 != 0);
		if (i % 3)
			assert_int_equal(gcv_graph_arrival(&graph, b, i)->atom, i);
	}
	gcv_graph_release(&graph);
}

static void test_cells_belong_to_objects(void **state)
{
	struct gcv_graph graph;
	uint32_t p, q, value, same, other, object1, object2, page;

	(void)state;
	gcv_graph_init(&graph);
	p = place(&graph);
	q = place(&graph);
	value = place(&graph);
	same = place(&graph);
	other = place(&graph);
	object1 = atom(&graph, GCV_ATOM_OBJECT, 0);
	object2 = atom(&graph, GCV_ATOM_OBJECT, 0);
	page = atom(&graph, GCV_ATOM_ACQUIRED, 0);
	gcv_graph_add(&graph, value, page);
	gcv_graph_store(&graph, p, "page_link", value, GCV_NONE, GCV_NONE);
	gcv_graph_load(&graph, q, "page_link", same, GCV_NONE, GCV_NONE);
	gcv_graph_load(&graph, p, "length", other, GCV_NONE, GCV_NONE);
	gcv_graph_add(&graph, p, object1);
	gcv_graph_add(&graph, q, object2);
	gcv_graph_solve(&graph);
	assert_false(has(&graph, same, page));
	/* Now both point to the same object: what was stored by the one is read by the other. */
	gcv_graph_add(&graph, q, object1);
	gcv_graph_solve(&graph);
	assert_true(has(&graph, same, page));
	assert_false(has(&graph, other, page));
	gcv_graph_release(&graph);
}

static void test_the_element_of_a_variable_is_the_variable(void **state)
{
	struct gcv_graph graph;
	uint32_t variable, pointer, value, page, object;

	(void)state;
	gcv_graph_init(&graph);
	variable = place(&graph);
	pointer = place(&graph);
	value = place(&graph);
	page = atom(&graph, GCV_ATOM_ACQUIRED, 0);
	object = atom(&graph, GCV_ATOM_OBJECT, variable);
	gcv_graph_add(&graph, pointer, object);
	gcv_graph_add(&graph, value, page);
	gcv_graph_store(&graph, pointer, GCV_CELL_ELEMENT, value, GCV_NONE, GCV_NONE);
	gcv_graph_solve(&graph);
	assert_true(has(&graph, variable, page));
	gcv_graph_release(&graph);
}

static void test_what_callers_pass_leads_to_itself(void **state)
{
	struct gcv_graph graph;
	uint32_t param, list, page, what;

	(void)state;
	gcv_graph_init(&graph);
	param = place(&graph);
	list = place(&graph);
	page = place(&graph);
	what = atom(&graph, GCV_ATOM_PARAM, param);
	gcv_graph_add(&graph, param, what);
	gcv_graph_load(&graph, param, "sgl", list, GCV_NONE, GCV_NONE);
	gcv_graph_load(&graph, list, "page_link", page, GCV_NONE, GCV_NONE);
	gcv_graph_solve(&graph);
	assert_true(has(&graph, page, what));
	gcv_graph_release(&graph);
}

static void test_an_array_in_an_object_is_memory_of_its_own(void **state)
{
	struct gcv_graph graph;
	uint32_t p, array, value, direct, object, page, i;

	(void)state;
	gcv_graph_init(&graph);
	p = place(&graph);
	array = place(&graph);
	value = place(&graph);
	direct = place(&graph);
	object = atom(&graph, GCV_ATOM_OBJECT, 0);
	page = atom(&graph, GCV_ATOM_ACQUIRED, 0);
	gcv_graph_add(&graph, p, object);
	gcv_graph_add(&graph, value, page);
	gcv_graph_address(&graph, p, "ptrs", array, GCV_NONE, GCV_NONE);
	gcv_graph_store(&graph, array, GCV_CELL_ELEMENT, value, GCV_NONE, GCV_NONE);
	gcv_graph_load(&graph, p, "ptrs", direct, GCV_NONE, GCV_NONE);
	/* An array in an array in an array… is not made without end. */
	for (i = 0; i < 3; i++)
		gcv_graph_address(&graph, array, "ptrs", array, GCV_NONE, GCV_NONE);
	gcv_graph_solve(&graph);
	assert_true(has(&graph, direct, page));
	assert_true(graph.nr_atoms < 10);
	gcv_graph_release(&graph);
}

static void test_a_copy_has_all_that_is_in_the_object(void **state)
{
	struct gcv_graph graph;
	uint32_t from, to, early, late, back, first, second, page1, page2, in, out;

	(void)state;
	gcv_graph_init(&graph);
	from = place(&graph);
	to = place(&graph);
	early = place(&graph);
	late = place(&graph);
	back = place(&graph);
	first = place(&graph);
	second = place(&graph);
	in = atom(&graph, GCV_ATOM_OBJECT, 0);
	out = atom(&graph, GCV_ATOM_OBJECT, 0);
	page1 = atom(&graph, GCV_ATOM_ACQUIRED, 0);
	page2 = atom(&graph, GCV_ATOM_ACQUIRED, 0);
	gcv_graph_add(&graph, from, in);
	gcv_graph_add(&graph, to, out);
	gcv_graph_add(&graph, early, page1);
	gcv_graph_add(&graph, late, page2);
	gcv_graph_store(&graph, from, "bv_page", early, GCV_NONE, GCV_NONE);
	gcv_graph_solve(&graph);
	gcv_graph_copy(&graph, from, to, GCV_NONE, GCV_NONE);
	gcv_graph_load(&graph, to, "bv_page", first, GCV_NONE, GCV_NONE);
	gcv_graph_solve(&graph);
	assert_true(has(&graph, first, page1));
	/* What comes later comes, too, and nothing goes back. */
	gcv_graph_load(&graph, to, "folio", second, GCV_NONE, GCV_NONE);
	gcv_graph_store(&graph, from, "folio", late, GCV_NONE, GCV_NONE);
	gcv_graph_store(&graph, to, "kvec", late, GCV_NONE, GCV_NONE);
	gcv_graph_load(&graph, from, "kvec", back, GCV_NONE, GCV_NONE);
	gcv_graph_solve(&graph);
	assert_true(has(&graph, second, page2));
	assert_false(has(&graph, first, page2));
	assert_int_equal(graph.places[back].nr_atoms, 0);
	gcv_graph_release(&graph);
}

/* A chain of copies that bites its own tail, of what callers pass. */
static void test_copies_in_a_ring_end(void **state)
{
	struct gcv_graph graph;
	uint32_t ring[8], page, what, i;

	(void)state;
	gcv_graph_init(&graph);
	for (i = 0; i < 8; i++) {
		ring[i] = place(&graph);
		gcv_graph_add(&graph, ring[i], atom(&graph, GCV_ATOM_OBJECT, 0));
	}
	what = atom(&graph, GCV_ATOM_PARAM, ring[0]);
	gcv_graph_add(&graph, ring[0], what);
	for (i = 0; i < 8; i++)
		gcv_graph_copy(&graph, ring[i], ring[(i + 1) % 8], GCV_NONE, GCV_NONE);
	page = place(&graph);
	gcv_graph_load(&graph, ring[7], "bv_page", page, GCV_NONE, GCV_NONE);
	gcv_graph_solve(&graph);
	assert_true(has(&graph, page, what));
	assert_false(graph.is_limited);
	gcv_graph_release(&graph);
}

static void test_the_solver_stops_at_its_bound(void **state)
{
	struct gcv_graph graph;
	uint32_t at, i;

	(void)state;
	gcv_graph_init(&graph);
	graph.limit = 10;
	at = place(&graph);
	for (i = 0; i < 20; i++)
		gcv_graph_add(&graph, at, atom(&graph, GCV_ATOM_ACQUIRED, 0));
	gcv_graph_solve(&graph);
	assert_true(graph.is_limited);
	gcv_graph_release(&graph);
}

static void test_a_map_keeps_what_it_is_told(void **state)
{
	struct gcv_map64 map = { 0 };
	bool is_new;
	uint64_t i;

	(void)state;
	assert_int_equal(gcv_map64_get(&map, 1), GCV_MAP64_NONE);
	for (i = 0; i < 5000; i++) {
		*gcv_map64_add(&map, i << 32 | i, &is_new) = (uint32_t)i * 3;
		assert_true(is_new);
	}
	for (i = 0; i < 5000; i++)
		assert_int_equal(gcv_map64_get(&map, i << 32 | i), i * 3);
	gcv_map64_add(&map, 0, &is_new);
	assert_false(is_new);
	assert_int_equal(gcv_map64_get(&map, (uint64_t)1 << 32), GCV_MAP64_NONE);
	gcv_map64_release(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_atoms_go_along_flows_and_cycles_end),
		cmocka_unit_test(test_places_hold_many_atoms),
		cmocka_unit_test(test_cells_belong_to_objects),
		cmocka_unit_test(test_the_element_of_a_variable_is_the_variable),
		cmocka_unit_test(test_what_callers_pass_leads_to_itself),
		cmocka_unit_test(test_an_array_in_an_object_is_memory_of_its_own),
		cmocka_unit_test(test_a_copy_has_all_that_is_in_the_object),
		cmocka_unit_test(test_copies_in_a_ring_end),
		cmocka_unit_test(test_the_solver_stops_at_its_bound),
		cmocka_unit_test(test_a_map_keeps_what_it_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
