"""A season: the folder of one city and year, its 汇总台, and the runs."""
