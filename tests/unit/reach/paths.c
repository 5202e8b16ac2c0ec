/* Definitions of plain variables; see test_reach.c for the comments. */
int f(int x);

int straight(int x)
{
	/* def 1 */ int y = /* use param */ x;

	/* def 2 */ x = /* use 1 */ y;
	return /* use 2 */ x + /* use 1 */ y;
}

int branches(int x)
{
	/* def 1 */ int y;

	if (/* use param */ x)
		/* def 2 */ y = 1;
	else if (x > 2)
		/* def 3 */ y = 2;
	return /* use 1 2 3 */ y;
}

int both_branches(int x)
{
	int y;

	if (x)
		/* def 1 */ y = 1;
	else
		/* def 2 */ y = 2;
	f(/* use 1 2 */ y);
	/* def 3 */ y = /* use 1 2 */ y + 1;
	return /* use 3 */ y;
}

int loop(int n)
{
	int i;
	/* def 9 */ int sum = 0;

	for (/* def 1 */ i = 0; /* use 1 2 */ i < n; /* def 2 */ i++) {
		if (/* use 9 3 */ sum > n)
			continue;
		/* def 3 */ sum += /* use 1 2 */ i;
	}
	return /* use 9 3 */ sum + /* use 1 2 */ i;
}

int while_assigned(int n)
{
	/* def 1 */ int ret;

	while (/* def 2 */ (ret = f(n)) > 0)
		f(/* use 2 */ ret);
	return /* use 2 */ ret;
}

int do_first(int n)
{
	/* def 1 */ int ret;

	do {
		/* def 2 */ ret = f(/* use param 3 */ n);
	} while (/* def 3 */ n--);
	return /* use 2 */ ret;
}

int unwinding(int n)
{
	/* def 1 */ int ret = -12;
	/* def 2 */ int got = 0;

	if (!n)
		goto out;
	/* def 3 */ got = f(n);
	if (/* use 3 */ got < 0) {
		/* def 4 */ ret = /* use 3 */ got;
		goto out;
	}
	/* def 5 */ ret = 0;
out:
	while (/* use 2 3 6 */ got > 0)
		/* def 6 */ got--;
	return /* use 1 4 5 */ ret;
}

int switched(int n)
{
	int y;

	switch (n) {
	case 1:
		/* def 1 */ y = 1;
	case 2:
		/* def 2 */ y = 2;
		break;
	default:
		return 0;
	case 3:
		/* def 3 */ y = 3;
	}
	return /* use 2 3 */ y;
}

int conditions(int a, int b)
{
	int y;

	if (/* def 1 */ (y = f(1)) && /* def 2 */ (y = f(2)))
		return /* use 2 */ y;
	return /* use 1 2 */ y;
}

int values(int a, int b)
{
	/* def 1 */ int y = a ? /* def 2 */ (b = 1) : 2;

	/* def 3 */ y = ({ int t = f(/* use 2 param */ b); /* def 4 */ b = t; t; }) + 1;
	return /* use 3 */ y + /* use 4 */ b;
}

void not_reached(int x)
{
	return;
	f(/* use */ x);
}

int constant(int x)
{
	/* def 1 */ int y = 1;

	if (0)
		y = 2;
	return /* use 1 */ y;
}

int static_variable(void)
{
	static int calls = 1;

	return /* use */ calls;
}

int again(int n)
{
	for (;;) {
		/* def 1 */ int y;

		if (n)
			/* def 2 */ y = n;
		f(/* use 1 2 */ y);
	}
}
