import csv
from csv import DictWriter


def give(rows, out, HttpResponse):
    csv.writer(out).writerows(rows)  # found
    DictWriter(out, ["a"]).writeheader()  # found
    return HttpResponse(rows, content_type="text/csv; charset=utf-8")  # found
