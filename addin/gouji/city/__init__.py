"""From a folder of units' reports to a city's: who must report, what is taken, the sum and its origin."""
