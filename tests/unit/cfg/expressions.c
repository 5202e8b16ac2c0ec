/* Expressions that take more than one block; see test_cfg.c for the comments. */
#define min(x, y) ({ int __x = (x); int __y = (y); __x < __y ? __x : __y; })
#define try(x) ({ int __err = f(x); if (__err) return __err; __err + 1; })

int a(void);
int b(void);
int c(void);
int f(int x);
int two(int x, int y);

/*
 * start > x
 * x +> y
 * x -> z = x && y
 * y > z = x && y
 * z = x && y > exit
 */
void logic_value(int x, int y, int z)
{
	z = x && y;
}

/*
 * start > x
 * x +> two(x || y, z)
 * x -> y
 * y > two(x || y, z)
 * two(x || y, z) > exit
 */
void in_argument(int x, int y, int z)
{
	two(x || y, z);
}

/*
 * start > x
 * x +> a()
 * x -> b()
 * a() > int z = x ? a() : b()
 * b() > int z = x ? a() : b()
 * int z = x ? a() : b() > exit
 */
void choice_value(int x)
{
	int z = x ? a() : b();
}

/*
 * start > x
 * x +> return x ?: a()
 * x -> a()
 * a() > return x ?: a()
 * return x ?: a() > exit
 */
int elvis_value(int x)
{
	return x ?: a();
}

/*
 * start > a()
 * a() > a(), b()
 * a(), b() > z = (a(), b(), c())
 * z = (a(), b(), c()) > exit
 */
void comma_value(int z)
{
	z = (a(), b(), c());
}

/*
 * start > int i = 0
 * int i = 0 > k = 9
 * k = 9 > i < k
 * i < k +> a()
 * i < k -> exit
 * a() > i++
 * i++ > i++, k--
 * i++, k-- > i < k (back)
 */
void comma_in_for(void)
{
	for (int i = 0, k = 9; i < k; i++, k--)
		a();
}

/*
 * start > min(x, y)
 * min(x, y) > min(x, y)
 * min(x, y) +> __x
 * min(x, y) -> __y
 * __x > min(x, y)
 * __y > min(x, y)
 * min(x, y) > f(min(x, y))
 * f(min(x, y)) > exit
 */
void statement_value(int x, int y)
{
	f(min(x, y));
}

/*
 * start > try(1)
 * try(1) > __err
 * __err +> try(1)
 * __err -> try(1)
 * try(1) > exit
 * try(1) > x = try(1)
 * x = try(1) > return x
 * return x > exit
 */
int return_inside(int x)
{
	x = try(1);
	return x;
}

/*
 * start > x
 * x +> y
 * x -> b()
 * y +> a()
 * y -> b()
 * a() > z = 1 + f(x && y ? a() : b())
 * b() > z = 1 + f(x && y ? a() : b())
 * z = 1 + f(x && y ? a() : b()) > z
 * z +> c()
 * z -> exit
 * c() > exit
 */
void nested(int x, int y, int z)
{
	z = 1 + f(x && y ? a() : b());
	if (z)
		c();
}

/*
 * start > n = sizeof(x && y)
 * n = sizeof(x && y) > __builtin_constant_p(x || y)
 * __builtin_constant_p(x || y) > exit
 */
void not_evaluated(int x, int y, unsigned long n)
{
	n = sizeof(x && y);
	__builtin_constant_p(x || y);
}

/*
 * start > x
 * x +> x
 * x -> b()
 * x +> y
 * x -> f(x && y) > 2
 * y > f(x && y) > 2
 * f(x && y) > 2 +> a()
 * f(x && y) > 2 -> exit
 * a() > exit
 * b() > exit
 */
void below_condition(int x, int y)
{
	if (x) {
		if (f(x && y) > 2)
			a();
	} else {
		b();
	}
}
