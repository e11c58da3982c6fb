"""Every row belongs to a clinic, and nobody reads or writes over the wall."""

import pytest

from alongside.clinics.current import NoClinic, across_clinics, clinic_id, working_in
from alongside.clinics.models import Room
from alongside.people.models import Client

pytestmark = pytest.mark.django_db


def test_outside_a_clinic_everything_raises(amara):
    with pytest.raises(NoClinic):
        list(Client.objects.all())
    with pytest.raises(NoClinic):
        clinic_id()


def test_one_clinic_reads_its_own_rows_only(amara, hillside):
    with working_in(hillside):
        assert not Client.objects.filter(pk=amara.pk).exists()
    with working_in(amara.clinic_id):
        assert Client.objects.get() == amara


def test_with_the_wall_taken_down_everything_is_seen(amara, hillside):
    """The negative control: it is the wall that hides the row."""
    with working_in(hillside), across_clinics("a test of the wall"):
        assert Client.objects.filter(pk=amara.pk).exists()


def test_another_clinics_row_cannot_be_written(amara, hillside):
    with working_in(hillside):
        amara.first_name = "Somebody"
        with pytest.raises(NoClinic):
            amara.save()


def test_reading_over_all_clinics_writes_nothing(amara, hillside):
    with working_in(hillside), across_clinics("a test of the wall"):
        found = Client.objects.get(pk=amara.pk)
        with pytest.raises(NoClinic):
            found.save()


def test_another_clinics_rows_cannot_be_changed_in_bulk(amara, hillside):
    with working_in(hillside):
        assert Client.objects.update(first_name="Somebody") == 0
        assert Client.objects.all().delete()[0] == 0
    with working_in(amara.clinic_id):
        assert Client.objects.get().first_name == "Amara"


def test_a_new_row_belongs_to_the_clinic_at_hand(here):
    assert Room.objects.create(name="Garden").clinic_id == here.pk


def test_the_clinic_at_hand_ends_with_its_block(harbour, hillside):
    with working_in(harbour):
        with working_in(hillside):
            assert clinic_id() == hillside.pk
        assert clinic_id() == harbour.pk
    with pytest.raises(NoClinic):
        clinic_id()
