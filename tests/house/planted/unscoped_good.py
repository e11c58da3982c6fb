from django.shortcuts import get_object_or_404


def give(Visit, across_clinics, key):
    with across_clinics("a secret in an address tells which clinic it belongs to"):
        Visit.objects.get(pk=key)
    return get_object_or_404(Visit, pk=key)
