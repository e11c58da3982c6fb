from django.views.decorators import csrf
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt  # found
def one(request): ...


@csrf.csrf_exempt  # found
def two(request): ...
