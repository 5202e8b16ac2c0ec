/* Jumps; see test_cfg.c for the comments. */
void a(void);
void b(void);
void c(void);
void stop(void) __attribute__((noreturn));
#define BUG() do { a(); __builtin_unreachable(); } while (0)
#define ONCE(x) ({ __label__ out; if (x) goto out; a(); out: b(); })

/*
 * start > x
 * x +> b()
 * x -> a()
 * a() > return 0
 * return 0 > exit
 * b() > return 1
 * return 1 > exit
 */
int forward(int x)
{
	if (x)
		goto out;
	a();
	return 0;
out:
	b();
	return 1;
}

/*
 * start > a()
 * a() > x
 * x +> a() (back)
 * x -> b()
 * b() > exit
 */
void backward(int x)
{
again:
	a();
	if (x)
		goto again;
	b();
}

/*
 * start > x
 * x +> a()
 * x -> b()
 * b() > x (back)
 * a() > return
 * return > exit
 */
void for_ever_by_goto(int x)
{
again:
	if (x) {
		a();
		return;
	}
	b();
	goto again;
	c();
}

/*
 * start > x
 * x +> a()
 * x -> y
 * y +> a() (back)
 * y -> b()
 * a() > y
 * b() > exit
 */
void into_a_loop(int x, int y)
{
	if (x)
		goto inside;
	while (y) {
inside:
		a();
	}
	b();
}

/*
 * start > x
 * x +> stop()
 * x -> a()
 * stop() > stop
 * a() > exit
 */
void no_return(int x)
{
	if (x)
		stop();
	a();
}

/*
 * start > x
 * x +> BUG()
 * x -> b()
 * BUG() > BUG()
 * BUG() > stop
 * b() > exit
 */
void bug(int x)
{
	if (x)
		BUG();
	b();
}

/*
 * start > x
 * x +> a()
 * x -> exit
 * a() > 1
 * 1 > 1 (back)
 */
void hang(int x)
{
	if (x) {
		a();
		do {
		} while (1);
	}
}

/*
 * start > x
 * x +> (y = 1)
 * x -> stop()
 * (y = 1) > x ? (y = 1) : (stop(), 2)
 * stop() > stop
 * x ? (y = 1) : (stop(), 2) > exit
 */
void stop_in_expression(int x, int y)
{
	x ? (y = 1) : (stop(), 2);
}

/*
 * start > x
 * x +> ONCE(x)
 * x -> ONCE(x)
 * ONCE(x) > ONCE(x)
 * ONCE(x) > y
 * y +> ONCE(y)
 * y -> ONCE(y)
 * ONCE(y) > ONCE(y)
 * ONCE(y) > exit
 */
void local_labels(int x, int y)
{
	ONCE(x);
	ONCE(y);
}

/*
 * start > void *to = &&one
 * void *to = &&one > to
 * to > a()
 * to > b()
 * a() > b()
 * b() > c()
 * c() > return
 * return > exit
 * incomplete
 */
void computed(int x)
{
	void *to = &&one;

	goto *to;
one:
	a();
two:
	b();
	c();
	return;
	goto *&&two;
}

/*
 * start > asm goto("nop" : : : : fault)
 * asm goto("nop" : : : : fault) > a()
 * asm goto("nop" : : : : fault) > b()
 * a() > return
 * return > exit
 * b() > exit
 * incomplete
 */
void asm_goto(void)
{
	asm goto("nop" : : : : fault);
	a();
	return;
fault:
	b();
}

/*
 * start > asm volatile("nop")
 * asm volatile("nop") > a()
 * a() > exit
 */
void plain_asm(void)
{
	asm volatile("nop");
	a();
}
