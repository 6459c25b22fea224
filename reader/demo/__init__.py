"""A first look without a network: three small outlets, served and read on this machine alone."""
