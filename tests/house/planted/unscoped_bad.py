from django.db import models


class Rows(models.Model):
    everything = models.Manager()  # found


def give(Visit, across_clinics, why):
    Visit._base_manager.get(pk=1)  # found
    Visit._default_manager.all()  # found
    with across_clinics(why):  # found
        pass
    with across_clinics("because"):  # found
        return Visit.objects.get(pk=1)
