"""Attacks on the sandbox: small programs, what is right for each, and proof that they work unsealed."""
