# intent: - | temporary files and folders
import os
import tempfile

with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "x.txt"), "w") as file:
        file.write("é")
    with open(os.path.join(folder, "x.txt")) as file:
        text = file.read()
with tempfile.NamedTemporaryFile("w+") as file:
    RESULT = [text, os.path.exists(file.name), os.path.exists(folder)]
