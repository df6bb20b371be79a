"""Switches of a network, in a file that says nothing of the library."""


def add(rack):
    Switch.objects.create(name="core-1", rack=rack)
    Flag.objects.get_or_create(name="reported")
