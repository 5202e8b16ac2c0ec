/* Expressions: operators, members, constants and the GNU forms. */
struct inner { int a; }; /* record struct inner: a */
/* record struct outer: x list one link part nameless deeper bits */
struct outer {
	int x, *list;
	struct inner one, *link;
	struct { int named_in; } part; /* record struct outer::part: named_in */
	union {
		int nameless;
		struct { int deeper; };
	};
	unsigned bits : 3;
};
typedef unsigned long size_type;
enum color { RED, GREEN = 7 };

/* def operators int (int, int) */
int operators(int a, int b)
{
	a = b * 2 / 3 % 4 + 5 - 6; /* tree (= a (- (+ (% (/ (* b 2) 3) 4) 5) 6)) */
	a = (a << 1) >> (b & 3) ^ b | 8; /* tree (= a (| (^ (>> (<< a 1) (& b 3)) b) 8)) */
	a = a < b || a > b && a <= b; /* tree (= a (|| (< a b) (&& (> a b) (<= a b)))) */
	a = (a >= b) == (a != b); /* tree (= a (== (>= a b) (!= a b))) */
	a += b, a -= 1, a |= ~b; /* tree (, (, (+= a b) (-= a 1)) (|= a (~x b))) */
	a <<= 1; /* tree (<<= a 1) */
	a = -b + +b + !b; /* tree (= a (+ (+ (-x b) (+x b)) (!x b))) */
	return a ? b : GREEN; /* tree (return (?: a b GREEN)) */
}

/* member struct outer.x rw */ /* member struct outer.list r */ /* member struct outer.one & */
/* member struct inner.a rw& */ /* member struct outer.link r */ /* member struct outer::part.named_in w */
int members(struct outer *o, struct outer v)
{
	int *p = &o->one.a; /* tree (decl (var p (&x (. a (-> one o))))) */

	o->x = v.x; /* tree (= (-> x o) (. x v)) */
	o->link->a += o->list[2]; /* tree (+= (-> a (-> link o)) (index (-> list o) 2)) */
	o->part.named_in = 1; /* tree (= (. named_in (-> part o)) 1) */
	(*o).nameless = v.deeper; /* tree (= (. nameless (*x o)) (. deeper v)) */
	return ((o))->bits + p[0]; /* tree (return (+ (-> bits o) (index p 0))) */
}

long constants(void)
{
	long x = 0x10 + 010 + 1UL + 'a'; /* tree (decl (var x (+ (+ (+ 16 8) 1) 97))) */
	const char *s = "one" "two"; /* tree (decl (var s "onetwo")) */
	double d = 1.5; /* tree (decl (var d float)) */

	x = sizeof(struct inner) + sizeof x; /* tree (= x (+ (sizeof 4 -) (sizeof 8 x))) */
	x = (long)s + (size_type)d; /* tree (= x (+ (cast 'long' s) (cast 'size_type' d))) */
#define WIDTH 12
	return x + WIDTH; /* tree (return (+ x 12)) */
}

int forms(int a, struct inner *in)
{
	int list[] = { 1, 2, [4] = 5 }; /* tree (decl (var list (init 1 2 (set 4 5)))) */
	struct outer o = { .x = 1, .one.a = 2, .nameless = 3 }; /* tree (decl (var o (init (set x 1) (set one a 2) (set nameless 3)))) */

	*in = (struct inner){ a }; /* tree (= (*x in) (literal 'struct inner' (init a))) */
	a = a ?: list[0]; /* tree (= a (?: a - (index list 0))) */
	a = ({ int t = a; t + 1; }); /* tree (= a (({}) ({} (decl (var t a)) (+ t 1)))) */
	a = __builtin_expect(a, 0); /* call __builtin_expect/2 */
	a = _Generic(a, int: 1, default: 2); /* tree (= a (unknown a 1 2)) */
	return o.x + __builtin_offsetof(struct outer, link);
}
