from openfeature import api

from toll.charge import charge_toll
from toll.camera import take_picture


def pass_gate(truck):
    charge_toll(truck)
    if not api.get_client().get_boolean_value("toll-pictures", False):
        return
    take_picture(truck)
