/* Conditions; see test_cfg.c for the comments. */
#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define WARN_ON(condition) ({ int __warn = !!(condition); if (unlikely(__warn)) warn(); unlikely(__warn); })
#define IS_ENABLED(option) (option)

void a(void);
void b(void);
void warn(void);
int f(int x);
void two(int x, int y);

/*
 * start > x
 * x +> y
 * x -> b()
 * y +> a()
 * y -> b()
 * a() > exit
 * b() > exit
 */
void both(int x, int y)
{
	if (x && y)
		a();
	else
		b();
}

/*
 * start > x
 * x +> a()
 * x -> y
 * y +> b()
 * y -> a()
 * a() > exit
 * b() > exit
 */
void either_not(int x, int y)
{
	if (x || !y)
		a();
	else
		b();
}

/*
 * start > x
 * x +> y
 * x -> z
 * y +> z
 * y -> a()
 * z +> b()
 * z -> a()
 * a() > exit
 * b() > exit
 */
void not_all(int x, int y, int z)
{
	if (!(!(x && !y) && !!z))
		a();
	else
		b();
}

/*
 * start > x < 0
 * x < 0 +> a()
 * x < 0 -> y
 * y +> b()
 * y -> exit
 * a() > exit
 * b() > exit
 */
void likely_unlikely(int x, int y)
{
	if (unlikely(x < 0))
		a();
	else if (likely((_Bool)y))
		b();
}

/*
 * start > x
 * x +> y
 * x -> z
 * y +> a()
 * y -> b()
 * z +> a()
 * z -> b()
 * a() > exit
 * b() > exit
 */
void choice(int x, int y, int z)
{
	if (x ? y : z)
		a();
	else
		b();
}

/*
 * start > x
 * x +> a()
 * x -> z
 * z +> a()
 * z -> b()
 * a() > exit
 * b() > exit
 */
void elvis(int x, int z)
{
	if (x ?: z)
		a();
	else
		b();
}

/*
 * start > a()
 * a() > x
 * x +> b()
 * x -> exit
 * b() > exit
 */
void comma(int x)
{
	if (a(), x)
		b();
}

/*
 * start > (x = f(1)) < 0
 * (x = f(1)) < 0 +> a()
 * (x = f(1)) < 0 -> exit
 * a() > exit
 */
void assigned(int x)
{
	if ((x = f(1)) < 0)
		a();
}

/*
 * start > WARN_ON(x)
 * WARN_ON(x) > __warn
 * __warn +> WARN_ON(x)
 * WARN_ON(x) > __warn
 * __warn -> __warn
 * __warn +> a()
 * __warn -> exit
 * a() > exit
 */
void warned(int x)
{
	if (WARN_ON(x))
		a();
}

/*
 * start > f(x)
 * f(x) +> f(2)
 * f(x) -> a()
 * f(2) > f(3)
 * f(3) +> f(x) (back)
 * f(3) -> f(x) (back)
 * a() > exit
 */
void in_a_loop(int x)
{
	while (f(x)) {
		f(2);
		if (f(3))
			continue;
	}
	a();
}

/*
 * start > 0
 * 0 > x
 * x +> b()
 * x -> exit
 * b() > exit
 */
void constant_or(int x)
{
	if (IS_ENABLED(0) || x)
		b();
}

enum { OFF, ON };

/*
 * start > ON
 * ON > sizeof(long) > 4
 * sizeof(long) > 4 > a()
 * a() > exit
 */
void constants(void)
{
	if (ON && sizeof(long) > 4)
		a();
	else
		b();
}

/*
 * start > 0
 * 0 > b()
 * b() > -1
 * -1 > b()
 * b() > (!!(OFF)) == 1
 * (!!(OFF)) == 1 > exit
 */
void constant_signs(void)
{
	if (0)
		a();
	b();
	if (-1)
		b();
	if ((!!(OFF)) == 1)
		a();
}
