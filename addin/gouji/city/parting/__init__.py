"""Who makes what is wrong with the sum: units paired over two years, 撤并, every linear error in parts."""
