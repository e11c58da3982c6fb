from pathlib import Path


def give(request, folder):
    known = {"a": "a.txt"}
    return Path(folder, known[request.GET["file"]]).read_text()
