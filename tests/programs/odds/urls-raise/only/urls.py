raise RuntimeError("urls")
