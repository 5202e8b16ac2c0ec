		.name = "FACILITIES_ALS",
	.name = unquoted,
