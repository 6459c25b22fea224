"""A judged set: own articles in five languages, and queries with what a person expects of each."""
