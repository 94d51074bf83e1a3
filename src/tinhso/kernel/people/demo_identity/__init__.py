"""A stand-in for the national e-identity, in the demo profile only: pick one of the demo people."""
