/* Statements: what they are made of, empty slots included. */
int work(int x);
void each(int *list, int n)
{
	int i, *p; /* tree (decl (var i -) (var p -)) */
	static int calls = 1, many[2]; /* tree (decl (var calls 1) (var many -)) */

	for (i = 0; i < n; i++) /* tree (for (= i 0) (< i n) (x++ i) (x++ calls)) */
		calls++;
	for (;;) /* tree (for - - - break) */
		break;
	for (; i > 0;) /* tree (for - (> i 0) - (--x i)) */
		--i;
	for (i = 0;; i++) /* tree (for (= i 0) - (x++ i) break) */
		break;
	for (;; i++) /* tree (for - - (x++ i) break) */
		break;
	for (i = ';'; /* ; */ i; ) /* tree (for (= i 59) i - ;) */
		;
	for (int k = 0, *q = list; k < n; k++, q++) /* tree (for (decl (var k 0) (var q list)) (< k n) (, (x++ k) (x++ q)) ;) */
		;
#define for_each(at, list, n) for (at = list; at < list + n; at++)
	for_each(p, list, n) /* tree (for (= p list) (< p (+ list n)) (x++ p) (= (*x p) 0)) */
		*p = 0;
#define for_ever(at) for (; at; )
	for_ever(p) /* tree (for - p - (= p 0)) */
		p = 0;
	while (n > 0) { /* tree (while (> n 0) ({} (if (== n 3) continue -) (-= n 2))) */
		if (n == 3) /* tree (if (== n 3) continue -) */
			continue;
		n -= 2;
	}
	do /* tree (do (x-- n) (&& n (index many 0))) */
		n--;
	while (n && many[0]);
	if (work(1)) /* call work/1 */ /* tree (if (call work 1) ; (if n ({} (x++ n)) (return -))) */
		;
	else if (n) {
		n++;
	} else
		return; /* tree (return -) */
}

int choose(int kind)
{
	switch (kind) { /* tree (switch kind ({} (case 1 - (case 2 - break)) (case 3 9 (return 1)) (default ({} (return (-x 1)))))) */
	case 1:
	case 2:
		break;
	case 3 ... 9:
		return 1;
	default: {
		return -1;
	}
	}
	goto out; /* tree (goto out) */
out: /* tree (label out (return 0)) */
	return 0;
}

void computed(int x)
{
	void *where = x ? &&one : &&two; /* tree (decl (var where (?: x (&&label one) (&&label two)))) */

	goto *where; /* tree (goto* where) */
one:
	asm volatile("nop" : : "r"(x) : "memory"); /* tree (asm x) */
two:
	;
}

#define PASTE(a, b) a##b
#define UNIQUE(a, b) PASTE(a, b)
#define TWICE(x)                          \
	({                                \
		int UNIQUE(own_, __COUNTER__) = x; \
		int UNIQUE(own_, __COUNTER__) = x; \
		0;                        \
	})
#define PREFIX "made: "
#define SAY(s) say(PREFIX s)
void say(const char *s);

/* What a counter stands at depends on all that was read before; variables are told apart. */
void counted(int x)
{
	TWICE(x); /* tree (({}) ({} (decl (var own_0 x)) (decl (var own_1 x)) 0)) */
	SAY("this"); /* call say/1 by SAY line 81 */ /* tree (call say ) */
	say("that"); /* call say/1 */ /* tree (call say "that") */
}

void here(int line, int x);
#define HERE(x) here(__LINE__, x)
#define MARK(x) asm volatile("nop" : : "i"(__COUNTER__), "i"(__LINE__), "i"(x))

void counted_again(int x)
{
	MARK(3); /* tree (asm 0 0 3) */
	HERE(7); /* tree (call here 0 7) */ /* call here/2 by HERE line 93 */
	TWICE(x); /* tree (({}) ({} (decl (var own_0 x)) (decl (var own_1 x)) 0)) */
}
