/* Addresses, arrays, structs, asm; see test_reach.c for the comments. */
struct pair {
	int one, two;
	int list[4];
	int *far;
};

int f(int x);
int get(int *x);
int get_two(int *x, int *y);
int get_pair(struct pair *pair);
int get_list(int **list);

int by_address(int x)
{
	/* def 1 */ int y;
	/* def 2 */ int z = 0;

	/* def 3 */ get_two(&/* use 1 */ y, &/* use 2 */ z);
	f(/* use 1 3 */ y + /* use 2 3 */ z);
	/* def 4 */ y = 0;
	return /* use 4 */ y;
}

int by_cast(void)
{
	/* def 1 */ long y = 0;

	/* def 2 */ get((int *)&y + 1);
	return /* use 1 2 */ y;
}

int array(int n)
{
	/* def 1 */ int list[4];

	/* def 2 */ get(list);
	/* def 3 */ list[n] = 1;
	f(/* use 1 2 3 */ list[2]);
	/* def 4 */ get(list + n);
	/* def 5 */ get(&list[n]);
	/* def 6 */ *list = 0;
	/* def 7 */ list[1]++;
	return /* use 1 2 3 4 5 6 7 */ list[1];
}

int array_of_pointers(int n)
{
	/* def 1 */ int *list[4];

	/* def 2 */ list[0] = 0;
	list[0][1] = 1;
	*list[1] = 1;
	return /* use 1 2 */ list[2][1];
}

int pointer(int *p, int n)
{
	p[n] = 1;
	*p = 2;
	get(p);
	f(* /* use param */ p);
	/* def 1 */ p += 1;
	return /* use 1 */ p[0];
}

int array_parameter(int p[4], int n)
{
	p[n] = 1;
	get(p);
	return /* use param */ p[0];
}

int members(struct pair *far)
{
	/* def 1 */ struct pair pair = { 0 };

	/* def 2 */ pair.one = 1;
	/* def 3 */ get(&pair.two);
	/* def 4 */ get(pair.list);
	/* def 5 */ pair.list[1] = 1;
	pair.far[1] = 1;
	*pair.far = 1;
	get(pair.far);
	far->one = 1;
	f(/* use 1 2 3 4 5 */ pair.one + /* use param */ far->one);
	/* def 6 */ pair = *far;
	/* def 7 */ get_pair(&pair);
	return /* use 6 7 */ pair.two;
}

int read_once(int x)
{
	/* def 1 */ int y = 0;

	f(*(volatile int *)&/* use 1 */ y);
	/* def 2 */ *(volatile int *)&y = 1;
	f(/* use 2 */ y);
	(void)(&y == &x);
	return /* use 2 */ y + /* use param */ x;
}

int kept(struct pair *far)
{
	/* def 1 */ int y = 1;

	f(y);
	far->far = /* def 2 */ &y;
	/* def 3 */ y = 2;
	f(1);
	return /* use 2 3 */ y;
}

int kept_in_variable(void)
{
	/* def 1 */ int list[4];
	int *p = /* def 2 */ list;

	*p = 1;
	return /* use 1 2 */ list[0];
}

int kept_by_choice(int x)
{
	/* def 1 */ int y = 0;
	int z = 0;

	/* def 2 */ get(x ? &y : 0);
	return /* use 1 2 */ y;
}

int assembler(int x)
{
	/* def 1 */ int y;

	/* def 2 */ asm("mov %1, %0" : "=r"(y) : "r" /* use param */ (x));
	return /* use 1 2 */ y;
}

int sizes(void)
{
	/* def 1 */ int list[4];
	unsigned long n = sizeof(list);

	return /* use 1 */ list[0];
}

int twice(void)
{
	/* def 1 */ struct pair pair;

	/* def 2 */ get_two(&pair.one, &pair.two);
	return /* use 1 2 */ pair.one;
}
