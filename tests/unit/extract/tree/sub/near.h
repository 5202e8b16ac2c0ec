struct near { int x; };
