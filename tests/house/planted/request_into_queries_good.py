ORDERS = {"name": "last_name"}


def give(request, Visit):
    order = ORDERS.get(request.GET.get("order", ""), "pk")
    return Visit.objects.filter(code=request.GET["code"]).order_by(order)
