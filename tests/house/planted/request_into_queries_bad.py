def give(request, Visit):
    Visit.objects.filter(**request.GET.dict())  # found
    Visit.objects.create(**{name: request.POST[name] for name in request.POST})  # found
    return Visit.objects.order_by(request.GET["order"])  # found
