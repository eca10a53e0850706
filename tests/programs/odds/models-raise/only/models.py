raise KeyError("models")
