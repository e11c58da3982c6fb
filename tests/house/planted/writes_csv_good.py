import csv

from alongside.ui.tables import csv_response


def give(rows, lines, HttpResponse):
    list(csv.reader(lines))
    HttpResponse(rows, content_type="text/plain")
    return csv_response("rows", ["a"], rows)
