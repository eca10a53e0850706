"""Attacks on the sandbox: small programs, what is right for each, proof that they work unsealed."""
