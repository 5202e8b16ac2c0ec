/* The numbers stand for the loop around: 10 none, 11 while, 12 for, 13 do. */
void f(int x);

void loops(int x)
{
	f(10);
	while (x != 11) {
		f(11);
		for (x = 11; x < 12; x += 12)
			switch (x) {
			case 1:
				f(12);
			}
		f(11);
		do {
			f(11);
		} while (0);
		do
			f(13);
		while (x != 13);
		if (x == 11)
			return f(11);
	}
	f(10);
}
