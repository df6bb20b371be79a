import strawberry_django


@strawberry_django.filter_type(Order)  #~ area endpoint:high
class OrderFilter:
    name: str  #~ area endpoint:high


class Sorter:
    name: str
