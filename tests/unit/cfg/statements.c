/* Graphs of statements; see test_cfg.c for the comments. */
void a(void);
void b(void);
void c(void);
void d(void);

/*
 * start > a()
 * a() > b()
 * b() > exit
 */
void sequence(void)
{
	a();
	b();
}

/*
 * start > x
 * x +> a()
 * x -> b()
 * a() > c()
 * b() > c()
 * c() > exit
 */
void if_else(int x)
{
	if (x)
		a();
	else
		b();
	c();
}

/*
 * start > x
 * x +> a()
 * x -> exit
 * a() > exit
 */
void if_alone(int x)
{
	if (x)
		a();
}

/*
 * start > x
 * x +> return 0
 * x -> y
 * y +> return 1
 * y -> a()
 * return 0 > exit
 * return 1 > exit
 * a() > return 2
 * return 2 > exit
 */
int early_return(int x, int y)
{
	if (x)
		return 0;
	if (y)
		return 1;
	a();
	return 2;
	b();
}

/*
 * start > x
 * x +> a()
 * x -> c()
 * a() > y
 * y +> x (back)
 * y -> z
 * z +> c()
 * z -> b()
 * b() > x (back)
 * c() > exit
 */
void while_loop(int x, int y, int z)
{
	while (x) {
		a();
		if (y)
			continue;
		if (z)
			break;
		b();
	}
	c();
}

/*
 * start > a()
 * a() > x
 * x +> y
 * x -> b()
 * b() > y
 * y +> a() (back)
 * y -> c()
 * c() > exit
 */
void do_loop(int x, int y)
{
	do {
		a();
		if (x)
			continue;
		b();
	} while (y);
	c();
}

/*
 * start > int i = 0
 * int i = 0 > i < n
 * i < n +> x
 * i < n -> b()
 * x +> i++
 * x -> a()
 * a() > i++
 * i++ > i < n (back)
 * b() > exit
 */
void for_loop(int n, int x)
{
	for (int i = 0; i < n; i++) {
		if (x)
			continue;
		a();
	}
	b();
}

/*
 * start > a()
 * a() > x
 * x +> b()
 * x -> a() (back)
 * b() > exit
 */
void for_ever(int x)
{
	for (;;) {
		a();
		if (x)
			break;
	}
	b();
}

/*
 * start > n
 * n +> n--
 * n -> exit
 * n-- > n (back)
 */
void for_without_body(int n)
{
	for (; n; n--)
		;
}

/*
 * start > 1
 * 1 > a()
 * a() > 1 (back)
 */
void while_one(void)
{
	while (1)
		a();
	b();
}

/*
 * start > a()
 * a() > 0
 * 0 > b()
 * b() > exit
 */
void do_once(void)
{
	do {
		a();
	} while (0);
	b();
}

/*
 * start > x
 * x case 1> a()
 * a() > b()
 * x case 2> b()
 * x case 3> c()
 * x default> d()
 * b() > d()
 * c() > return
 * return > exit
 * d() > exit
 */
void switches(int x)
{
	switch (x) {
	case 1:
		a();
		__attribute__((fallthrough));
	case 2:
		b();
		break;
	case 3 ... 5:
		c();
		return;
	}
	d();
}

/*
 * start > x
 * x case 1> a()
 * x case 2> a()
 * x default> b()
 * a() > b()
 * b() > c()
 * c() > exit
 */
void switch_default_inside(int x)
{
	switch (x) {
	case 1:
	case 2:
		a();
	default:
		b();
	}
	c();
}

/*
 * start > n
 * n case 0> a()
 * n case 1> b()
 * n default> exit
 * a() > b()
 * b() > --n > 0
 * --n > 0 +> a() (back)
 * --n > 0 -> exit
 */
void duff(int n)
{
	switch (n) {
	case 0:
		do {
			a();
	case 1:
			b();
		} while (--n > 0);
	}
}

/*
 * start > sizeof(int)
 * sizeof(int) case 4> a()
 * a() > b()
 * b() > exit
 */
void switch_constant(void)
{
	switch (sizeof(int)) {
	case 2:
		c();
		break;
	case 4:
		a();
		break;
	default:
		d();
	}
	b();
}

/*
 * start > x
 * x case 1> y
 * x default> a()
 * y +> x (back)
 * y -> b()
 * b() > a()
 * a() > exit
 */
void continue_in_switch(int x, int y)
{
	for (;;) {
		switch (x) {
		case 1:
			if (y)
				continue;
			b();
		}
		break;
	}
	a();
}
