from pathlib import Path


def give(request, folder, FileResponse):
    open(request.GET["file"])  # found
    Path(request.POST["path"]).read_text()  # found
    folder.joinpath(request.FILES["a"].name)  # found
    return FileResponse(open(request.headers["X-File"]))  # found
